"""Reasons and diagnoses: read, written and counted through the database functions only, which check and log first."""

from dataclasses import dataclass

from django.db import connection

from cases.models import CaseReason
from cases.page import works_on
from regions.models import grants_of


def may_see_reasons(user, case):
    """Who works on the case and has the right on its SWV. Whether there is a yes to it is another question."""
    return case.swv_id in grants_of(user).swvs("record_reasons") and works_on(user, case)


def reasons_of(case):
    """The kinds of one youth, in the order of the choices. Out of reach is nothing; each look is on record."""
    found = {kind for _, kind in _rows("SELECT case_id, kind FROM access.reasons(%s)", [[case.pk]])}
    return [kind for kind in CaseReason.Kind.values if kind in found]


def save_reasons(case, kinds, *, seen):
    """False, and nothing changed, when they are no longer what was `seen`."""
    ((saved,),) = _rows("SELECT access.save_reasons(%s, %s::text[], %s::text[])", [case.pk, list(kinds), list(seen)])
    return saved


@dataclass(frozen=True)
class ReasonCount:
    """`reasons` may be more than `children`: some have several, and who reports it says so (R4.4)."""

    children: int
    reasons: int
    per_kind: dict


def count_reasons(swvs):
    """Over the youths of these SWVs whose reasons the asker may see.

    Exact, so for the own SWV only: who shows it elsewhere suppresses small numbers first.
    """
    found = dict(_rows("SELECT kind, children FROM access.count_reasons(%s)", [[swv.pk for swv in swvs]]))
    children = found.pop("", 0)
    per_kind = {kind: found[kind] for kind in CaseReason.Kind.values if kind in found}
    return ReasonCount(children=children, reasons=sum(per_kind.values()), per_kind=per_kind)


def _rows(sql, arguments):
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall()
