"""The halte of an entry, attacked as the web role."""

import psycopg2
import pytest

TIE = (
    "INSERT INTO cases_logentry (case_id, swv_id, gemeente_id, shared_until, author_id, kind, text, happened_on, is_spark,"
    " readers, created_at, version, stop_id) SELECT case_id, swv_id, gemeente_id, shared_until, {coordinator}, 'lichtje', 'x',"
    " now(), true, 'team', now(), 1, {stop} FROM cases_journey WHERE case_id = {own}"
)


def test_no_entry_is_tied_to_a_halte_of_somebody_else_and_the_error_tells_nothing(world, session):
    names = []
    for stop in (world.foreign_parts["stop"].pk, 10**9):
        session.become(world.coordinator.pk)
        with pytest.raises(psycopg2.errors.ForeignKeyViolation) as caught:
            session.run(TIE.format(coordinator=world.coordinator.pk, own=world.own.pk, stop=stop))
        names.append(caught.value.diag.constraint_name)
        session.connection.rollback()
    assert names == ["cases_logentry_stop"] * 2

    session.become(world.coordinator.pk)
    own = TIE.format(coordinator=world.coordinator.pk, own=world.own.pk, stop=world.own_parts["stop"].pk)
    assert session.run(own) == 1
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run("UPDATE cases_logentry SET stop_id = NULL")
