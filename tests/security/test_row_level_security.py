"""The second wall, past the first: which rows a real login as the web role gets, and for whom it was asked."""

import psycopg2
import pytest
from django.db import connection

from tests.database import as_owner, login_dsn
from tests.security.targets import CASE_TABLES, PROTECTED

# Rows per role and table: leerplicht sees own and closed, the team and the people of the case what is shared, a
# SWV-contact what the SWV accounts for; the national roles see nobody. There is one halte that was taken away, for
# whoever works on the case, and a reisgenoot too; an entry and a reflectie that were removed are for their author: the
# coördinator, who also has a klad. Of the texts of De Reis a row each for the wensdroom, haltes, reisgenoten, reflecties.
WORK = {
    "cases_case": 1,
    "cases_casemember": 3,
    "cases_identitygrant": 1,
    "cases_consent": 1,
    "cases_journey": 1,
    "cases_youthwords": 1,
    "cases_stop": 2,
    "cases_logentry": 1,
    "cases_logentryversion": 1,
    "cases_inclusion": 1,
    "cases_statuschange": 1,
    "cases_document": 2,
    "cases_interviewconsent": 1,
    "cases_interview": 1,
    "cases_answer": 1,
    "cases_quote": 1,
    "cases_followevent": 1,
    "cases_followup": 1,
    "cases_closing": 1,
    "cases_story": 1,
    "cases_obstaclelink": 1,
    "cases_tablewish": 1,
    "cases_connection": 1,
    "cases_companion": 2,
    "cases_reflection": 1,
    "cases_journeyversion": 6,
    "meetings_voicelink": 2,
    "meetings_voiceanswer": 1,
    "meetings_intake": 1,
    "meetings_bringing": 1,
    "meetings_checklist": 1,
    "meetings_homevisit": 1,
    "meetings_novoice": 1,
    "meetings_agendaitem": 2,
    "meetings_participant": 4,
    "meetings_action": 1,
    "meetings_tablenote": 1,
    "meetings_tablereport": 1,
    "meetings_feedback": 1,
    "meetings_reportreader": 1,
    "meetings_advicereview": 1,
    "meetings_tablereflection": 1,
}
SEEN = {
    "leerplicht": WORK
    | {"cases_case": 2, "cases_statuschange": 2}
    | {"cases_legalstatus": 1, "cases_contactattempt": 1}
    | {"cases_authority": 1, "cases_removaldecision": 1}
    | {"meetings_voiceanswer": 2, "meetings_voicedrawing": 1},
    "coordinator": WORK
    | {"cases_costline": 2, "cases_hoursline": 2}
    | {"cases_logentry": 2, "cases_draft": 1}
    | {"cases_reflection": 2, "cases_journeyversion": 7},
    "owner": WORK | {"cases_costline": 1, "cases_hoursline": 1},
    "contact": {
        "cases_case": 1,
        "cases_casemember": 3,
        "cases_journey": 1,
        "cases_youthwords": 1,
        "cases_stop": 1,
        "cases_inclusion": 1,
        "cases_costline": 2,
        "cases_hoursline": 2,
        "cases_companion": 1,
        "cases_reflection": 1,
    },
    "project": {},
    "fg": {},
    "beheer": {},
    "stranger": {},
}


@pytest.mark.parametrize("role", SEEN)
def test_select_without_a_filter_gives_a_role_exactly_its_rows(world, session, role):
    session.become(getattr(world, role).pk)

    found = {table: session.run(f"SELECT count(*) FROM {table}")[0][0] for table in CASE_TABLES}

    assert found == dict.fromkeys(CASE_TABLES, 0) | SEEN[role]


@pytest.mark.parametrize("table", PROTECTED)
def test_without_a_context_every_table_raises(world, session, table):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run(f"SELECT count(*) FROM {table}")


def test_counts_and_owners_are_of_the_rows_that_somebody_works_on(world, session):
    """The two functions that answer for a whole list, beside the list itself."""
    owner_of_own = world.own_parts["member"].user_id
    expected = {
        world.leerplicht: (2, [owner_of_own]),  # shared and closed, in the own gemeente
        world.coordinator: (1, [owner_of_own]),
        world.owner: (1, [owner_of_own]),
        **dict.fromkeys((world.contact, world.project, world.fg, world.beheer, world.stranger), (0, [])),
    }
    found = {}
    for user in expected:
        session.become(user.pk)
        found[user] = session.run("SELECT access.count_cases(), access.case_owners()")[0]

    assert found == expected
    assert world.foreign_parts["member"].user_id != owner_of_own


def test_a_statement_prepared_for_one_reader_answers_the_next_one_anew(world, session):
    session.become(world.leerplicht.pk)
    session.run("SET LOCAL plan_cache_mode = force_generic_plan")
    session.run("PREPARE mine AS SELECT count(*) FROM cases_case")
    assert session.run("EXECUTE mine") == [(2,)]

    session.become(world.coordinator.pk)
    assert session.run("EXECUTE mine") == [(1,)]
    session.become(world.stranger.pk)
    assert session.run("EXECUTE mine") == [(0,)]


def test_copy_out_gives_own_rows_only(world, session, tmp_path):
    session.become(world.coordinator.pk)

    with open(tmp_path / "out", "w+") as target:
        session.connection.cursor().copy_expert("COPY (SELECT id FROM cases_case) TO STDOUT", target)
        target.seek(0)
        assert target.read().split() == [str(world.own.pk)]


def test_a_context_seen_on_one_connection_opens_nothing_on_another(world, session):
    session.become(world.leerplicht.pk)
    stolen = session.run("SELECT current_setting('wel.who')")[0][0]

    with psycopg2.connect(**login_dsn()) as other, other.cursor() as cursor:
        cursor.execute("SELECT set_config('wel.who', %s, true)", [stolen])
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="invalid user context"):
            cursor.execute("SELECT count(*) FROM cases_case")
    other.close()


def test_the_context_ends_with_the_transaction(world, session):
    session.become(world.leerplicht.pk)
    session.connection.commit()

    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="no user context"):
        session.run("SELECT count(*) FROM cases_case")


def test_rolling_back_to_a_savepoint_does_not_change_who_asks(world, session):
    session.become(world.coordinator.pk)
    session.run("SAVEPOINT s")
    session.become(world.leerplicht.pk)
    session.run("ROLLBACK TO SAVEPOINT s")

    assert session.run("SELECT count(*) FROM cases_case") == [(1,)]


def test_an_inactive_account_sees_nothing_at_once(fresh_world, session):
    with as_owner():
        type(fresh_world.leerplicht).objects.filter(pk=fresh_world.leerplicht.pk).update(is_active=False)
    session.become(fresh_world.leerplicht.pk)

    assert session.run("SELECT count(*) FROM cases_case") == [(0,)]
    assert session.run("SELECT * FROM access.identities(ARRAY[%s::bigint], 'toch')", fresh_world.own.pk) == []


def test_a_view_with_the_rights_of_its_owner_still_shows_nothing(fresh_world, session):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE VIEW public.leaky AS SELECT * FROM cases_case; GRANT SELECT ON public.leaky TO wel_app")
    try:
        session.become(fresh_world.coordinator.pk)
        assert session.run("SELECT count(*) FROM leaky") == [(0,)]
    finally:
        session.connection.rollback()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("DROP VIEW public.leaky")
