"""The register of activities attacked past the first wall: raw SQL as the web role."""

from importlib import import_module

import pytest
from django.db import connection

from tests import factories
from tests.database import as_owner
from tests.security.test_team import RIGHT_REASON, attempts

TABLES = ("meetings_activity", "meetings_participation", "meetings_professional", "meetings_professionaladdress")
# Of the register of the own SWV one of each, and of the national one the activity and who was there, without address.
ALONG = (2, 2, 2, 1)
SEEN = {
    "coordinator": ALONG,
    "contact": ALONG,
    "interviewer": ALONG,
    "project": (3, 3, 3, 3),
    "leerplicht": (0, 0, 0, 0),
    "owner": (0, 0, 0, 0),
    "fg": (0, 0, 0, 0),
    "beheer": (0, 0, 0, 0),
    "stranger": (0, 0, 0, 0),
}
ACTIVITY = (
    "INSERT INTO meetings_activity (kind, happened_on, swv_id, for_swvs, for_regions, title, organiser, trainers, worked,"
    " take_along, stand_for, to_do, right_people, same_way, meeting_id, updated_at, updated_by_id, version)"
    " VALUES ('{kind}', '2026-01-12', {swv}, {places}, {regions}, '{title}', '', '', '', '', '', '', '', '', {meeting},"
    " now(), {by}, 1)"
)
OURS = {"kind": "handig", "swv": "{swv}", "places": "ARRAY[{swv}]::bigint[]", "regions": "'{{}}'", "title": "",
        "meeting": "NULL", "by": "{me}"}  # fmt: skip
PERSON = (
    "INSERT INTO meetings_professional (swv_id, name, organisation, function, updated_at, updated_by_id, version)"
    " VALUES ({swv}, 'x', 'y', '', now(), {by}, 1)"
)
SEAT = (
    "INSERT INTO meetings_participation (activity_id, professional_id, added_by_id, added_at)"
    " VALUES ({activity}, {person}, {by}, now())"
)
MAIL = "INSERT INTO meetings_professionaladdress (professional_id, email) VALUES ({person}, 'x@voorbeeld.test')"


def change(table, values, which, by="{me}"):
    named = f", updated_by_id = {by}" if table in ("meetings_activity", "meetings_professional") else ""
    return f"UPDATE {table} SET {values}{named} WHERE {which}"


REFUSED = {
    "an activity elsewhere": ACTIVITY.format(**OURS | {"swv": "{foreign_swv}", "places": "ARRAY[{foreign_swv}]"}),
    "a national activity": ACTIVITY.format(**OURS | {"swv": "NULL", "places": "'{{}}'"}),
    "an activity before another SWV": ACTIVITY.format(**OURS | {"places": "ARRAY[{swv}, {foreign_swv}]"}),
    "an activity before a region": ACTIVITY.format(**OURS | {"regions": "ARRAY[{region}]"}),
    "an activity not for who keeps it": ACTIVITY.format(**OURS | {"places": "'{{}}'"}),
    "an activity in another's name": ACTIVITY.format(**OURS | {"by": "{other}"}),
    "an activity with a code": ACTIVITY.format(**OURS | {"title": "over wel-0142"}),
    "an activity of a meeting that is planned": ACTIVITY.format(**OURS | {"kind": "tafel", "meeting": "{meeting}"}),
    "brought before another SWV": change("meetings_activity", "for_swvs = ARRAY[{swv}, {foreign_swv}]", "id = {own}"),
    "moved to another register": change("meetings_activity", "swv_id = NULL", "id = {own}"),
    "changed in another's name": change("meetings_activity", "title = 'x'", "id = {own}", by="{other}"),
    "removed long ago": change("meetings_activity", "deleted_at = now() - interval '40 days'", "id = {own}"),
    "wiped": "DELETE FROM meetings_activity WHERE id = {own}",
    "readers of a session": change("meetings_activity", "readers = 9", "id = {own}"),
    "somebody elsewhere": PERSON.format(swv="{foreign_swv}", by="{me}"),
    "somebody nationally": PERSON.format(swv="NULL", by="{me}"),
    "somebody in another's name": PERSON.format(swv="{swv}", by="{other}"),
    "somebody moved to us": "UPDATE meetings_professional SET swv_id = {swv} WHERE id = {national_person}",
    "a person of ours on the national list": SEAT.format(activity="{national}", person="{person}", by="{me}"),
    "a national person on our list": SEAT.format(activity="{own}", person="{national_person}", by="{me}"),
    "a person elsewhere on our list": SEAT.format(activity="{own}", person="{foreign_person}", by="{me}"),
    "on a list in another's name": SEAT.format(activity="{own}", person="{second}", by="{other}"),
    "another person in the same seat": "UPDATE meetings_participation SET professional_id = {second}",
    "an address for somebody nationally": MAIL.format(person="{unwritten}"),
    "an address of somebody else": "UPDATE meetings_professionaladdress SET professional_id = {second}",
    "a list wiped": "DELETE FROM meetings_participation",
    "a person wiped": "DELETE FROM meetings_professional",
    "an address wiped": "DELETE FROM meetings_professionaladdress",
}
# Statements that are right but for whose rows they are: nothing is touched.
TOUCHES_NOTHING = {
    "a national activity changed": change("meetings_activity", "title = 'x'", "id = {national}"),
    "an activity elsewhere changed": change("meetings_activity", "title = 'x'", "id = {foreign}"),
    "a national person changed": change("meetings_professional", "name = 'x'", "id = {national_person}"),
    "somebody taken off the national list": change("meetings_participation", "removed_at = now()", "id = {seat}"),
    "a national address changed": change(
        "meetings_professionaladdress", "email = ''", "professional_id = {national_person}"
    ),
}
ALLOWED = {
    "an activity": ACTIVITY.format(**OURS),
    "a change": change("meetings_activity", "title = 'x', attendees = 3", "id = {own}"),
    "somebody": PERSON.format(swv="{swv}", by="{me}"),
    "a person of ours on our list": SEAT.format(activity="{own}", person="{second}", by="{me}"),
    "an address": MAIL.format(person="{second}"),
    "removed": change("meetings_activity", "deleted_at = now()", "id = {own}"),
}


