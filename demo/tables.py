"""Two tables of the demo: one to come, with five people asked and what they answered, and one that was held."""

from datetime import datetime, time, timedelta
from functools import partial
from uuid import uuid4

from django.utils import timezone

from cases.models import Case
from meetings.actions.after import tell as tell_youth
from meetings.actions.agenda import free_places_for, plan_item, prepare_item
from meetings.actions.close import try_to_close
from meetings.actions.live import add_action, add_note, end_action
from meetings.actions.meeting import close_meeting, plan_meeting
from meetings.actions.participant import add_people, answer_table, invite, promise_care
from meetings.models import Action, Feedback, Participant, TableNote, TeamMember, WelTeam
from meetings.planning import blocks
from meetings.rules.kinds import Kind

SWV, BY = "PO2001", "coordinator.noord"
FIVE = 5
ANSWERS = {"interviewer": "ja", "leerplicht.groningen": "nee", BY: "ja"}
PROMISED = ("interviewer", BY)
GUEST = "swv.noord"  # at the table that was held; does not work on the jeugdige, and reads its verslag


def tell(playing, cast, days_ago):
    """By ordinary actions, each in the name of who would do it."""
    with playing(cast, BY) as user:
        team = WelTeam.objects.editable_by(user).filter(swv__key=SWV, ends_on=None).first()
        ready = _ready(user)
        assert ready, "nobody in the demo may come to a table"
        before = Case.objects.editable_by(user).filter(swv__key=SWV, closed_on=None).exclude(pk=ready[0].pk)
        first = before.order_by("pk").first()
        speak = partial(_speak, user=user, days_ago=days_ago)
        held = hold(team, first, user, days_ago(44), guests=[cast[GUEST]], speak=speak)
        coming = _coming(ready[0], user)
    with playing(cast, GUEST) as user:
        assert promise_care(item=held, by=user)
    for login, said in ANSWERS.items():
        with playing(cast, login) as user:
            assert answer_table(item=coming, said=said, by=user)
            if login in PROMISED:
                assert promise_care(item=coming, by=user)
    return held, coming


def _ready(user):
    """Of whom the four tasks are done, and who is shared long enough; oldest first."""
    until = timezone.localdate() + timedelta(days=70)
    found = Case.objects.editable_by(user).filter(swv__key=SWV, shared_until__gte=until, closed_on=None).order_by("pk")
    return [case for case in found if not blocks(case, user=user, day=until)]


def _coming(case, user):
    meeting, begin = free_places_for(case, user=user)[0]
    item = plan_item(case=case, meeting=meeting, begin=begin, values={}, by=user)
    values = {"presence": "erbij", "place": "Kantine van VV De Verzonnen Doelpaal", "treat": "Appeltaart van thuis"}
    assert prepare_item(item=item, values=values, version=1, by=user)
    there = Participant.objects.visible_to(user).filter(item=item).mailed().count()
    partners = TeamMember.objects.visible_to(user).filter(team=meeting.team, role=TeamMember.Role.PARTNER)
    add_people(item=item, members=partners[: FIVE - there], users=[], marks=["jongere"], by=user)
    assert invite(item=item, by=user) == FIVE
    return item


def hold(team, case, user, day, guests=(), speak=None):
    """A table that was, with everybody there; `speak(item)` is what was said, before it is over."""
    start = timezone.make_aware(datetime.combine(day, team.starts_at or time(10)))
    length = timedelta(minutes=team.cases_per_session * team.minutes_per_case)
    values = {"kind": Kind.TABLE, "topic": "", "place_kind": team.place_kind, "place": team.default_place}
    meeting = plan_meeting(team=team, values=values | {"starts_at": start, "ends_at": start + length}, by=user)
    item = plan_item(case=case, meeting=meeting, begin=start, values={"treat": "Drop"}, by=user)
    add_people(item=item, members=[], users=guests, marks=[], by=user)
    invite(item=item, by=user)
    people = Participant.objects.editable_by(user).filter(item=item)
    people.mailed().update(attendance=Participant.Attendance.PRESENT)
    if speak:
        speak(item)
    assert close_meeting(meeting=meeting, by=user)
    return item


def _speak(item, user, days_ago):
    """What was said and promised there, and closed with a verslag for whoever was at the table."""
    said = partial(add_note, item=item, by=user)
    said(key=uuid4(), step=TableNote.Step.WORKED, text="Op dagen met een vaste begintijd ging het wel.")
    said(
        key=uuid4(),
        step=TableNote.Step.IDEA,
        text="Een ochtend mee in een werkplaats, zonder dat het iets moet opleveren.",
    )
    people = list(Participant.objects.editable_by(user).filter(item=item).at_table().mailed().order_by("id"))
    promise = partial(add_action, item=item, by=user)
    kept = promise(key=uuid4(), text="Bel werkplaats De Verzonnen Schaaf", horizon="4d", participant=people[0])
    promise(key=uuid4(), text="Vraag hoe de eerste maand was", horizon="4w", participant=people[-1])
    promise(key=uuid4(), text="Samen terugkijken aan de keukentafel", horizon="4m", participant=people[0])
    soon = promise(key=uuid4(), text="Zoek uit wie de bus betaalt", horizon="4m", participant=people[0])
    for action in (kept, soon):  # the first after its term, the other long before it
        assert end_action(action=action, by=user, status=Action.Status.DONE)
    values = {
        "share": "tafel", "present": [person.pk for person in people], "teller": people[0].user,
        "due_on": days_ago(37), "agreed": "We beginnen met één ochtend in de week, op een vaste tijd.",
        "mix": ["dagbesteding", "werk"], "is_feasible": True, "dissent": "",
    }  # fmt: skip
    assert try_to_close(item=item, by=user, values=values)
    feedback = Feedback.objects.editable_by(user).get(item=item)
    told = {
        "told_on": days_ago(40),
        "channel": "gesprek",
        "told": "We beginnen met één ochtend.",
        "reaction": "Mag de hond mee?",
    }
    assert tell_youth(feedback=feedback, by=user, values=told, version=1)
