"""Writes of the vragenlijst: a copy of a version, its questions while nobody uses it, and taking it in use."""

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from access import audit
from cases.models import Question, QuestionList


def copy_list(*, original, by):
    """The draft there is, or a new one with the questions of `original`; never two, also when two ask at once."""
    if draft := QuestionList.objects.of(original.kind).drafts().first():
        return draft
    try:
        return _copy(original, by)
    except IntegrityError:  # a colleague was just first
        return QuestionList.objects.of(original.kind).first()


@transaction.atomic
def _copy(original, by):
    newest = QuestionList.objects.of(original.kind).aggregate(number=Max("number"))["number"]
    draft = QuestionList(kind=original.kind, number=newest + 1, title=original.title, copied_from=original, made_by=by)
    draft.save(force_insert=True)
    _write(draft, [(question.text, question.asked_of) for question in original.questions.all()])
    return draft


@transaction.atomic
def save_list(*, question_list, title, questions, version):
    """False, and nothing changed, when it was changed or taken in use since `version`.

    `questions` are pairs of a text and for whom.
    """
    found = QuestionList.objects.drafts().filter(pk=question_list.pk, version=version)
    if not found.update(title=title, version=F("version") + 1):
        return False
    Question.objects.filter(question_list=question_list).delete()
    _write(question_list, questions)
    return True


@transaction.atomic
def publish_list(*, question_list, version, by):
    """From now on it is the one that what is new begins with, and nobody changes it any more."""
    found = QuestionList.objects.drafts().filter(pk=question_list.pk, version=version)
    if not found.update(published_at=timezone.now(), published_by=by, version=F("version") + 1):
        return False
    detail = {"kind": question_list.kind, "question_list": question_list.number}
    audit.record("question_list_published", detail=detail)
    return True


def _write(question_list, questions):
    Question.objects.bulk_create(
        Question(question_list=question_list, position=position, text=text, asked_of=asked_of)
        for position, (text, asked_of) in enumerate(questions, 1)
    )
