"""When a reminder leaves: not at night, not on a day on which nobody works, and while it can still be done."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from holidays import country_holidays

from meetings.rules.due import Horizon, due_at
from meetings.rules.remind import feedback_reminders, promise_reminder

HERE = ZoneInfo("Europe/Amsterdam")
CLOSED = country_holidays("NL")


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def reminded(horizon, ends):
    ends_at = here(ends).astimezone(UTC)
    moment = promise_reminder(horizon, ends_at=ends_at, due_at=due_at(horizon, ends_at), holidays=CLOSED)
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("horizon", "ends", "expected"),
    [
        # Four hours: at that moment, within working hours
        ("4u", "2026-11-25T10:45", "2026-11-25T14:45"),
        ("4u", "2026-11-25T14:00", "2026-11-25T18:00"),
        ("4u", "2026-11-25T14:01", "2026-11-26T08:00"),
        ("4u", "2026-11-25T20:30", "2026-11-26T08:00"),
        ("4u", "2026-11-25T03:30", "2026-11-25T08:00"),
        ("4u", "2026-11-27T15:00", "2026-11-30T08:00"),  # Friday evening: Monday
        ("4u", "2026-11-28T09:00", "2026-11-30T08:00"),  # a table on Saturday
        ("4u", "2026-12-24T15:00", "2026-12-28T08:00"),  # Christmas on Friday and Saturday
        ("4u", "2026-04-26T20:30", "2026-04-28T08:00"),  # Koningsdag is Monday
        ("4u", "2026-04-27T09:00", "2026-04-28T08:00"),
        ("4u", "2027-03-26T15:00", "2027-03-30T08:00"),  # Easter
        ("4u", "2026-10-24T22:30", "2026-10-26T08:00"),  # the night in which the clock goes back
        ("4u", "2026-03-28T22:30", "2026-03-30T08:00"),  # and forward
        # Four days: that morning, else the working day before it
        ("4d", "2026-11-23T14:15", "2026-11-27T08:00"),
        ("4d", "2026-11-25T14:15", "2026-11-27T08:00"),  # Sunday: Friday
        ("4d", "2026-11-24T14:15", "2026-11-27T08:00"),  # Saturday: Friday
        ("4d", "2026-11-26T14:15", "2026-11-30T08:00"),
        ("4d", "2026-11-20T07:30", "2026-11-23T08:00"),  # due at half past seven: the morning before
        ("4d", "2027-03-24T10:45", "2027-03-25T08:00"),  # Easter Sunday: Thursday, as Good Friday counts too
        ("4d", "2027-03-25T10:45", "2027-03-30T08:00"),  # no working morning until Easter Monday: the first one after
        ("4d", "2026-04-23T10:45", "2026-04-24T08:00"),  # Koningsdag on Monday
        ("4d", "2026-12-21T10:45", "2026-12-24T08:00"),  # Christmas Day
        ("4d", "2025-12-24T10:45", "2025-12-29T08:00"),  # no working morning until Sunday: the first one after
        ("4d", "2026-10-22T14:15", "2026-10-26T08:00"),  # the clock goes back in between
        ("4d", "2026-03-26T14:15", "2026-03-30T08:00"),  # and forward
        # Four weeks and four months
        ("4w", "2026-11-25T14:15", "2026-12-23T08:00"),
        ("4w", "2026-11-27T14:15", "2026-12-24T08:00"),  # Christmas Day: Christmas Eve
        ("4w", "2026-03-02T14:15", "2026-03-30T08:00"),
        ("4m", "2026-11-25T14:15", "2027-03-25T08:00"),
        ("4m", "2025-10-31T14:15", "2026-02-27T08:00"),  # 28 February is a Saturday
        ("4m", "2026-08-25T14:15", "2026-12-24T08:00"),
        ("4m", "2026-12-27T14:15", "2027-04-26T08:00"),  # Koningsdag
    ],
)
def test_a_promise_is_reminded_of_in_working_hours_and_while_it_can_be_done(horizon, ends, expected):
    assert reminded(horizon, ends) == expected


def test_whatever_the_table_the_reminder_is_in_working_time_and_after_it():
    day = date(2026, 1, 1)
    while day < date(2027, 4, 1):
        for hour in ("06:30", "11:15", "17:50", "23:15"):
            ends_at = here(f"{day}T{hour}").astimezone(UTC)
            for horizon in Horizon.values:
                due = due_at(horizon, ends_at)
                moment = promise_reminder(horizon, ends_at=ends_at, due_at=due, holidays=CLOSED)
                local = timezone.localtime(moment)
                assert local.weekday() < 5, (day, hour, horizon)
                assert local.date() not in CLOSED, (day, hour, horizon)
                assert 8 <= local.hour <= 18, (day, hour, horizon)
                assert ends_at < moment, (day, hour, horizon)
                if horizon in ("4w", "4m"):
                    assert moment <= due, (day, hour, horizon)
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("table_on", "days", "before", "after"),
    [
        (date(2026, 11, 25), 7, date(2026, 11, 30), date(2026, 12, 3)),  # Wednesday: Monday, then Thursday
        (date(2026, 11, 23), 7, date(2026, 11, 27), date(2026, 12, 1)),  # day 5 is Saturday
        (date(2026, 11, 27), 7, date(2026, 12, 2), date(2026, 12, 7)),  # the day after the term is Saturday
        (date(2026, 12, 21), 7, date(2026, 12, 24), date(2026, 12, 29)),  # day 5 is Boxing Day
        (date(2026, 4, 22), 7, date(2026, 4, 24), date(2026, 4, 30)),  # day 5 is Koningsdag
        (date(2026, 3, 25), 7, date(2026, 3, 30), date(2026, 4, 2)),  # summer time begins in between
        (date(2026, 3, 31), 7, date(2026, 4, 2), date(2026, 4, 8)),  # Easter, from Good Friday on
        (date(2026, 11, 25), 5, date(2026, 11, 27), date(2026, 12, 1)),  # a team that takes five days
        (date(2026, 11, 25), 2, date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 11, 27), 2, None, date(2026, 11, 30)),  # only a weekend: no morning before it
    ],
)
def test_who_tells_the_youth_hears_of_it_on_day_five_and_when_it_is_over_time(table_on, days, before, after):
    found = feedback_reminders(table_on=table_on, due_on=table_on + timedelta(days=days), holidays=CLOSED)

    assert [moment and timezone.localdate(moment) for moment in found] == [before, after]
    assert {timezone.localtime(moment).hour for moment in found if moment} == {8}
