"""De Reis: haltes, reisgenoten, reflecties."""

import factory

from cases.models import Companion, Journey, Reflection, Stop
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory


class JourneyFactory(PartFactory):
    class Meta:
        model = Journey


class StopFactory(PartFactory):
    class Meta:
        model = Stop

    position = factory.Sequence(lambda n: n + 1)
    title = "Keuken van oom"


class CompanionFactory(PartFactory):
    class Meta:
        model = Companion

    who = "oom"
    circle = Companion.Circle.NEAR


class ReflectionFactory(PartFactory):
    class Meta:
        model = Reflection

    author = factory.SubFactory(UserFactory)
    voice = Reflection.Voice.YOUTH
    text = "Het mag langzaam."
