"""Sums of money: exact, whatever the lines are, and the same for one SWV, for several together and in the database."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.context import acting_as
from cases.actions.inzet import sums_of
from cases.models import CostLine
from cases.rules.inzet import Budget, pool, tally
from tests import factories

CENT = Decimal("0.01")
AMOUNTS = st.decimals(min_value=CENT, max_value=Decimal("9999999.99"), places=2)
LINES = st.lists(
    st.builds(
        CostLine,
        amount=AMOUNTS,
        stage=st.sampled_from(CostLine.Stage.values),
        decision=st.sampled_from(["", "akkoord", "niet"]),
        is_own_contribution=st.booleans(),
    ).map(lambda line: line if line.stage in CostLine.DUE else _undecided(line)),
    max_size=40,
)


def _undecided(line):
    line.decision = ""
    return line


def cents(amount):
    return int(amount * 100)


@given(LINES)
def test_every_line_is_in_one_sum_to_the_cent(lines):
    total = tally(lines)

    left_out = [
        line
        for line in lines
        if line.decision == "niet"
        or line.stage == "vervallen"
        or (line.stage == "begroot" and line.is_own_contribution)
    ]
    counted = sum(cents(line.amount) for line in lines) - sum(cents(line.amount) for line in left_out)
    assert cents(total.planned + total.committed + total.spent + total.waiting + total.own) == counted
    assert total.used == total.committed + total.spent


@given(LINES, LINES, st.none() | AMOUNTS, AMOUNTS)
def test_what_swvs_have_together_is_the_sum_of_what_each_has(mine, theirs, granted, also):
    one, other = (Budget(amount, *_sums(lines)) for amount, lines in ((granted, mine), (also, theirs)))
    together = pool([one, other])

    assert _sums(mine + theirs) == (
        together.planned, together.committed, together.spent, together.waiting, together.own
    )  # fmt: skip
    assert together.granted == (None if granted is None else granted + also)


def _sums(lines):
    total = tally(lines)
    return (total.planned, total.committed, total.spent, total.waiting, total.own)


@given(AMOUNTS, st.lists(AMOUNTS, max_size=20))
def test_no_order_of_approving_goes_past_what_was_granted(granted, asked):
    budget = Budget(granted)
    for amount in asked:
        if budget.has_room_for(amount):
            budget += Budget(Decimal(0), spent=amount)

    assert budget.used <= granted
    assert budget.left == granted - budget.used >= 0
    assert budget.percent <= 100
    assert budget.is_used_up == (budget.percent == 100) == (budget.left == 0)
    assert budget.is_nearly_used == (cents(budget.used) * 100 >= cents(granted) * 80)


@pytest.mark.parametrize(
    ("spent", "percent", "nearly", "up"),
    [("79.99", 79, False, False), ("80.00", 80, True, False), ("99.99", 99, True, False), ("100.00", 100, True, True)],
)
def test_the_warning_comes_at_eighty_percent_and_the_end_at_a_hundred(spent, percent, nearly, up):
    budget = Budget(Decimal("100.00"), spent=Decimal(spent))

    assert (budget.percent, budget.is_nearly_used, budget.is_used_up) == (percent, nearly, up)


def test_without_a_beschikking_nothing_is_said_of_what_is_left():
    budget = Budget(None, spent=Decimal(5))

    assert (budget.left, budget.percent, budget.is_nearly_used, budget.is_used_up) == (None, None, False, False)
    assert not budget.has_room_for(CENT)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES.filter(lambda lines: len(lines) < 13))
def test_the_database_adds_up_as_the_page_does(lines):
    with transaction.atomic():
        contact, subsidy = factories.swv_contact(), factories.SubsidyFactory(amount="500.00")
        writer = factories.UserFactory()
        for line in lines:
            factories.CostLineFactory(
                subsidy=subsidy,
                entered_by=writer,
                amount=line.amount,
                stage=line.stage,
                decision=line.decision,
                decision_reason="dubbel" if line.decision == "niet" else "",
                is_own_contribution=line.is_own_contribution,
            )
        with acting_as(contact):
            (found,) = sums_of([subsidy.swv_id])
            budget = found.budget
            shown = CostLine.objects.visible_to(contact).filter(subsidy=subsidy)
            assert tally(shown) == tally(lines)

        assert (budget.planned, budget.committed, budget.spent, budget.waiting, budget.own) == _sums(lines)
        assert (found.subsidy_id, budget.granted, found.hidden_lines) == (subsidy.pk, 500, 0)
        transaction.set_rollback(True)
