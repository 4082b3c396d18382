"""Places at a table attacked past the first wall: who plans, who answers, and who reads along until when."""

import hashlib
import threading
from contextlib import closing
from datetime import datetime, timedelta

import psycopg2
import pytest
from django.utils import timezone

from meetings.models import AgendaItem, Participant
from regions.models import Membership
from tests import factories
from tests.database import as_owner, login_dsn
from tests.security.conftest import Session
from tests.security.test_team import attempts

ITEM = (
    "INSERT INTO meetings_agendaitem (case_id, swv_id, gemeente_id, shared_until, meeting_id, team_swv_id, holds_cases,"
    " starts_at, ends_at, presence, place, treat, status, uid, planned_by_id, updated_by_id, updated_at, version)"
    " SELECT c.id, c.swv_id, c.gemeente_id, c.shared_until, m.id, {team_swv}, {holds}, m.starts_at + interval '{begin}',"
    " m.starts_at + interval '{end}', '', '', '', '{status}', gen_random_uuid(), {by}, {by}, now(), 1"
    " FROM (SELECT {case} AS id, {swv} AS swv_id, {gemeente} AS gemeente_id, '{until}'::date AS shared_until) c,"
    " (SELECT {meeting} AS id, '{starts_at}'::timestamptz AS starts_at) m"
)
RIGHT = {"holds": "true", "begin": "45 minutes", "end": "90 minutes", "status": "gepland"}
PERSON = (
    "INSERT INTO meetings_participant (case_id, swv_id, gemeente_id, shared_until, item_id, role, user_id, organisation,"
    " function, email, sequence, told, answer, attendance, added_by_id, added_at, version, invited_at, confidential_at)"
    " VALUES ({case}, {swv}, {gemeente}, '{until}', {item}, '{role}', {user}, '', '', '', 0, {told}, '{answer}', '', {by},"
    " now(), 1, {invited}, {promised})"
)
GUEST = {"role": "deelnemer", "told": -1, "answer": "", "invited": "NULL", "promised": "NULL"}
# No right, no such meeting in that SWV, a rule of the row, of two at once, or of the table.
RIGHT_REASON = ("42501", "23503", "23514", "23P01", "23505")


def of_case(case, parts, coordinator):
    return {
        "case": case.pk, "swv": case.swv_id, "gemeente": case.gemeente_id, "until": case.shared_until,
        "team_swv": case.swv_id, "meeting": parts["table"].pk, "starts_at": parts["table"].starts_at.isoformat(),
        "item": parts["item"].pk, "by": coordinator.pk, "owner_of_case": parts["member"].user_id,
    }  # fmt: skip


def details(world):
    return of_case(world.own, world.own_parts, world.coordinator) | {"user": world.owner.pk}


