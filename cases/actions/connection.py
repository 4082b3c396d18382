"""Writes about a broken connection: a verbinder begins, agrees on another day, makes room for another, or is done."""

from django.db import transaction
from django.db.models import F

from access import audit
from cases.models import Case, Connection, scope_of


@transaction.atomic
def seek_contact(*, case, by, **values):
    """Let a verbinder begin; the database lets this person near the case. False when somebody is looking already."""
    case = Case.objects.editable_by(by).select_for_update().get(pk=case.pk)
    if Connection.objects.visible_to(by).filter(case=case).open().exists():
        return False
    Connection.objects.create(**scope_of(case), **values, recorded_by=by)
    audit.record("connection_broken", case_id=case.pk, detail={"user": values["connector"].pk})
    return True


@transaction.atomic
def agree_anew(*, connection, version, by, task, agreed_on):
    """Another task or day. False, and nothing changed, when a colleague saved since `version`."""
    return _change(connection, version, by, task=task, agreed_on=agreed_on)


@transaction.atomic
def replace_connector(*, connection, version, by, today, connector, task, agreed_on, outcome):
    """Somebody else goes on looking, from today."""
    ended_on = max(today, connection.starts_on)
    if not _change(connection, version, by, ended_on=ended_on, ended_by=by, outcome=outcome):
        return False
    case = Case.objects.editable_by(by).select_for_update().get(pk=connection.case_id)
    Connection.objects.create(
        **scope_of(case),
        broken_on=connection.broken_on,
        story=connection.story,
        connector=connector,
        starts_on=ended_on,
        task=task,
        agreed_on=agreed_on,
        recorded_by=by,
    )
    audit.record("connector_replaced", case_id=case.pk, detail={"user": connector.pk})
    return True


@transaction.atomic
def repair(*, connection, version, by, on, outcome):
    """There is contact again, so the verbinder is done."""
    saved = _change(connection, version, by, ended_on=on, ended_by=by, is_repaired=True, outcome=outcome)
    if saved:
        audit.record("connection_repaired", case_id=connection.case_id)
    return saved


def _change(connection, version, by, **values):
    rows = Connection.objects.editable_by(by).filter(pk=connection.pk, version=version).open()
    return rows.update(version=F("version") + 1, **values) == 1
