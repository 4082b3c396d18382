"""A klad is one person's own and what was written before stays as it was: attacked with SQL as the web role."""

import psycopg2
import pytest

INSERT = (
    "INSERT INTO cases_draft (case_id, swv_id, gemeente_id, shared_until, author_id, place, token, step, answers, saved_at)"
    " SELECT id, swv_id, gemeente_id, shared_until, %s, 'logboek', gen_random_uuid(), 0, '{{}}', now() FROM cases_case"
    " WHERE id = %s"
)


def test_a_klad_is_read_and_written_by_its_author_alone(world, session):
    token = str(world.own_parts["draft"].token)
    for role in ("leerplicht", "owner", "contact", "project", "fg", "beheer", "stranger"):
        session.become(getattr(world, role).pk)
        assert session.run("SELECT answers FROM cases_draft") == [], role
        assert session.run("UPDATE cases_draft SET answers = '{}' WHERE token = %s", token) == 0, role
    session.become(world.coordinator.pk)
    assert session.run("SELECT answers FROM cases_draft") == [({"text": f"geheim verslag {world.own.pk}"},)]


@pytest.mark.parametrize("author", ["leerplicht", "stranger"])
def test_nobody_leaves_a_klad_in_the_name_of_another(world, session, author):
    session.become(world.coordinator.pk)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run(INSERT.replace("{{}}", "{}"), getattr(world, author).pk, world.own.pk)


@pytest.mark.parametrize("place", ["foreign", "closed"])
def test_nobody_leaves_a_klad_where_he_does_not_work(world, session, place):
    case = getattr(world, place)
    session.become(world.coordinator.pk)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run(
            "INSERT INTO cases_draft (case_id, swv_id, gemeente_id, shared_until, author_id, place, token, step, answers,"
            " saved_at) VALUES (%s, %s, %s, %s, %s, 'logboek', gen_random_uuid(), 0, '{}', now())",
            case.pk, case.swv_id, case.gemeente_id, case.shared_until, world.coordinator.pk,
        )  # fmt: skip


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE cases_draft SET author_id = {leerplicht}",
        "UPDATE cases_draft SET case_id = {foreign}",
        "DELETE FROM cases_draft",
        "TRUNCATE cases_draft",
        "UPDATE cases_logentryversion SET text = 'x'",
        "UPDATE cases_logentryversion SET readers = 'team'",
        "DELETE FROM cases_logentryversion",
        "TRUNCATE cases_logentryversion",
        "INSERT INTO cases_logentryversion (case_id, swv_id, gemeente_id, shared_until, entry_id, author_id, version, kind,"
        " text, happened_on, is_spark, readers, replaced_at) SELECT case_id, swv_id, gemeente_id, shared_until, id,"
        " author_id, 9, kind, 'x', happened_on, is_spark, readers, now() FROM cases_logentry",
        "SELECT access.keep_log_version()",
        "ALTER TABLE cases_logentry DISABLE TRIGGER keep_log_version",
        "SET session_replication_role = replica",
        "DELETE FROM cases_logentry",
        "DELETE FROM cases_stop",
        "UPDATE cases_logentry SET author_id = {leerplicht}",
        "UPDATE cases_logentry SET deleted_at = now() - interval '31 days'",
        "UPDATE cases_stop SET deleted_at = now() - interval '31 days'",
    ],
)
def test_what_the_author_is_refused_too(world, session, attack):
    session.become(world.coordinator.pk)
    with pytest.raises(psycopg2.Error):
        session.run(attack.format(leerplicht=world.leerplicht.pk, foreign=world.foreign.pk))


def test_a_change_past_the_code_is_kept_as_well(world, session):
    entry = world.own_parts["log"].pk
    session.become(world.coordinator.pk)
    session.run("UPDATE cases_logentry SET text = 'herschreven' WHERE id = %s", entry)

    newest = "SELECT text, replaced_by_id FROM cases_logentryversion WHERE entry_id = %s ORDER BY id DESC LIMIT 1"
    assert session.run(newest, entry) == [(f"geheim verslag {world.own.pk}", world.coordinator.pk)]


def test_history_is_for_the_readers_of_the_entry(world, session):
    entry = world.own_parts["log"].pk
    history = "SELECT count(*) FROM cases_logentryversion WHERE entry_id = %s"
    session.become(world.leerplicht.pk)
    assert session.run(history, entry) == [(1,)]

    session.become(world.coordinator.pk)
    session.run("UPDATE cases_logentry SET readers = 'ik' WHERE id = %s", entry)
    session.become(world.leerplicht.pk)
    assert session.run(history, entry) == [(0,)]
    session.become(world.coordinator.pk)
    assert session.run(history, entry) == [(2,)]


def test_what_was_removed_is_for_its_author_and_a_halte_for_who_works_on_the_case(world, session):
    entry, stop = world.own_parts["removed_log"].pk, world.own_parts["removed_stop"].pk
    seen = {}
    for role in ("leerplicht", "coordinator", "owner", "contact", "stranger"):
        session.become(getattr(world, role).pk)
        seen[role] = (
            session.run("SELECT count(*) FROM cases_logentry WHERE id = %s", entry)[0][0],
            session.run("SELECT count(*) FROM cases_stop WHERE id = %s", stop)[0][0],
        )

    assert seen == {
        "leerplicht": (0, 1), "coordinator": (1, 1), "owner": (0, 1), "contact": (0, 0), "stranger": (0, 0),
    }  # fmt: skip


def test_a_removed_entry_is_not_put_back_by_another(world, session):
    session.become(world.leerplicht.pk)

    assert session.run("UPDATE cases_logentry SET deleted_at = NULL") == 0


def test_a_klad_closes_with_the_consent_in_the_same_transaction(fresh_world, session):
    session.become(fresh_world.leerplicht.pk)
    session.run(
        "INSERT INTO cases_consent (case_id, swv_id, gemeente_id, shared_until, purpose, person, answer, answered_on, how,"
        " parties, form_version, recorded_by_id, recorded_at) SELECT id, swv_id, gemeente_id, shared_until, 'delen',"
        " 'ouder_1', 'ingetrokken', now(), '', '', '', %s, now() FROM cases_case WHERE id = %s",
        fresh_world.leerplicht.pk,
        fresh_world.own.pk,
    )
    session.become(fresh_world.coordinator.pk)

    assert session.run("SELECT count(*) FROM cases_draft") == [(0,)]
    assert session.run("UPDATE cases_draft SET answers = '{}'") == 0
