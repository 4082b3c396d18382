"""The link in the invitation: seven days, once, and only as it was mailed."""

import re
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core import mail
from django.test import Client
from django.utils import timezone

from access import invitations
from access.models import AuditEvent, User
from tests.database import as_owner
from tests.factories import PASSWORD, UserFactory
from tests.mail import send_waiting_mail

pytestmark = pytest.mark.django_db

ANSWERS = {"name": "Merel de Vries", "phone": "06 12 34 56 78", "password": "vier-losse-woorden-op-rij"}


@pytest.fixture
def invited():
    return UserFactory(password=None, email="merel@voorbeeld.test", name="Merel")


@pytest.fixture
def sender():
    return UserFactory(name="Uitnodiger Zonderling")


@pytest.fixture
def link(invited):
    return invitations.invitation_path(invited)


def events():
    with as_owner():
        return list(AuditEvent.objects.order_by("pk").values_list("event", "user_id"))


def test_mail_holds_the_link_and_no_personal_data_but_the_name_in_the_greeting(invited, sender):
    invitations.send_invitation(invited, by=sender)
    send_waiting_mail()

    (message,) = mail.outbox
    html = message.alternatives[0][0]
    assert message.subject == "Je kunt aan de slag met WEL"
    assert message.to == ["merel@voorbeeld.test"]
    for text in (message.body, html):
        assert re.search(r"/uitnodiging/[0-9a-z]+/[0-9a-z]+-[0-9a-f]{32}/", text)
        assert "Hoi Merel," in text
        assert "Uitnodiger" not in text
        assert "merel@voorbeeld.test" not in text
    assert events() == [("invitation_sent", None)]


def test_name_in_the_mail_is_text(sender):
    invitations.send_invitation(UserFactory(name="<b>O'Neil</b>", password=None), by=sender)
    send_waiting_mail()

    assert "<b>O'Neil</b>" in mail.outbox[0].body
    assert "&lt;b&gt;O&#x27;Neil&lt;/b&gt;" in mail.outbox[0].alternatives[0][0]


def test_opening_the_link_changes_nothing(client, invited, link):
    before = User.objects.values().get(pk=invited.pk)

    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert User.objects.values().get(pk=invited.pk) == before
    assert events() == []


def test_accepting_sets_name_phone_and_password_and_leads_to_the_login(client, invited, link):
    response = client.post(link, ANSWERS)

    user = User.objects.get(pk=invited.pk)
    assert (response.status_code, response.url) == (302, "/inloggen/")
    assert (user.name, user.phone) == ("Merel de Vries", "0612345678")
    assert user.check_password(ANSWERS["password"])
    assert "_auth_user_id" not in client.session
    assert events() == [("invitation_accepted", user.pk)]


def test_link_works_once(client, invited, link):
    client.post(link, ANSWERS)

    for response in (client.get(link), client.post(link, {**ANSWERS, "password": "een-ander-lang-wachtwoord"})):
        assert response.status_code == 410
        assert "Dat is niet jouw schuld." in response.content.decode()
    assert User.objects.get(pk=invited.pk).check_password(ANSWERS["password"])


def test_link_dies_when_the_account_is_switched_off(client, invited, link):
    with as_owner():
        User.objects.filter(pk=invited.pk).update(is_active=False)

    assert client.post(link, ANSWERS).status_code == 410
    assert User.objects.get(pk=invited.pk).password.startswith(UNUSABLE_PASSWORD_PREFIX)


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7.1, 410)])
def test_link_lives_seven_days(client, link, time_machine, days, status):
    time_machine.move_to(timezone.now() + timedelta(days=days), tick=False)

    assert client.get(link).status_code == status


def test_link_of_one_opens_nothing_of_another(client, link):
    other = UserFactory(password=None)
    _, _, uid, token, _ = link.split("/")
    own = invitations.invitation_path(other).split("/")[2]
    changed = token[:-1] + ("0" if token[-1] != "0" else "1")
    later = "zzzzzz-" + token.split("-")[1]

    for path in (
        f"/uitnodiging/{own}/{token}/",
        f"/uitnodiging/{uid}/{changed}/",
        f"/uitnodiging/{uid}/{later}/",
        f"/uitnodiging/zzzzzzzzzzzz/{token}/",
    ):
        assert client.post(path, ANSWERS).status_code == 410
    assert client.get(f"/uitnodiging/{uid}/x/").status_code == 404
    assert User.objects.get(pk=other.pk).password.startswith(UNUSABLE_PASSWORD_PREFIX)


def test_password_reset_link_is_no_invitation(client, invited, link):
    uid = link.split("/")[2]

    assert client.get(f"/uitnodiging/{uid}/{default_token_generator.make_token(invited)}/").status_code == 410


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Vul je naam in."),
        ("name", "x" * 5000, "Houd je naam onder 120 tekens."),
        ("name", "a\x00b", "Null-tekens"),
        ("phone", "12", "Een telefoonnummer heeft 10 cijfers."),
        ("phone", "1" * 5000, "Een telefoonnummer heeft 10 cijfers."),
        ("password", "", "Vul een wachtwoord in."),
        ("password", "kort", "Dit wachtwoord is te kort."),
        ("password", "password1234", "te algemeen"),
        ("password", "merel@voorbeeld.test", "lijkt te veel op"),
        ("password", "x" * 5000, "niet meer dan 256 tekens"),
        ("password", "a\x00b", "Null-tekens"),
    ],
)
def test_wrong_answers_are_told_in_dutch_and_keep_the_link_alive(client, invited, link, field, value, message):
    response = client.post(link, {**ANSWERS, field: value})

    assert response.status_code == 422
    assert message in response.content.decode()
    assert client.get(link).status_code == 200


def test_form_needs_a_csrf_token(invited, link):
    client = Client(enforce_csrf_checks=True)

    assert client.post(link, ANSWERS).status_code == 403
    assert User.objects.get(pk=invited.pk).password.startswith(UNUSABLE_PASSWORD_PREFIX)


def test_accepting_ends_the_session_of_whoever_shares_the_browser(client_of, invited, link):
    client = client_of(UserFactory(password=PASSWORD))

    client.post(link, ANSWERS)

    assert "_auth_user_id" not in client.session
