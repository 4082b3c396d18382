"""Somebody who writes on a page that keeps a klad: where the text is, what is kept, and being signed out meanwhile."""

import re

from cases.models import Draft
from tests.browser.conftest import session_cookie
from tests.chromium import violations
from tests.database import as_owner

KEPT = re.compile(r"Bewaard om \d\d\.\d\d")
STORY = "Vandaag fietste hij voor het eerst zelf naar de bakker, en terug met een brood onder de arm."


def text_of(page):
    return page.get_by_label("Wat gebeurde er?")


def state_of(page):
    return page.locator("[data-draft-state]")


def kladjes(case):
    with as_owner():
        return list(Draft.objects.narrowed().filter(case=case, closed_at=None).values_list("answers", flat=True))


def write(case):
    return f"/jeugdigen/{case.code}/logboek/schrijf-op/"


def check(page, what):
    """No violation on a phone, on a laptop and in the dark."""
    found = []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found += [(what, width, *one) for one in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((what, width, "wider than the screen"))
    page.emulate_media(color_scheme="dark")
    found += [(what, "dark", *one) for one in violations(page, rules=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


def sign_out(page):
    """As the server does it after half an hour: the session is gone, the page is still open."""
    page.context.clear_cookies(name="wel")


def sign_in(page, user):
    page.context.add_cookies([{**session_cookie(user), "url": page.url.split("/jeugdigen")[0]}])


def kept_in_the_browser(page):
    """Everything that the browser itself stores; htmx notes in sessionStorage at which address it is, and no more."""
    stored = page.evaluate(
        """async () => [
          ...Object.values(localStorage), ...Object.values(sessionStorage), ...(await indexedDB.databases()),
          ...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations()),
        ].map(String)"""
    )
    return [value for value in stored if not value.startswith("/")]
