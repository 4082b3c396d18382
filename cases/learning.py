"""What others learn from: stories that are out and knelpunten, by the database functions that check and clean."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from cases.models import Obstacle, Story
from cases.models.learning import Domain, Level, Theme
from regions.models import Samenwerkingsverband

PER_PAGE = 25


@dataclass(frozen=True)
class ToldStory:
    """A story as others read it: no code, no writer, no SWV."""

    public_id: str
    title: str
    what_worked: str
    hobble: str
    detour: str
    theme: str
    perspective: str
    told_in: date


@dataclass(frozen=True)
class KnownObstacle:
    id: int
    swv: Samenwerkingsverband
    title: str
    description: str
    level: str
    theme: str
    domain: str
    status: str
    status_label: str
    is_closed: bool
    addressee: str
    addressed_on: date | None
    answer: str
    answered_on: date | None
    is_own: bool  # this person works there, and writes in it


def stories(*, term="", theme="", perspective="", page=1):
    """(stories, how many in all); raises for who does not learn from them."""
    rows = _rows("SELECT * FROM access.stories(%s, %s, %s, %s)", [term, theme, perspective, (page - 1) * PER_PAGE])
    told = [
        ToldStory(*row[:5], Theme(row[5]).label, Story.Perspective(row[6]).label, row[7])
        for row in rows
    ]  # fmt: skip
    return told, rows[0][-1] if rows else 0


def obstacles(*, wanted=None, status="", level="", domain="", page=1):
    """(knelpunten, how many in all): of where one writes; cleaned of names for who reads along elsewhere."""
    rows = _rows(
        "SELECT * FROM access.obstacles(%s, %s, %s, %s, %s)", [wanted, status, level, domain, (page - 1) * PER_PAGE]
    )
    swvs = Samenwerkingsverband.objects.in_bulk({row[1] for row in rows}) if rows else {}
    return [_obstacle(row, swvs) for row in rows], rows[0][-1] if rows else 0


def _obstacle(row, swvs):
    (pk, swv, title, description, level, theme, domain, status, addressee, name, addressed_on, answer, answered_on,
     is_own, _) = row  # fmt: skip
    to = Obstacle.Addressee(addressee).label if addressee else ""
    return KnownObstacle(
        id=pk,
        swv=swvs[swv],
        title=title,
        description=description,
        level=Level(level).label,
        theme=Theme(theme).label,
        domain=Domain(domain).label,
        status=status,
        status_label=Obstacle.Status(status).label,
        is_closed=status in Obstacle.CLOSED,
        addressee=f"{to}, {name}" if to and name else to or name,
        addressed_on=addressed_on,
        answer=answer,
        answered_on=answered_on,
        is_own=is_own,
    )


def _rows(sql, arguments):
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall()
