"""When a journey may be rounded off, how long it is followed after enrolment, and until when it is kept (R11.3)."""

import calendar
from dataclasses import dataclass
from datetime import timedelta

FOLLOW_MONTHS = 6  # after enrolment: children drop out again
ASK_AFTER = (1, 3, FOLLOW_MONTHS)  # months after enrolment in which somebody asks how it goes
HANDOVER_DAYS = 14
RESTART_DAYS = 7

ENROLLED, RELAPSE, MOVED = "ingeschreven", "thuis", "verhuisd"


def months_after(day, months):
    """The same day so many months on; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def moments_after(event, day):
    """[(kind, due day)]: what somebody does because of this event, and by when."""
    if event == ENROLLED:
        return [("nazorg", months_after(day, months)) for months in ASK_AFTER]
    if event == RELAPSE:
        return [("herstart", day + timedelta(days=RESTART_DAYS))]
    if event == MOVED:
        return [("overdracht", day + timedelta(days=HANDOVER_DAYS))]
    return []


def followed_until(enrolled_on):
    return months_after(enrolled_on, FOLLOW_MONTHS)


def remove_on(closed_on, years):
    """The day from which somebody decides about removal (R16.6)."""
    return months_after(closed_on, 12 * years)


@dataclass(frozen=True)
class Check:
    key: str
    label: str
    is_done: bool
    status: str  # what stands at the right
    hint: str = ""


def checks(*, missing_items, keeper, open_moments, enrolled_on, today, open_actions=0):
    """What must be there before a journey is rounded off, in the order of the page.

    `open_actions` are promises that somebody still has to keep; a part of WEL that knows them says how many.
    """
    until = followed_until(enrolled_on) if enrolled_on else None
    still_followed = bool(until and until > today)
    open_work = open_moments + open_actions
    return [
        Check(
            "reis",
            "De Reis is compleet",
            not missing_items,
            "compleet" if not missing_items else f"nog {missing_items} te schrijven",
        ),
        Check(
            "nazorg",
            "Iemand blijft contact houden",
            bool(keeper.strip()),
            keeper.strip() or "nog te regelen",
        ),
        Check(
            "afspraken",
            "Alle afspraken zijn gedaan",
            not open_work,
            "gedaan" if not open_work else "nog 1 open" if open_work == 1 else f"nog {open_work} open",
        ),
        Check(
            "volgen",
            f"Na inschrijven {FOLLOW_MONTHS} maanden gevolgd",
            not still_followed,
            "niet nodig"
            if not enrolled_on
            else f"tot {until.day}-{until.month}-{until.year}"
            if still_followed
            else "gedaan",
        ),
    ]


def missing(found):
    return [check for check in found if not check.is_done]


def curve(movements):
    """Heights of the line, one per entry and oldest first: up, level, down. Each starts where the one before ended.

    No score: the height says nothing but which way it went, and comes back to the middle only by going there.
    """
    steps = {"vooruit": 1, "gelijk": 0, "terug": -1}
    heights, height = [], 0
    for movement in movements:
        height += steps[movement]
        heights.append(height)
    return heights
