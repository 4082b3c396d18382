"""The five database roles and what each may do; run as the administrator of PostgreSQL 15 or newer.

Row-level security only means something when the web role can do nothing around it: it owns nothing, makes nothing
and is a member of nothing. Everything here may be run again; it brings the roles back to exactly this state.
"""

from contextlib import closing
from urllib.parse import quote, urlencode

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import encrypt_password, make_dsn, parse_dsn

OWNER = "wel_owner"  # owns the tables
GATE = "wel_gate"  # owns the SECURITY DEFINER functions; the policies hold for it too
APP = "wel_app"  # the web and worker processes
MIGRATE = "wel_migrate"  # runs migrations, as owner or gate by SET ROLE
BACKUP = "wel_backup"  # pg_dump; any other role silently saves nothing under row-level security

NOTHING_SPECIAL = "NOSUPERUSER NOCREATEROLE NOREPLICATION"
ROLES = {
    # The owner inherits: as owner of the database it is a member of pg_database_owner, which owns schema public.
    OWNER: f"NOLOGIN INHERIT NOBYPASSRLS {NOTHING_SPECIAL}",
    GATE: f"NOLOGIN NOINHERIT NOBYPASSRLS {NOTHING_SPECIAL}",
    APP: f"LOGIN NOINHERIT NOBYPASSRLS {NOTHING_SPECIAL}",
    # Inheriting the gate's membership would make the gate's policies apply to migrations.
    MIGRATE: f"LOGIN NOINHERIT NOBYPASSRLS {NOTHING_SPECIAL}",
    BACKUP: f"LOGIN INHERIT BYPASSRLS {NOTHING_SPECIAL}",
}
LOGIN_ROLES = (APP, MIGRATE, BACKUP)
MEMBER_OF = {OWNER: set(), GATE: set(), APP: set(), MIGRATE: {OWNER, GATE}, BACKUP: {"pg_read_all_data"}}
# psycopg2 puts values in the text of a statement; these keep them out of the log and of pg_stat_activity.
QUIET = {
    "track_activities": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
}
ONE_AT_A_TIME = 20_260_801  # key of an advisory lock

PREPARE_AS_OWNER = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO wel_app, wel_migrate, wel_backup;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO wel_app, wel_gate, wel_backup;
CREATE SCHEMA IF NOT EXISTS access;
GRANT USAGE ON SCHEMA access TO wel_app, wel_gate, wel_backup;
GRANT CREATE ON SCHEMA access TO wel_gate;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO wel_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO wel_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO wel_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO wel_backup;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""
PREPARE_AS_GATE = "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;"


class RolesError(Exception):
    """Says in Dutch what the administrator should change."""


def create_roles(admin_url, database="wel", *, passwords=None, test=False):
    """Make or mend the roles and the database; `passwords` by role name, others keep what they had.

    `test` is for a cluster that holds nothing but tests: there wel_migrate may make databases and become wel_app.
    """
    with closing(psycopg2.connect(admin_url)) as connection:
        with connection, connection.cursor() as cursor:
            _require_administrator(cursor)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            for role, attributes in ROLES.items():
                _create_role(cursor, role, attributes)
            _set_memberships(cursor, test)
            _set_createdb(cursor, test)
            for name, value in QUIET.items():
                cursor.execute(
                    sql.SQL("ALTER ROLE wel_app SET {} TO {}").format(sql.Identifier(name), sql.Literal(value))
                )
            for role, password in (passwords or {}).items():
                _set_password(cursor, role, password)
        connection.autocommit = True  # CREATE DATABASE refuses a transaction
        with connection.cursor() as cursor:
            _create_database(cursor, database)
    with closing(psycopg2.connect(admin_url, dbname=database)) as connection, connection:
        with connection.cursor() as cursor:
            # A database that came from PostgreSQL 14 or older still has the older owner.
            cursor.execute("ALTER SCHEMA public OWNER TO pg_database_owner")
        prepare_database(connection)


