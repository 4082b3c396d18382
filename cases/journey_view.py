"""Turns the rows of a Reis into what its page and its document show: the map, sentences, the list and the gaps."""

import re
from collections import Counter
from dataclasses import dataclass

from access.dutch_dates import MONTHS, date_text, month_text
from access.school_year import school_year
from cases import route_map
from cases.forms.journey import PLAN_CHECKS
from cases.models import Companion, Journey, Stop
from cases.rules import journey as rules

SHORT_MONTHS = (
    "jan.", "febr.", "maart", "april", "mei", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec.",
)  # fmt: skip
LONGEST_PLACE = 18
MADE = (Stop.State.MADE, Stop.State.NOW)

# In which chapter somebody writes down what the subsidy asks for (R5.3).
CHAPTER_OF_ITEM = {
    "wensdroom": "wensdroom",
    "samenwerking": "samenwerking",
    "plan": "plan",
    "middelen_nodig": "middelen",
    "middelen_aanwezig": "middelen",
    "afstand_start": "afstand",
    "afstand_nu": "afstand",
}


def journey_texts(journey):
    """What the rules on completeness look at."""
    return rules.JourneyTexts(
        wensdroom=journey.wensdroom,
        samenwerking=journey.cooperation,
        plan=journey.plan,
        middelen_nodig=journey.means_needed,
        middelen_aanwezig=journey.means_present,
        afstand_start=journey.get_distance_start_display() or "",
        afstand_nu=journey.get_distance_now_display() or "",
    )


def route(journey, stops, today, companions=(), by_month=False):
    """The map of a Reis; `companions` are initials, never names. `by_month` leaves out days, for who reads no names."""
    return route_map.Route(
        stops=tuple(_map_stop(number, stop, today, by_month) for number, stop in enumerate(stops, 1)),
        departure=departure_text(journey, today),
        wensdroom=journey.wensdroom_short or route_map.shorten(journey.wensdroom, 60, 1000),
        companions=tuple(companions),
    )


def _map_stop(number, stop, today, by_month):
    states = {Stop.State.MADE: route_map.StopState.MADE, Stop.State.NOW: route_map.StopState.NOW}
    return route_map.Stop(
        number=number,
        title=stop.title,
        subtitle=stop_subtitle(stop, today, by_month),
        state=states.get(stop.state, route_map.StopState.PLANNED),
        sparks=stop.sparks,
        hobble=route_map.Hobble(stop.hobble, bool(stop.detour)) if stop.hobble else None,
        has_look_back=stop.is_look_back,
        is_rest=stop.is_rest,
    )


def departure_text(journey, today):
    """ "sept. · thuis": when it began, and the first words on where if those are few."""
    month = short_month(journey.departure_on, today) if journey.departure_on else ""
    where = journey.departure.replace("\n", ".").replace(",", ".").partition(".")[0].strip()
    return " · ".join(part for part in (month, where if len(where) <= LONGEST_PLACE else "") if part)


def stop_subtitle(stop, today, by_month=False):
    """The second line of a label: when, and where or how often."""
    if stop.state == Stop.State.IDEA:
        return stop.place or "idee"
    if stop.state == Stop.State.PLANNED:
        when = f"gepland in {month_text(stop.happened_on, today)}" if stop.happened_on else "gepland"
        return stop.place or when
    if not stop.happened_on:
        return stop.place
    if stop.state == Stop.State.NOW and not stop.place and not by_month:
        return day_text(stop.happened_on, today)
    month = short_month(stop.happened_on, today)
    # "dec. · 2 uur per week", but not "dec. · dec. 2 uur per week".
    names = {SHORT_MONTHS[stop.happened_on.month - 1].rstrip("."), MONTHS[stop.happened_on.month - 1]}
    is_named = bool(names & set(re.findall(r"\w+", stop.place.lower())))
    return stop.place if is_named else " · ".join(part for part in (month, stop.place) if part)


def short_month(day, today):
    name = SHORT_MONTHS[day.month - 1]
    return name if school_year(day) == school_year(today) else f"{name} {day.year}"


def day_text(day, today):
    """ "3 maart", with the year outside this school year."""
    return f"{day.day} {month_text(day, today)}"


def description(journey, stops, case, today):
    """The map in sentences, for who does not see it."""
    began = month_text(journey.departure_on, today) if journey.departure_on else ""
    return route_map.describe(route(journey, stops, today), case.code, began)


def count_sentence(stops, today):
    """ "Drie haltes gemaakt, twee in zicht. De laatste halte was op 3 maart." """
    made = [stop for stop in stops if stop.state in MADE]
    ahead = len(stops) - len(made)
    if not stops:
        return ""
    parts = []
    if made:
        parts.append(f"{route_map.number_text(len(made))} {'halte' if len(made) == 1 else 'haltes'} gemaakt")
    if ahead:
        noun = "" if made else " halte" if ahead == 1 else " haltes"
        parts.append(f"{route_map.number_text(ahead)}{noun} in zicht")
    sentence = ", ".join(parts)
    sentence = f"{sentence[0].upper()}{sentence[1:]}."
    last = max((stop.happened_on for stop in made if stop.happened_on), default=None)
    return f"{sentence} De laatste halte was op {day_text(last, today)}." if last else sentence


@dataclass(frozen=True)
class StopLine:
    """A halte in "De reis in woorden"."""

    stop: Stop
    number: int
    when: str
    is_first: bool
    is_last: bool
    is_ahead: bool
    reflection_count: int = 0
    has_history: bool = False