def test_the_coordinator_plans_within_the_table_of_the_own_swv_only(world, session):
    theirs = of_case(world.foreign, world.foreign_parts, world.coordinator)
    network = factories.MeetingFactory(team=world.own_parts["team"], kind="atelier")
    values = details(world) | {"foreign_user": world.foreign_parts["member"].user_id}

    def item(**other):
        return ITEM.format(**RIGHT | values | other)

    def person(**other):
        return PERSON.format(**GUEST | values | other)

    session.become(world.coordinator.pk)
    refused = attempts(
        session,
        {
            "a jeugdige elsewhere": item(**{k: theirs[k] for k in ("case", "swv", "gemeente", "until", "team_swv")}),
            "a table elsewhere": item(meeting=theirs["meeting"], starts_at=theirs["starts_at"]),
            "a table elsewhere, as if it were so": item(meeting=theirs["meeting"], team_swv=theirs["swv"]),
            "a jeugdige who is not shared": item(case=world.closed.pk, until="1900-01-01"),
            "as if it were shared": item(case=world.closed.pk),
            "a network meeting": item(meeting=network.pk, starts_at=network.starts_at.isoformat()),
            "as if it held no jeugdige": item(meeting=network.pk, holds="false"),
            "in another's name": item(by=world.leerplicht.pk),
            "discussed before it was planned": item(status="besproken"),
            "before the meeting": item(begin="-45 minutes", end="0"),
            "after the meeting": item(begin="90 minutes", end="135 minutes"),
            "over another": item(begin="30 minutes", end="60 minutes"),
            "the same jeugdige again": item(),
            "moved to another jeugdige": f"UPDATE meetings_agendaitem SET case_id = {world.closed.pk}",
            "wiped": "DELETE FROM meetings_agendaitem",
            "somebody at a table elsewhere": person(item=theirs["item"]),
            "somebody of a jeugdige elsewhere": person(**{k: theirs[k] for k in ("case", "swv", "gemeente", "item")}),
            "who works elsewhere": person(user="{foreign_user}".format(**values)),
            "twice": person(user="{owner_of_case}".format(**values)),
            "a second eigenaar": person(role="eigenaar"),
            "the inbrenger as voorzitter": person(role="voorzitter"),
            "a second voorzitter": person(role="voorzitter", user=world.coordinator.pk),
            "the eigenaar as voorzitter": "UPDATE meetings_participant SET role = 'voorzitter' WHERE role = 'eigenaar'",
            "who answered already": person(answer="ja"),
            "who promised care already": person(promised="now()"),
            "who was mailed already": person(told=0),
            "a jongere with an account": person(role="jongere"),
            "a yes for somebody": "UPDATE meetings_participant SET answer = 'ja'",
            "a promise for somebody": "UPDATE meetings_participant SET confidential_at = now()",
            "another link": "UPDATE meetings_participant SET token_hash = 'x'",
            "another person": f"UPDATE meetings_participant SET user_id = {world.owner.pk}",
            "somebody wiped": "DELETE FROM meetings_participant",
        },
        {},
    )
    assert {name: code for name, code in refused.items() if code not in RIGHT_REASON} == {}

    right = attempts(
        session,
        {
            "the time": f"UPDATE meetings_agendaitem SET ends_at = ends_at - interval '5 minutes', updated_by_id = {values['by']}",
            "the treat": f"UPDATE meetings_agendaitem SET treat = 'taart', updated_by_id = {values['by']}",
            "somebody": person(),
            "another role": "UPDATE meetings_participant SET role = 'kernteam' WHERE role = 'voorzitter'",
            "not expected": "UPDATE meetings_participant SET removed_at = now() WHERE role = 'voorzitter'",
        },
        {},
    )
    assert right == {"the time": 1, "the treat": 1, "somebody": 1, "another role": 1, "not expected": 1}


def test_who_works_on_the_jeugdige_writes_down_the_place_and_plans_nothing(world, session):
    values = details(world) | {"by": world.owner.pk}
    session.become(world.owner.pk)

    ended = attempts(
        session,
        {
            "the place": "UPDATE meetings_agendaitem SET place = 'de kantine', updated_by_id = {by}",
            "another time": "UPDATE meetings_agendaitem SET ends_at = ends_at - interval '5 minutes', updated_by_id = {by}",
            "not any more": "UPDATE meetings_agendaitem SET status = 'vervallen', updated_by_id = {by}",
            "in another's name": f"UPDATE meetings_agendaitem SET place = 'x', updated_by_id = {world.coordinator.pk}",
            "a place": ITEM.format(**RIGHT | values),
            "somebody": PERSON.format(**GUEST | values),
            "not expected": "UPDATE meetings_participant SET removed_at = now()",
        },
        values,
    )

    assert ended == {
        "the place": 1, "another time": "42501", "not any more": "42501", "in another's name": "42501",
        "a place": "42501", "somebody": "42501", "not expected": 0,
    }  # fmt: skip


def test_two_who_plan_at_once_never_put_a_third_jeugdige_on_a_table_for_two(fresh_world):
    world, until = fresh_world, timezone.localdate() + timedelta(days=30)
    table, ended = world.own_parts["table"], []
    owners = [factories.CaseMemberFactory(case=factories.CaseFactory(shared_until=until)) for _ in range(2)]
    change(table, ends_at=table.starts_at + timedelta(hours=3))  # long enough for three; the team has room for two

    def plan(owner, begin, end, before_commit=None):
        values = details(world) | {"case": owner.case_id, "begin": begin, "end": end}
        with closing(psycopg2.connect(**login_dsn())) as own:
            session = Session(own).become(world.coordinator.pk)
            try:
                item = session.run(ITEM.format(**RIGHT | values) + " RETURNING id")[0][0]
                if before_commit:
                    before_commit()
                session.run(PERSON.format(**GUEST | values | {"item": item, "role": "eigenaar", "user": owner.user_id}))
                own.commit()
                ended.append("planned")
            except psycopg2.Error as error:
                ended.append(error.diag.constraint_name)

    second = threading.Thread(target=plan, args=(owners[1], "90 minutes", "135 minutes"))

    def meanwhile():
        second.start()
        second.join(0.3)
        assert ended == []  # it waits for the first

    plan(owners[0], "45 minutes", "90 minutes", meanwhile)
    second.join(10)

    assert sorted(ended) == ["agenda_is_full", "planned"]
    with as_owner():
        assert AgendaItem.objects.unscoped().filter(meeting=table).count() == 2


