"""Who decides about consent, and how long it lasts, attacked past the first wall: raw SQL as the web role."""

from datetime import timedelta

import psycopg2
import pytest
from django.utils import timezone

from tests import factories
from tests.database import as_owner

DECIDING = {
    "birth_year": "2008",
    "birth_month": "5",
    "is_signal": "true",
    "parents_with_authority": "2",
    "cannot_judge": "true",
}
ON_RECORD = (
    "INSERT INTO cases_authority (case_id, swv_id, gemeente_id, shared_until, parents_with_authority, checked_how,"
    " cannot_judge_reason, cannot_judge_by, recorded_by_id, recorded_at) SELECT id, swv_id, gemeente_id, shared_until,"
    " %s, '', %s, %s, access.who(), now() FROM cases_case WHERE id = %s"
)
SAYS = {"parents_with_authority": (2, "", ""), "cannot_judge": (1, "verzonnen", "arts Verzonnen")}


@pytest.mark.parametrize("column", DECIDING)
@pytest.mark.parametrize("role", ["coordinator", "owner"])
def test_who_works_on_a_case_does_not_change_who_decides(world, session, role, column):
    session.become(getattr(world, role).pk)
    assert (
        session.run("UPDATE cases_case SET next_step = 'x', birth_year = birth_year WHERE id = %s", world.own.pk) == 1
    )

    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="who decides"):
        session.run(f"UPDATE cases_case SET {column} = {DECIDING[column]} WHERE id = %s", world.own.pk)


@pytest.mark.parametrize("column", DECIDING)
def test_leerplicht_of_the_case_changes_who_decides(world, session, column):
    session.become(world.leerplicht.pk)
    if column in SAYS:
        session.run("SAVEPOINT s")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="nothing on record"):
            session.run(f"UPDATE cases_case SET {column} = {DECIDING[column]} WHERE id = %s", world.own.pk)
        session.run("ROLLBACK TO SAVEPOINT s")
        session.run(ON_RECORD, *SAYS[column], world.own.pk)

    assert session.run(f"UPDATE cases_case SET {column} = {DECIDING[column]} WHERE id = %s", world.own.pk) == 1


def test_maintenance_changes_who_decides(fresh_world):
    case = fresh_world.own

    with as_owner():
        assert type(case).objects.unscoped().filter(pk=case.pk).update(parents_with_authority=2) == 1


@pytest.mark.parametrize(("days", "is_refused"), [(700, False), (732, True), (23000, True)])
def test_a_yes_without_an_end_shares_for_two_years_at_most(fresh_world, session, days, is_refused):
    factories.ConsentFactory(case=fresh_world.closed)
    session.become(fresh_world.leerplicht.pk)
    until = timezone.localdate() + timedelta(days=days)

    if is_refused:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="too long"):
            session.run("SELECT access.share_case(%s, %s)", fresh_world.closed.pk, until)
    else:
        session.run("SELECT access.share_case(%s, %s)", fresh_world.closed.pk, until)
        assert session.run("SELECT shared_until FROM cases_case WHERE id = %s", fresh_world.closed.pk) == [(until,)]
