"""The jeugdige, the name behind it, and what every part of a case has in common."""

import factory
from django.utils import timezone

from cases.models import Case, Identity, PossibleDouble, scope_of
from tests.factories.base import OwnerFactory
from tests.factories.people import UserFactory, gemeente, swv


class CaseFactory(OwnerFactory):
    """A jeugdige in Groningen, PO2001, not shared unless `shared_until` is given."""

    class Meta:
        model = Case

    gemeente = factory.LazyFunction(gemeente)
    swv = factory.LazyFunction(swv)
    birth_year = 2014
    birth_month = 3
    parents_with_authority = 1  # put on record, so that the yes of one parent is enough
    situation = Case.Situation.ABSENT
    registered_by = factory.SubFactory(UserFactory)


class PartFactory(OwnerFactory):
    class Meta:
        abstract = True

    case = factory.SubFactory(CaseFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return super()._create(model_class, *args, **{**kwargs, **scope_of(kwargs["case"])})


class IdentityFactory(OwnerFactory):
    class Meta:
        model = Identity

    case = factory.SubFactory(CaseFactory)
    first_name = "Pippeloentje"
    last_name = "Verzonnen"
    born_on = "2014-03-14"
    parent_name = "Ouder Verzonnen"
    contact = "0612345678"


class PossibleDoubleFactory(OwnerFactory):
    """Say which two: `PossibleDoubleFactory(cases=[own, elsewhere])`."""

    class Meta:
        model = PossibleDouble

    found_on = factory.LazyFunction(timezone.localdate)

    @classmethod
    def _create(cls, model_class, *args, cases, **kwargs):
        older, newer = sorted(cases, key=lambda case: case.pk)
        sides = {"older": older, "older_swv": older.swv, "newer": newer, "newer_swv": newer.swv}
        return super()._create(model_class, *args, **sides, **kwargs)
