"""Ages, and what the Leerplichtwet asks of a jeugdige on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from access.school_year import school_year_end

# "Kinderen" in the programme are 4 up to their 23rd birthday, when the Doorstroompunt stops as well.
YOUNGEST = 4
TOO_OLD = 23


class Obligation(StrEnum):
    """What the Leerplichtwet 1969 asks on one day."""

    NONE = "none"
    LEERPLICHT = "leerplicht"
    KWALIFICATIEPLICHT = "kwalificatieplicht"

    @property
    def label(self):
        return "niet leerplichtig" if self is Obligation.NONE else f"{self.value}ig"


def birthday(born_on, age):
    """The day someone becomes ``age``. Born on 29 February: 1 March in other years.

    No source settles the 29th. A year of life is full when its last day has ended, so the later
    day is the one on which nobody is treated as older than they are.
    """
    year = born_on.year + age
    try:
        return born_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(born_on, day):
    """Full years on ``day``. ValueError for a day before birth."""
    if day < born_on:
        raise ValueError("the day lies before the birth")
    years = day.year - born_on.year
    return years if birthday(born_on, years) <= day else years - 1


def in_scope(age):
    """4 up to and including 22: "WEL is voor 4 tot 23 jaar"."""
    return YOUNGEST <= age < TOO_OLD


def scope_message(age):
    return f"Volgens deze datum is de jeugdige {age} jaar. WEL is voor 4 tot 23 jaar."


@dataclass(frozen=True)
class ApproximateAge:
    """An age from a month or a year of birth; ``is_exact`` when the missing day could not change it."""

    years: int
    is_exact: bool

    @property
    def text(self):
        return f"{self.years} jaar" if self.is_exact else f"ongeveer {self.years} jaar"

    def __str__(self):
        return self.text


def age_from_month(birth_year, birth_month, day):
    """Age when only month and year, or only the year (``birth_month`` None), of birth are known.

    Where the missing part matters the birthday is taken to be half-way, so the guess is off by
    at most half that part. ValueError for a month that is none or lies after ``day``.
    """
    if birth_month is not None and not 1 <= birth_month <= 12:
        raise ValueError("a month is 1 to 12")
    if (birth_year, birth_month or 1) > (day.year, day.month):
        raise ValueError("the day lies before the birth")
    years = day.year - birth_year
    if birth_month is None:
        has_had_birthday, is_exact = day.month >= 7, False
    elif birth_month == day.month:
        has_had_birthday, is_exact = day.day >= 16, False
    else:
        has_had_birthday, is_exact = day.month > birth_month, True
    return ApproximateAge(max(0, years if has_had_birthday else years - 1), is_exact)


def leerplicht_starts_on(born_on):
    """Leerplichtwet art. 3: first day of the month after the one in which the child turns five."""
    fifth = birthday(born_on, 5)
    return date(fifth.year + fifth.month // 12, fifth.month % 12 + 1, 1)


def leerplicht_ends_on(born_on):
    """Last day of volledige leerplicht: the end of the school year in which the jeugdige turns sixteen."""
    return school_year_end(birthday(born_on, 16))


def kwalificatieplicht_ends_on(born_on):
    """The eighteenth birthday; on that day itself the kwalificatieplicht is over."""
    return birthday(born_on, 18)


def obligation_on(born_on, day, has_startkwalificatie=False):
    """Leerplicht, then kwalificatieplicht (Leerplichtwet art. 4a) until eighteen or a startkwalificatie.

    A startkwalificatie (vwo, havo, mbo 2 or higher) ends the kwalificatieplicht only: the
    volledige leerplicht before it is about age.
    """
    if day < leerplicht_starts_on(born_on):
        return Obligation.NONE
    if day <= leerplicht_ends_on(born_on):
        return Obligation.LEERPLICHT
    if day < kwalificatieplicht_ends_on(born_on) and not has_startkwalificatie:
        return Obligation.KWALIFICATIEPLICHT
    return Obligation.NONE
