"""Who learns a name, or whose code it is, leaves a line on that very jeugdige; and what came of a Reis has no names."""

from importlib import import_module

from django.db import migrations

from access import rls

BEFORE = import_module("cases.migrations.0003_policies")
SCOPE_BEFORE = import_module("cases.migrations.0007_shorter_way_to_cases")
LET_IN_BEFORE = import_module("cases.migrations.0009_let_in_follows_work")
COUNT_BEFORE = import_module("cases.migrations.0010_policies_only_check")
WITHOUT_NAMES = import_module("cases.migrations.0006_without_names").Migration.operations[1]

# Whole names first, then each word of them: "moeder Wim" is the parent too. Initials and words that stand in many names
# stay, and "ouder" is a name only where it has a capital.
HIDE_NAMES = """
DECLARE
    ordinary text[] := '{van,de,der,den,het,te,ten,ter,op,in,en,aan,bij,la,le,du,von}';
    people text[] := '{ouder,ouders,vader,moeder,mama,papa,oma,opa,oom,tante,voogd,verzorger,mevrouw,meneer,familie}';
    part record;
    word text;
BEGIN
    body := access.replace_name(body, first || ' ' || last, 'de jongere');
    body := access.replace_name(body, first, 'de jongere');
    body := access.replace_name(body, last, 'de jongere');
    body := access.replace_name(body, parent, 'de ouder');
    FOR part IN SELECT * FROM (VALUES (1, first, 'de jongere'), (2, parent, 'de ouder'), (3, last, 'de jongere'))
        AS parts (place, name, instead) ORDER BY place
    LOOP
        FOR word IN
            SELECT w FROM (
                SELECT regexp_split_to_table(part.name, '[^[:alnum:]-]+')
                UNION SELECT regexp_split_to_table(part.name, '[^[:alnum:]]+')
            ) words (w) ORDER BY length(w) DESC, w
        LOOP
            CONTINUE WHEN length(word) < 2 OR lower(word) = ANY (ordinary);
            IF lower(word) = ANY (people) THEN
                body := regexp_replace(
                    body, '(?<![[:alnum:]])' || initcap(word) || '(?![[:alnum:]])', part.instead, 'g');
            ELSE
                body := access.replace_name(body, word, part.instead);
            END IF;
        END LOOP;
    END LOOP;
    RETURN body;
END
"""

# What people wrote in their own words, in cases_journey, cases_stop, cases_youthwords and cases_costline.
FREE_TEXTS = (
    "wensdroom", "wensdroom_short", "wensdroom_parents", "departure", "luggage", "worked_content", "worked_process",
    "worked_attitude", "cooperation", "plan", "means_needed", "means_note", "distance_start_reason",
    "distance_now_reason", "look_back", "title", "note", "place", "hobble", "detour", "text",
    "description", "reference", "effect", "decision_reason",
)  # fmt: skip

# Only for who reads because the SWV accounts for it. Who works on a case writes these texts, and could lay names in
# them to see which one goes.
TEXTS = """
#variable_conflict use_column
DECLARE
    swvs bigint[] := access.swv_scope('view_journeys');
    readable bigint[];
BEGIN
    SELECT coalesce(array_agg(c.id), '{}') INTO readable FROM public.cases_case c
    WHERE c.id = ANY (case_ids) AND c.swv_id = ANY (swvs) AND c.shared_until >= access.today();
    PERFORM access.record('journey_read', x, 'zonder namen', '{}', '') FROM unnest(readable) x;
    RETURN QUERY
        SELECT t.kind, t.id, (
            SELECT coalesce(jsonb_object_agg(f.key, CASE WHEN i.case_id IS NULL THEN f.value
                ELSE access.hide_names(f.value, i.first_name, i.last_name, i.parent_name) END), '{}')
            FROM jsonb_each_text(t.columns) f WHERE f.key = ANY ('{FREE_TEXTS}') AND f.value <> '')
        FROM (
            SELECT 'journey', j.id, j.case_id, to_jsonb(j) FROM public.cases_journey j WHERE j.case_id = ANY (readable)
            UNION ALL
            SELECT 'stop', s.id, s.case_id, to_jsonb(s) FROM public.cases_stop s WHERE s.case_id = ANY (readable)
            UNION ALL
            SELECT 'youthwords', y.id, y.case_id, to_jsonb(y) FROM public.cases_youthwords y
            WHERE y.case_id = ANY (readable)
            UNION ALL
            SELECT 'costline', l.id, l.case_id, to_jsonb(l) FROM public.cases_costline l
            WHERE l.case_id = ANY (readable)
        ) t (kind, id, case_id, columns)
        LEFT JOIN public.cases_identity i ON i.case_id = t.case_id;
END
""".replace("FREE_TEXTS", ",".join(FREE_TEXTS))

