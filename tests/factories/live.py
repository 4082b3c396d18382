"""What was written at a table, and what is agreed when it closes."""

import factory
from django.utils import timezone

from meetings.models import Action, Feedback, ReportReader, TableNote, TableReport
from meetings.rules.due import due_at
from tests.factories.cases import PartFactory
from tests.factories.meetings import AgendaItemFactory, ParticipantFactory
from tests.factories.people import UserFactory


class TablePartFactory(PartFactory):
    class Meta:
        abstract = True

    case = factory.SelfAttribute("item.case")
    item = factory.SubFactory(AgendaItemFactory)
    created_by = factory.SubFactory(UserFactory)
    updated_by = factory.SelfAttribute("created_by")


class ActionFactory(TablePartFactory):
    """Promised by nobody yet, in four days."""

    class Meta:
        model = Action

    text = "Bel de bakker over een vaste ochtend"
    horizon = "4d"
    due_at = factory.LazyAttribute(lambda action: due_at(action.horizon, action.item.ends_at))


class TableNoteFactory(TablePartFactory):
    class Meta:
        model = TableNote

    step = TableNote.Step.IDEA
    text = "Een dag mee met de bakker"


class TableReportFactory(PartFactory):
    class Meta:
        model = TableReport

    case = factory.SelfAttribute("item.case")
    item = factory.SubFactory(AgendaItemFactory)
    agreed = "We beginnen op woensdag."
    closed_by = factory.SubFactory(UserFactory)


class FeedbackFactory(PartFactory):
    class Meta:
        model = Feedback

    case = factory.SelfAttribute("item.case")
    item = factory.SubFactory(AgendaItemFactory)
    teller = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(timezone.localdate)


class ReportReaderFactory(PartFactory):
    """Whoever `participant` is, reads the verslag of that table."""

    class Meta:
        model = ReportReader

    item = factory.SubFactory(AgendaItemFactory)
    case = factory.SelfAttribute("item.case")
    report = factory.LazyAttribute(lambda reader: TableReportFactory(item=reader.item))
    participant = factory.LazyAttribute(lambda reader: ParticipantFactory(item=reader.item))
    shared_by = factory.SubFactory(UserFactory)
