"""Writes in the register of activities: each in the name of who keeps it, none over a change of a colleague."""

from django.db.models import F
from django.utils import timezone

from meetings.models import Activity
from meetings.rules.activities import counts_when_held


def add_activity(*, values, swv, by):
    """In the register of `swv`, or of the project when that is None."""
    activity = Activity(swv=swv, updated_by=by, **values)
    activity.save(force_insert=True)
    return activity


def register_held(*, meeting, by):
    """What a WEL-team held is an activity, where it is of such a kind: the rest can be filled in later."""
    if not counts_when_held(meeting.kind):
        return None
    values = {"kind": meeting.kind, "happened_on": timezone.localdate(meeting.starts_at), "meeting": meeting}
    return add_activity(values=values | {"for_swvs": [meeting.swv_id]}, swv=meeting.swv, by=by)


def change_activity(*, activity, values, version, by):
    """False, and nothing changed, when it was changed elsewhere since `version`, or removed."""
    mine = Activity.objects.editable_by(by).filter(pk=activity.pk, version=version)
    return _update(mine, by, **values)


def remove_activity(*, activity, by):
    """For thirty days it can be put back, with its list."""
    return _update(Activity.objects.editable_by(by).filter(pk=activity.pk), by, deleted_at=timezone.now())


def put_back_activity(*, activity, by):
    return _update(Activity.objects.removed_for(by).filter(pk=activity.pk), by, deleted_at=None)


def _update(rows, by, **values):
    return bool(rows.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))
