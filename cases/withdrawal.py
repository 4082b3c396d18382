"""What taking back a consent does, said before it is done; from the rules and readers that decide afterwards."""

from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

from access.dutch_dates import date_text
from cases.actions.consent import state_without
from cases.models import NOT_SHARED, Consent, ConsentTerms
from cases.rules.ages import age_on
from cases.rules.consent import deciders_text
from cases.viewers import Viewer, is_in_accounts, viewers_of

# What becomes of what is there already, when this is taken back.
AFTERWARDS = {
    Consent.Purpose.INTERVIEW: "Het WEL-team kan de interviews daarna niet meer lezen.",
    Consent.Purpose.STORY: "Citaten uit het interview wissen we meteen. Verhalen leest daarna niemand meer.",
    Consent.Purpose.REASONS: "De redenen die er staan, wissen we meteen.",
}


@dataclass(frozen=True)
class Consequences:
    """`closes`: what it was for may not be done any more, and a decision about the rest is due on `decide_by`."""

    text: str
    closes: bool
    lose_access: list[Viewer]
    lose_name: list[Viewer]
    stays: list[str]
    decide_by: date | None


def consequences(statement, reader, born_on, today):
    case = statement.case
    after = state_without(statement, born_on, today, by=reader)
    is_sharing = statement.purpose == Consent.Purpose.SHARE
    now = viewers_of(case, reader, today) if is_sharing and case.is_shared(today) else []
    still = {viewer.user.pk: viewer for viewer in viewers_of(_closed(case), reader, today)} if now else {}
    near = [viewer for viewer in now if viewer.user.pk not in still]
    return Consequences(
        text=_text(statement, after, born_on, today),
        closes=not after.is_valid,
        lose_access=[] if after.is_valid else near,
        lose_name=[viewer for viewer in near if viewer.knows_name],
        stays=_stays(case, reader, is_sharing, after.is_valid),
        decide_by=None if after.is_valid else today + timedelta(days=ConsentTerms.on(today).removal_days),
    )


def _closed(case):
    closed = copy(case)
    closed.shared_until = NOT_SHARED
    return closed


def _text(statement, after, born_on, today):
    """Not everybody's answer decides at every age."""
    case = statement.case
    deciders = deciders_text(age_on(born_on, today), case.cannot_judge)
    if statement.purpose != Consent.Purpose.SHARE:
        if after.is_valid:
            return f"Wie nu beslist: {deciders}. Daarom mag het daarna nog steeds."
        rest = AFTERWARDS.get(statement.purpose, "Wat al gedaan is, blijft in het logboek staan.")
        return f"Hiervoor mag het daarna niet meer. {rest}"
    if after.is_valid:
        until = date_text(after.valid_until, today)
        text = f"Wie nu beslist: {deciders}. Het WEL-team kan deze jeugdige daarom openen tot en met {until}."
    elif case.is_shared(today):
        text = "Het WEL-team kan deze jeugdige daarna niet meer openen."
    else:
        text = "Het WEL-team kan deze jeugdige nu ook niet openen."
    return f"{text} Wie de naam mocht weten, mag dat daarna niet meer."


def _stays(case, reader, is_sharing, goes_on):
    lines = ["Het antwoord dat er stond, en dat het is ingetrokken. Dat is het bewijs."]
    if not goes_on:
        lines.append("Wat is opgeschreven, tot leerplicht daarover beslist. Zolang leest alleen leerplicht het."
                     if is_sharing else "Wat is opgeschreven, tot leerplicht daarover beslist.")  # fmt: skip
    lines.append("De andere antwoorden, tot iemand ze intrekt of de laatste dag voorbij is.")
    lines.append("Het logboek inzage: wie keek, en wanneer.")
    if is_sharing and not goes_on and is_in_accounts(case, reader):
        lines.append("Een verantwoording die al is gemaakt. Daar staat geen naam in. In een nieuwe komt De Reis niet.")
    return lines
