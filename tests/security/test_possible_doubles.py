"""Misschien dubbel attacked by raw SQL as the web role: whoever registers finds no trace of a match, in any corner."""

import psycopg2
import pytest

from tests import factories
from tests.database import as_owner, login_dsn
from tests.security.conftest import Session

LIST = "SELECT double_id::text, swv_id, case_id, other_swv_id FROM access.possible_doubles()"
SAVE = "SELECT access.save_identity(%s, 'Roosje', 'Nergensland', '2012-07-09', 'Ouder', '0612345678')"
TWIN = {"first_name": "Roosje", "last_name": "Elders", "born_on": "2012-07-09"}


def details(world):
    return {
        "own": world.own.pk,
        "own_double": world.own_parts["double"].pk,
        "foreign_double": world.foreign_parts["double"].pk,
    }


REFUSED = {
    "the table": "SELECT * FROM cases_possibledouble",
    "one column of it": "SELECT count(id) FROM cases_possibledouble",
    "the waiting names": "SELECT * FROM cases_uncomparedidentity",
    "the plan of it": "EXPLAIN ANALYZE SELECT * FROM cases_possibledouble",
    "through a join": "SELECT d.* FROM cases_case c JOIN cases_possibledouble d ON c.id IN (d.newer_id, d.older_id)",
    "by COPY": "COPY cases_possibledouble TO STDOUT",
    "settling by hand": "UPDATE cases_possibledouble SET answer = 'ander' RETURNING older_id",
    "making one": "INSERT INTO cases_possibledouble (id, newer_id, newer_swv_id, older_id, older_swv_id, found_on,"
    " answer) VALUES (gen_random_uuid(), 2, 1, 1, 1, now(), '') RETURNING id",
    "losing one": "DELETE FROM cases_possibledouble",
    "emptying it": "TRUNCATE cases_possibledouble",
    "a name that need not be compared": "DELETE FROM cases_uncomparedidentity",
    "comparing on demand": "SELECT access.compare_identities()",
    "settling that of others": "SELECT access.settle_double('{foreign_double}', 'zelfde', '')",
    "settling what is not there": "SELECT access.settle_double('00000000-0000-0000-0000-000000000000', 'zelfde', '')",
    "another answer": "SELECT access.settle_double('{own_double}', 'misschien', '')",
    "no answer": "SELECT access.settle_double('{own_double}', NULL, '')",
}


@pytest.mark.parametrize("attack", REFUSED)
def test_a_coordinator_is_refused(world, session, attack):
    session.become(world.coordinator.pk)

    with pytest.raises(psycopg2.Error) as caught:
        session.run(REFUSED[attack].format(**details(world)))

    assert isinstance(caught.value, psycopg2.errors.InsufficientPrivilege)
    elsewhere = world.own_parts["double"].newer_id
    assert str(elsewhere) not in str(caught.value)


def test_an_error_is_the_same_whether_there_is_one_or_not(world, session):
    session.become(world.leerplicht.pk)
    texts = []
    for double in (world.own_parts["double"].pk, world.foreign_parts["double"].pk, "0" * 32):
        session.run("SAVEPOINT s")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege) as caught:
            session.run("SELECT access.settle_double(%s, 'zelfde', '')", str(double))
        texts.append(str(caught.value))
        session.run("ROLLBACK TO SAVEPOINT s")

    assert len(set(texts)) == 1


@pytest.mark.parametrize("role", ["leerplicht", "owner", "contact", "project", "fg", "beheer", "stranger"])
def test_nobody_but_a_coordinator_lists_any(world, session, role):
    session.become(getattr(world, role).pk)

    assert session.run(LIST) == []
    for double in (world.own_parts["double"], world.foreign_parts["double"]):
        assert session.run("SELECT * FROM access.possible_doubles(%s)", str(double.pk)) == []


def test_without_a_context_the_functions_raise(world, session):
    for statement in (LIST, f"SELECT access.settle_double('{world.own_parts['double'].pk}', 'zelfde', '')"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="no user context"):
            session.run(statement)
        session.connection.rollback()


def test_a_coordinator_gets_the_own_side_and_nothing_of_the_other_but_its_swv(world, session):
    session.become(world.coordinator.pk)
    double = world.own_parts["double"]
    elsewhere = double.newer

    assert session.run(LIST) == [(str(double.pk), world.own.swv_id, world.own.pk, elsewhere.swv_id)]
    (row,) = session.run("SELECT * FROM access.possible_doubles(%s)", str(double.pk))
    assert elsewhere.pk not in row
    assert session.run("SELECT * FROM access.possible_doubles(%s)", str(world.foreign_parts["double"].pk)) == []


def test_the_own_code_stays_behind_until_it_is_shared(fresh_world, session):
    closed = factories.PossibleDoubleFactory(cases=[fresh_world.closed, fresh_world.foreign])
    session.become(fresh_world.coordinator.pk)

    rows = {double: (case, other) for double, _, case, other in session.run(LIST)}

    assert rows == {
        str(closed.pk): (None, fresh_world.foreign.swv_id),
        str(fresh_world.own_parts["double"].pk): (fresh_world.own.pk, fresh_world.own_parts["double"].newer_swv_id),
    }


