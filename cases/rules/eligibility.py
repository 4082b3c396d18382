"""Whether a jeugdige belongs to the niet-ingeschreven kinderen en jongeren of the regeling, art. 1."""

from enum import StrEnum

from cases.rules.ages import Obligation, in_scope


class Eligibility(StrEnum):
    """Outcome on one day; keep the outcome at inclusion, enrolling later is the result we hope for."""

    ABSOLUUT_VERZUIM = "absoluut_verzuim"
    VRIJSTELLING_5A = "vrijstelling_5a"
    NEVENGROEP = "nevengroep"
    OUTSIDE_DEFINITION = "outside_definition"
    OTHER_GROUND = "other_exemption"  # the value that inclusions keep
    OUT_OF_SCOPE = "out_of_scope"
    DATA_ERROR = "data_error"

    @property
    def counts_for_subsidy(self):
        """Only the two groups of art. 1; every flag waits for a decision by the SWV."""
        return self in (Eligibility.ABSOLUUT_VERZUIM, Eligibility.VRIJSTELLING_5A)

    @property
    def text(self):
        return TEXTS[self]


TEXTS = {
    Eligibility.ABSOLUUT_VERZUIM: "Telt mee voor de subsidie: absoluut verzuim.",
    Eligibility.VRIJSTELLING_5A: "Telt mee voor de subsidie: vrijstelling artikel 5 onder a.",
    Eligibility.NEVENGROEP: "Hoort bij een nevengroep. WEL kan meedenken. De jeugdige telt niet mee voor de subsidie.",
    Eligibility.OUTSIDE_DEFINITION: (
        "Valt mogelijk buiten de definitie van de regeling. WEL is er wel voor deze leeftijd. Bespreek het met het SWV."
    ),
    Eligibility.OTHER_GROUND: (
        "Niet ingeschreven om een andere reden dan absoluut verzuim of artikel 5 onder a, bijvoorbeeld een andere"
        " vrijstelling. De regeling sluit dat niet uit. Het SWV beslist."
    ),
    Eligibility.OUT_OF_SCOPE: "WEL is voor 4 tot 23 jaar.",
    Eligibility.DATA_ERROR: (
        "Ingeschreven en ook vrijgesteld: dat kan niet allebei kloppen. Vraag het na bij leerplicht."
    ),
}


def eligibility(*, age, obligation, is_enrolled, has_exemption_5a, has_other_ground=False, is_side_group=False):
    """Subsidieregeling Wel in Ontwikkeling art. 1, read on one day.

    ``age`` in full years and ``obligation`` as ages.obligation_on gives it. An exemption without
    an obligation to be exempt from (age 4, or 18 and older) is no ground of its own: art. 1 speaks
    of children and jongeren in the sense of the Leerplichtwet, so that is flagged, not counted.
    Whom leerplicht put in a nevengroep never counts, whatever else holds.
    """
    if not in_scope(age):
        return Eligibility.OUT_OF_SCOPE
    if is_side_group:
        return Eligibility.NEVENGROEP
    if is_enrolled:
        return Eligibility.DATA_ERROR if has_exemption_5a else Eligibility.NEVENGROEP
    if obligation is Obligation.NONE:
        is_not_yet_obliged = age <= 5 and not has_exemption_5a
        return Eligibility.NEVENGROEP if is_not_yet_obliged else Eligibility.OUTSIDE_DEFINITION
    if has_exemption_5a:
        return Eligibility.VRIJSTELLING_5A
    if has_other_ground:
        return Eligibility.OTHER_GROUND
    return Eligibility.ABSOLUUT_VERZUIM
