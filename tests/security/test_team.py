"""WEL-teams attacked past the first wall: raw SQL as the web role."""

import psycopg2
import pytest

from meetings.rules.kinds import Kind, holds_cases
from tests import factories
from tests.database import as_owner

TABLES = ("meetings_welteam", "meetings_teammember", "meetings_meeting")
# Per role the rows of each: the team of the own SWV with two members, a meeting, two tables and a
# moreel beraad, and nothing of the other SWV.
SEEN = {
    "leerplicht": (1, 2, 4),
    "coordinator": (1, 2, 4),
    "owner": (1, 2, 4),
    "contact": (1, 2, 4),
    "interviewer": (1, 2, 4),
    "project": (0, 0, 0),
    "fg": (0, 0, 0),
    "beheer": (0, 0, 0),
    "stranger": (0, 0, 0),
}
TEAM = (
    "INSERT INTO meetings_welteam (swv_id, name, table_word, rhythm, place_kind, default_place, cases_per_session,"
    " minutes_per_case, soft_maximum, feedback_days, advice_is_binding, starts_on, updated_at, updated_by_id, version)"
    " VALUES ({swv}, 'x', 'x', 'verzoek', 'online', '', 2, 45, 5, 7, false, now(), now(), {by}, 1)"
)
MEMBER = (
    "INSERT INTO meetings_teammember (team_id, swv_id, role, user_id, organisation, function, email, starts_on,"
    " updated_at, updated_by_id, version) VALUES ({team}, {swv}, 'partner', {user}, '', '', '', now(), now(), {by}, 1)"
)
MEETING = (
    "INSERT INTO meetings_meeting (team_id, swv_id, kind, topic, starts_at, ends_at, place_kind, place, status,"
    " cancel_reason, updated_at, updated_by_id, version) VALUES ({team}, {swv}, '{kind}', '{topic}', now(),"
    " now() + interval '1 hour', 'online', '', '{status}', '', now(), {by}, 1)"
)
TABLE = {"kind": "tafel", "topic": "", "status": "gepland"}
OURS = {"team": "{team}", "swv": "{swv}", "by": "{coordinator}"}
REFUSED = {
    "a meeting elsewhere": MEETING.format(**TABLE, team="{foreign_team}", swv="{foreign_swv}", by="{coordinator}"),
    "a meeting of a team elsewhere": MEETING.format(**TABLE, **OURS | {"team": "{foreign_team}"}),
    "a meeting in another's name": MEETING.format(**TABLE, **OURS | {"by": "{leerplicht}"}),
    "a meeting that was held before it was planned": MEETING.format(**TABLE | {"status": "geweest"}, **OURS),
    "a meeting with a code in its topic": MEETING.format(**TABLE | {"topic": "over wel-0142"}, **OURS),
    "a network meeting with a code": MEETING.format(**TABLE | {"kind": "atelier", "topic": "WEL 0142"}, **OURS),
    "a network meeting said to hold jeugdigen": "UPDATE meetings_meeting SET holds_cases = true",
    "a meeting called off without a reason": "UPDATE meetings_meeting SET status = 'afgezegd',"
    " updated_by_id = {coordinator}",
    "a meeting moved to another team": "UPDATE meetings_meeting SET team_id = {foreign_team}",
    "a meeting wiped": "DELETE FROM meetings_meeting",
    "a team elsewhere": TEAM.format(swv="{foreign_swv}", by="{coordinator}"),
    "a team in another's name": TEAM.format(swv="{swv}", by="{leerplicht}"),
    "a team moved to another SWV": "UPDATE meetings_welteam SET swv_id = {foreign_swv}",
    "a team changed in another's name": "UPDATE meetings_welteam SET name = 'x', updated_by_id = {leerplicht}",
    "a team wiped": "DELETE FROM meetings_welteam",
    "somebody wiped": "DELETE FROM meetings_teammember",
    "somebody in a team elsewhere": MEMBER.format(
        team="{foreign_team}", swv="{foreign_swv}", user="{owner}", by="{coordinator}"
    ),
    "somebody in a team elsewhere, as if it were ours": MEMBER.format(
        team="{foreign_team}", swv="{swv}", user="{owner}", by="{coordinator}"
    ),
    "somebody who works elsewhere": MEMBER.format(team="{team}", swv="{swv}", user="{outsider}", by="{coordinator}"),
    "somebody in another's name": MEMBER.format(team="{team}", swv="{swv}", user="{owner}", by="{leerplicht}"),
    "another person in the same row": "UPDATE meetings_teammember SET user_id = {owner} WHERE user_id IS NOT NULL",
    "somebody moved to another team": "UPDATE meetings_teammember SET team_id = {foreign_team}",
    "an account with an address beside it": "UPDATE meetings_teammember SET email = 'x', updated_by_id = {coordinator}"
    " WHERE user_id IS NOT NULL",
    "a partner without work": "UPDATE meetings_teammember SET function = '', updated_by_id = {coordinator}",
    "a hundred jeugdigen at once": "UPDATE meetings_welteam SET cases_per_session = 100, updated_by_id = {coordinator}",
    "a rhythm without a day": "UPDATE meetings_welteam SET weekday = NULL, updated_by_id = {coordinator}",
}
# No right, no such team in that SWV, a rule of the row, or a column that PostgreSQL alone fills in: never a statement that
# was written wrong here.
RIGHT_REASON = ("42501", "23503", "23514", "428C9")


