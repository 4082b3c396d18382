"""Stem for the people around: inviting, withdrawing, and reading what the youth gave."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.models.document import document_storage
from meetings.actions.voice import close_with_table, invite, tidy, withdraw
from meetings.models import VoiceAnswer, VoiceLink
from meetings.models.voice import drawing_path
from meetings.voice import State, new_token, voice_state
from reporting.today import read_today
from tests import factories
from tests.database import as_owner
from tests.meetings.voice_world import ANSWERS, fill_in, people, send, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return people()


def page_of(group, client, name="voice"):
    return client.get(reverse(f"voice:{name}", args=[group.case.pk]))


def press(client, group, name, link):
    return client.post(reverse(f"voice:{name}", args=[group.case.pk]), {"link": link})


def made(group, client):
    """Press `Stuur een link` on the page; the answer, and what stands in the link."""
    signed = page_of(group, client).context["form"]["link"].value()
    answer = press(client, group, "invite", signed)
    found = re.search(r"/stem/([\w-]{43})/", answer.content.decode())
    return answer, found and found.group(1), signed


def told(case):
    with as_owner():
        return list(
            AuditEvent.objects.filter(case_id=case.pk).exclude(event="case_read").values_list("event", flat=True)
        )


def test_a_link_is_made_and_shown_once_with_words_that_tell_nothing(group, client_of):
    client = client_of(group.owner)
    before = page_of(group, client).content.decode()
    assert "Nog geen antwoord. Je kunt een link sturen of samen invullen." in before

    answer, token, _ = made(group, client)

    invitation = answer.context["invitation"]
    assert invitation["url"] == f"http://testserver/stem/{token}/"
    assert invitation["text"] == (
        "Hoi, Youssef wil graag weten wat jij wilt. 8 korte vragen, je mag alles overslaan:\n"
        f"http://testserver/stem/{token}/\nLiever praten? Bel of app 06 00 00 00 01."
    )
    assert unquote(invitation["sms_url"]) == f"sms:?&body={invitation['text']}"
    assert unquote(invitation["mail_url"]) == f"mailto:?subject=Wat wil jij?&body={invitation['text']}"
    assert group.case.code not in invitation["text"]
    assert invitation["qr"].startswith("data:image/svg+xml;base64,")
    assert Client().get(f"/stem/{token}/").status_code == 200
    assert token not in page_of(group, client).content.decode()
    assert "Er is een link gestuurd" in page_of(group, client).content.decode()
    assert told(group.case).count("voice_invited") == 1


def test_pressing_twice_is_one_link_and_a_new_one_keeps_the_answers_and_closes_the_old(group, client_of):
    client = client_of(group.owner)
    _, token, signed = made(group, client)
    again = press(client, group, "invite", signed)
    fill_in(token, upto=3)

    _, newer, _ = made(group, client)

    assert f"/stem/{token}/" in again.content.decode()
    assert newer != token
    assert Client().get(url(token)).status_code == 404
    assert ANSWERS["blij"]["text"] in Client().get(url(newer, "check")).content.decode()
    with as_owner():
        assert VoiceLink.objects.unscoped().filter(case=group.case).count() == 1


def test_a_link_that_was_made_up_or_was_withdrawn_or_waits_too_long_is_refused(group, client_of):
    client = client_of(group.owner)
    _, token, signed = made(group, client)
    with acting_as(group.owner):
        withdraw(case=group.case)
    other = client.get(reverse("voice:voice", args=[group.case.pk])).context["form"]["link"].value()

    refused = [press(client, group, name, value) for name in ("invite", "together")
               for value in ("", "x" * 43, signed, f"{other}x", new_token())]  # fmt: skip

    assert [answer.status_code for answer in refused] == [422] * 10
    assert all("Druk nog een keer op de knop." in answer.content.decode() for answer in refused)
    with as_owner():
        assert VoiceLink.objects.unscoped().filter(case=group.case, withdrawn_at=None).count() == 0
    assert Client().get(url(token)).status_code == 404


def test_together_opens_the_same_form_on_this_device(group, client_of):
    client = client_of(group.owner)
    signed = page_of(group, client).context["form"]["link"].value()

    opened = press(client, group, "together", signed)

    assert re.fullmatch(r"/stem/[\w-]{43}/", opened.url)
    assert client.get(opened.url).status_code == 200
    with as_owner():
        line = AuditEvent.objects.get(event="voice_invited", case_id=group.case.pk)
    assert (line.user_id, line.ground) == (group.owner.pk, "samen invullen")


def test_withdrawing_takes_what_was_not_sent_and_leaves_what_was(group, client_of, django_capture_on_commit_callbacks):
    client = client_of(group.coordinator)
    _, token, _ = made(group, client)
    fill_in(token, upto=2)
    with as_owner():
        link = VoiceLink.objects.unscoped().select_related("case").get(case=group.case)
    drawing = factories.VoiceDrawingFactory(link=link)
    where = reverse("voice:withdraw", args=[group.case.pk])
    assert "gaat weg" in client.get(where).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(where).status_code == 302

    assert Client().get(url(token)).status_code == 404
    assert not document_storage().exists(drawing.path)
    with as_owner():
        assert VoiceAnswer.objects.unscoped().filter(link=link).count() == 0
    assert "De link is ingetrokken op" in page_of(group, client).content.decode()
    assert client.get(where).status_code == 302  # nothing to withdraw any more

    _, second, _ = made(group, client)
    fill_in(second, upto=4)
    send(second, for_table=["droom"])
    client.post(where)
    assert ANSWERS["droom"]["text"] in page_of(group, client).content.decode()


def test_who_reads_what(group, client_of):
    link = factories.VoiceLinkFactory(case=group.case)
    fill_in(link.token)
    marks = {"owner": "De jongere is begonnen.", "coordinator": "Nog geen antwoord.", "bringer": "Nog geen antwoord."}
    for role, mark in marks.items():
        body = page_of(group, client_of(getattr(group, role))).content.decode()
        assert mark in body, role
        assert not any(one["text"] in body for one in ANSWERS.values() if "text" in one), role
    send(link.token, for_table=["droom"])
    Client().post(url(link.token, "question", 7), {"version": 1, "text": "Toch mijn tante."})

    found = {}
    for role in ("owner", "leerplicht", "coordinator", "bringer"):
        body = page_of(group, client_of(getattr(group, role))).content.decode()
        found[role] = {key for key, one in ANSWERS.items() if "text" in one and one["text"] in body}
    owner = page_of(group, client_of(group.owner)).content.decode()

    everything = {"naam", "blij", "droom", "goed", "lastig", "meedoen"}
    assert found == {"owner": everything, "leerplicht": everything, "coordinator": {"droom"}, "bringer": {"droom"}}
    assert "Toch mijn tante." in owner
    assert owner.count("na het versturen") == 1
    assert owner.count("De tafel mag dit lezen") == 1
    assert page_of(group, client_of(group.contact)).status_code == 404
    assert page_of(group, client_of(group.neighbour)).status_code == 404


def test_a_drawing_comes_out_for_who_may_see_it(group, client_of):
    link = factories.VoiceLinkFactory(case=group.case, sent_at=timezone.now())
    factories.VoiceDrawingFactory(link=link, content=b"een kip")

    file = page_of(group, client_of(group.owner), "drawing")

    assert (file.status_code, file.content) == (200, b"een kip")
    assert file["Content-Disposition"] == f'attachment; filename="{group.case.code}-stem-{timezone.localdate()}.png"'
    assert "sandbox" in file["Content-Security-Policy"]
    assert page_of(group, client_of(group.coordinator), "drawing").status_code == 404
    with as_owner():
        link.drawings.unscoped().update(may_table_read=True)
    assert page_of(group, client_of(group.coordinator), "drawing").status_code == 200


def test_the_state_for_others_who_build_on_it(group):
    def state(role="owner"):
        user = type(group.owner).objects.get(pk=getattr(group, role).pk)
        with acting_as(user):
            return voice_state(group.case, user)

    assert state().kind == State.NONE
    token = new_token()
    with acting_as(group.owner):
        assert invite(case=group.case, token=token, today=timezone.localdate())
    assert (state().kind, state().on) == (State.INVITED, timezone.localdate())
    fill_in(token, upto=1)
    assert (state().kind, state("coordinator").kind, state("leerplicht").kind) == (
        State.BEGUN,
        State.INVITED,
        State.INVITED,
    )
    send(token)
    assert (state().kind, state("bringer").kind) == (State.RECEIVED, State.RECEIVED)
    with acting_as(group.owner):
        withdraw(case=group.case)
    assert (state().kind, state().on) == (State.RECEIVED, timezone.localdate())  # what came in stays in
    with as_owner():
        VoiceLink.objects.unscoped().update(wiped_at=timezone.now())
    assert state().kind == State.NONE
    factories.VoiceLinkFactory(case=group.case, withdrawn_at=timezone.now(), withdrawn_by=group.owner)
    assert state().kind == State.WITHDRAWN
    factories.VoiceLinkFactory(case=group.case, expires_on=timezone.localdate() - timedelta(days=1))
    assert (state().kind, state().on) == (State.EXPIRED, timezone.localdate() - timedelta(days=1))


def test_a_table_closes_the_open_link_at_its_start_and_opens_it_when_it_is_called_off(group):
    link = factories.VoiceLinkFactory(case=group.case)
    starts_at = timezone.now() + timedelta(hours=3)

    for moment, status in ((starts_at, 200), (timezone.now() - timedelta(seconds=1), 404)):
        with acting_as(group.bringer):
            assert close_with_table(case=group.case, starts_at=moment)
        assert Client().get(url(link.token)).status_code == status
    with acting_as(group.coordinator):  # what is over stays over
        assert not close_with_table(case=group.case, starts_at=None)
    later = factories.VoiceLinkFactory(case=group.case)
    with acting_as(group.coordinator):
        assert close_with_table(case=group.case, starts_at=starts_at)
        assert close_with_table(case=group.case, starts_at=None)
    with as_owner():
        assert VoiceLink.objects.unscoped().get(pk=later.pk).closes_at is None


def test_vandaag_asks_the_eigenaar_to_read_until_it_was_read_and_again_after_a_change(group, client_of):
    link = factories.VoiceLinkFactory(case=group.case)

    def asks(role):
        user = type(group.owner).objects.get(pk=getattr(group, role).pk)
        with acting_as(user):
            rows = read_today(user=user, today=timezone.localdate(), all_rows=True).rows
        return [(row.title, row.action, row.url) for row in rows if row.action == "Lees de stem"]

    row = (f"De stem van {group.case.code} is binnen", "Lees de stem", reverse("voice:voice", args=[group.case.pk]))
    fill_in(link.token, upto=2)
    assert asks("owner") == []
    send(link.token)
    assert {role: asks(role) for role in ("owner", "coordinator", "leerplicht", "bringer")} == {
        "owner": [row], "coordinator": [], "leerplicht": [], "bringer": [],
    }  # fmt: skip
    page_of(group, client_of(group.coordinator))  # somebody else reads it
    assert asks("owner") == [row]
    page_of(group, client_of(group.owner))
    assert asks("owner") == []
    Client().post(url(link.token, "question", 5), {"version": 0, "text": "Toch nog iets."})
    assert asks("owner") == [row]
    Client().post(url(link.token, "wipe"))
    assert asks("owner") == []


def test_the_daily_round_takes_what_was_never_sent_and_files_of_nobody(group, django_capture_on_commit_callbacks):
    day = timezone.localdate()
    old = factories.VoiceLinkFactory(case=group.case, expires_on=day - timedelta(days=31))
    recent = factories.VoiceLinkFactory(case=group.case, expires_on=day - timedelta(days=29))
    sent = factories.VoiceLinkFactory(case=group.case, expires_on=day - timedelta(days=99), sent_at=timezone.now())
    for link in (old, recent, sent):
        factories.VoiceAnswerFactory(link=link)
        link.drawing = factories.VoiceDrawingFactory(link=link)

    with django_capture_on_commit_callbacks(execute=True):
        tidy()

    with as_owner():
        assert {row.link_id for row in VoiceAnswer.objects.unscoped()} == {recent.pk, sent.pk}
    kept = {link: document_storage().exists(drawing_path(link.drawing.stored_as)) for link in (old, recent, sent)}
    assert kept == {old: False, recent: True, sent: True}
