"""Writes in the logboek."""

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from cases import conflict
from cases.models import Case, LogEntry, Stop, scope_of

# What counts as contact with the jongere or the parents; seeing a lichtje or deciding something does not.
CONTACT = (LogEntry.Kind.TALK, LogEntry.Kind.VISIT, LogEntry.Kind.MESSAGE)


def locked(case_id, by):
    return Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case_id)


@transaction.atomic
def write_entry(*, case, values, by, stop=None):
    """Write something down; with a `stop`, its lichtje also shines there."""
    case = locked(case.pk, by)
    entry = LogEntry(**scope_of(case), author=by, contact_before=case.last_contact_on, **values)
    entry.stop = stop if stop and entry.is_spark and _light(case, stop.pk, by) else None
    entry.save(force_insert=True)
    _note_contact(case, entry.kind, entry.happened_on, by)
    return entry


@transaction.atomic
def change_entry(*, entry, values, seen, by, together=()):
    """What came of it, put together with what was changed elsewhere; nothing is written while there is a choice.

    The text as it was is kept by a trigger (migration 0024).
    """
    case, mine = locked(entry.case_id, by), LogEntry.objects.editable_by(by).filter(pk=entry.pk)
    now = mine.select_for_update(no_key=True).get()
    merged = conflict.merge(now, values, seen, together)
    if not merged.is_settled or all(getattr(now, name) == value for name, value in merged.values.items()):
        return merged
    is_last = case.last_contact_on == now.happened_on
    mine.update(
        **merged.values,
        contact_before=now.contact_before if is_last else case.last_contact_on,
        edited_at=timezone.now(),
        version=F("version") + 1,
    )
    if merged.values["is_spark"] != now.is_spark:
        (_light if merged.values["is_spark"] else _put_out)(case, now.stop_id, by)
    _note_contact(case, merged.values["kind"], merged.values["happened_on"], by)
    return merged


@transaction.atomic
def remove_entry(*, entry, by):
    """Out of sight of everybody at once, and for thirty days to be put back by its author."""
    case, mine = locked(entry.case_id, by), LogEntry.objects.editable_by(by).filter(pk=entry.pk)
    now = mine.select_for_update(no_key=True).first()
    if now is None:
        return False
    mine.update(deleted_at=timezone.now())
    if now.is_spark:
        _put_out(case, now.stop_id, by)
    if now.kind in CONTACT and case.last_contact_on == now.happened_on:
        others = LogEntry.objects.visible_to(by).filter(case=case, kind__in=CONTACT).aggregate(last=Max("happened_on"))
        last = max(filter(None, (now.contact_before, others["last"])), default=None)
        Case.objects.editable_by(by).filter(pk=case.pk).update(last_contact_on=last, version=F("version") + 1)
    return True


@transaction.atomic
def put_entry_back(*, entry, by):
    case, gone = locked(entry.case_id, by), LogEntry.objects.removed_by(by).filter(pk=entry.pk)
    now = gone.select_for_update(no_key=True).first()
    if now is None:
        return False
    gone.update(deleted_at=None)
    if now.is_spark:
        _light(case, now.stop_id, by)
    _note_contact(case, now.kind, now.happened_on, by)
    return True


def _light(case, stop_pk, by):
    """One lichtje more on a halte, also when that was taken away: it comes back with what belongs to it."""
    here = Stop.objects.with_removed(by).filter(case=case, pk=stop_pk, sparks__lt=Stop.MOST_SPARKS)
    return bool(stop_pk and here.update(sparks=F("sparks") + 1, version=F("version") + 1))


def _put_out(case, stop_pk, by):
    """One less, unless somebody wrote another number there meanwhile and there is none left."""
    here = Stop.objects.with_removed(by).filter(case=case, pk=stop_pk, sparks__gt=0)
    return bool(stop_pk and here.update(sparks=F("sparks") - 1, version=F("version") + 1))


def _note_contact(case, kind, day, by):
    """A later contact is a change of the case: who has its form open sees both, and overwrites nothing."""
    if kind in CONTACT:
        Case.objects.editable_by(by).filter(Q(last_contact_on=None) | Q(last_contact_on__lt=day), pk=case.pk).update(
            last_contact_on=day, version=F("version") + 1
        )
