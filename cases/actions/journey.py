"""Writes in De Reis: a chapter at a time, and haltes that keep their order."""

from copy import copy
from dataclasses import replace

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from cases import conflict
from cases.models import Case, Journey, Stop, scope_of

MADE = (Stop.State.MADE, Stop.State.NOW)


def locked(case, by):
    """The case as it is now, held until the end of the transaction: one writer at a time puts things in order."""
    return Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)


@transaction.atomic
def save_chapter(*, case, values, seen, by, together=()):
    """Write `values` in the Reis; makes its row at the first save.

    Gives what came of it, put together with what others wrote since the fingerprint `seen` was taken. While there is a
    choice to make between two texts, nothing is written.
    """
    case = locked(case, by)
    journey = Journey.objects.editable_by(by).filter(case=case).first()
    is_new = journey is None
    if is_new:
        journey = Journey(**scope_of(case), version=0)
    merged = conflict.merge(journey, values, seen, together)
    changed = [name for name, value in merged.values.items() if getattr(journey, name) != value]
    if not merged.is_settled or not changed:
        return merged
    merged = replace(merged, row=copy(journey))
    for name in changed:
        setattr(journey, name, merged.values[name])
    # The words themselves are kept by a trigger (migration 0004), so an earlier saying is never lost.
    if {"wensdroom", "wensdroom_on"} & set(changed):
        journey.wensdroom_by = by
        changed.append("wensdroom_by")
    journey.updated_by, journey.updated_at, journey.version = by, timezone.now(), journey.version + 1
    if is_new:
        journey.save(force_insert=True)
    else:
        journey.save(update_fields=[*changed, "updated_by", "updated_at", "version"])
    return merged


@transaction.atomic
def add_stop(*, case, values, by):
    """A halte at its place: what was made comes before what lies ahead."""
    case = locked(case, by)
    stops = Stop.objects.with_removed(by).filter(case=case)
    if values["state"] in MADE:
        position = (stops.filter(state__in=MADE).aggregate(last=Max("position"))["last"] or 0) + 1
        stops.filter(position__gte=position).update(position=F("position") + 1)
    else:
        position = (stops.aggregate(last=Max("position"))["last"] or 0) + 1
    _leave_now(stops, values["state"])
    stop = Stop(**scope_of(case), position=position, updated_by=by, updated_at=timezone.now(), **values)
    stop.save(force_insert=True)
    return stop


@transaction.atomic
def change_stop(*, stop, values, seen, by, together=()):
    """As `save_chapter`, for one halte."""
    locked(stop.case, by)
    stops = Stop.objects.editable_by(by).filter(case_id=stop.case_id)
    now = stops.select_related("updated_by").get(pk=stop.pk)
    merged = conflict.merge(now, values, seen, together)
    if not merged.is_settled or all(getattr(now, name) == value for name, value in merged.values.items()):
        return merged
    _leave_now(stops.exclude(pk=stop.pk), merged.values["state"])
    stops.filter(pk=stop.pk).update(**merged.values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
    return merged


def _leave_now(others, state):
    """There is one "hier zijn we nu": the halte that was it has been made."""
    if state == Stop.State.NOW:
        others.filter(state=Stop.State.NOW, deleted_at=None).update(state=Stop.State.MADE, version=F("version") + 1)


@transaction.atomic
def delete_stop(*, stop, version, by):
    """Out of sight at once, for thirty days to be put back. False when somebody changed it since: look again first."""
    locked(stop.case, by)
    here = Stop.objects.editable_by(by).filter(pk=stop.pk, version=version)
    return bool(here.update(deleted_at=timezone.now(), deleted_by=by, version=F("version") + 1))


@transaction.atomic
def put_stop_back(*, stop, by):
    """At the place it had. Is there another "hier zijn we nu" by now, then this one has been made."""
    locked(stop.case, by)
    others = Stop.objects.editable_by(by).filter(case_id=stop.case_id, state=Stop.State.NOW)
    state = Stop.State.MADE if stop.state == Stop.State.NOW and others.exists() else stop.state
    gone = Stop.objects.removed_for(by).filter(pk=stop.pk)
    return bool(gone.update(deleted_at=None, deleted_by=None, state=state, version=F("version") + 1))


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