def stop_lines(stops, today, reflections=(), changed=(), by_month=False):
    counts = Counter(reflection.stop_id for reflection in reflections)
    return [
        StopLine(
            stop=stop,
            number=number,
            when=_when(stop, today, by_month),
            is_first=number == 1,
            is_last=number == len(stops),
            is_ahead=stop.state not in MADE,
            reflection_count=counts[stop.pk],
            has_history=f"halte:{stop.pk}" in changed,
        )
        for number, stop in enumerate(stops, 1)
    ]


def _when(stop, today, by_month):
    if not stop.happened_on:
        return ""
    if stop.state in MADE and not by_month:
        return date_text(stop.happened_on, today)
    return month_text(stop.happened_on, today)


@dataclass(frozen=True)
class ReflectionLine:
    reflection: object
    stop_title: str  # "" for the whole journey, and when the halte is gone
    is_own: bool
    has_history: bool


def reflection_lines(reflections, stops, user, changed=()):
    titles = {stop.pk: f"halte {number}: {stop.title}" for number, stop in enumerate(stops, 1)}
    return [
        ReflectionLine(
            each,
            titles.get(each.stop_id, ""),
            is_own=each.author_id == user.pk,
            has_history=f"reflectie:{each.pk}" in changed,
        )
        for each in reflections
    ]


def initials(companions, members):
    """Who travels along, on the map: the own circle first, then who works with the youth; letters, never names."""
    near = sorted(companions, key=lambda companion: companion.circle != Companion.Circle.NEAR)
    return [companion.who[:1].upper() for companion in near] + [member.user.name[:1] for member in members]


@dataclass(frozen=True)
class Gap:
    label: str
    reason: str
    chapter: str


def gaps(journey):
    """What is missing before the Reis is complete, each with the chapter where it belongs."""
    return [
        Gap(item.label, item.reason, CHAPTER_OF_ITEM[item.key]) for item in rules.missing_items(journey_texts(journey))
    ]


def movement_text(journey):
    """Which way the afstand tot onderwijs went; all three directions are an answer (R5.4)."""
    if journey.distance_start is None or journey.distance_now is None:
        return ""
    moved = journey.distance_now - journey.distance_start
    if not moved:
        return "gelijk gebleven"
    return "dichter bij onderwijs" if moved > 0 else "verder van onderwijs"


def chapters(journey, on=None):
    """What stands under the list, in the order of the Reis: (key, title, for the subsidy?, parts that have text)."""
    reason = {CHAPTER_OF_ITEM[item.key]: item.is_for_subsidy for item in rules.ITEMS}
    parts = (
        (
            "bagage",
            "Wat werkte",
            (
                ("Inhoud", journey.worked_content),
                ("Proces", journey.worked_process),
                ("Houding en gedrag", journey.worked_attitude),
            ),
        ),
        ("samenwerking", rules.TITLES["samenwerking"], (("", journey.cooperation),)),
        ("plan", rules.TITLES["plan"], (("", journey.plan), ("Hier letten we op", plan_checks(journey)))),
        (
            "middelen",
            rules.TITLES["middelen"],
            (
                ("Wat is nodig?", journey.means_needed),
                ("In hoeverre is dat er al?", journey.get_means_present_display()),
                ("Toelichting", journey.means_note),
            ),
        ),
        (
            "afstand",
            rules.TITLES["afstand"],
            (
                ("Bij de start", _with_reason(journey.get_distance_start_display(), journey.distance_start_reason)),
                ("Nu", _with_reason(journey.get_distance_now_display(), journey.distance_now_reason)),
                ("Beweging", movement_text(journey)),
            ),
        ),
        (
            "beweging",
            "Ontwikkeling en beweging",
            (
                ("Ontwikkeling die er al is, erkend", seen_text(journey, "development", on)),
                ("Nieuwe beweging", seen_text(journey, "movement", on)),
            ),
        ),
        (
            "aankomst",
            "Aankomst of tussenstop",
            (
                ("Wat het de jongere bracht", journey.effect),
                ("Wat anderen ervan kunnen leren", journey.lessons),
                ("Zo blijft het goed gaan", journey.aftercare),
            ),
        ),
        ("terugblik", "Terugblik", (("", journey.look_back),)),
    )
    return [
        {
            "key": key,
            "title": title,
            "is_for_subsidy": reason.get(key, False),
            "parts": [(label, text) for label, text in texts if text],
        }
        for key, title, texts in parts
    ]


def plan_checks(journey):
    """What the plan was held against, as one sentence: "De jongere kiest zelf mee. Het is veilig voor de jongere." """
    return " ".join(f"{label}." for name, label in PLAN_CHECKS.items() if getattr(journey, name))


def seen_text(journey, kind, on=None):
    """ "Ja, sinds 3 maart", and on the next line what shows it; `on` says a day in words."""
    seen, day = getattr(journey, f"{kind}_seen"), getattr(journey, f"{kind}_on")
    word = Journey.Seen(seen).label if seen else ""
    said = day and (on(day) if on else f"{day.day} {MONTHS[day.month - 1]} {day.year}")
    since = f", sinds {said}" if seen == Journey.Seen.YES and day else ""
    return _with_reason(f"{word}{since}", getattr(journey, f"{kind}_evidence"))


def _with_reason(step, why):
    return "\n".join(text for text in (step, why) if text)
