"""What follows a journey, and what others learn from it."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from cases.models import BankEntry, Closing, FollowEvent, FollowUp, Obstacle, ObstacleLink, Solution, Story
from tests.factories.base import OwnerFactory
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory, swv


class FollowEventFactory(PartFactory):
    class Meta:
        model = FollowEvent

    kind = FollowEvent.Kind.STEP
    movement = FollowEvent.Movement.UP
    recorded_by = factory.SubFactory(UserFactory)


class FollowUpFactory(PartFactory):
    """Open, and due today."""

    class Meta:
        model = FollowUp

    kind = FollowUp.Kind.AFTERCARE
    due_on = factory.LazyFunction(timezone.localdate)


class ClosingFactory(PartFactory):
    class Meta:
        model = Closing

    keeper = "de mentor"
    updated_by = factory.SubFactory(UserFactory)


class StoryFactory(PartFactory):
    """Ready for a second reader; `approved_by` makes it one that others read."""

    class Meta:
        model = Story

    title = "Eerst meelopen, dan pas leren"
    what_worked = "Elke week dezelfde ochtend."
    theme = "proces"
    perspective = Story.Perspective.PARENT
    is_ready = True
    author = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("approved_by"):
            moment = timezone.now()
            read = {"approved_version": 1, "approved_at": moment, "public_until": moment.date() + timedelta(days=90)}
            kwargs = {**read, **kwargs}
        return super()._create(model_class, *args, **kwargs)


class ObstacleFactory(OwnerFactory):
    class Meta:
        model = Obstacle

    swv = factory.LazyFunction(swv)
    title = "Niemand mag de les op de zorgplek betalen"
    level = "systeem"
    theme = "proces"
    domain = "financiering"
    author = factory.SubFactory(UserFactory)


class ObstacleLinkFactory(PartFactory):
    class Meta:
        model = ObstacleLink

    obstacle = factory.LazyAttribute(lambda link: ObstacleFactory(swv=link.case.swv))
    linked_by = factory.SubFactory(UserFactory)


class SolutionFactory(OwnerFactory):
    class Meta:
        model = Solution

    swv = factory.LazyFunction(swv)
    kind = Solution.Kind.PLACE
    title = "Leren bij een bakker in de buurt"
    description = "Vraag of iemand een ochtend mag meelopen."
    domain = "samenwerking"
    author = factory.SubFactory(UserFactory)


class BankEntryFactory(OwnerFactory):
    class Meta:
        model = BankEntry

    kind = Solution.Kind.PLACE
    title = "Leren bij een boer"
    description = "Een vaste ochtend, met een vaste begeleider."
    domain = "samenwerking"
    month = date(2026, 9, 1)
