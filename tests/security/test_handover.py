"""A handover attacked past the first wall: raw SQL as the web role, and both sides at the same moment."""

import psycopg2
import pytest
from django.db import IntegrityError
from django.utils import timezone

from access.context import acting_as
from cases import handovers
from cases.actions.members import appoint_owner
from cases.models import Case, CaseMember, LogEntry, scope_of
from tests import factories
from tests.at_once import at_once
from tests.cases.handover_world import accept, ask, day, fresh, make_sides, offered, say, stored
from tests.database import as_owner
from tests.parts import case_parts
from tests.security.targets import CASE_TABLES

ACCEPT = "SELECT access.answer_handover(%s, 2, true, '', %s)"


@pytest.fixture
def sides(transactional_db):
    return make_sides()


def rows(session, user, case):
    """How many rows of this case each table gives somebody who filters on nothing else."""
    session.connection.rollback()
    session.become(user.pk)
    found = {}
    for table in CASE_TABLES:
        column = "id" if table == "cases_case" else "case_id"
        (found[table],) = session.run(f"SELECT count(*) FROM {table} WHERE {column} = %s", case.pk)[0]
    session.connection.rollback()
    return {table: count for table, count in found.items() if count}


OLD = ("leerplicht", "coordinator", "owner", "verbinder", "contact")


def test_after_it_no_table_gives_the_old_side_a_row_not_even_on_oneself(sides, session):
    """Somebody's own row as eigenaar would tell where the youth lives now."""
    assert all(rows(session, getattr(sides, who), sides.case) for who in OLD)
    pk = offered(sides)
    assert rows(session, sides.new_leerplicht, sides.case) == {}

    accept(sides, pk)

    assert [rows(session, getattr(sides, who), sides.case) for who in OLD] == [{}] * 5
    assert rows(session, sides.new_coordinator, sides.case) == rows(session, sides.new_contact, sides.case) == {}
    seen = rows(session, sides.new_leerplicht, sides.case)
    assert seen["cases_case"] == 1
    assert not {"cases_costline", "cases_hoursline", "cases_inclusion"} & seen.keys()


# No row, not eigenaar, no right, no such case in that place.
NOTHING = (0, [(False,)], "42501", "23503")


def outcome(session, user, statement):
    """What a statement gives this person, or the code of what the database says; then as if it was never asked."""
    session.connection.rollback()
    session.become(user.pk)
    try:
        answer = session.run(statement)
        session.run("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg2.Error as error:
        answer = error.pgcode
    session.connection.rollback()
    return answer


def test_after_it_no_statement_of_the_old_side_changes_anything(sides, session):
    accept(sides, offered(sides))
    places = {"swv": sides.case.swv_id, "gemeente": sides.case.gemeente_id, "case": sides.case.pk}
    attempts = [
        "UPDATE cases_case SET next_step = 'x' WHERE id = {case}",
        "UPDATE cases_journey SET plan = 'x' WHERE case_id = {case}",
        "UPDATE cases_casemember SET ends_on = NULL, reason = '' WHERE case_id = {case}",
        "UPDATE cases_identitygrant SET revoked_at = NULL WHERE case_id = {case}",
        "SELECT access.share_case({case}, now()::date)",
        "SELECT access.save_identity({case}, 'x', 'y', '2014-01-01', '', '')",
        "SELECT access.leave_case({case}, now()::date, 'werk', '')",
        "INSERT INTO cases_casemember (case_id, swv_id, gemeente_id, shared_until, user_id, role, starts_on)"
        " VALUES ({case}, {swv}, {gemeente}, '1900-01-01', {user}, 'eigenaar', now())",
        "SELECT access.ask_handover({case}, {gemeente}, {swv}, 'verhuisd', now()::date, NULL, 'terug', '{{}}')",
    ]
    for who in OLD:
        user = getattr(sides, who)
        for attempt in attempts:
            assert outcome(session, user, attempt.format(**places, user=user.pk)) in NOTHING, attempt


def test_only_the_receiving_side_answers(sides, session):
    pk = offered(sides)
    near = ("leerplicht", "coordinator", "owner", "verbinder", "contact", "new_coordinator", "new_contact")
    for who in near:
        session.connection.rollback()
        session.become(getattr(sides, who).pk)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="not allowed to answer"):
            session.run(ACCEPT, str(pk), getattr(sides, who).pk)
    session.connection.rollback()
    assert stored(pk).status == "aangeboden"


def test_what_is_read_beforehand_has_no_name_and_no_more_than_was_chosen(sides, session):
    pk = offered(sides, shows=("wensdroom",))
    session.become(sides.new_leerplicht.pk)

    told = str(session.run("SELECT * FROM access.handovers(%s, NULL)", str(pk)))

    assert "De jongere wil een eigen bakkerij." in told
    for word in ("Pippeloentje", "Verzonnen", "0612345678", "leest graag", "Kijken bij"):
        assert word not in told
    assert session.run("SELECT * FROM access.identities(ARRAY[%s::bigint], 'overdracht')", sides.case.pk) == []
    assert session.run("SELECT access.people_tasks(500)") == []
    session.connection.rollback()


def test_a_yes_that_leerplicht_did_not_record_offers_nothing(sides, session):
    pk = ask(sides)
    session.become(sides.leerplicht.pk)

    assert session.run("SELECT access.offer_handover(%s, 1)", str(pk)) == [("toestemming",)]
    session.connection.rollback()
    session.become(sides.coordinator.pk)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run("SELECT access.offer_handover(%s, 1)", str(pk))
    session.connection.rollback()


