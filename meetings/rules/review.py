"""When a table is looked back on (R9.3), and when who sat there is phoned (R9.2)."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils import timezone

from meetings.rules.due import Horizon, due_at

CALLING_DAYS = 7  # after that it fades from Vandaag by itself


class Moment(TextChoices):
    WEEKS = Horizon.WEEKS.value, "Na 4 weken"
    MONTHS = Horizon.MONTHS.value, "Na 4 maanden"


def review_on(moment, ends_at):
    """The day from which somebody looks back, counted as a promise of the same length is."""
    return timezone.localdate(due_at(moment, ends_at))


def next_working_day(day, holidays):
    day += timedelta(days=1)
    while day.weekday() > 4 or day in holidays:
        day += timedelta(days=1)
    return day


def days_to_call_about(today, holidays):
    """The days of tables whose people are phoned today: from the next working day on, for a week."""
    found = (today - timedelta(days=back) for back in range(1, CALLING_DAYS + 14))
    return [day for day in found if 0 <= (today - next_working_day(day, holidays)).days < CALLING_DAYS]
