import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.school_year import school_year, school_year_end, school_year_start
from cases.rules.ages import (
    Obligation,
    age_from_month,
    age_on,
    birthday,
    in_scope,
    leerplicht_ends_on,
    leerplicht_starts_on,
    obligation_on,
    scope_message,
)

births = st.dates(date(1990, 1, 1), date(2025, 12, 31))
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 3, 13), 13), (date(2026, 3, 14), 14), (date(2012, 3, 14), 0), (date(2013, 3, 13), 0)],
)
def test_age_goes_up_on_the_birthday(day, age):
    assert age_on(date(2012, 3, 14), day) == age


def test_a_day_before_birth_has_no_age():
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(2012, 3, 14), date(2012, 3, 13))


def test_someone_of_29_february_turns_on_1_march_in_other_years():
    born_on = date(2012, 2, 29)

    assert [age_on(born_on, day) for day in (date(2025, 2, 28), date(2025, 3, 1), date(2028, 2, 29))] == [12, 13, 16]


@given(births, days, st.integers(0, 400))
def test_age_never_falls(born_on, day, later):
    day = max(day, born_on)

    assert age_on(born_on, day) <= age_on(born_on, day + timedelta(days=later))


@given(births, st.integers(0, 30))
def test_the_birthday_is_the_first_day_of_the_age(born_on, age):
    day = birthday(born_on, age)

    assert age_on(born_on, day) == age
    assert age == 0 or age_on(born_on, day - timedelta(days=1)) == age - 1


@pytest.mark.parametrize(
    ("fifth_birthday", "starts_on"),
    [
        (date(2024, 2, 15), date(2024, 3, 1)),
        (date(2015, 9, 2), date(2015, 10, 1)),
        (date(2024, 3, 1), date(2024, 4, 1)),
        (date(2024, 12, 31), date(2025, 1, 1)),
    ],
)
def test_leerplicht_starts_the_month_after_the_fifth_birthday(fifth_birthday, starts_on):
    born_on = fifth_birthday.replace(year=fifth_birthday.year - 5)

    assert leerplicht_starts_on(born_on) == starts_on
    assert obligation_on(born_on, starts_on - timedelta(days=1)) is Obligation.NONE
    assert obligation_on(born_on, starts_on) is Obligation.LEERPLICHT


def test_leerplicht_ends_with_the_school_year_of_the_sixteenth_birthday():
    born_on = date(2008, 11, 10)

    assert leerplicht_ends_on(born_on) == date(2025, 7, 31)
    assert obligation_on(born_on, date(2025, 7, 31)) is Obligation.LEERPLICHT
    assert obligation_on(born_on, date(2025, 8, 1)) is Obligation.KWALIFICATIEPLICHT


@pytest.mark.parametrize(
    ("born_on", "ends_on"),
    [(date(2008, 7, 31), date(2024, 7, 31)), (date(2008, 8, 1), date(2025, 7, 31))],
)
def test_the_sixteenth_birthday_around_the_turn_of_the_school_year(born_on, ends_on):
    assert leerplicht_ends_on(born_on) == ends_on


def test_kwalificatieplicht_is_over_on_the_eighteenth_birthday():
    born_on = date(2007, 6, 1)

    assert obligation_on(born_on, date(2025, 5, 31)) is Obligation.KWALIFICATIEPLICHT
    assert obligation_on(born_on, date(2025, 6, 1)) is Obligation.NONE


def test_after_18_the_doorstroompunt_and_wel_go_on_until_the_23rd_birthday():
    born_on = date(2007, 6, 1)

    days = [date(2025, 6, 1), date(2030, 5, 31), date(2030, 6, 1)]
    assert [in_scope(age_on(born_on, day)) for day in days] == [True, True, False]


def test_a_startkwalificatie_ends_only_the_kwalificatieplicht():
    born_on = date(2008, 11, 10)

    assert obligation_on(born_on, date(2025, 8, 1), has_startkwalificatie=True) is Obligation.NONE
    assert obligation_on(born_on, date(2025, 7, 31), has_startkwalificatie=True) is Obligation.LEERPLICHT


@given(births, days)
def test_obligations_only_follow_each_other_in_one_order(born_on, day):
    order = [Obligation.NONE, Obligation.LEERPLICHT, Obligation.KWALIFICATIEPLICHT, Obligation.NONE]
    start = max(day, born_on)

    seen = [obligation_on(born_on, start + timedelta(days=100 * step)) for step in range(60)]

    changes = [seen[0]] + [now for before, now in itertools.pairwise(seen) if now is not before]
    assert any(order[first : first + len(changes)] == changes for first in range(len(order)))


def test_obligations_have_a_dutch_label():
    assert [obligation.label for obligation in Obligation] == [
        "niet leerplichtig",
        "leerplichtig",
        "kwalificatieplichtig",
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2025, 7, 31), "2024-2025"), (date(2025, 8, 1), "2025-2026"), (date(2026, 1, 1), "2025-2026")],
)
def test_school_years_turn_on_1_august(day, name):
    assert school_year(day) == name


@given(days)
def test_every_day_lies_in_its_school_year(day):
    start, end = school_year_start(day), school_year_end(day)

    assert start <= day <= end
    assert school_year(start) == school_year(day) == school_year(end)
    assert school_year(end + timedelta(days=1)) != school_year(day)


@pytest.mark.parametrize(
    ("month", "day", "text"),
    [
        (3, date(2026, 4, 1), "14 jaar"),
        (3, date(2026, 2, 28), "13 jaar"),
        (3, date(2026, 3, 15), "ongeveer 13 jaar"),
        (3, date(2026, 3, 16), "ongeveer 14 jaar"),
        (None, date(2026, 6, 30), "ongeveer 13 jaar"),
        (None, date(2026, 7, 1), "ongeveer 14 jaar"),
        (12, date(2012, 12, 31), "ongeveer 0 jaar"),
    ],
)
def test_age_from_month_says_when_it_guesses(month, day, text):
    assert age_from_month(2012, month, day).text == text


@pytest.mark.parametrize(("year", "month"), [(2027, None), (2026, 4), (2012, 0), (2012, 13)])
def test_age_from_month_refuses_what_cannot_be(year, month):
    with pytest.raises(ValueError, match=r"month|birth"):
        age_from_month(year, month, date(2026, 3, 18))


@given(births, days)
def test_age_from_month_is_right_where_it_claims_to_be(born_on, day):
    day = max(day, born_on)
    age = age_on(born_on, day)

    from_month = age_from_month(born_on.year, born_on.month, day)
    from_year = age_from_month(born_on.year, None, day)

    assert from_month.years == age or (not from_month.is_exact and abs(from_month.years - age) == 1)
    assert not from_year.is_exact
    assert abs(from_year.years - age) <= 1


@pytest.mark.parametrize(("age", "expected"), [(3, False), (4, True), (22, True), (23, False)])
def test_wel_is_for_4_to_23(age, expected):
    assert in_scope(age) is expected


def test_scope_message_names_the_age():
    assert scope_message(27) == "Volgens deze datum is de jeugdige 27 jaar. WEL is voor 4 tot 23 jaar."
