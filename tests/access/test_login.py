"""Logging in with a password, asking a new one, and what a stranger can learn or try."""

import re

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.account_mails import password_reset
from access.models import User
from tests.access.people import code_of, events, give_password, is_logged_in, log_in, with_app
from tests.database import as_owner
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

WRONG = "Deze combinatie kennen we niet."
TOO_OFTEN = "Te vaak geprobeerd. Over 15 minuten kan het weer."
OTHER_ADDRESSES = ("https://kwaad.test/", "//kwaad.test/", "/\\kwaad.test", "javascript:alert(1)", "http:///kwaad.test")


@pytest.fixture
def user():
    return with_app()


@pytest.fixture(autouse=True)
def _mail_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def text_of(response):
    return response.content.decode()


def reset_path(user):
    return f"/wachtwoord/nieuw/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"


def test_password_alone_leads_to_the_second_step(client, user):
    response = give_password(client, user)

    assert (response.status_code, response.url) == (302, "/inloggen/tweede-stap/")
    assert not is_logged_in(client)


def test_both_steps_log_in_and_are_logged_with_the_name(client, user):
    response = log_in(client, user)

    assert (response.status_code, response.url) == (302, reverse("reporting:today"))
    assert is_logged_in(client)
    assert events("login") == [("login", user.pk, {"methods": ["password", "mfa"]})]


def test_login_page_helps_with_paste_passkey_and_a_lost_code(client):
    page = text_of(client.get("/inloggen/"))

    assert "onpaste" not in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'data-show="Toon wachtwoord"' in page
    assert 'data-passkey="login"' in page
    assert "Code kwijt?" in page


def test_wrong_password_unknown_address_and_invited_account_get_the_same_answer(client, user):
    invited = UserFactory(password=None)
    off = UserFactory(is_active=False)

    answers = [
        client.post("/inloggen/", {"login": email, "password": "een-verkeerd-wachtwoord"})
        for email in (user.email, "niemand@voorbeeld.test", invited.email, off.email)
    ]

    bodies = {re.sub(r'value="[^"]*"|csrfmiddlewaretoken[^>]*', "", text_of(answer)) for answer in answers}
    assert {answer.status_code for answer in answers} == {422}
    assert len(bodies) == 1
    assert WRONG in bodies.pop()


def test_refusal_is_logged_for_known_and_unknown(client, user):
    give_password(client, user, "een-verkeerd-wachtwoord")
    client.post("/inloggen/", {"login": "niemand@voorbeeld.test", "password": PASSWORD})

    assert events() == [("login_refused", None, {"user": user.pk}), ("login_refused", None, {"user": None})]


def test_as_much_work_for_an_unknown_address_as_for_a_known_one(client, user, settings, monkeypatch):
    hashed = []
    real = User.set_password
    monkeypatch.setattr(User, "check_password", lambda self, raw: hashed.append("check"))
    monkeypatch.setattr(User, "set_password", lambda self, raw: (hashed.append("make"), real(self, raw)))

    give_password(client, user, "een-verkeerd-wachtwoord")
    client.post("/inloggen/", {"login": "niemand@voorbeeld.test", "password": "een-verkeerd-wachtwoord"})

    assert hashed == ["check", "make"]


def test_five_tries_in_fifteen_minutes_and_then_not_even_the_right_password(client, user, time_machine):
    time_machine.move_to("2026-03-18 10:00")
    tries = [give_password(client, user, f"een-verkeerd-wachtwoord-{n}") for n in range(5)]
    blocked = give_password(client, user)

    assert [answer.status_code for answer in tries] == [422] * 5
    assert blocked.status_code == 429
    assert TOO_OFTEN in text_of(blocked)
    assert events("login_refused")[-1] == ("login_refused", None, {"user": user.pk, "too_often": True})

    time_machine.move_to("2026-03-18 10:16")
    assert give_password(client, user).status_code == 302


def test_tries_count_for_an_unknown_address_too(client):
    answers = [
        client.post("/inloggen/", {"login": "niemand@voorbeeld.test", "password": f"wachtwoord-{n}"}).status_code
        for n in range(6)
    ]

    assert answers == [422] * 5 + [429]


def test_tries_count_per_account_from_everywhere(client, user):
    for n in range(5):
        client.post("/inloggen/", {"login": user.email, "password": "fout"}, REMOTE_ADDR=f"10.0.0.{n}")

    blocked = client.post("/inloggen/", {"login": user.email.upper(), "password": PASSWORD}, REMOTE_ADDR="10.9.9.9")

    assert blocked.status_code == 429


def test_tries_count_per_address_over_all_accounts(client):
    answers = [
        client.post("/inloggen/", {"login": f"iemand{n}@voorbeeld.test", "password": "fout"}).status_code
        for n in range(11)
    ]

    assert answers == [422] * 10 + [429]


