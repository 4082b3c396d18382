"""Statements that PostgreSQL plans once per connection: planning through the policies often costs more than running."""

import re
from hashlib import sha256
from weakref import WeakKeyDictionary

from django.db import connection

PLACE = re.compile(r"%\((\w+)\)s|%%")

_prepared = WeakKeyDictionary()  # by connection of psycopg2, the statements that it knows


def execute_prepared(cursor, statement, values):
    """As `cursor.execute(statement, values)`, for a constant statement with named places and none but plain values.

    PostgreSQL gives a place the type that the statement asks for; where it asks for none, cast it there. It plans anew
    after a change of the tables, and by itself where the values matter to the plan.
    """
    known = _prepared.setdefault(cursor.connection, {})
    if (found := known.get(statement)) is None:
        found = known[statement] = _prepare(cursor.connection, statement)
    name, places = found
    arguments = f"({', '.join(f'%({place})s' for place in places)})" if places else ""
    cursor.execute(f"EXECUTE {name}{arguments}", {place: values[place] for place in places} or None)


def _prepare(wire, statement):
    """Name, and names of the places in order. Not undone by a rollback, so it is asked once for good."""
    name, places = f"wel_{sha256(statement.encode()).hexdigest()[:16]}", []

    def number(match):
        if match[0] == "%%":
            return "%"
        if match[1] not in places:
            places.append(match[1])
        return f"${places.index(match[1]) + 1}"

    numbered = PLACE.sub(number, statement)
    with connection.wrap_database_errors, wire.cursor() as cursor:
        cursor.execute(f"PREPARE {name} AS {numbered}")
    return name, tuple(places)
