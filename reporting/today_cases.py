"""On Vandaag what the jeugdigen in reach ask for: how many there are, and the first of them for each next step."""

import json
from datetime import date, timedelta

from django.db import connection
from django.urls import reverse

from access.dutch_dates import date_text
from access.school_year import school_year_start
from cases.consent_view import turning_text
from cases.models import NOT_SHARED, Case, Consent, ExemptionTerms
from cases.models.case import KNOWN_SQL, REACH_SQL, WORK_OR_ACCOUNT, reach_values
from reporting.today_row import Row

FIRST = 12  # of each step
ENDING_DAYS = 30  # consent that ends within a month is shown
QUIET_DAYS = 42  # six weeks without contact

# One walk in one statement: the ORM took longer to build it than PostgreSQL to answer. A no to sharing is left at that,
# and what was asked before a handover to another SWV is history.
SURVEY = """
WITH seen AS MATERIALIZED (
  SELECT id, status, is_signal, gemeente_id, swv_id, shared_until, registered_on, last_contact_on, closed_on, next_step,
         birth_year, birth_month, cannot_judge, consent_from
  FROM (SELECT *, id AS case_id FROM cases_case) c WHERE REACH
), found AS (
  SELECT count(*) AS seen,
    count(*) FILTER (WHERE status = ANY (%(underway)s)) AS underway,
    count(*) FILTER (WHERE registered_on >= %(year_start)s) AS new,
    count(*) FILTER (WHERE shared_until >= %(today)s) AS shared,
    (array_agg(id ORDER BY shared_until, id DESC)
      FILTER (WHERE closed_on IS NULL AND shared_until BETWEEN %(today)s AND %(ending)s))[1:%(first)s] AS ending,
    (array_agg(id ORDER BY id DESC)
      FILTER (WHERE closed_on IS NULL AND status <> %(rest)s AND last_contact_on IS NULL AND NOT is_signal)
    )[1:%(first)s] AS no_talk,
    (array_agg(id ORDER BY id DESC)
      FILTER (WHERE closed_on IS NULL AND KNOWN AND shared_until < %(today)s AND NOT is_signal AND id NOT IN (
        SELECT a.case_id FROM cases_consent a
        WHERE a.purpose = %(share)s AND a.answer = ANY (%(closing)s) AND NOT EXISTS (
          SELECT FROM cases_consent b
          WHERE b.case_id = a.case_id AND b.purpose = a.purpose AND b.person = a.person AND b.answer <> %(asked)s
            AND (b.answered_on, b.id) > (a.answered_on, a.id)))))[1:%(first)s] AS to_ask,
    (array_agg(id ORDER BY last_contact_on, id DESC)
      FILTER (WHERE closed_on IS NULL AND status <> %(rest)s AND last_contact_on < %(quiet)s))[1:%(first)s] AS quiet
  FROM seen
)
SELECT to_jsonb(found), (SELECT grace_days FROM cases_consentterms WHERE starts_on <= %(today)s
                         ORDER BY starts_on DESC LIMIT 1),
  (SELECT to_jsonb(t) FROM cases_exemptionterms t WHERE starts_on <= %(today)s ORDER BY starts_on DESC LIMIT 1),
  (SELECT jsonb_agg(to_jsonb(s) || jsonb_build_object('is_asked', s.id = ANY (to_ask) AND EXISTS (
     SELECT FROM cases_consent a
     WHERE a.case_id = s.id AND a.purpose = %(share)s AND a.recorded_at >= coalesce(s.consent_from, a.recorded_at))))
   FROM seen s WHERE s.id = ANY ((ending || no_talk || to_ask || quiet)[1:%(shown)s]))
FROM found
""".replace("KNOWN", KNOWN_SQL).replace("REACH", REACH_SQL)
SHOWN = ("id", "next_step", "birth_year", "birth_month", "cannot_judge")  # of a case, in a row
DAYS = ("shared_until", "registered_on", "last_contact_on")