def values_of(world, me):
    parts, theirs = world.own_parts, world.foreign_parts
    with as_owner():
        unwritten = factories.ProfessionalFactory()
        second = factories.ProfessionalFactory(swv=world.own.swv)
    return {
        "me": me.pk,
        "other": world.leerplicht.pk,
        "swv": world.own.swv_id,
        "foreign_swv": world.foreign.swv_id,
        "region": 1,
        "own": parts["activity"].pk,
        "person": parts["attendant"].professional_id,
        "second": second.pk,
        "national": parts["national"].activity_id,
        "national_person": parts["national"].professional_id,
        "seat": parts["national"].pk,
        "unwritten": unwritten.pk,
        "foreign": theirs["activity"].pk,
        "foreign_person": theirs["attendant"].professional_id,
        "meeting": parts["table"].pk,
    }


@pytest.mark.parametrize("role", SEEN)
def test_a_role_sees_its_own_register_and_of_the_national_one_no_address(world, session, role):
    session.become(getattr(world, role).pk)

    assert tuple(session.run(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES) == SEEN[role]


def test_who_keeps_a_register_is_refused_elsewhere(fresh_world, session):
    for me in (fresh_world.coordinator, fresh_world.contact):
        values = values_of(fresh_world, me)
        session.become(me.pk)

        assert {k: v for k, v in attempts(session, REFUSED, values).items() if v not in RIGHT_REASON} == {}
        assert set(attempts(session, TOUCHES_NOTHING, values).values()) <= {0, "42501"}
        assert set(attempts(session, ALLOWED, values).values()) == {1}


def test_who_has_no_register_writes_in_none(fresh_world, session):
    for role in ("leerplicht", "owner", "beheer", "stranger"):
        me = getattr(fresh_world, role)
        session.become(me.pk)
        ended = attempts(session, ALLOWED, values_of(fresh_world, me))
        assert set(ended.values()) <= {0, "42501"}, role


def test_the_project_writes_in_every_register(fresh_world, session):
    values = values_of(fresh_world, fresh_world.project)
    session.become(fresh_world.project.pk)

    assert set(attempts(session, ALLOWED, values).values()) == {1}
    own = {name: REFUSED[name] for name in ("an activity elsewhere", "a national activity", "brought before another SWV",
                                            "somebody nationally")}  # fmt: skip
    assert set(attempts(session, own, values).values()) == {1}
    unknown = {"a SWV that is none": ACTIVITY.format(**OURS | {"swv": "NULL", "places": "ARRAY[999999999]::bigint[]"})}
    assert attempts(session, unknown, values) == {"a SWV that is none": "42501"}


def test_what_a_team_held_stays_what_it_was(fresh_world, session):
    team = fresh_world.own_parts["team"]
    meeting = factories.MeetingFactory(team=team, kind="atelier", status="geweest")
    with as_owner():
        day = meeting.starts_at.date()
        held = factories.ActivityFactory(kind="atelier", swv=team.swv, meeting=meeting, happened_on=day)
    session.become(fresh_world.coordinator.pk)
    me = fresh_world.coordinator.pk
    changes = {
        name: f"UPDATE meetings_activity SET {name} = {value}, updated_by_id = {me} WHERE id = {held.pk}"
        for name, value in (("kind", "'reisbureau'"), ("happened_on", "'2026-01-01'"), ("for_swvs", "'{{}}'"))
    }

    ended = attempts(session, changes, {})
    filled = session.run("UPDATE meetings_activity SET attendees = 9, updated_by_id = %s WHERE id = %s", me, held.pk)

    assert set(ended.values()) == {"23514"}
    assert filled == 1


@pytest.mark.django_db
def test_what_was_held_before_there_was_a_register_stands_in_it_once():
    kinds = ("atelier", "kernteam", "reisbureau", "tafel")
    for kind in kinds:
        factories.MeetingFactory(kind=kind, status="geweest")
    factories.MeetingFactory(kind="atelier")
    statement = import_module("meetings.migrations.0014_held_meetings").TO_ROWS
    with as_owner(), connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(statement)
        cursor.execute("SELECT kind FROM meetings_activity ORDER BY kind")
        assert cursor.fetchall() == [("atelier",), ("reisbureau",)]
