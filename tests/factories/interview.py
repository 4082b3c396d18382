"""The interview and the reasons, each behind a yes of its own."""

import factory

from cases.models import Answer, CaseReason, Interview, InterviewConsent, Quote
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory


class InterviewConsentFactory(PartFactory):
    """tests/interviews.py makes one together with what hangs on it."""

    class Meta:
        model = InterviewConsent


class InterviewFactory(PartFactory):
    class Meta:
        model = Interview

    with_youth = True
    situation = factory.SelfAttribute("case.situation")
    interviewer = factory.SelfAttribute("recorded_by")
    recorded_by = factory.SubFactory(UserFactory)
    changed_by = factory.SelfAttribute("recorded_by")


class AnswerFactory(PartFactory):
    class Meta:
        model = Answer

    perspective = "jeugdige"
    text = "Ik bak graag."
    written_by = factory.SubFactory(UserFactory)
    changed_by = factory.SelfAttribute("written_by")


class QuoteFactory(PartFactory):
    class Meta:
        model = Quote

    text = "Brood ruikt naar morgen."
    written_by = factory.SubFactory(UserFactory)


class CaseReasonFactory(PartFactory):
    class Meta:
        model = CaseReason

    kind = CaseReason.Kind.AUTISM
    recorded_by = factory.SubFactory(UserFactory)
