"""Writes of the calls after a table: what somebody said, and that nobody phoned."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from meetings.actions.live import scope_of_item
from meetings.models import Participant, TableReflection
from meetings.refusals import rule_of

NOT_CALLED = {"called_on": None, "worked": "", "better": "", "theme": ""}


def to_call(item, user):
    """Who was there, but for the jongere: who hears what was thought of, is asked then."""
    found = Participant.objects.visible_to(user).at_table().filter(item=item, attendance=Participant.Attendance.PRESENT)
    return found.exclude(role=Participant.Role.YOUTH)


def reflection_of(item, participant, user):
    """What is written down of somebody; not stored yet when nothing is."""
    found = TableReflection.objects.visible_to(user).filter(participant=participant)
    row = found.select_related("item", "updated_by").first()
    return row or TableReflection(**scope_of_item(item), item=item, participant=participant, version=0)


def save_reflection(*, reflection, values, version, by):
    """False, and nothing changed, when a colleague saved it since `version`."""
    if version:
        mine = TableReflection.objects.editable_by(by).filter(pk=reflection.pk, version=version)
        return bool(mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))
    return _add(reflection.item, reflection.participant_id, values, by)


def skip(*, item, participant, by):
    """Nobody phones. What somebody said already stays."""
    return _add(item, participant.pk, NOT_CALLED, by)


def skip_the_rest(*, item, by):
    """ "Laat maar": of everybody who was not phoned yet. How many that were."""
    done = TableReflection.objects.visible_to(by).filter(item=item)
    waiting = to_call(item, by).exclude(pk__in=done.values("participant"))
    return sum(skip(item=item, participant=person, by=by) for person in waiting)


def _add(item, participant_id, values, by):
    row = TableReflection(**scope_of_item(item), item=item, participant_id=participant_id, updated_by=by, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if rule_of(error) != "tablereflection_once":
            raise
        return False
    return True
