"""Who it is: read and written through the database functions only, which check and log before they answer."""

import json
from dataclasses import dataclass
from datetime import date

from django.db import connection

# What people wrote in their own words, where a name may have slipped in; access.texts_without_names() reads these.
FREE_TEXTS = {
    "journey": (
        "wensdroom", "wensdroom_short", "wensdroom_parents", "departure", "luggage", "worked_content", "worked_process",
        "worked_attitude", "cooperation", "plan", "means_needed", "means_note", "distance_start_reason",
        "distance_now_reason", "look_back", "development_evidence", "movement_evidence", "effect", "lessons",
        "aftercare",
    ),
    "stop": ("title", "note", "place", "hobble", "detour"),
    "youthwords": ("text",),
    "companion": ("who", "role", "organisation", "mandate", "meaning"),
    "reflection": ("text", "strengthen"),
    "costline": ("description", "reference", "effect", "decision_reason"),
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    first_name: str
    last_name: str
    born_on: date
    parent_name: str = ""
    contact: str = ""

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Lookalike:
    case_id: int
    same_birth: bool
    same_name: bool


def identities(case_ids, ground):
    """The persons behind these cases, by case id; who may not know one gets no entry, and each look is on record."""
    rows = _rows("SELECT * FROM access.identities(%s, %s)", [list(case_ids), ground])
    return {case_id: Person(*fields) for case_id, *fields in rows}


def save_identity(case_id, person):
    """Raises when the asker is not leerplicht of this case."""
    _rows(
        "SELECT access.save_identity(%s, %s, %s, %s, %s, %s)",
        [case_id, person.first_name, person.last_name, person.born_on, person.parent_name, person.contact],
    )


def lookalikes(*, gemeente_id, person):
    """At most five cases that may be the same youth, out of those that the asker may know anyway."""
    rows = _rows(
        "SELECT * FROM access.lookalikes(%s, %s, %s, %s)",
        [gemeente_id, person.born_on, person.first_name, person.last_name],
    )
    return [Lookalike(*row) for row in rows]


def search_names(term):
    """Ids of at most 200 cases whose name fits; the term is kept nowhere."""
    return [case_id for (case_id,) in _rows("SELECT case_id FROM access.search_identities(%s)", [term])]


def take_out_names(case_ids, rows):
    """Put the texts of these rows (the Reis, haltes, words of the youth) as they are without names, on each of them.

    For who accounts for a Reis and does not work on it, and for who may know the name anyway. The database reads the
    texts itself and writes a line for each of `case_ids`, so nobody can offer it names to see which one goes. A text
    out of reach becomes "".
    """
    found = _rows("SELECT kind, id, texts FROM access.texts_without_names(%s)", [list(case_ids)])
    texts = {(kind, pk): json.loads(fields) if isinstance(fields, str) else fields for kind, pk, fields in found}
    for row in rows:
        clean = texts.get((row._meta.model_name, row.pk), {})
        for name in FREE_TEXTS[row._meta.model_name]:
            setattr(row, name, clean.get(name, ""))


def _rows(sql, arguments=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall()
