"""Every page with data, as each role that has it: no violation of WCAG 2.2 AA, light and dark, narrow and wide."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import get_resolver
from playwright.sync_api import expect

from access.invitations import invitation_path
from tests.access.people import code_of, with_app
from tests.browser.pages import NO_PAGE, OUTSIDE, OWN, answer_of, pages_of, view_of, youth_pages
from tests.chromium import violations
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser

BSN = "111222333"  # passes the check on a BSN, so that every text field of a form has something to say


def narrow(page, path):
    """What is wrong with the page on a phone, and whether it fits a tablet."""
    found = []
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((path, width, "wider than the screen"))
    return found + [(path, 390, *one) for one in violations(page)]


def wide(page, path):
    """What is wrong on a laptop, and in the dark; once per kind of page is enough."""
    page.set_viewport_size({"width": 1440, "height": 900})
    found = [(path, 1440, *one) for one in violations(page)]
    page.emulate_media(color_scheme="dark")
    found += [(path, "dark", *one) for one in violations(page, rules=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


NEVER_WRONG = {"cases:reasons", "meetings:live"}  # no box needs a tick; the table stays where it is (test_live.py)
MAIN_FORM = "main form[data-main]"
FILL = """value => {
  const form = document.querySelector("main form[data-main]");
  for (const field of form.querySelectorAll("input, textarea")) {
    if (["hidden", "file"].includes(field.type)) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = false;
    else field.value = value;
  }
  form.querySelector(".btn-primary").click();
}"""


def with_errors(page, path):
    """What is wrong with the form of this page when every field of it is; on a phone."""
    page.set_viewport_size({"width": 390, "height": 900})
    with page.expect_navigation() as posted:
        page.evaluate(FILL, BSN)
    found = []
    if posted.value.status != 422 or page.evaluate("document.activeElement.className") != "error-summary":
        found.append((path, posted.value.status, page.evaluate("document.activeElement.outerHTML.slice(0, 80)")))
    if not page.title().startswith("Let op: "):
        found.append((path, page.title()))
    return found + [("with errors", *one) for one in narrow(page, path)]


# Whose forms are tried with errors.
TRY_FORMS = {"leerplicht", "coordinator", "contact", "beheer"}


@pytest.mark.parametrize("roles", [("leerplicht",), ("coordinator", "owner"), ("contact", "project", "fg", "beheer")])
def test_every_page_with_data_is_accessible_and_its_form_with_errors_puts_the_summary_first(visit, world, roles):
    found, pages, seen, tried = [], pages_of(world), set(), set()

    for role in roles:
        page = visit("/", world[role])
        for path in pages[role]:
            answer = page.goto(path)
            is_closed = world.closed.code in path and role != "leerplicht"
            assert answer.status == (404 if is_closed else 200), f"{role} {path}"
            found += narrow(page, path)
            view = view_of(path)
            kind = (view, path == "/" and role)
            if kind not in seen:
                found += wide(page, path)
                seen.add(kind)
            if role not in TRY_FORMS or view in NEVER_WRONG or ((role, view) in tried and "zonder-naam" not in path):
                continue
            tried.add((role, view))
            if page.locator(f"{MAIN_FORM} :is(input:not([type=hidden]), textarea)").count():
                found += with_errors(page, path)

    assert found == []


def test_the_pages_before_logging_in_and_of_ones_own_account_are_accessible(visit, world):
    user = with_app(email="siebe@voorbeeld.test", name="Siebe van den Penningmeester-Langeafstand")
    reset = f"/wachtwoord/nieuw/{user_pk_to_url_str(world.owner)}-{default_token_generator.make_token(world.owner)}/"
    page, found = visit("/"), []

    for path in [*OUTSIDE, reset, invitation_path(world.new), answer_of(world)]:
        assert page.goto(path).status == 200, path
        found += narrow(page, path) + wide(page, path)
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/tweede-stap/")
    found += narrow(page, page.url) + wide(page, page.url)
    page.get_by_label("Code").fill(code_of(user.secret))
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/")
    for path in OWN:
        answer = page.goto(path)
        assert (answer.status, page.url.endswith(path)) == (200, True), path
        found += narrow(page, path) + wide(page, path)

    assert found == []


def test_what_opens_on_a_page_is_accessible(visit, world):
    page, found = visit("/", world.leerplicht, width=390), []

    page.locator(".menu--nav summary").click()
    found += narrow(page, "menu")
    page.keyboard.press("Escape")
    page.locator(".menu--avatar summary").click()
    found += narrow(page, "own menu") + wide(page, "own menu")

    page.goto("/jeugdigen/")
    page.set_viewport_size({"width": 390, "height": 900})
    page.locator(".list-filters summary").click()
    found += narrow(page, "filters")

    page.goto(f"/jeugdigen/{world.case.code}/")
    page.get_by_role("button", name="Toon naam").click()
    expect(page.locator("#identity-bar")).to_contain_text("Pippeloentje")
    found += narrow(page, "name shown") + wide(page, "name shown")

    page.goto(f"/jeugdigen/{world.case.code}/logboek/")
    page.get_by_text("Lees verder").first.click()
    found += narrow(page, "log opened")

    page.goto(f"/jeugdigen/{world.case.code}/documenten/")
    page.get_by_text("Verwijderd (1)").click()
    found += narrow(page, "removed documents") + wide(page, "removed documents")

    page.goto("/jeugdigen/aanmelden/")
    page.get_by_label("Achternaam").fill("Iemand")
    page.get_by_label("Geboortedatum").fill(world.born)
    page.get_by_label("Vrijstelling 5 onder a").check()
    page.get_by_label("Achternaam").fill("van Verzonnen tot Zevenhuizerveen")
    page.get_by_label("Sinds").focus()
    expect(page.locator("#lookalikes .notice")).to_be_visible()
    found += narrow(page, "look-alike") + wide(page, "look-alike")

    page.goto("/jeugdigen/WEL-9999/")
    found += narrow(page, "no such page") + wide(page, "no such page")

    assert found == []


def test_every_page_of_wel_is_looked_at(world):
    looked_at = {view_of(path) for paths in pages_of(world).values() for path in paths}
    looked_at |= {view_of(path) for path in [*OUTSIDE, *OWN, invitation_path(world.new), answer_of(world)]}
    looked_at |= {view_of(path) for path in youth_pages(world)}
    looked_at |= {"account_reset_password_from_key", "mfa_authenticate"}

    def names(resolver, prefix=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
            else:
                yield prefix + str(pattern.name)

    assert set(names(get_resolver())) - looked_at - set(NO_PAGE) == set()
