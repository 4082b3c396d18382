"""What the page In beeld shows of periods and contact: finished answers for the template."""

from dataclasses import dataclass

from cases.models import LegalStatus
from cases.rules import exemption


@dataclass(frozen=True)
class Period:
    status: LegalStatus
    state: str  # "nu", "straks" or "voorbij"
    facts: list
    notes: list  # what is not as it should be, in words
    may_end: bool


def periods_of(statuses, terms_on, today):
    return [_period(status, terms_on, today) for status in statuses]


def _period(status, terms_on, today):
    state = "nu" if status.is_in_force(today) else "straks" if status.starts_on > today else "voorbij"
    return Period(
        status=status,
        state=state,
        facts=_facts(status) if status.is_exemption else [],
        notes=_notes(status, terms_on, today, state) if status.is_exemption else [],
        may_end=state != "voorbij",
    )


def asking_line(status, today, terms):
    """What one exemption asks for, in words, most urgent first; `status` comes from `asking`."""
    _, before = exemption.notice_window(today, terms)
    asks = (
        (status.ends_soon, "Loopt af. Wat komt hierna?"),
        (status.needs_notice and today < before, f"Vraag de ouders om een kennisgeving, vóór {_day(before)}."),
        (status.needs_notice and today >= before, "Vraag de ouders of er een kennisgeving komt."),
        (status.needs_review, "Kijk opnieuw, en kies de volgende datum."),
        (status.lacks_plan, "Nog geen plan. Wat kan wel?"),
    )
    return {"status": status, "asks": [text for is_asked, text in asks if is_asked]}


def _facts(status):
    statement = status.get_statement_by_display()
    if status.statement_on:
        statement = f"{statement}, {_day(status.statement_on)}"
    facts = [
        ("Grond", status.get_ground_display()),
        ("Kennisgeving", _day(status.notified_on)),
        ("Verklaring van", statement),
    ]
    if status.statement_by:
        facts.append(("Behandelaar?", status.get_independence_display()))
    facts += [
        ("Advies van het SWV", "ja" if status.has_swv_advice else "nee"),
        ("Plan voor ontwikkeling", "ja" if status.has_plan else "nog niet"),
    ]
    if status.review_on:
        facts.append(("Opnieuw kijken op", _day(status.review_on)))
    return facts


def _notes(status, terms_on, today, state):
    terms = terms_on(status.notified_on or status.starts_on)
    notes = [
        finding.text
        for finding in exemption.findings(
            duration=status.duration,
            starts_on=status.starts_on,
            ends_on=status.ends_on,
            notified_on=status.notified_on,
            statement_on=status.statement_on,
            is_by_treating=False,
            review_on=None,
            terms=terms,
            today=today,
            had_end=True,
        )
    ]
    if state == "voorbij":
        return notes
    if not status.notified_on:
        notes.append("Vul de datum van de kennisgeving in, zodra die er is.")
    if status.statement_by and status.independence != LegalStatus.Independence.CONFIRMED:
        notes.append("Ga na of wie de verklaring gaf niet ook de behandelaar is.")
    if not status.has_plan:
        notes.append("Er is nog geen plan. Wat kan wel, ook met een vrijstelling?")
    if status.review_on and status.review_on <= today:
        notes.append("Tijd om opnieuw te kijken. Bel de ouders en kies de volgende datum.")
    return notes


def _day(day):
    return f"{day.day}-{day.month}-{day.year}" if day else ""
