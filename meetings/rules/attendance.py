"""Who was there, as people type it: one person per line. And when two lines are about one and the same person."""

import re
from dataclasses import dataclass

MOST_LINES = 200
LONGEST = {"name": 100, "organisation": 100, "function": 80, "email": 254}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Person:
    name: str
    organisation: str
    function: str = ""
    email: str = ""

    @property
    def key(self):
        """Equal for one and the same person; PostgreSQL makes the same of a row (Professional.key)."""
        return f"{self.name.lower()}|{self.organisation.lower()}"


def read_people(text):
    """(people, faults): "naam, organisatie, functie, e-mail" per line; a semicolon or a tab will do as well.

    The last two may be left out. Who stands there twice is one; a fault is a sentence that names its line.
    """
    people, faults = {}, []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        return [], [f"Dit zijn {len(lines)} regels. Zet er hoogstens {MOST_LINES} tegelijk bij."]
    for number, line in lines:
        found = _read(line)
        if isinstance(found, str):
            faults.append(f"Regel {number}: {found}")
        else:
            people.setdefault(found.key, found)
    return list(people.values()), faults


def _read(line):
    """The Person, or what is missing."""
    separator = "\t" if "\t" in line else ";" if ";" in line else ","
    parts = [" ".join(part.split()) for part in line.split(separator)]
    email = next((part for part in parts if "@" in part), "")
    if email and not _EMAIL.fullmatch(email):
        return "dit e-mailadres klopt niet."
    rest = [part for part in parts if part != email]
    name, organisation, function = [*rest, "", "", ""][:3]
    if len([part for part in rest if part]) > 3:
        return "hier staat meer dan naam, organisatie, functie en e-mail."
    if not name or not organisation:
        return "schrijf een naam en een organisatie, met een komma ertussen."
    person = Person(name, organisation, function, email.lower())
    if any(len(getattr(person, part)) > most for part, most in LONGEST.items()):
        return "dit is te lang."
    return person
