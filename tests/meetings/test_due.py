"""Due moments of domain.md section 12, the changes of the clock, and the ends of months."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from meetings.rules.due import Horizon, due_at


def here(text):
    return timezone.make_aware(datetime.strptime(text, "%Y-%m-%d %H:%M"))


@pytest.mark.parametrize(
    ("ends", "horizon", "due"),
    [
        # Section 12
        ("2025-03-31 15:00", "4u", "2025-03-31 19:00"),
        ("2025-03-31 15:00", "4d", "2025-04-04 15:00"),
        ("2025-03-31 15:00", "4w", "2025-04-28 15:00"),
        ("2025-03-31 15:00", "4m", "2025-07-31 15:00"),
        ("2025-10-31 15:00", "4m", "2026-02-28 15:00"),
        # A leap year, and the end of a year
        ("2027-10-31 15:00", "4m", "2028-02-29 15:00"),
        ("2026-12-30 11:20", "4d", "2027-01-03 11:20"),
        # The clock goes forward on 29 March 2026 and back on 25 October 2026: the day stays, the time on the wall too
        ("2026-03-28 14:00", "4d", "2026-04-01 14:00"),
        ("2026-03-10 10:30", "4w", "2026-04-07 10:30"),
        ("2026-10-23 14:00", "4d", "2026-10-27 14:00"),
        ("2026-10-01 14:00", "4w", "2026-10-29 14:00"),
        ("2026-11-30 14:00", "4m", "2027-03-30 14:00"),
        # Four hours pass by: over the night of the change the wall says five, or three
        ("2026-03-28 23:30", "4u", "2026-03-29 04:30"),
        ("2026-10-24 23:30", "4u", "2026-10-25 02:30"),
        # Half past two does not exist on 29 March
        ("2026-03-25 02:30", "4d", "2026-03-29 03:30"),
    ],
)
def test_a_promise_is_due_at_its_moment(ends, horizon, due):
    moment = timezone.localtime(due_at(horizon, here(ends)))

    assert moment.strftime("%Y-%m-%d %H:%M") == due


def test_of_the_hour_that_comes_twice_the_first_counts_for_days_and_the_second_for_hours():
    four_hours, four_days = due_at("4u", here("2026-10-24 23:30")), due_at("4d", here("2026-10-21 02:30"))

    assert four_hours - here("2026-10-24 23:30").astimezone(UTC) == timedelta(hours=4)
    assert four_hours - four_days == timedelta(hours=1)


@given(st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2034, 1, 1)))
def test_later_horizons_are_due_later(moment):
    ends = timezone.make_aware(moment).astimezone(UTC)
    moments = [due_at(horizon, ends) for horizon in Horizon]

    assert ends < moments[0]
    assert moments == sorted(moments)
    assert {moment.minute for moment in moments} == {ends.minute}