# Whoever types a name learns which codes it fits: a line on each of those, or one without a case when there is none.
LOOKALIKES = """
#variable_conflict use_column
DECLARE
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    found bigint[];
BEGIN
    found := ARRAY (
        SELECT i.case_id
        FROM public.cases_identity i JOIN public.cases_case c ON c.id = i.case_id
        WHERE (c.gemeente_id = ANY (gemeenten) OR c.swv_id = ANY (swvs))
          AND ((i.born_on = born AND (c.gemeente_id = in_gemeente OR access.plain(i.first_name) = access.plain(first)))
               OR (access.plain(i.first_name) = access.plain(first) AND access.plain(i.last_name) = access.plain(last)
                   AND last <> ''))
        ORDER BY i.case_id DESC LIMIT 5);
    PERFORM access.record('lookalikes_asked', x, 'aanmelden', '{}', '')
    FROM unnest(CASE WHEN found = '{}' THEN '{NULL}' ELSE found END) x;
    RETURN QUERY
        SELECT i.case_id, i.born_on = born, access.plain(i.last_name) = access.plain(last)
        FROM public.cases_identity i WHERE i.case_id = ANY (found) ORDER BY i.case_id DESC;
END
"""

SEARCH = """
#variable_conflict use_column
DECLARE
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    near bigint[] := access.let_in();
    like_term text := '%' || replace(replace(replace(access.plain(term), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
    found bigint[];
BEGIN
    found := ARRAY (
        SELECT i.case_id FROM public.cases_identity i JOIN public.cases_case c ON c.id = i.case_id
        WHERE (c.gemeente_id = ANY (gemeenten) OR c.swv_id = ANY (swvs) OR c.id = ANY (near))
          AND length(term) > 1
          AND access.plain(i.first_name || ' ' || i.last_name) LIKE like_term
        ORDER BY i.case_id DESC LIMIT 200);
    PERFORM access.record('identity_searched', x, 'zoeken op naam', '{}', '')
    FROM unnest(CASE WHEN found = '{}' THEN '{NULL}' ELSE found END) x;
    RETURN QUERY SELECT x FROM unnest(found) x;
END
"""

# Somebody is near a case (m) while he also works in its SWV or gemeente: a werkplek that ended takes all of it along.
# Two lists that are made once, and only when there is a row to look at.
WORKPLACES = (
    "SELECT w.{column} FROM public.regions_membership w"
    " WHERE w.user_id = uid AND w.role IN ('leerplicht', 'coordinator', 'betrokken')"
    " AND w.starts_on <= day AND (w.ends_on IS NULL OR w.ends_on >= day)"
)
MEMBER = f"""m.user_id = uid AND m.role IN ('eigenaar', 'inbrenger', 'verbinder')
          AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day)
          AND (m.swv_id IN ({WORKPLACES.format(column="swv_id")})
               OR m.gemeente_id IN ({WORKPLACES.format(column="gemeente_id")}))"""

CASE_SCOPE = """
DECLARE
    uid bigint := access.who();
    day date := access.today();
    team bigint[] := access.swv_scope('work_on_cases');
BEGIN
    RETURN (
        SELECT coalesce(array_agg(m.case_id), '{}') FROM public.cases_casemember m
        WHERE IS_MEMBER
          AND access.is_active(uid) AND NOT m.swv_id = ANY (team));
END
""".replace("IS_MEMBER", MEMBER)

LET_IN = """
DECLARE
    uid bigint := access.who();
    day date := access.today();
    team bigint[] := access.swv_scope('work_on_cases');
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM public.cases_identitygrant g
        WHERE g.user_id = uid AND access.is_active(uid) AND g.revoked_at IS NULL
          AND g.until >= day AND g.shared_until >= day
          AND (g.swv_id = ANY (team) OR EXISTS (
              SELECT FROM public.cases_casemember m WHERE m.case_id = g.case_id AND IS_MEMBER)));
END
""".replace("IS_MEMBER", MEMBER)

MEMBER_BEFORE = """m.user_id = uid AND m.role IN ('eigenaar', 'inbrenger', 'verbinder') AND access.is_active(uid)
      AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day)
"""
COUNT_CASES = COUNT_BEFORE.COUNT_CASES.replace(MEMBER_BEFORE, f"{MEMBER} AND access.is_active(uid)\n")


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_inzet")]

    operations = [
        # It took any text from anybody who reads a Reis, and so told which name is the right one.
        rls.sql(WITHOUT_NAMES.reverse_sql, WITHOUT_NAMES.sql),
        rls.gate_function(
            "access.hide_names(body text, first text, last text, parent text) RETURNS text",
            HIDE_NAMES,
            to=None,
            volatility="IMMUTABLE",
        ),
        rls.gate_function(
            "access.texts_without_names(case_ids bigint[]) RETURNS TABLE (kind text, id bigint, texts jsonb)", TEXTS
        ),
        rls.gate_function(
            "access.lookalikes(in_gemeente bigint, born date, first text, last text)"
            " RETURNS TABLE (case_id bigint, same_birth boolean, same_name boolean)",
            LOOKALIKES,
            replaces=BEFORE.LOOKALIKES,
        ),
        rls.gate_function(
            "access.search_identities(term text) RETURNS TABLE (case_id bigint)", SEARCH, replaces=BEFORE.SEARCH
        ),
        rls.gate_function(
            "access.case_scope() RETURNS bigint[]", CASE_SCOPE, volatility="STABLE", replaces=SCOPE_BEFORE.CASE_SCOPE
        ),
        rls.gate_function(
            "access.let_in() RETURNS bigint[]", LET_IN, volatility="STABLE", replaces=LET_IN_BEFORE.LET_IN
        ),
        rls.gate_function(
            "access.count_cases() RETURNS bigint", COUNT_CASES, volatility="STABLE", replaces=COUNT_BEFORE.COUNT_CASES
        ),
    ]
