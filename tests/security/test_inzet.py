"""Money attacked past the application: raw SQL as the web role, in the name of each who has a part in it."""

import threading
import time

import psycopg2
import pytest
from django.db import IntegrityError, transaction

from regions.models import Role
from tests import factories
from tests.database import as_owner, login_dsn
from tests.security.conftest import Session

LINE = (
    "INSERT INTO cases_costline (case_id, swv_id, gemeente_id, shared_until, payer_id, subsidy_id, kind, description,"
    " is_direct, stage, spent_on, amount, is_own_contribution, has_receipt, reference, effect, entered_by_id, entered_at,"
    " changed_by_id, decision, decision_reason, decided_by_id, decided_at, version)"
    " VALUES ({case}, {swv}, {gemeente}, {until}, {payer}, {subsidy}, 'ict', '', true, 'besteed', now(), {amount}, false,"
    " true, '', '', {by}, now(), {changed}, {decision}, '', {decided}, NULL, 1)"
)


def statement(world, **changes):
    case = changes.pop("about", world.own)
    values = {
        "case": case.pk,
        "swv": case.swv_id,
        "gemeente": case.gemeente_id,
        "until": f"'{case.shared_until}'",
        "payer": world.own.swv_id,
        "subsidy": world.own_parts["subsidy"].pk,
        "amount": 10,
        "by": world.coordinator.pk,
        "changed": world.coordinator.pk,
        "decision": "''",
        "decided": "NULL",
    }
    return LINE.format(**values | changes)


def line_of(session, pk):
    return session.run(
        "SELECT decision, decided_by_id, amount, version, changed_by_id FROM cases_costline WHERE id = %s", pk
    )[0]


@pytest.fixture
def granted(fresh_world):
    """What PO2001 has: 150 euro, of which 100 is entered and waits."""
    with as_owner():
        fresh_world.own_parts["subsidy"].amount = 150
        fresh_world.own_parts["subsidy"].save()
    return fresh_world


def test_the_coordinator_enters_for_a_case_and_for_the_swv(world, session):
    session.become(world.coordinator.pk)

    assert session.run(statement(world)) == 1
    assert session.run(statement(world, case="NULL", gemeente="NULL", until="NULL")) == 1


OTHERS = ("leerplicht", "contact", "project", "fg", "beheer", "stranger")


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_enters(world, session, role):
    session.become(getattr(world, role).pk)
    me = getattr(world, role).pk

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run(statement(world, by=me, changed=me))


@pytest.mark.parametrize("role", ["leerplicht", "project", "fg", "beheer", "stranger"])
@pytest.mark.parametrize("table", ["cases_costline", "cases_hoursline", "cases_agreement"])
def test_who_has_no_part_in_money_sees_no_row_also_when_the_accounts_are_open(world, session, role, table):
    session.become(getattr(world, role).pk)
    if role == "project":
        session.run("SELECT access.open_accounts(%s, 'pdf maken')", world.own.swv_id)
        assert session.run("SELECT count(*) FROM cases_journey") == [(1,)]

    assert session.run(f"SELECT count(*) FROM {table}") == [(0,)]
    assert session.run("SELECT * FROM access.inzet_sums(%s)", [world.own.swv_id]) == []
    assert session.run("SELECT * FROM access.payers(%s)", world.own.pk) == []
    assert session.run("SELECT * FROM access.payers(NULL)") == []


@pytest.mark.parametrize("role", ["coordinator", "owner", "contact"])
def test_what_another_swv_pays_is_out_of_sight(world, session, role):
    session.become(getattr(world, role).pk)

    for table in ("cases_costline", "cases_hoursline", "cases_agreement"):
        assert session.run(f"SELECT * FROM {table} WHERE swv_id = %s", world.foreign.swv_id) == []
    assert session.run("SELECT * FROM access.inzet_sums(%s)", [world.foreign.swv_id]) == []
    assert session.run("SELECT * FROM access.payers(%s)", world.foreign.pk) == []
    foreign = world.foreign_parts["cost"].pk
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run("SELECT access.decide_cost(%s, 1, 'akkoord', '')", foreign)