@pytest.fixture
def table(fresh_world):
    """Somebody who works in the SWV and was invited to the table of `own`, beside another jeugdige at that meeting."""
    world = fresh_world
    guest = factories.MembershipFactory(role="betrokken", swv=world.own.swv).user
    at_table = factories.ParticipantFactory(item=world.own_parts["item"], user=guest, invited_at=timezone.now())
    beside = factories.CaseFactory(shared_until=world.own.shared_until)
    start = world.own_parts["item"].ends_at
    other = factories.AgendaItemFactory(
        case=beside, meeting=world.own_parts["table"], starts_at=start, ends_at=start + timedelta(minutes=45)
    )
    for case in (world.own, beside, world.foreign):
        factories.JourneyFactory(case=case, wensdroom=f"droom van {case.pk}") if case is beside else None
        for readers in ("tafel", "team", "ik"):
            factories.LogEntryFactory(case=case, readers=readers, text=f"voor {readers} over {case.pk}")
    factories.LogEntryFactory(
        case=world.own, readers="tafel", text=f"weg over {world.own.pk}", deleted_at=timezone.now()
    )
    return world, guest, at_table, other


def reads(session, user, world):
    """What `user` gets of everything about anybody: numbers of places, people at them, and texts of the log."""
    session.connection.rollback()
    session.become(user.pk)
    found = {
        "items": session.run("SELECT count(*) FROM meetings_agendaitem")[0][0],
        "people": session.run("SELECT count(*) FROM meetings_participant")[0][0],
        "log": [row[0] for row in session.run("SELECT text FROM cases_logentry ORDER BY id")],
        "page": session.run("SELECT wensdroom FROM access.table_page(%s)", world.own_parts["item"].pk),
    }
    for rest in ("cases_case", "cases_journey", "cases_stop", "cases_logentryversion", "cases_consent", "cases_casemember",
                 "cases_document", "cases_companion", "cases_interview", "cases_tablewish"):  # fmt: skip
        assert session.run(f"SELECT count(*) FROM {rest}") == [(0,)], rest
    assert session.run("SELECT * FROM access.identities(ARRAY[%s::bigint], 'aan tafel')", world.own.pk) == []
    return found


NOTHING = {"items": 0, "people": 0, "log": [], "page": []}
BEFORE = {"items": 1, "people": 1, "log": [], "page": []}  # that one is invited, and to what


def change(row, **values):
    with as_owner():
        type(row).objects.unscoped().filter(pk=row.pk).update(**values)


def test_who_sits_at_the_table_reads_that_jeugdige_from_the_promise_on_and_nobody_else(table, session):
    world, guest, at_table, other = table
    everything = {"items": 1, "people": 4, "log": [f"voor tafel over {world.own.pk}"],
                  "page": [(f"geheime droom {world.own.pk}",)]}  # fmt: skip
    change(at_table, invited_at=None)
    assert reads(session, guest, world) == NOTHING  # asked, but the invitation has not gone out
    change(at_table, invited_at=timezone.now())

    assert reads(session, guest, world) == BEFORE
    for item in (other, world.foreign_parts["item"]):
        assert session.run("SELECT access.promise_care(%s)", item.pk) == [(False,)]
    assert session.run("SELECT access.promise_care(%s)", world.own_parts["item"].pk) == [(True,)]
    session.connection.commit()
    assert reads(session, guest, world) == everything
    assert session.run("SELECT * FROM access.table_page(%s)", other.pk) == []

    for row, values, back in (
        (at_table, {"answer": "nee"}, {"answer": "ja"}),
        (at_table, {"removed_at": timezone.now()}, {"removed_at": None}),
        (world.own_parts["item"], {"status": "vervallen"}, {"status": "gepland"}),
    ):
        change(row, **values)
        assert reads(session, guest, world) == NOTHING, values
        change(row, **back)
        assert reads(session, guest, world) == everything, back
    assert session.run("UPDATE meetings_agendaitem SET treat = 'x'") == 0
    assert session.run("UPDATE meetings_participant SET attendance = 'aanwezig'") == 0
    assert session.run("UPDATE cases_logentry SET text = 'x'") == 0


