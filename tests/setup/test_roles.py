"""The database roles: what the web role cannot do, however it asks."""

from contextlib import closing

import psycopg2
import pytest

from wel import roles
from wel.embedded import throw_away_server


@pytest.fixture(scope="module")
def server():
    with throw_away_server() as server:
        yield server


@pytest.fixture
def prepared(server):
    roles.create_roles(server.url())
    return server


def run(url, *statements):
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def owner_url(server, database="wel", role=roles.OWNER):
    return server.url(roles.MIGRATE, database, options=f"-c role={role}")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMP TABLE x ()",
        "CREATE TABLE x ()",
        "CREATE TABLE access.x ()",
        "CREATE SCHEMA x",
        "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION pg_temp.x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE x",
        "SET ROLE wel_owner",
        "SET ROLE wel_gate",
        "SET ROLE wel_migrate",
        "SET SESSION AUTHORIZATION wel_owner",
        "SET track_activities = on",
        "SET log_min_error_statement = error",
        "SET log_error_verbosity = verbose",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_read_file('postgresql.conf')",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
    ],
)
def test_the_web_role_may_not(prepared, statement):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run(prepared.url(roles.APP, "wel"), statement)


def test_the_roles_are_exactly_as_described(prepared):
    found = run(
        prepared.url(),
        "SELECT rolname, rolcanlogin, rolinherit, rolbypassrls,"
        " rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication,"
        " ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = pg_roles.oid ORDER BY 1)"
        " FROM pg_roles WHERE rolname LIKE 'wel%' ORDER BY rolname",
    )

    assert found == [
        ("wel_app", True, False, False, False, []),
        ("wel_backup", True, True, True, False, ["pg_read_all_data"]),
        ("wel_gate", False, False, False, False, []),
        ("wel_migrate", True, False, False, False, ["wel_gate", "wel_owner"]),
        ("wel_owner", False, True, False, False, []),
    ]


def test_running_it_again_undoes_what_was_added_by_hand(prepared):
    run(prepared.url(), "GRANT wel_owner TO wel_app", "ALTER ROLE wel_app BYPASSRLS CREATEDB INHERIT")

    roles.create_roles(prepared.url())

    test_the_roles_are_exactly_as_described(prepared)


def test_a_test_cluster_becomes_a_normal_one_again(server):
    roles.create_roles(server.url(), test=True)
    assert run(owner_url(server, role=roles.APP), "SELECT current_user") == [("wel_app",)]

    roles.create_roles(server.url())

    test_the_roles_are_exactly_as_described(server)


def test_a_fresh_test_database_is_prepared_without_an_administrator(server):
    roles.create_roles(server.url(), test=True)
    with closing(psycopg2.connect(owner_url(server))) as connection:
        connection.autocommit = True
        connection.cursor().execute("CREATE DATABASE test_fresh")
    url = owner_url(server, "test_fresh")
    with closing(psycopg2.connect(url)) as connection, connection:
        roles.prepare_database(connection)
        roles.prepare_database(connection)

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("wel_owner",)

    run(url, "CREATE TABLE letters (id serial, letter text)", "INSERT INTO letters (letter) VALUES ('a')")
    run(url, "CREATE FUNCTION access.of_owner() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    as_gate = owner_url(server, "test_fresh", roles.GATE)
    run(as_gate, "CREATE FUNCTION access.of_gate() RETURNS int LANGUAGE sql AS 'SELECT 1'")

    app, backup = server.url(roles.APP, "test_fresh"), server.url(roles.BACKUP, "test_fresh")
    assert run(app, "UPDATE letters SET letter = 'b'", "SELECT letter FROM letters") == [("b",)]
    assert run(backup, "SELECT letter FROM letters") == [("b",)]
    for refused in (
        "SELECT access.of_owner()",
        "SELECT access.of_gate()",
        "CREATE TEMP TABLE x ()",
        "TRUNCATE letters",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            run(app, refused)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run(backup, "DELETE FROM letters")


def test_values_of_the_web_role_stay_out_of_the_log(prepared):
    run(owner_url(prepared), "CREATE TABLE IF NOT EXISTS people (name text CHECK (name <> 'Kanarie de Proef'))")
    with pytest.raises(psycopg2.errors.CheckViolation):
        run(prepared.url(roles.APP, "wel"), "INSERT INTO people VALUES ('Kanarie de Proef')")

    assert "violates check constraint" in prepared.log.read_text()
    assert "Kanarie" not in prepared.log.read_text()


def test_passwords_are_kept_hashed_and_only_replaced_on_request(server):
    kept = "SELECT rolname, rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL ORDER BY rolname"
    roles.create_roles(server.url(), passwords={roles.APP: "first-password", roles.MIGRATE: "another"})
    hashes = run(server.url(), kept)

    roles.create_roles(server.url())

    assert [name for name, hashed in hashes if hashed.startswith("SCRAM-SHA-256")] == [roles.APP, roles.MIGRATE]
    assert run(server.url(), kept) == hashes
    assert roles.roles_without_password(server.url()) == [roles.BACKUP]
    assert "first-password" not in server.log.read_text()


def test_someone_who_is_not_the_administrator_is_told_so(prepared):
    with pytest.raises(roles.RolesError, match="beheerder"):
        roles.create_roles(prepared.url(roles.MIGRATE, "wel"))


@pytest.mark.parametrize(
    ("admin_url", "expected"),
    [
        (
            "postgresql://postgres:secret@db.example:5433/postgres?sslmode=require",
            "postgresql://wel_app:p%2Fw@db.example:5433/wel?sslmode=require",
        ),
        (
            "postgresql://postgres@/postgres?host=/var/run/postgresql",
            "postgresql://wel_app:p%2Fw@/wel?host=/var/run/postgresql",
        ),
        ("host=localhost user=postgres", "postgresql://wel_app:p%2Fw@localhost/wel"),
        ("postgresql://postgres@[::1]/postgres", "postgresql://wel_app:p%2Fw@[::1]/wel"),
    ],
)
def test_the_address_of_another_role_is_on_the_same_server(admin_url, expected):
    assert roles.login_url(admin_url, roles.APP, "p/w") == expected