REFUSED = {
    "an approval with the line": {"decision": "'akkoord'", "decided": "{other}"},
    "in the name of a colleague": {"by": "{other}"},
    "as if a colleague changed it": {"changed": "{other}"},
    "nothing": {"amount": "0"},
    "money back": {"amount": "-5"},
    "paid by a SWV of somebody else": {"payer": "{foreign_swv}", "subsidy": "{foreign_subsidy}"},
    "a subsidy of somebody else": {"subsidy": "{foreign_subsidy}"},
    "on a case of another SWV": {"case": "{foreign}", "swv": "{foreign_swv}", "gemeente": "{foreign_gemeente}"},
    "on a case that is not shared": {"case": "{closed}", "until": "'1900-01-01'"},
    "as if that one were shared": {"case": "{closed}"},
    "for the SWV, of a gemeente": {"case": "NULL"},
    "for a SWV of somebody else": {"case": "NULL", "gemeente": "NULL", "until": "NULL", "swv": "{foreign_swv}"},
}


@pytest.mark.parametrize("attack", REFUSED)
def test_a_line_that_is_not_right_is_refused(world, session, attack):
    session.become(world.coordinator.pk)
    details = {
        "other": world.owner.pk,
        "foreign": world.foreign.pk,
        "foreign_swv": world.foreign.swv_id,
        "foreign_gemeente": world.foreign.gemeente_id,
        "foreign_subsidy": world.foreign_parts["subsidy"].pk,
        "closed": world.closed.pk,
    }
    changes = {name: value.format(**details) for name, value in REFUSED[attack].items()}

    with pytest.raises(psycopg2.Error) as caught:
        session.run(statement(world, **changes))
    assert isinstance(
        caught.value,
        psycopg2.errors.InsufficientPrivilege | psycopg2.errors.CheckViolation | psycopg2.errors.ForeignKeyViolation,
    )


@pytest.mark.parametrize(
    "change",
    [
        "decision = 'akkoord'",
        "decided_by_id = {other}",
        "entered_by_id = {other}",
        "changed_by_id = {other}",
        "case_id = {foreign}",
        "swv_id = {foreign_swv}",
        "payer_id = {foreign_swv}, subsidy_id = {foreign_subsidy}",
    ],
)
@pytest.mark.parametrize("role", ["coordinator", "contact"])
def test_an_approval_is_not_written_by_hand_nor_a_line_moved(world, session, role, change):
    session.become(getattr(world, role).pk)
    details = {
        "other": world.owner.pk,
        "foreign": world.foreign.pk,
        "foreign_swv": world.foreign.swv_id,
        "foreign_subsidy": world.foreign_parts["subsidy"].pk,
    }
    try:
        changed = session.run(f"UPDATE cases_costline SET {change.format(**details)}")
    except psycopg2.errors.InsufficientPrivilege:
        return
    assert changed == 0  # a SWV-contact changes no line, whatever its columns


def test_nobody_deletes_a_line(world, session):
    session.become(world.coordinator.pk)

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run("DELETE FROM cases_costline")


def test_who_enters_and_accounts_in_one_person_agrees_to_no_line_of_her_own(granted, session):
    both = granted.coordinator
    factories.MembershipFactory(user=both, role=Role.SWV_CONTACT, swv=granted.own.swv)
    session.become(both.pk)
    pk = granted.own_parts["cost"].pk

    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="not allowed to decide"):
        session.run("SELECT access.decide_cost(%s, 1, 'akkoord', '')", pk)


def test_who_changed_a_line_agrees_to_it_no_more_than_who_entered_it(granted, session):
    pk = granted.own_parts["cost"].pk
    factories.MembershipFactory(user=granted.contact, role=Role.COORDINATOR, swv=granted.own.swv)
    session.become(granted.contact.pk)
    assert session.run("UPDATE cases_costline SET amount = 140, version = 2 WHERE id = %s", pk) == 1
    assert line_of(session, pk)[4] == granted.contact.pk

    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="not allowed to decide"):
        session.run("SELECT access.decide_cost(%s, 2, 'akkoord', '')", pk)


