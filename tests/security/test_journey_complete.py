"""What De Reis gained, attacked with SQL as the web role: texts of before, reisgenoten, reflecties and names."""

import psycopg2
import pytest

from cases.identity import FREE_TEXTS

REFUSED = {
    "rewriting what was": "UPDATE cases_journeyversion SET texts = '{{}}'",
    "wiping what was": "DELETE FROM cases_journeyversion",
    "truncating what was": "TRUNCATE cases_journeyversion",
    "adding to what was": "INSERT INTO cases_journeyversion (case_id, swv_id, gemeente_id, shared_until, part, texts,"
    " written_at) SELECT id, swv_id, gemeente_id, shared_until, 'plan', '{{}}', now() FROM cases_case",
    "calling the trigger": "SELECT access.keep_journey_version()",
    "switching the trigger off": "ALTER TABLE cases_journey DISABLE TRIGGER keep_plan",
    "deleting a reisgenoot": "DELETE FROM cases_companion",
    "deleting a reflectie": "DELETE FROM cases_reflection",
    "moving a reisgenoot": "UPDATE cases_companion SET case_id = {foreign}, swv_id = {foreign_swv}",
    "a reisgenoot removed long ago": "UPDATE cases_companion SET deleted_at = now() - interval '31 days'",
    "a reflectie removed long ago": "UPDATE cases_reflection SET deleted_at = now() - interval '31 days'",
    "a reflectie by another": "UPDATE cases_reflection SET author_id = {leerplicht}",
    "a reflectie in another's name": "INSERT INTO cases_reflection (case_id, swv_id, gemeente_id, shared_until, voice,"
    " text, strengthen, said_on, author_id, created_at, updated_at, version) SELECT id, swv_id, gemeente_id,"
    " shared_until, 'jongere', 'x', '', now(), {leerplicht}, now(), now(), 1 FROM cases_case",
    "a reflectie at a halte elsewhere": "UPDATE cases_reflection SET stop_id = {foreign_stop}",
    "a reisgenoot elsewhere": "INSERT INTO cases_companion (case_id, swv_id, gemeente_id, shared_until, who, circle,"
    " is_unexpected, role, organisation, mandate, joins_table, meaning, updated_at, version) VALUES ({foreign},"
    " {foreign_swv}, {foreign_gemeente}, '{foreign_until}', 'x', 'naast', false, '', '', '', false, '', now(), 1)",
}


@pytest.mark.parametrize("attack", REFUSED)
def test_the_team_is_refused(world, session, attack):
    session.become(world.coordinator.pk)

    with pytest.raises(psycopg2.Error):
        session.run(
            REFUSED[attack].format(
                leerplicht=world.leerplicht.pk,
                foreign=world.foreign.pk,
                foreign_swv=world.foreign.swv_id,
                foreign_gemeente=world.foreign.gemeente_id,
                foreign_until=world.foreign.shared_until,
                foreign_stop=world.foreign_parts["stop"].pk,
            )
        )


def test_a_halte_elsewhere_and_one_that_does_not_exist_give_the_same_error(world, session):
    errors = []
    for stop in (world.foreign_parts["stop"].pk, 10**12):
        session.become(world.coordinator.pk)
        with pytest.raises(psycopg2.Error) as error:
            session.run("UPDATE cases_reflection SET stop_id = %s", stop)
        errors.append(error.type)
        session.connection.rollback()
    assert errors[0] is errors[1]


def test_only_who_wrote_a_reflectie_changes_it(world, session):
    change = "UPDATE cases_reflection SET text = 'anders' WHERE id = %s"
    for role in ("leerplicht", "owner", "contact", "project", "fg", "beheer", "stranger"):
        session.become(getattr(world, role).pk)
        assert session.run(change, world.own_parts["reflection"].pk) == 0, role
    session.become(world.coordinator.pk)
    assert session.run(change, world.own_parts["reflection"].pk) == 1
    assert session.run(change, world.foreign_parts["reflection"].pk) == 0


def test_a_change_past_the_code_is_kept_with_who_really_did_it(world, session):
    session.become(world.owner.pk)
    session.run("UPDATE cases_journey SET plan = 'herschreven', updated_by_id = %s", world.leerplicht.pk)
    session.run("UPDATE cases_companion SET who = 'ander', updated_by_id = %s", world.leerplicht.pk)

    newest = (
        "SELECT part, texts->>'plan', texts->>'who', written_by_id FROM cases_journeyversion WHERE id > %s ORDER BY id"
    )
    ((last,),) = session.run(
        "SELECT max(id) FROM cases_journeyversion WHERE written_by_id IS DISTINCT FROM %s", world.owner.pk
    )
    assert session.run(newest, last) == [
        ("plan", "herschreven", None, world.owner.pk),
        ("reisgenoot", None, "ander", world.owner.pk),
        ("reisgenoot", None, "ander", world.owner.pk),
    ]


TEXTS = "SELECT kind, texts FROM access.texts_without_names(ARRAY[%s]::bigint[]) ORDER BY kind"


def test_texts_without_names_come_to_who_accounts_or_may_know_the_name_and_to_nobody_else(world, session):
    """Who works on a case and does not know the name could lay one in a text, to see if it goes."""
    answers = {}
    for role in ("leerplicht", "coordinator", "owner", "contact", "project", "fg", "beheer", "stranger"):
        session.become(getattr(world, role).pk)
        answers[role] = [kind for kind, _ in session.run(TEXTS, world.own.pk)]
        assert session.run(TEXTS, world.foreign.pk) == [], role
    # Not the halte, the reisgenoot and the reflectie that were removed.
    kinds = ["companion", "costline", "journey", "reflection", "stop", "youthwords"]
    assert answers == {role: [] for role in answers} | {"leerplicht": kinds, "contact": kinds}


def test_every_free_text_of_the_code_is_one_of_the_database(world, session):
    for kind, names in FREE_TEXTS.items():
        for name in names:
            session.become(world.coordinator.pk)
            if kind not in ("youthwords", "costline"):  # which the web role does not rewrite as it likes
                session.run(f"UPDATE cases_{kind} SET {name} = 'Pippeloentje belde'")
        session.become(world.contact.pk)
        found = dict(session.run(TEXTS, world.own.pk))[kind]
        if kind not in ("youthwords", "costline"):
            assert set(found) == set(names), kind
            assert "Pippeloentje" not in str(found), kind
