"""What goes along with every answer, also of errors and files, and with the cookies."""

import json
import os
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse

from access import invitations
from cases.views import overview
from tests.database import as_owner
from tests.security.routes import BY_LINK, PUBLIC, ROUTES
from tests.security.test_routes import address

pytestmark = pytest.mark.django_db

SAME_FOR_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# What somebody uploaded never runs as a page of ours.
SANDBOX = {"default-src": "'none'", "frame-ancestors": "'none'", "sandbox": ""}
SANDBOXED = dict.fromkeys(
    (
        "cases:document_download",
        "voice:drawing",
        "prepare:bringing_pdf",
        "prepare:bringing_blank",
        "meetings:report_pdf",
        "meetings:voice_blank",
        "meetings:about_table",
    ),
    SANDBOX,
)
STATIC = ("css/base.css", "js/session.js")


def policy_of(response):
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts if name}


def check(response, where, *, is_file=False, is_voice=False, policy=POLICY):
    # What stands in the address of a jongere's form goes nowhere, not even to another page of ours.
    expected = SAME_FOR_ALL | ({"Referrer-Policy": "strict-origin"} if is_voice else {})
    assert {name: response.get(name) for name in SAME_FOR_ALL} == expected, where
    assert policy_of(response) == policy, where
    if not is_file:
        assert response["X-Frame-Options"] == "DENY", where
        assert "no-store" in response["Cache-Control"], where
        assert response["Permissions-Policy"], where
    for cookie in response.cookies.values():
        assert cookie["httponly"], f"{where}: {cookie.key}"
        assert cookie["samesite"] in ("Lax", "Strict"), f"{where}: {cookie.key}"
        assert not cookie["domain"], f"{where}: {cookie.key}"
    assert "Server" not in response, where


@pytest.fixture
def ask(client_of):
    """One page as somebody; an error is an answer here."""

    def get(user, url):
        client = client_of(user) if user else Client()
        client.raise_request_exception = False
        return client.get(url)

    return get


@pytest.mark.parametrize("name", [name for name, entry in ROUTES.items() if entry.get and entry.who])
def test_every_page_for_somebody_who_may_open_it(world, ask, name):
    role = min(ROUTES[name].who)

    check(ask(getattr(world, role), address(name, world, "own")), name, policy=SANDBOXED.get(name, POLICY))


@pytest.mark.parametrize("name", sorted({*PUBLIC, *ROUTES}))
def test_every_page_for_somebody_who_is_not_logged_in(world, name):
    if name in ROUTES:
        url = address(name, world, "own")
    elif name == "accept_invitation":
        with as_owner():
            url = invitations.invitation_path(world.stranger)
    elif name == "account_reset_password_from_key":
        url = reverse(name, args=["1", "set-password"])
    elif name == "meetings:answer":
        url = reverse(name, args=["0" * 64])
    else:
        url = reverse(name, args=BY_LINK.get(name, []))

    check(Client().get(url), name, is_voice=name in BY_LINK or name == "voice:wiped")


def test_what_does_not_exist(world, ask):
    for user in (None, world.coordinator):
        for url in (
            "/bestaat-niet/",
            "/jeugdigen/WEL-999999/",
            "/static/bestaat-niet.css",
            "/%00/",
            "/jeugdigen/x' OR 1=1/",
        ):
            response = ask(user, url)
            check(response, url)
            assert response.status_code in (302, 404)


def test_a_page_that_breaks(world, ask, monkeypatch):
    monkeypatch.setattr(overview, "_overview", lambda request, case: 1 / 0)

    response = ask(world.coordinator, reverse("cases:detail", args=[world.own.pk]))

    assert response.status_code == 500
    check(response, "500")


def test_a_form_without_its_token(world):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@b.test"})

    assert response.status_code == 403
    check(response, "403")


def test_a_request_for_another_host():
    response = Client(headers={"host": "elders.test"}).get("/")

    assert response.status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_a_method_that_no_page_takes(world, client_of, method):
    client = client_of(world.coordinator)
    for name in ("reporting:today", "cases:list", "cases:detail", "cases:write", "profile"):
        response = getattr(client, method)(address(name, world, "own"))
        assert response.status_code in (404, 405), f"{method} {name}"
        check(response, f"{method} {name}")


@pytest.mark.parametrize("path", STATIC)
def test_files(path):
    with closing(Client().get(f"{project.STATIC_URL}{path}")) as response:
        assert response.status_code == 200
        check(response, path, is_file=True)


def test_with_https_nothing_goes_in_the_clear(settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/inloggen/").headers["Location"].startswith("https://")
    page = Client().get("/inloggen/", secure=True)
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_without_a_word_in_the_environment_the_settings_are_the_safe_ones(tmp_path):
    """As production starts: HTTPS is on unless somebody says that this is a demo, a test or a developer's machine."""
    ask = (
        "import json, os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'wel.settings')\n"
        "from django.conf import settings as s\n"
        "names = ('DEBUG', 'SESSION_COOKIE_NAME', 'CSRF_COOKIE_NAME', 'SESSION_COOKIE_SECURE', 'CSRF_COOKIE_SECURE',"
        " 'SESSION_COOKIE_HTTPONLY', 'CSRF_COOKIE_HTTPONLY', 'SESSION_COOKIE_SAMESITE', 'SESSION_COOKIE_DOMAIN',"
        " 'SESSION_COOKIE_PATH', 'SECURE_SSL_REDIRECT', 'SECURE_HSTS_SECONDS', 'SECURE_HSTS_INCLUDE_SUBDOMAINS',"
        " 'MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN')\n"
        "print(json.dumps({name: getattr(s, name) for name in names}))"
    )
    unset = ("WEL_TEST", "WEL_DEBUG", "WEL_DEMO", "WEL_HTTPS")
    environment = {name: value for name, value in os.environ.items() if name not in unset}

    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=project.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )

    assert json.loads(done.stdout) == {
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-wel",
        "CSRF_COOKIE_NAME": "__Host-wel-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    }
