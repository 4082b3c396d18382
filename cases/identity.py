"""Who it is: read and written through the database functions only, which check and log before they answer."""

from dataclasses import dataclass
from datetime import date

from django.db import connection


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


def without_names(texts):
    """Pairs of case id and text, back as texts in which the names of youth and parent are "de jongere" and "de ouder".

    The database does it, so that whoever makes the accounts learns no name; a case out of reach gives "".
    """
    if not texts:
        return []
    ids, bodies = zip(*texts, strict=True)
    return _rows("SELECT access.without_names(%s, %s)", [list(ids), list(bodies)])[0][0]


def _rows(sql, arguments=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall()
