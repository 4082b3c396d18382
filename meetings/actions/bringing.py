"""Writes of the casusinbreng: put together with what a colleague wrote, ready, and open again."""

from dataclasses import replace

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import conflict
from cases.actions.journey import locked
from cases.models import QuestionList, scope_of
from meetings.models import Bringing


def bringing_of(case, user):
    """The one there is; else one that is not stored yet, with the newest questions."""
    found = Bringing.objects.visible_to(user).filter(case=case)
    if row := found.select_related("question_list", "updated_by", "ready_by").first():
        return row
    return Bringing(**scope_of(case), question_list=_newest_list(), version=0)


def _newest_list():
    return QuestionList.objects.of(QuestionList.Kind.BRINGING).published().first()


@transaction.atomic
def begin_bringing(*, case, by, today):
    case = locked(case, by)
    row = bringing_of(case, by)
    return row if row.pk else _begin(case, row.question_list, by, today)


def _begin(case, question_list, by, today):
    row = Bringing(**scope_of(case), question_list=question_list, begun_by=by, begun_on=today, updated_by=by)
    row.save(force_insert=True)
    return row


class NotOpen(Exception):
    """It was made ready meanwhile, or begun with other questions; what was typed waits as a klad."""


@transaction.atomic
def save_bringing(*, case, question_list, values, seen, by, today, ready=False):
    """As `save_chapter` of De Reis. `values` are texts by the name of their field, one for each question."""
    case = locked(case, by)
    row = bringing_of(case, by)
    if row.is_ready or row.question_list_id != question_list.pk:
        raise NotOpen
    row = with_fields(row if row.pk else _begin(case, question_list, by, today), values)
    merged = conflict.merge(row, values, seen)
    if not merged.is_settled:
        return merged
    answers = {name.removeprefix(FIELD): text for name, text in merged.values.items() if text}
    changes = {"answers": answers} if answers != row.answers else {}
    if ready:
        changes |= {"ready_at": timezone.now(), "ready_by": by}
    if changes:
        mine = Bringing.objects.editable_by(by).filter(pk=row.pk, version=row.version)
        mine.update(**changes, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
    return replace(merged, row=row)


@transaction.atomic
def reopen_bringing(*, case, by):
    case = locked(case, by)
    ready = Bringing.objects.editable_by(by).filter(case=case).exclude(ready_at=None)
    return bool(
        ready.update(ready_at=None, ready_by=None, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
    )


# An answer goes by the name of its field where texts are compared, and by the number of its question where it is kept.
FIELD = "vraag_"


def with_fields(row, names):
    for name in names:
        setattr(row, name, row.answers.get(name.removeprefix(FIELD), ""))
    return row
