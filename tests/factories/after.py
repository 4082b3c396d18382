"""What is written down after a table that was held: the terugblik, and what who sat there thought of it.

And the card of a moreel beraad, which is of no jeugdige.
"""

import factory
from django.utils import timezone

from meetings.models import AdviceReview, MoralCard, TableReflection
from tests.factories.base import OwnerFactory
from tests.factories.cases import PartFactory
from tests.factories.meetings import AgendaItemFactory, MeetingFactory, ParticipantFactory
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


class MoralCardFactory(OwnerFactory):
    class Meta:
        model = MoralCard

    meeting = factory.SubFactory(MeetingFactory, kind="moreel")
    swv = factory.SelfAttribute("meeting.swv")
    question = "Mogen we wachten tot de jongere zelf wil?"
    leader = "ethicus, Hogeschool Verzinsel"
    method = "dilemma"
    considerations = factory.LazyFunction(lambda: [{"perspective": "ouders", "text": "Rust helpt thuis."}])
    updated_by = factory.SubFactory(UserFactory)
