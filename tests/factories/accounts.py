"""Subsidy and what is accounted for: inclusions, money, hours, reports."""

import factory
from django.utils import timezone

from cases.actions.inzet import scope_without_case
from cases.models import Agreement, Case, CostLine, HoursLine, Inclusion, scope_of
from regions.models import Subsidy
from reporting.models import AccountabilityReport
from tests.factories.base import OwnerFactory
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory, swv


class SubsidyFactory(OwnerFactory):
    class Meta:
        model = Subsidy

    swv = factory.LazyFunction(swv)
    round = Subsidy.Round.ONE


class InclusionFactory(PartFactory):
    class Meta:
        model = Inclusion

    subsidy = factory.SubFactory(SubsidyFactory)
    situation = Case.Situation.ABSENT
    outcome = "absoluut verzuim"
    is_eligible = True
    included_by = factory.SubFactory(UserFactory)


class AgreementFactory(OwnerFactory):
    class Meta:
        model = Agreement

    subsidy = factory.SubFactory(SubsidyFactory)
    swv = factory.SelfAttribute("subsidy.swv")
    party = "Gemeente Verzonnen"
    signed_on = factory.LazyFunction(timezone.localdate)
    amount = "1000.00"
    purpose = "Begeleiding in de buurt"
    entered_by = factory.SubFactory(UserFactory)


class CostLineFactory(OwnerFactory):
    """Of a `case`, or with `case=None` casusoverstijgend; paid by its `subsidy`."""

    class Meta:
        model = CostLine

    subsidy = factory.SubFactory(SubsidyFactory)
    case = None
    kind = CostLine.Kind.BOOKS
    stage = CostLine.Stage.SPENT
    spent_on = factory.LazyFunction(timezone.localdate)
    amount = "100.00"
    entered_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        subsidy, case = kwargs["subsidy"], kwargs.pop("case")
        place = scope_of(case) if case else scope_without_case(subsidy.swv)
        if kwargs.get("decision"):
            kwargs = {"decided_by": UserFactory(), "decided_at": timezone.now(), **kwargs}
        kwargs = {"changed_by": kwargs["entered_by"], "payer": subsidy.swv, **kwargs}
        return super()._create(model_class, *args, **{**kwargs, **place})


class HoursLineFactory(PartFactory):
    class Meta:
        model = HoursLine

    activity = HoursLine.Activity.PARENTS
    role = HoursLine.Role.SWV
    done_on = factory.LazyFunction(timezone.localdate)
    hours = "2.00"
    entered_by = factory.SubFactory(UserFactory)


class SwvHoursLineFactory(OwnerFactory):
    """Of a SWV, without a jeugdige."""

    class Meta:
        model = HoursLine

    swv = factory.LazyFunction(swv)
    activity = HoursLine.Activity.CHAIR
    role = HoursLine.Role.SWV
    done_on = factory.LazyFunction(timezone.localdate)
    hours = "3.00"
    entered_by = factory.SubFactory(UserFactory)


class AccountabilityReportFactory(OwnerFactory):
    class Meta:
        model = AccountabilityReport

    swv = factory.LazyFunction(swv)
    school_year = "2024-2025"
    version = 1
    made_by = factory.SubFactory(UserFactory)
