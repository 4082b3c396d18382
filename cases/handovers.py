"""Warm handovers: asked, answered and read through database functions only, which check and log before they answer."""

import json
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import connection, transaction
from django.db.utils import ProgrammingError

from cases.actions.consent import PARENTS, deciders_of, record_consent, state_of
from cases.models import Consent, Handover
from regions.models import Gemeente, Samenwerkingsverband

SAVED = "vastgelegd"


class NotAllowed(Exception):
    """The database refuses: it is not this person's to do, or no longer."""


@dataclass
class Seen:
    """A handover as the asker may see it."""

    id: str
    case_id: int
    status: str
    version: int
    from_swv_id: int
    from_gemeente_id: int
    to_swv_id: int
    to_gemeente_id: int
    reason: str
    moved_on: date
    talk_on: date | None
    message: str
    shows: list[str]
    asked_by_id: int
    asked_at: datetime
    offered_at: datetime | None
    answered_by_id: int | None
    answered_at: datetime | None
    answer: str
    of_old: bool  # the asker is of the side where it comes from
    manages: bool  # and may go on with it or withdraw it
    of_new: bool  # the asker may answer
    texts: dict | None
    birth_year: int | None
    from_swv: Samenwerkingsverband | None = None
    from_gemeente: Gemeente | None = None
    to_swv: Samenwerkingsverband | None = None
    to_gemeente: Gemeente | None = None

    @property
    def code(self):
        return f"WEL-{self.case_id:04d}"

    @property
    def is_open(self):
        return self.status in Handover.OPEN

    @property
    def status_label(self):
        return Handover.Status(self.status).label

    @property
    def reason_label(self):
        return Handover.Reason(self.reason).label

    @property
    def from_place(self):
        return place_text(self.from_gemeente, self.from_swv)

    @property
    def to_place(self):
        return place_text(self.to_gemeente, self.to_swv)

    def shown_texts(self):
        """What the receiver may read, in the order of the choices; without what is still empty."""
        return [(shows.label, self.texts[shows]) for shows in Handover.Shows if shows in (self.texts or {})]


COLUMNS = [field.name for field in fields(Seen)][: -len(("from_swv", "from_gemeente", "to_swv", "to_gemeente"))]


def place_text(gemeente, swv):
    return f"{gemeente.short_name}, {swv.short}"


def handovers(*, case=None):
    """Of one case all; without it those that are open or were answered lately, for either side."""
    return _with_places(_rows("SELECT * FROM access.handovers(NULL, %s)", [case and case.pk]))


def handover_of(pk):
    """One, with what may be read of it; None for who has no part in it. Looking is on record."""
    return next(iter(_with_places(_rows("SELECT * FROM access.handovers(%s, NULL)", [pk]))), None)


def from_json(rows, swvs, gemeenten):
    """What `to_jsonb` made of access.handovers() and its places: for a page that asks for all of it at once."""
    moments = ("asked_at", "offered_at", "answered_at")
    made = []
    for row in rows or ():
        row |= {name: row[name] and datetime.fromisoformat(row[name]) for name in moments}
        row |= {name: row[name] and date.fromisoformat(row[name]) for name in ("moved_on", "talk_on")}
        made.append(Seen(**row))
    return _add_places(
        made,
        {row["id"]: Samenwerkingsverband(**row) for row in swvs or ()},
        {row["id"]: Gemeente(**row) for row in gemeenten or ()},
    )


def ask(*, case, gemeente, swv, reason, moved_on, talk_on, message, shows):
    """The id, or None when there is an open one by now."""
    arguments = [case.pk, gemeente.pk, swv.pk, reason, moved_on, talk_on, message, list(shows)]
    return _one("SELECT access.ask_handover(%s, %s, %s, %s, %s, %s, %s, %s::text[])", arguments)


def offer(handover):
    return _one("SELECT access.offer_handover(%s, %s)", [handover.id, handover.version])


def withdraw(handover, *, version, reason):
    return _one("SELECT access.withdraw_handover(%s, %s, %s)", [handover.id, version, reason])


def accept(pk, *, version, owner):
    return _one("SELECT access.answer_handover(%s, %s, true, '', %s)", [pk, version, owner.pk])


def refuse(pk, *, version, reason):
    return _one("SELECT access.answer_handover(%s, %s, false, %s, NULL)", [pk, version, reason])


def consent_of(handover, case, statements, born_on, today):
    """The answer of the rules for this handover: only what was said since it was asked counts."""
    rows = [row for row in statements if row.recorded_at >= handover.asked_at]
    return state_of(case, rows, Consent.Purpose.HANDOVER, born_on, today)


def persons_to_ask(case, born_on, today):
    """Who decides, as choices of a form; the other parent may say no too."""
    deciding = deciders_of(case, born_on, today)
    asked = {Consent.Person.YOUTH, *PARENTS[: max(case.parents_with_authority, 1)]} | set(deciding)
    return [(person.value, person.label) for person in Consent.Person if person in asked], deciding


def record_answer(*, handover, case, by, born_on, today, persons, answer, answered_on, how):
    """Consent to this handover, with where to on record: on its own it opens nothing."""
    return record_consent(
        case=case,
        persons=persons,
        by=by,
        born_on=born_on,
        today=today,
        purpose=Consent.Purpose.HANDOVER,
        answer=answer,
        answered_on=answered_on,
        how=how if answer == Consent.Answer.GIVEN else "",
        parties=handover.to_place[:300],
    )


def _with_places(rows):
    found = []
    for row in rows:
        values = dict(zip(COLUMNS, row, strict=True))
        if isinstance(values["texts"], str):
            values["texts"] = json.loads(values["texts"])
        found.append(Seen(**values))
    if not found:
        return found
    swvs = Samenwerkingsverband.objects.in_bulk({pk for one in found for pk in (one.from_swv_id, one.to_swv_id)})
    gemeenten = Gemeente.objects.in_bulk({pk for one in found for pk in (one.from_gemeente_id, one.to_gemeente_id)})
    return _add_places(found, swvs, gemeenten)


def _add_places(found, swvs, gemeenten):
    for one in found:
        one.from_swv, one.to_swv = swvs[one.from_swv_id], swvs[one.to_swv_id]
        one.from_gemeente, one.to_gemeente = gemeenten[one.from_gemeente_id], gemeenten[one.to_gemeente_id]
    return found


def _rows(sql, arguments):
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall()


def _one(sql, arguments):
    try:
        with transaction.atomic():  # so that a refusal leaves the page a transaction to answer in
            return _rows(sql, arguments)[0][0]
    except ProgrammingError as error:
        if error.__cause__.pgcode == "42501":
            raise NotAllowed from error
        raise
