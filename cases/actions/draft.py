"""Writes of a klad: one row per window of one person, and only that window writes in it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cases.models import Case, Draft, scope_of

# How long a klad stays when nobody looks at it, and when it was thrown away.
KEPT, KEPT_WHEN_CLOSED = timedelta(days=30), timedelta(days=1)


@transaction.atomic
def keep_draft(*, case, place, token, answers, by, step=None, source=None):
    """The klad as it is now; None when what it held was saved or thrown away meanwhile.

    `step` counts in the window, so that an answer that was long underway changes nothing. `source` is the klad that
    this window went on with: it moves along instead of staying behind.
    """
    case = Case.objects.editable_by(by).get(pk=case.pk)
    mine = Draft.objects.editable_by(by).filter(case=case, place=place)
    if source and source != token and not mine.filter(token=token).exists():
        mine.open().filter(token=source).update(token=token, step=0)
    here = mine.select_for_update().filter(token=token)
    if (draft := here.first()) is None:
        fresh = Draft(**scope_of(case), author=by, place=place, token=token, answers=answers)
        Draft.objects.bulk_create([fresh], ignore_conflicts=True)
        draft = here.get()
    if draft.closed_at:
        return None
    if step is None or step > draft.step:
        draft.answers, draft.saved_at, draft.step = answers, timezone.now(), draft.step if step is None else step
        draft.save(update_fields=["answers", "saved_at", "step"])
    return draft


@transaction.atomic
def finish_drafts(*, case, place, tokens, by):
    """What they held is saved: no text stays, and a save that is still underway cannot bring it back."""
    Draft.objects.bulk_create(
        [
            Draft(**scope_of(case), author=by, place=place, token=token, closed_at=timezone.now())
            for token in dict.fromkeys(tokens)
        ],
        ignore_conflicts=True,
    )
    Draft.objects.editable_by(by).filter(case=case, place=place, token__in=tokens).update(
        answers={}, closed_at=timezone.now()
    )


def throw_away(*, draft):
    """Out of sight; for a day its author can still put it back."""
    draft.closed_at = timezone.now()
    draft.save(update_fields=["closed_at"])


def take_back(*, draft):
    draft.closed_at = None
    draft.save(update_fields=["closed_at"])
