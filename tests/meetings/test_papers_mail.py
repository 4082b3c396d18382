"""The three papers of R6.2: empty, accessible, by mail to the inbrenger, and an address that is not kept."""

import json
from io import StringIO
from smtplib import SMTPDataError

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from access.encryption import open_address
from access.models import AuditEvent, MailJob
from meetings.papers import about_table, blank_voice
from meetings.rules.voice import QUESTIONS
from regions.models import Role
from tests import factories
from tests.access.test_mail_queue import Backend
from tests.database import as_owner
from tests.mail import send_waiting_mail
from tests.meetings.test_team_pages import errors_of, text_of
from tests.reporting import pdf_structure

pytestmark = pytest.mark.django_db
OUTSIDE = "jeugdarts@ggd-verzonnen.test"
FILES = ["wel-casusinbreng-leeg.pdf", "wel-stem-van-de-jongere-leeg.pdf", "wel-informatie-wel-tafel.pdf"]


@pytest.fixture
def coordinator():
    user = factories.coordinator(user__name="Jikke Voorbeeld")
    with as_owner():
        type(user).objects.filter(pk=user.pk).update(phone="0501234567")
    return user


@pytest.fixture
def case(coordinator):
    case = factories.CaseFactory(shared_until="2999-12-31")
    factories.IdentityFactory(case=case, first_name="Pippeloentje", last_name="Verzinsel")
    return case


def address_of(case):
    return reverse("prepare:papers_mail", args=[case.pk])


def job():
    return MailJob.objects.get(kind__endswith="table_papers")


def test_the_inbrenger_gets_three_empty_papers_and_nothing_about_the_youth(client_of, case, coordinator):
    member = factories.CaseMemberFactory(case=case, role="inbrenger", user__name="Iris Inbrenger")
    factories.CaseMemberFactory(case=case, role="eigenaar")
    factories.IntakeFactory(case=case, steps=3, contact_with=coordinator)
    client = client_of(coordinator)

    assert address_of(case) in client.get(reverse("prepare:intake", args=[case.pk])).text
    form = client.get(address_of(case)).context["form"]
    assert form["to"].value() == str(member.user_id)  # the inbrenger is proposed
    assert client.post(address_of(case), {"to": member.user_id, "email": ""}).status_code == 302
    assert job().arguments == {"case_id": case.pk, "by_id": coordinator.pk, "user_id": member.user_id}
    send_waiting_mail()

    (message,) = mail.outbox
    assert message.to == [member.user.email]
    assert message.subject == f"Formulieren voor de WEL-tafel, {case.code}"
    for words in (message.body, message.alternatives[0].content):
        assert "Hoi Iris Inbrenger" in words
        assert "Vragen? Jikke Voorbeeld, 0501234567" in words
        assert reverse("prepare:bringing", args=[case.pk]) in words
    assert [name for name, _, _ in message.attachments] == FILES
    everything = str(message.message()) + "".join(pdf_structure.text(content) for _, content, _ in message.attachments)
    assert not [word for word in ("Pippeloentje", "Verzinsel") if word in everything]
    for _, content, kind in message.attachments:
        assert kind == "application/pdf"
        assert case.code not in pdf_structure.text(content)
    with as_owner():
        lines = AuditEvent.objects.filter(event="papers_mailed")
        assert [(line.user_id, line.case_id, line.detail) for line in lines] == [
            (coordinator.pk, case.pk, {"to": "een collega"})
        ]


def test_a_typed_address_is_unreadable_while_it_waits_and_gone_when_the_mail_left(client_of, case, coordinator):
    client_of(coordinator).post(address_of(case), {"to": "anders", "email": OUTSIDE.upper()})
    waiting = json.dumps(job().arguments)
    assert OUTSIDE not in waiting.lower()
    assert open_address(job().arguments["address"]) == OUTSIDE

    send_waiting_mail()

    assert [message.to for message in mail.outbox] == [[OUTSIDE]]
    assert mail.outbox[0].body.startswith("Hoi,")
    assert "http" not in mail.outbox[0].body  # without an account there is nothing to open
    assert job().arguments == {"case_id": case.pk, "by_id": coordinator.pk}
    with as_owner():
        assert AuditEvent.objects.get(event="papers_mailed").detail == {"to": "een getypt adres"}


