"""A prepared statement answers as the statement itself does, is planned once, and outlives a rollback."""

from datetime import date

import pytest
from django.db import DataError, connection, transaction

from access.prepared import execute_prepared

pytestmark = pytest.mark.django_db

BETWEEN = "SELECT 'a%%b', %(day)s::date + %(days)s::int, 7 = ANY (%(ids)s::bigint[]), %(day)s::date"


def ask(statement, **values):
    with connection.cursor() as cursor:
        execute_prepared(cursor, statement, values)
        return cursor.fetchall()


def times_prepared(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{words}%"])
        return cursor.fetchone()[0]


def test_values_go_where_they_belong_and_a_place_may_come_twice():
    day = date(2026, 11, 30)

    assert ask(BETWEEN, day=day, days=1, ids=[7, 9]) == [("a%b", date(2026, 12, 1), True, day)]
    assert ask(BETWEEN, day=day, days=-30, ids=[], unused="x") == [("a%b", date(2026, 10, 31), False, day)]


def test_a_statement_is_prepared_once_also_when_what_asked_it_first_was_rolled_back():
    statement = "SELECT 'een keer', %(number)s::int"
    with pytest.raises(DataError), transaction.atomic():
        ask(statement, number="x")

    assert [ask(statement, number=number) for number in (1, 2, 3)] == [[("een keer", number)] for number in (1, 2, 3)]
    assert times_prepared("een keer") == 1


def test_what_is_typed_is_never_part_of_the_statement():
    sly = "x'; DROP TABLE cases_case; --"

    assert ask("SELECT %(text)s::text", text=sly) == [(sly,)]
