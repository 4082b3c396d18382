"""A reason that was written on the case before goes with its jeugdige to where only leerplicht reads it, and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import factories
from tests.database import as_owner

BEFORE = [("cases", "0024_log_drafts")]
SAID = "SELECT cannot_judge_reason FROM cases_case WHERE id = %s"
KEPT = "SELECT cannot_judge_reason, cannot_judge_by, recorded_by_id FROM cases_authority WHERE case_id = %s"


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)


def ask(statement, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall()


@pytest.mark.django_db
def test_a_reason_is_kept_word_for_word_there_and_back():
    case, other = factories.CaseFactory(cannot_judge=True), factories.CaseFactory()
    factories.AuthorityFactory(case=case, cannot_judge_reason="arts zegt dit", cannot_judge_by="Arts Verzonnen")
    with as_owner():
        newest = MigrationExecutor(connection).loader.graph.leaf_nodes("cases")
        with connection.cursor() as cursor:
            # As if these rows were made long ago, by somebody else.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        migrate(BEFORE)
        assert ask(SAID, case.pk) + ask(SAID, other.pk) == [("arts zegt dit",), ("",)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('wel.maintenance', '', true)")  # the migration says it itself

        migrate(newest)

        assert ask(KEPT, case.pk) == [("arts zegt dit", "staat bij de reden", case.registered_by_id)]
        assert ask(KEPT, other.pk) == []
        assert ask("SELECT cannot_judge FROM cases_case ORDER BY id") == [(True,), (False,)]
