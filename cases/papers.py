"""The information letter and the consent forms as they go on paper: what stands on each, read before layout starts.

A form is empty but for what leerplicht chooses to print: the code, and the name only when asked for
(docs/decisions/0018). No day of birth, no address and nothing that was written down about a youth goes on paper.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models

from access.pdf import render_pdf
from cases.models import Consent

# What stands on the papers. Another text is another version, and the earlier ones stay choices of `form_version`.
FORM_VERSION = "2026-1"
FORM_VERSIONS = (FORM_VERSION,)
OTHER_FORM = "ander"

TEMPLATE = "cases/pdf/consent_paper.html"
MEMORY_BYTES = 768 * 1024**2  # two pages of plain text; made while somebody waits, so less than accounts may take


class Kind(models.TextChoices):
    LETTER_PARENTS = "brief-ouders", "Informatiebrief voor ouders"
    LETTER_YOUTH = "brief-jongere", "Informatiebrief voor de jongere"
    PARENTS = "formulier-ouders", "Toestemming: kind tot 12 jaar (ouders tekenen)"
    TOGETHER = "formulier-samen", "Toestemming: 12 tot en met 15 jaar (jongere en ouders tekenen)"
    YOUTH = "formulier-jongere", "Toestemming: vanaf 16 jaar (de jongere tekent)"
    WITHDRAWAL = "intrekken", "Toestemming intrekken"


TITLES = {
    Kind.LETTER_PARENTS: ("Mogen wij meedenken?", "Informatie voor ouders en verzorgers"),
    Kind.LETTER_YOUTH: ("Mogen wij meedenken?", "Informatie voor jou"),
    Kind.PARENTS: ("Toestemming", "Voor ouders van een kind tot 12 jaar"),
    Kind.TOGETHER: ("Toestemming", "Voor jongeren van 12 tot en met 15 jaar en hun ouders"),
    Kind.YOUTH: ("Toestemming", "Voor jongeren vanaf 16 jaar"),
    Kind.WITHDRAWAL: ("Toestemming intrekken", "Dat mag altijd, ook zonder reden"),
}
# A parent or a legal representative signs at every age for who cannot judge.
CANNOT_JUDGE = ("Toestemming", "Voor ouders of de wettelijk vertegenwoordiger")

PURPOSES = {
    Consent.Purpose.SHARE: "Een klein team leest mee. Het team ziet een code, geen naam.",
    Consent.Purpose.CONTACT: "Iemand van het team mag bellen of mailen. Die persoon weet dan de naam.",
    Consent.Purpose.INTERVIEW: "Een gesprek over wat goed gaat en wat nodig is.",
    Consent.Purpose.TABLE: "Een paar mensen denken samen mee aan een WEL-tafel.",
    Consent.Purpose.PARTIES: "Informatie delen met:",
    Consent.Purpose.STORY: "Het verhaal gebruiken om van te leren. Zonder naam en zonder plaats.",
    Consent.Purpose.MONITOR: "Meetellen in de cijfers van het project. Zonder naam.",
    Consent.Purpose.REASONS: "Opschrijven welke reden of diagnose meespeelt. Alleen de interviewer leest die.",
}

PARENT, SECOND = "Ouder of verzorger met gezag", "Tweede ouder of verzorger met gezag"


@dataclass(frozen=True)
class Purpose:
    label: str
    words: str
    parties: str = ""
    has_parties: bool = False


@dataclass(frozen=True)
class Paper:
    kind: str
    title: str
    subtitle: str
    code: str  # "" leaves a line to write on
    name: str
    contact: str
    until: date
    purposes: tuple[Purpose, ...]
    signers: tuple[str, ...]
    years: int  # that a closed dossier is kept
    version: str = FORM_VERSION

    @property
    def is_letter(self):
        return self.kind in (Kind.LETTER_PARENTS, Kind.LETTER_YOUTH)

    @property
    def is_for_youth(self):
        return self.kind == Kind.LETTER_YOUTH

    @property
    def is_withdrawal(self):
        return self.kind == Kind.WITHDRAWAL

    @property
    def wish_rows(self):
        """Empty rows for whom they want at the table."""
        return range(5)

    @property
    def file_name(self):
        """Nothing in it tells about whom it is."""
        return f"wel-{self.kind}.pdf"


def kind_for(age, cannot_judge):
    """The form that fits who decides."""
    if cannot_judge or age < 12:
        return Kind.PARENTS
    return Kind.TOGETHER if age < 16 else Kind.YOUTH


def signers_of(kind, parents_with_authority):
    parents = (PARENT, SECOND)[: max(parents_with_authority, 1)]
    return {
        Kind.PARENTS: parents,
        Kind.TOGETHER: ("Jongere", *parents),
        Kind.YOUTH: ("Jongere",),
        Kind.WITHDRAWAL: ("Wie de toestemming intrekt",),
    }.get(kind, ())


def paper_of(case, *, kind, purposes, parties, until, contact, code, name, years):
    title, subtitle = CANNOT_JUDGE if kind == Kind.PARENTS and case.cannot_judge else TITLES[kind]
    return Paper(
        kind=kind,
        title=title,
        subtitle=subtitle,
        code=code,
        name=name,
        contact=contact,
        until=until,
        purposes=tuple(
            Purpose(
                purpose.label,
                PURPOSES[purpose],
                parties=parties if purpose == Consent.Purpose.PARTIES else "",
                has_parties=purpose == Consent.Purpose.PARTIES,
            )
            for purpose in PURPOSES
            if purpose in purposes
        ),
        signers=signers_of(kind, case.parents_with_authority),
        years=years,
    )


def pdf_of(paper):
    return render_pdf(TEMPLATE, {"paper": paper}, memory_bytes=MEMORY_BYTES)
