"""Who decides, whom they want at the table and what was decided after a withdrawal, attacked with raw SQL as the web role."""

import psycopg2
import pytest

PLACE = "case_id, swv_id, gemeente_id, shared_until"
OF = "SELECT id, swv_id, gemeente_id, shared_until,"
ADD_AUTHORITY = (
    f"INSERT INTO cases_authority ({PLACE}, parents_with_authority, checked_how, cannot_judge_reason, cannot_judge_by,"
    f" recorded_by_id, recorded_at) {OF} 1, '', %s, %s, %s, now() FROM cases_case WHERE id = %s"
)
ADD_WISH = (
    f"INSERT INTO cases_tablewish ({PLACE}, party, wish, said_by, said_on, recorded_by_id, recorded_at, version)"
    f" {OF} 'x', 'ja', 'ouder_1', now(), %s, now(), 1 FROM cases_case WHERE id = %s"
)
ADD_REMOVAL = (
    f"INSERT INTO cases_removaldecision ({PLACE}, started_on, decide_by, outcome, reason) {OF} now(), now(), '', ''"
    " FROM cases_case WHERE id = %s"
)
DECIDE = (
    "UPDATE cases_removaldecision SET outcome = 'alles', reason = 'x', decided_by_id = %s, decided_at = now()"
    " WHERE case_id = %s"
)
REFUSED = psycopg2.errors.InsufficientPrivilege


def refuse(session, statement, *arguments, error=REFUSED):
    session.run("SAVEPOINT s")
    with pytest.raises(error):
        session.run(statement, *arguments)
    session.run("ROLLBACK TO SAVEPOINT s")


@pytest.mark.parametrize("role", ["coordinator", "owner", "contact", "project", "fg", "beheer", "stranger"])
def test_why_and_what_follows_is_for_leerplicht_although_the_case_is_shared(world, session, role):
    person = getattr(world, role)
    session.become(person.pk)

    assert session.run("SELECT * FROM cases_authority") == []
    assert session.run("SELECT * FROM cases_removaldecision") == []
    assert session.run(DECIDE, person.pk, world.own.pk) == 0
    if session.run("SELECT id FROM cases_case WHERE id = %s", world.own.pk):  # else there is nothing to select from
        refuse(session, ADD_AUTHORITY, "x", "y", person.pk, world.own.pk)
        refuse(session, ADD_REMOVAL, world.own.pk)


@pytest.mark.parametrize("role", ["leerplicht", "coordinator", "owner"])
def test_wishes_are_written_by_who_works_on_the_case_in_the_own_name(world, session, role):
    person = getattr(world, role)
    session.become(person.pk)

    assert session.run(ADD_WISH, person.pk, world.own.pk) == 1
    assert session.run("UPDATE cases_tablewish SET wish = 'nee', recorded_by_id = %s", person.pk) == 2
    refuse(session, ADD_WISH, world.beheer.pk, world.own.pk)
    refuse(session, "UPDATE cases_tablewish SET recorded_by_id = %s", world.beheer.pk)
    refuse(session, "UPDATE cases_tablewish SET case_id = %s", world.closed.pk)
    assert session.run("DELETE FROM cases_tablewish WHERE case_id = %s", world.foreign.pk) == 0
    assert session.run("DELETE FROM cases_tablewish WHERE case_id = %s", world.own.pk) == 2
    session.connection.rollback()


def test_who_accounts_reads_no_wishes_and_writes_none(world, session):
    session.become(world.contact.pk)

    assert session.run("SELECT id FROM cases_journey WHERE case_id = %s", world.own.pk)
    assert session.run("SELECT * FROM cases_tablewish") == []
    assert session.run("DELETE FROM cases_tablewish") == 0
    refuse(session, ADD_WISH, world.contact.pk, world.own.pk)


def test_leerplicht_puts_on_record_and_rewrites_nothing(world, session):
    me = world.leerplicht.pk
    session.become(me)

    assert session.run(ADD_AUTHORITY, "reden", "arts Verzonnen", me, world.own.pk) == 1
    refuse(session, ADD_AUTHORITY, "reden", "", me, world.own.pk, error=psycopg2.errors.CheckViolation)
    refuse(session, ADD_AUTHORITY, "", "", world.coordinator.pk, world.own.pk)
    refuse(session, "UPDATE cases_authority SET cannot_judge_by = 'x'")
    refuse(session, "DELETE FROM cases_authority")
    refuse(session, "UPDATE cases_consentterms SET grace_days = 9000")
    refuse(session, "INSERT INTO cases_consentterms SELECT * FROM cases_consentterms")
    session.connection.rollback()


def test_a_decision_is_taken_once_in_the_own_name_and_stays(world, session):
    me = world.leerplicht.pk
    session.become(me)

    refuse(session, DECIDE, world.coordinator.pk, world.own.pk)
    refuse(session, ADD_REMOVAL, world.own.pk, error=psycopg2.errors.UniqueViolation)  # one waits already
    assert session.run(DECIDE, me, world.foreign.pk) == 0
    assert session.run(DECIDE, me, world.own.pk) == 1
    assert session.run(DECIDE, me, world.own.pk) == 0
    refuse(session, "DELETE FROM cases_removaldecision")
    refuse(session, "UPDATE cases_removaldecision SET decide_by = '2999-01-01'")
    assert session.run(ADD_REMOVAL, world.own.pk) == 1
    session.connection.rollback()
