"""Volgen and leren attacked past the first wall: raw SQL as the web role."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from access.context import acting_as
from tests import factories
from tests.database import as_owner

SCOPED = ("cases_followevent", "cases_followup", "cases_closing", "cases_story", "cases_obstaclelink")
BELOW = timedelta(days=60)


@pytest.fixture
def told(world):
    """A story of another SWV that is out, with consent; rolled back with the test."""
    story = factories.StoryFactory(
        case=world.foreign,
        author=world.foreign_parts["log"].author,
        approved_by=factories.UserFactory(),
        title="Te lezen",
    )
    factories.ConsentFactory(case=world.foreign, purpose="verhaal")
    return story


def stories(session, **wanted):
    values = {"term": "", "theme": "", "perspective": "", "skip": 0} | wanted
    return session.run("SELECT * FROM access.stories(%s, %s, %s, %s)", *values.values())


REFUSED = {
    "an event in another's name": "INSERT INTO cases_followevent (case_id, swv_id, gemeente_id, shared_until, kind,"
    " happened_on, movement, place, is_partial, note, recorded_by_id, recorded_at, version) SELECT id, swv_id, gemeente_id,"
    " shared_until, 'stap', now(), 'gelijk', '', false, '', {leerplicht}, now(), 1 FROM cases_case",
    "an event elsewhere": "INSERT INTO cases_followevent (case_id, swv_id, gemeente_id, shared_until, kind, happened_on,"
    " movement, place, is_partial, note, recorded_by_id, recorded_at, version) VALUES ({foreign}, {foreign_swv},"
    " {foreign_gemeente}, '{foreign_until}', 'stap', now(), 'gelijk', '', false, '', {coordinator}, now(), 1)",
    "an event changed in another's name": "UPDATE cases_followevent SET note = 'x', recorded_by_id = {leerplicht}",
    "an event wiped": "DELETE FROM cases_followevent",
    "a moment done in another's name": "UPDATE cases_followup SET outcome = 'goed', done_on = now(),"
    " done_by_id = {leerplicht}",
    "removal proposed by hand": "UPDATE cases_closing SET proposed_on = now()",
    "the day in another's name": "UPDATE cases_closing SET remove_on = '2000-01-01', updated_by_id = {leerplicht}",
    "rounded off without a day": "UPDATE cases_case SET status = 'afgerond' WHERE id = {own}",
    "a story approved by hand": "UPDATE cases_story SET approved_version = 1",
    "a story of another's": "INSERT INTO cases_story (case_id, swv_id, gemeente_id, shared_until, public_id, title,"
    " what_worked, hobble, detour, theme, perspective, author_id, is_ready, returned_note, updated_at, version) SELECT id,"
    " swv_id, gemeente_id, shared_until, gen_random_uuid(), 'x', 'x', '', '', 'proces', 'ouder', {leerplicht}, true, '',"
    " now(), 1 FROM cases_case",
    "a story that was approved before": "INSERT INTO cases_story (case_id, swv_id, gemeente_id, shared_until, public_id,"
    " title, what_worked, hobble, detour, theme, perspective, author_id, is_ready, returned_note, updated_at, version,"
    " approved_version, approved_by_id, approved_at, public_until) SELECT id, swv_id, gemeente_id, shared_until,"
    " gen_random_uuid(), 'x', 'x', '', '', 'proces', 'ouder', {coordinator}, true, '', now(), 1, 1, {leerplicht}, now(),"
    " '2999-01-01' FROM cases_case",
    "the own story read over": "SELECT access.approve_story({story}, 1, '{soon}')",
    "looking for the name in the own story": "SELECT * FROM access.check_story({story})",
    "a story of another SWV read over": "SELECT access.approve_story({foreign_story}, 1, '{soon}')",
    "the names of a story elsewhere": "SELECT * FROM access.check_story({foreign_story})",
    "the helper with a text of one's own": "SELECT access.names_left(s) FROM cases_story s",
    "the consent of somebody": "SELECT access.story_allowed({foreign}, now()::date)",
    "a knelpunt elsewhere": "INSERT INTO cases_obstacle (swv_id, title, description, level, theme, domain, status,"
    " addressee, addressee_name, answer, author_id, created_at, version) VALUES ({foreign_swv}, 'x', '', 'swv', 'proces',"
    " 'avg', 'verzameld', '', '', '', {coordinator}, now(), 1)",
    "a knelpunt of another SWV at a jeugdige": "INSERT INTO cases_obstaclelink (case_id, swv_id, gemeente_id,"
    " shared_until, obstacle_id, linked_by_id) SELECT id, swv_id, gemeente_id, shared_until, {foreign_obstacle},"
    " {coordinator} FROM cases_case",
    "the names behind a knelpunt": "SELECT access.without_linked_names({obstacle}, 'Geheim{own}')",
    "the bank by hand": "INSERT INTO cases_bankentry (id, kind, title, description, place, domain, month) VALUES"
    " (gen_random_uuid(), 'plek', 'x', 'x', '', 'avg', now())",
    "the bank changed": "UPDATE cases_bankentry SET title = 'x'",
    "the bank emptied": "DELETE FROM cases_bankentry",
    "a solution marked as shared": "UPDATE cases_solution SET shared_version = 1",
    "a solution of another SWV shared": "SELECT access.share_solution({foreign_solution}, 1)",
    "a solution of another SWV taken back": "SELECT access.withdraw_solution({foreign_solution})",
}


def details(world):
    return {
        "leerplicht": world.leerplicht.pk,
        "coordinator": world.coordinator.pk,
        "own": world.own.pk,
        "foreign": world.foreign.pk,
        "foreign_swv": world.foreign.swv_id,
        "foreign_gemeente": world.foreign.gemeente_id,
        "foreign_until": world.foreign.shared_until,
        "story": world.own_parts["story"].pk,
        "foreign_story": world.foreign_parts["story"].pk,
        "obstacle": world.own_parts["obstacle"].pk,
        "foreign_obstacle": world.foreign_parts["obstacle"].pk,
        "foreign_solution": world.foreign_parts["solution"].pk,
        "soon": timezone.localdate() + BELOW,
    }


def test_the_team_of_one_swv_is_refused(world, session):
    """One after the other, each in a savepoint; the closing that is there has no day and so holds nothing open."""
    session.become(world.coordinator.pk)
    values = details(world)
    passed, codes = [], {}

    for name, statement in REFUSED.items():
        session.run("SAVEPOINT s")
        try:
            session.run(statement.format(**values))
            passed.append(name)
        except psycopg2.Error as error:
            codes[name] = error.pgcode
        session.run("ROLLBACK TO SAVEPOINT s")

    assert passed == []
    # no right, no such case in that SWV, or a rule of the row: never a statement that was written wrong here
    assert {name: code for name, code in codes.items() if code not in ("42501", "23503", "23514")} == {}


def test_rows_of_volgen_and_leren_end_at_the_border(world, session):
    session.become(world.coordinator.pk)
    found = {
        "elsewhere": [session.run(f"SELECT id FROM {table} WHERE case_id = %s", world.foreign.pk) for table in SCOPED],
        "moved": [
            session.run(f"UPDATE {table} SET version = version WHERE case_id = %s", world.foreign.pk)
            for table in SCOPED[:4]
        ],
        "knelpunt": session.run("SELECT id FROM cases_obstacle WHERE swv_id = %s", world.foreign.swv_id),
        "solution": session.run("SELECT id FROM cases_solution WHERE swv_id = %s", world.foreign.swv_id),
        "by function": session.run(
            "SELECT id FROM access.obstacles(%s, '', '', '', 0)", world.foreign_parts["obstacle"].pk
        ),
    }

    assert found == {"elsewhere": [[]] * 5, "moved": [0] * 4, "knelpunt": [], "solution": [], "by function": []}


@pytest.mark.parametrize("role", ["contact", "project", "fg", "beheer", "stranger"])
def test_who_does_not_work_on_a_jeugdige_reads_no_row_of_it(world, session, role):
    session.become(getattr(world, role).pk)

    for table in (*SCOPED, "cases_obstacle", "cases_solution"):
        assert session.run(f"SELECT id FROM {table}") == [], table
    bank = session.run("SELECT id FROM cases_bankentry")
    assert (len(bank) == 2) == (role in ("contact", "project"))
    known = session.run("SELECT id FROM access.obstacles(NULL, '', '', '', 0)")
    assert len(known) == {"contact": 1, "project": 2}.get(role, 0)


def test_the_bank_holds_no_column_that_leads_back(world, session):
    session.become(world.project.pk)
    columns = session.run(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'cases_bankentry' ORDER BY 1"
    )

    assert [name for (name,) in columns] == ["description", "domain", "id", "kind", "month", "place", "title"]


@pytest.mark.django_db
class TestTold:
    """These see the rows of a test that is not committed, so they ask as the web role on its own connection."""

    def ask(self, user, **wanted):
        values = {"term": "", "theme": "", "perspective": "", "skip": 0} | wanted
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM access.stories(%s, %s, %s, %s)", list(values.values()))
            return cursor.fetchall()

    def test_a_story_comes_without_case_writer_or_swv(self, world, told):
        (row,) = self.ask(world.project)

        assert row[1] == "Te lezen"
        assert str(told.public_id) == str(row[0])
        for secret in (world.foreign.pk, world.foreign.swv_id, told.author_id, told.pk):
            assert secret not in row

    def test_every_way_to_end_consent_ends_the_reading(self, world, told):
        today = timezone.localdate()
        for change in ({"answer": "ingetrokken"}, {"answer": "geweigerd"}, {"expires_on": today - timedelta(days=1)}):
            undo = transaction.savepoint()
            factories.ConsentFactory(case=world.foreign, purpose="verhaal", **change)
            assert self.ask(world.project) == [], change
            transaction.savepoint_rollback(undo)
            assert len(self.ask(world.project)) == 1

    def test_a_name_put_right_afterwards_is_taken_out(self, world, told):
        with as_owner():
            type(told).objects.unscoped().filter(pk=told.pk).update(what_worked="Met Vogeltje naar de bakker.")
            identity = world.foreign_parts["identity"]
            type(identity).objects.filter(pk=identity.pk).update(first_name="Vogeltje")

        (row,) = self.ask(world.project)

        assert row[2] == "Met de jongere naar de bakker."

    def test_nobody_without_a_part_in_it_reads_stories(self, world, told):
        for role in ("fg", "beheer", "stranger"):
            with pytest.raises(DatabaseError, match="not allowed to read stories"), transaction.atomic():
                self.ask(getattr(world, role))


def test_a_text_changed_behind_the_screens_is_another_version(world, session):
    """The writer keeps the old number, or sets it back; the yes of the second reader goes all the same."""
    session.become(world.coordinator.pk)
    story = world.own_parts["story"].pk

    session.run("UPDATE cases_story SET what_worked = 'anders', version = 1 WHERE id = %s", story)
    session.become(world.leerplicht.pk)
    soon = timezone.localdate() + BELOW

    assert session.run("SELECT version FROM cases_story WHERE id = %s", story) == [(2,)]
    assert session.run("SELECT access.approve_story(%s, 1, %s)", story, soon) == [("veranderd",)]
    assert session.run("SELECT access.approve_story(%s, 2, %s)", story, soon) == [("toestemming",)]
