from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.dutch_dates import (
    FutureDate,
    ImpossibleDate,
    UnreadableDate,
    UnreadableMonth,
    YearMonth,
    date_text,
    month_text,
    parse_date,
    parse_month,
    parse_past_date,
    time_text,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "14-3-2012",
        "14-03-2012",
        "14 03 2012",
        "14 3 2012",
        "14032012",
        "14/3/2012",
        "14.3.2012",
        "14 maart 2012",
        "14 Maart 2012",
        "14 mrt. 2012",
        "14-mrt-2012",
        "2012-03-14",
        "  14 - 3 - 2012 ",
        "wo 14 maart 2012",
    ],
)
def test_reads_the_ways_people_write_a_date(text):
    assert parse_date(text) == date(2012, 3, 14)


@pytest.mark.parametrize(
    "text",
    ["", "gisteren", "14-3-12", "14 march 2012", "2012", "3-2012", "14-3-0212", "14-3/2012", "140312", "14--3-2012"],
)
def test_says_how_to_write_a_date(text):
    with pytest.raises(UnreadableDate) as raised:
        parse_date(text)

    assert str(raised.value) == "Schrijf de datum als dag, maand, jaar. Bijvoorbeeld 14-3-2012."


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("31-02-2012", "31-02-2012"),
        ("31022012", "31-02-2012"),
        ("29 februari 2013", "29-02-2013"),
        ("2012-13-01", "01-13-2012"),
        ("32-1-2012", "32-01-2012"),
    ],
)
def test_says_which_day_does_not_exist(text, read_as):
    with pytest.raises(ImpossibleDate) as raised:
        parse_date(text)

    assert str(raised.value) == f"We lezen {read_as}. Die dag bestaat niet."


def test_a_month_zero_is_not_readable():
    with pytest.raises(UnreadableDate):
        parse_date("14-0-2012")


def test_a_past_date_may_be_today_but_not_tomorrow():
    today = date(2026, 3, 18)

    assert parse_past_date("18-3-2026", today) == today
    with pytest.raises(FutureDate, match=r"^Deze datum ligt in de toekomst\.$"):
        parse_past_date("19-3-2026", today)


@given(days)
def test_reads_back_every_way_of_writing(day):
    for text in (
        f"{day.day}-{day.month}-{day.year}",
        day.strftime("%d%m%Y"),
        day.strftime("%d %m %Y"),
        day.isoformat(),
        date_text(day, date(2300, 1, 1)),
    ):
        assert parse_date(text) == day


@given(st.text(max_size=20) | st.text("0123456789-/. ", max_size=12))
def test_any_text_is_a_date_or_a_dutch_answer(text):
    try:
        found = parse_date(text)
    except (UnreadableDate, ImpossibleDate) as error:
        assert str(error).endswith(".")  # noqa: PT017 - most texts raise, some do not
    else:
        assert isinstance(found, date)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9-2024", YearMonth(2024, 9)),
        ("09/2024", YearMonth(2024, 9)),
        ("092024", YearMonth(2024, 9)),
        ("2024-09", YearMonth(2024, 9)),
        ("sept 2024", YearMonth(2024, 9)),
        ("sep. 2024", YearMonth(2024, 9)),
        ("September 2024", YearMonth(2024, 9)),
        ("ongeveer september 2024", YearMonth(2024, 9)),
        ("14-9-2024", YearMonth(2024, 9)),
        ("2024", YearMonth(2024)),
        ("sinds ongeveer 2024", YearMonth(2024)),
    ],
)
def test_reads_a_month_that_may_be_about_right(text, expected):
    assert parse_month(text) == expected


@pytest.mark.parametrize("text", ["", "september", "13-2024", "0-2024", "zomer 2024", "9-24", "1024"])
def test_says_how_to_write_a_month(text):
    with pytest.raises(UnreadableMonth) as raised:
        parse_month(text)

    assert str(raised.value) == ("Schrijf de maand en het jaar. Bijvoorbeeld september 2024. Alleen het jaar mag ook.")


def test_dates_name_the_year_only_outside_this_school_year():
    today = date(2026, 3, 4)

    assert date_text(date(2026, 3, 18), today) == "wo 18 maart"
    assert date_text(date(2025, 8, 1), today) == "vr 1 augustus"
    assert date_text(date(2025, 7, 31), today) == "do 31 juli 2025"


def test_months_name_the_year_only_outside_this_school_year():
    today = date(2026, 3, 4)

    assert month_text(YearMonth(2025, 9), today) == "september"
    assert month_text(date(2026, 7, 31), today) == "juli"
    assert month_text(YearMonth(2024, 9), today) == "september 2024"
    assert month_text(YearMonth(2024), today) == "2024"


def test_times_are_written_with_a_point():
    assert [time_text(time(15, 20)), time_text(time(9, 5))] == ["15.20 uur", "9.05 uur"]