def test_reading_along_ends_four_calendar_months_after_the_table_and_with_the_consent(table, session):
    world, guest, at_table, _ = table
    change(at_table, confidential_at=timezone.now())
    item, today = world.own_parts["item"], timezone.localdate()
    change(world.own_parts["table"], starts_at=timezone.now() - timedelta(days=500), ends_at=timezone.now())
    session.become(guest.pk)
    # The last of a long month ends with the last of a short one.
    cases = session.run(
        "SELECT d::date, (d::date + interval '4 months')::date FROM unnest(ARRAY['2026-10-31', '2026-11-15']) d"
    )
    assert [str(until) for _, until in cases] == ["2027-02-28", "2027-03-15"]
    months_ago = session.run("SELECT (%s::date - interval '4 months')::date", today)[0][0]

    for day, sees in ((months_ago + timedelta(days=1), True), (months_ago - timedelta(days=4), False)):
        end = timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)
        change(item, status="besproken", starts_at=end - timedelta(minutes=45), ends_at=end)
        assert (reads(session, guest, world) != NOTHING) == sees, day

    change(item, ends_at=timezone.now() + timedelta(hours=1))
    assert reads(session, guest, world) != NOTHING
    factories.ConsentFactory(case=world.own, recorded_by=world.leerplicht, answer="ingetrokken")
    assert reads(session, guest, world) == NOTHING


def test_reading_along_ends_with_the_work_there(table, session):
    world, guest, at_table, _ = table
    change(at_table, confidential_at=timezone.now())
    assert reads(session, guest, world) != NOTHING

    with as_owner():
        Membership.objects.filter(user=guest).update(starts_on="2020-01-01", ends_on="2020-12-31")
    assert reads(session, guest, world) == NOTHING


def test_a_jeugdige_who_moves_to_another_swv_leaves_the_table_behind(table, session):
    """Where it was stays on record; it does not take place any more, and nobody of the table reads along."""
    world, guest, _, other = table
    factories.ParticipantFactory(item=other, user=guest, invited_at=timezone.now(), confidential_at=timezone.now())
    session.become(guest.pk)
    assert session.run("SELECT access.table_cases()") == [([other.case_id],)]

    with as_owner():
        moved = {"swv": world.foreign.swv, "gemeente": world.foreign.gemeente}
        type(world.own).objects.unscoped().filter(pk=other.case_id).update(**moved)
        item = AgendaItem.objects.unscoped().get(pk=other.pk)

    assert (item.team_swv_id, item.swv_id, item.status) == (world.own.swv_id, world.foreign.swv_id, "vervallen")
    change(item, status="gepland")  # and were it planned
    assert session.run("SELECT access.table_cases()") == [([],)]


def test_a_withdrawal_takes_the_jeugdige_off_the_agenda_and_the_invited_hear_it(table, session):
    world, _, at_table, other = table
    change(at_table, told=0)
    session.become(world.leerplicht.pk)
    session.run(
        "INSERT INTO cases_consent (case_id, swv_id, gemeente_id, shared_until, purpose, person, answer, answered_on, how,"
        " parties, form_version, recorded_by_id, recorded_at) SELECT id, swv_id, gemeente_id, shared_until, 'delen',"
        " 'ouder_1', 'ingetrokken', now(), '', '', '', %s, now() FROM cases_case WHERE id = %s",
        world.leerplicht.pk,
        world.own.pk,
    )
    session.connection.commit()

    with as_owner():
        found = dict(AgendaItem.objects.unscoped().values_list("pk", "status"))
        row = Participant.objects.unscoped().get(pk=at_table.pk)
    assert (found[world.own_parts["item"].pk], found[other.pk]) == ("vervallen", "gepland")
    assert (row.told, row.sequence) == (0, 1)
    assert (at_table.pk, 1) in session.run("SELECT participant, wanted FROM access.invitations_due()")


def test_a_meeting_takes_its_places_along_and_tells_who_was_invited(table, session):
    world, _, at_table, other = table
    change(at_table, told=0, answer="ja", answered_at=timezone.now())
    meeting, by = world.own_parts["table"], world.coordinator.pk
    session.become(by)
    session.run(
        "UPDATE meetings_meeting SET starts_at = starts_at + interval '45 minutes', ends_at = ends_at + interval '45 minutes',"
        " updated_by_id = %s WHERE id = %s", by, meeting.pk,
    )  # fmt: skip

    starts = session.run("SELECT starts_at FROM meetings_agendaitem WHERE status = 'gepland' ORDER BY id")
    later = timedelta(minutes=45)
    assert starts == [(row.starts_at + later,) for row in (world.own_parts["item"], other)]
    invited = "SELECT sequence, answer FROM meetings_participant WHERE id = %s"
    assert session.run(invited, at_table.pk) == [(1, "")]  # another time asks anew

    session.run("SAVEPOINT s")
    with pytest.raises(psycopg2.errors.CheckViolation, match="within its meeting"):
        session.run(
            "UPDATE meetings_meeting SET ends_at = starts_at + interval '1 hour', updated_by_id = %s WHERE id = %s",
            by,
            meeting.pk,
        )
    session.run("ROLLBACK TO SAVEPOINT s")
    session.run(
        "UPDATE meetings_meeting SET place_kind = 'fysiek', place = 'Elders', updated_by_id = %s WHERE id = %s",
        by,
        meeting.pk,
    )
    assert session.run(invited, at_table.pk) == [(1, "")]  # this jongere chose a place, whatever the others do
    session.run(
        "UPDATE meetings_meeting SET status = 'afgezegd', cancel_reason = 'x', updated_by_id = %s WHERE id = %s",
        by,
        meeting.pk,
    )
    statuses = "SELECT DISTINCT i.status FROM meetings_agendaitem i WHERE i.meeting_id = %s"
    assert session.run(statuses, meeting.pk) == [("vervallen",)]
    assert session.run(invited, at_table.pk) == [(2, "")]
    assert session.run("UPDATE meetings_agendaitem SET status = 'gepland', updated_by_id = %s", by) == 0


