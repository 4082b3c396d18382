"""Random small worlds: page, list and file show the same numbers, and those are what a plain reading of the rows says."""

import csv
import io
import os
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reporting.monitor.counters import COUNTERS
from tests import factories

pytestmark = pytest.mark.django_db

WORLDS = int(os.environ.get("WEL_WORLDS", "3"))
TODAY = timezone.localdate()
YEAR, FIRST, LAST = "2024-2025", date(2024, 8, 1), date(2025, 7, 31)
DAYS = (FIRST - timedelta(days=1), FIRST, date(2025, 2, 1), LAST, LAST + timedelta(days=1))
CONVERSATION = {"gesprek", "ingestemd"}


@dataclass(frozen=True)
class Youth:
    is_shared: bool
    is_near: bool  # of the gemeente of the leerplichtambtenaar
    is_here: bool  # of the SWV
    situation: str
    birth_year: int
    registered: date
    closed: date | None
    contacts: tuple  # (day, result), in order
    tables: tuple  # (day, days until told or None, action ended in minutes from its term or None)
    development: date | None
    movement: date | None


day = st.sampled_from(DAYS)
youths = st.builds(
    Youth,
    is_shared=st.booleans(),
    is_near=st.booleans(),
    is_here=st.sampled_from((True, True, True, False)),
    situation=st.sampled_from(("5a", "av", "anders")),
    birth_year=st.integers(2000, 2021),
    registered=day,
    closed=st.none() | day,
    contacts=st.lists(
        st.tuples(day, st.sampled_from(("niet_bereikt", "gesprek", "ingestemd", "geen_belangstelling"))), max_size=3
    ).map(lambda found: tuple(sorted(found, key=lambda one: one[0]))),
    tables=st.lists(
        st.tuples(day, st.sampled_from((None, 0, 7, 8)), st.sampled_from((None, -1, 0, 1))), max_size=2
    ).map(tuple),
    development=st.none() | day,
    movement=st.none() | day,
).filter(lambda youth: youth.closed is None or youth.closed >= youth.registered)
worlds = st.lists(youths, min_size=3, max_size=6)


def at(on, hour=10):
    return timezone.make_aware(datetime(on.year, on.month, on.day, hour))


def make(youth):
    place = {} if youth.is_here else {"swv": factories.swv("PO2202")}
    if not youth.is_near:
        place["gemeente"] = factories.gemeente("Veendam")
    if youth.is_shared:
        place["shared_until"] = TODAY + timedelta(days=9)
    case = factories.CaseFactory(
        situation=youth.situation,
        birth_year=youth.birth_year,
        registered_on=youth.registered,
        closed_on=youth.closed,
        **place,
    )
    for on, result in youth.contacts:
        factories.ContactAttemptFactory(case=case, made_on=on, result=result)
    before = None
    for on, told, ended in youth.tables:
        meeting = factories.MeetingFactory(
            team=factories.WelTeamFactory(swv=case.swv), starts_at=at(on), status="geweest"
        )
        before = factories.AgendaItemFactory(case=case, meeting=meeting, status="besproken", previous=before)
        said = {} if told is None else {
            "told_on": on + timedelta(days=told), "channel": "gesprek", "recorded_by": case.registered_by
        }  # fmt: skip
        factories.FeedbackFactory(item=before, **said)
        done = {} if ended is None else {"status": "gedaan", "ended_at": at(on) + timedelta(minutes=ended)}
        factories.ActionFactory(item=before, due_at=at(on), **done)
    factories.JourneyFactory(
        case=case,
        development_seen="ja" if youth.development else "",
        development_on=youth.development,
        movement_seen="nog_niet" if youth.movement is None else "ja",
        movement_on=youth.movement,
    )


def inside(on):
    return on is not None and FIRST <= on <= LAST


def expected(seen):
    """What the definitions say, read from what was drawn."""
    numbers = Counter()
    for youth in seen:
        contacts = [result for on, result in youth.contacts if inside(on)]
        answers = [result for result in contacts if result != "niet_bereikt"]
        told = [on + timedelta(days=days) for on, days, _ in youth.tables if days is not None]
        tables = [one for one in youth.tables if inside(one[0])]
        numbers["in-beeld"] += youth.registered <= LAST and (youth.closed is None or youth.closed >= FIRST)
        numbers["benaderd"] += bool(contacts)
        numbers["in-gesprek"] += bool(answers) and answers[-1] in CONVERSATION
        numbers["bereikt"] += bool(answers) or any(map(inside, told))
        numbers["besproken"] += bool(tables)
        numbers["tafels"] += len(tables)
        numbers["terugkoppeling"] += sum(days is not None and days <= 7 for _, days, _ in tables)
        numbers["acties"] += sum(ended is not None and ended <= 0 for _, _, ended in tables)
        numbers["ontwikkeling"] += inside(youth.development)
        numbers["beweging"] += inside(youth.movement)
    return {counter.key: numbers[counter.key] for counter in COUNTERS}


def from_page(client):
    figures = client.get(f"/monitor/?schooljaar={YEAR}").context["figures"]
    for count in figures.counts:
        for split in count.splits:
            assert sum(number for _, _, number in split.groups) == count.number, (count.counter.key, split.split.key)
    return {count.counter.key: count.number for count in figures.counts}, figures


def from_file(client):
    answer = client.get(f"/monitor/bestand/?schooljaar={YEAR}&waarvoor=eigen")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    whole = {row["Teller"]: int(row["Aantal"]) for row in rows if not row["Uitsplitsing"]}
    return whole, [int(row["Aantal"]) for row in rows if row["Uitsplitsing"]]


def from_list(client, count):
    answer = client.get(f"/monitor/lijst/?schooljaar={YEAR}&teller={count.counter.key}")
    lines = answer.context["cases"]
    return len(lines) if count.counter.is_persons else sum(line["times"] for line in lines)


@settings(
    max_examples=WORLDS,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds)
def test_page_list_and_file_are_what_the_rows_say(client_of, world):
    point = transaction.savepoint()
    for youth in world:
        make(youth)
    here = [youth for youth in world if youth.is_here]
    readers = {
        "leerplicht": (factories.leerplicht(), [youth for youth in world if youth.is_near]),
        "coordinator": (factories.coordinator(), [youth for youth in here if youth.is_shared]),
        "contact": (factories.swv_contact(), [youth for youth in here if youth.is_shared]),
    }
    for name, (user, seen) in readers.items():
        client = client_of(user)
        numbers, figures = from_page(client)
        assert numbers == expected(seen), name
        whole, parts = from_file(client)
        assert whole == numbers, name
        shown = [number for count in figures.counts for _, _, number in count.kinds]
        shown += [number for count in figures.counts for one in count.splits for _, _, number in one.groups]
        assert sorted(parts) == sorted(shown), name
        for count in figures.counts:
            if count.may_list and count.counter.key != "knelpunten":
                assert from_list(client, count) == count.number, (name, count.counter.key)
    transaction.savepoint_rollback(point)
