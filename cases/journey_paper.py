"""De Reis on paper: what a document says, read into frozen values before layout starts (docs/decisions/0020).

The whole Reis is for the youth and the family, the one without names for who accounts for it. The praatplaat is one
page to talk at. Nothing here is kept: the file exists while somebody downloads it.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.template.loader import render_to_string

from access.dutch_dates import date_text, month_text
from access.pdf import render_pdf
from cases import journey_view, route_map
from cases.identity import take_out_names
from cases.models import CaseMember, Companion, Journey, Reflection, Stop, YouthWords

LONGEST_QUOTE, LONGEST_LUGGAGE = 190, 130  # characters on a praatplaat; the whole text is in the Reis


class Kind(models.TextChoices):
    WHOLE = "reis", "De hele reis"
    NAMELESS = "zonder-namen", "De reis zonder namen"
    TALK = "praatplaat", "Praatplaat op één blad"
    MAP = "kaart", "Alleen de kaart, als tekening (svg)"


class Size(models.TextChoices):
    A4 = "a4", "A4"
    A3 = "a3", "A3"


WITH_SIZE = (Kind.TALK, Kind.MAP)
WITH_NAME = (Kind.WHOLE, Kind.TALK)
MAP_SIZES = {Size.A4: ("297mm", "106.4mm"), Size.A3: ("420mm", "150.5mm")}


@dataclass(frozen=True)
class Saying:
    words: str
    said_on: str = ""
    written_by: str = ""


@dataclass(frozen=True)
class StopRow:
    number: int
    title: str
    when: str
    place: str = ""
    state: str = ""
    is_ahead: bool = False
    story: str = ""
    sparks: int = 0
    hobble: str = ""
    detour: str = ""
    is_rest: bool = False
    is_look_back: bool = False


@dataclass(frozen=True)
class Place:
    """A line on the praatplaat: a halte, or several that are folded into one as on the map."""

    number: str
    title: str
    when: str
    is_ahead: bool


@dataclass(frozen=True)
class Chapter:
    title: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Traveller:
    who: str
    circle: str
    is_unexpected: bool = False
    joins_table: bool = False
    role: str = ""
    organisation: str = ""
    mandate: str = ""
    meaning: Saying | None = None


@dataclass(frozen=True)
class Look:
    voice: str
    where: str
    when: str
    text: str
    strengthen: str = ""
    is_quote: bool = False


@dataclass(frozen=True)
class JourneyPaper:
    code: str
    name: str  # the first name, only when asked for by somebody who may know it
    has_names: bool
    made_on: date
    status: str
    sentence: str
    drawing: str  # finished SVG of the template engine
    dream: Saying | None = None
    earlier: tuple[Saying, ...] = ()
    parents: str = ""
    departure: str = ""
    departure_on: str = ""
    luggage: str = ""
    stops: tuple[StopRow, ...] = ()
    places: tuple[Place, ...] = ()
    travellers: tuple[Traveller, ...] = ()
    team: tuple[str, ...] = ()
    looks: tuple[Look, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    @property
    def title(self):
        """Of the file: never a name."""
        return f"De reis – {self.code}" if self.has_names else f"De reis zonder namen – {self.code}"

    @property
    def heading(self):
        return f"De reis van {self.name or self.code}"

    @property
    def short_dream(self):
        return _shortened(self.dream.words, LONGEST_QUOTE) if self.dream else ""

    @property
    def short_luggage(self):
        return _shortened(self.luggage, LONGEST_LUGGAGE)


def _shortened(text, longest):
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def read_paper(*, user, case, today, first_name="", without_names=False):
    """The Reis of a case that `user` reads; without names for who only accounts for it, and for who asks it so."""
    found = {model: list(model.objects.visible_to(user).filter(case=case)) for model in (Stop, Companion, Reflection)}
    stops, companions, reflections = found[Stop], found[Companion], found[Reflection]
    journey = Journey.objects.visible_to(user).filter(case=case).select_related("wensdroom_by").first() or Journey()
    words = list(YouthWords.objects.visible_to(user).filter(case=case).select_related("written_by"))
    members = []
    if without_names:
        take_out_names([case.pk], [*([journey] if journey.pk else []), *stops, *companions, *reflections, *words])
    else:
        working = CaseMember.objects.visible_to(user).filter(case=case, ends_on=None).select_related("user")
        members = list(working.order_by("starts_on", "pk"))
    day = _months if without_names else _days
    titles = {stop.pk: f"halte {number}: {stop.title}" for number, stop in enumerate(stops, 1)}
    initials = journey_view.initials(companions, members)
    route = journey_view.route(journey, stops, today, companions=initials, by_month=without_names)
    began = month_text(journey.departure_on, today) if journey.departure_on else ""
    return JourneyPaper(
        code=case.code,
        name=first_name,
        has_names=not without_names,
        made_on=today,
        status=case.status_word[1],
        sentence=route_map.describe(route, first_name or case.code, began),
        drawing=_drawing(route, case.code),
        dream=_saying(journey.wensdroom, journey.wensdroom_on, journey.wensdroom_by, day, today, without_names),
        earlier=tuple(
            _saying(said.text, said.said_on, said.written_by, day, today, without_names)
            for said in words
            if said.text and said.text != journey.wensdroom
        ),
        parents=journey.wensdroom_parents,
        departure=journey.departure,
        departure_on=day(journey.departure_on, today),
        luggage=journey.luggage,
        stops=tuple(_stop(number, stop, day, today) for number, stop in enumerate(stops, 1)),
        places=tuple(
            Place(place.number, place.title, place.subtitle, not place.is_travelled)
            for place in route_map.fold(route.stops)
        ),
        travellers=tuple(_traveller(each, day, today, without_names) for each in companions),
        team=tuple(f"{member.user.name}, {member.get_role_display().lower()}" for member in members),
        looks=tuple(_look(each, titles, day, today) for each in reflections),
        chapters=_chapters(journey, day, today),
    )


def _days(day, today):
    return date_text(day, today) if day else ""


def _months(day, today):
    return month_text(day, today) if day else ""


def _saying(words, said_on, written_by, day, today, without_names):
    if not words:
        return None
    who = written_by.short_name if written_by and not without_names else ""
    return Saying(words, day(said_on, today), who)


def _stop(number, stop, day, today):
    is_ahead = stop.state not in journey_view.MADE
    return StopRow(
        number=number,
        title=stop.title,
        when=_months(stop.happened_on, today) if is_ahead else day(stop.happened_on, today),
        place=stop.place,
        state="" if stop.state == Stop.State.MADE else stop.get_state_display().lower(),
        is_ahead=is_ahead,
        story=stop.note,
        sparks=stop.sparks,
        hobble=stop.hobble,
        detour=stop.detour,
        is_rest=stop.is_rest,
        is_look_back=stop.is_look_back,
    )


def _traveller(companion, day, today, without_names):
    """Without names an organisation stays out too: one group home in one village is an address."""
    return Traveller(
        who=companion.who,
        circle=companion.get_circle_display(),
        is_unexpected=companion.is_unexpected,
        joins_table=companion.joins_table,
        role=companion.role,
        organisation="" if without_names else companion.organisation,
        mandate=companion.mandate,
        meaning=_saying(companion.meaning, companion.meaning_on, None, day, today, without_names),
    )


def _look(reflection, titles, day, today):
    return Look(
        voice=reflection.get_voice_display(),
        where=titles.get(reflection.stop_id, "de hele reis"),
        when=day(reflection.said_on, today),
        text=reflection.text,
        strengthen=reflection.strengthen,
        is_quote=reflection.voice != Reflection.Voice.PROFESSIONAL,
    )


def _chapters(journey, day, today):
    found = journey_view.chapters(journey, on=lambda moment: day(moment, today))
    return tuple(Chapter(chapter["title"], tuple(chapter["parts"])) for chapter in found if chapter["parts"])


def _drawing(route, prefix, **size):
    drawing = route_map.draw(route, prefix=prefix)
    return render_to_string("cases/route_map.svg", {"map": drawing, **size})


def whole_pdf(paper):
    return render_pdf("cases/pdf/journey.html", {"paper": paper})


def talk_pdf(paper, size):
    return render_pdf("cases/pdf/praatplaat.html", {"paper": paper, "size": size})


def map_svg(*, user, case, today, size, without_names):
    """The map alone, with its sentence as the title that a screen reader says."""
    journey = Journey.objects.visible_to(user).filter(case=case).first() or Journey()
    stops = list(Stop.objects.visible_to(user).filter(case=case))
    companions = list(Companion.objects.visible_to(user).filter(case=case))
    if without_names:
        take_out_names([case.pk], [*([journey] if journey.pk else []), *stops, *companions])
    width, height = MAP_SIZES[size]
    initials = journey_view.initials(companions, ())
    route = journey_view.route(journey, stops, today, companions=initials, by_month=without_names)
    sentence = journey_view.description(journey, stops, case, today)
    svg = _drawing(route, case.code, title=sentence, width=width, height=height)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg.strip()}\n'.encode()
