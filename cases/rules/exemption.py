"""The exemption of artikel 5, onder a: what has to be true of its dates, and what to expect when (R1.3)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from access.school_year import school_year_end, school_year_start


@dataclass(frozen=True)
class Terms:
    """What the law and practice set; they change, so they come from a table with a start date."""

    statement_months: int
    notify_before: tuple[int, int]  # month and day
    warn_from: tuple[int, int]
    review_months: int
    ending_days: int


@dataclass(frozen=True)
class Finding:
    """Something about one field: an error stops, a warning is shown beside the period."""

    field: str
    text: str
    is_error: bool = False


def add_months(day, months):
    """The same day of a later month, or the last day of a shorter one."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def statement_is_recent(statement_on, notified_on, terms):
    """Old enough is counted from the statement: one of 31 March still holds on 30 June."""
    return notified_on <= add_months(statement_on, terms.statement_months)


def notify_before(starts_on, terms):
    """The day before which parents give notice for the school year of `starts_on`."""
    return date(school_year_start(starts_on).year, *terms.notify_before)


def notice_is_late(notified_on, starts_on, terms):
    """Only for an exemption of a whole school year: the first one may begin on any day, with the leerplicht itself."""
    return starts_on == school_year_start(starts_on) and notified_on >= notify_before(starts_on, terms)


def temporary_ends_on(starts_on):
    """A temporary exemption lasts for the school year it begins in."""
    return school_year_end(starts_on)


def review_by(starts_on, today, terms):
    """The last day to look again at a permanent exemption: a year on, or from today when it began long ago."""
    return add_months(max(starts_on, today), terms.review_months)


def notice_window(today, terms):
    """(first day to ask, day before which it comes) of the notices for the next school year."""
    year = school_year_end(today).year
    return date(year, *terms.warn_from), date(year, *terms.notify_before)


def notice_is_expected(ends_on, today, terms):
    """Whether to ask the parents now for a notice that follows an exemption until `ends_on`."""
    first, _ = notice_window(today, terms)
    return first <= today <= ends_on <= school_year_end(today)


def ends_soon(ends_on, today, terms):
    return today <= ends_on <= today + timedelta(days=terms.ending_days)


def findings(
    *,
    duration,
    starts_on,
    ends_on,
    notified_on,
    statement_on,
    is_by_treating,
    review_on,
    terms,
    today,
    had_end=False,
):
    """All that is not as it should be. Dates may be None while they are not known yet.

    ``had_end`` says that a permanent exemption was ended before, which a correction leaves alone.
    """
    found = []
    if is_by_treating:
        found.append(
            Finding(
                "independence",
                "Een verklaring van de eigen behandelaar telt hier niet."
                " Vraag een onafhankelijke arts, pedagoog of psycholoog.",
                is_error=True,
            )
        )
    if statement_on and notified_on:
        if statement_on > notified_on:
            found.append(Finding("statement_on", "De verklaring is van na de kennisgeving."))
        elif not statement_is_recent(statement_on, notified_on, terms):
            found.append(
                Finding(
                    "statement_on",
                    f"De verklaring is ouder dan {_months(terms.statement_months)} op de dag van de kennisgeving."
                    " Vraag een nieuwe verklaring.",
                    is_error=True,
                )
            )
    if notified_on and starts_on and notice_is_late(notified_on, starts_on, terms):
        found.append(Finding("notified_on", f"De kennisgeving kwam niet vóór {_day(notify_before(starts_on, terms))}."))
    if duration == "tijdelijk" and starts_on and ends_on and ends_on > temporary_ends_on(starts_on):
        found.append(
            Finding(
                "ends_on",
                "Een tijdelijke vrijstelling geldt voor één schooljaar."
                f" De laatste dag is uiterlijk {_day(temporary_ends_on(starts_on))}.",
                is_error=True,
            )
        )
    if duration == "blijvend" and starts_on:
        if ends_on and not had_end:
            found.append(
                Finding(
                    "ends_on",
                    "Een blijvende vrijstelling heeft geen laatste dag. Kies wanneer je opnieuw kijkt.",
                    is_error=True,
                )
            )
        if review_on and review_on < starts_on:
            found.append(Finding("review_on", "Deze dag ligt voor de eerste dag.", is_error=True))
        elif review_on and review_on > (last := review_by(starts_on, today, terms)):
            found.append(
                Finding("review_on", f"Kijk elk jaar opnieuw. Kies een dag tot en met {_day(last)}.", is_error=True)
            )
    return found


def _months(number):
    return "1 maand" if number == 1 else f"{number} maanden"


def _day(day):
    return f"{day.day}-{day.month}-{day.year}"
