"""What is written down after a table that was held: the terugblik, and what who sat there thought of it."""

import factory
from django.utils import timezone

from meetings.models import AdviceReview, TableReflection
from tests.factories.cases import PartFactory
from tests.factories.meetings import AgendaItemFactory, ParticipantFactory
from tests.factories.people import UserFactory


class AdviceReviewFactory(PartFactory):
    class Meta:
        model = AdviceReview

    case = factory.SelfAttribute("item.case")
    item = factory.SubFactory(AgendaItemFactory, status="besproken")
    moment = "4w"
    held_on = factory.LazyFunction(timezone.localdate)
    worked = "deels"
    happened = "Twee ochtenden bij de bakker."
    autonomy = competence = "ja"
    belonging = "onbekend"
    next_step = "Een derde ochtend"
    needs_table = False
    updated_by = factory.SubFactory(UserFactory)


class TableReflectionFactory(PartFactory):
    class Meta:
        model = TableReflection

    case = factory.SelfAttribute("item.case")
    item = factory.SelfAttribute("participant.item")
    participant = factory.SubFactory(ParticipantFactory, attendance="aanwezig")
    called_on = factory.LazyFunction(timezone.localdate)
    worked = "Iedereen deed iets."
    updated_by = factory.SubFactory(UserFactory)
