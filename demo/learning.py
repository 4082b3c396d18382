"""Invented volgen and leren: ups and downs, nazorg, stories in every state, knelpunten with an answer, and the bank."""

from dataclasses import dataclass

from cases.actions.closing import closing_of, save_closing
from cases.actions.follow import add_event, finish_moment
from cases.actions.learning import (
    add_obstacle,
    add_solution,
    approve_story,
    change_obstacle,
    return_story,
    share_solution,
    write_story,
)
from cases.models import FollowUp, Obstacle
from regions.models import Samenwerkingsverband

# By the first name of the jeugdige: days ago, what, which way, and the rest.
EVENTS = {
    "Ploon": (
        (230, "stap", "vooruit", {"note": "Voor het eerst een hele ochtend buiten."}),
        (130, "ondertussen", "terug", {"note": "De winter was vol. Minder mocht."}),
        (70, "zorg_start", "gelijk", {"note": "Begeleiding dicht bij huis."}),
        (18, "stap", "vooruit", {"note": "De telling hangt op het raam van de bibliotheek."}),
    ),
    "Tooske": (
        (290, "stap", "vooruit", {"note": "De hond blijft zitten, zij ook."}),
        (200, "opp", "gelijk", {}),
        (150, "ingeschreven", "vooruit", {"place": "Dorpsschool De Verzonnen Brink", "is_partial": True}),
        (100, "gaat", "vooruit", {"is_partial": True, "note": "Elke woensdag, met de hond."}),
        (62, "ondertussen", "terug", {"note": "Drie weken ziek. De juf stuurde kaartjes."}),
        (30, "herstart", "vooruit", {"note": "Weer op woensdag. Eerst alleen het plein."}),
    ),
    "Kiek": ((230, "ingeschreven", "vooruit", {"place": "School De Fictieve Plattegrond"}),),
}
ASKED = {
    "Tooske": (("goed", "De hond mag mee op schoolreis."), ("steun", "Het plein is nog te druk.")),
    "Kiek": (("goed", ""), ("goed", "Nam een maquette mee naar de klas."), ("goed", "")),
}

# Who keeps contact, why it was rounded off all the same, and a day of one's own with the reason.
CLOSINGS = {
    "Kiek": {"keeper": "De mentor, en in het voorjaar een kaart van het WEL-team"},
    "Roef": {"keeper": "De gymleraar", "hold_reason": "De ouders vroegen om eerder te wissen."},
}
REMOVED_SOON = {"Roef": 3}  # days ago that the chosen day went by


@dataclass(frozen=True)
class Told:
    """`second`: "gelezen", "terug", or "" while it waits."""

    by: str
    title: str
    text: str
    hobble: str
    detour: str
    theme: str
    perspective: str
    reader: str = ""
    second: str = ""


STORIES = {
    "Ploon": (
        Told("coordinator.noord", "Leren vanuit één passie",
             "Een kind telde elke dag de vogels in de straat. Daar begon alles: tellen, meten, schrijven. "
             "Na een half jaar hing het eerste verslag op een plek waar iedereen het kon lezen.",
             "drukte bij de ingang", "vroeg in de ochtend gaan", "inhoud", "professional",
             "leerplicht.groningen", "gelezen"),
        Told("coordinator.noord", "Een maand alleen maar meelopen",
             "De begeleider deed een maand lang niets dan meelopen. Daarna vroeg het kind zelf om een les.",
             "", "", "houding", "ouder"),
    ),
    "Tooske": (
        Told("coordinator.zuid", "De hond mocht mee naar school",
             "Een kind wilde niet meer naar binnen. Met de hond erbij lukte het plein, en later de klas.",
             "weer een nieuw gezicht", "eerst samen wandelen met de hond", "proces", "jeugdige",
             "leerplicht.borger-odoorn", "gelezen"),
    ),
    "Marvik": (
        Told("coordinator.noord", "Een dagdeel in de studio",
             "Een jongere maakte thuis games. In een studio mocht dat ook, één dagdeel per week.",
             "een volle bus", "met de fiets, langs het kanaal", "inhoud", "jeugdige",
             "leerplicht.groningen", "terug"),
    ),
}  # fmt: skip

