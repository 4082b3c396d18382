"""Tables that were and that come, for the cases of the volume: people, promises, a verslag and terugkoppeling."""

import random
from datetime import datetime, time, timedelta

from django.utils import timezone

from cases.models import Case, scope_of
from meetings.models import Action, AgendaItem, Feedback, Meeting, Participant, TableNote, TableReport, WelTeam
from meetings.rules.due import Horizon, due_at
from meetings.rules.kinds import Kind

HELD = (Case.Status.DISCUSSED, Case.Status.UNDERWAY, Case.Status.AFTERCARE)
LENGTH = timedelta(minutes=45)
TOLD = 0.9  # of the youths who sat at a table heard of it


def make_teams(places, staff):
    """By SWV: the one team that it has."""
    teams = WelTeam.objects.bulk_create(
        WelTeam(
            swv=swv,
            name=f"WEL-team {swv.key}",
            every_weeks=3,
            weekday=WelTeam.Weekday.TUESDAY,
            starts_at=time(13, 30),
            updated_by=staff[swv.pk]["coordinator"],
        )
        for swv in places
    )
    return {team.swv_id: team for team in teams}


def save_tables(batch, teams):
    """Half of who was at a table by its status, and everybody who is planned; each has a meeting of its own."""
    tables = [table for told in batch for table in _table_of(told, teams[told.case.swv_id])]
    Meeting.objects.bulk_create(table.meeting for table in tables)
    AgendaItem.objects.bulk_create(table.item() for table in tables)
    Participant.objects.bulk_create(person for table in tables for person in table.people())
    held = [table for table in tables if table.is_held]
    for model, rows in (
        (Action, [row for table in held for row in table.actions()]),
        (TableNote, [row for table in held for row in table.notes()]),
        (TableReport, [table.report() for table in held]),
        (Feedback, [table.feedback() for table in held]),
    ):
        model.objects.bulk_create(rows)


def _table_of(told, team):
    """In draws of its own, so that the cases stay as they were before there were tables."""
    draw = random.Random(told.number)  # noqa: S311 - the same figures again is the point
    if not told.case.is_shared(told.today):
        return []
    if told.case.status == Case.Status.PLANNED and told.case.shared_until > told.today + timedelta(days=30):
        return [_Table(draw, told, team, told.today + timedelta(days=draw.randint(1, 30)), is_held=False)]
    if told.case.status in HELD and draw.random() < 0.5:
        return [_Table(draw, told, team, told.today - timedelta(days=draw.randint(1, 300)), is_held=True)]
    return []


class _Table:
    """One jeugdige at one table; made in the order in which it is saved."""

    def __init__(self, draw, told, team, day, is_held):
        self.draw, self.case, self.is_held, self.today = draw, told.case, is_held, told.today
        self.coordinator, [member] = told.staff["coordinator"], told.owner_rows
        self.owner = member.user
        self.begin = timezone.make_aware(datetime.combine(day, team.starts_at))
        self.meeting = Meeting(
            team=team,
            swv_id=team.swv_id,
            kind=Kind.TABLE,
            starts_at=self.begin,
            ends_at=self.begin + 2 * LENGTH,
            place_kind=team.place_kind,
            status=Meeting.Status.HELD if is_held else Meeting.Status.PLANNED,
            updated_by=self.coordinator,
        )

    def item(self):
        self._item = AgendaItem(
            **scope_of(self.case),
            meeting=self.meeting,
            team_swv_id=self.meeting.swv_id,
            starts_at=self.begin,
            ends_at=self.begin + LENGTH,
            status=AgendaItem.Status.DISCUSSED if self.is_held else AgendaItem.Status.PLANNED,
            planned_by=self.coordinator,
            updated_by=self.coordinator,
        )
        return self._item

    def people(self):
        asked = self.begin - timedelta(days=20)
        seats = [
            {"role": Participant.Role.OWNER, "user": self.owner},
            {"role": Participant.Role.CHAIR, "organisation": "Stichting Verzonnen", "function": "voorzitter",
             "email": "voorzitter@volume.wel.test"},
        ]  # fmt: skip
        if self.owner != self.coordinator:
            seats.append({"role": Participant.Role.CORE, "user": self.coordinator})
        self._people = [
            Participant(
                **scope_of(self.case),
                **seat,
                item=self._item,
                invited_at=asked,
                answer=Participant.Answer.YES if self.is_held or self.draw.random() < 0.7 else "",
                attendance=Participant.Attendance.PRESENT if self.is_held else "",
                added_by=self.coordinator,
            )
            for seat in seats
        ]
        return self._people

    def _written(self):
        return {
            **scope_of(self.case),
            "item": self._item,
            "participant": self.draw.choice(self._people),
            "created_by": self.coordinator,
            "updated_by": self.coordinator,
        }

    def actions(self):
        for horizon in self.draw.sample(list(Horizon), 3):
            due = due_at(horizon, self._item.ends_at)
            is_done = due < timezone.now() and self.draw.random() < 0.85
            yield Action(
                **self._written(),
                text="Vraag of iemand een ochtend meegaat",
                horizon=horizon,
                due_at=due,
                status=Action.Status.DONE if is_done else Action.Status.OPEN,
                ended_at=due if is_done else None,
            )

    def notes(self):
        for step in (TableNote.Step.WORKED, TableNote.Step.IDEA):
            yield TableNote(**self._written(), step=step, text="Samen iets maken, zonder dat het af moet")

    def report(self):
        return TableReport(
            **scope_of(self.case),
            item=self._item,
            agreed="We beginnen met één ochtend in de week.",
            mix=["onderwijs", "zorg"],
            is_feasible=True,
            closed_by=self.coordinator,
        )

    def feedback(self):
        day = timezone.localdate(self.begin)
        is_told = self.draw.random() < TOLD
        return Feedback(
            **scope_of(self.case),
            item=self._item,
            teller=self.owner,
            due_on=day + timedelta(days=7),
            told_on=min(day + timedelta(days=self.draw.randint(0, 9)), self.today) if is_told else None,
            channel=Feedback.Channel.TALK if is_told else "",
            recorded_by=self.owner if is_told else None,
        )
