"""The second wall attacked past the first: raw SQL in a real login as the web role."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from cases.models import CaseMember
from regions.models import Membership, Role, SamenwerkingsverbandGrant
from tests import factories
from tests.database import as_owner, login_dsn

# Every table that holds something about one youth.
CASE_TABLES = (
    "cases_case",
    "cases_casemember",
    "cases_identitygrant",
    "cases_consent",
    "cases_journey",
    "cases_youthwords",
    "cases_stop",
    "cases_logentry",
    "cases_inclusion",
    "cases_statuschange",
    "cases_legalstatus",
    "cases_contactattempt",
    "cases_costline",
    "cases_hoursline",
    "cases_document",
    "cases_draft",
    "cases_logentryversion",
    "cases_interviewconsent",
    "cases_interview",
    "cases_answer",
    "cases_quote",
    "cases_followevent",
    "cases_followup",
    "cases_closing",
    "cases_story",
    "cases_obstaclelink",
    "cases_authority",
    "cases_removaldecision",
    "cases_tablewish",
    "cases_connection",
    "cases_companion",
    "cases_reflection",
    "cases_journeyversion",
)
# Those that the web role reaches through functions only.
CLOSED_TABLES = (
    "cases_identity",
    "cases_possibledouble",
    "cases_uncomparedidentity",
    "cases_casereason",
    "cases_handover",
)
PROTECTED = (
    *CASE_TABLES,
    *CLOSED_TABLES,
    "cases_agreement",
    "access_auditevent",
    "regions_membership",
    "regions_subsidy",
    "regions_samenwerkingsverbandgrant",
    "regions_gemeentegrant",
    "reporting_accountabilityreport",
    "cases_questionlist",
    "cases_question",
    "cases_obstacle",
    "cases_solution",
    "cases_bankentry",
)

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
}
SEEN = {
    "leerplicht": WORK
    | {"cases_case": 2, "cases_statuschange": 2}
    | {"cases_legalstatus": 1, "cases_contactattempt": 1}
    | {"cases_authority": 1, "cases_removaldecision": 1},
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


REFUSED = {
    "writing history": "UPDATE cases_statuschange SET note = 'anders' WHERE case_id = {own}",
    "adding history": "INSERT INTO cases_statuschange SELECT * FROM cases_statuschange",
    "wiping history": "DELETE FROM cases_statuschange WHERE case_id = {own}",
    "stopping without a reason": "UPDATE cases_case SET status = 'gestopt' WHERE id = {own}",
    "a forged user id": "SELECT set_config('wel.who', '{leerplicht}:00', true); SELECT count(*) FROM cases_case",
    "an unsigned user id": "SELECT set_config('wel.who', '{leerplicht}', true); SELECT count(*) FROM cases_case",
    "forged accounts": "SELECT set_config('wel.accounts', '{foreign_swv}:00', true); SELECT count(*) FROM cases_journey",
    "accounts by somebody else": "SELECT access.open_accounts({foreign_swv}, 'nieuwsgierig')",
    "another role": "SET ROLE wel_owner",
    "the gate role": "SET ROLE wel_gate",
    "the migration role": "SET SESSION AUTHORIZATION wel_migrate",
    "switching security off": "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
    "a policy of one's own": "CREATE POLICY mine ON cases_case TO wel_app USING (true)",
    "dropping a policy": "DROP POLICY web_select ON cases_case",
    "a function in public": "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a function in access": "CREATE FUNCTION access.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "replacing who()": "CREATE OR REPLACE FUNCTION access.who() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    "a table": "CREATE TABLE public.t (x int)",
    "a temporary table": "CREATE TEMP TABLE t AS SELECT * FROM cases_case",
    "a view": "CREATE VIEW public.v AS SELECT * FROM cases_case",
    "a trigger": "CREATE TRIGGER t BEFORE INSERT ON cases_case EXECUTE FUNCTION access.log_change()",
    "truncating": "TRUNCATE cases_logentry",
    "rewriting what a youth said": "UPDATE cases_youthwords SET text = 'x'",
    "putting words in a youth's mouth": "INSERT INTO cases_youthwords (case_id, swv_id, gemeente_id, shared_until, text,"
    " created_at) SELECT id, swv_id, gemeente_id, shared_until, 'x', now() FROM cases_case",
    "a colleague's password": "UPDATE access_user SET password = 'x' WHERE id = {leerplicht}",
    "a colleague's address": "UPDATE access_user SET email = 'x@x.nl' WHERE id = {leerplicht}",
    "a second factor for a colleague": "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES"
    " ({leerplicht}, 'totp', '{{}}', now())",
    "deleting a case": "DELETE FROM cases_case",
    "deleting a halte": "DELETE FROM cases_stop",
    "deleting an entry of the log": "DELETE FROM cases_logentry",
    "deleting a consent": "DELETE FROM cases_consent",
    "changing a consent": "UPDATE cases_consent SET answer = 'gegeven'",
    "the identity table": "SELECT * FROM cases_identity",
    "identity through a join": "SELECT i.* FROM cases_case c JOIN cases_identity i ON i.case_id = c.id",
    "identity by COPY": "COPY cases_identity TO STDOUT",
    "writing an identity": "SELECT access.save_identity({own}, 'x', 'y', '2014-01-01', '', '')",
    "identities without a ground": "SELECT * FROM access.identities(ARRAY[{own}], '')",
    "the key of the signatures": "SELECT * FROM access.context_key",
    "signing oneself": "SELECT access.signature('1:1')",
    "helper of the gate": "SELECT access.known(ARRAY[{foreign}::bigint])",
    "sharing a case": "SELECT access.share_case({own}, '2999-01-01')",
    "sharing by hand": "UPDATE cases_case SET shared_until = '2999-01-01'",
    "moving a case": "UPDATE cases_case SET swv_id = {own_swv}",
    "changing the log of looks": "UPDATE access_auditevent SET event = 'niets'",
    "deleting from the log": "DELETE FROM access_auditevent",
    "writing in the log by hand": "INSERT INTO access_auditevent (at, event, on_behalf_of, ground, detail, request_id,"
    " previous_hash, hash) VALUES (now(), 'x', '', '', '{{}}', '', '', '')",
    "giving oneself a right": "INSERT INTO regions_samenwerkingsverbandgrant (user_id, permission_id, content_object_id,"
    " starts_on) SELECT {coordinator}, permission_id, content_object_id, starts_on FROM regions_samenwerkingsverbandgrant",
    "giving oneself a role": "INSERT INTO regions_membership (user_id, role, starts_on) VALUES ({coordinator}, 'beheer', now())",
    "giving oneself a general permission": "INSERT INTO access_user_user_permissions (user_id, permission_id) VALUES"
    " ({coordinator}, 1)",
    "giving oneself a guardian row": "INSERT INTO guardian_userobjectpermission (object_pk, content_type_id,"
    " permission_id, user_id) VALUES ('1', 1, 1, {coordinator})",
    "becoming superuser": "UPDATE access_user SET is_superuser = true",
    "deleting an account": "DELETE FROM access_user",
    "a case in another SWV": "INSERT INTO cases_case (gemeente_id, swv_id, birth_year, is_signal, situation,"
    " exemption_kind, strengths, hardship, next_step, status, parents_with_authority, cannot_judge, shared_until,"
    " registered_by_id, registered_on, version) VALUES ({foreign_gemeente}, {foreign_swv}, 2014, false, 'av', '', '', '',"
    " '', 'signaal', 1, false, '1900-01-01', {coordinator}, now(), 1)",
    "a log entry on another SWV's case": "INSERT INTO cases_logentry (case_id, swv_id, gemeente_id, shared_until,"
    " author_id, kind, text, happened_on, is_spark, readers, created_at, version) SELECT {foreign}, {foreign_swv},"
    " {foreign_gemeente}, '{foreign_until}', {coordinator}, 'gesprek', 'x', now(), false, 'team', now(), 1",
    "a log entry in another's name": "INSERT INTO cases_logentry (case_id, swv_id, gemeente_id, shared_until, author_id,"
    " kind, text, happened_on, is_spark, readers, created_at, version) SELECT id, swv_id, gemeente_id, shared_until,"
    " {leerplicht}, 'gesprek', 'x', now(), false, 'team', now(), 1 FROM cases_case",
    "letting oneself in": "INSERT INTO cases_identitygrant (case_id, swv_id, gemeente_id, shared_until, user_id, purpose,"
    " until, granted_by_id, granted_at) SELECT id, swv_id, gemeente_id, shared_until, {coordinator}, 'x', now(),"
    " {coordinator}, now() FROM cases_case",
    "becoming eigenaar elsewhere": "INSERT INTO cases_casemember (case_id, swv_id, gemeente_id, shared_until, user_id,"
    " role, starts_on) SELECT {foreign}, {foreign_swv}, {foreign_gemeente}, '{foreign_until}', {coordinator}, 'inbrenger',"
    " now()",
    "consent by the team": "INSERT INTO cases_consent (case_id, swv_id, gemeente_id, shared_until, purpose, person, answer,"
    " answered_on, how, parties, form_version, recorded_by_id, recorded_at) SELECT id, swv_id, gemeente_id, shared_until,"
    " 'delen', 'ouder_1', 'gegeven', now(), '', '', '', {coordinator}, now() FROM cases_case",
    "migrations": "SELECT * FROM django_migrations",
    "files of the server": "SELECT pg_read_file('/etc/passwd')",
    "a program of the server": "COPY cases_case TO PROGRAM 'cat'",
    "loading by COPY": "COPY cases_case FROM STDIN",
    "maintenance": "SET ROLE wel_migrate",
    "the table of handovers": "SELECT * FROM cases_handover",
    "writing a handover": "UPDATE cases_handover SET status = 'aangenomen'",
    "accepting what one did not get": "SELECT access.answer_handover(h, 1, true, '', {coordinator}) FROM unnest("
    "ARRAY['{incoming}', '{handover}', '{foreign_handover}']::uuid[]) h",
    "offering without leerplicht": "SELECT access.offer_handover('{handover}', 1)",
    "withdrawing elsewhere": "SELECT access.withdraw_handover('{foreign_handover}', 1, '')",
    "handing over a case elsewhere": "SELECT access.ask_handover({foreign}, {own_gemeente}, {own_swv}, 'verhuisd', now()::date,"
    " NULL, 'x', '{{}}')",
    "rewriting who was eigenaar": "UPDATE cases_casemember SET user_id = {coordinator}",
    "rewriting since when": "UPDATE cases_casemember SET starts_on = '2000-01-01'",
    "rewriting a role": "UPDATE cases_casemember SET role = 'inbrenger'",
    "a second eigenaar": "INSERT INTO cases_casemember (case_id, swv_id, gemeente_id, shared_until, user_id, role, starts_on)"
    " SELECT id, swv_id, gemeente_id, shared_until, {coordinator}, 'eigenaar', now() FROM cases_case",
    "saying that a colleague stops": "UPDATE cases_casemember SET leaves_on = now()",
    "no eigenaar": "UPDATE cases_casemember SET ends_on = now() WHERE role = 'eigenaar'; SET CONSTRAINTS ALL IMMEDIATE",
    "no verbinder": "UPDATE cases_connection SET ended_on = now(), ended_by_id = {coordinator}; SET CONSTRAINTS ALL IMMEDIATE",
    "a lost connection without a verbinder": "UPDATE cases_case SET connection_lost = true",
    "a verbinder in another's name": "INSERT INTO cases_connection (case_id, swv_id, gemeente_id, shared_until, broken_on,"
    " story, connector_id, starts_on, task, agreed_on, recorded_by_id, version) SELECT id, swv_id, gemeente_id, shared_until,"
    " now(), 'x', {coordinator}, now(), 'x', now(), {leerplicht}, 1 FROM cases_case",
    "another verbinder by hand": "UPDATE cases_connection SET connector_id = {coordinator}",
    "old consent made new": "UPDATE cases_case SET consent_from = NULL",
    "counting twice": "UPDATE cases_case SET counts_elsewhere = false",
    "a count of nobody": "INSERT INTO cases_inclusion (swv_id, subsidy_id, included_on, situation, outcome, is_eligible,"
    " included_by_id, moved_case, was_complete) SELECT swv_id, id, now(), 'av', 'x', true, {coordinator}, {foreign}, true"
    " FROM regions_subsidy",
}


def details(world):
    return {
        "leerplicht": world.leerplicht.pk,
        "coordinator": world.coordinator.pk,
        "own": world.own.pk,
        "own_swv": world.own.swv_id,
        "foreign": world.foreign.pk,
        "foreign_swv": world.foreign.swv_id,
        "foreign_gemeente": world.foreign.gemeente_id,
        "foreign_until": world.foreign.shared_until,
        "own_gemeente": world.own.gemeente_id,
        "handover": world.own_parts["handover"].pk,
        "incoming": world.own_parts["incoming"].pk,
        "foreign_handover": world.foreign_parts["handover"].pk,
    }


@pytest.mark.parametrize("attack", REFUSED)
def test_the_team_of_one_swv_is_refused(world, session, attack):
    session.become(world.coordinator.pk)

    with pytest.raises(psycopg2.Error):
        session.run(REFUSED[attack].format(**details(world)))


# Statements that are allowed and must touch or tell nothing of the other SWV, nor of what is not shared.
EMPTY = {
    "a filter on the id": "SELECT * FROM cases_case WHERE id IN ({foreign}, {closed})",
    "an update": "UPDATE cases_case SET next_step = 'x' WHERE id IN ({foreign}, {closed}) RETURNING id",
    "an update of a journey": "UPDATE cases_journey SET plan = 'x' WHERE case_id = {foreign} RETURNING wensdroom",
    "identities": "SELECT * FROM access.identities(ARRAY[{own}, {foreign}, {closed}]::bigint[], 'proberen')",
    "search by name": "SELECT * FROM access.search_identities('geheim')",
    "look-alikes": "SELECT * FROM access.lookalikes({foreign_gemeente}, '2014-03-14', 'Pippeloentje', 'Verzonnen')",
    "the maintenance flag": "SELECT set_config('wel.maintenance', 'on', true); SELECT id FROM cases_case WHERE id = {foreign}",
    "security switched off": "SET LOCAL row_security = on; SELECT id FROM cases_case WHERE id = {foreign}",
    "other sessions' statements": "SELECT query FROM pg_stat_activity WHERE query LIKE '%geheim%'",
    "statistics": "SELECT most_common_vals FROM pg_stats WHERE tablename IN ('cases_logentry', 'cases_identity')",
    "a log of looks": "SELECT * FROM access_auditevent",
    "a step of a jeugdige elsewhere": "SELECT * FROM cases_statuschange WHERE case_id IN ({foreign}, {closed})",
    "a subsidy of another SWV": "SELECT * FROM regions_subsidy WHERE swv_id = {foreign_swv}",
    "handovers of elsewhere": "SELECT * FROM access.handovers(NULL, {foreign})",
    "a handover of elsewhere": "SELECT * FROM access.handovers('{foreign_handover}', NULL)",
    "a handover that leerplicht answers": "SELECT * FROM access.handovers('{incoming}', NULL)",
    "tasks of elsewhere": "SELECT * FROM access.people_tasks(500) WHERE case_id IN ({foreign}, {closed})",
    "a connection elsewhere": "SELECT * FROM cases_connection WHERE case_id = {foreign}",
    "locking rows": "SELECT id FROM cases_case WHERE id IN ({foreign}, {closed}) FOR UPDATE",
}


@pytest.mark.parametrize("attack", EMPTY)
def test_the_team_of_one_swv_finds_nothing_elsewhere(world, session, attack):
    session.become(world.coordinator.pk)
    statement = EMPTY[attack].format(**details(world), closed=world.closed.pk)

    assert session.run(statement) == []


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


def test_errors_do_not_tell_whether_another_case_exists(world, session):
    session.become(world.leerplicht.pk)
    statement = (
        "INSERT INTO cases_journey (case_id, swv_id, gemeente_id, shared_until, wensdroom, wensdroom_short,"
        " wensdroom_parents, departure, luggage, worked_content, worked_process, worked_attitude, cooperation, plan,"
        " means_needed, means_present, means_note, distance_start_reason, distance_now_reason, look_back, updated_at,"
        " version) VALUES (%s, %s, %s, '1900-01-01', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', now(), 1)"
    )
    texts = []
    for case_id in (world.foreign.pk, 10**9):
        session.run("SAVEPOINT s")
        with pytest.raises(psycopg2.errors.ForeignKeyViolation) as caught:
            session.run(statement, case_id, world.own.swv_id, world.own.gemeente_id)
        texts.append(caught.value.diag.constraint_name)
        session.run("ROLLBACK TO SAVEPOINT s")

    assert texts[0] == texts[1]


def test_an_inactive_account_sees_nothing_at_once(fresh_world, session):
    with as_owner():
        type(fresh_world.leerplicht).objects.filter(pk=fresh_world.leerplicht.pk).update(is_active=False)
    session.become(fresh_world.leerplicht.pk)

    assert session.run("SELECT count(*) FROM cases_case") == [(0,)]
    assert session.run("SELECT * FROM access.identities(ARRAY[%s::bigint], 'toch')", fresh_world.own.pk) == []


def names_known(session, person, case):
    """What each function says that knows who was let in; each in a transaction of its own."""
    session.connection.rollback()
    session.become(person.pk)
    asked = {
        "let_in": ("SELECT unnest(access.let_in())",),
        "identities": ("SELECT case_id FROM access.identities(ARRAY[%s::bigint], 'toch')", case.pk),
        "search": ("SELECT case_id FROM access.search_identities('geheim')",),
    }
    answers = {name: [pk for (pk,) in session.run(*statement)] for name, statement in asked.items()}
    session.connection.rollback()
    return answers


KNOWN_BY_ALL = ("let_in", "identities", "search")


def everywhere(*case_ids):
    return {function: list(case_ids) for function in KNOWN_BY_ALL}


def end_yesterday(rows):
    yesterday = timezone.localdate() - timedelta(days=1)
    with as_owner():
        rows.update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)


def test_who_leaves_the_team_of_a_swv_leaves_the_names(fresh_world, session):
    own, coordinator = fresh_world.own, fresh_world.coordinator
    factories.IdentityGrantFactory(case=own, user=coordinator, until=own.shared_until)
    assert names_known(session, coordinator, own) == everywhere(own.pk)

    end_yesterday(Membership.objects.filter(user=coordinator))
    end_yesterday(SamenwerkingsverbandGrant.objects.filter(user=coordinator))

    assert names_known(session, coordinator, own) == everywhere()


def test_who_stops_working_on_a_case_leaves_its_name(fresh_world, session):
    own, owner = fresh_world.own, fresh_world.owner
    factories.IdentityGrantFactory(case=own, user=owner, until=own.shared_until)
    assert names_known(session, owner, own) == everywhere(own.pk)

    end_yesterday(CaseMember.objects.unscoped().filter(user=owner))

    assert names_known(session, owner, own) == everywhere()


def test_a_coordinator_who_is_eigenaar_too_keeps_the_name_by_either(fresh_world, session):
    """access.case_scope() leaves such a case out, because the SWV opens it."""
    own, coordinator = fresh_world.own, fresh_world.coordinator
    factories.IdentityGrantFactory(case=own, user=coordinator, until=own.shared_until)
    factories.CaseMemberFactory(case=own, user=coordinator, role="verbinder")
    factories.MembershipFactory(user=coordinator, role=Role.CASEWORKER, swv=own.swv)
    assert names_known(session, coordinator, own) == everywhere(own.pk)

    end_yesterday(Membership.objects.filter(user=coordinator, role=Role.COORDINATOR))
    end_yesterday(SamenwerkingsverbandGrant.objects.filter(user=coordinator))
    assert names_known(session, coordinator, own) == everywhere(own.pk)

    end_yesterday(Membership.objects.filter(user=coordinator))
    assert names_known(session, coordinator, own) == everywhere()


def test_who_was_let_in_and_works_elsewhere_or_otherwise_knows_no_name(fresh_world, session):
    own = fresh_world.own
    guest = factories.CaseMemberFactory(case=own, role="deelnemer").user
    others = [guest, fresh_world.contact, fresh_world.stranger, fresh_world.project, factories.coordinator("PO2203")]
    for person in others:
        factories.IdentityGrantFactory(case=own, user=person, until=own.shared_until)

    assert [names_known(session, person, own) for person in others] == [everywhere()] * len(others)


def test_an_account_that_was_switched_off_knows_no_name(fresh_world, session):
    own, coordinator = fresh_world.own, fresh_world.coordinator
    factories.IdentityGrantFactory(case=own, user=coordinator, until=own.shared_until)
    with as_owner():
        type(coordinator).objects.filter(pk=coordinator.pk).update(is_active=False)

    assert names_known(session, coordinator, own) == everywhere()


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
