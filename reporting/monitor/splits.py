"""The splits of a number of jeugdigen (R13.1 i): every person falls in one group, so that the groups add up to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cases.rules.ages import age_from_month

UNKNOWN = "onbekend"
BANDS = ((4, 4), (5, 11), (12, 15), (16, 17), (18, 22))
BAND_NAMES = tuple(str(low) if low == high else f"{low}-{high}" for low, high in BANDS)
OUTSIDE = "buiten"


@dataclass(frozen=True)
class Person:
    """Somebody who counts: a code where the reader may know it, else a key that means nothing."""

    key: int | str
    swv_kind: str  # PO or VO
    situation: str
    side_group: str
    exemption_kind: str
    birth_year: int | None
    birth_month: int | None


@dataclass(frozen=True)
class Split:
    key: str
    name: str
    definition: str
    groups: tuple[tuple[str, str], ...]
    group_of: Callable[[Person, date], str]


def situation_of(person, day):
    if person.situation == "anders" and person.side_group:
        return "nevengroep"
    return person.situation or UNKNOWN


def duration_of(person, day):
    if person.situation != "5a":
        return "geen"
    return person.exemption_kind or UNKNOWN


def kind_of(person, day):
    return person.swv_kind.lower() or UNKNOWN


def band_of(person, day):
    """4, 5-11, 12-15, 16-17 or 18-22 on that day, as far as month and year of birth tell."""
    if not person.birth_year:
        return UNKNOWN
    try:
        years = age_from_month(person.birth_year, person.birth_month, day).years
    except ValueError:  # born after that day
        return OUTSIDE
    found = (name for name, (low, high) in zip(BAND_NAMES, BANDS, strict=True) if low <= years <= high)
    return next(found, OUTSIDE)


SPLITS = (
    Split(
        "situatie",
        "Situatie",
        "Zoals die nu bij de jeugdige staat.",
        (
            ("5a", "Vrijstelling 5 onder a"),
            ("av", "Absoluut verzuim"),
            ("nevengroep", "Nevengroep"),
            ("anders", "Anders, zonder schoolinschrijving"),
            (UNKNOWN, "Onbekend"),
        ),
        situation_of,
    ),
    Split(
        "duur",
        "Duur van de vrijstelling",
        "Zoals die nu bij de jeugdige staat.",
        (
            ("tijdelijk", "Tijdelijk"),
            ("blijvend", "Blijvend"),
            (UNKNOWN, "Onbekend"),
            ("geen", "Geen vrijstelling 5 onder a"),
        ),
        duration_of,
    ),
    Split(
        "onderwijs",
        "Primair of voortgezet onderwijs",
        "De soort van het SWV waar de jeugdige nu bij hoort.",
        (("po", "Primair onderwijs (po)"), ("vo", "Voortgezet onderwijs (vo)"), (UNKNOWN, "Onbekend")),
        kind_of,
    ),
    Split(
        "leeftijd",
        "Leeftijd",
        "Op de peildatum. WEL kent hier maand en jaar van de geboorte, niet de dag.",
        (
            *((name, f"{name.replace('-', ' tot en met ')} jaar") for name in BAND_NAMES),
            (OUTSIDE, "Jonger dan 4 of ouder dan 22 jaar"),
            (UNKNOWN, "Onbekend"),
        ),
        band_of,
    ),
)
SPLIT_BY_KEY = {split.key: split for split in SPLITS}
GENDER_NOTE = "WEL legt het geslacht van een jeugdige niet vast. Daarom is er geen telling naar geslacht."
