from itertools import product

import pytest

from cases.rules.ages import Obligation
from cases.rules.eligibility import Eligibility, eligibility

LEERPLICHT, KWALIFICATIEPLICHT, NONE = Obligation.LEERPLICHT, Obligation.KWALIFICATIEPLICHT, Obligation.NONE


@pytest.mark.parametrize(
    ("age", "obligation", "is_enrolled", "has_exemption_5a", "has_other_ground", "expected"),
    [
        (10, LEERPLICHT, False, False, False, Eligibility.ABSOLUUT_VERZUIM),
        (17, KWALIFICATIEPLICHT, False, False, False, Eligibility.ABSOLUUT_VERZUIM),
        (10, LEERPLICHT, False, True, False, Eligibility.VRIJSTELLING_5A),
        (10, LEERPLICHT, False, True, True, Eligibility.VRIJSTELLING_5A),
        (4, NONE, False, False, False, Eligibility.NEVENGROEP),
        (5, NONE, False, False, False, Eligibility.NEVENGROEP),
        (10, LEERPLICHT, True, False, False, Eligibility.NEVENGROEP),
        (10, LEERPLICHT, True, True, False, Eligibility.DATA_ERROR),
        (19, NONE, False, False, False, Eligibility.OUTSIDE_DEFINITION),
        (17, NONE, False, False, False, Eligibility.OUTSIDE_DEFINITION),
        (19, NONE, False, True, False, Eligibility.OUTSIDE_DEFINITION),
        (4, NONE, False, True, False, Eligibility.OUTSIDE_DEFINITION),
        (10, LEERPLICHT, False, False, True, Eligibility.OTHER_GROUND),
        (3, NONE, False, False, False, Eligibility.OUT_OF_SCOPE),
        (23, NONE, False, False, False, Eligibility.OUT_OF_SCOPE),
    ],
)
def test_article_1_of_the_regeling(age, obligation, is_enrolled, has_exemption_5a, has_other_ground, expected):
    found = eligibility(
        age=age,
        obligation=obligation,
        is_enrolled=is_enrolled,
        has_exemption_5a=has_exemption_5a,
        has_other_ground=has_other_ground,
    )

    assert found is expected


def test_nobody_enrolled_or_without_obligation_ever_counts():
    for age, obligation, enrolled, exempt, other in product(range(30), Obligation, *[(True, False)] * 3):
        found = eligibility(
            age=age,
            obligation=obligation,
            is_enrolled=enrolled,
            has_exemption_5a=exempt,
            has_other_ground=other,
        )

        assert not (found.counts_for_subsidy and (enrolled or obligation is NONE))


def test_two_outcomes_count_and_every_outcome_explains_itself():
    assert [outcome for outcome in Eligibility if outcome.counts_for_subsidy] == [
        Eligibility.ABSOLUUT_VERZUIM,
        Eligibility.VRIJSTELLING_5A,
    ]
    assert all(outcome.text.endswith(".") for outcome in Eligibility)
