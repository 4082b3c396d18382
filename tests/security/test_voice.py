"""The stem attacked: by who guesses a link, and by who works here, with raw SQL as the web role."""

import hashlib
import io
import json
import logging
from dataclasses import asdict
from datetime import timedelta

import psycopg2
import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from access.context import acting_as
from access.logs import Formatter
from access.models import AuditEvent
from meetings.models import VoiceAnswer, VoiceDrawing
from meetings.views import voice_youth
from meetings.voice import new_token, secret_of
from tests import factories
from tests.database import as_owner
from tests.meetings.voice_world import ANSWERS, fill_in, people, send, url

TABLES = ("meetings_voicelink", "meetings_voiceanswer", "meetings_voicedrawing")


@pytest.fixture
def group(transactional_db):
    """A link in each state with an answer of each kind, and the same elsewhere."""
    group = people()
    group.open = factories.VoiceLinkFactory(case=group.case)
    factories.VoiceAnswerFactory(link=group.open, text="nog niet verstuurd")
    factories.VoiceDrawingFactory(link=group.open)
    group.sent = factories.VoiceLinkFactory(
        case=group.case,
        sent_at=timezone.now(),
        changed_at=timezone.now(),
        expires_on=timezone.localdate() - timedelta(days=3),
    )
    factories.VoiceAnswerFactory(link=group.sent, text="alleen voor Youssef")
    factories.VoiceAnswerFactory(link=group.sent, question="blij", text="voor de tafel", may_table_read=True)
    factories.VoiceDrawingFactory(link=group.sent)
    group.elsewhere = factories.VoiceLinkFactory(
        case=factories.CaseFactory(
            gemeente=factories.gemeente("Emmen"),
            swv=factories.swv("PO2203"),
            shared_until=timezone.localdate() + timedelta(days=9),
        ),
        sent_at=timezone.now(),
    )
    factories.VoiceAnswerFactory(link=group.elsewhere, text="van een ander", may_table_read=True)
    return group


SHARED, ALL = {"voor de tafel"}, {"voor de tafel", "alleen voor Youssef"}
READ = {
    "owner": ALL,
    "leerplicht": ALL,
    "coordinator": SHARED,
    "bringer": SHARED,
    "contact": set(),
    "neighbour": {"van een ander"},
}


def test_both_walls_give_each_reader_the_same_answers_and_nobody_what_was_not_sent(group, session):
    by_code, by_policy, drawings = {}, {}, {}
    for role in READ:
        user = getattr(group, role)
        with acting_as(user):
            by_code[role] = {answer.text for answer in VoiceAnswer.objects.visible_to(user)}
            seen = {drawing.pk for drawing in VoiceDrawing.objects.visible_to(user)}
        session.become(user.pk)
        by_policy[role] = {text for (text,) in session.run("SELECT text FROM meetings_voiceanswer")}
        drawings[role] = {pk for (pk,) in session.run("SELECT id FROM meetings_voicedrawing")}
        assert drawings[role] == seen, role

    assert by_code == by_policy == READ
    assert {role for role, found in drawings.items() if found} == {"owner", "leerplicht"}


def test_before_it_is_shared_and_after_only_leerplicht_reads(group, session):
    with as_owner():
        type(group.case).objects.unscoped().filter(pk=group.case.pk).update(shared_until="2020-01-01")

    found = {}
    for role in READ:
        session.become(getattr(group, role).pk)
        found[role] = {text for (text,) in session.run("SELECT text FROM meetings_voiceanswer")}

    assert found == {role: set() for role in READ} | {"leerplicht": ALL, "neighbour": {"van een ander"}}


def ended(session, statement, *arguments):
    """Rows or value of a statement, or the code of its refusal; undone either way."""
    session.run("SAVEPOINT s")
    try:
        return session.run(statement, *arguments)
    except psycopg2.Error as error:
        return error.pgcode
    finally:
        session.run("ROLLBACK TO SAVEPOINT s")


