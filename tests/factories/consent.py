"""Who said yes or no, who decides, and what follows."""

from datetime import timedelta

import factory
from django.utils import timezone

from cases.models import Authority, Consent, IdentityGrant, RemovalDecision, TableWish
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory


class ConsentFactory(PartFactory):
    class Meta:
        model = Consent

    purpose = Consent.Purpose.SHARE
    person = Consent.Person.PARENT
    answer = Consent.Answer.GIVEN
    recorded_by = factory.SubFactory(UserFactory)


class AuthorityFactory(PartFactory):
    """What the case of CaseFactory says: one parent decides."""

    class Meta:
        model = Authority

    parents_with_authority = 1
    recorded_by = factory.SubFactory(UserFactory)


class IdentityGrantFactory(PartFactory):
    class Meta:
        model = IdentityGrant

    user = factory.SubFactory(UserFactory)
    purpose = "contact met ouders"
    until = factory.LazyFunction(timezone.localdate)
    granted_by = factory.SubFactory(UserFactory)


class TableWishFactory(PartFactory):
    class Meta:
        model = TableWish

    party = "De buurvrouw"
    wish = TableWish.Wish.YES
    said_by = Consent.Person.PARENT
    recorded_by = factory.SubFactory(UserFactory)


class RemovalDecisionFactory(PartFactory):
    """One that waits, for thirty days."""

    class Meta:
        model = RemovalDecision

    decide_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
