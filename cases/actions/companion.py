"""Writes down who travels along."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import conflict
from cases.actions.journey import locked
from cases.models import Companion, scope_of

OWN_WORDS = {"meaning", "meaning_on"}


@transaction.atomic
def add_companion(*, case, values, by):
    case = locked(case, by)
    said_by = by if values["meaning"] else None
    companion = Companion(**scope_of(case), **values, meaning_by=said_by, updated_by=by)
    companion.save(force_insert=True)
    return companion


@transaction.atomic
def change_companion(*, companion, values, seen, by, together=()):
    """What came of it, put together with what others wrote; nothing is written while there is a choice.

    What it said before is kept by a trigger (migration 0028), and so are the words of the youth.
    """
    locked(companion.case, by)
    mine = Companion.objects.editable_by(by).filter(case_id=companion.case_id, pk=companion.pk)
    now = mine.select_related("updated_by").get()
    merged = conflict.merge(now, values, seen, together)
    changed = {name for name, value in merged.values.items() if getattr(now, name) != value}
    if not merged.is_settled or not changed:
        return merged
    said_by = {"meaning_by": by} if OWN_WORDS & changed else {}
    mine.update(**merged.values, **said_by, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
    return merged


@transaction.atomic
def remove_companion(*, companion, by):
    """Out of sight at once, for thirty days to be put back."""
    locked(companion.case, by)
    here = Companion.objects.editable_by(by).filter(pk=companion.pk)
    return bool(here.update(deleted_at=timezone.now(), deleted_by=by, version=F("version") + 1))


@transaction.atomic
def put_companion_back(*, companion, by):
    locked(companion.case, by)
    gone = Companion.objects.removed_for(by).filter(pk=companion.pk)
    return bool(gone.update(deleted_at=None, deleted_by=None, version=F("version") + 1))
