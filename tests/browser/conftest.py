"""People at work in Chromium: a server on the test database, and a window per person that notes every complaint."""

import re
import time

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from tests import chromium
from tests.browser.world import make_world

PATIENCE = 20_000  # milliseconds; a busy machine is no fault of WEL
expect.set_options(timeout=PATIENCE)

# A page that says "this is not right yet" is a line in the browser's console, and no fault. Neither is a connection that
# a test takes away, nor the token of a page from before somebody logged in again.
EXPECTED = re.compile(
    r"(Failed to load resource: the server responded with a status of|Response Status Error Code) 4(03|04|09|22)"
    r"|Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return chromium.launch_args()


@pytest.fixture(scope="session", autouse=True)
def _hang_up(django_db_setup, django_db_blocker):
    """The server answers in threads, each with a connection of its own; the database goes when they are gone."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for _ in range(50):
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            if cursor.fetchone()[0] == 1:
                break
            time.sleep(0.1)


@pytest.fixture
def world(transactional_db):
    return make_world()


def session_cookie(user):
    """A session that passed both steps, without walking through them again."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return {"name": "wel", "value": client.cookies["wel"].value}


@pytest.fixture
def visit(browser, live_server):
    """`visit(path, user)` opens a window; afterwards nothing may have gone wrong in any of them, or gone elsewhere."""
    windows, complaints, elsewhere = [], [], []

    def note_elsewhere(request):
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            elsewhere.append(request.url)

    def open_window(path, user=None, *, width=1280, height=900, scheme="light", javascript=True, touch=False):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            has_touch=touch,
            locale="nl-NL",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        windows.append(context)
        context.on("request", note_elsewhere)
        if user:
            context.add_cookies([{**session_cookie(user), "url": live_server.url}])
        page = context.new_page()
        complaints.append(chromium.collect_complaints(page))
        page.goto(path)
        return page

    yield open_window
    for context in windows:
        context.close()
    assert [text for found in complaints for text in found if not EXPECTED.match(text)] == []
    assert elsewhere == []
