"""The invented WEL-teams of the demo: each its own name, rhythm and table, with colleagues and partners."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from demo.logins import DOMAIN
from meetings.actions.meeting import cancel_meeting, close_meeting, plan_meeting
from meetings.actions.team import add_member, add_team, change_team
from meetings.models import TeamMember, WelTeam
from meetings.rules.kinds import Kind
from meetings.rules.next_time import next_day
from meetings.rules.rhythm import Rhythm
from regions.models import Samenwerkingsverband

Role, Place = TeamMember.Role, WelTeam.Place


@dataclass(frozen=True)
class Team:
    swv: str
    by: str
    name: str
    table_word: str
    rhythm: dict
    place: dict
    started: int  # days ago
    colleagues: tuple = ()  # login, role, function
    partners: tuple = ()  # function, organisation, role
    more: dict = field(default_factory=dict)
    stopped: int | None = None  # days ago


TEAMS = (
    Team(
        "PO2001", "coordinator.noord", "WEL-team De Verzonnen Wierde", "WEL-tafel",
        {"rhythm": Rhythm.MONTH, "month_week": WelTeam.MonthWeek.SECOND, "weekday": WelTeam.Weekday.THURSDAY,
         "starts_at": time(9, 30)},
        {"place_kind": Place.PHYSICAL, "default_place": "Buurthuis De Bedachte Brug, Nergensstraat 0"}, 420,
        (("interviewer", Role.CORE, "begeleider"), ("leerplicht.groningen", Role.CORE, "leerplichtambtenaar"),
         ("coordinator.noord", Role.CORE, "coördinator")),
        (("onafhankelijk voorzitter", "Stichting De Bedachte Hamer", Role.CHAIR),
         ("jeugdarts", "GGD Nergenshuizen", Role.PARTNER),
         ("meester aan huis", "Zorgboerderij Denkbeeld", Role.PARTNER)),
    ),
    Team(
        "VO2001", "coordinator.noord", "Reisbureau Nergenshuizen", "reisbureau",
        {"rhythm": Rhythm.REQUEST}, {"place_kind": Place.BOTH, "default_place": "Bibliotheek Het Losse Blad"}, 200,
        (("eigenaar", Role.CHAIR, "gedragswetenschapper"), ("coordinator.noord", Role.CORE, "coördinator")),
        (("sociaal ondernemer", "Fietsenmakerij De Lekke Band", Role.PARTNER),),
        {"cases_per_session": 1, "minutes_per_case": 60},
    ),
    Team(
        "PO2202", "coordinator.zuid", "MDO+ Fantasieveen", "MDO+",
        {"rhythm": Rhythm.WEEKS, "every_weeks": 3, "weekday": WelTeam.Weekday.TUESDAY, "starts_at": time(13, 30)},
        {"place_kind": Place.ONLINE}, 380,
        (("leerplicht.regio", Role.CORE, "leerplichtambtenaar"), ("swv.zuid", Role.CORE, "directeur"),
         ("coordinator.zuid", Role.CORE, "coördinator")),
        (("voorzitter", "Onderwijshuis Verzinsel", Role.CHAIR), ("wijkagent", "Politie Fantasieveen", Role.PARTNER)),
        {"advice_is_binding": True},
    ),
    Team(
        "PO2202", "coordinator.zuid", "Proeftafel Fantasieveen", "proeftafel",
        {"rhythm": Rhythm.WEEKS, "every_weeks": 6, "weekday": WelTeam.Weekday.MONDAY, "starts_at": time(15, 0)},
        {"place_kind": Place.ONLINE}, 690, stopped=381,
    ),
    Team(
        "VO2202", "coordinator.zuid", "WEL-team Fantasieveen VO", "WEL-tafel",
        {"rhythm": Rhythm.WEEKS, "every_weeks": 3, "weekday": WelTeam.Weekday.FRIDAY, "starts_at": time(10, 0)},
        {"place_kind": Place.BOTH, "default_place": "Kantine van FC Denkbeeld"}, 90,
        (("leerplicht.regio", Role.CHAIR, "leerplichtambtenaar"), ("coordinator.zuid", Role.CORE, "coördinator")),
        (("mentor", "College De Verzonnen Laan", Role.CORE), ("jongerenwerker", "Jeugdhonk Schijn", Role.PARTNER)),
    ),
)  # fmt: skip


def tell(playing, cast, days_ago):
    """By ordinary actions, each in the name of the coördinator."""
    for number, told in enumerate(TEAMS, 1):
        with playing(cast, told.by) as user:
            values = {"name": told.name, "table_word": told.table_word, "starts_on": days_ago(told.started)}
            team = add_team(
                swv=Samenwerkingsverband.objects.get(key=told.swv),
                values=values | told.rhythm | told.place | told.more,
                by=user,
            )
            since = {"starts_on": days_ago(told.started)}
            for login, role, function in told.colleagues:
                add_member(
                    team=team, values={"user": cast[login], "role": role, "function": function, **since}, by=user
                )
            for place, (function, organisation, role) in enumerate(told.partners, 1):
                work = {"function": function, "organisation": organisation, "email": f"partner{number}{place}@{DOMAIN}"}
                add_member(team=team, values=work | {"role": role, **since}, by=user)
            if not told.stopped:
                _meet(team, user, days_ago)
            else:
                assert change_team(team=team, values={"ends_on": days_ago(told.stopped)}, version=1, by=user)


def _meet(team, user, days_ago):
    """The next table, one that was called off, a werkatelier to come and one that was."""
    next_on = next_day(
        team.rhythm, weekday=team.weekday, every_weeks=team.every_weeks, month_week=team.month_week,
        first=team.starts_on, after=days_ago(0),
    )  # fmt: skip
    clock = team.starts_at or time(11, 0)
    _plan(team, user, next_on or days_ago(-10), clock)
    missed = _plan(team, user, days_ago(-3), clock)
    reason = "Er is geen jeugdige die nu naar de tafel wil."
    assert cancel_meeting(meeting=missed, reason=reason, version=1, by=user)
    _plan(team, user, days_ago(-24), time(14, 0), kind=Kind.WORKSHOP, topic="Waar staan we voor?")
    held = _plan(
        team, user, days_ago(30), time(14, 0), kind=Kind.WORKSHOP, topic="Hebben we de juiste mensen aan tafel?"
    )
    assert close_meeting(meeting=held, by=user)


def working_day(day):
    """Monday instead of a day in the weekend."""
    return day + timedelta(days=8 - day.isoweekday() if day.isoweekday() > 5 else 0)


def _plan(team, user, on, clock, kind=Kind.TABLE, topic=""):
    start = timezone.make_aware(datetime.combine(working_day(on), clock))
    values = {"kind": kind, "topic": topic, "place_kind": team.place_kind, "place": team.default_place}
    values |= {"starts_at": start, "ends_at": start + timedelta(minutes=team.cases_per_session * team.minutes_per_case)}
    return plan_meeting(team=team, values=values, by=user)
