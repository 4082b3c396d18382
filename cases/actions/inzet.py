"""Writes of inzet: a line entered or changed, and hours. Who agrees writes through the database only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import psycopg2.errors
from django.db import ProgrammingError, connection, transaction
from django.db.models import F

from access.dutch_dates import MONTHS
from cases.models import Agreement, CostLine, HoursLine, scope_of
from cases.models.inzet import inzet_cases_to_enter
from cases.rules.inzet import Budget
from regions.models import Samenwerkingsverband


@dataclass(frozen=True)
class Payer:
    """A subsidy that may pay for a line."""

    subsidy_id: int
    swv_id: int
    starts_on: date | None
    ends_on: date
    label: str = ""

    @property
    def period(self):
        last = f"tot en met {_day(self.ends_on)}"
        return f"{_day(self.starts_on)} {last}" if self.starts_on else last


def _day(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def payers_of(case=None):
    """The subsidies that may pay for this case, or without one for what is casusoverstijgend."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access.payers(%s)", [case and case.pk])
        rows = cursor.fetchall()
    names = Samenwerkingsverband.objects.in_bulk({swv_id for _, swv_id, *_ in rows}) if len(rows) > 1 else {}
    return [Payer(*row, label=names[row[1]].short if names else "") for row in rows]


@dataclass(frozen=True)
class SubsidySums:
    """What is left of one subsidy, and how much of it went to lines that nobody may look at any more."""

    subsidy_id: int
    swv_id: int
    budget: Budget
    hidden_lines: int
    hidden: Decimal


def sums_of(swv_ids):
    """Of every subsidy of these SWVs, where the asker enters or accounts; the newest round first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access.inzet_sums(%s)", [sorted(swv_ids)])
        return [
            SubsidySums(subsidy_id, swv_id, Budget(*parts), lines, amount)
            for subsidy_id, swv_id, *parts, lines, amount in cursor.fetchall()
        ]


def scope_without_case(swv):
    return {"case": None, "swv_id": swv.pk, "gemeente_id": None, "shared_until": None}


def _place(case, swv, by):
    """Where a new row hangs; the case as it is now, so that it is shared at this moment."""
    if case is None:
        return scope_without_case(swv)
    return scope_of(inzet_cases_to_enter(by).select_for_update(no_key=True).get(pk=case.pk))


@transaction.atomic
def enter_line(*, values, by, case=None, swv=None):
    """Of a case, or of a SWV: then it is paid by that SWV."""
    line = CostLine(**_place(case, swv, by), **values, entered_by=by, changed_by=by)
    line.save(force_insert=True)
    return line


@transaction.atomic
def change_line(*, line, values, version, by):
    """False, and nothing changed, when it was changed or decided on elsewhere since `version`.

    A trigger withdraws the approval.
    """
    rows = CostLine.objects.editable_by(by).filter(pk=line.pk, version=version)
    return rows.update(**values, version=F("version") + 1) == 1


@transaction.atomic
def enter_hours(*, values, by, case=None, swv=None):
    hours = HoursLine(**_place(case, swv, by), **values, entered_by=by)
    hours.save(force_insert=True)
    return hours


@transaction.atomic
def change_hours(*, hours, values, version, by):
    rows = HoursLine.objects.editable_by(by).filter(pk=hours.pk, version=version)
    return rows.update(**values, version=F("version") + 1) == 1


@transaction.atomic
def save_agreement(*, agreement, values, by, version=None):
    """A new one, or a change; False when it was changed elsewhere since `version`."""
    if agreement.pk is None:
        for name, value in values.items():
            setattr(agreement, name, value)
        agreement.entered_by = by
        agreement.save(force_insert=True)
        return True
    rows = Agreement.objects.editable_by(by).filter(pk=agreement.pk, version=version)
    return rows.update(**values, version=F("version") + 1) == 1


def decide_line(*, line, version, answer, reason=""):
    """'vastgelegd', or why not: 'gewijzigd', 'te veel' or 'geen bedrag'. The database says who may.

    Raises CostLine.DoesNotExist when it is no longer this person's to decide: its jeugdige was handed over meanwhile.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT access.decide_cost(%s, %s, %s, %s)", [line.pk, version, answer, reason])
            return cursor.fetchone()[0]
    except ProgrammingError as error:
        if isinstance(error.__cause__, psycopg2.errors.InsufficientPrivilege):
            raise CostLine.DoesNotExist from error
        raise
