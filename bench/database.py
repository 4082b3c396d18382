"""The databases that the benchmarks measure: volume loaded once per size, and a copy of the cases without security."""

import os
from contextlib import closing

import psycopg2
from django.core.management import call_command
from django.db import connection

from tests import database

COPY = """
DROP TABLE IF EXISTS bench_plain;
CREATE TABLE bench_plain (LIKE cases_case INCLUDING ALL);
INSERT INTO bench_plain SELECT * FROM cases_case;
"""


CHECKED = set()


def use(size):
    """Connect as the web role to a database with `size` cases over 151 SWVs; made once, and migrated when needed."""
    name = f"bench_wel_{size}"
    connection.close()
    if name not in CHECKED:
        _prepare(name, size)
        CHECKED.add(name)
    database._connect_as("wel_app", name)
    connection.ensure_connection()


def _prepare(name, size):
    with closing(psycopg2.connect(database.migrate_url())) as admin, admin.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        is_new = not cursor.fetchone()
    if is_new:
        database.create(name)
    database._connect_as("wel_owner", name)
    try:
        if is_new:
            call_command("load_volume", cases=size, verbosity=0)
        else:
            call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('wel.maintenance', 'on', false)")
            cursor.execute("SET synchronous_commit = on")  # else VACUUM comes before the rows are surely there
            cursor.execute(COPY)
            cursor.execute("VACUUM ANALYZE")  # as autovacuum keeps a database in use
    except BaseException:
        database.drop(name)  # half a database measures nothing
        raise


def machine():
    """What a reader needs to compare, and nothing that tells where it was."""
    import platform

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} kernen, {memory:.0f} GB geheugen, PostgreSQL {server}, Python {platform.python_version()},"
        f" gemiddelde belasting {os.getloadavg()[0]:.1f}"
    )
