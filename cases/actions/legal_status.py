"""Writes of what leerplicht stated: a period is added, corrected or ended, and the case says what holds today."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases.actions.consent import locked
from cases.models import Case, LegalStatus, scope_of


class Overlap(Exception):
    """Another period of this jeugdige has a day in common with this one."""


@transaction.atomic
def state_status(*, case, values, by, today):
    """A new period. Raises Overlap when it shares a day with another."""
    case = locked(case, by)
    status = LegalStatus(**scope_of(case), stated_by=by, **values)
    with _no_overlap():
        status.save(force_insert=True)
    _follow(case, status, by, today)
    return status


@transaction.atomic
def correct_status(*, status, values, version, by, today):
    """False, and nothing changed, when it was changed elsewhere since `version`. Raises Overlap."""
    case = locked(status.case, by)
    mine = LegalStatus.objects.editable_by(by).filter(pk=status.pk, case=case, version=version)
    with _no_overlap():
        if not mine.update(**values, stated_by=by, stated_at=timezone.now(), version=F("version") + 1):
            return False
    _follow(case, LegalStatus.objects.visible_to(by).get(pk=status.pk), by, today)
    return True


@contextmanager
def _no_overlap():
    """In a savepoint, so that the page can still be drawn after the database refused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "legal_status_no_overlap" in str(error):
            raise Overlap from error
        raise


@transaction.atomic
def save_side_group(*, case, side_group, version, by):
    """False when a colleague changed the case in between, or its situation has no nevengroep any more."""
    others = Case.objects.known_to(by).filter(pk=case.pk, version=version, situation=Case.Situation.OTHER)
    return bool(others.update(side_group=side_group, version=F("version") + 1))


def _follow(case, status, by, today):
    """The situation on the case, which the team reads when it is shared, is what leerplicht stated for today."""
    if not status.is_in_force(today):
        return
    values = {"situation": status.kind, "exemption_kind": status.duration, "side_group": ""}
    if any(getattr(case, name) != value for name, value in values.items()):
        Case.objects.known_to(by).filter(pk=case.pk).update(**values, version=F("version") + 1)
