"""What only leerplicht may read and state, attacked past the first wall: raw SQL as the web role."""

import psycopg2
import pytest

ADD_STATUS = (
    "INSERT INTO cases_legalstatus (case_id, swv_id, gemeente_id, shared_until, kind, duration, ground, starts_on,"
    " statement_by, independence, has_swv_advice, has_plan, stated_by_id, stated_at, version)"
    " VALUES (%s, %s, %s, %s, 'av', '', '', %s, '', '', false, false, %s, now(), 1)"
)
ADD_CONTACT = (
    "INSERT INTO cases_contactattempt (case_id, swv_id, gemeente_id, shared_until, made_on, channel, result,"
    " contact_by_id, recorded_by_id, recorded_at) VALUES (%s, %s, %s, %s, '2026-01-01', 'brief', 'gesprek', %s, %s, now())"
)


def scope(case, **other):
    return [
        case.pk,
        other.get("swv", case.swv_id),
        other.get("gemeente", case.gemeente_id),
        other.get("until", case.shared_until),
    ]


@pytest.mark.parametrize("role", ["coordinator", "owner", "contact", "project", "fg", "beheer", "stranger"])
def test_nobody_but_leerplicht_reads_or_writes_although_the_case_is_shared(world, session, role):
    person = getattr(world, role)
    session.become(person.pk)

    assert session.run("SELECT id FROM cases_legalstatus") == []
    assert session.run("SELECT id FROM cases_contactattempt") == []
    assert session.run("UPDATE cases_legalstatus SET has_plan = true") == 0
    for statement, *more in (
        (ADD_STATUS, "2026-08-01", person.pk),
        (ADD_CONTACT, person.pk, person.pk),
    ):
        session.run("SAVEPOINT s")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            session.run(statement, *scope(world.own), *more)
        session.run("ROLLBACK TO SAVEPOINT s")


REFUSED = {
    "in another's name": lambda world: (ADD_STATUS, [*scope(world.own), "2026-08-01", world.coordinator.pk]),
    "contact in another's name": lambda world: (ADD_CONTACT, [*scope(world.own), world.leerplicht.pk, world.owner.pk]),
    "elsewhere": lambda world: (ADD_STATUS, [*scope(world.foreign), "2026-08-01", world.leerplicht.pk]),
    "moved": lambda world: ("UPDATE cases_legalstatus SET case_id = %s", [world.closed.pk]),
    "deleted": lambda world: ("DELETE FROM cases_legalstatus", []),
    "contact rewritten": lambda world: ("UPDATE cases_contactattempt SET result = 'ingestemd'", []),
    "contact deleted": lambda world: ("DELETE FROM cases_contactattempt", []),
    "other terms": lambda world: ("UPDATE cases_exemptionterms SET statement_months = 60", []),
    "new terms": lambda world: ("INSERT INTO cases_exemptionterms SELECT * FROM cases_exemptionterms", []),
    "no terms": lambda world: ("DELETE FROM cases_exemptionterms", []),
    "left in another's name": lambda world: (
        "UPDATE cases_legalstatus SET stated_by_id = %s",
        [world.coordinator.pk],
    ),
}


@pytest.mark.parametrize("attack", REFUSED)
def test_leerplicht_itself_is_refused(world, session, attack):
    statement, arguments = REFUSED[attack](world)
    session.become(world.leerplicht.pk)
    session.run("SELECT id FROM cases_legalstatus")

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run(statement, *arguments)


def test_an_error_does_not_tell_whether_another_swv_stated_something(world, session):
    """The same period for a youth elsewhere that has one there, and for one that does not exist."""
    session.become(world.leerplicht.pk)
    taken = world.foreign_parts["status"]
    own = {"swv": world.own.swv_id, "gemeente": world.own.gemeente_id}
    values, names = scope(world.foreign, **own), []
    for case_id in (world.foreign.pk, 10**9):
        session.run("SAVEPOINT s")
        with pytest.raises(psycopg2.errors.ForeignKeyViolation) as caught:
            session.run(ADD_STATUS, case_id, *values[1:], taken.starts_on, world.leerplicht.pk)
        names.append(caught.value.diag.constraint_name)
        session.run("ROLLBACK TO SAVEPOINT s")

    assert names[0] == names[1] == "cases_legalstatus_scope"


def test_an_overlap_is_refused_by_the_database(world, session):
    session.become(world.leerplicht.pk)

    with pytest.raises(psycopg2.errors.ExclusionViolation, match="legal_status_no_overlap"):
        session.run(ADD_STATUS, *scope(world.own), world.own_parts["status"].ends_on, world.leerplicht.pk)
