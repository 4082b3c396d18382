"""What the monitor counts: one view that says which row counts where and when, read under the policies of its tables.

And one function for who may see the figures of a SWV and not the rows: the same view without anybody in it (decision 0030).
"""

from django.db import migrations

from access import rls

PARTS = {
    "@HERE@": "AT TIME ZONE 'Europe/Amsterdam'",
    "@FILLED@": " AND ".join(
        f"j.{field} ~ '\\S'" for field in ("wensdroom", "cooperation", "plan", "means_needed", "means_present")
    ),
}

SEEN = """
SELECT '@SOURCE@', '', j.id, j.case_id, j.swv_id, j.gemeente_id, j.shared_until, y.day, y.day, NULL, NULL
FROM public.cases_journey j
CROSS JOIN LATERAL (SELECT coalesce(j.@FIELD@_on, (j.updated_at @HERE@)::date) AS day) y
WHERE j.@FIELD@_seen = 'ja'"""

# Per row: what it is, which row, of whom, until when it may be read, and the days that decide in which school year it counts.
# `next_day` is when something later took its place; before `over_at` nobody can tell yet whether it is on time.
BRANCHES = {
    # In view from being registered until being closed.
    "beeld": """
SELECT 'beeld'::text AS source, ''::text AS mark, c.id AS row_id, c.id AS case_id, c.swv_id, c.gemeente_id, c.shared_until AS open_until,
    c.registered_on AS first_day, coalesce(c.closed_on, 'infinity'::date) AS last_day, NULL::date AS next_day,
    NULL::timestamptz AS over_at
FROM public.cases_case c""",
    "benaderd": """
SELECT 'benaderd', '', k.id, k.case_id, k.swv_id, k.gemeente_id, k.shared_until, k.made_on, k.made_on, NULL, NULL
FROM public.cases_contactattempt k""",
    # The last answer decides, as on In beeld: nobody at home does not take it back, a later no does.
    "gesprek": """
SELECT 'gesprek', '', a.id, a.case_id, a.swv_id, a.gemeente_id, a.shared_until, a.made_on, a.made_on, a.next_day, NULL
FROM (
    SELECT k.*, lead(k.made_on) OVER (
        PARTITION BY k.case_id, k.swv_id, k.gemeente_id, k.shared_until ORDER BY k.made_on, k.id) AS next_day
    FROM public.cases_contactattempt k WHERE k.result <> 'niet_bereikt') a
WHERE a.result IN ('gesprek', 'ingestemd')""",
    # Whose meeting it was is not asked of a table elsewhere, from before a handover: then it is taken for a table.
    "tafel": """
SELECT 'tafel', CASE WHEN m.kind = 'tweede' OR i.previous_id IS NOT NULL THEN 'vervolg' ELSE 'eerste' END,
    i.id, i.case_id, i.swv_id, i.gemeente_id, i.shared_until, (i.starts_at @HERE@)::date, (i.starts_at @HERE@)::date, NULL, NULL
FROM public.meetings_agendaitem i
LEFT JOIN public.meetings_meeting m ON m.id = i.meeting_id
WHERE i.status = 'besproken' AND coalesce(m.kind, 'tafel') IN ('tafel', 'tweede')""",
    # Somebody spoke with the jeugdige or the parents, or the jeugdige sent an answer.
    "bereikt": """
SELECT 'bereikt', 'contact', k.id, k.case_id, k.swv_id, k.gemeente_id, k.shared_until, k.made_on, k.made_on, NULL, NULL
FROM public.cases_contactattempt k WHERE k.result <> 'niet_bereikt'
UNION ALL
SELECT 'bereikt', 'interview', n.id, n.case_id, n.swv_id, n.gemeente_id, least(n.shared_until, n.interview_until),
    n.held_on, n.held_on, NULL, NULL
FROM public.cases_interview n WHERE n.with_youth OR n.with_parents
UNION ALL
SELECT 'bereikt', 'stem', v.id, v.case_id, v.swv_id, v.gemeente_id, v.shared_until, (v.sent_at @HERE@)::date,
    (v.sent_at @HERE@)::date, NULL, NULL
FROM public.meetings_voicelink v WHERE v.sent_at IS NOT NULL AND v.wiped_at IS NULL
UNION ALL
SELECT 'bereikt', 'verteld', f.id, f.case_id, f.swv_id, f.gemeente_id, f.shared_until, f.told_on, f.told_on, NULL, NULL
FROM public.meetings_feedback f WHERE f.told_on IS NOT NULL""",
    # A yes without a day counts on the day on which the Reis was last saved.
    "ontwikkeling": SEEN.replace("@SOURCE@", "ontwikkeling").replace("@FIELD@", "development"),
    "beweging": SEEN.replace("@SOURCE@", "beweging").replace("@FIELD@", "movement"),
    # As cases/rules/journey.py: nothing of it is empty.
    "reis": """
SELECT 'reis', '', j.id, j.case_id, j.swv_id, j.gemeente_id, j.shared_until, c.registered_on,
    coalesce(c.closed_on, 'infinity'::date), NULL, NULL
FROM public.cases_journey j
JOIN public.cases_case c ON c.id = j.case_id
WHERE @FILLED@
  AND j.distance_start IS NOT NULL AND j.distance_now IS NOT NULL""",
    "interview": """
SELECT 'interview', '', n.id, n.case_id, n.swv_id, n.gemeente_id, least(n.shared_until, n.interview_until), n.held_on, n.held_on,
    NULL, NULL
FROM public.cases_interview n""",
    "actie": """
SELECT 'actie', CASE WHEN a.status = 'gedaan' AND a.ended_at <= a.due_at THEN 'op_tijd' ELSE 'anders' END,
    a.id, a.case_id, a.swv_id, a.gemeente_id, a.shared_until, (a.due_at @HERE@)::date, (a.due_at @HERE@)::date, NULL,
    CASE WHEN a.ended_at IS NULL THEN a.due_at END
FROM public.meetings_action a WHERE a.deleted_at IS NULL""",
    # The seventh day is in time; who is not told yet can be until that day is over.
    "terugkoppeling": """
SELECT 'terugkoppeling', CASE WHEN f.told_on <= (i.starts_at @HERE@)::date + 7 THEN 'op_tijd' ELSE 'anders' END,
    f.id, f.case_id, f.swv_id, f.gemeente_id, f.shared_until, (i.starts_at @HERE@)::date, (i.starts_at @HERE@)::date, NULL,
    CASE WHEN f.told_on IS NULL THEN ((i.starts_at @HERE@)::date + 8)::timestamp @HERE@ END
FROM public.meetings_feedback f
JOIN public.meetings_agendaitem i ON i.id = f.item_id""",
    "knelpunt": """
SELECT 'knelpunt', o.status, o.id, NULL, o.swv_id, NULL, 'infinity'::date, (o.created_at @HERE@)::date,
    (o.created_at @HERE@)::date, NULL, NULL
FROM public.cases_obstacle o""",
}
FACTS = "\nUNION ALL\n".join(BRANCHES.values())
for place, words in PARTS.items():
    FACTS = FACTS.replace(place, words)