ASKED_OF = {"status": "geadresseerd", "addressee": "gemeente", "addressee_name": "afdeling Jeugd", "ago": 60}
ANSWERED = {
    "status": "antwoord", "addressee": "rijk", "addressee_name": "de directie onderwijs", "ago": 120, "answered": 40,
    "answer": "Er komt een handreiking. Tot die tijd mag een school zelf iemand inhuren.",
}  # fmt: skip
# SWV, who wrote it, at which jeugdige it pinches, and how far it is.
OBSTACLES = (
    ("PO2001", "coordinator.noord", "Ploon", "Niemand mag de les op de zorgplek betalen",
     "Onderwijs en zorg zeggen allebei dat de ander dit hoort te doen.", "systeem", "proces", "financiering", ANSWERED),
    ("PO2001", "coordinator.noord", "", "Het vervoer stopt bij de grens van de gemeente",
     "Een plek die past ligt vaak net over de grens.", "systeem", "proces", "vervoer", ASKED_OF),
    ("PO2202", "coordinator.zuid", "Tooske", "Na een vrijstelling is er bijna geen contact meer",
     "Pas na een jaar kijkt iemand opnieuw.", "ouder", "houding", "samenwerking", {"status": "onderzocht"}),
    ("VO2202", "coordinator.zuid", "", "Wie geen bevoegdheid heeft, mag niet lesgeven op de werkplek", "",
     "swv", "inhoud", "bevoegdheid", {"status": "verzameld"}),
)  # fmt: skip
# SWV, who wrote it, who shared it.
SOLUTIONS = (
    ("PO2001", "coordinator.noord", "eigenaar", "olifantenpaadje", "Ga vroeg, dan is het stil",
     "Veel plekken zijn een half uur eerder al open voor wie het vraagt. Bel en vraag ernaar.", "", "overig"),
    ("PO2202", "coordinator.zuid", "leerplicht.regio", "plek", "Een vaste ochtend bij een vogelwerkgroep",
     "Vrijwilligers nemen één kind mee in de telling. Spreek af wie belt als het niet lukt.",
     "Vogelwerkgroep De Verzonnen Kievit, 050 000 00 09", "capaciteit"),
    ("PO2202", "coordinator.zuid", "", "geld", "Uren van een juf op de fiets uit twee potten",
     "De school betaalt de les, de gemeente de begeleiding. Leg samen vast wie wat doet.", "", "financiering"),
)  # fmt: skip


def arrange_closing(case, user, first, days_ago):
    """Before a journey is rounded off: who stays, and until when all of it is kept."""
    values = dict(CLOSINGS.get(first, {"keeper": "De mentor op school"}))
    if first in REMOVED_SOON:
        values["remove_on"] = days_ago(REMOVED_SOON[first])
    save_closing(case=case, values=values, version=closing_of(case, user).version, by=user)


def tell(playing, cast, cases, days_ago):
    """`cases` by first name, each with the login that works on it."""
    for first, events in EVENTS.items():
        case, worker = cases[first]
        with playing(cast, worker) as user:
            for days, kind, movement, more in events:
                values = {"kind": kind, "happened_on": days_ago(days), "movement": movement, **more}
                add_event(case=case, values=values, by=user)
            moments = FollowUp.objects.visible_to(user).filter(case=case)
            for moment, (outcome, note) in zip(moments, ASKED.get(first, ()), strict=False):
                values = {"outcome": outcome, "note": note, "done_on": moment.due_on}
                finish_moment(moment=moment, values=values, by=user)
    for first, stories in STORIES.items():
        for told in stories:
            _tell_story(playing, cast, cases[first][0], told, days_ago(0))
    for obstacle in OBSTACLES:
        _write_obstacle(playing, cast, cases, days_ago, *obstacle)
    for solution in SOLUTIONS:
        _share(playing, cast, *solution)


def _tell_story(playing, cast, case, told, today):
    values = {
        "title": told.title, "what_worked": told.text, "hobble": told.hobble, "detour": told.detour,
        "theme": told.theme, "perspective": told.perspective, "is_ready": True,
    }  # fmt: skip
    with playing(cast, told.by) as user:
        story = write_story(case=case, values=values, by=user)
    if not told.second:
        return
    with playing(cast, told.reader) as user:
        if told.second == "terug":
            assert return_story(story=story, version=1, why="Kun je weglaten welke games het waren?")
        else:
            said = approve_story(story=story, version=1, by=user, today=today)
            assert said == "gelezen", (told.title, said)


def _write_obstacle(playing, cast, cases, days_ago, swv, by, first, title, text, level, theme, domain, step):
    values = {"title": title, "description": text, "level": level, "theme": theme, "domain": domain}
    case = cases[first][0] if first else None
    with playing(cast, by) as user:
        swv = Samenwerkingsverband.objects.get(key=swv)
        obstacle = add_obstacle(swv=swv, values=values, by=user, case=case)
        if step["status"] != Obstacle.Status.COLLECTED:
            found = dict(step)
            ago, answered = found.pop("ago", None), found.pop("answered", None)
            found["addressed_on"] = days_ago(ago) if ago else None
            found["answered_on"] = days_ago(answered) if answered else None
            assert change_obstacle(obstacle=obstacle, values=found, version=1, by=user)


def _share(playing, cast, swv, by, reader, kind, title, text, place, domain):
    values = {"kind": kind, "title": title, "description": text, "place": place, "domain": domain}
    with playing(cast, by) as user:
        solution = add_solution(swv=Samenwerkingsverband.objects.get(key=swv), values=values, by=user)
    if reader:
        with playing(cast, reader):
            assert share_solution(solution=solution, version=1)
