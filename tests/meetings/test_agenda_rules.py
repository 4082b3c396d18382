"""Where a place is free, how many people is many, and three working days before."""

from datetime import UTC, date, datetime, timedelta

import pytest

from meetings.rules.agenda import free_start, too_many, working_days_before

START = datetime(2026, 4, 8, 8, 0, tzinfo=UTC)
END = START + timedelta(minutes=90)


def at(*minutes):
    return START + timedelta(minutes=minutes[0]), START + timedelta(minutes=minutes[1])


@pytest.mark.parametrize(
    ("taken", "begin"),
    [
        ([], 0),
        ([at(0, 45)], 45),
        ([at(45, 90)], 0),
        ([at(30, 75)], None),  # no three quarters are left on either side
        ([at(0, 45), at(45, 90)], None),
        ([at(5, 10), at(10, 15)], None),  # two is full, however short they are
    ],
)
def test_the_first_place_of_45_minutes_at_a_table_for_two(taken, begin):
    found = free_start(START, END, taken[::-1], minutes=45, most=2)

    assert found == (None if begin is None else START + timedelta(minutes=begin))


def test_more_people_than_enough_is_a_question():
    assert too_many(5, enough=5) == ""
    assert too_many(6, enough=5) == "Zes mensen aan tafel is veel voor een jongere. Toch doen?"
    assert too_many(14, enough=5).startswith("14 mensen")


def test_weekends_and_holidays_are_no_working_days():
    easter_monday = date(2026, 4, 6)

    assert working_days_before(date(2026, 4, 9), 3, {easter_monday}) == date(2026, 4, 3)
    assert working_days_before(date(2026, 4, 9), 3, set()) == date(2026, 4, 6)
    assert working_days_before(date(2026, 4, 13), 3, set()) == date(2026, 4, 8)  # a Monday