def test_even_the_owner_of_the_table_writes_no_approval_of_oneself(world):
    with as_owner():
        line = world.own_parts["cost"]
        for fields in (
            {"decision": "akkoord", "decided_by": line.entered_by, "decided_at": line.entered_at},
            {"decision": "akkoord"},
            {"decision": "niet", "decided_by": world.contact, "decided_at": line.entered_at},
            {"decided_by": world.contact},
        ):
            rows = type(line).objects.unscoped().filter(pk=line.pk)
            with pytest.raises(IntegrityError, match="cost_deci"), transaction.atomic():
                rows.update(**fields)


def test_another_person_agrees_and_a_change_takes_it_back(granted, session):
    pk = granted.own_parts["cost"].pk
    session.become(granted.contact.pk)
    assert session.run("SELECT access.decide_cost(%s, 1, 'akkoord', '')", pk) == [("vastgelegd",)]
    assert line_of(session, pk)[:2] == ("akkoord", granted.contact.pk)
    session.connection.commit()

    session.become(granted.coordinator.pk)
    session.run("UPDATE cases_costline SET effect = 'Weer plezier in rekenen', version = 3 WHERE id = %s", pk)
    assert line_of(session, pk)[0] == "akkoord"
    session.run("UPDATE cases_costline SET amount = amount + 0.01 WHERE id = %s", pk)
    assert line_of(session, pk)[:2] == ("", None)


def test_withdrawn_consent_takes_no_approval_and_no_money_away_but_hides_the_line(granted, session):
    pk = granted.own_parts["cost"].pk
    session.become(granted.contact.pk)
    session.run("SELECT access.decide_cost(%s, 1, 'akkoord', '')", pk)
    session.connection.commit()
    with as_owner():
        type(granted.own).objects.unscoped().filter(pk=granted.own.pk).update(shared_until="1900-01-01")

    session.become(granted.contact.pk)
    assert session.run("SELECT id FROM cases_costline WHERE case_id IS NOT NULL") == []
    (row,) = session.run("SELECT spent, hidden_lines, hidden FROM access.inzet_sums(%s)", [granted.own.swv_id])
    assert row == (100, 1, 100)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run("SELECT access.decide_cost(%s, 2, 'niet', 'x')", pk)


def test_no_more_is_approved_than_was_granted(granted, session):
    subsidy = granted.own_parts["subsidy"]
    own = factories.CostLineFactory(subsidy=subsidy, amount="60.00", is_own_contribution=True)
    more = factories.CostLineFactory(subsidy=subsidy, amount="50.01")
    fits = factories.CostLineFactory(subsidy=subsidy, amount="50.00")
    session.become(granted.contact.pk)

    said = [
        session.run("SELECT access.decide_cost(%s, 1, 'akkoord', '')", pk)[0][0]
        for pk in (granted.own_parts["cost"].pk, more.pk, fits.pk, own.pk)
    ]

    assert said == ["vastgelegd", "te veel", "vastgelegd", "vastgelegd"]


def test_without_the_amount_of_the_beschikking_nothing_is_charged_to_it(fresh_world, session):
    session.become(fresh_world.contact.pk)
    pk = fresh_world.own_parts["cost"].pk

    assert session.run("SELECT access.decide_cost(%s, 1, 'akkoord', '')", pk) == [("geen bedrag",)]
    assert session.run("SELECT access.decide_cost(%s, 1, 'niet', 'geen bon')", pk) == [("vastgelegd",)]


def test_a_plan_is_not_agreed_to(granted, session):
    plan = factories.CostLineFactory(subsidy=granted.own_parts["subsidy"], stage="begroot")
    session.become(granted.contact.pk)

    assert session.run("SELECT access.decide_cost(%s, 1, 'akkoord', '')", plan.pk) == [("gewijzigd",)]


def test_every_decision_is_in_the_log(granted, session):
    pk = granted.own_parts["cost"].pk
    session.become(granted.contact.pk)
    session.run("SELECT access.decide_cost(%s, 1, 'niet', 'geen bon')", pk)
    session.connection.commit()

    session.become(granted.fg.pk)
    (line,) = session.run("SELECT user_id, case_id, detail FROM access_auditevent WHERE event = 'update'")
    assert line[:2] == (granted.contact.pk, granted.own.pk)
    assert line[2]["table"] == "cases_costline"
    assert "geen bon" not in str(line)