def test_nobody_writes_past_the_functions(group, session):
    statements = [
        "UPDATE meetings_voiceanswer SET may_table_read = true",
        "UPDATE meetings_voiceanswer SET sent_at = now()",
        "UPDATE meetings_voicelink SET sent_at = now()",
        "UPDATE meetings_voicelink SET expires_on = now() + interval '9 years'",
        "DELETE FROM meetings_voiceanswer",
        "INSERT INTO meetings_voiceanswer SELECT * FROM meetings_voiceanswer",
        "INSERT INTO meetings_voicelink SELECT * FROM meetings_voicelink",
        "UPDATE meetings_voicedrawing SET may_table_read = true",
        *(f"TRUNCATE {table}" for table in TABLES),
        "SELECT access.owner_scope(), access.voice_tidy() FROM pg_authid",
    ]
    for role in ("owner", "leerplicht", "coordinator"):
        session.become(getattr(group, role).pk)
        assert {statement: ended(session, statement) for statement in statements} == dict.fromkeys(statements, "42501")


def test_what_the_table_keeps_opens_nothing(group, session):
    session.become(group.owner.pk)
    kept = [row[0] for row in session.run("SELECT token_hash FROM meetings_voicelink")]
    token = group.open.token

    assert hashlib.sha256(secret_of(token).encode()).hexdigest() in kept
    for tried in (*kept, token, "", "%", secret_of(new_token()), secret_of(group.sent.token)):
        assert session.run("SELECT * FROM access.voice_read(%s)", tried) == [], tried
        assert session.run("SELECT access.voice_save(%s, 'droom', '', 'van mij', 1)", tried) == [(None,)]
        assert session.run("SELECT access.voice_wipe(%s)", tried) == [(None,)]
    assert len(session.run("SELECT * FROM access.voice_read(%s)", secret_of(token))) == 1


def test_a_link_reaches_one_youth_only_and_tells_no_more_than_the_form_shows(group, session):
    (row,) = session.run("SELECT * FROM access.voice_read(%s)", secret_of(group.open.token))

    assert "nog niet verstuurd" in json.dumps(row[5])
    told = json.dumps(row, default=str)
    for other in ("van een ander", "voor de tafel", "alleen voor Youssef", group.case.code, str(group.case.swv)):
        assert other not in told
    columns = [name for (name,) in session.run(
        "SELECT unnest(proargnames[2:]) FROM pg_proc WHERE proname = 'voice_read'")]  # fmt: skip
    assert columns == ["reader", "phone", "expires_on", "closes_at", "sent_at", "answers", "drawing"]
    for wrong in (("bestaat-niet", "", "x"), ("droom", "", "x" * 2001), ("gaat", "y" * 13, "")):
        assert (
            ended(session, "SELECT access.voice_save(%s, %s, %s, %s, 1)", secret_of(group.open.token), *wrong)
            == "23514"
        )


def test_a_secret_gives_no_context_so_every_table_still_raises(group, session):
    for table in TABLES:
        assert ended(session, f"SELECT count(*) FROM {table}") == "42501"
    for asked in (
        "invite(%s, repeat('a', 64), current_date, '')",
        "withdraw(%s)",
        "close(%s, now())",
        "begun(%s)",
        "seen(%s)",
    ):
        assert ended(session, f"SELECT access.voice_{asked}", group.case.pk) == "42501", asked


INVITERS = {
    "owner": True,
    "coordinator": True,
    "leerplicht": False,
    "bringer": False,
    "contact": False,
    "neighbour": False,
}


def test_only_the_eigenaar_and_the_coordinator_invite_and_withdraw_and_only_the_eigenaar_hears_of_a_beginning(
    group, session
):
    found = {}
    for role, may in INVITERS.items():
        session.become(getattr(group, role).pk)
        invited = ended(
            session, "SELECT access.voice_invite(%s, %s, current_date + 30, '')", group.case.pk, secret_of(new_token())
        )
        withdrawn = ended(session, "SELECT access.voice_withdraw(%s)::text[] IS NOT NULL", group.case.pk)
        assert (invited, withdrawn) == (([(True,)], [(True,)]) if may else ("42501", "42501")), role
        found[role] = session.run("SELECT access.voice_begun(%s)", group.case.pk)[0][0]
        for_ever = ended(
            session, "SELECT access.voice_invite(%s, %s, current_date + 99, '')", group.case.pk, secret_of(new_token())
        )
        assert for_ever == "42501"

    assert {role for role, begun in found.items() if begun} == {"owner"}


