"""Toestemming recorded by two at the same moment, each on a connection of their own."""

from datetime import timedelta

import pytest

from access.context import acting_as
from cases.actions.consent import record_consent
from cases.models import NOT_SHARED
from tests import factories
from tests.at_once import at_once
from tests.cases.consent_world import born, case_of, is_open, stored, today

pytestmark = pytest.mark.django_db(transaction=True)


def saying(case, leerplicht, person, answer="gegeven"):
    """A call that records it, about somebody of eight."""
    until = today() + timedelta(days=60) if answer == "gegeven" else None

    def say():
        with acting_as(leerplicht):
            record_consent(
                case=case,
                persons=[person],
                by=leerplicht,
                born_on=born(8),
                today=today(),
                purpose="delen",
                answer=answer,
                expires_on=until,
            )

    return say


def test_two_answers_at_once_are_both_counted():
    """Each parent says yes on another connection; neither may decide on half of the answers."""
    case = case_of(8, parents_with_authority=2)
    leerplicht = factories.leerplicht()

    failures = at_once(*(saying(case, leerplicht, person) for person in ("ouder_1", "ouder_2")))

    assert failures == []
    assert is_open(case)


def test_a_yes_and_a_withdrawal_at_once_never_leave_it_open():
    case = case_of(8)
    leerplicht = factories.leerplicht()

    failures = at_once(*(saying(case, leerplicht, "ouder_1", answer) for answer in ("gegeven", "ingetrokken")))

    case, statements = stored(case)
    assert failures == []
    assert (case.shared_until == NOT_SHARED) == (statements[-1][1] == "ingetrokken")
