"""Writes down reflecties; only who wrote one down changes it or takes it away."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases import conflict
from cases.actions.journey import locked
from cases.models import Reflection, scope_of


@transaction.atomic
def add_reflection(*, case, values, by):
    case = locked(case, by)
    reflection = Reflection(**scope_of(case), **values, author=by, updated_by=by)
    reflection.save(force_insert=True)
    return reflection


@transaction.atomic
def change_reflection(*, reflection, values, seen, by):
    """As `change_companion`."""
    locked(reflection.case, by)
    mine = Reflection.objects.editable_by(by).filter(case_id=reflection.case_id, pk=reflection.pk)
    now = mine.select_related("updated_by").get()
    merged = conflict.merge(now, values, seen)
    if not merged.is_settled or all(getattr(now, name) == value for name, value in merged.values.items()):
        return merged
    mine.update(**merged.values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
    return merged


@transaction.atomic
def remove_reflection(*, reflection, by):
    """Out of sight of everybody at once, and for thirty days to be put back by who wrote it down."""
    locked(reflection.case, by)
    mine = Reflection.objects.editable_by(by).filter(pk=reflection.pk)
    return bool(mine.update(deleted_at=timezone.now(), version=F("version") + 1))


@transaction.atomic
def put_reflection_back(*, reflection, by):
    locked(reflection.case, by)
    gone = Reflection.objects.removed_by(by).filter(pk=reflection.pk)
    return bool(gone.update(deleted_at=None, version=F("version") + 1))
