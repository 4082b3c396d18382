"""When a team would meet next by its rhythm: what the form to plan begins with."""

from calendar import monthrange
from datetime import timedelta

from meetings.rules.rhythm import Rhythm


def next_day(rhythm, *, weekday=None, every_weeks=None, month_week=None, first, after):
    """The first day of the rhythm later than `after`; None when the team meets on request.

    Weeks count from the first such weekday on or after `first`, the day on which the team began.
    """
    if rhythm == Rhythm.REQUEST:
        return None
    if rhythm == Rhythm.MONTH:
        month = max(after, first).replace(day=1)
        while (day := _in_month(month, weekday, month_week)) <= after or day < first:
            month = (month + timedelta(days=31)).replace(day=1)
        return day
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7)
    if day > after:
        return day
    step = 7 * every_weeks
    return day + timedelta(days=((after - day).days // step + 1) * step)


def _in_month(month, weekday, week):
    """The second Tuesday of a month, given by its first day; of five weeks the last, of which there may be four."""
    first_weekday, length = monthrange(month.year, month.month)
    number = 1 + (weekday - 1 - first_weekday) % 7 + 7 * (week - 1)
    return month.replace(day=number if number <= length else number - 7)
