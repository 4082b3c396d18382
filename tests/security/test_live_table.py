"""What is written at a table attacked past the first wall: other tables, other people's lines, and after it closed."""

from datetime import timedelta

import psycopg2
import pytest
from django.utils import timezone

from meetings.models import Participant
from tests import factories
from tests.database import as_owner
from tests.security.test_team import attempts

LINES = ("meetings_action", "meetings_tablenote")
ALL = (*LINES, "meetings_tablereport", "meetings_feedback")
ACTION = (
    "INSERT INTO meetings_action (case_id, swv_id, gemeente_id, shared_until, item_id, key, created_by_id, updated_by_id,"
    " created_at, updated_at, version, text, horizon, due_at, status, outcome, participant_id)"
    " VALUES ({case}, {swv}, {gemeente}, '{until}', {item}, {key}, {by}, {by}, now(), now(), 1, 'x', '4d', now(), '{status}',"
    " '', {seat})"
)
# No right, no such row, a rule of the row, or the same line again.
RIGHT_REASON = ("42501", "23503", "23514", "23505")


def of_item(case, parts, by):
    return {
        "case": case.pk, "swv": case.swv_id, "gemeente": case.gemeente_id, "until": case.shared_until,
        "item": parts["item"].pk, "by": by.pk, "seat": parts["guest"].pk, "status": "open", "key": "gen_random_uuid()",
    }  # fmt: skip


@pytest.fixture
def world(fresh_world):
    return fresh_world


@pytest.fixture
def guest(world):
    """Somebody from another place, who sits at the own table and promised care."""
    user = factories.UserFactory()
    at_table = factories.ParticipantFactory(
        item=world.own_parts["item"], user=user, invited_at=timezone.now(), confidential_at=timezone.now()
    )
    return user, at_table


def counts(session):
    return {table: session.run(f"SELECT count(*) FROM {table}")[0][0] for table in ALL}


def test_a_guest_reads_the_lines_of_the_own_table_and_of_no_other(world, session, guest):
    user, _ = guest
    factories.ActionFactory(item=factories.AgendaItemFactory(case=world.own), text="Aan een andere tafel")
    session.become(user.pk)

    assert counts(session) == dict.fromkeys(LINES, 1) | {"meetings_tablereport": 0, "meetings_feedback": 0}
    assert session.run("SELECT text FROM meetings_action") == [(f"geheime belofte {world.own.pk}",)]


def test_who_is_not_at_the_table_reads_and_writes_nothing(world, session, guest):
    user, at_table = guest
    changes = {
        "did not promise care": {"confidential_at": None},
        "said no": {"answer": "nee"},
        "is not at the table any more": {"removed_at": timezone.now()},
        "was not invited": {"invited_at": None, "confidential_at": None},
    }
    rows, seen = Participant.objects.unscoped().filter(pk=at_table.pk), {}
    with as_owner():
        (before,) = rows.values("confidential_at", "answer", "removed_at", "invited_at")

    for name, change in changes.items():
        with as_owner():
            rows.update(**before | change)
        session.become(user.pk)
        session.run("SAVEPOINT s")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            session.run(ACTION.format(**of_item(world.own, world.own_parts, user)))
        session.run("ROLLBACK TO SAVEPOINT s")
        seen[name] = counts(session)
        session.connection.rollback()

    assert seen == dict.fromkeys(changes, dict.fromkeys(ALL, 0))


def test_a_line_is_of_the_own_table_in_ones_own_name_and_once(world, session, guest):
    user, at_table = guest
    own = of_item(world.own, world.own_parts, user)
    theirs = of_item(world.foreign, world.foreign_parts, user)
    key = f"'{world.own_parts['action'].key}'"
    session.become(user.pk)
    session.run(ACTION.format(**own | {"seat": at_table.pk}))

    refused = attempts(
        session,
        {
            "another table": ACTION.format(**theirs),
            "another table, as if it were of this jeugdige": ACTION.format(**own | {"item": theirs["item"]}),
            "another jeugdige": ACTION.format(**own | {"case": theirs["case"]}),
            "in another's name": ACTION.format(**own | {"by": world.coordinator.pk}),
            "promised by somebody elsewhere": ACTION.format(**own | {"seat": theirs["seat"]}),
            "kept before it was promised": ACTION.format(**own | {"status": "gedaan"}),
            "the same line": ACTION.format(**own | {"key": key}),
            "a verslag": "INSERT INTO meetings_tablereport (case_id, swv_id, gemeente_id, shared_until, item_id, agreed, mix,"
            f" advice, dissent, closed_at, closed_by_id, version) VALUES ({own['case']}, {own['swv']}, {own['gemeente']},"
            f" '{own['until']}', {own['item']}, '', '[]', 'advies', '', now(), {user.pk}, 1)",
        },
        {},
    )
    assert {name: how for name, how in refused.items() if how not in RIGHT_REASON} == {}
    for table in LINES:
        assert (
            session.run(
                f"UPDATE {table} SET text = 'x', updated_by_id = %s WHERE created_by_id <> %s", user.pk, user.pk
            )
            == 0
        )
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run("DELETE FROM meetings_action")


def test_a_guest_keeps_the_own_promise_and_not_that_of_another(world, session, guest):
    user, at_table = guest
    mine = factories.ActionFactory(item=world.own_parts["item"], participant=at_table)
    session.become(user.pk)
    done = "UPDATE meetings_action SET status = 'gedaan', ended_at = now(), updated_by_id = %s WHERE id = %s"

    assert session.run(done, user.pk, mine.pk) == 1
    assert session.run(done, user.pk, world.own_parts["action"].pk) == 0


def test_a_table_closes_with_a_promise_and_then_stands(world, session):
    item = factories.AgendaItemFactory(case=world.own)  # at another meeting
    by = world.coordinator.pk
    close = "UPDATE meetings_agendaitem SET status = 'besproken', updated_by_id = %s WHERE id = %s"
    session.become(by)

    session.run("SAVEPOINT s")
    with pytest.raises(psycopg2.errors.CheckViolation, match="closes with a promise"):
        session.run(close, by, item.pk)
    session.run("ROLLBACK TO SAVEPOINT s")
    assert session.run(close, by, world.own_parts["item"].pk) == 1
    session.run("SAVEPOINT s")
    with pytest.raises(psycopg2.errors.CheckViolation, match="table is closed"):
        session.run(ACTION.format(**of_item(world.own, world.own_parts, world.coordinator)))
    session.run("ROLLBACK TO SAVEPOINT s")
    with pytest.raises(psycopg2.errors.CheckViolation, match="table is closed"):
        session.run("UPDATE meetings_action SET text = 'anders', updated_by_id = %s", by)
    session.connection.rollback()
    session.become(by)
    assert session.run("UPDATE meetings_action SET status = 'gedaan', ended_at = now(), updated_by_id = %s", by) == 1


def test_when_sharing_ends_the_table_is_closed_to_all_but_leerplicht(world, session, guest):
    user, _ = guest
    with as_owner():
        world.own.shared_until = timezone.localdate() - timedelta(days=1)
        world.own.save(update_fields=["shared_until"])

    for who in (user, world.coordinator, world.owner):
        session.become(who.pk)
        assert counts(session) == dict.fromkeys(ALL, 0), who
    session.become(world.leerplicht.pk)
    assert counts(session) == dict.fromkeys(ALL, 1)