def test_the_scope_of_a_part_is_not_changed_by_hand(sides, session):
    there = {"swv": factories.swv("PO2202").pk, "gemeente": factories.gemeente("Emmen").pk}
    for table in CASE_TABLES:
        move = f"UPDATE {table} SET swv_id = {there['swv']}, gemeente_id = {there['gemeente']}"
        assert outcome(session, sides.leerplicht, move) in ("42501", "23503"), table


# Two at once


def together(*calls):
    """Each call as one person; what it answered, or the name of what it raised."""
    answers = [None] * len(calls)

    def run(place, user, call):
        try:
            with acting_as(fresh(user)):
                answers[place] = call()
        except (Case.DoesNotExist, handovers.NotAllowed, IntegrityError) as error:
            answers[place] = type(error).__name__

    assert at_once(*(lambda place=place, one=one: run(place, *one) for place, one in enumerate(calls))) == []
    return answers


def open_owners(case):
    with as_owner():
        return list(CaseMember.objects.unscoped().filter(case=case, role="eigenaar", ends_on=None))


def where(case):
    with as_owner():
        return Case.objects.unscoped().get(pk=case.pk)


def is_whole(case):
    """Every part stands where its case stands, and there is one eigenaar."""
    now = where(case)
    scope = (now.swv_id, now.gemeente_id, now.shared_until)
    with as_owner():
        for model in case_parts():
            found = {
                (row.swv_id, row.gemeente_id, row.shared_until) for row in model._base_manager.filter(case_id=case.pk)
            }
            assert found <= {scope}, model
    assert len(open_owners(case)) == 1
    return now


@pytest.mark.parametrize("turn", range(3))
def test_accepted_and_withdrawn_at_once_is_one_of_both(sides, turn):
    pk = offered(sides)
    with acting_as(sides.coordinator):
        seen = handovers.handover_of(pk)

    answers = together(
        (sides.new_leerplicht, lambda: handovers.accept(pk, version=2, owner=sides.new_leerplicht)),
        (sides.coordinator, lambda: handovers.withdraw(seen, version=2, reason="")),
    )

    moved = is_whole(sides.case).swv_id == factories.swv("PO2202").pk
    assert answers == (["vastgelegd", "NotAllowed"] if moved else ["gewijzigd", "vastgelegd"])
    assert stored(pk).status == ("aangenomen" if moved else "ingetrokken")


def test_accepted_and_refused_at_once_is_one_of_both(sides):
    pk = offered(sides)
    colleague = factories.leerplicht("Emmen")

    answers = together(
        (sides.new_leerplicht, lambda: handovers.accept(pk, version=2, owner=sides.new_leerplicht)),
        (colleague, lambda: handovers.refuse(pk, version=2, reason="nog niet")),
    )

    assert sorted(answers) == ["gewijzigd", "vastgelegd"]
    moved = is_whole(sides.case).swv_id == factories.swv("PO2202").pk
    assert moved == (answers[0] == "vastgelegd")


def test_a_no_of_the_parent_and_accepting_at_once_never_leave_both(sides):
    pk = offered(sides)

    def withdraw_consent():
        say(sides, "ingetrokken", persons=["ouder_1"])

    answers = together(
        (sides.new_leerplicht, lambda: handovers.accept(pk, version=2, owner=sides.new_leerplicht)),
        (sides.leerplicht, withdraw_consent),
    )

    moved = is_whole(sides.case).swv_id == factories.swv("PO2202").pk
    assert answers == (["vastgelegd", "DoesNotExist"] if moved else ["gewijzigd", None])
    assert stored(pk).status == ("aangenomen" if moved else "ingetrokken")


def test_two_who_ask_at_once_ask_once(sides):
    answers = together(
        *((user, lambda: _ask(sides)) for user in (sides.leerplicht, sides.coordinator)),
    )

    assert sum(answer is None for answer in answers) == 1


def _ask(sides):
    return handovers.ask(
        case=sides.case, gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2202"), reason="verhuisd",
        moved_on=day(), talk_on=None, message="x", shows=[],
    )  # fmt: skip


@pytest.mark.parametrize("turn", range(3))
def test_a_new_eigenaar_and_accepting_at_once_leave_one_eigenaar(sides, turn):
    pk = offered(sides)
    colleague = factories.coordinator()

    answers = together(
        (sides.new_leerplicht, lambda: handovers.accept(pk, version=2, owner=sides.new_leerplicht)),
        (
            sides.coordinator,
            lambda: appoint_owner(case=sides.case, user=colleague, by=sides.coordinator, today=timezone.localdate()),
        ),
    )

    assert answers[0] == "vastgelegd"
    assert answers[1] in (True, "DoesNotExist")
    assert is_whole(sides.case).swv_id == factories.swv("PO2202").pk
    assert [row.user for row in open_owners(sides.case)] == [sides.new_leerplicht]


def test_what_is_written_while_it_goes_along_is_there_or_is_refused(sides):
    """Never a row left behind in a place where its case is no more."""
    pk = offered(sides)

    def write():
        case = Case.objects.editable_by(sides.coordinator).get(pk=sides.case.pk)
        LogEntry.objects.create(**scope_of(case), author=sides.coordinator, kind="gesprek", text="Tegelijk.")
        return "bewaard"

    answers = together(
        (sides.new_leerplicht, lambda: handovers.accept(pk, version=2, owner=sides.new_leerplicht)),
        (sides.coordinator, write),
    )

    assert answers[0] == "vastgelegd"
    assert answers[1] in ("bewaard", "IntegrityError", "DoesNotExist")
    is_whole(sides.case)
    with as_owner():
        written = LogEntry.objects.unscoped().filter(text="Tegelijk.")
        assert [row.swv_id for row in written] == ([factories.swv("PO2202").pk] if answers[1] == "bewaard" else [])
