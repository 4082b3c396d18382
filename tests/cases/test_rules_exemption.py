"""The exemption of artikel 5, onder a: the dates of domain.md section 12, and what follows from other terms."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.exemption import (
    Terms,
    add_months,
    ends_soon,
    findings,
    notice_is_expected,
    notice_is_late,
    review_by,
    statement_is_recent,
    temporary_ends_on,
)

TERMS = Terms(statement_months=3, notify_before=(7, 1), warn_from=(5, 1), review_months=12, ending_days=56)
GOOD = {
    "duration": "tijdelijk",
    "starts_on": date(2025, 8, 1),
    "ends_on": date(2026, 7, 31),
    "notified_on": date(2025, 6, 20),
    "statement_on": date(2025, 5, 20),
    "is_by_treating": False,
    "review_on": None,
    "terms": TERMS,
    "today": date(2025, 9, 1),
}


@pytest.mark.parametrize(
    ("statement", "notice", "is_recent"),
    [
        (date(2025, 3, 31), date(2025, 6, 30), True),
        (date(2025, 3, 30), date(2025, 6, 30), True),
        (date(2025, 3, 29), date(2025, 6, 30), False),
        (date(2024, 11, 30), date(2025, 2, 28), True),
        (date(2024, 11, 30), date(2025, 3, 1), False),
        (date(2025, 6, 30), date(2025, 6, 30), True),
    ],
)
def test_a_statement_is_at_most_three_months_old_at_the_notice(statement, notice, is_recent):
    assert statement_is_recent(statement, notice, TERMS) is is_recent


@pytest.mark.parametrize(
    ("notice", "starts_on", "is_late"),
    [
        (date(2025, 7, 1), date(2025, 8, 1), True),
        (date(2025, 6, 30), date(2025, 8, 1), False),
        (date(2025, 9, 15), date(2025, 8, 1), True),
        (date(2024, 7, 1), date(2025, 8, 1), False),
        (date(2026, 2, 10), date(2026, 3, 1), False),  # begins with the leerplicht itself
    ],
)
def test_a_notice_for_a_school_year_comes_before_1_july(notice, starts_on, is_late):
    assert notice_is_late(notice, starts_on, TERMS) is is_late


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2025, 8, 1), date(2026, 7, 31)),
        (date(2026, 7, 31), date(2026, 7, 31)),
        (date(2026, 1, 1), date(2026, 7, 31)),
    ],
)
def test_a_temporary_exemption_ends_with_its_school_year(starts_on, ends_on):
    assert temporary_ends_on(starts_on) == ends_on


@pytest.mark.parametrize(
    ("starts_on", "today", "last"),
    [
        (date(2025, 8, 1), date(2025, 8, 1), date(2026, 8, 1)),
        (date(2020, 8, 1), date(2025, 9, 1), date(2026, 9, 1)),
        (date(2024, 2, 29), date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_permanent_exemption_is_looked_at_again_within_a_year(starts_on, today, last):
    assert review_by(starts_on, today, TERMS) == last


@pytest.mark.parametrize(
    ("today", "ends_on", "is_expected"),
    [
        (date(2026, 4, 30), date(2026, 7, 31), False),
        (date(2026, 5, 1), date(2026, 7, 31), True),
        (date(2026, 7, 31), date(2026, 7, 31), True),
        (date(2026, 8, 1), date(2026, 7, 31), False),
        (date(2026, 6, 1), date(2027, 7, 31), False),
    ],
)
def test_the_next_notice_is_expected_from_1_may(today, ends_on, is_expected):
    assert notice_is_expected(ends_on, today, TERMS) is is_expected


@pytest.mark.parametrize(
    ("today", "is_soon"),
    [(date(2026, 6, 4), False), (date(2026, 6, 5), True), (date(2026, 7, 31), True), (date(2026, 8, 1), False)],
)
def test_an_end_is_told_eight_weeks_before(today, is_soon):
    assert ends_soon(date(2026, 7, 31), today, TERMS) is is_soon


def test_what_is_right_has_no_findings():
    assert findings(**GOOD) == []


@pytest.mark.parametrize(
    ("changed", "field", "is_error"),
    [
        ({"is_by_treating": True}, "independence", True),
        ({"statement_on": date(2025, 3, 19)}, "statement_on", True),
        ({"statement_on": date(2025, 6, 21)}, "statement_on", False),
        ({"notified_on": date(2025, 7, 1)}, "notified_on", False),
        ({"ends_on": date(2026, 8, 1)}, "ends_on", True),
        ({"duration": "blijvend", "review_on": date(2026, 8, 1)}, "ends_on", True),
        ({"duration": "blijvend", "ends_on": None, "review_on": date(2026, 9, 2)}, "review_on", True),
        ({"duration": "blijvend", "ends_on": None, "review_on": date(2025, 7, 31)}, "review_on", True),
    ],
)
def test_what_is_not_right_is_said_at_its_field(changed, field, is_error):
    assert [(found.field, found.is_error) for found in findings(**GOOD | changed)] == [(field, is_error)]


@pytest.mark.parametrize("missing", ["starts_on", "ends_on", "notified_on", "statement_on"])
@pytest.mark.parametrize("duration", ["tijdelijk", "blijvend", ""])
def test_what_is_not_known_yet_is_no_finding(missing, duration):
    rest = {"ends_on": None, "review_on": date(2026, 8, 1)} if duration == "blijvend" else {}
    assert findings(**GOOD | {"duration": duration} | rest | {missing: None}) == []


def test_other_terms_give_other_answers():
    other = replace(TERMS, statement_months=1, notify_before=(6, 1), review_months=6)

    assert not statement_is_recent(date(2025, 3, 31), date(2025, 6, 30), other)
    assert notice_is_late(date(2025, 6, 20), date(2025, 8, 1), other)
    assert review_by(date(2025, 8, 1), date(2025, 8, 1), other) == date(2026, 2, 1)


def test_months_later_is_the_same_day_or_the_last_one():
    assert [add_months(date(2025, 10, 31), months) for months in (1, 3, 4)] == [
        date(2025, 11, 30),
        date(2026, 1, 31),
        date(2026, 2, 28),
    ]