def test_an_inactive_coordinator_lists_nothing(fresh_world, session):
    with as_owner():
        type(fresh_world.coordinator).objects.filter(pk=fresh_world.coordinator.pk).update(is_active=False)
    session.become(fresh_world.coordinator.pk)

    assert session.run(LIST) == []
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run("SELECT access.settle_double(%s, 'ander', '')", str(fresh_world.own_parts["double"].pk))


# Corners where a trace could stay behind: what was counted in this transaction, and every number that went up.
COUNTED = (
    "SELECT relname, seq_scan, seq_tup_read, idx_scan, idx_tup_fetch, n_tup_ins, n_tup_upd, n_tup_del, n_tup_hot_upd"
    " FROM pg_stat_xact_all_tables WHERE schemaname IN ('public', 'access') ORDER BY relname"
)
NUMBERS = (
    "SELECT sequencename FROM pg_sequences WHERE has_sequence_privilege(schemaname || '.' || sequencename, 'SELECT')"
)


def traces(session, leerplicht, case):
    """What a leerplichtambtenaar with raw SQL can read after saving a name; then it never happened."""
    session.become(leerplicht.pk)
    sequences = sorted(name for (name,) in session.run(NUMBERS))

    def values():
        return [session.run(f'SELECT last_value FROM "{name}"')[0][0] for name in sequences]

    before = values()
    counted = {name: rest for name, *rest in session.run(COUNTED)}
    notices = len(session.connection.notices)
    answer = session.run(SAVE, case.pk)
    moved = [new - old for new, old in zip(values(), before, strict=True)]
    after = {name: rest for name, *rest in session.run(COUNTED)}
    work = {
        name: [new - old for new, old in zip(rest, counted.get(name, [0] * len(rest)), strict=True)]
        for name, rest in after.items()
    }
    said = session.connection.notices[notices:]
    visible = session.run("SELECT * FROM access.possible_doubles()")
    session.connection.rollback()
    return answer, work, moved, said, visible


def test_who_registers_finds_no_trace_of_a_match(fresh_world, session):
    case = factories.CaseFactory()
    alone = factories.IdentityFactory(
        case=factories.CaseFactory(**place(fresh_world)), **TWIN | {"born_on": "2011-01-01"}
    )
    traces(session, fresh_world.leerplicht, case)  # plans are made once per session

    without = traces(session, fresh_world.leerplicht, case)
    with as_owner():
        type(alone).objects.filter(pk=alone.pk).update(**TWIN)
    match = traces(session, fresh_world.leerplicht, case)

    assert match == without
    assert match[0] == [("",)]
    assert match[1]["cases_uncomparedidentity"][4] == 1
    assert "cases_possibledouble" not in {name for name, counts in match[1].items() if any(counts)}
    # And a match it was
    session.become(fresh_world.leerplicht.pk)
    session.run(SAVE, case.pk)
    session.connection.commit()
    session.become(fresh_world.coordinator.pk)
    found = [case_id for _, swv, case_id, other in session.run(LIST) if other == fresh_world.foreign.swv_id]
    assert found == [None]


def place(world):
    return {"gemeente": world.foreign.gemeente, "swv": world.foreign.swv}


def test_the_keys_are_no_numbers(world, session):
    session.become(world.coordinator.pk)

    names = {name for (name,) in session.run("SELECT sequencename FROM pg_sequences")}

    assert names
    assert {name for name in names if "double" in name or "uncompared" in name} == set()


def test_settling_settles_both_sides(fresh_world, session):
    double = fresh_world.own_parts["double"]
    other = factories.coordinator("PO2707")
    session.become(other.pk)
    assert [row[0] for row in session.run(LIST)].count(str(double.pk)) == 1
    assert session.run("SELECT access.settle_double(%s, 'ander', '')", str(double.pk)) == [(True,)]
    session.connection.commit()

    session.become(fresh_world.coordinator.pk)
    assert session.run(LIST) == []
    assert session.run("SELECT answer, settled_by_id FROM access.possible_doubles(%s)", str(double.pk)) == [
        ("ander", other.pk)
    ]
    assert session.run("SELECT access.settle_double(%s, 'zelfde', '')", str(double.pk)) == [(False,)]


def test_two_coordinators_who_look_at_once_find_a_pair_once(fresh_world, session):
    case = factories.CaseFactory()
    factories.IdentityFactory(case=factories.CaseFactory(**place(fresh_world)), **TWIN)
    session.become(fresh_world.leerplicht.pk)
    session.run(SAVE, case.pk)
    session.connection.commit()
    session.become(fresh_world.coordinator.pk)
    session.run(LIST)  # and not committed yet
    with psycopg2.connect(**login_dsn()) as second:
        other = Session(second).become(factories.coordinator("PO2203").pk)
        assert len(other.run(LIST)) == 1  # that of the world; this does not wait for the first
    second.close()
    session.connection.commit()
    session.become(fresh_world.coordinator.pk)

    assert len(session.run(LIST)) == 2
