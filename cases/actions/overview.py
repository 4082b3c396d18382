"""Writes on the Overzicht of a jeugdige."""

from django.db import transaction
from django.db.models import F

from cases.models import Case


@transaction.atomic
def save_overview(*, case, version, by, **fields):
    """False, and nothing changed, when a colleague saved since `version`."""
    rows = Case.objects.editable_by(by).filter(pk=case.pk, version=version)
    return bool(rows.update(version=F("version") + 1, **fields))
