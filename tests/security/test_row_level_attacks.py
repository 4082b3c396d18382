"""The second wall attacked past the first: raw SQL that is refused, or that finds nothing of elsewhere."""

import psycopg2
import pytest

from tests.security.targets import details

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
    "a colleague's mail": 'UPDATE access_user SET mail_choices = \'{{"actie": "niet"}}\' WHERE id = {leerplicht}',
    "that somebody was reminded": "DELETE FROM access_reminder",
    "another moment of a reminder": "UPDATE access_reminder SET falls_at = now()",
    "what is in the queue": "DELETE FROM access_mailjob",
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
