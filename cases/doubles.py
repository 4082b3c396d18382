"""Possible doubles: read and settled through the database functions only, which check and log before they answer."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import connection
from django.utils import timezone

from access.models import User
from cases.models import Case
from regions.models import Membership, Role, Samenwerkingsverband


@dataclass(frozen=True)
class Side:
    """Where the youth is known. `case` only of one's own SWV, and only while it is shared."""

    swv: Samenwerkingsverband
    is_own: bool
    case: Case | None = None


@dataclass(frozen=True)
class Double:
    id: str
    found_on: date
    sides: tuple[Side, Side]  # the own one first; both may be
    answer: str = ""
    settled_by: int | None = None
    settled_at: datetime | None = None

    @property
    def own(self):
        return self.sides[0]

    @property
    def other(self):
        return self.sides[1]


def open_doubles():
    """What waits for an answer of the coördinator who asks; nothing for anybody else."""
    return _doubles("SELECT * FROM access.possible_doubles()", [])


def double_of(pk):
    """One pair, also after it was settled, or None when the asker is coördinator of neither side."""
    return next(iter(_doubles("SELECT * FROM access.possible_doubles(%s)", [pk])), None)


def settle_double(pk, *, answer, seen):
    """False when a colleague answered since `seen`; raises when the asker is coördinator of neither side."""
    return _rows("SELECT access.settle_double(%s, %s, %s)", [pk, answer, seen])[0][0]


def coordinators_of(swv_ids):
    """Active coördinatoren by SWV, to call: who, and how to reach them."""
    found = {pk: [] for pk in swv_ids}
    memberships = Membership.objects.in_force(timezone.localdate()).filter(
        role=Role.COORDINATOR, swv_id__in=swv_ids, user__is_active=True
    )
    people = memberships.order_by("user__name", "user").values_list("swv_id", "user").distinct()
    users = User.objects.in_bulk([user for _, user in people])
    for swv_id, user in people:
        found[swv_id].append(users[user])
    return found


def _doubles(sql, arguments):
    rows = _rows(sql, arguments)
    if not rows:
        return []
    swvs = Samenwerkingsverband.objects.in_bulk({swv for row in rows for swv in (row[2], row[4])})
    return [_double(list(sides), swvs) for _, sides in groupby(rows, key=lambda row: row[0])]


def _double(rows, swvs):
    """One row per side that is the asker's own; of the other side the SWV is all there is."""
    own = [Side(swvs[swv], True, Case(pk=case_id) if case_id else None) for _, _, swv, case_id, *_ in rows]
    pk, found_on, _, _, other_swv, *settled = rows[0]
    sides = own if len(own) == 2 else [*own, Side(swvs[other_swv], False)]
    return Double(pk, found_on, tuple(sides), *settled)


def _rows(sql, arguments):
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall()
