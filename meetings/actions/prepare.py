"""Writes of what is prepared beside the steps: the checklist, the visit at home, and why there is no stem."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.actions.journey import locked
from cases.models import scope_of
from meetings.models import NoVoice


def part_of(model, case, user):
    """The one row of this kind; one that is not stored yet when nothing was written down."""
    found = model.objects.visible_to(user).filter(case=case).select_related("updated_by").first()
    return found or model(**scope_of(case), version=0)


@transaction.atomic
def save_part(*, model, case, values, version, by):
    """False, and nothing changed, when it was changed elsewhere since `version`."""
    case = locked(case, by)
    row = part_of(model, case, by)
    if row.version != version:
        return False
    if row.pk:
        _change(row, by, values)
    else:
        model(**scope_of(case), updated_by=by, **values).save(force_insert=True)
    return True


@transaction.atomic
def lift_no_voice(*, case, version, by):
    """Somebody tries again to hear the youth. False when it was changed elsewhere since `version`."""
    row = part_of(NoVoice, locked(case, by), by)
    if row.version != version or not row.holds or not row.pk:
        return False
    _change(row, by, {"holds": False})
    return True


def _change(row, by, values):
    mine = type(row).objects.editable_by(by).filter(pk=row.pk, version=row.version)
    mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
