"""What the page Volgen shows: the curve of ups and downs, the events in words, and what is still to be asked."""

from dataclasses import dataclass
from itertools import pairwise

from access.dutch_dates import date_text
from cases.models import FollowEvent, FollowUp
from cases.rules.closing import curve

ICONS = {
    "stap": "signpost-2",
    "ondertussen": "cup-hot",
    "ingeschreven": "book",
    "gaat": "check-circle",
    "herstart": "arrow-counterclockwise",
    "thuis": "house-door",
    "zorg_start": "people",
    "zorg_stop": "people",
    "verhuisd": "map",
}
WIDTH, STEP, HIGHEST, EDGE = 640, 22, 110, 16
MOST = 12  # entries on the line


@dataclass(frozen=True)
class EventLine:
    event: FollowEvent
    icon: str
    title: str


@dataclass(frozen=True)
class MomentLine:
    moment: FollowUp
    note: str  # "3 dagen over tijd"
    is_overdue: bool


def event_lines(events):
    """Newest first, as they come."""
    return [EventLine(event, ICONS.get(event.kind, "file-earmark-text"), _title(event)) for event in events]


def _title(event):
    part = ", voor een deel" if event.is_partial else ""
    return f"{event.get_kind_display()}{f': {event.place}' if event.place else ''}{part}"


def moment_lines(moments, today):
    return [
        MomentLine(
            moment,
            f"{days} {'dag' if days == 1 else 'dagen'} over tijd"
            if (days := (today - moment.due_on).days) > 0
            else f"uiterlijk {date_text(moment.due_on, today)}",
            days > 0,
        )
        for moment in moments
        if not moment.outcome
    ]


def line_of(events):
    """The curve of the last entries as SVG points, oldest first; None while two dots make no line."""
    shown = list(reversed(events[:MOST]))
    if len(shown) < 2:
        return None
    heights = curve([event.movement for event in shown])
    top, bottom = max(heights), min(heights)
    scale = min(STEP, HIGHEST / max(1, top - bottom))
    height_of = EDGE * 2 + scale * max(1, top - bottom)
    gap = (WIDTH - 48) / (len(shown) - 1)
    points = [
        (round(24 + gap * place, 1), round(EDGE + scale * (top - height), 1)) for place, height in enumerate(heights)
    ]
    path = f"M {points[0][0]},{points[0][1]}"
    for (x, y), (next_x, next_y) in pairwise(points):
        handle = round((next_x - x) * 0.45, 1)
        path += f" C {round(x + handle, 1)},{y} {round(next_x - handle, 1)},{next_y} {next_x},{next_y}"
    # Attributes of an SVG want a point, whatever the language of the page.
    return {
        "box": f"0 0 {WIDTH} {height_of:.0f}",
        "path": path,
        "dots": [
            {"x": str(x), "y": str(y), "is_last": place == len(points) - 1} for place, (x, y) in enumerate(points)
        ],
        "sentence": sentence_of(shown),
    }


def sentence_of(shown):
    """The line in words, for who does not see it."""
    words = {"vooruit": "vooruit", "gelijk": "even gelijk", "terug": "een stapje terug"}
    return "De lijn, van oud naar nieuw: " + ", ".join(words[event.movement] for event in shown) + "."
