"""Two tables of the demo: one to come, with five people asked and what they answered, and one that was held."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cases.models import Case
from meetings.actions.agenda import free_places_for, plan_item, prepare_item
from meetings.actions.meeting import close_meeting, plan_meeting
from meetings.actions.participant import add_people, answer_table, invite, promise_care
from meetings.models import Participant, TeamMember, WelTeam
from meetings.planning import blocks
from meetings.rules.kinds import Kind

SWV, BY = "PO2001", "coordinator.noord"
FIVE = 5
ANSWERS = {"interviewer": "ja", "leerplicht.groningen": "nee", BY: "ja"}
PROMISED = ("interviewer", BY)


def tell(playing, cast, days_ago):
    """By ordinary actions, each in the name of who would do it."""
    with playing(cast, BY) as user:
        team = WelTeam.objects.editable_by(user).filter(swv__key=SWV, ends_on=None).first()
        ready = _ready(user)
        assert ready, "nobody in the demo may come to a table"
        before = Case.objects.editable_by(user).filter(swv__key=SWV, closed_on=None).exclude(pk=ready[0].pk)
        held = hold(team, before.order_by("pk").first(), user, days_ago(44))
        coming = _coming(ready[0], user)
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


def hold(team, case, user, day):
    """A table that was, with everybody there."""
    start = timezone.make_aware(datetime.combine(day, team.starts_at or time(10)))
    length = timedelta(minutes=team.cases_per_session * team.minutes_per_case)
    values = {"kind": Kind.TABLE, "topic": "", "place_kind": team.place_kind, "place": team.default_place}
    meeting = plan_meeting(team=team, values=values | {"starts_at": start, "ends_at": start + length}, by=user)
    item = plan_item(case=case, meeting=meeting, begin=start, values={"treat": "Drop"}, by=user)
    invite(item=item, by=user)
    people = Participant.objects.editable_by(user).filter(item=item)
    people.mailed().update(attendance=Participant.Attendance.PRESENT)
    assert close_meeting(meeting=meeting, by=user)
    return item
