"""What the worker asks to remind people, past the first wall: in numbers, by nobody, and one's own choice of mail."""

import psycopg2
import pytest
from django.utils import timezone

from meetings.models import Action, Feedback
from tests.database import as_owner


@pytest.fixture
def world(fresh_world):
    return fresh_world


PROMISES = "SELECT * FROM access.promises_due(now() - interval '1 year', now() + interval '1 year')"
FEEDBACK = "SELECT * FROM access.feedback_due(current_date - 365, current_date + 365)"


def test_what_falls_due_is_told_in_numbers_to_the_worker_only(world, session):
    with as_owner():
        parts = (world.own_parts, world.foreign_parts)
        for each in parts:
            Action.objects.unscoped().filter(pk=each["action"].pk).update(participant=each["owner_at_table"])
        promised = {
            (each["action"].pk, each["owner_at_table"].user_id) for each in parts if each["owner_at_table"].user_id
        }
        told = {(row.pk, row.teller_id) for row in Feedback.objects.unscoped().filter(told_on=None)}

    for statement in (PROMISES, FEEDBACK):
        for user in (world.coordinator, world.beheer):
            session.become(user.pk)
            with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="only the worker"):
                session.run(statement)
            session.connection.rollback()

    promises, feedback = session.run(PROMISES), session.run(FEEDBACK)
    assert {row[:2] for row in promises} == promised != set()
    assert {row[:2] for row in feedback} == told != set()
    words = [value for row in (*promises, *feedback) for value in row if isinstance(value, str)]
    assert set(words) <= set(Action.Horizon.values)


def test_what_is_not_shared_any_more_is_not_asked_about(world, session):
    with as_owner():
        mine = Action.objects.unscoped().filter(pk=world.own_parts["action"].pk)
        mine.update(participant=world.own_parts["owner_at_table"])
        type(world.own).objects.unscoped().filter(pk=world.own.pk).update(shared_until="1900-01-01")

    assert session.run(PROMISES) == []
    assert [row[0] for row in session.run(FEEDBACK)] == [world.foreign_parts["feedback"].pk]


def test_everybody_chooses_their_own_mail(world, session):
    change = 'UPDATE access_user SET mail_choices = \'{"actie": "niet"}\' WHERE id = %s RETURNING id'
    session.become(world.coordinator.pk)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="their own mail"):
        session.run(change, world.leerplicht.pk)
    session.connection.rollback()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="their own mail"):  # nobody is known
        session.run(change, world.coordinator.pk)
    session.connection.rollback()
    session.become(world.coordinator.pk)

    assert session.run(change, world.coordinator.pk) == [(world.coordinator.pk,)]


def test_pruning_takes_no_more_than_what_left_long_ago(world, session):
    session.become(world.coordinator.pk)
    session.run(
        "INSERT INTO access_reminder (user_id, kind, number, falls_at) VALUES (%s, 'actie', 1, %s)",
        world.coordinator.pk,
        timezone.now(),
    )
    before = session.run("SELECT count(*) FROM access_reminder")

    session.run("SELECT access.prune_mail()")

    assert session.run("SELECT count(*) FROM access_reminder") == before != [(0,)]
