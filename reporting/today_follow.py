"""On Vandaag what has a day: nazorg, what came in to read or to accept, and what leerplicht decides about keeping."""

from datetime import timedelta

from django.db import connection
from django.urls import reverse

from access.dutch_dates import date_text
from access.prepared import execute_prepared
from cases.models import Case
from cases.models.case import KNOWN_SQL, REACH_SQL, WORK, reach_values
from reporting import today_after, today_table
from reporting.today_row import Row

SOON = timedelta(days=7)
MOST = 60  # rows; the page shows twelve, and all of these when asked

ASKS = {
    "nazorg": ("Vraag hoe het gaat met {}", "Een kort bericht is al genoeg.", "Vraag hoe het gaat"),
    "overdracht": ("Draag {} warm over", "Vraag opnieuw toestemming, en bel de nieuwe collega.", "Leg vast"),
    "herstart": ("Kijk samen wat {} nu nodig heeft", "Weer thuis hoort erbij. Wat is de kleinste stap?", "Leg vast"),
}

ROWS = today_after.ROWS | today_table.ROWS

STEPS = (
    """
SELECT 'besluit' AS step, d.id, d.case_id, d.decide_by AS day FROM cases_removaldecision d
WHERE d.outcome = '' AND KNOWN
UNION ALL
SELECT f.kind, f.id, f.case_id, f.due_on FROM cases_followup f
WHERE f.outcome = '' AND f.due_on <= %(soon)s AND REACH
UNION ALL
SELECT 'verhaal', s.id, s.case_id, s.updated_at::date FROM cases_story s
WHERE s.is_ready AND s.approved_version IS NULL AND s.author_id <> %(user)s AND REACH
  AND (KNOWN OR EXISTS (
    SELECT FROM cases_identitygrant g
    WHERE g.case_id = s.case_id AND g.user_id = %(user)s AND g.revoked_at IS NULL AND g.until >= %(today)s))
UNION ALL
SELECT 'bewaren', k.id, k.case_id, k.remove_on FROM cases_closing k
WHERE k.remove_on <= %(today)s AND KNOWN
  AND EXISTS (SELECT FROM cases_case c WHERE c.id = k.case_id AND c.closed_on IS NOT NULL)
UNION ALL
SELECT 'stem', l.id, l.case_id, l.changed_at::date FROM meetings_voicelink l
WHERE l.changed_at IS NOT NULL AND l.wiped_at IS NULL AND (l.read_at IS NULL OR l.read_at < l.changed_at) AND REACH
  AND l.case_id = ANY ((SELECT access.owner_scope())::bigint[])
UNION ALL
SELECT 'aanmelding', i.id, i.case_id, i.entered_at::date FROM meetings_intake i
WHERE i.entered_at IS NOT NULL AND i.accepted_at IS NULL
  AND i.shared_until >= %(today)s AND i.swv_id = ANY (%(team)s::bigint[])
  AND EXISTS (SELECT FROM cases_case c WHERE c.id = i.case_id AND c.closed_on IS NULL)
UNION ALL
SELECT 'inbreng', b.id, b.case_id, b.begun_on FROM cases_casemember m
JOIN meetings_bringing b ON b.case_id = m.case_id AND b.ready_at IS NULL
WHERE m.user_id = %(user)s AND m.role = ANY ('{eigenaar,inbrenger}') AND m.starts_on <= %(today)s
  AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
  AND EXISTS (SELECT FROM cases_case c WHERE c.id = b.case_id AND c.closed_on IS NULL)
UNION ALL
SELECT 'terugkoppeling', f.item_id, f.case_id, f.due_on FROM meetings_feedback f
WHERE f.told_on IS NULL AND f.teller_id = %(user)s AND f.shared_until >= %(today)s
UNION ALL
SELECT 'belofte', count(*), min(a.case_id), min(a.due_at)::date FROM meetings_participant p
JOIN meetings_action a ON a.participant_id = p.id AND a.status = 'open' AND a.deleted_at IS NULL
WHERE p.user_id = %(user)s AND p.removed_at IS NULL AND a.due_at < %(tomorrow)s::date + 1
HAVING count(*) > 0
AFTER_TABLE INVITED
ORDER BY day, id LIMIT %(most)s
""".replace("AFTER_TABLE", today_after.AFTER_TABLE)
    .replace("INVITED", today_table.INVITED)
    .replace("KNOWN", KNOWN_SQL)
    .replace("REACH", REACH_SQL)
)


