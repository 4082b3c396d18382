"""Counting a youth for the subsidy: art. 1 of the regeling, read on the day of inclusion and kept as it was."""

from datetime import date

from django.db import transaction

from cases.models import Case, Inclusion, scope_of
from cases.rules.ages import age_from_month, obligation_on
from cases.rules.eligibility import eligibility


def verdict(case, day):
    """What art. 1 says of this youth on `day`.

    The month of birth is precise enough: leerplicht begins on the first of a month and ends with a school year. Only in
    the month of the eighteenth birthday may it be early, and then the youth counts as long as that month lasts.
    """
    born = date(case.birth_year, case.birth_month or 12, 1)
    return eligibility(
        age=age_from_month(case.birth_year, case.birth_month, day).years,
        obligation=obligation_on(born.replace(day=28), day),
        is_enrolled=False,
        has_exemption_5a=case.situation == Case.Situation.EXEMPT,
        has_other_ground=case.situation == Case.Situation.OTHER,
        is_side_group=bool(case.side_group),
    )


@transaction.atomic
def include_case(*, case, subsidy, included_on, by, reason=""):
    """Let a youth count for a subsidy of its own SWV, with the outcome of that day; once (IntegrityError)."""
    outcome = verdict(case, included_on)
    return Inclusion.objects.create(
        **scope_of(case),
        subsidy=subsidy,
        included_on=included_on,
        situation=case.situation,
        outcome=outcome,
        reason=reason,
        is_eligible=outcome.counts_for_subsidy,
        included_by=by,
    )
