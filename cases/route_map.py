"""Draws De Reis as a route map: where a jeugdige started, what has been tried, and the wensdroom ahead.

Values in, frozen values out; ``templates/cases/route_map.svg`` turns them into the same picture on a page
and in a PDF. Distances are in units of the viewBox, with y growing downwards. The picture is decoration
for those who see it: ``describe`` says the same in a sentence, and the list on the page says everything.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, product
from math import dist, hypot

WIDTH, HEIGHT = 1200, 430
MOST_NODES = 7
START = (86, 334)
ROAD_END = (1062, 222)
SUN = (1088, 158)
SUN_RADIUS = 72
NODE_RADIUS, NOW_RADIUS = 22, 30
LABEL_SIZE, LINE = 16.5, 19
LONGEST_TITLE, LONGEST_SUBTITLE = 24, 32
# Half a picture of seven haltes: labels on the same side of the road stand two haltes apart.
WIDEST_LABEL = 230
MOST_COMPANIONS = 5
MOST_SPARKS = 3
MARGIN = 12


class StopState(StrEnum):
    MADE = "made"
    NOW = "now"
    PLANNED = "planned"


@dataclass(frozen=True)
class Hobble:
    """Something hard on the road towards a halte, with or without an olifantenpaadje around it."""

    label: str = ""
    has_olifantenpaadje: bool = False


@dataclass(frozen=True)
class Stop:
    """A halte; ``sparks`` counts its lichtjes, ``is_rest`` is a rustpunt just after it."""

    number: int
    title: str
    subtitle: str = ""
    state: StopState = StopState.MADE
    sparks: int = 0
    hobble: Hobble | None = None
    has_look_back: bool = False
    is_rest: bool = False


@dataclass(frozen=True)
class Route:
    """All that the map shows, in the order of travel; ``companions`` are initials, never names."""

    stops: tuple[Stop, ...] = ()
    departure: str = ""
    wensdroom: str = ""
    companions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other):
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def wider(self, by):
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    @property
    def is_inside(self):
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


@dataclass(frozen=True)
class Label:
    """One line of text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    role: str
    anchor: str = "middle"
    size: float = LABEL_SIZE
    is_bold: bool = False

    @property
    def box(self):
        width = text_width(self.text, self.size, self.is_bold)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - 0.76 * self.size, left + width, self.y + 0.24 * self.size)


@dataclass(frozen=True)
class Node:
    """A halte on the map, or the fold (``state`` "fold") that stands for several."""

    x: float
    y: float
    number: str
    state: str

    @property
    def text_y(self):
        return _round(self.y + 6.5)

    @property
    def dots(self):
        return [_round(self.x + step) for step in (-9, 0, 9)]

    @property
    def box(self):
        radius = NOW_RADIUS + 2 if self.state == StopState.NOW else NODE_RADIUS + 2
        return _around(self.x, self.y, radius, radius)


@dataclass(frozen=True)
class Star:
    x: float
    y: float
    radius: float

    @property
    def path(self):
        """Four points, with hollow sides."""
        far, near = self.radius, self.radius * 0.27
        corners = [(0, -far), (near, -near), (far, 0), (near, near), (0, far), (-near, near), (-far, 0), (-near, -near)]
        return "M" + " L".join(f"{_round(self.x + x)},{_round(self.y + y)}" for x, y in corners) + " Z"

    @property
    def box(self):
        return _around(self.x, self.y, self.radius + 1, self.radius + 1)


@dataclass(frozen=True)
class Sign:
    """A pictogram around a point: stones, a bench or a cup."""

    x: float
    y: float


@dataclass(frozen=True)
class Companion:
    x: float
    y: float
    initials: str
    tint: str
    ink: str

    @property
    def text_y(self):
        return _round(self.y + 4.5)


@dataclass(frozen=True)
class RouteMap:
    prefix: str
    road: str
    travelled: str
    to_go: str
    olifantenpaadjes: tuple[str, ...]
    nodes: tuple[Node, ...]
    stars: tuple[Star, ...]
    stones: tuple[Sign, ...]
    benches: tuple[Sign, ...]
    cups: tuple[Sign, ...]
    companions: tuple[Companion, ...]
    labels: tuple[Label, ...]


# Initials in turn get the tints of the interface.
TINTS = (
    ("#E0EFF0", "#084953"),
    ("#E4F1E5", "#2B6A3B"),
    ("#F6E9F2", "#7B3A6B"),
    ("#FDF0D5", "#744A00"),
    ("#F0EAE2", "#645548"),
)
COMPANION_RADIUS, COMPANION_STEP = 16, 26
STONES = (30, 26, 30, 12)  # left, up, right and down from the middle of the road
SIGN_RADIUS = 15

