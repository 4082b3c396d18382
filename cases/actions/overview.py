"""Writes on the Overzicht of a jeugdige."""

from django.db import transaction
from django.db.models import F

from cases.models import Case


@transaction.atomic
def save_overview(*, case, version, by, today, status, **fields):
    """False, and nothing changed, when a colleague saved since `version`."""
    is_closed = status in (Case.Status.DONE, Case.Status.STOPPED)
    changed = (
        Case.objects.editable_by(by)
        .filter(pk=case.pk, version=version)
        .update(
            status=status,
            closed_on=(case.closed_on or today) if is_closed else None,
            version=F("version") + 1,
            **fields,
        )
    )
    return bool(changed)