def test_the_eigenaar_is_always_at_the_table(table, session):
    world, _, at_table, _ = table
    session.become(world.coordinator.pk)
    session.run("UPDATE meetings_participant SET removed_at = now() WHERE id = %s", at_table.pk)
    session.run("SET CONSTRAINTS ALL IMMEDIATE")
    session.run("SET CONSTRAINTS ALL DEFERRED")

    session.run("UPDATE meetings_participant SET removed_at = now() WHERE role = 'eigenaar'")
    with pytest.raises(psycopg2.errors.CheckViolation, match="eigenaar sits at the table"):
        session.run("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_link_answers_for_one_person_until_the_table_and_tells_no_more_than_its_mail(table, session):
    world, _, at_table, _ = table
    link = hashlib.sha256(b"een lange willekeurige link").hexdigest()
    change(at_table, token_hash=link)
    show, answer = "SELECT * FROM access.open_invitation(%s)", "SELECT access.answer_invitation(%s, %s)"

    state, case_id, *_, place, kind, word, team, said = session.run(show, link)[0]  # nobody asks: no context
    assert (state, case_id, place, kind, word, team, said) == (
        "open", world.own.pk, f"geheime plek {world.own.pk}", "fysiek", "WEL-tafel", f"geheim team {world.own.pk}", "",
    )  # fmt: skip
    for unknown in ("", "x", link.upper()):
        assert session.run(show, unknown) == []
        assert session.run(answer, unknown, "ja") == [(False,)]
    assert session.run(answer, link, "misschien") == [(False,)]
    assert session.run(answer, link, "nee") == [(True,)]
    session.connection.commit()
    with as_owner():
        answers = dict(Participant.objects.unscoped().values_list("pk", "answer"))
    assert answers.pop(at_table.pk) == "nee"
    assert set(answers.values()) == {""}
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run("SELECT count(*) FROM meetings_participant")
    session.connection.rollback()

    change(world.own_parts["table"], starts_at=timezone.now() - timedelta(hours=1))  # and its places go along
    for values, expected in (({}, "geweest"), ({"status": "vervallen"}, "af")):
        if values:
            change(world.own_parts["item"], **values)
        row = session.run(show, link)[0]
        assert row[0] == expected
        assert not any(row[1:])
        assert session.run(answer, link, "ja") == [(False,)]


def test_only_who_is_nobody_takes_what_a_mail_needs_and_once(table, session):
    world, guest, at_table, _ = table
    take = "SELECT what, address, sequence, case_id FROM access.take_invitation(%s, %s, %s)"
    told = "SELECT access.invitation_told(%s, %s, 'nieuw')"
    for statement, values in ((take, (at_table.pk, 0, "a" * 64)), (told, (at_table.pk, 0))):
        session.become(world.coordinator.pk)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="only the worker"):
            session.run(statement, *values)
        session.connection.rollback()

    for _ in range(2):  # a mail that did not leave is tried again
        assert session.run(take, at_table.pk, 0, "a" * 64) == [("nieuw", guest.email, 0, world.own.pk)]
        session.connection.commit()
    assert session.run(take, at_table.pk, 1, "a" * 64) == []  # no such version
    session.run(told, at_table.pk, 0)
    session.run(told, at_table.pk, 0)
    session.connection.commit()
    assert session.run(take, at_table.pk, 0, "a" * 64) == []
    uninvited = world.own_parts["owner_at_table"].pk
    assert session.run(take, uninvited, 0, "b" * 64) == []
    session.connection.commit()
    session.become(world.fg.pk)
    lines = session.run("SELECT user_id, case_id, ground FROM access_auditevent WHERE event = 'invitation_mailed'")
    assert lines == [(None, world.own.pk, "nieuw")]