def test_ten_thousand_guesses_are_ten_guesses_at_most(client, user, monkeypatch):
    checked = []
    monkeypatch.setattr(User, "check_password", lambda self, raw: checked.append(raw))

    for n in range(400):
        give_password(client, user, f"gok-{n}")

    assert len(checked) <= 10


def test_forged_address_header_does_not_make_another_address(client):
    answers = [
        client.post(
            "/inloggen/",
            {"login": f"iemand{n}@voorbeeld.test", "password": "fout"},
            headers={"X-Forwarded-For": f"10.0.0.{n}"},
        ).status_code
        for n in range(11)
    ]

    assert answers[-1] == 429


def test_inactive_account_with_the_right_password_is_told_and_stays_out(client):
    user = with_app(is_active=False)

    response = give_password(client, user)

    assert response.url == "/inloggen/account-staat-uit/"
    assert "Dit account staat uit" in text_of(client.get(response.url))
    assert client.get("/inloggen/tweede-stap/").url == "/inloggen/"
    assert not is_logged_in(client)


@pytest.mark.parametrize("address", OTHER_ADDRESSES)
@pytest.mark.parametrize("where", ["query", "field"])
def test_next_goes_nowhere_but_here(client, user, address, where):
    path = "/inloggen/" if where == "field" else f"/inloggen/?next={address}"
    client.post(path, {"login": user.email, "password": PASSWORD, "next": address})
    response = client.post("/inloggen/tweede-stap/", {"code": code_of(user.secret)})

    assert response.url == reverse("reporting:today")


def test_other_names_of_this_site_are_elsewhere_too(client, user, settings):
    settings.ALLOWED_HOSTS = ["testserver", "ander.test"]

    assert log_in(client, user, next="http://ander.test/").url == reverse("reporting:today")


def test_next_is_followed_after_both_steps(client, user):
    assert log_in(client, user, next="/profiel/sessies/").url == "/profiel/sessies/"


def test_closed_page_asks_to_log_in_and_remembers_itself(client):
    response = client.get("/profiel/sessies/?a=1")

    assert response.url == "/inloggen/?next=/profiel/sessies/%3Fa%3D1"
    assert 'name="next" value="/profiel/sessies/?a=1"' in text_of(client.get(response.url))


def test_login_page_tells_who_was_signed_out_that_it_was_for_safety(client):
    page = text_of(client.get("/inloggen/?reden=stil"))

    assert "Je bent uitgelogd, voor de zekerheid. Log in en ga verder waar je was." in page
    assert "voor de zekerheid" not in text_of(client.get("/inloggen/"))


@pytest.mark.parametrize(
    ("login", "password", "message"),
    [
        ("", "", "Vul je e-mailadres in."),
        ("merel", "x", "In een e-mailadres staat een @."),
        ("a\x00b@voorbeeld.test", "x", "Null-tekens zijn niet toegestaan."),
        ("a" * 5000 + "@voorbeeld.test", "x", "niet meer dan 254 tekens"),
        ("merel@voorbeeld.test", "", "Vul je wachtwoord in."),
        ("merel@voorbeeld.test", "a\x00b", "Null-tekens zijn niet toegestaan."),
        ("merel@voorbeeld.test", "x" * 5000, "niet meer dan 256 tekens"),
    ],
)
def test_odd_values_get_a_dutch_answer(client, login, password, message):
    response = client.post("/inloggen/", {"login": login, "password": password})

    assert response.status_code == 422
    assert message in text_of(response)


