"""The test database: built once per state of the migrations as a template, cloned per worker, used as the web role."""

import hashlib
import os
import time
from contextlib import closing, contextmanager
from importlib import import_module
from types import SimpleNamespace

import psycopg2
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from access.context import store_context_key
from wel.roles import prepare_database

# What a test never changes for good: migrations, rights and the reference data of the regions app.
KEPT = (
    "django_migrations", "django_content_type", "auth_permission", "regions_samenwerkingsverband", "regions_gemeente",
    "regions_gemeenteswv", "regions_postcode", "regions_region", "regions_gemeenteregion", "cases_exemptionterms",
    "cases_consentterms",
)  # fmt: skip
BUILD_LOCK = 20_260_802


def migrate_url():
    return os.environ["MIGRATE_DATABASE_URL"]


def _state():
    """A digest of everything that decides what is in the template."""
    digest = hashlib.sha256()
    for pattern in (
        "*/migrations/*.py",
        "regions/data/*",
        "regions/management/commands/*.py",
        "wel/roles.py",
        "access/rls.py",
        "requirements/base.txt",
    ):
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _connect_as(role, name):
    connection.close()
    options = {**connection.settings_dict["OPTIONS"], "options": f"-c role={role}"}
    connection.settings_dict.update(USER="wel_migrate", NAME=name, OPTIONS=options, PASSWORD=_password())


def _password():
    return psycopg2.extensions.parse_dsn(migrate_url()).get("password", "")


def _prepare(name):
    with closing(psycopg2.connect(migrate_url(), dbname=name)) as owner, owner:
        prepare_database(owner)


def create(name):
    """A fresh database `name` with all migrations and reference data; the connection is left as the web role."""
    template = f"test_wel_template_{_state()}"
    with closing(psycopg2.connect(migrate_url())) as admin:
        admin.autocommit = True
        cursor = admin.cursor()
        cursor.execute("SELECT pg_advisory_lock(%s)", [BUILD_LOCK])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            building = f"{template}_building"
            cursor.execute(f"DROP DATABASE IF EXISTS {building}")
            cursor.execute(f"CREATE DATABASE {building}")
            _prepare(building)
            _connect_as("wel_owner", building)
            call_command("migrate", verbosity=0)
            call_command("import_reference_data", quiet=True)
            connection.close()
            cursor.execute(f"ALTER DATABASE {building} RENAME TO {template}")
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    _prepare(name)
    _connect_as("wel_owner", name)
    store_context_key()
    _connect_as("wel_app", name)


def drop(name):
    """Drop the database; autovacuum may be in it, which steps aside soon. Left over, the next run's name is another."""
    connection.close()
    with closing(psycopg2.connect(migrate_url())) as admin:
        admin.autocommit = True
        for _ in range(20):
            try:
                admin.cursor().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ObjectInUse):
                time.sleep(0.5)
            else:
                return


@contextmanager
def as_owner():
    """Write fixtures: as owner of the tables, with the maintenance flag, and then back to the web role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute("SET ROLE wel_owner; SELECT set_config('wel.maintenance', 'on', false)")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                flag = "on" if before == "wel_owner" else ""
                cursor.execute(f"SET ROLE {before}; SELECT set_config('wel.maintenance', '{flag}', false)")


def empty(self=None):
    """After a test that committed: empty every table but what is kept."""
    with as_owner(), connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if table not in KEPT]
        cursor.execute("TRUNCATE " + ", ".join(tables))
        # It names accounts, so it went too; the migration knows what belongs in it.
        for migration in ("0026_interview", "0035_question_list_kind"):
            import_module(f"cases.migrations.{migration}").first_list(apps, SimpleNamespace(connection=connection))


def login_dsn(role="wel_app"):
    """How to reach the test database by a real login as `role`, past Django and past SET ROLE."""
    dsn = psycopg2.extensions.parse_dsn(os.environ["DATABASE_URL" if role == "wel_app" else "MIGRATE_DATABASE_URL"])
    return {**dsn, "dbname": connection.settings_dict["NAME"]}