def test_what_was_refused_is_in_the_list_and_leaves_by_hand_or_is_seen(
    client_of, case, coordinator, settings, monkeypatch
):
    """The address waits as long as the mail does, and no longer."""
    settings.EMAIL_BACKEND = "tests.access.test_mail_queue.Backend"
    monkeypatch.setattr(Backend, "sends", SMTPDataError(554, b"nee"))
    for _ in range(2):
        client_of(coordinator).post(address_of(case), {"to": "anders", "email": OUTSIDE})
    send_waiting_mail()
    first, second = MailJob.objects.order_by("pk")
    assert [job.status for job in (first, second)] == ["mislukt", "mislukt"]
    assert told().count("table_papers") == 2

    monkeypatch.setattr(Backend, "sends", None)
    told("--opnieuw", str(first.pk))
    told("--gezien", str(second.pk))
    send_waiting_mail()

    assert [message.to for message in mail.outbox] == [[OUTSIDE]]
    assert sorted(MailJob.objects.values_list("status", flat=True)) == ["verstuurd", "vervallen"]
    assert not any("address" in job.arguments for job in MailJob.objects.all())


def told(*arguments):
    out = StringIO()
    call_command("mail", *arguments, stdout=out)
    return out.getvalue()


def test_who_works_on_it_no_more_sends_nothing(client_of, case, coordinator):
    client_of(coordinator).post(address_of(case), {"to": "anders", "email": OUTSIDE})
    with as_owner():
        type(case).objects.unscoped().filter(pk=case.pk).update(shared_until="1900-01-01")

    send_waiting_mail()

    assert mail.outbox == []
    assert (job().status, "address" in job().arguments) == ("vervallen", False)


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"to": "", "email": ""}, {"to": ["Kies aan wie."]}),
        ({"to": "anders", "email": ""}, {"email": ["Vul het e-mailadres in."]}),
        ({"to": "anders", "email": "geen adres"}, {"email": ["In een e-mailadres staat een @."]}),
        ({"to": "999999", "email": OUTSIDE}, {"to": ["Kies iets uit de lijst."]}),
    ],
)
def test_without_somebody_to_send_it_to_nothing_waits(client_of, case, coordinator, answers, errors):
    response = client_of(coordinator).post(address_of(case), answers)

    assert (response.status_code, errors_of(response)) == (422, errors)
    assert not MailJob.objects.exists()


def test_somebody_of_another_jeugdige_is_no_choice_and_many_are_too_many(client_of, case, coordinator):
    stranger = factories.CaseMemberFactory(case=factories.CaseFactory(shared_until="2999-12-31"), role="inbrenger")
    client = client_of(coordinator)

    assert client.post(address_of(case), {"to": stranger.user_id}).status_code == 422
    for _ in range(10):
        assert client.post(address_of(case), {"to": "anders", "email": OUTSIDE}).status_code == 302
    late = client.post(address_of(case), {"to": "anders", "email": OUTSIDE})

    assert late.status_code == 422
    assert "Over een uur kan het weer." in text_of(late)
    assert MailJob.objects.count() == 10


def test_the_empty_stem_is_two_pages_with_the_eight_questions_and_reads_aloud():
    paper = blank_voice()

    assert pdf_structure.check(paper) == []
    pages = [" ".join(page.split()) for page in pdf_structure.pages(paper)]
    assert len(pages) == 2
    for question in QUESTIONS:
        assert f"{question.number}. {question.text}" in pages[question.number > 4]
        assert all(word in "".join(pages) for _, word in question.choices)
    assert "".join(pages).count("De tafel mag dit lezen") == 8
    assert pdf_structure.headings(paper) == [1, *[2] * 8]
    assert blank_voice() == paper


def test_what_a_table_is_fits_one_page_and_reads_aloud():
    paper = about_table()

    assert pdf_structure.check(paper) == []
    (page,) = pdf_structure.pages(paper)
    for words in (
        "45 minuten",
        "MDO op school",
        "4 uur, 4 dagen, 4 weken en 4 maanden",
        "Binnen een week",
        "geen naam",
    ):
        assert words in " ".join(page.split())
    assert pdf_structure.headings(paper) == [1, *[2] * 7]


def test_the_empty_papers_are_files_for_who_is_logged_in(client_of):
    user = factories.national(Role.BEHEER)
    for name in ("meetings:voice_blank", "meetings:about_table"):
        assert Client().get(reverse(name)).status_code == 302
        answer = client_of(user).get(reverse(name))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        assert answer.content.startswith(b"%PDF")