@pytest.mark.parametrize(
    "path", ["/inloggen/", "/uitloggen/", "/wachtwoord/vergeten/", "/inloggen/toegangssleutel/", "/blijf/"]
)
def test_posting_needs_a_csrf_token(user, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    assert client.post(path, {"login": user.email, "password": PASSWORD}).status_code == 403


def test_logging_out_takes_a_press_on_a_button(client_of, user):
    client = client_of(user)

    assert "Wil je uitloggen?" in text_of(client.get("/uitloggen/"))
    assert is_logged_in(client)

    assert client.post("/uitloggen/").url == "/inloggen/"
    assert not is_logged_in(client)
    assert events("logout") == [("logout", user.pk, {})]


@pytest.mark.parametrize(
    "path",
    ["/aanmelden/", "/wachtwoord/instellen/", "/inloggen/mail-verstuurd/", "/accounts/login/", "/accounts/email/",
     "/accounts/signup/", "/inloggen/code/", "/profiel/e-mail/"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_rest_of_allauth_is_closed(client_of, user, path, method):
    assert getattr(Client(), method)(path).status_code == 404
    assert getattr(client_of(user), method)(path).status_code == 404


# A new password


def test_new_password_asked_for_known_unknown_and_inactive_looks_the_same(client, user):
    addresses = (user.email, "niemand@voorbeeld.test", UserFactory(is_active=False).email)

    answers = [client.post("/wachtwoord/vergeten/", {"email": email}) for email in addresses]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/wachtwoord/vergeten/verstuurd/")}
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_asking_a_new_password_does_as_much_for_any_address(client, user, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done = []

    for email in (user.email, "niemand@voorbeeld.test"):
        with CaptureQueriesContext(connection) as queries:
            client.post("/wachtwoord/vergeten/", {"email": email})
        done.append([query["sql"].split()[0] for query in queries])

    assert done[0] == done[1]
    assert "INSERT" in done[0]
    assert mail.outbox == []


def test_mail_for_a_new_password_holds_a_link_and_no_more_than_a_name(user):
    password_reset.queue(user_id=user.pk, origin="https://wel.test")

    (message,) = mail.outbox
    for text in (message.body, message.alternatives[0][0]):
        assert re.search(r"https://wel\.test/wachtwoord/nieuw/[0-9a-z]+-[0-9a-z]+-[0-9a-f]{32}/", text)
        assert user.email not in text


def test_link_for_a_new_password_works_once_and_keeps_its_key_out_of_the_address(client, user):
    path = reset_path(user)

    shown = client.get(path, follow=True)
    response = client.post(shown.redirect_chain[-1][0], {"password1": "vier-nieuwe-losse-woorden"})

    user.refresh_from_db()
    assert shown.redirect_chain[-1][0].endswith("-set-password/")
    assert (response.status_code, response.url) == (302, "/wachtwoord/nieuw/klaar/")
    assert user.check_password("vier-nieuwe-losse-woorden")
    assert not is_logged_in(client)
    assert events("password_reset") == [("password_reset", user.pk, {})]
    assert mail.outbox[-1].subject == "Er is iets veranderd aan je account van WEL"
    assert Client().get(path).status_code == 410


def test_link_for_a_new_password_works_in_a_browser_where_somebody_else_is_logged_in(client_of, user):
    client = client_of(UserFactory())

    shown = client.get(reset_path(user), follow=True)
    response = client.post(shown.request["PATH_INFO"], {"password1": "vier-nieuwe-losse-woorden"})

    user.refresh_from_db()
    assert response.url == "/wachtwoord/nieuw/klaar/"
    assert user.check_password("vier-nieuwe-losse-woorden")
    assert not is_logged_in(client)


def test_opening_the_link_for_a_new_password_changes_nothing(client, user):
    client.get(reset_path(user), follow=True)

    assert User.objects.get(pk=user.pk).password == user.password


def test_link_for_a_new_password_lives_one_hour(client, user, time_machine):
    time_machine.move_to("2026-03-18 10:00", tick=False)
    path = reset_path(user)
    time_machine.move_to("2026-03-18 11:01", tick=False)

    response = client.get(path)

    assert response.status_code == 410
    assert "Dat is niet jouw schuld." in text_of(response)


def test_link_for_a_new_password_of_an_account_that_is_off_gives_no_entrance(client, user):
    path = reset_path(user)
    with as_owner():
        User.objects.filter(pk=user.pk).update(is_active=False)
    shown = client.get(path, follow=True)
    client.post(shown.request["PATH_INFO"], {"password1": "vier-nieuwe-losse-woorden"})

    assert give_password(client, user, "vier-nieuwe-losse-woorden").url == "/inloggen/account-staat-uit/"


def test_new_password_leaves_the_second_step_as_it_was(client, user):
    shown = client.get(reset_path(user), follow=True)
    client.post(shown.request["PATH_INFO"], {"password1": "vier-nieuwe-losse-woorden"})

    assert give_password(client, user, "vier-nieuwe-losse-woorden").url == "/inloggen/tweede-stap/"


@pytest.mark.parametrize(
    ("password", "message"),
    [("", "Vul een wachtwoord in."), ("kort", "te kort"), ("a\x00b", "Null-tekens"), ("x" * 5000, "256 tekens"),
     ("password1234", "te algemeen")],
)  # fmt: skip
def test_new_password_is_refused_in_dutch(client, user, password, message):
    shown = client.get(reset_path(user), follow=True)

    response = client.post(shown.request["PATH_INFO"], {"password1": password})

    assert response.status_code == 422
    assert message in text_of(response)


def test_asking_a_new_password_is_limited_per_address(client, user):
    answers = [client.post("/wachtwoord/vergeten/", {"email": user.email}).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize("path", ["a-bcd", "zzzzzzzzzzzz-aaaaaa-" + "0" * 32, "1-set-password", "0-aaaaaa-" + "f" * 32])
def test_made_up_link_for_a_new_password_opens_nothing(client, path):
    assert client.get(f"/wachtwoord/nieuw/{path}/").status_code in {404, 410}
