"""One line typed at the table: what, who (`@olga`) and when (`4d`); live.js shows the same before it is saved."""

import re
from dataclasses import dataclass

from meetings.rules.due import Horizon

TERM = re.compile(r"(?<!\S)(4[udwm])(?!\S)", re.IGNORECASE)
PERSON = re.compile(r"(?<!\S)@([^\s@]+)")


@dataclass(frozen=True)
class Line:
    """`horizon` and `person` are None where nobody typed one, or where it fits more than one person."""

    text: str
    horizon: str | None
    person: int | None


def read_line(typed, people):
    """`people` are (id, words by which somebody is called). Of two terms the last counts, of two people the first.

    What is not recognised stays in the text, so that nothing typed is lost.
    """
    terms = TERM.findall(typed)
    text, person = TERM.sub("", typed), None
    for match in PERSON.finditer(text):
        found = [pk for pk, words in people if _is_called(match[1], words)]
        if len(found) == 1:
            person, text = found[0], text[: match.start()] + text[match.end() :]
            break
    text = " ".join(text.split())
    return Line(text, Horizon(terms[-1].lower()).value if terms else None, person)


def _is_called(typed, words):
    return any(word.casefold().startswith(typed.casefold().rstrip(".,;:")) for word in words)
