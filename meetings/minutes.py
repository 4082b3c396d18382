"""The verslag of one table as one reader gets it (R8.1-R8.3): the page, the preview and the pdf are made of this."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from meetings.board import wensdroom_of
from meetings.models import Action, AgendaItem, Feedback, Meeting, Participant, ReportReader, TableNote, TableReport
from meetings.rules.due import Horizon, due_at
from meetings.rules.reading import SHORT, Hurdle, hurdle_of, last_day_to_read

ROLES = [role.value for role in Participant.Role]
# What a reader may not get, in the words of the bar above a preview.
PARTS = {
    "wensdroom": "de wensdroom",
    "people": "wie er was",
    "notes": "wat er is gezegd",
    "promises": "de afspraken per persoon",
    "told": "de terugkoppeling aan de jongere",
    "readers": "wie dit verslag leest",
    "works": "de pagina van de jongere, en de knoppen om aan te passen, te delen en een pdf te maken",
}


@dataclass(frozen=True)
class Person:
    name: str
    role: str
    work: str
    attendance: str  # the word, "" while nobody wrote it down


@dataclass(frozen=True)
class Note:
    step: str
    text: str
    who: str


@dataclass(frozen=True)
class Promise:
    horizon: str
    text: str
    who: str
    due: datetime
    status: str
    outcome: str
    is_late: bool


@dataclass(frozen=True)
class Lane:
    horizon: str
    label: str
    due: datetime
    promises: tuple


@dataclass(frozen=True)
class Told:
    """The terugkoppeling: for who works on the jeugdige."""

    by: str
    due_on: date
    told_on: date | None
    reaction: str


@dataclass(frozen=True)
class Reader:
    pk: int
    participant_id: int
    name: str
    role: str
    until: date
    hurdle: Hurdle | None  # beside not being shared, and a promise that can still be made
    promised: bool

    @property
    def hurdle_word(self):
        return SHORT.get(self.hurdle, "")


@dataclass(frozen=True)
class Minutes:
    item_id: int
    report_id: int
    code: str
    table: str
    team: str
    starts_at: datetime
    ends_at: datetime
    place: str
    wensdroom: str
    said_on: date | None
    agreed: str
    mix: tuple
    feasible: str
    advice: str
    dissent: str
    changed_at: datetime | None  # after the table closed
    changed_by: str
    people: tuple
    notes: tuple
    promises: tuple
    works: bool
    is_shared: bool  # the jeugdige, today
    told: Told | None
    readers: tuple | None

    def _said(self, step):
        return tuple(note for note in self.notes if note.step == step)

    @property
    def worked(self):
        return self._said(TableNote.Step.WORKED)

    @property
    def ideas(self):
        return self._said(TableNote.Step.IDEA)

    @property
    def rounds(self):
        return self._said(TableNote.Step.ROUND)

    @property
    def lanes(self):
        """The four, each with its moment; an empty one is left out."""
        found = []
        for horizon in Horizon:
            if promises := tuple(promise for promise in self.promises if promise.horizon == horizon):
                found.append(Lane(horizon.value, horizon.label, due_at(horizon, self.ends_at), promises))
        return tuple(found)


def minutes_of(pk, user):
    """Of the place `pk` at a table, as far as `user` reads it; None when there is nothing for them."""
    report = TableReport.objects.visible_to(user).filter(item_id=pk).select_related("updated_by").first()
    item = AgendaItem.objects.visible_to(user).filter(pk=pk).first() if report else None
    if item is None:
        return None
    works = Case.objects.editable_by(user).filter(pk=item.case_id).exists()
    meeting = Meeting.objects.narrowed(Q(pk=item.meeting_id)).select_related("team").first()
    wensdroom, said_on = wensdroom_of(item, user, works)
    people = people_of(item, user)
    return Minutes(
        item_id=item.pk,
        report_id=report.pk,
        code=item.code,
        table=str(meeting) if meeting else "Tafel",
        team=meeting.team.name if meeting else "",
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        place=item.place or (meeting.place or "Online" if meeting else ""),
        wensdroom=wensdroom or "",
        said_on=said_on,
        agreed=report.agreed,
        mix=tuple(TableReport.Mix(kind).label for kind in report.mix),
        feasible=FEASIBLE[report.is_feasible],
        advice=report.get_advice_display(),
        dissent=report.dissent,
        changed_at=report.updated_at if report.updated_by else None,
        changed_by=report.updated_by.short_name if report.updated_by else "",
        people=tuple(
            Person(
                name=str(person),
                role=person.get_role_display() if person.is_mailed else "",
                work=person.work if person.user_id else "",
                attendance=person.get_attendance_display() if person.attendance else "",
            )
            for person in people
        ),
        notes=_notes(item, user),
        promises=_promises(item, user),
        works=works,
        is_shared=item.shared_until >= timezone.localdate(),
        told=_told(item, user) if works else None,
        readers=_readers(report, item, user) if works else None,
    )


FEASIBLE = {True: "Ja", False: "Nog niet", None: "Weten we nog niet"}


def people_of(item, user):
    """Everybody who sat at the table, by role."""
    found = Participant.objects.visible_to(user).filter(item=item).at_table().select_related("user")
    return sorted(found, key=lambda person: (ROLES.index(person.role), person.pk))


def hurdle_for(person, item, *, is_shared):
    """What keeps somebody at this table from reading its verslag, as far as their own row says."""
    return hurdle_of(
        has_account=bool(person.user_id),
        is_invited=bool(person.invited_at),
        said_no=person.answer == Participant.Answer.NO,
        promised=bool(person.confidential_at),
        last_day=last_day(item),
        today=timezone.localdate(),
        is_shared=is_shared,
    )


def last_day(item):
    return last_day_to_read(timezone.localdate(item.ends_at), item.shared_until)


def _notes(item, user):
    found = TableNote.objects.visible_to(user).standing().filter(item=item).select_related("participant__user")
    return tuple(
        Note(note.step, note.text, note.participant.short if note.participant else "") for note in found.order_by("id")
    )


def _promises(item, user):
    found = Action.objects.visible_to(user).standing().filter(item=item).select_related("participant__user")
    now = timezone.now()
    return tuple(
        Promise(
            horizon=action.horizon,
            text=action.text,
            who=action.participant.short if action.participant else "",
            due=action.due_at,
            status=action.get_status_display(),
            outcome=action.outcome if action.status == Action.Status.OTHERWISE else "",
            is_late=action.is_over_time(now),
        )
        for action in found.order_by("due_at", "id")
    )


def _told(item, user):
    row = Feedback.objects.visible_to(user).filter(item=item).select_related("teller").first()
    return row and Told(row.teller.short_name, row.due_on, row.told_on, row.reaction)


def _readers(report, item, user):
    rows = ReportReader.objects.visible_to(user).reading().filter(report=report, participant__removed_at=None)
    rows = rows.select_related("participant__user").order_by("id")
    return tuple(
        Reader(
            pk=row.pk,
            participant_id=row.participant_id,
            name=str(row.participant),
            role=row.participant.get_role_display(),
            until=last_day(item),
            hurdle=None if (found := hurdle_for(row.participant, item, is_shared=True)) == Hurdle.NO_PROMISE else found,
            promised=bool(row.participant.confidential_at),
        )
        for row in rows
    )


def within(seen, mine):
    """Of what another reader sees only what one sees oneself: a preview shows nobody more than they may see."""
    kept = {}
    for field in fields(Minutes):
        theirs, ours = getattr(seen, field.name), getattr(mine, field.name)
        if isinstance(theirs, tuple):
            kept[field.name] = tuple(part for part in theirs if part in (ours or ()))
        else:
            kept[field.name] = theirs if theirs == ours else type(theirs)() if isinstance(theirs, str | bool) else None
    return Minutes(**kept)


def left_out(seen, mine):
    """The parts that are on one's own page and not on that of the other reader, in words."""
    found = []
    for name, words in PARTS.items():
        ours, theirs = getattr(mine, name), getattr(seen, name)
        if ours and theirs != ours and not (isinstance(ours, tuple) and set(ours) <= set(theirs or ())):
            found.append(words)
    return found