def details(world):
    return {
        "swv": world.own.swv_id,
        "foreign_swv": world.foreign.swv_id,
        "coordinator": world.coordinator.pk,
        "leerplicht": world.leerplicht.pk,
        "owner": world.owner.pk,
        "team": world.own_parts["team"].pk,
        "foreign_team": world.foreign_parts["team"].pk,
        "outsider": world.foreign_parts["colleague"].user_id,
    }


def attempts(session, statements, values):
    """{name: how it ended}: rows touched, or the code of the refusal; each in a savepoint."""
    found = {}
    for name, statement in statements.items():
        session.run("SAVEPOINT s")
        try:
            found[name] = session.run(statement.format(**values))
        except psycopg2.Error as error:
            found[name] = error.pgcode
        session.run("ROLLBACK TO SAVEPOINT s")
    return found


@pytest.mark.parametrize("role", SEEN)
def test_a_role_sees_the_teams_of_its_own_swv_only(world, session, role):
    session.become(getattr(world, role).pk)

    assert tuple(session.run(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES) == SEEN[role]


def test_the_coordinator_of_one_swv_is_refused(world, session):
    session.become(world.coordinator.pk)

    ended = attempts(session, REFUSED, details(world))

    assert {name: code for name, code in ended.items() if code not in RIGHT_REASON} == {}


def test_a_statement_that_is_right_passes(world, session):
    """Else the refusals above would prove nothing."""
    session.become(world.coordinator.pk)
    statements = {
        "team": TEAM.format(swv="{swv}", by="{coordinator}"),
        "colleague": MEMBER.format(team="{team}", swv="{swv}", user="{owner}", by="{coordinator}"),
        "leerplicht of a gemeente": MEMBER.format(team="{team}", swv="{swv}", user="{leerplicht}", by="{coordinator}"),
        "change": "UPDATE meetings_welteam SET name = 'x', updated_by_id = {coordinator}",
        "table": MEETING.format(**TABLE, **OURS),
        "werkatelier": MEETING.format(**TABLE | {"kind": "atelier", "topic": "welkom 2026"}, **OURS),
        "end": "UPDATE meetings_teammember SET ends_on = now() + interval '1 day', updated_by_id = {coordinator}",
    }

    assert attempts(session, statements, details(world)) == {
        "team": 1, "colleague": 1, "leerplicht of a gemeente": 1, "change": 1, "table": 1,
        "werkatelier": 1, "end": 2,
    }  # fmt: skip


@pytest.mark.parametrize("role", ["leerplicht", "owner", "contact"])
def test_who_reads_changes_nothing(world, session, role):
    reader = getattr(world, role)
    session.become(reader.pk)
    values = details(world) | {"coordinator": reader.pk}
    statements = {
        "team": TEAM.format(swv="{swv}", by="{coordinator}"),
        "member": MEMBER.format(team="{team}", swv="{swv}", user="{owner}", by="{coordinator}"),
        "name": "UPDATE meetings_welteam SET name = 'x', updated_by_id = {coordinator}",
        "role": "UPDATE meetings_teammember SET role = 'voorzitter', updated_by_id = {coordinator}",
    }

    assert attempts(session, statements, values) == {"team": "42501", "member": "42501", "name": 0, "role": 0}


def test_the_database_knows_which_kinds_are_about_jeugdigen(world, session):
    session.become(world.coordinator.pk)
    found = {}
    for kind in Kind:
        statement = MEETING.format(**TABLE | {"kind": kind.value}, **OURS).format(**details(world))
        found[kind] = session.run(f"{statement} RETURNING holds_cases")[0][0]

    assert found == {kind: holds_cases(kind) for kind in Kind}
    assert {kind for kind, holds in found.items() if holds} == {"tafel", "tweede", "reisbureau", "huisbezoek", "ouders"}


def test_what_was_called_off_is_never_planned_again(world, session):
    session.become(world.coordinator.pk)
    by = world.coordinator.pk
    change = "UPDATE meetings_meeting SET status = %s, cancel_reason = %s, updated_by_id = %s"

    assert session.run(change, "afgezegd", "geen jeugdige", by) == 3
    assert session.run(change, "gepland", "", by) == 0


def test_a_werkplek_that_ended_brings_nobody_into_a_team(world, session):
    gone = factories.MembershipFactory(swv=world.own.swv)
    with as_owner():
        type(gone).objects.filter(pk=gone.pk).update(starts_on="2020-01-01", ends_on="2020-12-31")
    statement = MEMBER.format(team="{team}", swv="{swv}", user=gone.user_id, by="{coordinator}")
    session.become(world.coordinator.pk)

    assert attempts(session, {"gone": statement}, details(world)) == {"gone": "42501"}


def test_every_change_of_a_team_is_on_record_by_the_names_of_its_fields(world, session):
    session.become(world.coordinator.pk)
    session.run("UPDATE meetings_welteam SET name = 'Iets geheims', updated_by_id = %s", world.coordinator.pk)
    session.become(world.fg.pk)

    detail = session.run("SELECT detail FROM access_auditevent ORDER BY id DESC LIMIT 1")[0][0]

    assert (detail["table"], detail["id"]) == ("meetings_welteam", world.own_parts["team"].pk)
    assert "name" in detail["fields"]
    assert "geheims" not in str(detail)
