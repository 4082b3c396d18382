"""Writes of the afronding: who keeps contact, and until when all of it is kept."""

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.models import Case, Closing, scope_of
from cases.rules.closing import remove_on


def closing_of(case, user):
    """The afronding of a case; without a row while nobody wrote in it."""
    return Closing.objects.visible_to(user).filter(case=case).first() or Closing(**scope_of(case), version=0)


@transaction.atomic
def save_closing(*, case, values, version, by):
    """False when a colleague wrote since `version`; 0 is the version of what is not there yet."""
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    rows = Closing.objects.editable_by(by).filter(case=case)
    stamp = {"updated_by": by, "updated_at": timezone.now()}
    if version:
        return bool(rows.filter(version=version).update(**values, **stamp, version=F("version") + 1))
    if rows.exists():
        return False
    Closing(**scope_of(case), **values, **stamp).save(force_insert=True)
    return True


@transaction.atomic
def keep_until(*, case, on, by, **values):
    """Closing a case sets the day until which all of it is kept; a day that was chosen with a reason stays."""
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    closing = closing_of(case, by)
    if not (closing.hold_reason and closing.remove_on):
        values["remove_on"] = remove_on(on, settings.DOCUMENT_YEARS)
    save_closing(case=case, values=values, version=closing.version, by=by)