# Two at once


class Second:
    """Another connection, whose statement may have to wait for the first."""

    def __init__(self, user, text, *arguments):
        self.connection = psycopg2.connect(**login_dsn())
        self.session = Session(self.connection).become(user.pk)
        self.pid = self.connection.info.backend_pid
        self.thread = threading.Thread(target=self._run, args=(text, arguments))
        self.answer = None

    def _run(self, text, arguments):
        self.answer = self.session.run(text, *arguments)
        self.connection.commit()

    def waits(self, observer):
        self.thread.start()
        for _ in range(100):
            if observer.run("SELECT EXISTS (SELECT FROM pg_locks WHERE pid = %s AND NOT granted)", self.pid)[0][0]:
                return True
            time.sleep(0.05)
        return False

    def result(self):
        self.thread.join(10)
        self.connection.close()
        return self.answer


@pytest.fixture
def other_contact(granted):
    return factories.swv_contact()


DECIDE = "SELECT access.decide_cost(%s, %s, %s, %s)"


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(granted, other_contact, session):
    pk = granted.own_parts["cost"].pk
    session.become(granted.contact.pk)
    assert session.run(DECIDE, pk, 1, "akkoord", "") == [("vastgelegd",)]
    second = Second(other_contact, DECIDE, pk, 1, "niet", "te duur")

    assert second.waits(session)
    session.connection.commit()

    assert second.result() == [("gewijzigd",)]
    session.become(granted.contact.pk)
    assert line_of(session, pk)[:2] == ("akkoord", granted.contact.pk)


def test_who_agrees_while_the_line_is_changed_agrees_to_nothing(granted, session):
    pk = granted.own_parts["cost"].pk
    session.become(granted.coordinator.pk)
    session.run("UPDATE cases_costline SET amount = 149, version = version + 1 WHERE id = %s AND version = 1", pk)
    second = Second(granted.contact, DECIDE, pk, 1, "akkoord", "")

    assert second.waits(session)
    session.connection.commit()

    assert second.result() == [("gewijzigd",)]
    session.become(granted.contact.pk)
    assert line_of(session, pk)[:3] == ("", None, 149)


def test_who_changes_a_line_while_it_is_agreed_to_changes_nothing(granted, session):
    pk = granted.own_parts["cost"].pk
    session.become(granted.contact.pk)
    session.run(DECIDE, pk, 1, "akkoord", "")
    change = "UPDATE cases_costline SET amount = 149, version = version + 1 WHERE id = %s AND version = 1"
    second = Second(granted.coordinator, change, pk)

    assert second.waits(session)
    session.connection.commit()

    assert second.result() == 0
    session.become(granted.contact.pk)
    assert line_of(session, pk)[:3] == ("akkoord", granted.contact.pk, 100)


def test_two_lines_that_do_not_fit_together_are_not_both_approved(granted, other_contact, session):
    """150 is granted; each of 100 fits alone."""
    one = granted.own_parts["cost"].pk
    two = factories.CostLineFactory(subsidy=granted.own_parts["subsidy"], amount="100.00").pk
    session.become(granted.contact.pk)
    session.run(DECIDE, one, 1, "akkoord", "")
    second = Second(other_contact, DECIDE, two, 1, "akkoord", "")

    assert second.waits(session)
    session.connection.commit()

    assert second.result() == [("te veel",)]


def test_a_line_that_another_swv_pays_is_not_changed_by_who_works_for_neither(granted, session):
    other = factories.SubsidyFactory(swv=factories.swv("VO2001"))
    pk = factories.CostLineFactory(case=granted.own, subsidy=other).pk
    session.become(granted.owner.pk)
    assert session.run("SELECT amount FROM cases_costline WHERE id = %s", pk) == [(100,)]

    assert session.run("UPDATE cases_costline SET amount = 1 WHERE id = %s", pk) == 0
    assert session.run("UPDATE cases_costline SET amount = 1 WHERE id = %s", granted.own_parts["cost"].pk) == 1
