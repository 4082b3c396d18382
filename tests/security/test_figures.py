"""The figures attacked past the first wall: raw SQL as the web role on the view, and on the function that counts."""

from datetime import timedelta

import psycopg2
import pytest
from django.utils import timezone

from tests import factories
from tests.interviews import allow, interview_of

PERIOD = "'1900-01-01', '2999-12-31', now() + interval '99 years'"
COUNTED = f"SELECT source, person, swv_id FROM access.unread_figures({PERIOD})"
TABLES = {"tafel", "interview", "actie", "terugkoppeling"}
CONTACT = {"benaderd", "gesprek", "bereikt"}
JOURNEY = {"beeld", "ontwikkeling", "beweging", "reis"}


@pytest.fixture
def counted(fresh_world):
    """A table, an interview and a contact of each: own, of another SWV, and of the own SWV without consent."""
    whole = {
        "wensdroom": "x", "cooperation": "x", "plan": "x", "means_needed": "x", "means_present": "deels",
        "distance_start": 1, "distance_now": 1, "development_seen": "ja", "movement_seen": "ja",
    }  # fmt: skip
    until = timezone.localdate() + timedelta(days=30)
    places = ({}, {"gemeente": factories.gemeente("Emmen"), "swv": factories.swv("PO2203")})
    for shared in ({"shared_until": until}, {}):
        for place in places:
            case = factories.CaseFactory(**shared, **place)
            factories.JourneyFactory(case=case, **whole)
            allow(case)
            interview_of(case)
            factories.ContactAttemptFactory(case=case)
            meeting = factories.MeetingFactory(team=factories.WelTeamFactory(swv=case.swv))
            item = factories.AgendaItemFactory(case=case, meeting=meeting, status="besproken")
            factories.ActionFactory(item=item)
            factories.FeedbackFactory(item=item)
    return fresh_world


def sources(rows):
    return {row[0] for row in rows}


def test_the_view_shows_each_only_what_its_tables_show(counted, session):
    def seen(who):
        return session.become(who.pk).run("SELECT source, swv_id, open_until >= access.today() FROM reporting_fact")

    own = counted.own.swv_id
    rows = seen(counted.coordinator)
    assert sources(rows) == {*TABLES, *JOURNEY, "bereikt", "knelpunt"}
    assert {(swv, is_shared) for source, swv, is_shared in rows} == {(own, True)}
    rows = seen(counted.contact)
    assert sources(rows) == JOURNEY
    assert {(swv, is_shared) for source, swv, is_shared in rows} == {(own, True)}
    rows = seen(counted.leerplicht)
    assert sources(rows) == {*TABLES, *JOURNEY, *CONTACT, "knelpunt"}
    assert {is_shared for source, _, is_shared in rows if source in TABLES} == {True, False}
    for who in (counted.project, counted.fg, counted.beheer, counted.stranger):
        assert seen(who) == []


def test_the_function_counts_only_what_is_shared_in_the_own_swv(counted, session):
    own = counted.own.swv_id
    expected = {
        counted.contact: {*TABLES, *CONTACT, "knelpunt"},
        counted.coordinator: CONTACT,
        counted.leerplicht: set(),
        counted.owner: set(),
        counted.project: set(),
        counted.fg: set(),
        counted.beheer: set(),
        counted.stranger: set(),
    }
    for who, found in expected.items():
        rows = session.become(who.pk).run(COUNTED)
        assert sources(rows) == found
        assert {swv for _, _, swv in rows} <= {own}
    # Of three in this SWV two are shared: the own one of the world and ours, and both sat at a table.
    rows = session.become(counted.contact.pk).run(COUNTED)
    assert len({person for source, person, _ in rows if source == "benaderd"}) == 2
    assert len({person for source, person, _ in rows if source == "tafel"}) == 2


def test_whoever_counts_cannot_tell_who_it_is_or_follow_somebody(counted, session):
    session.become(counted.contact.pk)
    keys = [{person for _, person, _ in session.run(COUNTED) if person} for _ in range(2)]
    codes = session.run("SELECT md5(id::text) FROM cases_case")

    assert len(keys[0]) == len(keys[1]) > 1
    assert not keys[0] & keys[1]
    assert codes
    assert not keys[0] & {code for (code,) in codes}


@pytest.mark.parametrize("statement", [COUNTED, "SELECT * FROM reporting_fact"])
def test_without_somebody_who_asks_it_is_an_error(counted, session, statement):
    with pytest.raises(psycopg2.Error):
        session.run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reporting_fact",
        "UPDATE reporting_fact SET mark = ''",
        "INSERT INTO reporting_fact (mark) VALUES ('')",
    ],
)
def test_nobody_writes_in_the_view(counted, session, statement):
    session.become(counted.leerplicht.pk)
    with pytest.raises(psycopg2.Error):
        session.run(statement)
