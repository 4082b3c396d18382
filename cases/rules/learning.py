"""What a text for others may not hold, told from the text alone; and what a knelpunt needs at each step (R12)."""

import re

from access.dutch_dates import MONTHS

CODE = re.compile(r"\bWEL-?\s?\d{3,}", re.IGNORECASE)
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[\s-]?(?:\d[\s-]?){8}\d(?!\d)")
POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
DAY = re.compile(rf"\b\d{{1,2}}(?:[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\s(?:{'|'.join(MONTHS)})\s\d{{4}})\b", re.IGNORECASE)

TRACES = (
    (CODE, "Haal de code weg. Wie dit leest, hoeft niet te weten om welke jongere het gaat."),
    (MAIL, "Haal het e-mailadres weg."),
    (PHONE, "Haal het telefoonnummer weg."),
    (POSTCODE, "Haal de postcode weg. Een streek zegt genoeg."),
    (DAY, "Haal de dag weg. Een maand of een seizoen zegt genoeg."),
)


def trace_in(text, *, may_have=()):
    """The sentence about the first thing in `text` that leads back to somebody, or ""."""
    for pattern, sentence in TRACES:
        if pattern not in may_have and pattern.search(text or ""):
            return sentence
    return ""


def fault_in(*, status, addressee, addressed_on, answer, answered_on):
    """(field, sentence) of what a knelpunt lacks at this step, or None."""
    if status in ("geadresseerd", "antwoord", "opgelost", "niet"):
        if not addressee:
            return "addressee", "Kies wie dit kan oplossen."
        if not addressed_on:
            return "addressed_on", "Vul in wanneer het is gevraagd."
    if status == "antwoord" or answered_on:
        if not answer:
            return "answer", "Schrijf het antwoord op."
        if not answered_on:
            return "answered_on", "Vul in wanneer het antwoord kwam."
    if addressed_on and answered_on and answered_on < addressed_on:
        return "answered_on", "Deze dag ligt voor de dag waarop het is gevraagd."
    return None


def consent_until(state_on):
    """The last day that a story may be read, or None; `state_on` are answers of the rules for both ends of the month.

    The day of birth is part of the name, and who reads a story over may not know it: so a yes counts only when it
    counts for whoever was born on the first day of the month and on the last.
    """
    if not all(state.is_valid for state in state_on):
        return None
    ends = [state.valid_until for state in state_on if state.valid_until]
    return min(ends, default=False)  # False: no end