VIEW = f"""
CREATE VIEW reporting_fact WITH (security_invoker = true) AS {FACTS};
REVOKE ALL ON reporting_fact FROM PUBLIC;
GRANT SELECT ON reporting_fact TO wel_app, wel_gate;
"""

# Whoever may see the figures of a SWV, counts what is shared there and what they may not read. A key that is new in every
# answer stands for the jeugdige, so that one counts once and nobody can look up who it is. The rows that somebody may
# read are not in here: reporting/monitor/reading.py asks for those, under the policies.
UNREAD = """
DECLARE
    day date := access.today();
    figures bigint[] := access.swv_scope('view_figures');
    team bigint[] := access.swv_scope('work_on_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    learning bigint[] := access.learning_swvs();
    salt text := gen_random_uuid()::text;
BEGIN
    IF figures = '{}' THEN RETURN; END IF;
    RETURN QUERY
    SELECT f.source, f.mark, md5(salt || f.case_id), f.swv_id, f.gemeente_id, c.situation::text, c.side_group::text,
        c.exemption_kind::text, c.birth_year::integer, c.birth_month::integer
    FROM public.reporting_fact f
    LEFT JOIN public.cases_case c ON c.id = f.case_id
    WHERE f.swv_id = ANY (figures) AND f.open_until >= day
      AND f.first_day <= last_on AND f.last_day >= first_on AND (f.next_day IS NULL OR f.next_day > last_on)
      AND (f.over_at IS NULL OR f.over_at < moment)
      AND CASE f.source
          WHEN 'knelpunt' THEN NOT f.swv_id = ANY (learning)
          ELSE f.source NOT IN ('beeld', 'ontwikkeling', 'beweging', 'reis')
              AND NOT f.swv_id = ANY (swvs) AND NOT f.gemeente_id = ANY (gemeenten)
              AND (f.source IN ('benaderd', 'gesprek', 'bereikt') OR NOT f.swv_id = ANY (team))
          END;
END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_policies"),
        ("cases", "0036_table_consent"),
        ("meetings", "0009_shared_with_whom"),
        ("regions", "0007_interviewer"),
    ]

    operations = [
        rls.sql(VIEW, "DROP VIEW reporting_fact"),
        rls.gate_function(
            "access.unread_figures(first_on date, last_on date, moment timestamptz) RETURNS TABLE (source text, mark text,"
            " person text, swv_id bigint, gemeente_id bigint, situation text, side_group text, exemption_kind text,"
            " birth_year integer, birth_month integer)",
            UNREAD,
            volatility="STABLE",
        ),
    ]
