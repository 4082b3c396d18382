"""The form of the jongere: skip, resume, choose who reads, send, change, wipe; and what a link does not open."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cases.models.document import document_storage
from meetings.models import VoiceAnswer, VoiceDrawing, VoiceLink
from meetings.views import voice_youth
from meetings.voice import new_token
from tests import factories
from tests.at_once import at_once
from tests.cases import upload_samples as samples
from tests.database import as_owner
from tests.meetings.voice_world import ANSWERS, fill_in, people, send, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return factories.VoiceLinkFactory(case=people().case)


def answers(link):
    with as_owner():
        return {row.question: row for row in VoiceAnswer.objects.unscoped().filter(link=link)}


def again(link):
    with as_owner():
        return VoiceLink.objects.unscoped().get(pk=link.pk)


def post(link, number, client=None, **fields):
    return (client or Client()).post(url(link.token, "question", number), {"version": 0, **fields})


def test_eight_questions_are_answered_sent_and_nobody_but_the_eigenaar_may_read_unless_said(link):
    client = fill_in(link.token)

    check = client.get(url(link.token, "check"))
    assert check.context["lines"][3]["text"] == ANSWERS["droom"]["text"]
    assert b"checked" not in check.content  # off unless one says so
    sent = send(link.token, for_table=["droom", "blij"], client=client)

    assert sent.url == url(link.token, "thanks")
    given = answers(link)
    assert {key: (row.choice, row.text) for key, row in given.items()} == {
        key: (one.get("choice", ""), one.get("text", "")) for key, one in ANSWERS.items()
    }
    assert {key for key, row in given.items() if row.may_table_read} == {"droom", "blij"}
    assert all(row.sent_at and not row.changed_at for row in given.values())
    assert "Dankjewel" in client.get(sent.url).content.decode()


def test_every_question_may_be_skipped_and_nothing_is_sent_without_an_answer(link):
    for number in range(1, 9):
        assert post(link, number).status_code == 302
    assert answers(link) == {}

    refused = send(link.token)

    assert refused.status_code == 422
    assert "Er is nog niets om te versturen" in refused.content.decode()
    assert again(link).sent_at is None


def test_the_same_link_goes_on_where_it_stopped_on_another_device(link):
    fill_in(link.token, upto=5)

    start = Client().get(url(link.token))

    assert "Ga verder met vraag 6" in start.content.decode()
    assert [line["is_done"] for line in start.context["answered"]] == [True] * 5 + [False] * 3
    assert ANSWERS["goed"]["text"] in Client().get(url(link.token, "question", 5)).content.decode()


def test_after_sending_a_change_is_marked_and_what_is_taken_back_is_taken_back_at_once(link):
    fill_in(link.token)
    send(link.token, for_table=["droom", "lastig"])
    before = again(link)

    post(link, 4, text="Toch liever een boot.", version=1)
    send(link.token, for_table=["droom"])

    given = answers(link)
    assert given["droom"].text == "Toch liever een boot."
    assert {key for key, row in given.items() if row.changed_at} == {"droom"}
    assert {key for key, row in given.items() if row.may_table_read} == {"droom"}
    after = again(link)
    assert after.sent_at == before.sent_at
    assert after.changed_at > before.changed_at


def test_an_answer_to_a_question_that_was_skipped_before_sending_is_the_eigenaars_only(link):
    fill_in(link.token, upto=1)
    send(link.token, for_table=["naam"])

    post(link, 6, text="Toch nog dit.")

    late = answers(link)["lastig"]
    assert (bool(late.sent_at), bool(late.changed_at), late.may_table_read) == (True, True, False)


def test_an_answer_can_be_taken_away(link):
    fill_in(link.token, upto=2)

    taken = post(link, 2, choice="gaat_wel", version=1, leeg="1")

    assert taken.url == url(link.token, "question", 2)
    assert set(answers(link)) == {"naam"}


def test_two_windows_lose_nothing(link):
    fill_in(link.token, upto=3)
    post(link, 3, text="Van de kippen en de hond.", version=1)

    stale = post(link, 3, text="Van de kippen en de kat.", version=1)

    assert stale.status_code == 409
    assert "Van de kippen en de hond." in stale.content.decode()
    assert "Van de kippen en de kat." in stale.content.decode()
    form = stale.context["form"]
    kept = post(link, 3, text="Van de kippen en de kat.", version=form["version"].value())
    assert kept.status_code == 302
    assert answers(link)["blij"].text == "Van de kippen en de kat."


def test_what_is_kept_while_typing_goes_by_the_same_door(link):
    silent = {"headers": {"X-Background": "1"}}
    where = url(link.token, "question", 3)

    kept = Client().post(where, {"version": 0, "text": "Van de ki"}, **silent)
    bsn = Client().post(where, {"version": 1, "text": "bsn 123456782"}, **silent)
    stale = Client().post(where, {"version": 9, "text": "iets anders"}, **silent)

    assert kept.json() == {"versie": 1}
    assert (bsn.status_code, "burgerservicenummer" in bsn.json()["waarom"]) == (422, True)
    assert stale.status_code == 409
    assert answers(link)["blij"].text == "Van de ki"
    marked = Client().post(url(link.token, "check"), {"tafel_blij": "on"}, **silent)
    assert marked.status_code == 200
    assert answers(link)["blij"].may_table_read
    assert again(link).sent_at is None


def test_wiping_asks_once_and_then_everything_is_gone_with_every_link_of_this_youth(
    link, django_capture_on_commit_callbacks
):
    earlier = factories.VoiceLinkFactory(case=link.case, sent_at=timezone.now(), expires_on="2020-01-01")
    factories.VoiceAnswerFactory(link=earlier)
    other = factories.VoiceAnswerFactory(link__case=factories.CaseFactory())
    drawing = factories.VoiceDrawingFactory(link=link)
    fill_in(link.token)

    assert Client().get(url(link.token, "wipe")).status_code == 200
    assert len(answers(link)) == 8
    with django_capture_on_commit_callbacks(execute=True):
        done = Client().post(url(link.token, "wipe"))

    assert "Alles is gewist" in Client().get(done.url).content.decode()
    assert (answers(link), answers(earlier), set(answers(other.link))) == ({}, {}, {"droom"})
    assert not document_storage().exists(drawing.path)
    assert again(link).wiped_at
    assert Client().get(url(link.token)).status_code == 404


def test_a_drawing_is_made_anew_replaced_taken_away_and_only_a_picture(link, django_capture_on_commit_callbacks):
    where = url(link.token, "draw")

    def draw(name, content):
        with django_capture_on_commit_callbacks(execute=True):
            return Client().post(where, {"file": SimpleUploadedFile(name, content)})

    def drawn():
        with as_owner():
            return list(VoiceDrawing.objects.unscoped().filter(link=link))

    assert draw("IMG_van_mij.jpg", samples.jpg((60, 40))).url == url(link.token, "check")
    (first,) = drawn()
    assert draw("kip.png", samples.png()).status_code == 302
    (second,) = drawn()
    assert (first.file_type, second.file_type, second.may_table_read) == ("jpg", "png", False)
    assert not document_storage().exists(first.path)
    assert document_storage().exists(second.path)
    for name, content in (("brief.pdf", samples.pdf()), ("kip.jpg", b"<script>"), ("kip.png", samples.pdf())):
        refused = draw(name, content)
        assert refused.status_code == 422, name
        assert refused.context["form"].errors["file"], name
    assert drawn() == [second]

    with django_capture_on_commit_callbacks(execute=True):
        assert Client().post(url(link.token, "draw_away")).status_code == 302
    assert drawn() == []
    assert not document_storage().exists(second.path)


PAGES = [("start",), ("question", 3), ("check",), ("draw",), ("thanks",), ("wipe",)]
WRITES = [("question", 3), ("check",), ("draw",), ("draw_away",), ("wipe",)]


def test_a_link_that_is_over_says_the_same_whatever_the_reason_and_takes_nothing():
    group = people()
    day, now = timedelta(days=1), timezone.now()
    over = {
        "expired": {"expires_on": timezone.localdate() - day},
        "withdrawn": {"withdrawn_at": now, "withdrawn_by": group.owner},
        "wiped": {"wiped_at": now},
        "the table began": {"closes_at": now - timedelta(seconds=1)},
    }
    tokens = {why: factories.VoiceLinkFactory(case=group.case, **fields).token for why, fields in over.items()}
    tokens |= {"unknown": new_token(), "cut off": new_token()[:20], "nonsense": "x' OR 1=1", "bytes": "a\u202eb"}
    good = factories.VoiceLinkFactory(case=group.case)

    words = "Dat is niet jouw schuld. Vraag een nieuwe aan de persoon die hem stuurde."
    bodies = set()
    for why, token in tokens.items():
        client = Client(REMOTE_ADDR=f"10.0.0.{len(why)}")
        for where in PAGES if why == "expired" else PAGES[:1]:
            answer = client.get(url(token, *where))
            assert answer.status_code == 404, (why, where)
            bodies.add(answer.content)
        for where in WRITES:
            data = {"version": 0, "text": "Toch nog iets.", "tafel_blij": "on"}
            assert client.post(url(token, *where), data).status_code == 404, (why, where)
    assert len(bodies) == 1
    assert words in bodies.pop().decode()
    with as_owner():
        assert VoiceAnswer.objects.unscoped().count() == 0
    assert Client().get(url(good.token)).status_code == 200


def test_the_table_closes_the_form_at_its_moment(link):
    tomorrow = timezone.now() + timedelta(days=1)
    with as_owner():
        VoiceLink.objects.unscoped().filter(pk=link.pk).update(closes_at=tomorrow)
    fill_in(link.token, upto=1)
    send(link.token)

    thanks = Client().get(url(link.token, "thanks")).content.decode()

    assert "Youssef leest dit voor" in thanks


def test_who_is_logged_in_is_nobody_here_and_no_session_begins(link, client_of):
    client = client_of(people().owner)
    page = client.get(url(link.token))

    assert page.wsgi_request.user.is_anonymous
    assert set(page.cookies) == set()
    fresh = Client()
    assert set(fresh.get(url(link.token, "question", 1)).cookies) == {"wel-csrf"}
    body = page.content.decode()
    for word in ("Inloggen", "Log in", "Log uit", "Vandaag", "WEL", "gemeente", "samenwerkingsverband"):
        assert word not in body, word
    assert link.case.code not in body


def test_a_page_says_who_reads_and_whom_to_call_and_no_more_of_anybody(link):
    body = Client().get(url(link.token)).content.decode()

    assert "Youssef leest alles." in body
    assert "06 00 00 00 01" in body
    assert "Verzonnen" not in body  # the last name of the eigenaar


def test_a_form_that_another_site_sends_is_refused_in_words_of_its_own(link):
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post(url(link.token, "question", 3), {"version": 0, "text": "van elders"})

    assert (refused.status_code, "Open de link opnieuw" in refused.content.decode()) == (403, True)
    assert answers(link) == {}


def test_what_breaks_or_does_not_exist_here_shows_nothing_of_the_rest(link, monkeypatch):
    monkeypatch.setattr(voice_youth, "next_number", lambda answered: 1 / 0)
    client = Client(raise_request_exception=False)
    broken, nowhere = client.get(url(link.token)), client.get(f"{url(link.token)}bestaat/niet/")

    assert (broken.status_code, nowhere.status_code) == (500, 404)
    assert "met dezelfde link" in broken.content.decode()
    assert "Deze link werkt niet meer" in nowhere.content.decode()
    for page in (broken, nowhere):
        assert page["Referrer-Policy"] == "strict-origin"
        assert "Vandaag" not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_the_same_moment_do_not_write_over_each_other(link):
    fill_in(link.token, upto=3)
    found = {}

    def write(text):
        found[text] = post(link, 3, text=text, version=1).status_code

    failures = at_once(lambda: write("van de een"), lambda: write("van de ander"))

    assert failures == []
    assert sorted(found.values()) == [302, 409]
    row = answers(link)["blij"]
    assert (found[row.text], row.version) == (302, 2)
