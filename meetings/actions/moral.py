"""Writes of the card of a moreel beraad."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from meetings.models import MoralCard
from meetings.refusals import rule_of


def card_of(meeting, user):
    """The one there is, or one that is not stored yet."""
    found = MoralCard.objects.visible_to(user).filter(meeting=meeting).select_related("updated_by")
    return found.first() or MoralCard(meeting=meeting, swv_id=meeting.swv_id, version=0)


def save_card(*, card, values, version, by):
    """False, and nothing changed, when a colleague saved it since `version`."""
    if version:
        mine = MoralCard.objects.editable_by(by).filter(pk=card.pk, version=version)
        return bool(mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))
    row = MoralCard(meeting=card.meeting, swv_id=card.swv_id, updated_by=by, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if rule_of(error) != "moralcard_once":
            raise
        return False
    return True
