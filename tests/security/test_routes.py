"""Every URL x every role x own and neighbouring SWV has an expected answer; a URL that is not in the table fails."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from access import invitations
from tests.database import as_owner
from tests.security.conftest import NATIONAL_ADDRESS
from tests.security.routes import BY_LINK, BY_NUMBER, PUBLIC, REAUTHENTICATE, ROUTES, STAFF, B, C, L, P, case_args
from tests.security.targets import SECRETS

pytestmark = pytest.mark.django_db

BY_LINK["voice:question"] = ["x" * 43, 1]
PUBLIC |= dict.fromkeys(BY_LINK, "opened with a link, without an account")


def every_url_name():
    def walk(resolver, prefix):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
            else:
                yield prefix + str(pattern.name)

    return list(walk(get_resolver(), ""))


def test_every_url_has_an_expected_answer():
    assert sorted(every_url_name()) == sorted([*ROUTES, *PUBLIC, *REAUTHENTICATE, *BY_NUMBER])


@pytest.fixture(scope="module")
def visitor(world, django_db_blocker):
    """A fresh client per request, with the session of a role that was made once; no role is nobody."""
    cookies = {}
    with django_db_blocker.unblock():
        for role in STAFF:
            client = Client()
            client.force_login(getattr(world, role), backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.session
            session["second_factor"] = True
            session.save()
            cookies[role] = client.cookies

    def visit(role=None):
        client = Client(raise_request_exception=False)
        if role:
            client.cookies = cookies[role].copy()
        return client

    return visit


def expected_status(expected, role):
    if isinstance(expected, dict):
        return (expected.get(role, 404),)
    return expected if isinstance(expected, tuple) else (expected,)


def address(name, world, which):
    entry = ROUTES[name]
    case = getattr(world, which)
    parts = getattr(world, f"{which}_parts")
    return reverse(name, args=entry.args(case, parts) if entry.args else [])


def secrets_of(case):
    return [*(f"{word} {case.pk}" for word in SECRETS), f"Geheim{case.pk}", f"geheim.adres.{case.pk}@"]


@contextmanager
def undone():
    """What one visitor changes, the next does not find."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def faults_of(answer, expected, *, hidden, where):
    """What is wrong with an answer, in words; nothing when it is right."""
    faults = []
    if answer.status_code not in expected:
        faults.append(f"{where}: {answer.status_code}, not {expected}")
    body = answer.content.decode(errors="replace")
    if leaked := [secret for secret in hidden if secret in body]:
        faults.append(f"{where} shows {leaked}")
    return faults


@pytest.mark.parametrize("name", ROUTES)
def test_own_swv(visitor, world, name):
    entry, faults = ROUTES[name], []
    url = address(name, world, "own")
    for role in sorted(STAFF):
        hidden = secrets_of(world.foreign)
        if role == P:  # keeps the register of every SWV, in which no jeugdige stands
            hidden.remove(f"geheime activiteit {world.foreign.pk}")
            hidden.remove(f"geheim.adres.{world.foreign.pk}@")
        else:
            hidden.append(NATIONAL_ADDRESS)
        if role not in {L}:
            hidden.append(f"Geheim{world.own.pk}")
        for method, status in entry.methods():
            expected = expected_status(status, role) if role in entry.who else (404,)
            with undone():
                answer = entry.ask(visitor(role), method, url)
            faults += faults_of(answer, expected, hidden=hidden, where=f"{role} {method} {url}")
    assert faults == []


# Whose work is not bound to one SWV, and tested as its own.
NATIONAL = {
    P: {"reporting:", "learning:obstacle", "activities:"},
    B: {"regions:", "question_lists:", "bringing_lists:"},
}


@pytest.mark.parametrize("name", [name for name, entry in ROUTES.items() if entry.args])
def test_neighbouring_swv_is_404_whatever_the_method(visitor, world, name):
    faults = []
    url = address(name, world, "foreign")
    for role in sorted(STAFF):
        if any(name.startswith(prefix) for prefix in NATIONAL.get(role, ())):
            continue
        for method, _ in ROUTES[name].methods():
            with undone():
                answer = ROUTES[name].ask(visitor(role), method, url)
            faults += faults_of(answer, (404,), hidden=secrets_of(world.foreign), where=f"{role} {method} {url}")
    assert faults == []


@pytest.mark.parametrize("name", [name for name, entry in ROUTES.items() if entry.args is case_args])
def test_a_case_that_is_not_shared_exists_for_leerplicht_only(visitor, world, name):
    faults = []
    url = reverse(name, args=[world.closed.pk])
    for role in sorted(STAFF - {L}):
        for method, _ in ROUTES[name].methods():
            with undone():
                answer = ROUTES[name].ask(visitor(role), method, url)
            faults += faults_of(answer, (404,), hidden=secrets_of(world.closed), where=f"{role} {method} {url}")
    assert faults == []


@pytest.mark.parametrize("name", [*ROUTES, *sorted(REAUTHENTICATE)])
def test_somebody_who_is_not_logged_in_goes_to_the_login_page(visitor, world, name):
    url = address(name, world, "own") if name in ROUTES else reverse(name)
    for method in ("get", "post"):
        answer = getattr(visitor(), method)(url)
        assert answer.status_code == 302, f"{method} {url}: {answer.status_code}"
        assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted(REAUTHENTICATE | BY_NUMBER))
def test_pages_of_the_second_factor_are_only_about_oneself(visitor, world, name):
    url = reverse(name, args=[1] if name in BY_NUMBER else [])
    for role in sorted(STAFF):
        answer = visitor(role).get(url)
        expected = (302, 404) if name in BY_NUMBER else (200, 302, 404, 405)
        assert faults_of(answer, expected, hidden=secrets_of(world.own), where=f"{role} get {url}") == []


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_pages_tell_nothing_about_anybody(visitor, world, name):
    with as_owner():
        invitation = invitations.invitation_path(world.stranger)
    places = {
        "accept_invitation": invitation,
        "meetings:answer": reverse(name, args=["0" * 64]) if name == "meetings:answer" else "",
        "account_reset_password_from_key": reverse(name, args=["1", "set-password"])
        if name == "account_reset_password_from_key"
        else "",
    }
    answer = visitor().get(places.get(name) or reverse(name, args=BY_LINK.get(name, [])))
    hidden = secrets_of(world.own) + secrets_of(world.foreign)
    assert faults_of(answer, (200, 302, 404, 405, 410), hidden=hidden, where=name) == []


def test_an_account_without_a_second_factor_can_only_set_one_up(visitor, world):
    client = Client()
    client.force_login(world.leerplicht, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, entry in ROUTES.items():
        if name in {"account_logout", "account_reauthenticate"} or not entry.get:
            continue
        answer = client.get(address(name, world, "own"))
        assert answer.status_code == 302, name
        assert answer.url.startswith(reverse("mfa_activate_totp")), name


def test_an_account_that_was_switched_off_is_out_at_the_next_request(visitor, world):
    client = visitor(C)
    assert client.get(reverse("cases:list")).status_code == 200

    with as_owner():
        type(world.coordinator).objects.filter(pk=world.coordinator.pk).update(is_active=False)

    assert client.get(reverse("cases:list")).status_code == 302
