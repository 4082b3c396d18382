"""Writes of whom parents and youth want at the table, in the name of who was told."""

from django.db.models import F
from django.utils import timezone

from cases.models import TableWish, scope_of


def add_wish(*, case, values, by):
    return TableWish.objects.create(**scope_of(case), recorded_by=by, **values)


def change_wish(*, wish, values, version, by):
    """False, and nothing changed, when it was changed elsewhere since `version`."""
    mine = TableWish.objects.editable_by(by).filter(pk=wish.pk, version=version)
    return bool(mine.update(**values, recorded_by=by, recorded_at=timezone.now(), version=F("version") + 1))


def remove_wish(*, wish, by):
    TableWish.objects.editable_by(by).filter(pk=wish.pk).delete()