# Advance widths of Atkinson Hyperlegible Next bold, in ems, rounded up per group.
WIDTHS = {
    **dict.fromkeys("ijl,.:;'’‘|!`· ", 0.32),
    **dict.fromkeys("frt-()[]{}", 0.39),
    **dict.fromkeys('"/\\_1I*', 0.48),
    **dict.fromkeys("acehknsuvxyzJL7?", 0.57),
    **dict.fromkeys("GHNOQUDXw&#…@", 0.78),
    **dict.fromkeys("mMW", 0.89),
    "%": 0.97,
}
OTHER_WIDTH, UPPER_WIDTH, FOREIGN_WIDTH = 0.62, 0.68, 1.05
REGULAR = 0.95


def text_width(text, size=LABEL_SIZE, is_bold=True):
    """About how wide ``text`` is when set in the font of the application; rather too wide than too narrow."""
    return size * sum(_character_width(character) for character in text) * (1 if is_bold else REGULAR)


def _character_width(character):
    if character in WIDTHS:
        return WIDTHS[character]
    if ord(character) >= 0x250:
        return FOREIGN_WIDTH
    return UPPER_WIDTH if character.isupper() else OTHER_WIDTH


def shorten(text, characters=LONGEST_TITLE, width=WIDEST_LABEL, size=LABEL_SIZE, is_bold=True):
    """``text`` on one line, cut with an … where it has too many characters or is too wide."""
    text = " ".join(text.split())
    if len(text) <= characters and text_width(text, size, is_bold) <= width:
        return text
    kept = text[: characters - 1]
    while kept and text_width(kept.rstrip() + "…", size, is_bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def draw(route, prefix="reis"):
    """The map of ``route``. ``prefix`` starts every id in the picture, so that a page may hold several.

    ValueError for a prefix that cannot start an id.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", prefix):
        raise ValueError("a prefix is a letter followed by letters, digits, - or _")
    return _Drawing(fold(route.stops), route).finish(prefix)


@dataclass(frozen=True)
class _Place:
    """What stands at one node: a halte, or several that are folded into one."""

    title: str
    subtitle: str
    state: str
    number: str
    sparks: int
    hobble: Hobble | None = None
    has_look_back: bool = False
    is_rest: bool = False
    is_travelled: bool = True


def fold(stops):
    """At most seven places: older haltes become "Eerder: 5 haltes", but where we are now stays in sight.

    With more than six still to come after that, the far end folds the same way into "Later".
    """
    count = len(stops)
    if count <= MOST_NODES:
        return [_place(stop) for stop in stops]
    reached = [index for index, stop in enumerate(stops) if stop.state is not StopState.PLANNED]
    older = min(count - MOST_NODES + 1, reached[-1] if reached else 0)
    older = 0 if older == 1 else older
    room = MOST_NODES - (older > 0)
    later = count - older - room + 1 if count - older > room else 0
    places = [_place(stop) for stop in stops[older : count - later]]
    if older:
        places.insert(0, _folded("Eerder", stops[:older]))
    if later:
        places.append(_folded("Later", stops[count - later :]))
    return places


def _place(stop):
    return _Place(
        title=stop.title,
        subtitle=stop.subtitle,
        state=stop.state,
        number=str(stop.number),
        sparks=stop.sparks,
        hobble=stop.hobble,
        has_look_back=stop.has_look_back,
        is_rest=stop.is_rest,
        is_travelled=stop.state is not StopState.PLANNED,
    )


def _folded(word, stops):
    return _Place(
        title=f"{word}: {len(stops)} haltes",
        subtitle="",
        state="fold",
        number="",
        sparks=sum(stop.sparks for stop in stops),
        is_travelled=any(stop.state is not StopState.PLANNED for stop in stops),
    )


class _Drawing:
    """Puts things on the map in order of weight; what comes later keeps clear of what is there."""

    def __init__(self, places, route):
        self.places = places
        self.route = route
        count = len(places)
        self.step = 960 / (count + 1)
        self.points = [START, *(self.point(index) for index in range(1, count + 1)), ROAD_END]
        self.here = max((index for index, place in enumerate(places, 1) if place.is_travelled), default=0)
        self.nodes = [
            Node(_round(x), _round(y), place.number, str(place.state))
            for place, (x, y) in zip(places, self.points[1:-1], strict=True)
        ]
        self.stars, self.stones, self.arcs, self.benches, self.cups, self.labels = [], [], [], [], [], []
        self.companions = []
        self.road = [_around(x, y, 9, 9) for x, y in self.road_points()]
        self.taken = [
            _around(*START, 26, 26),
            _around(*SUN, SUN_RADIUS + 34, SUN_RADIUS + 34),
            *(node.box for node in self.nodes),
        ]

    def point(self, index):
        x = START[0] + index * self.step
        return x, START[1] - 0.12 * (x - START[0]) - 34 * (-1) ** (index + 1)

    def finish(self, prefix):
        self.put_departure()
        for index in range(1, len(self.places) + 1):
            self.put_label_and_stars(index)
        self.put_wensdroom()
        for index, place in enumerate(self.places, 1):
            if place.hobble:
                self.put_hobble(index, place.hobble)
        self.put_companions()
        for index, place in enumerate(self.places, 1):
            if place.is_rest:
                self.put_cup(index)
            if place.has_look_back:
                self.put_bench(index)
        for index, place in enumerate(self.places, 1):
            if place.hobble:
                self.put_hobble_labels(index, place.hobble)
        return RouteMap(
            prefix=prefix,
            road=self.path(0, len(self.points) - 1),
            travelled=self.path(0, self.here),
            to_go=self.path(self.here, len(self.points) - 1),
            olifantenpaadjes=tuple(self.arcs),
            nodes=tuple(self.nodes),
            stars=tuple(self.stars),
            stones=tuple(self.stones),
            benches=tuple(self.benches),
            cups=tuple(self.cups),
            companions=tuple(self.companions),
            labels=tuple(self.labels),
        )

    # The road

    def path(self, first, last):
        """Cubic Béziers with horizontal tangents, handles 0.45 of the horizontal distance."""
        if first == last:
            return ""
        x, y = self.points[first]
        parts = [f"M{_round(x)},{_round(y)}"]
        for (x1, y1), (x2, y2) in zip(self.points[first:last], self.points[first + 1 : last + 1], strict=True):
            handle = 0.45 * (x2 - x1)
            numbers = (x1 + handle, y1, x2 - handle, y2, x2, y2)
            parts.append("C{},{} {},{} {},{}".format(*(_round(number) for number in numbers)))
        return " ".join(parts)

    def on_road(self, segment, part):
        """The point at parameter ``part`` (0-1) of the road from point ``segment`` to the next."""
        (x1, y1), (x2, y2) = self.points[segment], self.points[segment + 1]
        handle = 0.45 * (x2 - x1)
        return _bezier((x1, y1), (x1 + handle, y1), (x2 - handle, y2), (x2, y2), part)

    def road_points(self):
        points = []
        for segment in range(len(self.points) - 1):
            parts = int((self.points[segment + 1][0] - self.points[segment][0]) / 10)
            points += [self.on_road(segment, part / parts) for part in range(parts + 1)]
        return points

    def road_height(self, segment, x):
        low, high = 0.0, 1.0
        for _ in range(24):
            middle = (low + high) / 2
            low, high = (middle, high) if self.on_road(segment, middle)[0] < x else (low, middle)
        return self.on_road(segment, low)[1]

    # Labels

    def write(self, *labels):
        self.labels += labels
        self.taken += [label.box for label in labels]

    def put_departure(self):
        text = shorten(self.route.departure, LONGEST_SUBTITLE, WIDEST_LABEL - 42, is_bold=False)
        x, y, anchor = START[0], START[1] + 44, "middle"
        if text_width(text, is_bold=False) / 2 > x - MARGIN:
            x, anchor = MARGIN + 4, "start"
        self.write(Label(x, y, "Vertrekpunt", "title", anchor, is_bold=True))
        if text:
            self.write(Label(x, y + LINE, text, "subtitle", anchor))

    def put_label_and_stars(self, index):
        place, node = self.places[index - 1], self.nodes[index - 1]
        is_now = place.state == StopState.NOW
        ring = 10 if is_now else 0
        above = -(84 if place.sparks else 52) - ring
        if index == len(self.places):
            x, y, anchor = node.x - 10, node.y + 58, "start"
        elif index % 2:
            x, y, anchor = node.x, node.y + above, "middle"
        else:
            x, y, anchor = node.x, node.y + (54 if is_now else 46), "middle"
        title, subtitle = shorten(place.title), shorten(place.subtitle, LONGEST_SUBTITLE, is_bold=False)
        if is_now:
            with_here = f"{place.subtitle} · hier zijn we nu" if subtitle else "hier zijn we nu"
            subtitle = with_here if text_width(with_here, is_bold=False) <= WIDEST_LABEL else subtitle
        if not subtitle and anchor == "middle" and index % 2:
            y += LINE
        x, y = _round(x), _round(y)
        self.write(Label(x, y, title, "title", anchor, is_bold=True))
        if subtitle:
            self.write(Label(x, _round(y + LINE), subtitle, "subtitle", anchor))
        self.put_stars(place.sparks, node.x, _round(node.y - 43 - 0.8 * ring), is_under_label=y < node.y)

    def put_stars(self, sparks, x, y, is_under_label):
        """In a row under a label; else upwards to the right, clear of an olifantenpaadje from the left."""
        if is_under_label:
            shapes = [], [(0, 0, 16)], [(-13, 0, 15), (15, -3, 10.5)], [(0, -1, 15.5), (-26, 2, 10), (26, 2, 10)]
        else:
            shapes = [], [(2, 0, 16)], [(1, 0, 15), (23, -12, 10)], [(1, 0, 15), (24, -9, 10), (8, -29, 8.5)]
        shape = shapes[sparks] if sparks <= MOST_SPARKS else [(-13 if is_under_label else 1, 0, 15)]
        stars = [Star(_round(x + dx), _round(y + dy), radius) for dx, dy, radius in shape]
        self.stars += stars
        self.taken += [star.box for star in stars]
        if sparks > MOST_SPARKS:
            right = _round(x + shape[0][0] + 19)
            self.write(Label(right, _round(y + 6), f"×{sparks}", "sparks", "start", is_bold=True))

    def put_wensdroom(self):
        """In the sun, above the hills: one or two short lines, as wide as the sun is there."""
        lines = _two_lines(" ".join(self.route.wensdroom.split()), 122, 15.5)
        top = SUN[1] - 6 - 10 * len(lines)
        self.labels.append(Label(SUN[0], top, "Wensdroom", "wensdroom-title", size=18, is_bold=True))
        for place, line in enumerate(lines, 1):
            self.labels.append(Label(SUN[0], top + 3 + 18 * place, line, "wensdroom", size=15.5))

    # Hobbles

    def middle(self, index):
        """The middle of the road towards the halte, half the width of its olifantenpaadje, and if it falls."""
        (x1, y1), (x2, y2) = self.points[index - 1], self.points[index]
        return (x1 + x2) / 2, (y1 + y2) / 2, min(56, 0.34 * self.step), y2 > y1

    def put_hobble(self, index, hobble):
        x, y, w, is_falling = self.middle(index)
        left, up, right, down = STONES
        self.stones.append(Sign(_round(x), _round(y)))
        self.taken.append(Box(x - left, y - up, x + right, y + down))
        if not hobble.has_olifantenpaadje:
            return
        # On a climb the road is too steep for the fixed ends of a falling one: there they lie on the road.
        start_y = y - 16 if is_falling else self.road_height(index - 1, x - w)
        end_y = y + 8 if is_falling else self.road_height(index - 1, x + w)
        curve = (x - w, start_y), (x - w + 8, y - 64), (x + w - 8, y - 64), (x + w, end_y)
        (sx, sy), *rest = [(_round(px), _round(py)) for px, py in curve]
        self.arcs.append(f"M{sx},{sy} C" + " ".join(f"{px},{py}" for px, py in rest))
        self.taken += [_around(*_bezier(*curve, part / 12), 5, 5) for part in range(13)]

    def put_hobble_labels(self, index, hobble):
        """Beside the stones where there is room; without room the list still says it."""
        x, y, _, is_falling = self.middle(index)
        anchors = ("end", "start") if is_falling else ("start", "end")
        texts = dict.fromkeys(
            "Hobbel" + (f": {shorten(hobble.label, length)}" if hobble.label.strip() and length else "")
            for length in (LONGEST_TITLE, 14, 0)
        )
        self.put_free(
            Label(_round(x + side), _round(y + down), text, "hobble", anchor, 15.5, is_bold=True)
            for text in texts
            for anchor in anchors
            for side in ((22, 6, 38, -10, 54) if anchor == "end" else (-22, -6, -38, 10, -54))
            for down in (34, 42, 52)
        )
        if hobble.has_olifantenpaadje:
            self.put_free(
                Label(_round(x + side), _round(y - up), "olifantenpaadje", "path", size=15.5)
                for up in (58, 66, 78, 92)
                for side in (0, 16, -16, 34, -34)
            )

    def put_free(self, candidates):
        label = next((label for label in candidates if self.is_free(label.box, room=5)), None)
        if label:
            self.write(label)

    def is_free(self, box, room=0, on_road=False):
        """Whether ``box`` lies in the picture, with ``room`` around it to all that is there."""
        wider = box.wider(room)
        if not box.is_inside or any(wider.overlaps(other) for other in self.taken):
            return False
        return on_road or not any(wider.overlaps(other) for other in self.road)

    # Company, rest and looking back

    def put_companions(self):
        """A row of initials near where we are now, rather than near another halte; five, then how many more."""
        initials = [shorten(text, 2, 99) for text in self.route.companions[:MOST_COMPANIONS]]
        if more := len(self.route.companions) - len(initials):
            initials.append(f"+{more}")
        if not initials:
            return
        x, y = self.points[self.here]
        reach, half = COMPANION_RADIUS + 1.5, (len(initials) - 1) * COMPANION_STEP / 2
        beside = [
            (x + side * (half + away), y + down)
            for down in (-44, 50, -60, 66)
            for away in (70, 56, 90)
            for side in (-1, 1)
        ]
        steps = [(0, 98), *product(range(-360, 361, 20), range(-230, 101, 8))]
        anywhere = [(x + dx, y + dy) for dx, dy in sorted(steps, key=lambda step: hypot(step[0], 1.2 * step[1]))]
        places = beside + anywhere
        elsewhere = [point for point in self.points[:-1] if point != (x, y)]

        def is_ours(place):
            return all(dist(place, (x, y)) < dist(place, point) for point in elsewhere)

        free = (
            (px, py)
            for px, py in chain(filter(is_ours, places), places)
            if self.is_free(_around(px, py, half + reach, reach), room=3)
        )
        px, py = next(free, places[0])
        self.taken.append(_around(px, py, half + reach, reach))
        for number, text in enumerate(initials):
            tint, ink = TINTS[number % len(TINTS)]
            self.companions.append(Companion(_round(px - half + number * COMPANION_STEP), _round(py), text, tint, ink))

    def put_cup(self, index):
        """On the road after the halte, else before it, else beside it."""
        on_road = [self.on_road(index, part) for part in (0.5, 0.4, 0.6, 0.7)]
        on_road += [self.on_road(index - 1, part) for part in (0.5, 0.4, 0.6, 0.3)]
        self.put_sign(self.cups, on_road, index)

    def put_bench(self, index):
        self.put_sign(self.benches, [], index)

    def put_sign(self, signs, on_road, index):
        x, y = self.points[index]
        node = self.nodes[index - 1].box
        side = x - node.left + SIGN_RADIUS + 3
        way = 1 if y < self.points[index - 1][1] else -1
        beside = [(x + dx, y - way * dy) for dx, dy in ((side, 15), (-side, 15), (side + 6, 9), (-side - 6, 9))]
        beside += [
            (x + dx, y + turn * way * dy)
            for turn in (1, -1)
            for dx, dy in ((0, 46), (34, 40), (-34, 40), (54, 34), (-54, 34), (0, 64), (40, 62), (-40, 62), (0, 84))
        ]
        free = [place for place in on_road if self.is_free(_around(*place, SIGN_RADIUS, SIGN_RADIUS), on_road=True)]
        free += [place for place in beside if self.is_free(_around(*place, SIGN_RADIUS, SIGN_RADIUS))]
        px, py = next(iter([*free, *beside]))
        signs.append(Sign(_round(px), _round(py)))
        self.taken.append(_around(px, py, SIGN_RADIUS, SIGN_RADIUS))


def _round(number):
    """One decimal is finer than any screen; whole numbers without a point."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _around(x, y, half_width, half_height):
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def _bezier(start, first, second, end, part):
    rest = 1 - part
    weights = rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3
    points = start, first, second, end
    return tuple(sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1))


def _two_lines(text, width, size):
    if text_width(text, size) <= width:
        return [text] if text else []
    words, line = text.split(" "), ""
    while words and text_width(f"{line} {words[0]}".strip(), size) <= width:
        line = f"{line} {words.pop(0)}".strip()
    if not line:
        return [shorten(text, len(text), width, size)]
    return [line, shorten(" ".join(words), len(text), width, size)]


# The same in words

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
