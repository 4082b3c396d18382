"""How long a session lives, when it gets another key, and what ends it."""

import runpy

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from access.models import User
from tests.access.people import code_of, events, give_password, is_logged_in, log_in, with_app
from tests.access.test_login import reset_path
from tests.database import as_owner
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

PAGE = "/profiel/"
NEW_PASSWORD = "vier-nieuwe-losse-woorden"


@pytest.fixture
def user():
    return with_app()


@pytest.fixture(autouse=True)
def _mail_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def at(time_machine):
    """Moves the clock to a time of one day."""

    def move(time):
        time_machine.move_to(f"2026-03-18 {time}Z", tick=False)

    move("08:00:05")
    return move


# Fixation and rotation


def test_key_that_somebody_planted_is_never_a_session(client, user):
    client.cookies[configured.SESSION_COOKIE_NAME] = "a" * 32

    log_in(client, user)

    assert client.session.session_key != "a" * 32
    assert not Session.objects.filter(session_key="a" * 32).exists()


def test_logging_in_gives_another_key_at_the_end_of_both_steps(client, user):
    give_password(client, user)
    between = client.session.session_key
    client.post("/inloggen/tweede-stap/", {"code": code_of(user.secret)})

    assert client.session.session_key != between
    assert not Session.objects.filter(session_key=between).exists()


def test_key_from_before_the_login_opens_nothing_after(client, user):
    give_password(client, user)
    thief = Client()
    thief.cookies[configured.SESSION_COOKIE_NAME] = client.session.session_key
    client.post("/inloggen/tweede-stap/", {"code": code_of(user.secret)})

    assert thief.get(PAGE).url.startswith("/inloggen/")


def test_nothing_of_an_earlier_person_stays_in_the_session(client, user):
    other = with_app()
    log_in(client, user)
    session = client.session
    session["geheim"] = "van de vorige"
    session.save()

    client.post("/uitloggen/")
    log_in(client, other)

    assert "geheim" not in client.session


# Time


def test_half_an_hour_without_doing_anything_ends_the_session(client, user, at):
    log_in(client, user)

    at("08:29:00")
    assert client.get(PAGE).status_code == 200

    at("08:59:00")
    response = client.get(PAGE + "?a=1")
    assert response.url == "/inloggen/?reden=stil&next=%2Fprofiel%2F%3Fa%3D1"
    assert not is_logged_in(client)
    assert events("logout") == [("logout", user.pk, {"reason": "idle"})]


def test_being_there_keeps_the_session(client, user, at):
    log_in(client, user)

    for time in ("08:25:00", "08:50:00", "09:15:00"):
        at(time)
        assert client.post("/blijf/").status_code == 204

    at("09:40:00")
    assert client.get(PAGE).status_code == 200


def test_what_a_page_asks_by_itself_does_not_keep_the_session(client, user, at):
    log_in(client, user)

    at("08:25:00")
    assert client.get(PAGE, headers={"X-Background": "1"}).status_code == 200

    at("08:35:00")
    assert client.get(PAGE).url.startswith("/inloggen/?reden=stil")


def test_twelve_hours_end_the_session_in_any_case(client, user, at):
    log_in(client, user)

    for hour in range(8, 20):
        for minute in (10, 35, 59):
            at(f"{hour:02}:{minute}:00")
            assert client.get(PAGE).status_code == 200

    at("20:00:10")
    assert client.get(PAGE).url.startswith("/inloggen/?reden=stil")
    assert events("logout") == [("logout", user.pk, {"reason": "absolute"})]


def test_fragment_of_a_page_sends_the_whole_page_to_the_login(client, user, at):
    log_in(client, user)

    at("08:59:00")
    response = client.get(
        "/profiel/sessies/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/profiel/"}
    )

    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/inloggen/?reden=stil&next=%2Fprofiel%2F"


def test_logging_out_late_does_not_lead_back_to_logging_out(client, user, at):
    log_in(client, user)

    at("08:59:00")

    assert client.post("/uitloggen/").url == "/inloggen/?reden=stil&next=%2F"


def test_session_lives_in_the_browser_no_longer_than_the_browser(client, user):
    response = log_in(client, user)

    assert response.cookies[configured.SESSION_COOKIE_NAME]["max-age"] == ""
    assert response.cookies[configured.SESSION_COOKIE_NAME]["httponly"]
    assert response.cookies[configured.SESSION_COOKIE_NAME]["samesite"] == "Lax"


