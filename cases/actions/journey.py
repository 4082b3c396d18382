"""Writes in De Reis: a chapter at a time, and haltes that keep their order."""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from cases.models import Case, Journey, Stop, scope_of

MADE = (Stop.State.MADE, Stop.State.NOW)


def locked(case, by):
    """The case as it is now, held until the end of the transaction: one writer at a time puts things in order."""
    return Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)


@transaction.atomic
def save_chapter(*, case, fields, values, seen, by):
    """Write `values` in the Reis; makes its row at the first save.

    False, and nothing changed, when somebody wrote in `fields` since their fingerprint `seen` was taken.
    """
    case = locked(case, by)
    journey = Journey.objects.editable_by(by).filter(case=case).first()
    is_new = journey is None
    if is_new:
        journey = Journey(**scope_of(case), version=0)
    if journey.fingerprint(fields) != seen:
        return False
    changed = [name for name, value in values.items() if getattr(journey, name) != value]
    if not changed:
        return True
    for name in changed:
        setattr(journey, name, values[name])
    # The words themselves are kept by a trigger (migration 0004), so an earlier saying is never lost.
    if {"wensdroom", "wensdroom_on"} & set(changed):
        journey.wensdroom_by = by
        changed.append("wensdroom_by")
    journey.updated_by, journey.updated_at, journey.version = by, timezone.now(), journey.version + 1
    if is_new:
        journey.save(force_insert=True)
    else:
        journey.save(update_fields=[*changed, "updated_by", "updated_at", "version"])
    return True


@transaction.atomic
def add_stop(*, case, values, by):
    """A halte at its place: what was made comes before what lies ahead."""
    case = locked(case, by)
    stops = Stop.objects.editable_by(by).filter(case=case)
    if values["state"] in MADE:
        position = (stops.filter(state__in=MADE).aggregate(last=Max("position"))["last"] or 0) + 1
        stops.filter(position__gte=position).update(position=F("position") + 1)
    else:
        position = (stops.aggregate(last=Max("position"))["last"] or 0) + 1
    _leave_now(stops, values["state"])
    stop = Stop(**scope_of(case), position=position, **values)
    stop.save(force_insert=True)
    return stop


@transaction.atomic
def change_stop(*, stop, values, version, by):
    """False, and nothing changed, when somebody was first."""
    locked(stop.case, by)
    stops = Stop.objects.editable_by(by).filter(case_id=stop.case_id)
    mine = stops.filter(pk=stop.pk, version=version)
    if not mine.exists():
        return False
    _leave_now(stops.exclude(pk=stop.pk), values["state"])
    mine.update(**values, version=F("version") + 1)
    return True


def _leave_now(others, state):
    """There is one "hier zijn we nu": the halte that was it has been made."""
    if state == Stop.State.NOW:
        others.filter(state=Stop.State.NOW).update(state=Stop.State.MADE, version=F("version") + 1)


@transaction.atomic
def delete_stop(*, stop, version, by):
    """False when somebody changed it since: look again first."""
    locked(stop.case, by)
    deleted, _ = Stop.objects.editable_by(by).filter(pk=stop.pk, version=version).delete()
    return bool(deleted)


@transaction.atomic
def move_stop(*, stop, earlier, by):
    """Change places with the neighbour; at the end of the road nothing happens."""
    locked(stop.case, by)
    stops = Stop.objects.editable_by(by).filter(case_id=stop.case_id)
    stop = stops.get(pk=stop.pk)
    if earlier:
        neighbour = stops.filter(position__lt=stop.position).order_by("-position").first()
    else:
        neighbour = stops.filter(position__gt=stop.position).order_by("position").first()
    if neighbour is None:
        return False
    # Positions are unique, but only at the end of the transaction.
    stops.filter(pk=stop.pk).update(position=neighbour.position)
    stops.filter(pk=neighbour.pk).update(position=stop.position)
    return True
