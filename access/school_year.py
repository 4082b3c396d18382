"""The school year: 1 August up to and including 31 July."""

from datetime import date

FIRST_MONTH = 8


def school_year_start(day):
    return date(day.year if day.month >= FIRST_MONTH else day.year - 1, FIRST_MONTH, 1)


def school_year_end(day):
    return date(school_year_start(day).year + 1, 7, 31)


def school_year(day):
    """The name of the school year ``day`` falls in: "2025-2026"."""
    year = school_year_start(day).year
    return f"{year}-{year + 1}"