def prepare_database(connection):
    """Who may do what in a database of wel_owner; run by the administrator, or by wel_migrate for a test database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_user), quote_ident(current_database())")
        user, database = cursor.fetchone()
        cursor.execute("SET ROLE wel_owner")
        cursor.execute(PREPARE_AS_OWNER.format(database=database))
        # The owner is no member of the gate, so it cannot set this for it.
        cursor.execute("SET ROLE wel_gate")
        cursor.execute(PREPARE_AS_GATE)
        cursor.execute(f"SET ROLE {user}")


def roles_without_password(admin_url):
    with closing(psycopg2.connect(admin_url)) as connection, connection.cursor() as cursor:
        _require_administrator(cursor)
        cursor.execute("SELECT rolname FROM pg_authid WHERE rolpassword IS NOT NULL")
        kept = {name for (name,) in cursor}
    return [role for role in LOGIN_ROLES if role not in kept]


def _require_administrator(cursor):
    cursor.execute(
        "SELECT rolsuper, current_setting('server_version_num')::int FROM pg_roles WHERE rolname = current_user"
    )
    is_superuser, version = cursor.fetchone()
    if not is_superuser:
        raise RolesError("Dit moet met de beheerder van PostgreSQL (een superuser, meestal postgres).")
    if version < 150000:
        raise RolesError("WEL heeft PostgreSQL 15 of nieuwer nodig.")


def _create_role(cursor, role, attributes):
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    cursor.execute(sql.SQL("{} ROLE {} {}").format(sql.SQL(verb), sql.Identifier(role), sql.SQL(attributes)))


def _set_memberships(cursor, test):
    for role, wanted in MEMBER_OF.items():
        wanted = wanted | {APP} if test and role == MIGRATE else wanted
        cursor.execute(
            "SELECT parent.rolname FROM pg_auth_members m JOIN pg_roles parent ON parent.oid = m.roleid"
            " WHERE m.member = %s::regrole",
            [role],
        )
        # Taken away and given again: a membership remembers from PostgreSQL 16 on whether it inherits.
        for (parent,) in cursor.fetchall():
            cursor.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(parent), sql.Identifier(role)))
        for parent in sorted(wanted):
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(parent), sql.Identifier(role)))


def _set_createdb(cursor, test):
    # The test runner makes its databases as wel_migrate after SET ROLE wel_owner.
    for role in ROLES:
        may = "CREATEDB" if test and role in {OWNER, MIGRATE} else "NOCREATEDB"
        cursor.execute(sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(role), sql.SQL(may)))


def _set_password(cursor, role, password):
    # Hashed here, so that the password is in no statement that a server may log.
    hashed = encrypt_password(password, role, scope=cursor.connection, algorithm="scram-sha-256")
    cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(hashed)))


def _create_database(cursor, database):
    name = sql.Identifier(database)
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if not cursor.fetchone():
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' {}").format(name, _locale(cursor))
        )
    cursor.execute(sql.SQL("ALTER DATABASE {} OWNER TO wel_owner").format(name))


def _locale(cursor):
    """Sorting by code point with Unicode upper and lower case, the same on every server that can."""
    cursor.execute("SELECT current_setting('server_version_num')::int")
    if cursor.fetchone()[0] >= 170000:
        return sql.SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
    cursor.execute("SELECT collcollate FROM pg_collation WHERE collprovider = 'c' AND collcollate ~* '^C\\.utf-?8$'")
    found = cursor.fetchone()
    return sql.SQL("LOCALE {} LOCALE_PROVIDER libc").format(sql.Literal(found[0])) if found else sql.SQL("")


def login_url(admin_url, role, password, database="wel", **parameters):
    """The address of the same server for another role, as Django and libpq read it."""
    dsn = parse_dsn(make_dsn(admin_url))
    dsn = {name: value for name, value in dsn.items() if name not in {"user", "password", "dbname"}} | parameters
    host, port = dsn.pop("host", ""), dsn.pop("port", "")
    if host.startswith("/"):  # a socket folder does not fit in the host part
        dsn, host = {"host": host, **dsn}, ""
    address = f"[{host}]" if ":" in host else host
    login = quote(role) + (f":{quote(password, safe='')}" if password else "")
    rest = urlencode(dsn, quote_via=quote, safe="/")
    return f"postgresql://{login}@{address}{':' + port if port else ''}/{database}{'?' + rest if rest else ''}"
