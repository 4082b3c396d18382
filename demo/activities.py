"""The invented register of activities of the demo: national ones, two regions, newsletters, and who came."""

from dataclasses import dataclass, field

from meetings.actions.activity import add_activity, change_activity
from meetings.actions.attendance import add_people
from meetings.models import Activity
from meetings.rules.activities import ActivityKind as Kind
from meetings.rules.attendance import read_people
from regions.models import Region, Samenwerkingsverband

PEOPLE = """
Janna Verzonnen, GGD Nergenshuizen, jeugdarts, janna.verzonnen@demo.wel.test
Ties Bedacht, School De Fictie, intern begeleider, ties.bedacht@demo.wel.test
Merle Proefveld, Gemeente Fantasieveen, beleidsmedewerker
Oscar Schijnsma, Zorgboerderij Denkbeeld, begeleider
Roos Modelman, Sociaal team Nergenshuizen, gezinswerker
Bas Denkbeeld, College De Verzonnen Laan, mentor
Lieke Nepstra, Jeugdhonk Schijn, jongerenwerker
Hessel Voorbeeld, Onderwijshuis Verzinsel, orthopedagoog
""".strip().split("\n")


@dataclass(frozen=True)
class Told:
    by: str
    kind: str
    ago: int  # days
    values: dict = field(default_factory=dict)
    people: tuple = ()  # lines of PEOPLE
    swvs: tuple = ()
    region: str = ""


ACTIVITIES = (
    Told("project", Kind.OTHER_TALK, 310, {"trainers": "Veerle Verzinsel en Koen Nepveld",
         "organiser": "Projectteam WEL", "worked": "Oefenen met een acteur. Iedereen durfde.",
         "take_along": "Vaker in kleine groepen."}, (0, 1, 2, 3)),
    Told("project", Kind.OTHER_TALK, 150, {"attendees": 11, "trainers": "Veerle Verzinsel"}, (4, 5)),
    Told("project", Kind.JOURNEY, 120, {"trainers": "Koen Nepveld", "attendees": 7}, (0, 4, 6)),
    Told("project", Kind.APPRECIATIVE, 95, {"attendees": 10, "unique_people": 8, "title": "Kijken naar wat lukt"}),
    Told("project", Kind.TALK_ALONG, 80, {"attendees": 9, "unique_people": 5}),
    Told("project", Kind.HANDY, 64, {"attendees": 16, "unique_people": 12, "title": "Handige formulieren"}),
    Told("project", Kind.ZIEZON, 58, {"attendees": 10, "unique_people": 9}),
    Told("project", Kind.MASTERCLASS, 47, {"title": "Doorbraak in de regio", "attendees": 24}, region="Groningen"),
    Told("project", Kind.CONSULTING, 33, {"title": "Vragen over de regeling", "attendees": 6}),
    Told("project", Kind.NEWSLETTER, 66, {"title": "Nieuwsbrief 14", "readers": 208}),
    Told("project", Kind.NEWSLETTER, 24, {"title": "Nieuwsbrief 15", "readers": 214}),
    Told("project", Kind.POSTER, 20, {"title": "Wat we leerden van tien reizen", "readers": 90}),
    Told("project", Kind.EXPLORING, 420, {"attendees": 4, "unique_people": 4}, swvs=("PO2202", "VO2202")),
    Told("coordinator.noord", Kind.EXPLORING, 400, {"organiser": "WEL-team De Verzonnen Wierde"}, (1, 3, 4),
         ("PO2001", "VO2001")),
    Told("coordinator.noord", Kind.OUTCOMES, 40, {"title": "Praten bij de soep", "attendees": 18,
         "worked": "Ouders vertelden zelf.", "take_along": "Volgend jaar weer, met jongeren erbij."}, (0, 3),
         ("PO2001",)),
    Told("swv.zuid", Kind.TRAVEL_AGENCY, 70, {"organiser": "Reisbureau Fantasieveen"}, (5, 6, 7), ("PO2202",)),
    Told("coordinator.zuid", Kind.OTHER, 52, {"title": "Wandeling langs drie plekken", "attendees": 7}, (),
         ("VO2202",)),
)  # fmt: skip
# What is filled in of a werkatelier that a WEL-team held.
ATELIER = {
    "attendees": 9,
    "stand_for": "Elk kind hoort erbij, ook zonder school.",
    "to_do": "Samen één plek waar je kunt bellen.",
    "right_people": "De wijkagent en een ouder komen er nog bij.",
    "same_way": "Ja, over het doel. Over het geld praten we door.",
    "is_ready": True,
    "worked": "We begonnen met eten.",
    "take_along": "De volgende keer op een zorgboerderij.",
}
THERE = {"coordinator.noord": (0, 1, 3, 4), "coordinator.zuid": (2, 5, 7)}


def tell(playing, cast, days_ago):
    """By ordinary actions, each in the name of who keeps that register."""
    for told in ACTIVITIES:
        with playing(cast, told.by) as user:
            swvs = [Samenwerkingsverband.objects.get(key=key) for key in told.swvs]
            regions = Region.objects.filter(kind=Region.Kind.RMC, gemeenten__name=told.region)
            places = {"for_swvs": [swv.pk for swv in swvs], "for_regions": [region.pk for region in regions]}
            values = {"kind": told.kind, "happened_on": days_ago(told.ago)} | places | told.values
            keeper = None if told.by == "project" else swvs[0]
            _list(add_activity(values=values, swv=keeper, by=user), told.people, user)
    for login, there in THERE.items():
        with playing(cast, login) as user:
            held = (
                Activity.objects.editable_by(user).filter(kind=Kind.START).exclude(meeting=None).order_by("pk").first()
            )
            assert change_activity(activity=held, values=ATELIER, version=1, by=user)
            _list(held, there, user)


def _list(activity, lines, user):
    if lines:
        people, faults = read_people("\n".join(PEOPLE[line] for line in lines))
        assert not faults, faults
        add_people(activity=activity, people=people, by=user)
