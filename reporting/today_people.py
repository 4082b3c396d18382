"""On Vandaag: whose eigenaar goes or is gone, how a verbinder fares, and each handover; a jeugdige is only its code."""

import json
from datetime import date
from itertools import groupby

from django.db import connection
from django.urls import reverse

from access.dutch_dates import date_text
from cases.forms.filters import NOBODY
from cases.handovers import from_json
from cases.models import Case, Handover
from reporting.today_row import Row

MOST = 200
APART = 3  # of one person; more of them are one row
ASKED = """
WITH h AS MATERIALIZED (SELECT * FROM access.handovers(NULL, NULL))
SELECT (SELECT jsonb_agg(to_jsonb(t)) FROM access.people_tasks(%s) t),
       (SELECT jsonb_agg(to_jsonb(h)) FROM h),
       (SELECT jsonb_agg(to_jsonb(s)) FROM regions_samenwerkingsverband s
        WHERE s.id IN (SELECT from_swv_id FROM h UNION SELECT to_swv_id FROM h)),
       (SELECT jsonb_agg(to_jsonb(g)) FROM regions_gemeente g
        WHERE g.id IN (SELECT from_gemeente_id FROM h UNION SELECT to_gemeente_id FROM h))
"""


def people_rows(today):
    """The rows for whoever is asking; the database knows who has to act."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [MOST])
        tasks, *handovers = (json.loads(found) if isinstance(found, str) else found for found in cursor.fetchone())
    rows = []
    for (kind, user_id), group in groupby(tasks or (), key=lambda task: (task["kind"], task["user_id"])):
        rows += _task_rows(kind, user_id, list(group), today)
    return rows + [row for one in from_json(*handovers) if (row := _handover_row(one, today))]


def _task_rows(kind, user_id, group, today):
    if kind in ("geen", "weg", "stopt") and len(group) > APART:
        return [_leaving_row(kind, user_id, group, today)]
    return [_task_row(kind, task, today) for task in group]


def _leaving_row(kind, user_id, group, today):
    """Many jeugdigen at once: one row, with all of them behind it."""
    name, leaves = group[0]["name"], kind == "stopt"
    note = {"geen": "", "weg": f"{name} werkt hier niet meer. ", "stopt": f"{name} stopt. "}[kind]
    return Row(
        when=_date(group[0]["last_day"], today) if leaves else "Nu",
        when_note="eigenaar stopt" if leaves else "eigenaar nodig",
        title=f"Zoek eigenaren voor {len(group)} jeugdigen",
        note=f"{note}Kies per jeugdige wie contact houdt.",
        url=f"{reverse('cases:list')}?eigenaar={user_id or NOBODY}",
        action="Bekijk jeugdigen",
    )


def _task_row(kind, task, today):
    case, name = Case(pk=task["case_id"]), task["name"]
    owner, looking = (reverse(page, args=[case.pk]) for page in ("cases:owner", "cases:connection"))
    if kind == "geen":
        return Row(
            when="Nu",
            when_note="eigenaar nodig",
            title=f"Wijs een eigenaar aan voor {case.code}",
            note="Wie houdt contact met de jongere en de ouders?",
            url=owner,
            action="Wijs aan",
        )
    if kind == "weg":
        return Row(
            when="Nu",
            when_note="eigenaar nodig",
            title=f"Wijs een nieuwe eigenaar aan voor {case.code}",
            note=f"{name} werkt hier niet meer.",
            url=owner,
            action="Wijs aan",
        )
    if kind == "stopt":
        return Row(
            when=_date(task["last_day"], today),
            when_note="eigenaar stopt",
            title=f"Zoek een opvolger voor {case.code}",
            note=f"{name} blijft eigenaar tot een ander is aangewezen.",
            url=owner,
            action="Wijs aan",
        )
    if kind == "verbinder":
        return Row(
            when="Nu",
            when_note="verbinder nodig",
            title=f"Wijs een andere verbinder aan voor {case.code}",
            note=f"{name} werkt hier niet meer.",
            url=looking,
            action="Bekijk",
        )
    return Row(
        when=_date(task["last_day"], today),
        when_note="verbinding zoeken",
        title=f"Hoe gaat het met de verbinding bij {case.code}?",
        note="Jullie spraken deze dag af om samen te kijken.",
        url=looking,
        action="Bekijk",
    )


def _handover_row(one, today):
    """A step for who has the next one, and what came of it for the old side."""
    page = reverse("cases:handover", args=[one.case_id])
    if one.status == Handover.Status.OFFERED and one.of_new:
        return Row(
            when="Overdracht",
            when_note=f"sinds {date_text(one.offered_at.date(), today)}",
            title=f"Neem je {one.code} aan?",
            note=f"Van {one.from_place}. Je leest eerst wat je mag weten.",
            url=reverse("cases:handover_answer", args=[one.id]),
            action="Bekijk",
        )
    if one.status == Handover.Status.ASKED and one.manages:
        return Row(
            when="Overdracht",
            when_note=f"gevraagd {date_text(one.asked_at.date(), today)}",
            title=f"Toestemming voor de overdracht van {one.code}",
            note=f"Naar {one.to_place}. Tot dan ziet de ander niets.",
            url=page,
            action="Bekijk",
        )
    if one.status == Handover.Status.REFUSED and one.manages:
        return Row(
            when="Overdracht",
            when_note=f"antwoord {date_text(one.answered_at.date(), today)}",
            title=f"{one.code} blijft nog hier",
            note=f"{one.to_place} kan nu niet aannemen. Lees waarom, en wat nog kan.",
            url=page,
            action="Lees waarom",
        )
    if one.status == Handover.Status.ACCEPTED and one.of_old and not one.of_new:
        return Row(
            when="Overdracht",
            when_note=f"aangenomen {date_text(one.answered_at.date(), today)}",
            title=f"{one.code} is warm overgedragen",
            note=f"Naar {one.to_place}.",
            url=reverse("cases:handover_answer", args=[one.id]),
            action="Bekijk",
        )
    return None


def _date(text, today):
    return date_text(date.fromisoformat(text), today)