def survey_cases(user, today, most):
    """(found, steps): the numbers of the tiles, and of each next step what makes its row with its case.

    A case is None from step number `most` on. With the numbers come the terms of the day ("exemption_terms").
    """
    with connection.cursor() as cursor:
        cursor.execute(SURVEY, _values(user, today, most))
        found, grace_days, terms, shown = (_read(value) for value in cursor.fetchone())
    cases = {row["id"]: _case(row, grace_days) for row in shown or ()}
    found["exemption_terms"] = ExemptionTerms(**terms).as_terms()
    return found, [(make_row, cases.get(pk)) for name, make_row in ASKS.items() for pk in found[name] or ()]


def _values(user, today, most):
    return reach_values(user, right=WORK_OR_ACCOUNT, today=today) | {
        "underway": list(Case.STATUS_WORDS["op_reis"][1]),
        "year_start": school_year_start(today),
        "ending": today + timedelta(days=ENDING_DAYS),
        "rest": Case.Status.REST,
        "share": Consent.Purpose.SHARE,
        "closing": list(Consent.Answer.closing()),
        "asked": Consent.Answer.ASKED,
        "quiet": today - timedelta(days=QUIET_DAYS),
        "first": FIRST,
        "shown": most,
    }


def _read(value):
    return json.loads(value) if isinstance(value, str) else value


def _case(row, grace_days):
    case = Case(
        **{name: row[name] for name in SHOWN}, **{name: row[name] and date.fromisoformat(row[name]) for name in DAYS}
    )
    case.grace_days, case.is_asked = grace_days, row["is_asked"]
    return case


def _ask_again(case, today):
    return Row(
        when=date_text(case.shared_until, today),
        when_note="toestemming loopt af",
        title=f"Vraag opnieuw toestemming voor {case.code}",
        note=turning_text(case, today) or "Daarna blijft de reis gewoon doorgaan.",
        url=reverse("cases:consent", args=[case.pk]),
        action="Bekijk toestemming",
    )


def _ask(case, today):
    if case.shared_until != NOT_SHARED:  # it ran out, and nothing was said since
        return Row(
            when=date_text(case.shared_until, today),
            when_note="toestemming liep af",
            title=f"Vraag opnieuw toestemming voor {case.code}",
            note=turning_text(case, today) or "Leerplicht ziet deze jeugdige nu alleen.",
            url=reverse("cases:consent", args=[case.pk]),
            action="Leg vast",
        )
    return Row(
        when="Wacht" if case.is_asked else "Te vragen",
        when_note=f"aangemeld {date_text(case.registered_on, today)}",
        title=f"Toestemming voor {case.code}" if case.is_asked else f"Toestemming vragen voor {case.code}",
        note="Er is om gevraagd. Is er antwoord?" if case.is_asked else "Vraag of het WEL-team mag meedenken.",
        url=reverse("cases:consent", args=[case.pk]),
        action="Leg vast",
    )


def _get_to_know(case, today):
    return Row(
        when="Nog geen gesprek",
        when_note=f"aangemeld {date_text(case.registered_on, today)}",
        title=f"Maak kennis met {case.code}",
        note="Schrijf op wat je hoorde en zag. Klein telt ook.",
        url=reverse("cases:write", args=[case.pk]),
        action="Schrijf op",
    )


def _ask_how_it_goes(case, today):
    return Row(
        when=f"{(today - case.last_contact_on).days // 7} weken stil",
        when_note=f"laatst {date_text(case.last_contact_on, today)}",
        title=f"Vraag hoe het gaat met {case.code}",
        note=case.next_step or "Een kort bericht is al genoeg.",
        # Straight to where it is written down: the row is gone with what one writes there.
        url=f"{reverse('cases:write', args=[case.pk])}?soort=gesprek",
        action="Schrijf op",
    )


# What has a day comes first, then a first talk, consent to ask, and who was quiet for long.
ASKS = {"ending": _ask_again, "no_talk": _get_to_know, "to_ask": _ask, "quiet": _ask_how_it_goes}
