"""Writes of an interview: holding one, its answers and their quotes; each only while the yes to it is in force."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from cases.actions.status import explained
from cases.models import Answer, Case, Interview, InterviewConsent, Quote, scope_of

BEFORE_INTERVIEW = (Case.Status.SIGNAL, Case.Status.APPROACHED, Case.Status.CONSENTED)


class NoConsent(Exception):
    """There is no yes to this today; what was asked is not done."""


def consent_of(case, user):
    """What may be done today; a row with days long gone when nobody spoke about it."""
    found = InterviewConsent.objects.visible_to(user).filter(case=case).first()
    return found or InterviewConsent(**scope_of(case))


def _locked(case, by, today):
    """The case held as the actions on consent hold it, and what it says there about today."""
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    consent = consent_of(case, by)
    if not consent.allows_interview(today):
        raise NoConsent
    return case, consent


@transaction.atomic
def hold_interview(*, case, values, by, today):
    """Write down that it was held; it moves the first steps on, and is a contact."""
    case, consent = _locked(case, by, today)
    interview = Interview(
        **scope_of(case),
        interview_until=consent.interview_until,
        consented_on=consent.interview_since,
        situation=case.situation,
        recorded_by=by,
        changed_by=by,
        **values,
    )
    interview.save(force_insert=True)
    mine = Case.objects.editable_by(by).filter(pk=case.pk)
    if case.status in BEFORE_INTERVIEW:
        with explained(on=interview.held_on):
            mine.update(status=Case.Status.INTERVIEW, version=F("version") + 1)
    mine.filter(Q(last_contact_on=None) | Q(last_contact_on__lt=interview.held_on)).update(
        last_contact_on=interview.held_on, version=F("version") + 1
    )
    return interview


@transaction.atomic
def change_interview(*, interview, values, version, by):
    """False, and nothing changed, when it was changed elsewhere since `version`."""
    found = Interview.objects.editable_by(by).filter(pk=interview.pk, version=version)
    return bool(found.update(**values, changed_by=by, changed_at=timezone.now(), version=F("version") + 1))


@transaction.atomic
def add_answer(*, interview, question, values, by, today, quote=""):
    case, consent = _locked(interview.case, by, today)
    answer = Answer(
        **scope_of(case),
        interview_until=consent.interview_until,
        interview=interview,
        question=question,
        written_by=by,
        changed_by=by,
        **values,
    )
    answer.save(force_insert=True)
    _quote(answer, quote, consent, by, today)
    return answer


@transaction.atomic
def change_answer(*, answer, values, version, by, today, quote=""):
    """False, and nothing changed, when it was changed elsewhere since `version`."""
    _, consent = _locked(answer.case, by, today)
    found = Answer.objects.editable_by(by).filter(pk=answer.pk, version=version)
    if not found.update(**values, changed_by=by, changed_at=timezone.now(), version=F("version") + 1):
        return False
    _quote(answer, quote, consent, by, today)
    return True


def _quote(answer, text, consent, by, today):
    """Keep the words that may be quoted, or let go of them; nothing at all without a yes to that."""
    if not consent.allows_quotes(today):
        return
    there = Quote.objects.editable_by(by).filter(answer=answer)
    if not text:
        there.delete()
    elif there.exists():
        there.exclude(text=text).update(text=text, written_by=by, written_at=timezone.now())
    else:
        Quote.objects.bulk_create(
            [
                Quote(
                    **scope_of(consent.case),
                    interview_until=consent.interview_until,
                    quotes_until=consent.quotes_until,
                    answer=answer,
                    text=text,
                    written_by=by,
                )
            ]
        )
