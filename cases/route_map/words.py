"""The map in sentences, for who does not see it."""

from cases.route_map.parts import StopState

NUMBERS = (
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
    "twintig",
)


def number_text(number):
    """Up to twenty in words, as Dutch is written."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def describe(route, code, began=""):
    """The map in a few sentences, for the caption; ``began`` is a month as shown elsewhere ("september")."""
    sentences = [f"De reis van {code} begon in {began}." if began else f"Dit is de reis van {code}."]
    sentences += [_stops_text(route.stops), _hobbles_text([stop.hobble for stop in route.stops if stop.hobble])]
    sparks = sum(stop.sparks for stop in route.stops)
    sentences.append(f"{_capital(number_text(sparks))} keer waren er lichtjes." if sparks else "")
    sentences.append(_count_text(sum(stop.is_rest for stop in route.stops), "rustpunt", "rustpunten"))
    sentences.append(_count_text(sum(stop.has_look_back for stop in route.stops), "terugblik", "terugblikken"))
    wensdroom = " ".join(route.wensdroom.split())
    end = "" if wensdroom.endswith(("?", "!", "…")) else "."
    sentences.append(f"De wensdroom: {wensdroom.rstrip('.')}{end}" if wensdroom else "Wat is de wensdroom?")
    return " ".join(sentence for sentence in sentences if sentence)


def _stops_text(stops):
    planned = sum(stop.state is StopState.PLANNED for stop in stops)
    made = len(stops) - planned
    if not stops:
        return "Er zijn nog geen haltes."
    if not made:
        return f"{_capital(_stops_are(planned))} gepland."
    then = f", {number_text(planned)} {'is' if planned == 1 else 'zijn'} gepland" if planned else ""
    return f"{_capital(_stops_are(made))} gemaakt{then}."


def _stops_are(count):
    return "één halte is" if count == 1 else f"{number_text(count)} haltes zijn"


def _hobbles_text(hobbles):
    around = sum(hobble.has_olifantenpaadje for hobble in hobbles)
    text = _count_text(len(hobbles), "hobbel", "hobbels").rstrip(".")
    if not around:
        return text and f"{text}."
    if len(hobbles) == 1:
        which = "met"
    else:
        which = "elk met" if around == len(hobbles) else f"waarvan {number_text(around)} met"
    return f"{text}, {which} een olifantenpaadje eromheen."


def _count_text(count, one, many):
    if not count:
        return ""
    return f"Er is één {one}." if count == 1 else f"Er zijn {number_text(count)} {many}."


def _capital(text):
    """The accent on a capital is not written: "Eén"."""
    return "E" + text[1:] if text.startswith("é") else text[0].upper() + text[1:]
