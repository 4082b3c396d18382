"""A table of the demo that was closed some days ago: promises to keep, and a jongere who waits to hear of it."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from cases.models import Case
from demo.tables import BY, SWV
from meetings.actions.agenda import plan_item
from meetings.actions.close import try_to_close
from meetings.actions.live import add_action, add_note, end_action
from meetings.actions.meeting import close_meeting, plan_meeting
from meetings.actions.participant import invite
from meetings.models import Action, AgendaItem, Participant, WelTeam
from meetings.rules.kinds import Kind

AGO = 5
PROMISES = (
    ("Bel de bakker over een vaste ochtend", "4u"),
    ("Vraag de oom of hij een keer meegaat", "4d"),
    ("Zoek uit welke les thuis kan, en wie die geeft", "4w"),
    ("Kom terug op hoe het gaat, met iets lekkers", "4m"),
)
NOTES = (("werkte", "Samen koken op dinsdag"), ("idee", "Een dag mee met de bakker"), ("rondje", "Ik bel eerder"))


def tell(playing, cast, days_ago):
    """By ordinary actions, in the name of the coördinator, who promised it all and tells the jongere."""
    with playing(cast, BY) as user:
        team = WelTeam.objects.editable_by(user).filter(swv__key=SWV, ends_on=None).first()
        item = _table(team, user, days_ago(AGO))
        seat = Participant.objects.visible_to(user).filter(item=item, user=user).first()
        assert seat, "the coördinator of the demo sits at the own table"
        for text, horizon in PROMISES:
            add_action(item=item, by=user, key=uuid4(), text=text, horizon=horizon, participant=seat)
        for step, text in NOTES:
            add_note(item=item, by=user, key=uuid4(), step=step, text=text)
        _close(item, user, days_ago)
        first = Action.objects.visible_to(user).filter(item=item).order_by("due_at").first()
        assert end_action(action=first, by=user, status=Action.Status.DONE)
    return item


def _table(team, user, day):
    start = timezone.make_aware(datetime.combine(day, time(13)))
    length = timedelta(minutes=team.cases_per_session * team.minutes_per_case)
    values = {"kind": Kind.TABLE, "topic": "", "place_kind": team.place_kind, "place": team.default_place}
    meeting = plan_meeting(team=team, values=values | {"starts_at": start, "ends_at": start + length}, by=user)
    seen = AgendaItem.objects.visible_to(user).values("case")
    free = Case.objects.editable_by(user).filter(swv__key=SWV, closed_on=None, shared_until__gte=day)
    free = free.filter(casemember_rows__role="eigenaar", casemember_rows__ends_on=None).exclude(pk__in=seen)
    item = plan_item(case=free.order_by("pk").first(), meeting=meeting, begin=start, values={"treat": "Soep"}, by=user)
    invite(item=item, by=user)
    return item


def _close(item, user, days_ago):
    present = Participant.objects.visible_to(user).filter(item=item).mailed().values_list("pk", flat=True)
    values = {
        "agreed": "Eén ochtend per week bij de bakker, en thuis een les die de jongere zelf kiest.",
        "mix": ["onderwijs", "werk"],
        "is_feasible": True,
        "dissent": "",
        "share": "tafel",
        "teller": user,
        "due_on": days_ago(AGO - 7),
        "present": list(present),
    }
    assert try_to_close(item=item, by=user, values=values)
    assert close_meeting(meeting=item.meeting, by=user)
