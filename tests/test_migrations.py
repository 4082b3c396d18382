"""The way from an empty database to this one, the last step back, and what a migration of personal data must say."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation

from cases.models import Case
from tests import factories
from tests.database import as_owner
from tests.parts import case_parts
from wel import settings as project

pytestmark = pytest.mark.django_db

OURS = ("access", "regions", "cases", "meetings", "reporting")

# Everything that a migration may make, as PostgreSQL keeps it; a step back and forth leaves it as it was.
STRUCTURE = """
SELECT 'column', c.oid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text, a.attacl::text
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace IN ('public'::regnamespace, 'access'::regnamespace) AND c.relkind = 'r' AND a.attnum > 0
  AND NOT a.attisdropped
UNION ALL
SELECT 'table', c.oid::regclass::text, c.relkind::text, c.relrowsecurity::text, c.relforcerowsecurity::text, c.relacl::text
FROM pg_class c
WHERE c.relnamespace IN ('public'::regnamespace, 'access'::regnamespace) AND c.relkind IN ('r', 'i', 'S')
UNION ALL
SELECT 'policy', tablename, policyname, cmd || roles::text, qual, with_check FROM pg_policies
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', '' FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'function', oid::regprocedure::text, prosrc, proconfig::text, proowner::regrole::text, proacl::text
FROM pg_proc WHERE pronamespace = 'access'::regnamespace
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


def structure():
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE)
        return set(cursor.fetchall())


def test_every_migration_ran_from_an_empty_database():
    with as_owner():
        executor = MigrationExecutor(connection)
        assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
        assert executor.loader.detect_conflicts() == {}


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    with translation.override(None):  # as makemigrations does: else the words of Django itself differ
        found = MigrationAutodetector(
            loader.project_state(), ProjectState.from_apps(apps), NonInteractiveMigrationQuestioner(specified_apps=OURS)
        ).changes(graph=loader.graph, trim_to_apps=set(OURS))

    assert {
        app: [str(step) for migration in steps for step in migration.operations] for app, steps in found.items()
    } == {}


def test_the_last_migration_of_each_app_goes_back_and_forth(settings):
    """All in one walk: a step back of one app takes along what other apps built on it."""
    settings.CACHES = project.CACHES  # one of them makes the table of the real cache
    with as_owner():
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph
        newest = [node for app in OURS for node in graph.leaf_nodes(app)]
        before = structure()

        for node in newest:
            executor = MigrationExecutor(connection)
            if node in executor.loader.applied_migrations:
                executor.migrate([previous(graph, node)])
        back, applied = structure(), MigrationExecutor(connection).loader.applied_migrations
        MigrationExecutor(connection).migrate(newest)

        assert [app for app, _ in newest] == list(OURS)
        assert set(newest).isdisjoint(applied)
        assert back != before
        assert structure() == before


def previous(graph, node):
    app = node[0]
    return next((parent.key for parent in graph.node_map[node].parents if parent.key[0] == app), (app, None))


def test_a_data_migration_that_does_not_say_so_touches_nothing():
    """FORCE row-level security holds for the owner too: 0 rows, quietly; so the flag is said, and the rows are counted."""
    factories.LogEntryFactory()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET version = version")
        assert cursor.rowcount == 1

        cursor.execute("SELECT set_config('wel.maintenance', '', false)")
        for model in (Case, *case_parts()):
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            assert cursor.fetchone() == (0,), model
        cursor.execute("UPDATE cases_case SET version = version")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO cases_identity (case_id, first_name, last_name, born_on, parent_name, contact)"
                " VALUES (1, '', '', now(), '', '')"
            )


def test_every_part_of_a_case_follows_the_scope_of_its_case():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.conrelid::regclass::text, pg_get_constraintdef(k.oid) FROM pg_constraint k"
            " WHERE k.contype = 'f' AND k.confrelid = 'cases_case'::regclass AND cardinality(k.conkey) > 1"
        )
        found = dict(cursor.fetchall())
    key = (
        "FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)"
        " REFERENCES cases_case(id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE"
    )

    assert found == {model._meta.db_table: key for model in case_parts()}
