"""How a jeugdige moves through the process of R3.1: what a step is called, what it asks, and what it closes."""

CLOSING = ("afgerond", "gestopt")
STOPPED = "gestopt"
OTHER = "anders"


def is_closed(status):
    return status in CLOSING


def movement(before, after):
    """What happened, in one word for the history: '' for an ordinary step."""
    if not before:
        return "Aangemeld"
    if is_closed(before) and not is_closed(after):
        return "Weer geopend"
    if is_closed(after) and not is_closed(before):
        return "Afgesloten"
    return ""


def fault_in(*, before, after, reason, note, on, not_before, today):
    """(field, sentence) of what is not right about a step, or None.

    `not_before` is the day of the newest step so far; steps go forward in time (R3.1: every change has its date).
    """
    if after == before:
        return "status", "Hier staat de jongere al."
    if after == STOPPED and not reason:
        return "reason", "Kies waarom het stopt."
    if after != STOPPED and reason:
        return "reason", "Een reden hoort alleen bij Gestopt."
    if reason == OTHER and not note:
        return "note", "Schrijf kort op waarom het stopt."
    if on > today:
        return "on", "Deze datum ligt in de toekomst."
    if not_before and on < not_before:
        return "on", "Deze dag ligt voor de vorige stap."
    return None
