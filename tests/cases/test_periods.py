"""Random sequences of periods, through the actions and the database: no two share a day, whatever is asked in which order.

The reading beside it is a list of days per period; it knows neither the form nor SQL. `WEL_SEQUENCES=1000` tries more.
"""

import os
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from access.context import acting_as, set_context
from cases.actions.legal_status import Overlap, correct_status, state_status
from cases.actions.members import appoint_owner
from cases.actions.register import register_signal
from cases.models import CaseMember, LegalStatus
from tests import factories
from tests.at_once import at_once
from tests.database import as_owner

SEQUENCES = int(os.environ.get("WEL_SEQUENCES", "25"))
FIRST = date(2025, 8, 1)
FAR = 400  # further than any first or last day that is tried
ABSENT = {"kind": "av", "duration": "", "ground": "", "notified_on": None, "statement_on": None, "statement_by": ""}

trying = settings(
    max_examples=SEQUENCES,
    deadline=None,
    database=None,
    derandomize=SEQUENCES <= 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# (first day, days that it lasts or None for on and on); few enough days that they meet often
spans = st.tuples(st.integers(0, 40), st.none() | st.integers(0, 15))
steps = st.lists(
    st.tuples(st.sampled_from(("add", "add", "correct")), spans, st.integers(0, 5)), min_size=1, max_size=8
)


@pytest.fixture
def registered(db):
    leerplicht = factories.leerplicht()
    with acting_as(leerplicht):
        case = register_signal(
            by=leerplicht,
            today=FIRST,
            birth_year=2014,
            situation="av",
            gemeente=factories.gemeente(),
            swv=factories.swv(),
        )
    return leerplicht, case


@pytest.fixture
def people(registered):
    return [factories.coordinator() for _ in range(3)]


def days_of(first, length):
    return range(first, FAR if length is None else first + length + 1)


def values_of(first, length):
    starts_on = FIRST + timedelta(days=first)
    return {
        **ABSENT,
        "starts_on": starts_on,
        "ends_on": None if length is None else starts_on + timedelta(days=length),
    }


@given(played=steps)
@example(played=[("add", (5, 5), 0), ("add", (10, 3), 0), ("add", (11, 3), 0), ("correct", (9, None), 1)])
@example(played=[("add", (5, None), 0), ("add", (0, 4), 0), ("add", (0, 0), 0), ("correct", (5, 0), 0)])
@trying
def test_no_two_periods_of_the_law_ever_share_a_day(registered, played):
    leerplicht, case = registered
    with transaction.atomic():
        set_context(leerplicht.pk)
        known = []  # [row, its days]
        for what, span, which in played:
            mine = known[which % len(known)] if known and what == "correct" else None
            others = [days for row, days in known if not mine or row != mine[0]]
            taken = {day for days in others for day in days}
            may = taken.isdisjoint(days_of(*span))
            try:
                if mine:
                    row = LegalStatus.objects.visible_to(leerplicht).get(pk=mine[0].pk)
                    saved = correct_status(
                        status=row, values=values_of(*span), version=row.version, by=leerplicht, today=FIRST
                    )
                    assert saved
                    mine[1] = days_of(*span)
                else:
                    row = state_status(case=case, values=values_of(*span), by=leerplicht, today=FIRST)
                    known.append([row, days_of(*span)])
                assert may, (what, span, known)
            except Overlap:
                assert not may, (what, span, known)
        found = LegalStatus.objects.visible_to(leerplicht).filter(case=case)
        stored = {row.pk: days_of((row.starts_on - FIRST).days, _length(row)) for row in found}
        assert stored == {row.pk: days for row, days in known}
        assert len({day for days in stored.values() for day in days}) == sum(map(len, stored.values()))
        transaction.set_rollback(True)


def _length(row):
    return None if row.ends_on is None else (row.ends_on - row.starts_on).days


@given(played=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), min_size=1, max_size=8))
@example(played=[(0, 0), (0, 1), (0, 2), (0, 0)])
@trying
def test_on_every_day_there_is_exactly_one_eigenaar(registered, people, played):
    """`played`: after how many days, and whom of three; the first is who registered."""
    leerplicht, case = registered
    with transaction.atomic():
        set_context(leerplicht.pk)
        last, today = leerplicht, FIRST
        for after, who in played:
            last, today = people[who], today + timedelta(days=after)
            assert appoint_owner(case=case, user=last, by=leerplicht, today=today)
        rows = list(CaseMember.objects.visible_to(leerplicht).filter(case=case, role="eigenaar"))
        for offset in range((today - FIRST).days + 3):
            day = FIRST + timedelta(days=offset)
            there = [row for row in rows if row.starts_on <= day and (row.ends_on is None or day < row.ends_on)]
            assert len(there) == 1, day
        assert [row.user for row in rows if row.ends_on is None] == [last]
        transaction.set_rollback(True)


# Two connections at once


@pytest.mark.django_db(transaction=True)
def test_two_who_state_a_period_at_once_leave_one_where_they_meet():
    case = factories.CaseFactory()
    people = [factories.leerplicht(), factories.leerplicht()]

    def state(by, *span):
        def act():
            with acting_as(by):
                state_status(case=case, values=values_of(*span), by=by, today=FIRST)

        return act

    failures = at_once(state(people[0], 0, None), state(people[1], 30, 10))
    assert [type(failure) for failure in failures] == [Overlap]
    with as_owner():
        assert LegalStatus.objects.unscoped().filter(case=case).count() == 1
        LegalStatus.objects.unscoped().filter(case=case).update(starts_on=FIRST, ends_on=FIRST)

    assert at_once(state(people[0], 1, 5), state(people[1], 7, None)) == []
    with as_owner():
        assert LegalStatus.objects.unscoped().filter(case=case).count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_a_period_at_once_one_is_told():
    case = factories.CaseFactory()
    status = factories.LegalStatusFactory(case=case, **values_of(0, 10))
    people = [factories.leerplicht(), factories.leerplicht()]
    saved = {}

    def correct(by, length):
        def act():
            with acting_as(by):
                mine = LegalStatus.objects.visible_to(by).select_related("case").get(pk=status.pk)
                values = values_of(0, length)
                saved[length] = correct_status(status=mine, values=values, version=1, by=by, today=FIRST)

        return act

    assert at_once(correct(people[0], 20), correct(people[1], 30)) == []

    assert sorted(saved.values()) == [False, True]
    with as_owner():
        now = LegalStatus.objects.unscoped().get(pk=status.pk)
    assert (saved[_length(now)], now.version) == (True, 2)
