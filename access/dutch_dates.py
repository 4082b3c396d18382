"""Reads dates the way people type them, and writes them the way the interface shows them."""

import re
from dataclasses import dataclass
from datetime import date

from access.school_year import school_year

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()}
MONTH_NUMBERS |= {"mrt": 3, "febr": 2, "sept": 9}

# A year outside these is a slip of the finger: nobody concerned was born or acts in it.
FIRST_YEAR, LAST_YEAR = 1900, 2199

WEEKDAY = r"(?:(?:ma|di|wo|do|vr|za|zo)\.?\s+)?"
DATE_SHAPES = (
    re.compile(r"(?P<day>\d{1,2})(?P<s>\s*[-/.]\s*|\s+)(?P<month>\d{1,2})(?P=s)(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(WEEKDAY + r"(?P<day>\d{1,2})[\s-]+(?P<name>[a-z]+)\.?[\s-]+(?P<year>\d{4})"),
)
ABOUT = re.compile(r"^(?:(?:sinds|ongeveer|circa|ca\.?|rond)\s+)*")
MONTH_SHAPES = (
    re.compile(r"(?P<month>\d{1,2})\s*[-/.\s]\s*(?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{2})(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    re.compile(r"(?P<name>[a-z]+)\.?[\s-]*(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})"),
)


class DateError(ValueError):
    """Its text is Dutch and meant for the person who typed."""


class UnreadableDate(DateError):
    def __init__(self):
        super().__init__("Schrijf de datum als dag, maand, jaar. Bijvoorbeeld 14-3-2012.")


class ImpossibleDate(DateError):
    def __init__(self, day, month, year):
        super().__init__(f"We lezen {day:02}-{month:02}-{year:04}. Die dag bestaat niet.")


class FutureDate(DateError):
    def __init__(self):
        super().__init__("Deze datum ligt in de toekomst.")


class UnreadableMonth(DateError):
    def __init__(self):
        super().__init__("Schrijf de maand en het jaar. Bijvoorbeeld september 2024. Alleen het jaar mag ook.")


@dataclass(frozen=True)
class YearMonth:
    """A month that may be known by its year only."""

    year: int
    month: int | None = None


def parse_date(text):
    """14-3-2012, 14 03 2012, 14032012, 14/3/2012, 14.3.2012, 14 maart 2012 and 2012-03-14.

    Years have four digits: 12 may be 1912 or 2012. Raises UnreadableDate or ImpossibleDate.
    """
    found = _first_match(DATE_SHAPES, _clean(text))
    month = found and _month_number(found)
    if not month or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        raise UnreadableDate
    parts = int(found["year"]), month, int(found["day"])
    try:
        return date(*parts)
    except ValueError:
        raise ImpossibleDate(*reversed(parts)) from None


def parse_past_date(text, today):
    """As parse_date; raises FutureDate for a day after ``today``."""
    day = parse_date(text)
    if day > today:
        raise FutureDate
    return day


def parse_month(text):
    """9-2024, sept 2024, "ongeveer september 2024", 2024-09 and 2024; a whole date gives its month.

    Raises UnreadableMonth, or ImpossibleDate for a whole date that does not exist.
    """
    text = ABOUT.sub("", _clean(text))
    found = _first_match(MONTH_SHAPES, text)
    if not found:
        try:
            day = parse_date(text)
        except UnreadableDate:
            raise UnreadableMonth from None
        return YearMonth(day.year, day.month)
    has_month = bool(found.groupdict().get("month") or found.groupdict().get("name"))
    month = _month_number(found) if has_month else None
    is_month = month in range(1, 13) if has_month else True
    if not is_month or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        raise UnreadableMonth
    return YearMonth(int(found["year"]), month)


def date_text(day, today):
    """For example "wo 18 maart"; with the year if ``day`` is not in the school year of ``today``."""
    text = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return text if school_year(day) == school_year(today) else f"{text} {day.year}"


def month_text(month, today):
    """For example "maart"; "maart 2024" outside the school year of ``today``, "2024" if only the year is known.

    ``month`` is anything with a year and a month: a YearMonth or a date.
    """
    if month.month is None:
        return str(month.year)
    name = MONTHS[month.month - 1]
    is_this_year = school_year(date(month.year, month.month, 1)) == school_year(today)
    return name if is_this_year else f"{name} {month.year}"


def time_text(moment):
    """For example "15.20 uur"."""
    return f"{moment.hour}.{moment.minute:02} uur"


def _clean(text):
    return " ".join(text.split()).lower()


def _first_match(shapes, text):
    return next((match for shape in shapes if (match := shape.fullmatch(text))), None)


def _month_number(found):
    """0 for a word that is no month."""
    groups = found.groupdict()
    return MONTH_NUMBERS.get(groups["name"], 0) if groups.get("name") else int(groups["month"])
