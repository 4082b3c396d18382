"""What the database keeps by itself, whatever the code does: a withdrawal closes, a report stays, the log is complete."""

import psycopg2
import pytest
from django.db import connection

from tests.database import as_owner
from tests.security.targets import CASE_TABLES


def test_a_withdrawal_closes_the_case_in_the_database_whatever_the_code_does_next(fresh_world, session):
    session.become(fresh_world.leerplicht.pk)
    session.run(
        "INSERT INTO cases_consent (case_id, swv_id, gemeente_id, shared_until, purpose, person, answer, answered_on, how,"
        " parties, form_version, recorded_by_id, recorded_at) SELECT id, swv_id, gemeente_id, shared_until, 'delen',"
        " 'ouder_1', 'ingetrokken', now(), '', '', '', %s, now() FROM cases_case WHERE id = %s",
        fresh_world.leerplicht.pk,
        fresh_world.own.pk,
    )
    session.connection.commit()

    session.become(fresh_world.coordinator.pk)
    found = {table: session.run(f"SELECT count(*) FROM {table}")[0][0] for table in CASE_TABLES}
    # What the SWV paid without a jeugdige stays.
    assert found == dict.fromkeys(CASE_TABLES, 0) | {"cases_costline": 1, "cases_hoursline": 1}
    session.become(fresh_world.leerplicht.pk)
    assert session.run("SELECT count(*) FROM cases_identitygrant WHERE revoked_at IS NULL") == [(0,)]


def test_a_yes_that_was_taken_back_shares_nothing(fresh_world, session):
    session.become(fresh_world.leerplicht.pk)
    session.run(
        "INSERT INTO cases_consent (case_id, swv_id, gemeente_id, shared_until, purpose, person, answer, answered_on, how,"
        " parties, form_version, recorded_by_id, recorded_at) SELECT id, swv_id, gemeente_id, shared_until, 'delen',"
        " 'ouder_1', 'ingetrokken', now(), '', '', '', %s, now() FROM cases_case WHERE id = %s",
        fresh_world.leerplicht.pk,
        fresh_world.own.pk,
    )

    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="no consent to share"):
        session.run("SELECT access.share_case(%s, access.today() + 5)", fresh_world.own.pk)


def test_a_finished_report_stays_what_it_is(fresh_world, session):
    report = fresh_world.own_parts["report"]
    with as_owner():
        type(report).objects.filter(pk=report.pk).update(
            made_by=fresh_world.contact, status="klaar", file=b"%PDF", size=4, sha256="0" * 64
        )
    session.become(fresh_world.contact.pk)

    assert session.run("UPDATE reporting_accountabilityreport SET file = 'x' WHERE id = %s", report.pk) == 0


def test_project_staff_open_the_accounts_of_one_swv_for_one_transaction_and_the_log_knows(fresh_world, session):
    session.become(fresh_world.project.pk)
    session.run("SELECT access.open_accounts(%s, 'pdf maken')", fresh_world.foreign.swv_id)

    assert session.run("SELECT case_id FROM cases_journey") == [(fresh_world.foreign.pk,)]
    assert session.run("SELECT count(*) FROM cases_logentry") == [(0,)]
    seen = session.run("SELECT current_setting('wel.accounts')")[0][0]
    session.connection.commit()
    session.become(fresh_world.project.pk)
    session.run("SELECT set_config('wel.accounts', %s, true)", seen)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="invalid accounts context"):
        session.run("SELECT count(*) FROM cases_journey")
    session.connection.rollback()
    session.become(fresh_world.project.pk)
    assert session.run("SELECT count(*) FROM cases_journey") == [(0,)]
    session.become(fresh_world.fg.pk)
    assert session.run("SELECT user_id, ground FROM access_auditevent WHERE event = 'accounts_opened'") == [
        (fresh_world.project.pk, "pdf maken")
    ]


def test_every_change_leaves_a_line_with_names_of_fields_and_no_contents(fresh_world, session):
    session.become(fresh_world.coordinator.pk)
    session.run("UPDATE cases_case SET next_step = 'geheime stap', version = version + 1")
    session.connection.commit()

    session.become(fresh_world.fg.pk)
    lines = session.run("SELECT user_id, case_id, detail FROM access_auditevent WHERE event = 'update'")
    assert lines == [
        (
            fresh_world.coordinator.pk,
            fresh_world.own.pk,
            {"table": "cases_case", "id": fresh_world.own.pk, "fields": ["next_step", "version"]},
        )
    ]


def test_a_changed_line_of_the_log_is_found(fresh_world, session):
    session.become(fresh_world.leerplicht.pk)
    for _ in range(3):
        session.run("SELECT * FROM access.identities(ARRAY[%s::bigint], 'naam tonen')", fresh_world.own.pk)
    session.connection.commit()
    session.become(fresh_world.fg.pk)
    assert session.run("SELECT access.broken_link()") == [(None,)]
    session.connection.commit()

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE access_auditevent SET user_id = 0 WHERE sequence = 2")

    session.become(fresh_world.fg.pk)
    assert session.run("SELECT access.broken_link()") == [(2,)]
