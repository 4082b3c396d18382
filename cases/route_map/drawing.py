"""Puts a Reis on the map: the road, its nodes and signs, and labels that keep clear of each other."""

import re
from dataclasses import dataclass
from itertools import chain, product
from math import dist, hypot

from cases.route_map.letters import (
    LABEL_SIZE,
    LINE,
    LONGEST_SUBTITLE,
    LONGEST_TITLE,
    WIDEST_LABEL,
    shorten,
    text_width,
    two_lines,
)
from cases.route_map.parts import (
    MARGIN,
    MOST_COMPANIONS,
    MOST_NODES,
    MOST_SPARKS,
    ROAD_END,
    START,
    SUN,
    SUN_RADIUS,
    Box,
    Companion,
    Hobble,
    Label,
    Node,
    RouteMap,
    Sign,
    Star,
    StopState,
    around,
    rounded,
)

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
            Node(rounded(x), rounded(y), place.number, str(place.state))
            for place, (x, y) in zip(places, self.points[1:-1], strict=True)
        ]
        self.stars, self.stones, self.arcs, self.benches, self.cups, self.labels = [], [], [], [], [], []
        self.companions = []
        self.road = [around(x, y, 9, 9) for x, y in self.road_points()]
        self.taken = [
            around(*START, 26, 26),
            around(*SUN, SUN_RADIUS + 34, SUN_RADIUS + 34),
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
        parts = [f"M{rounded(x)},{rounded(y)}"]
        for (x1, y1), (x2, y2) in zip(self.points[first:last], self.points[first + 1 : last + 1], strict=True):
            handle = 0.45 * (x2 - x1)
            numbers = (x1 + handle, y1, x2 - handle, y2, x2, y2)
            parts.append("C{},{} {},{} {},{}".format(*(rounded(number) for number in numbers)))
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
        x, y = rounded(x), rounded(y)
        self.write(Label(x, y, title, "title", anchor, is_bold=True))
        if subtitle:
            self.write(Label(x, rounded(y + LINE), subtitle, "subtitle", anchor))
        self.put_stars(place.sparks, node.x, rounded(node.y - 43 - 0.8 * ring), is_under_label=y < node.y)

    def put_stars(self, sparks, x, y, is_under_label):
        """In a row under a label; else upwards to the right, clear of an olifantenpaadje from the left."""
        if is_under_label:
            shapes = [], [(0, 0, 16)], [(-13, 0, 15), (15, -3, 10.5)], [(0, -1, 15.5), (-26, 2, 10), (26, 2, 10)]
        else:
            shapes = [], [(2, 0, 16)], [(1, 0, 15), (23, -12, 10)], [(1, 0, 15), (24, -9, 10), (8, -29, 8.5)]
        shape = shapes[sparks] if sparks <= MOST_SPARKS else [(-13 if is_under_label else 1, 0, 15)]
        stars = [Star(rounded(x + dx), rounded(y + dy), radius) for dx, dy, radius in shape]
        self.stars += stars
        self.taken += [star.box for star in stars]
        if sparks > MOST_SPARKS:
            right = rounded(x + shape[0][0] + 19)
            self.write(Label(right, rounded(y + 6), f"×{sparks}", "sparks", "start", is_bold=True))

    def put_wensdroom(self):
        """In the sun, above the hills: one or two short lines, as wide as the sun is there."""
        lines = two_lines(" ".join(self.route.wensdroom.split()), 130, LABEL_SIZE)
        top = SUN[1] - 6 - 10 * len(lines)
        self.labels.append(Label(SUN[0], top, "Wensdroom", "wensdroom-title", size=18, is_bold=True))
        for place, line in enumerate(lines, 1):
            self.labels.append(Label(SUN[0], top + 2 + LINE * place, line, "wensdroom"))

    # Hobbles

    def middle(self, index):
        """The middle of the road towards the halte, half the width of its olifantenpaadje, and if it falls."""
        (x1, y1), (x2, y2) = self.points[index - 1], self.points[index]
        return (x1 + x2) / 2, (y1 + y2) / 2, min(56, 0.34 * self.step), y2 > y1

    def put_hobble(self, index, hobble):
        x, y, w, is_falling = self.middle(index)
        left, up, right, down = STONES
        self.stones.append(Sign(rounded(x), rounded(y)))
        self.taken.append(Box(x - left, y - up, x + right, y + down))
        if not hobble.has_olifantenpaadje:
            return
        # On a climb the road is too steep for the fixed ends of a falling one: there they lie on the road.
        start_y = y - 16 if is_falling else self.road_height(index - 1, x - w)
        end_y = y + 8 if is_falling else self.road_height(index - 1, x + w)
        curve = (x - w, start_y), (x - w + 8, y - 64), (x + w - 8, y - 64), (x + w, end_y)
        (sx, sy), *rest = [(rounded(px), rounded(py)) for px, py in curve]
        self.arcs.append(f"M{sx},{sy} C" + " ".join(f"{px},{py}" for px, py in rest))
        self.taken += [around(*_bezier(*curve, part / 12), 5, 5) for part in range(13)]

    def put_hobble_labels(self, index, hobble):
        """Beside the stones where there is room; without room the list still says it."""
        x, y, _, is_falling = self.middle(index)
        anchors = ("end", "start") if is_falling else ("start", "end")
        texts = dict.fromkeys(
            "Hobbel" + (f": {shorten(hobble.label, length)}" if hobble.label.strip() and length else "")
            for length in (LONGEST_TITLE, 14, 0)
        )
        self.put_free(
            Label(rounded(x + side), rounded(y + down), text, "hobble", anchor, is_bold=True)
            for text in texts
            for anchor in anchors
            for side in ((22, 6, 38, -10, 54) if anchor == "end" else (-22, -6, -38, 10, -54))
            for down in (34, 42, 52)
        )
        if hobble.has_olifantenpaadje:
            self.put_free(
                Label(rounded(x + side), rounded(y - up), "olifantenpaadje", "path")
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
            if self.is_free(around(px, py, half + reach, reach), room=3)
        )
        px, py = next(free, places[0])
        self.taken.append(around(px, py, half + reach, reach))
        for number, text in enumerate(initials):
            tint, ink = TINTS[number % len(TINTS)]
            self.companions.append(
                Companion(rounded(px - half + number * COMPANION_STEP), rounded(py), text, tint, ink)
            )

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
        free = [place for place in on_road if self.is_free(around(*place, SIGN_RADIUS, SIGN_RADIUS), on_road=True)]
        free += [place for place in beside if self.is_free(around(*place, SIGN_RADIUS, SIGN_RADIUS))]
        px, py = next(iter([*free, *beside]))
        signs.append(Sign(rounded(px), rounded(py)))
        self.taken.append(around(px, py, SIGN_RADIUS, SIGN_RADIUS))


def _bezier(start, first, second, end, part):
    rest = 1 - part
    weights = rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3
    points = start, first, second, end
    return tuple(sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1))
