"""Who reads a verslag, attacked past the first wall: not shared, taken back, another table, and rows made by hand."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from meetings.models import Participant, ReportReader
from tests import factories
from tests.database import as_owner
from tests.security.test_team import attempts

SECRET = "SELECT agreed FROM meetings_tablereport"
READER = (
    "INSERT INTO meetings_reportreader (case_id, swv_id, gemeente_id, shared_until, item_id, report_id, participant_id,"
    " shared_at, shared_by_id) VALUES ({case}, {swv}, {gemeente}, '{until}', {item}, {report}, {seat}, now(), {by})"
)
# No right, no such row, or there already.
RIGHT_REASON = ("42501", "23503", "23505")


def reading(case, parts, by, **changes):
    return READER.format(
        **{
            "case": case.pk, "swv": case.swv_id, "gemeente": case.gemeente_id, "until": case.shared_until,
            "item": parts["item"].pk, "report": parts["table_report"].pk, "seat": parts["reader_seat"].pk, "by": by.pk,
        }
        | changes
    )  # fmt: skip


@pytest.fixture
def world(fresh_world):
    return fresh_world


@pytest.fixture
def seat(world):
    return world.own_parts["reader_seat"]


def another_seat(item, **values):
    now = timezone.now()
    values = {"user": factories.UserFactory(), "invited_at": now, "confidential_at": now} | values
    return factories.ParticipantFactory(item=item, **values)


def test_a_reader_reads_the_verslag_of_the_own_table_and_of_no_other(world, session, seat):
    elsewhere = factories.AgendaItemFactory(case=world.own)
    factories.TableReportFactory(item=elsewhere, agreed="Aan een andere tafel")
    another_seat(elsewhere, user=seat.user)  # sits there too, and it was not shared
    session.become(seat.user_id)

    assert session.run(SECRET) == [(f"geheime afspraak {world.own.pk}",)]
    assert session.run("SELECT id FROM meetings_reportreader") == [(world.own_parts["report_reader"].pk,)]
    assert session.run("SELECT access.shared_reports()") == [([world.own_parts["table_report"].pk],)]


def test_who_it_was_not_shared_with_reads_nothing_of_it(world, session):
    user = another_seat(world.own_parts["item"]).user
    session.become(user.pk)

    assert session.run(SECRET) == []
    assert session.run("SELECT count(*) FROM meetings_reportreader") == [(0,)]


def test_it_closes_at_once_whatever_falls_away(world, session, seat):
    rows = Participant.objects.unscoped().filter(pk=seat.pk)
    readers = ReportReader.objects.unscoped().filter(participant=seat)
    changes = {
        "taken back": (readers, {"taken_back_at": timezone.now()}),
        "no care promised": (rows, {"confidential_at": None}),
        "said no": (rows, {"answer": "nee"}),
        "not at the table any more": (rows, {"removed_at": timezone.now()}),
    }
    for name, (of, change) in changes.items():
        with as_owner():
            (before,) = of.values(*change)
            of.update(**change)
        session.become(seat.user_id)
        assert session.run(SECRET) == [], name
        session.connection.rollback()
        with as_owner():
            of.update(**before)
    session.become(seat.user_id)
    assert len(session.run(SECRET)) == 1
    session.connection.rollback()
    with as_owner():
        world.own.shared_until = timezone.localdate() - timedelta(days=1)
        world.own.save(update_fields=["shared_until"])
    for who in (seat.user, world.coordinator, world.owner):
        session.become(who.pk)
        assert session.run(SECRET) == []
        session.connection.rollback()
    session.become(world.leerplicht.pk)
    assert len(session.run(SECRET)) == 1


def test_nobody_opens_it_to_themselves_or_to_who_may_not_be_asked(world, session, seat):
    own, theirs, item = world.own_parts, world.foreign_parts, world.own_parts["item"]
    guest = another_seat(item)
    never_asked = another_seat(item, invited_at=None, confidential_at=None)
    gone = another_seat(item, removed_at=timezone.now())
    made = {
        "to oneself, as a guest": (guest.user, reading(world.own, own, guest.user, seat=guest.pk)),
        "by who only reads": (seat.user, reading(world.own, own, seat.user, seat=guest.pk)),
        "by a neighbour": (world.stranger, reading(world.own, own, world.stranger, seat=guest.pk)),
        "in another's name": (world.coordinator, reading(world.own, own, world.leerplicht, seat=guest.pk)),
        "without an account": (world.coordinator, reading(world.own, own, world.coordinator, seat=own["guest"].pk)),
        "never asked": (world.coordinator, reading(world.own, own, world.coordinator, seat=never_asked.pk)),
        "not at the table any more": (world.coordinator, reading(world.own, own, world.coordinator, seat=gone.pk)),
        "seat at another table": (
            world.coordinator, reading(world.own, own, world.coordinator, seat=theirs["reader_seat"].pk),
        ),
        "verslag of another table": (
            world.coordinator,
            reading(world.own, own, world.coordinator, seat=guest.pk, report=theirs["table_report"].pk),
        ),
        "another jeugdige": (world.coordinator, reading(world.foreign, theirs, world.coordinator)),
        "twice": (world.coordinator, reading(world.own, own, world.coordinator)),
    }  # fmt: skip
    refused = {}
    for name, (who, statement) in made.items():
        session.become(who.pk)
        refused |= attempts(session, {name: statement}, {})
        session.connection.rollback()
    assert {name: how for name, how in refused.items() if how not in RIGHT_REASON} == {}
    session.become(world.owner.pk)  # who works on the jeugdige does
    assert session.run(reading(world.own, own, world.owner, seat=guest.pk)) == 1


def test_a_reader_takes_nothing_back_and_opens_nothing_again(world, session, seat):
    again = "UPDATE meetings_reportreader SET taken_back_at = NULL"
    with as_owner():
        ReportReader.objects.unscoped().update(taken_back_at=timezone.now())
    session.become(seat.user_id)
    assert session.run(again) == 0
    session.connection.rollback()

    session.become(world.coordinator.pk)
    assert session.run(f"{again}, shared_by_id = %s", world.coordinator.pk) == 1  # of the own SWV only
    session.run("SAVEPOINT s")
    for statement in (
        f"UPDATE meetings_reportreader SET participant_id = {world.own_parts['guest'].pk}",
        "DELETE FROM meetings_reportreader",
        "UPDATE meetings_tablereport SET advice = 'bindend'",
        "UPDATE meetings_tablereport SET agreed = 'x'",  # without saying who
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            session.run(statement)
        session.run("ROLLBACK TO SAVEPOINT s")


def test_a_reader_changes_nothing_in_the_verslag(world, session, seat):
    session.become(seat.user_id)

    assert session.run("UPDATE meetings_tablereport SET agreed = 'x', updated_by_id = %s", seat.user_id) == 0


@pytest.mark.django_db
def test_what_was_shared_with_a_whole_table_is_shared_with_each_who_could_read_it():
    with as_owner():
        MigrationExecutor(connection).migrate([("meetings", "0008_report_readers")])
    until = timezone.localdate() + timedelta(days=30)
    item, other = (factories.AgendaItemFactory(case=factories.CaseFactory(shared_until=until)) for _ in range(2))
    seats = [another_seat(item), another_seat(item, confidential_at=None)]
    another_seat(item, invited_at=None, confidential_at=None)
    another_seat(item, removed_at=timezone.now())
    factories.ParticipantFactory(item=item)  # without an account
    shared, kept = factories.TableReportFactory(item=item), factories.TableReportFactory(item=other)
    another_seat(kept.item)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_tablereport SET shared_at = now() WHERE id = %s", [shared.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

        rows = ReportReader.objects.unscoped().order_by("pk")
        assert [(row.report_id, row.participant_id) for row in rows] == [(shared.pk, seat.pk) for seat in seats]
