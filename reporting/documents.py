"""What a document says: frozen dataclasses, read from the database before layout starts and pseudonymised already.

Nothing here knows the ORM or the clock, so a document is plain values that a test can write down."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from cases.rules.journey import TITLES

REQUIRED_JOURNEYS = 5  # DUS-I: for at least five youths each Samenwerkingsverband shows the three items below
# About this copy rather than about what it accounts for; the checksum leaves it out.
STAMP = ("version", "made_on", "made_by", "made_by_role", "checksum")


@dataclass(frozen=True)
class Definition:
    term: str
    meaning: str
    source: str


REGELING = "Subsidieregeling Wel in Ontwikkeling, Stcrt. 2022, 16574"
DUS_I = "DUS-I, voorwaarden Wel in Ontwikkeling"
DEFINITIONS = (
    Definition(
        "Niet-ingeschreven kinderen en jongeren",
        "Kinderen en jongeren op wie de Leerplichtwet 1969 van toepassing is. Zij horen bij één van twee groepen. "
        "Of zij zijn leerplichtig, staan niet ingeschreven op een school en hebben geen vrijstelling op grond van "
        "artikel 5 onder a. Of zij hebben die vrijstelling wel.",
        f"Artikel 1 van de {REGELING}, in eigen woorden",
    ),
    Definition(
        "Vrijstelling 5 onder\N{NO-BREAK SPACE}a",
        "Vrijstelling van de inschrijfplicht, omdat een jongere op lichamelijke of psychische gronden niet geschikt is "
        "om tot een school te worden toegelaten.",
        "Artikel 5, onder a, van de Leerplichtwet 1969, in eigen woorden",
    ),
    Definition(
        "Absoluut verzuim",
        "Een leerplichtige jongere staat niet ingeschreven op een school en heeft geen vrijstelling.",
        "Het begrip uit de praktijk van leerplicht voor de eerste groep van artikel 1",
    ),
    Definition(
        TITLES["samenwerking"],
        "Hoe partijen samenwerken om leren en ontwikkelen voor deze jongere mogelijk te maken.",
        DUS_I,
    ),
    Definition(
        TITLES["plan"],
        "Hoe het plan voor de ontwikkeling van deze jongere eruitziet, zo dat anderen van de oplossing kunnen leren.",
        DUS_I,
    ),
    Definition(
        TITLES["middelen"],
        "Wat nodig is om onderwijs of ontwikkeling mogelijk te maken, en in hoeverre dat er al is.",
        DUS_I,
    ),
    Definition(
        TITLES["afstand"],
        "Hoe ver de jongere van onderwijs af staat, bij de start en nu. Er bestaat geen officiële schaal. "
        "Daarom staat bij elke stand de reden in woorden. Ingeschreven zijn is niet het enige doel: ontwikkeling die "
        "er al is en nieuwe beweging tellen ook.",
        "DUS-I, steekproefcontrole Wel in Ontwikkeling; de schaal is van het programma zelf",
    ),
    Definition(
        "Opgenomen in",
        "De maand waarin de jongere mee ging doen. De situatie van dat moment telt, ook als die later verandert.",
        f"{REGELING}, artikel 1; de peildatum is een afspraak van het programma",
    ),
    Definition(
        "Compleet",
        "De samenwerking, het plan voor ontwikkeling en de middelen en mogelijkheden zijn beschreven.",
        DUS_I,
    ),
)


@dataclass(frozen=True)
class Subsidy:
    regeling: str
    kenmerk: str
    ronde: int | None
    amount: Decimal | None  # from the beschikking, never assumed
    starts_on: date | None
    ends_on: date | None
    status: str


@dataclass(frozen=True)
class CaseLine:
    """One youth on the cover and in the completeness list."""

    code: str
    category: str  # "Vrijstelling 5 onder a", "Absoluut verzuim"
    included_on: date  # shown as a month
    status: str  # one of the seven words of the interface
    complete: bool
    eligible: bool = True  # by art. 1, at inclusion
    missing: tuple[str, ...] = ()  # "Plan voor ontwikkeling"
    remark: str = ""

    @property
    def counts(self):
        return self.complete and self.eligible


@dataclass(frozen=True)
class Quote:
    words: str  # as they were said
    said_by: str  # "de jongere", "ouders"; never a name
    said_on: date | None = None  # shown as a month


@dataclass(frozen=True)
class StopRow:
    number: int
    title: str
    moment: str  # "maart 2026", "gepland in april"
    state: str = ""  # "hier zijn we nu", "idee"
    ahead: bool = False  # not made yet
    story: str = ""
    lights: int = 0  # lichtjes in de ogen
    hurdle: str = ""
    detour: str = ""  # olifantenpaadje


@dataclass(frozen=True)
class Theme:
    name: str  # "Inhoud", "Proces", "Houding"
    text: str = ""


@dataclass(frozen=True)
class Distance:
    """Where the youth stood and stands on the steps that the programme keeps itself, nearest to education last."""

    scale: tuple[str, ...]
    start: int | None = None  # places on the scale
    now: int | None = None
    start_reason: str = ""
    now_reason: str = ""

    @property
    def steps(self):
        return [(label, place == self.start, place == self.now) for place, label in enumerate(self.scale)]

    @property
    def start_label(self):
        return "" if self.start is None else self.scale[self.start]

    @property
    def now_label(self):
        return "" if self.now is None else self.scale[self.now]

    @property
    def movement(self):
        """Both directions and standing still are answers."""
        if self.start is None or self.now is None:
            return ""
        moved = self.now - self.start
        if not moved:
            return "Gelijk gebleven"
        count = "Eén stap" if abs(moved) == 1 else f"{abs(moved)} stappen"
        return f"{count} {'dichter bij onderwijs' if moved > 0 else 'verder van onderwijs'}"


@dataclass(frozen=True)
class UsedMeans:
    """What was done or bought, and what it brought the youth: the sample of DUS-I asks for the effect."""

    what: str
    effect: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True)
class Sign:
    """Development that was there already, or new movement: success beside enrolment."""

    name: str
    seen: bool | None = None  # None: not looked at yet
    since: date | None = None  # shown as a month
    evidence: str = ""


@dataclass(frozen=True)
class JourneySpread:
    titles: ClassVar = TITLES  # of what DUS-I asks, as on the page of the Reis
    code: str
    category: str
    status: str
    included_on: date
    complete: bool
    wensdroom: Quote | None = None  # the youth's own words
    parents_wensdroom: Quote | None = None  # beside the youth's, never merged with them
    situation: str = ""
    baggage: str = ""  # what is there already
    route_map: str = ""  # finished SVG of the template engine, with a <title>; plain text would show as text
    route_description: str = ""
    stops: tuple[StopRow, ...] = ()
    what_worked: tuple[Theme, ...] = (Theme("Inhoud"), Theme("Proces"), Theme("Houding"))
    cooperation: str = ""
    plan: str = ""
    means_needed: str = ""
    means_present: str = ""
    distance: Distance = Distance(scale=())
    signs: tuple[Sign, ...] = ()
    means_used: tuple[UsedMeans, ...] = ()
    means_withheld: bool = False  # for a reader who may not see money per jeugdige
    look_back: str = ""

    @property
    def anchor(self):
        return f"reis-{self.code.lower()}"

    @property
    def amount_used(self):
        amounts = [used.amount for used in self.means_used if used.amount is not None]
        return sum(amounts, Decimal()) if amounts else None


@dataclass(frozen=True)
class AccountabilityDocument:
    """The account of one Samenwerkingsverband over one schooljaar: codes and months, no names or birth dates."""

    swv: str
    swv_code: str
    school_year: str
    subsidy: Subsidy | None
    version: int
    made_on: date
    made_by: str  # staff
    made_by_role: str
    cases: tuple[CaseLine, ...] = ()
    journeys: tuple[JourneySpread, ...] = ()
    definitions: tuple[Definition, ...] = DEFINITIONS
    required: int = REQUIRED_JOURNEYS
    checksum: str = ""

    @property
    def title(self):
        return f"Verantwoording {self.swv} {self.school_year}"

    @property
    def complete_count(self):
        return sum(line.counts for line in self.cases)

    @property
    def progress(self):
        return progress_text(self.complete_count, self.required)

    @property
    def still_needed(self):
        return max(0, self.required - self.complete_count)

    @property
    def still_to_choose(self):
        return max(0, self.required - len(self.cases))

    @property
    def meter(self):
        """One mark per youth the regeling asks for: is it there?"""
        return [place < self.complete_count for place in range(self.required)]


def progress_text(complete, required=REQUIRED_JOURNEYS):
    """'3 van 5 reizen compleet'."""
    if complete > required:
        return f"{complete} reizen compleet, {required} nodig"
    return f"{complete} van {required} reizen compleet"


def content_checksum(document):
    """SHA-256 of what the document says; the same data gives the same sum, whoever of the SWV makes the copy and when.

    A copy without the inzet of middelen per Reis says something else, and so has a sum of its own.
    """
    content = {name: value for name, value in asdict(document).items() if name not in STAMP}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
