"""Writes of a meeting, and word to the kernteam of what changed."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from meetings.actions.activity import register_held
from meetings.mails import mail_due_invitations, tell_core_team
from meetings.models import Meeting
from meetings.refusals import rule_of

# What takes no time: a mistake in the topic is no news.
NEWS = ("starts_at", "ends_at", "place_kind", "place")


class AgendaInTheWay(Exception):
    """What is on the agenda does not go with a change; its text is Dutch, `field` is where it belongs."""

    def __init__(self, field, text):
        super().__init__(text)
        self.field = field


# What the database says, and what a form may say about it.
IN_THE_WAY = {
    "agenda_fits_meeting": ("end", "Er staat nog een jeugdige op de agenda na deze tijd. Kies een latere tijd."),
    "meetings_agendaitem_own_meeting": (
        "kind",
        "Er staat of stond een jeugdige op de agenda. Dit soort overleg kan daar niet over gaan.",
    ),
    "moralcard_own_meeting": ("kind", "Hier hoort een kaart van een moreel beraad bij. Laat de soort zo."),
}


@transaction.atomic
def plan_meeting(*, team, values, by):
    meeting = Meeting(team=team, swv_id=team.swv_id, updated_by=by, **values)
    meeting.save(force_insert=True)
    tell_core_team(meeting, by, "gepland")
    return meeting


@transaction.atomic
def change_meeting(*, meeting, values, version, by):
    """False, and nothing changed, when it was changed elsewhere since `version`, or takes place no more.

    What is on its agenda goes along, and who was invited hears it.
    """
    before = Meeting.objects.editable_by(by).filter(pk=meeting.pk).values(*NEWS).first()
    try:
        with transaction.atomic():
            if not _update(meeting, version, by, **values):
                return False
    except IntegrityError as error:
        if rule_of(error) not in IN_THE_WAY:
            raise
        raise AgendaInTheWay(*IN_THE_WAY[rule_of(error)]) from error
    if before != {name: values[name] for name in NEWS}:
        tell_core_team(_as_saved(meeting, by), by, "veranderd")
        mail_due_invitations.enqueue()
    return True


@transaction.atomic
def cancel_meeting(*, meeting, reason, version, by):
    """With word to the kernteam; what was planned stays to be read."""
    done = _update(meeting, version, by, status=Meeting.Status.CANCELLED, cancel_reason=reason)
    if done:
        tell_core_team(_as_saved(meeting, by), by, "afgezegd")
        mail_due_invitations.enqueue()
    return done


@transaction.atomic
def close_meeting(*, meeting, by):
    """It took place, and counts in the register. False when it was not planned any more, or has yet to begin."""
    mine = Meeting.objects.editable_by(by).filter(pk=meeting.pk, status=Meeting.Status.PLANNED)
    mine = mine.filter(starts_at__lte=timezone.now())
    held = mine.update(status=Meeting.Status.HELD, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
    if held:
        register_held(meeting=_as_saved(meeting, by), by=by)
    return bool(held)


def _update(meeting, version, by, **values):
    mine = Meeting.objects.editable_by(by).filter(pk=meeting.pk, version=version, status=Meeting.Status.PLANNED)
    return bool(mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))


def _as_saved(meeting, by):
    return Meeting.objects.editable_by(by).get(pk=meeting.pk)
