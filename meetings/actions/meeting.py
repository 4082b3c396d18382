"""Writes of a meeting, and word to the kernteam of what changed."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meetings.models import Meeting
from meetings.tasks import mail_about_meeting

# What takes no time: a mistake in the topic is no news.
NEWS = ("starts_at", "ends_at", "place_kind", "place")


@transaction.atomic
def plan_meeting(*, team, values, by):
    meeting = Meeting(team=team, swv_id=team.swv_id, updated_by=by, **values)
    meeting.save(force_insert=True)
    mail_about_meeting.enqueue(meeting.pk, by.pk, "gepland")
    return meeting


@transaction.atomic
def change_meeting(*, meeting, values, version, by):
    """False, and nothing changed, when it was changed elsewhere since `version`, or takes place no more."""
    before = Meeting.objects.editable_by(by).filter(pk=meeting.pk).values(*NEWS).first()
    if not _update(meeting, version, by, **values):
        return False
    if before != {name: values[name] for name in NEWS}:
        mail_about_meeting.enqueue(meeting.pk, by.pk, "veranderd")
    return True


@transaction.atomic
def cancel_meeting(*, meeting, reason, version, by):
    """With word to the kernteam; what was planned stays to be read."""
    done = _update(meeting, version, by, status=Meeting.Status.CANCELLED, cancel_reason=reason)
    if done:
        mail_about_meeting.enqueue(meeting.pk, by.pk, "afgezegd")
    return done


def close_meeting(*, meeting, by):
    """It took place. False when it was not planned any more, or has yet to begin."""
    mine = Meeting.objects.editable_by(by).filter(pk=meeting.pk, status=Meeting.Status.PLANNED)
    mine = mine.filter(starts_at__lte=timezone.now())
    return bool(
        mine.update(status=Meeting.Status.HELD, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
    )


def _update(meeting, version, by, **values):
    mine = Meeting.objects.editable_by(by).filter(pk=meeting.pk, version=version, status=Meeting.Status.PLANNED)
    return bool(mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))
