"""What stands on the map: the values that go in, and the shapes that come out, in units of the viewBox."""

from dataclasses import dataclass
from enum import StrEnum

from cases.route_map.letters import LABEL_SIZE, text_width

WIDTH, HEIGHT = 1200, 430
MOST_NODES = 7
START = (86, 334)
ROAD_END = (1062, 222)
SUN = (1088, 158)
SUN_RADIUS = 72
NODE_RADIUS, NOW_RADIUS = 22, 30
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


def rounded(number):
    """One decimal is finer than any screen; whole numbers without a point."""
    number = round(number, 1)
    return int(number) if number == int(number) else number


def around(x, y, half_width, half_height):
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


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
        return rounded(self.y + 6.5)

    @property
    def dots(self):
        return [rounded(self.x + step) for step in (-9, 0, 9)]

    @property
    def box(self):
        radius = NOW_RADIUS + 2 if self.state == StopState.NOW else NODE_RADIUS + 2
        return around(self.x, self.y, radius, radius)


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
        return "M" + " L".join(f"{rounded(self.x + x)},{rounded(self.y + y)}" for x, y in corners) + " Z"

    @property
    def box(self):
        return around(self.x, self.y, self.radius + 1, self.radius + 1)


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
        return rounded(self.y + 5.5)


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