def test_who_stopped_being_eigenaar_reads_and_invites_no_more(group, session):
    with as_owner():
        member = type(factories.CaseMemberFactory(case=factories.CaseFactory()))
        member.objects.unscoped().filter(user=group.owner).update(
            ends_on=timezone.localdate() - timedelta(days=1), starts_on="2020-01-01"
        )
    session.become(group.owner.pk)

    assert session.run("SELECT text FROM meetings_voiceanswer") == []
    assert (
        ended(session, "SELECT access.voice_invite(%s, %s, current_date, '')", group.case.pk, secret_of("x")) == "42501"
    )


@pytest.mark.django_db
def test_ten_thousand_guesses_are_throttled_and_the_right_link_elsewhere_still_works(monkeypatch):
    link = factories.VoiceLinkFactory(case=people().case)
    looked_up = []
    read = voice_youth.read_voice
    monkeypatch.setattr(voice_youth, "read_voice", lambda token: looked_up.append(token) or read(token))
    ask, found = RequestFactory(), {}

    for _ in range(10_000):
        request = ask.get("/stem/x/", REMOTE_ADDR="2001:db8::1")
        request.COOKIES.clear()
        status = voice_youth.start(request, token=new_token()).status_code
        found[status] = found.get(status, 0) + 1

    assert found == {404: 30, 429: 9_970}
    assert len(looked_up) == 30
    same_home, elsewhere = Client(REMOTE_ADDR="2001:db8::2"), Client(REMOTE_ADDR="10.0.0.9")
    assert same_home.get(url(link.token)).status_code == 429  # one connection has all of a /64
    assert elsewhere.get(url(link.token)).status_code == 200


@pytest.mark.django_db
def test_one_link_is_throttled_whatever_the_network():
    link, other = (factories.VoiceLinkFactory(case=people().case) for _ in range(2))
    answers = [
        Client(REMOTE_ADDR=f"10.0.{number % 7}.1").get(url(link.token, "thanks")).status_code for number in range(301)
    ]

    assert (set(answers[:300]), answers[300]) == ({302}, 429)
    assert Client().get(url(other.token)).status_code == 200


def tables_with(words):
    """The tables in which one of these stands in any column."""
    with as_owner(), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        parts = [
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table} t WHERE t::text LIKE ANY (%(words)s))"
            for table in tables
        ]
        cursor.execute(" UNION ALL ".join(parts), {"words": [f"%{word}%" for word in words]})
        return {table for (table,) in cursor.fetchall()}


@pytest.mark.django_db
def test_a_token_is_in_no_log_line_no_row_no_title_and_no_answer_but_its_own_addresses(settings, capfd):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "wel_cache"}}
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter())
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.DEBUG)
    group = people()
    link = factories.VoiceLinkFactory(case=group.case)
    try:
        client = fill_in(link.token)
        send(link.token, for_table=["droom"], client=client)
        client.get(url(link.token, "question", 99))  # a page that is not there
        client.post(url(link.token, "draw"), {})  # an answer with errors
        client.get(url(link.token, "draw_away"))  # a method that it does not take
        body = client.get(url(link.token, "check")).content.decode()
        assert tables_with([link.token, secret_of(link.token)]) == set()
        client.post(url(link.token, "wipe"))
        client.get(url(link.token))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)

    told = stream.getvalue() + "".join(capfd.readouterr())
    assert "Unprocessable" in told or "422" in told  # the log was on
    for word in (link.token, secret_of(link.token), *(one["text"] for one in ANSWERS.values() if "text" in one)):
        assert word not in told
    assert link.token not in body.partition("</title>")[0]
    with as_owner():
        lines = list(AuditEvent.objects.filter(case_id=group.case.pk).order_by("pk").values_list("event", "user_id"))
    assert lines == [("voice_sent", None), ("voice_wiped", None)]  # no line per key that a youth pressed
    assert tables_with([one["text"] for one in ANSWERS.values() if "text" in one]) == set()


def test_the_world_of_this_file_is_what_it_says(group):
    """Else the refusals above would prove nothing: the same statements pass for who may."""
    assert set(READ) | {"case"} <= set(asdict(group))
    client = Client()
    assert client.get(url(group.open.token)).status_code == 200
    assert client.get(url(group.elsewhere.token)).status_code == 200
    assert client.get(url(group.sent.token)).status_code == 404
