"""Writes in the logboek."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from cases import conflict
from cases.models import Case, LogEntry, Stop, scope_of

# What counts as contact with the jongere or the parents; seeing a lichtje or deciding something does not.
CONTACT = (LogEntry.Kind.TALK, LogEntry.Kind.VISIT, LogEntry.Kind.MESSAGE)


@transaction.atomic
def write_entry(*, case, values, by, stop=None):
    """Write something down; with a `stop`, its lichtje also shines there."""
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    entry = LogEntry(**scope_of(case), author=by, **values)
    entry.save(force_insert=True)
    if stop and entry.is_spark:
        Stop.objects.editable_by(by).filter(case=case, pk=stop.pk, sparks__lt=Stop.MOST_SPARKS).update(
            sparks=F("sparks") + 1, version=F("version") + 1
        )
    _note_contact(case, entry.kind, entry.happened_on, by)
    return entry


@transaction.atomic
def change_entry(*, entry, values, seen, by, together=()):
    """What came of it, put together with what was changed elsewhere; nothing is written while there is a choice.

    The text as it was is kept by a trigger (migration 0023).
    """
    now = LogEntry.objects.editable_by(by).select_for_update(no_key=True).get(pk=entry.pk)
    merged = conflict.merge(now, values, seen, together)
    if not merged.is_settled or all(getattr(now, name) == value for name, value in merged.values.items()):
        return merged
    LogEntry.objects.editable_by(by).filter(pk=entry.pk).update(
        **merged.values, edited_at=timezone.now(), version=F("version") + 1
    )
    _note_contact(entry.case, merged.values["kind"], merged.values["happened_on"], by)
    return merged


def remove_entry(*, entry, by):
    """Out of sight of everybody at once, and for thirty days to be put back by its author."""
    mine = LogEntry.objects.editable_by(by).filter(pk=entry.pk)
    return bool(mine.update(deleted_at=timezone.now()))


def put_entry_back(*, entry, by):
    gone = LogEntry.objects.removed_by(by).filter(pk=entry.pk)
    return bool(gone.update(deleted_at=None))


def _note_contact(case, kind, day, by):
    """A later contact is a change of the case: who has its form open sees both, and overwrites nothing."""
    if kind in CONTACT:
        Case.objects.editable_by(by).filter(Q(last_contact_on=None) | Q(last_contact_on__lt=day), pk=case.pk).update(
            last_contact_on=day, version=F("version") + 1
        )