# What ends it


def test_session_is_gone_after_logging_out(client, user):
    log_in(client, user)
    thief = Client()
    thief.cookies[configured.SESSION_COOKIE_NAME] = client.session.session_key

    client.post("/uitloggen/")

    assert thief.get(PAGE).url.startswith("/inloggen/")


def test_account_that_is_switched_off_is_out_at_the_next_request(client, user):
    log_in(client, user)
    with as_owner():
        User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.get(PAGE).url.startswith("/inloggen/")


def test_new_password_ends_every_session(user, time_machine):
    time_machine.move_to("2026-03-18 08:00:05Z", tick=False)
    here, there = Client(), Client()
    log_in(here, user)
    time_machine.move_to("2026-03-18 08:01:05Z", tick=False)
    log_in(there, user)

    response = here.post("/wachtwoord/wijzigen/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})

    assert response.url == "/inloggen/"
    assert "Je wachtwoord is gewijzigd." in here.get("/inloggen/").content.decode()
    assert there.get(PAGE).url.startswith("/inloggen/")
    assert here.get(PAGE).url.startswith("/inloggen/")
    assert events("password_changed") == [("password_changed", user.pk, {})]


def test_new_password_by_mail_ends_every_session(client, user):
    log_in(client, user)
    user.refresh_from_db()
    other = Client()
    shown = other.get(reset_path(user), follow=True)
    other.post(shown.request["PATH_INFO"], {"password1": NEW_PASSWORD})

    assert client.get(PAGE).url.startswith("/inloggen/")


def test_wrong_password_of_now_changes_nothing(client, user):
    log_in(client, user)

    response = client.post("/wachtwoord/wijzigen/", {"oldpassword": "iets-heel-anders", "password1": NEW_PASSWORD})

    assert response.status_code == 422
    assert "Dit is niet je wachtwoord van nu." in response.content.decode()
    assert client.get(PAGE).status_code == 200


def test_logging_out_everywhere_leaves_this_device(user, time_machine):
    time_machine.move_to("2026-03-18 08:00:05Z", tick=False)
    here, there = Client(), Client()
    log_in(there, user)
    time_machine.move_to("2026-03-18 08:01:05Z", tick=False)
    log_in(here, user)

    page = here.get("/profiel/sessies/").content.decode()
    here.post("/profiel/sessies/")

    assert page.count("Ander apparaat") == page.count("Dit apparaat") == 1
    assert there.get(PAGE).url.startswith("/inloggen/")
    assert here.get(PAGE).status_code == 200
    assert events("sessions_ended") == [("sessions_ended", user.pk, {})]


def test_list_of_sessions_shows_only_your_own(client, user):
    other = with_app()
    log_in(Client(headers={"User-Agent": "Browser van een ander"}), other)
    log_in(client, user)

    assert "Browser van een ander" not in client.get("/profiel/sessies/").content.decode()


# With HTTPS


@override_settings(
    SESSION_COOKIE_NAME="__Host-wel", CSRF_COOKIE_NAME="__Host-wel-csrf", SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True, SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31536000,
)  # fmt: skip
def test_with_https_every_cookie_belongs_to_this_host_alone(user):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/inloggen/", secure=True)
    token = page.context["csrf_token"]
    body = {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    response = client.post("/inloggen/", body, secure=True, headers={"Referer": "https://testserver/inloggen/"})

    cookies = {**page.cookies, **response.cookies}
    assert response.status_code == 302
    assert set(cookies) == {"__Host-wel", "__Host-wel-csrf"}
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert Client().get("/inloggen/").url == "https://testserver/inloggen/"
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]


def test_names_of_the_cookies_follow_https(monkeypatch):
    monkeypatch.setenv("WEL_HTTPS", "1")
    with_https = runpy.run_path(configured.BASE_DIR / "wel" / "settings.py")
    monkeypatch.setenv("WEL_HTTPS", "0")
    without = runpy.run_path(configured.BASE_DIR / "wel" / "settings.py")

    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    assert [with_https[name] for name in names] == ["__Host-wel", "__Host-wel-csrf", True, True]
    assert [without[name] for name in names] == ["wel", "wel-csrf", False, False]
