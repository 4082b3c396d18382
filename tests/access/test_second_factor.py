"""The second step: nobody works without one, and how it is set up, changed and taken away."""

import json
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.core import mail
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from access import encryption, second_factor
from tests.access.people import (
    SET_UP,
    code_of,
    events,
    give_code,
    give_password,
    is_logged_in,
    log_in,
    recovery_codes_of,
    secret_on,
    with_app,
)
from tests.database import as_owner
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CODES = "/profiel/tweede-stap/herstelcodes/"
WRONG_CODE = "Deze code klopt niet. Wacht op de volgende code in je app."
TOO_OFTEN = "Te vaak geprobeerd. Over 15 minuten kan het weer."


@pytest.fixture
def user():
    return with_app()


@pytest.fixture
def newcomer(client):
    """Logged in with a password, and without a second factor yet."""
    user = UserFactory()
    give_password(client, user)
    return user


@pytest.fixture(autouse=True)
def _mail_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def text_of(response):
    return response.content.decode()


def kept_secret(user):
    return encryption.decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])


def add_passkey(user, name="Laptop"):
    with as_owner():
        WebAuthn.add(user, name, {})
    return Authenticator.objects.get(user=user, type="webauthn")


def paths(patterns=None, prefix="/"):
    """Every address of WEL with something plausible for what varies in it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from paths(pattern.url_patterns, prefix + route)
        elif "(?P" not in route:
            yield re.sub(r"<case:\w+>", "WEL-0142", re.sub(r"<(?:int:)?\w+>", "1", prefix + route)), pattern.callback


STAFF_PATHS = [path for path, view in paths() if getattr(view, "login_required", True) and "<" not in path]
OPEN_WITHOUT = {SET_UP, "/profiel/tweede-stap/toegangssleutels/nieuw/", "/bevestig/", "/blijf/"}


# No way around


@pytest.mark.parametrize("path", STAFF_PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_second_factor_every_staff_page_leads_to_setting_one_up(client, newcomer, path, method):
    response = getattr(client, method)(path)

    if path in OPEN_WITHOUT:
        assert response.status_code in {200, 204, 405, 422} or response.url.startswith("/bevestig/")
    else:
        assert (response.status_code, response.url) == (302, SET_UP)


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_between_the_two_steps_every_staff_page_asks_to_log_in(client, user, path):
    give_password(client, user)

    assert client.get(path).url.startswith("/inloggen/?next=")


def test_session_from_before_the_second_factor_logs_in_again(client):
    user = UserFactory()
    give_password(client, user)
    with as_owner():
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")

    response = client.get("/profiel/")

    assert response.url == "/inloggen/?next=/profiel/"
    assert not is_logged_in(client)


def test_recovery_codes_alone_are_no_second_factor(client, newcomer):
    with as_owner():
        Authenticator.objects.create(user=newcomer, type="recovery_codes", data={"seed": "00" * 40, "used_mask": 0})

    assert client.get("/profiel/").url == SET_UP
    assert client.post(CODES + "nieuw/").url == SET_UP


def test_second_step_without_the_first_goes_back_to_the_first(client, user):
    assert give_code(client, code_of(user.secret)).url == "/inloggen/"
    assert not is_logged_in(client)


def test_code_of_somebody_else_does_not_pass(client, user):
    other = with_app()
    give_password(client, user)

    assert give_code(client, code_of(other.secret)).status_code == 422
    assert not is_logged_in(client)


def test_header_that_asks_for_json_passes_nothing(client, user):
    response = client.post(
        "/inloggen/",
        {"login": user.email, "password": "een-lang-wachtwoord"},
        headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"},
    )

    assert response.status_code in {200, 302}
    assert not is_logged_in(client)


@pytest.mark.parametrize(
    "code", ["", "000000", "abcdef", "1" * 5000, "a\x00b", "12 34 56", "-1", "１２３４５６", "' or 1=1 --"]
)
def test_wrong_code_is_refused_in_dutch(client, user, code):
    give_password(client, user)

    response = give_code(client, code)

    assert response.status_code == 422
    assert re.search(r"Deze code klopt niet|Vul de code in|Null-tekens|niet meer dan 256 tekens", text_of(response))
    assert not is_logged_in(client)
    assert events("second_factor_refused") == [("second_factor_refused", user.pk, {})]


def test_codes_can_be_tried_five_times(client, user):
    give_password(client, user)
    answers = [give_code(client, f"00000{n}") for n in range(5)]
    blocked = give_code(client, code_of(user.secret))

    assert [answer.status_code for answer in answers] == [422] * 5
    assert blocked.status_code == 429
    assert TOO_OFTEN in text_of(blocked)
    assert not is_logged_in(client)


def test_trying_again_from_the_start_does_not_give_more_codes(user):
    for n in range(5):
        client = Client()
        give_password(client, user)
        give_code(client, f"00000{n}")
    client = Client()
    give_password(client, user)

    assert give_code(client, code_of(user.secret)).status_code == 429


# Setting up


def test_set_up_shows_a_picture_and_the_key_as_text(client, newcomer):
    response = client.get(SET_UP)

    assert 'src="data:image/svg+xml;base64,' in text_of(response)
    assert 'alt="QR-code voor je app.' in text_of(response)
    assert len(secret_on(response)) == 32
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]


def test_after_set_up_the_recovery_codes_are_shown_once(client, newcomer, django_capture_on_commit_callbacks):
    secret = secret_on(client.get(SET_UP))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(SET_UP, {"code": code_of(secret)})

    assert response.url == CODES
    shown, again = client.get(CODES), client.get(CODES)
    codes = recovery_codes_of(newcomer)
    assert [code in text_of(shown) for code in codes] == [True] * 10
    assert [code in text_of(again) for code in codes] == [False] * 10
    assert 'download="herstelcodes-wel.txt"' in text_of(shown)
    assert "data-print" in text_of(shown)
    assert client.get("/profiel/").status_code == 200
    assert events("second_factor_added") == [("second_factor_added", newcomer.pk, {"type": "totp"})]
    assert [message.to for message in mail.outbox] == [[newcomer.email]]


def test_wrong_code_at_set_up_keeps_the_key(client, newcomer):
    secret = secret_on(client.get(SET_UP))

    response = client.post(SET_UP, {"code": "000000"})

    assert response.status_code == 422
    assert secret_on(response) == secret
    assert not second_factor.is_set_up(newcomer)


def test_set_up_asks_for_the_password_again_after_five_minutes(client, newcomer, time_machine):
    time_machine.move_to(timezone.now() + timedelta(minutes=6))

    assert client.get(SET_UP).url.startswith("/bevestig/?next=")
    assert client.post("/bevestig/", {"password": "een-verkeerd-wachtwoord"}).status_code == 422
    response = client.post("/bevestig/", {"password": "een-lang-wachtwoord", "next": SET_UP})
    assert response.url == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_new_key_of_the_session_at_set_up(client, newcomer):
    secret = secret_on(client.get(SET_UP))
    before = client.session.session_key

    client.post(SET_UP, {"code": code_of(secret)})

    assert client.session.session_key != before
    assert is_logged_in(client)


# Changing and removing


def test_last_second_factor_cannot_be_removed(client, user):
    log_in(client, user)
    page = client.get(SET_UP + "weghalen/")
    response = client.post(SET_UP + "weghalen/")

    assert second_factor.LAST_ONE in text_of(page)
    assert response.status_code == 422
    assert second_factor.is_set_up(user)


def test_app_goes_when_a_passkey_stays(client, user):
    add_passkey(user)
    log_in(client, user)

    response = client.post(SET_UP + "weghalen/")

    assert response.url == "/profiel/tweede-stap/"
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}
    assert events("second_factor_removed") == [("second_factor_removed", user.pk, {"type": "totp"})]


def test_last_passkey_cannot_be_removed(client, user):
    key = add_passkey(user)
    log_in(client, user)
    client.post(SET_UP + "weghalen/")

    client.post(f"/profiel/tweede-stap/toegangssleutels/{key.pk}/weghalen/")

    assert second_factor.is_set_up(user)


def test_passkey_of_somebody_else_does_not_exist(client, user):
    key = add_passkey(UserFactory())
    log_in(client, user)

    for path in (f"{key.pk}/", f"{key.pk}/weghalen/", "99999999999999999999/"):
        assert client.get(f"/profiel/tweede-stap/toegangssleutels/{path}").status_code == 404
        assert client.post(f"/profiel/tweede-stap/toegangssleutels/{path}").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_passkey_gets_another_name(client, user):
    key = add_passkey(user)
    log_in(client, user)

    client.post(f"/profiel/tweede-stap/toegangssleutels/{key.pk}/", {"name": "Thuis"})

    assert "Thuis" in text_of(client.get("/profiel/tweede-stap/toegangssleutels/"))


def test_another_phone_replaces_the_first_only_after_its_code(client, user):
    log_in(client, user)
    path = SET_UP + "vervangen/"
    secret = secret_on(client.get(path))

    assert client.post(path, {"code": "000000"}).status_code == 422
    assert kept_secret(user) == user.secret

    assert client.post(path, {"code": code_of(secret)}).status_code == 302
    assert kept_secret(user) == secret
    assert [event for event, _, _ in events("second_factor_removed", "second_factor_added")] == [
        "second_factor_removed", "second_factor_added",
    ]  # fmt: skip


def test_new_recovery_codes_end_the_old_ones(client, user):
    old = recovery_codes_of(user)
    log_in(client, user)

    client.post(CODES + "nieuw/")

    assert not set(old) & set(recovery_codes_of(user))
    assert events("recovery_codes_renewed") == [("recovery_codes_renewed", user.pk, {})]


def test_changing_a_second_factor_asks_again_after_five_minutes(client, user, time_machine):
    log_in(client, user)
    time_machine.move_to(timezone.now() + timedelta(minutes=6))

    for path in (SET_UP + "vervangen/", SET_UP + "weghalen/", CODES, CODES + "nieuw/",
                 "/profiel/tweede-stap/toegangssleutels/nieuw/"):  # fmt: skip
        assert client.get(path).url.startswith("/bevestig/"), path
        assert path == CODES or client.post(path).url.startswith("/bevestig/"), path


def test_reset_by_beheer_ends_every_session_and_asks_for_a_new_one(client, user):
    log_in(client, user)

    second_factor.reset(user)

    assert client.get("/profiel/").url.startswith("/inloggen/")
    give_password(client, user)
    assert client.get("/profiel/").url == SET_UP
    assert mail.outbox[-1].to == [user.email]


# Passkeys


@pytest.mark.parametrize(
    "credential",
    ["", "null", "[]", "1", '"x"', "{", "{}", '{"response": 1}', '{"response": {"userHandle": null}}',
     '{"response": {"userHandle": "AAAA"}}', '{"response": {"userHandle": "MQ"}, "id": "x", "rawId": "x"}',
     '{"id": "\\u0000"}', json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {
         "clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}),
     "[" * 3000],
)  # fmt: skip
def test_made_up_passkey_opens_nothing_and_breaks_nothing(client, user, credential):
    client.get("/inloggen/toegangssleutel/", headers={"Accept": "application/json"})
    assert client.post("/inloggen/toegangssleutel/", {"credential": credential}).url == "/inloggen/"
    assert not is_logged_in(client)

    give_password(client, user)
    assert client.post("/inloggen/tweede-stap/", {"credential": credential}).status_code in {422, 429}
    assert not is_logged_in(client)

    other = with_app()
    client = Client()
    log_in(client, other)
    path = "/profiel/tweede-stap/toegangssleutels/nieuw/"
    client.get(path)
    assert client.post(path, {"name": "x", "credential": credential}).status_code == 422
    assert client.post("/bevestig/toegangssleutel/", {"credential": credential}).url.startswith("/")
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_passkey_page_asks_the_browser_for_a_finger_face_or_pin(client, newcomer):
    page = text_of(client.get("/profiel/tweede-stap/toegangssleutels/nieuw/"))

    options = json.loads(re.search(r'id="passkey-options" type="application/json">(.*?)</script>', page).group(1))
    choice = options["creation_options"]["publicKey"]["authenticatorSelection"]
    assert choice["userVerification"] == choice["residentKey"] == "required"


def test_login_page_hands_out_a_challenge_without_naming_anybody(client, user):
    add_passkey(user)

    answer = client.get("/inloggen/toegangssleutel/", headers={"Accept": "application/json"}).json()

    assert not answer["request_options"]["publicKey"].get("allowCredentials")
    assert answer["request_options"]["publicKey"]["userVerification"] == "required"
    assert reverse("mfa_login_webauthn") == "/inloggen/toegangssleutel/"
