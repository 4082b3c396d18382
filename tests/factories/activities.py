"""The register of activities, and who was there."""

import factory
from django.utils import timezone

from meetings.models import Activity, Participation, Professional, ProfessionalAddress
from tests.factories.base import OwnerFactory
from tests.factories.people import UserFactory


class ActivityFactory(OwnerFactory):
    """A national training of today, kept by the project; with a `swv` of that one."""

    class Meta:
        model = Activity

    kind = Activity.Kind.OTHER_TALK
    happened_on = factory.LazyFunction(timezone.localdate)
    for_swvs = factory.LazyAttribute(lambda activity: [activity.swv.pk] if activity.swv else [])
    swv = None
    updated_by = factory.SubFactory(UserFactory)


class ProfessionalFactory(OwnerFactory):
    class Meta:
        model = Professional

    swv = None
    name = factory.Sequence(lambda n: f"Verzonnen Deelnemer {n}")
    organisation = "GGD Nergenshuizen"
    updated_by = factory.SubFactory(UserFactory)


class ProfessionalAddressFactory(OwnerFactory):
    class Meta:
        model = ProfessionalAddress

    professional = factory.SubFactory(ProfessionalFactory)
    email = factory.Sequence(lambda n: f"deelnemer{n}@voorbeeld.test")


class ParticipationFactory(OwnerFactory):
    """Of somebody in the register of the activity."""

    class Meta:
        model = Participation

    activity = factory.SubFactory(ActivityFactory)
    professional = factory.LazyAttribute(lambda row: ProfessionalFactory(swv=row.activity.swv))
    added_by = factory.SubFactory(UserFactory)
