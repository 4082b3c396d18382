"""When WEL reminds somebody of what was agreed at a table: during working hours, and while it can still be done."""

from datetime import timedelta

from access.working_time import is_working_time, last_morning, morning_of, next_morning
from meetings.rules.due import Horizon

TWO_DAYS = timedelta(days=2)


def promise_reminder(horizon, *, ends_at, due_at, holidays):
    """The moment for a promise of a table that ended at `ends_at` (R8.2).

    Four hours: then, or when nobody works then, the next working morning; before it there is nothing to remind of.
    The other terms: the morning of the day itself, or of the working day before it. Later would be too late: it could
    not be done in time any more, and after four months a deelnemer opens the table no longer. Where no working morning
    lies between the table and the term (four days around Christmas) it is the first one after.
    """
    if horizon == Horizon.HOURS:
        return due_at if is_working_time(due_at, holidays) else next_morning(due_at, holidays)
    morning = last_morning(due_at, holidays)
    return morning if morning > ends_at else next_morning(due_at, holidays)


def feedback_reminders(*, table_on, due_on, holidays):
    """For who tells the youth: on day 5 of the 7, or the working day before it, and once when it is over time (R9.1).

    Day 5 is two days before the last one, also where a team takes more days or fewer. The first is None when no working
    day lies between.
    """
    before = None
    for day in (due_on - TWO_DAYS, due_on):
        morning = last_morning(morning_of(day), holidays)
        if morning > morning_of(table_on):
            before = morning
            break
    return before, next_morning(morning_of(due_on + timedelta(days=1)), holidays)
