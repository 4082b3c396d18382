"""Writes at the table: lines that are sent twice are one, and of two who change the same line none is lost."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from meetings.models import Action, TableNote
from meetings.refusals import rule_of
from meetings.rules.due import due_at


class TableClosed(Exception):
    """The table was closed in the meantime; nothing is written."""


def add_action(*, item, by, key, text, horizon, participant):
    """The promise; the same one when `key` was sent before."""
    return _once(
        Action,
        item,
        by,
        key,
        text=text,
        horizon=horizon,
        due_at=due_at(horizon, item.ends_at),
        participant=participant,
    )


def add_note(*, item, by, key, step, text, participant=None):
    return _once(TableNote, item, by, key, step=step, text=text, participant=participant)


def take_back(*, line, by):
    """Undo; False when it was taken back before."""
    return bool(_change(line, by, lambda lines: lines.filter(deleted_at=None), deleted_at=timezone.now()))


def change_action(*, action, by, version, text, horizon, participant):
    """False, and nothing changed, when it was changed elsewhere since `version`."""
    return bool(
        _change(
            action,
            by,
            lambda lines: lines.filter(version=version, deleted_at=None),
            text=text,
            horizon=horizon,
            participant=participant,
            due_at=due_at(horizon, action.item.ends_at),
        )
    )


def end_action(*, action, by, status, outcome=""):
    """Gedaan or liep anders; also when it is open again because somebody changed his mind."""
    ended_at = None if status == Action.Status.OPEN else timezone.now()
    return bool(
        _change(
            action,
            by,
            lambda lines: lines.filter(deleted_at=None).exclude(status=status),
            status=status,
            outcome=outcome,
            ended_at=ended_at,
        )
    )


def _once(model, item, by, key, **values):
    sent_before = model.objects.visible_to(by).filter(item=item, key=key)
    if line := sent_before.first():
        return line
    line = model(**scope_of_item(item), item=item, key=key, created_by=by, updated_by=by, **values)
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError as error:
        if rule_of(error) == "table_is_open":
            raise TableClosed from error
        if line := sent_before.first():  # the same line, by the same browser, at the same moment
            return line
        raise
    return line


def _change(line, by, which, **values):
    lines = which(type(line).objects.visible_to(by).filter(pk=line.pk))
    try:
        with transaction.atomic():
            return lines.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1)
    except IntegrityError as error:
        if rule_of(error) == "table_is_open":
            raise TableClosed from error
        raise


def scope_of_item(item):
    """Its columns of the case, which who sits at the table cannot open."""
    return {"case_id": item.case_id, "swv_id": item.swv_id, "gemeente_id": item.gemeente_id} | {
        "shared_until": item.shared_until
    }
