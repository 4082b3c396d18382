"""A yes to the interview, to quotes and to reasons, and what is written because of it, for tests of any kind."""

from datetime import timedelta

from django.utils import timezone

from cases.models import NOT_SHARED, InterviewConsent, Question, QuestionList
from tests import factories
from tests.database import as_owner


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def first_list(kind="interview"):
    with as_owner():
        return QuestionList.objects.get(kind=kind, number=1)


def question(position=1):
    with as_owner():
        return Question.objects.get(question_list__kind="interview", question_list__number=1, position=position)


def allow(case, *, interview=30, quotes=None, reasons=None, since=-60):
    """The row that says until when, in days from today; None: never."""
    ends = {"interview_until": interview, "quotes_until": quotes, "reasons_until": reasons}
    days = {name: NOT_SHARED if offset is None else day(offset) for name, offset in ends.items()}
    with as_owner():
        found = InterviewConsent.objects.unscoped().filter(case=case)
        if found.update(**days, interview_since=day(since)):
            return found.get()
    return factories.InterviewConsentFactory(case=case, interview_since=day(since), **days)


def interview_of(case, **fields):
    """An interview with one answer, and a quote of it when there is a yes to quotes."""
    with as_owner():
        consent = InterviewConsent.objects.unscoped().get(case=case)
    until = {"interview_until": consent.interview_until}
    interview = factories.InterviewFactory(
        case=case, consented_on=consent.interview_since, question_list=first_list(), **until, **fields
    )
    by = interview.recorded_by
    answer = factories.AnswerFactory(
        case=case, interview=interview, question=question(), written_by=by, text=f"geheim antwoord {case.pk}", **until
    )
    quote = None
    if consent.quotes_until >= day(0):
        quote = factories.QuoteFactory(
            case=case,
            answer=answer,
            written_by=by,
            text=f"geheim citaat {case.pk}",
            quotes_until=consent.quotes_until,
            **until,
        )
    return interview, answer, quote
