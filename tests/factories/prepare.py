"""What is prepared before a table."""

from datetime import timedelta

import factory
from django.utils import timezone

from cases.models import QuestionList
from meetings.models import Bringing, Checklist, HomeVisit, Intake, NoVoice
from tests.database import as_owner
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory

MDO = {"mdo_skip": "Er is nu geen school."}
SWV = {"swv_step_on": "2026-01-12", "swv_step_result": "Er is meegekeken."}


def agreed(user):
    return {
        "contact_on": timezone.localdate() - timedelta(days=1),
        "contact_with": user,
        "contact_channel": "telefoon",
        "contact_agreed": "Donderdag verder.",
    }


def first_list(kind):
    with as_owner():
        return QuestionList.objects.get(kind=kind, number=1)


class IntakeFactory(PartFactory):
    """Nothing yet; `steps` from 1 to 3, `entered` and `accepted` by somebody."""

    class Meta:
        model = Intake

    updated_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, steps=0, entered=None, accepted=None, **kwargs):
        by = entered or kwargs["updated_by"]
        done = [MDO, SWV, agreed(by)][: 3 if entered or accepted else steps]
        values = {name: value for part in done for name, value in part.items()}
        if entered or accepted:
            values |= {"entered_at": timezone.now(), "entered_by": by}
        if accepted:
            values |= {"accepted_at": timezone.now(), "accepted_by": accepted}
        return super()._create(model_class, *args, **values | kwargs)


class BringingFactory(PartFactory):
    """Begun, with `texts` on its first questions; `ready` by somebody."""

    class Meta:
        model = Bringing

    question_list = factory.LazyFunction(lambda: first_list("inbreng"))
    begun_by = factory.SubFactory(UserFactory)
    begun_on = factory.LazyFunction(timezone.localdate)
    updated_by = factory.SelfAttribute("begun_by")

    @classmethod
    def _create(cls, model_class, *args, texts=(), ready=None, **kwargs):
        with as_owner():
            questions = list(kwargs["question_list"].questions.all())
        kwargs.setdefault("answers", {str(one.pk): text for one, text in zip(questions, texts, strict=False)})
        if ready:
            kwargs |= {"ready_at": timezone.now(), "ready_by": ready}
        return super()._create(model_class, *args, **kwargs)


class ChecklistFactory(PartFactory):
    class Meta:
        model = Checklist

    ticked = ["informatie", "mandaat"]
    updated_by = factory.SubFactory(UserFactory)


class HomeVisitFactory(PartFactory):
    class Meta:
        model = HomeVisit

    visited_on = factory.LazyFunction(timezone.localdate)
    visitors = "eigenaar en coördinator"
    updated_by = factory.SubFactory(UserFactory)


class NoVoiceFactory(PartFactory):
    class Meta:
        model = NoVoice

    why = NoVoice.Why.NOT_NOW
    note = "Twee keer gevraagd."
    updated_by = factory.SubFactory(UserFactory)