def follow_steps(user, today):
    """(kind, id of the row, id of the case, day), soonest first, in one query."""
    values = reach_values(user, right=WORK, today=today) | {
        "user": user.pk,
        "soon": today + SOON,
        "tomorrow": today + timedelta(days=1),
        "most": MOST,
        **today_after.after_values(today),
    }
    with connection.cursor() as cursor:
        execute_prepared(cursor, STEPS, values)
        return cursor.fetchall()


def follow_row(step, today):
    what, pk, case_id, day = step
    code = Case(pk=case_id).code
    what, _, detail = what.partition("-")
    if what in ROWS:
        return ROWS[what](pk, case_id, day, today, detail)
    if what == "verhaal":
        return Row(
            when="Te lezen",
            when_note=f"sinds {date_text(day, today)}",
            title=f"Lees het verhaal bij {code} na",
            note="Staat er niemand in? Dan kunnen anderen ervan leren.",
            url=reverse("cases:story_read", args=[case_id, pk]),
            action="Lees na",
        )
    if what == "terugkoppeling":
        return Row(
            when=date_text(day, today),
            when_note="terugkoppeling",
            title=f"Vertel {code} wat er is bedacht",
            note="Wie ernaar uitkijkt, wil het snel horen.",
            url=reverse("meetings:feedback", args=[pk]),
            action="Koppel terug",
        )
    if what == "belofte":
        return Row(
            when=date_text(day, today),
            when_note="jouw acties",
            title=f"Je beloofde iets voor {code}" if pk == 1 else f"Je beloofde {pk} dingen",
            note="Liep het anders? Dan kijken we samen.",
            url=reverse("actions:list"),
            action="Bekijk acties",
        )
    if what == "stem":
        return Row(
            when="Te lezen",
            when_note=f"sinds {date_text(day, today)}",
            title=f"De stem van {code} is binnen",
            note="De jongere vertelde iets, in eigen woorden.",
            url=reverse("voice:voice", args=[case_id]),
            action="Lees de stem",
        )
    if what == "aanmelding":
        return Row(
            when="Aangemeld",
            when_note=date_text(day, today),
            title=f"{code} is aangemeld voor de tafel",
            note="Zijn alle stappen gezet? Neem de aanmelding dan aan.",
            url=reverse("prepare:intake", args=[case_id]),
            action="Bekijk",
        )
    if what == "inbreng":
        return Row(
            when="Casusinbreng",
            when_note=f"begonnen {date_text(day, today)}",
            title=f"Maak de casusinbreng van {code} af",
            note="Wat je niet weet, mag leeg blijven.",
            url=reverse("prepare:bringing", args=[case_id]),
            action="Schrijf verder",
        )
    if what == "besluit":
        return Row(
            when=date_text(day, today),
            when_note="toestemming ingetrokken",
            title=f"Besluit wat er blijft van {code}",
            note="Bewaren of wissen wat is opgeschreven. Leerplicht beslist.",
            url=reverse("cases:removal", args=[case_id]),
            action="Neem een besluit",
        )
    if what == "bewaren":
        return Row(
            when=date_text(day, today),
            when_note="bewaartermijn voorbij",
            title=f"Beslis over het bewaren van {code}",
            note="Er wordt niets vanzelf gewist.",
            url=reverse("cases:follow", args=[case_id]),
            action="Bekijk",
        )
    title, note, action = ASKS[what]
    days = (today - day).days
    return Row(
        when=f"{days} {'dag' if days == 1 else 'dagen'} over tijd" if days > 0 else date_text(day, today),
        when_note="nazorg" if what == "nazorg" else "volgen",
        title=title.format(code),
        note=note,
        url=reverse("cases:moment_finish", args=[case_id, pk]),
        action=action,
    )
