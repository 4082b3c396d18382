"""When people work here: mail that can wait, waits for a morning on which somebody does."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from holidays import country_holidays

MORNING, EVENING = time(8), time(18)


def closed_days():
    """The days of the Netherlands on which nobody works; weekends come on top."""
    return country_holidays("NL")


def morning_of(day):
    """Eight o'clock on the clock of that day; summer time begins and ends before it."""
    return timezone.make_aware(datetime.combine(day, MORNING)).astimezone(UTC)


def is_working_day(day, holidays):
    return day.weekday() < 5 and day not in holidays


def is_working_time(moment, holidays):
    local = timezone.localtime(moment)
    return is_working_day(local.date(), holidays) and MORNING <= local.time() <= EVENING


def next_morning(moment, holidays):
    """The first morning of a working day that is not before `moment`."""
    day = timezone.localdate(moment)
    while not is_working_day(day, holidays) or morning_of(day) < moment:
        day += timedelta(days=1)
    return morning_of(day)


def last_morning(moment, holidays):
    """The last morning of a working day that is not after `moment`."""
    day = timezone.localdate(moment)
    while not is_working_day(day, holidays) or morning_of(day) > moment:
        day -= timedelta(days=1)
    return morning_of(day)
