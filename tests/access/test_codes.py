"""A code of the app lives through the half minute after its own, and works once in all that time; so does a recovery code."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.access.people import (
    SET_UP,
    code_of,
    give_code,
    give_password,
    is_logged_in,
    log_in,
    recovery_codes_of,
    secret_on,
    with_app,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


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


def test_code_from_the_app_works_once(user, time_machine):
    time_machine.move_to("2026-03-18 10:00:05Z", tick=False)
    code = code_of(user.secret)
    first, second = Client(), Client()
    give_password(first, user)
    give_password(second, user)

    assert give_code(first, code).status_code == 302
    assert give_code(second, code).status_code == 422
    assert (is_logged_in(first), is_logged_in(second)) == (True, False)


def test_code_that_is_typed_while_the_next_one_comes_still_works(client, user, time_machine):
    time_machine.move_to("2026-03-18 10:00:29.9Z", tick=False)
    give_password(client, user)
    code = code_of(user.secret)
    time_machine.move_to("2026-03-18 10:00:30Z", tick=False)

    assert give_code(client, code).status_code == 302
    assert is_logged_in(client)


@pytest.mark.parametrize("steps", [-2, 1, 2])
def test_code_of_longer_ago_or_of_the_future_does_not_work(client, user, time_machine, steps):
    time_machine.move_to("2026-03-18 10:00:05Z", tick=False)
    give_password(client, user)

    assert give_code(client, code_of(user.secret, steps)).status_code == 422
    assert not is_logged_in(client)
    assert give_code(client, code_of(user.secret)).status_code == 302


@pytest.mark.parametrize("moment", ["10:00:00", "10:00:29", "10:00:31", "10:00:59"])
def test_code_works_once_in_all_the_time_that_it_lives(user, time_machine, moment):
    """Also when the memory of allauth, which is half a minute long, is over."""
    time_machine.move_to("2026-03-18 10:00:00Z", tick=False)
    code = code_of(user.secret)
    first, second = Client(), Client()
    give_password(first, user)
    give_password(second, user)
    assert give_code(first, code).status_code == 302

    time_machine.move_to(f"2026-03-18 {moment}Z", tick=False)

    assert give_code(second, code).status_code == 422
    assert not is_logged_in(second)


def test_code_from_before_the_one_that_was_used_does_not_work(user, time_machine):
    time_machine.move_to("2026-03-18 10:00:35Z", tick=False)
    first, second = Client(), Client()
    give_password(first, user)
    give_password(second, user)

    assert give_code(first, code_of(user.secret)).status_code == 302
    assert give_code(second, code_of(user.secret, -1)).status_code == 422


def test_used_code_does_not_confirm_either(client, user, time_machine):
    time_machine.move_to("2026-03-18 10:00:00Z", tick=False)
    log_in(client, user)
    code = code_of(user.secret)
    time_machine.move_to("2026-03-18 10:00:31Z", tick=False)

    assert client.post("/bevestig/code/", {"code": code}).status_code == 422
    assert client.post("/bevestig/code/", {"code": code_of(user.secret)}).status_code == 302


def test_recovery_code_logs_in_once(user):
    code = recovery_codes_of(user)[3]
    first, second = Client(), Client()
    give_password(first, user)
    give_password(second, user)

    assert give_code(first, code).status_code == 302
    assert give_code(second, code).status_code == 422
    assert len(recovery_codes_of(user)) == 9


@pytest.mark.parametrize("moment", ["10:00:05", "10:00:36"])
def test_code_that_set_up_the_app_does_not_log_in_as_well(client, newcomer, time_machine, moment):
    time_machine.move_to("2026-03-18 10:00:05Z", tick=False)
    give_password(client, newcomer)
    code = code_of(secret_on(client.get(SET_UP)))
    client.post(SET_UP, {"code": code})
    time_machine.move_to(f"2026-03-18 {moment}Z", tick=False)
    other = Client()
    give_password(other, newcomer)

    assert give_code(other, code).status_code == 422


def test_half_minute_that_ends_while_an_app_is_set_up_does_no_harm(client, newcomer, time_machine, monkeypatch):
    """The code was of the half minute before, and is of the one before that when it is noted as used."""
    time_machine.move_to("2026-03-18 10:00:59Z", tick=False)
    give_password(client, newcomer)
    secret = secret_on(client.get(SET_UP))
    activate = TOTP.activate

    def slowly(*args):
        time_machine.move_to("2026-03-18 10:01:01Z", tick=False)
        return activate(*args)

    monkeypatch.setattr(TOTP, "activate", slowly)
    assert client.post(SET_UP, {"code": code_of(secret, -1)}).status_code == 302
    other = Client()
    give_password(other, newcomer)

    assert give_code(other, code_of(secret)).status_code == 302


def test_app_is_not_set_up_with_a_code_of_the_future(client, newcomer, time_machine):
    time_machine.move_to("2026-03-18 10:00:05Z", tick=False)
    give_password(client, newcomer)
    secret = secret_on(client.get(SET_UP))

    assert client.post(SET_UP, {"code": code_of(secret, +1)}).status_code == 422
    assert client.post(SET_UP, {"code": code_of(secret, -1)}).status_code == 302
