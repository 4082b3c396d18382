"""What is written down after a table attacked past the first wall: raw SQL as the web role."""

from datetime import timedelta

import psycopg2
import pytest
from django.utils import timezone

from tests import factories
from tests.database import as_owner
from tests.security.test_team import attempts

TABLES = ("meetings_advicereview", "meetings_tablereflection")
RIGHT_REASON = ("42501", "23503", "23514", "23505")
OF = "case_id, swv_id, gemeente_id, shared_until, item_id, updated_by_id, updated_at, version"
IT = "{case}, {swv}, {gemeente}, '{until}', {item}, {by}, now(), 1"
REVIEW = (
    f"INSERT INTO meetings_advicereview ({OF}, moment, held_on, worked, happened, autonomy, autonomy_note, competence,"
    f" competence_note, belonging, belonging_note, next_step, needs_table) VALUES ({IT}, '{{moment}}', now(), 'ja',"
    " '{happened}', 'ja', '', 'ja', '', 'ja', '', '', false)"
)
CALL = (
    f"INSERT INTO meetings_tablereflection ({OF}, participant_id, called_on, worked, better, theme)"
    f" VALUES ({IT}, {{seat}}, {{on}}, '{{said}}', '', '')"
)


def of_held(case, parts, by):
    return {
        "case": case.pk, "swv": case.swv_id, "gemeente": case.gemeente_id, "until": case.shared_until,
        "item": parts["held"].pk, "by": by.pk, "moment": "4m", "happened": "x", "seat": parts["present"].pk,
        "on": "now()", "said": "x",
    }  # fmt: skip


@pytest.fixture
def world(fresh_world):
    return fresh_world


def counts(session):
    return [session.run(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def test_who_sat_there_reads_neither(world, session):
    """Also with care promised, and within the four months."""
    guest = factories.UserFactory()
    at_table = {"invited_at": timezone.now(), "confidential_at": timezone.now(), "attendance": "aanwezig"}
    factories.ParticipantFactory(item=world.own_parts["held"], user=guest, **at_table)
    session.become(guest.pk)

    assert session.run("SELECT id FROM meetings_agendaitem") == [(world.own_parts["held"].pk,)]
    assert counts(session) == [0, 0]
    its = of_held(world.own, world.own_parts, guest)
    refused = attempts(session, {"a review": REVIEW.format(**its), "a reflection": CALL.format(**its)}, {})
    assert set(refused.values()) <= set(RIGHT_REASON)


def test_it_is_of_a_table_that_was_held_here_in_ones_own_name_and_once(world, session):
    own, theirs = (
        of_held(case, parts, world.coordinator)
        for case, parts in ((world.own, world.own_parts), (world.foreign, world.foreign_parts))
    )
    to_come, other = world.own_parts["item"].pk, {"by": world.leerplicht.pk}
    with as_owner():
        absent = factories.ParticipantFactory(item=world.own_parts["held"], attendance="afwezig")
        there = factories.ParticipantFactory(item=world.own_parts["held"], attendance="aanwezig")
    own_call = own | {"seat": there.pk}
    session.become(world.coordinator.pk)

    refused = attempts(
        session,
        {
            "a review elsewhere": REVIEW.format(**theirs),
            "a review elsewhere, as if it were ours": REVIEW.format(**own | {"item": theirs["item"]}),
            "a review of another jeugdige": REVIEW.format(**own | {"case": theirs["case"]}),
            "a review in another's name": REVIEW.format(**own | other),
            "a review of a table to come": REVIEW.format(**own | {"item": to_come}),
            "a review of a moment that there is not": REVIEW.format(**own | {"moment": "4d"}),
            "a second review of four weeks": REVIEW.format(**own | {"moment": "4w"}),
            "a review without words": REVIEW.format(**own | {"happened": ""}),
            "a review changed in another's name": "UPDATE meetings_advicereview SET worked = 'nee',"
            f" updated_by_id = {world.leerplicht.pk}",
            "a review of another table": f"UPDATE meetings_advicereview SET item_id = {to_come}",
            "another moment": "UPDATE meetings_advicereview SET moment = '4m'",
            "a review wiped": "DELETE FROM meetings_advicereview",
            "a reflection elsewhere": CALL.format(**theirs),
            "a reflection of somebody elsewhere": CALL.format(**own | {"seat": theirs["seat"]}),
            "a reflection of who was not there": CALL.format(**own | {"seat": absent.pk}),
            "a reflection in another's name": CALL.format(**own_call | other),
            "a reflection without words": CALL.format(**own_call | {"said": ""}),
            "words of somebody who was not phoned": CALL.format(**own_call | {"on": "NULL"}),
            "somebody asked twice": CALL.format(**own),
            "words given to another": f"UPDATE meetings_tablereflection SET participant_id = {there.pk}",
            "a reflection wiped": "DELETE FROM meetings_tablereflection",
        },
        {},
    )
    assert {name: how for name, how in refused.items() if how not in RIGHT_REASON} == {}
    assert session.run("UPDATE meetings_advicereview SET worked = 'nee', updated_by_id = %s", own["by"]) == 1
    assert session.run(REVIEW.format(**own)) == 1
    assert session.run(CALL.format(**own_call)) == 1


def test_who_works_on_it_looks_back_and_only_the_coordinator_phones(world, session):
    with as_owner():
        there = factories.ParticipantFactory(item=world.own_parts["held"], attendance="aanwezig")
    its = of_held(world.own, world.own_parts, world.owner) | {"seat": there.pk}
    session.become(world.owner.pk)

    assert counts(session) == [1, 1]
    assert session.run(REVIEW.format(**its)) == 1
    assert session.run("UPDATE meetings_tablereflection SET worked = 'y', updated_by_id = %s", its["by"]) == 0
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run(CALL.format(**its))


def test_when_sharing_ends_both_are_closed_to_all_but_leerplicht(world, session):
    with as_owner():
        world.own.shared_until = timezone.localdate() - timedelta(days=1)
        world.own.save(update_fields=["shared_until"])

    for who in (world.coordinator, world.owner):
        session.become(who.pk)
        assert counts(session) == [0, 0], who
    session.become(world.leerplicht.pk)
    assert counts(session) == [1, 1]
