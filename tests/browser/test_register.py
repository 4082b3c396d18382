"""Aanmelden as a leerplichtambtenaar does it, and what others see of it (ux 13, scenarios 1 and 2)."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.world import FIRST, LAST

pytestmark = pytest.mark.browser

LIMIT = 60  # seconds
BORN = "14-3-2017"


class Hand:
    """Fills in a page and counts what it costs: fields, and presses that are no field."""

    def __init__(self, page):
        self.page, self.fields, self.presses = page, 0, 0
        self.began = time.monotonic()

    def type(self, label, text):
        self.fields += 1
        self.page.get_by_label(label, exact=True).press_sequentially(text)

    def choose(self, label, group=None):
        self.fields += 1
        within = self.page.get_by_role("group", name=group) if group else self.page
        within.get_by_label(label, exact=True).check()

    def press(self, locator):
        self.presses += 1
        locator.click()

    @property
    def seconds(self):
        return time.monotonic() - self.began


def fill_in(hand, *, first="Sterre", last="Bedenksel", born=BORN, consent="Nog niet gevraagd"):
    hand.type("Roepnaam", first)
    hand.type("Achternaam", last)
    hand.type("Geboortedatum", born)
    hand.choose("Absoluut verzuim", "Situatie")
    hand.choose(consent, "Toestemming om te delen met het WEL-team")


@pytest.mark.parametrize("consent", ["Nog niet gevraagd", "Ja, van iedereen die beslist"])
def test_registering_from_vandaag_within_the_limits(visit, world, consent, record_property):
    page = visit("/", world.leerplicht)
    hand = Hand(page)

    hand.press(page.get_by_role("link", name="Jeugdige aanmelden"))
    fill_in(hand, consent=consent)
    hand.type("Sinds (niet verplicht)", "september 2025")
    hand.type("Ouder of verzorger (niet verplicht)", "Ouder Bedenksel")
    hand.type("Telefoon of e-mail (niet verplicht)", "06 12 34 56 78")
    hand.type("Wat is er al? (niet verplicht)", "Bouwt bruggen van karton die echt dragen.")
    hand.press(page.get_by_role("button", name="Meld aan"))
    page.wait_for_url("**/jeugdigen/WEL-*/")

    print(f"registered in {hand.seconds:.1f} s, {hand.fields} fields, {hand.presses} presses")
    record_property("seconds", round(hand.seconds, 1))
    assert hand.fields <= 12
    assert hand.presses <= 3
    assert hand.seconds <= LIMIT
    code = page.url.rstrip("/").rsplit("/", 1)[1]
    expect(page.get_by_role("status").filter(has_text=f"{code} is aangemeld.")).to_be_visible()
    assert "Bedenksel" not in page.content()

    theirs = visit(f"/jeugdigen/{code}/", world.coordinator)
    expected = "Overzicht" if consent == "Ja, van iedereen die beslist" else "Deze pagina kun je niet openen"
    expect(theirs.get_by_role("heading", level=1)).to_contain_text(expected)


def test_the_page_asks_no_more_than_twelve_fields(visit, world):
    page = visit("/jeugdigen/aanmelden/", world.leerplicht)

    names = page.eval_on_selector_all(
        "main form [name]:not([type=hidden]):not(button)", "fields => [...new Set(fields.map(field => field.name))]"
    )

    # The postcode is a way to find the fourth and fifth field, and is not kept.
    assert len([name for name in names if name != "postcode"]) <= 12


def test_a_look_alike_is_shown_before_saving_and_nothing_typed_is_lost(visit, world):
    page = visit("/jeugdigen/aanmelden/", world.leerplicht)
    hand = Hand(page)

    fill_in(hand, first=FIRST, last=LAST, born=world.born)
    page.get_by_label("Wat is er al? (niet verplicht)").fill("Kent elke vogel.")
    notice = page.locator("#lookalikes .notice")
    expect(notice).to_contain_text(f"Lijkt op {world.case.code}")
    with page.context.expect_page() as opened:
        notice.get_by_role("link", name=f"Ja, open {world.case.code}").click()
    other = opened.value
    expect(other.get_by_role("heading", level=1)).to_have_text("Overzicht")
    assert other.url.endswith(f"/{world.case.code}/")

    notice.get_by_role("button", name="Nee, ga verder").click()
    expect(notice).to_have_count(0)
    expect(page.get_by_label("Roepnaam", exact=True)).to_have_value(FIRST)
    expect(page.get_by_label("Wat is er al? (niet verplicht)")).to_have_value("Kent elke vogel.")
    page.get_by_role("button", name="Meld aan").click()
    page.wait_for_url("**/jeugdigen/WEL-*/")


def test_a_name_appears_on_asking_and_hides_on_leaving(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/", world.leerplicht)
    bar = page.locator("#identity-bar")
    assert LAST not in page.content()

    bar.get_by_role("button", name="Toon naam").click()
    expect(bar).to_contain_text(f"{FIRST} {LAST}")
    assert LAST not in page.title()
    assert LAST not in page.url

    page.get_by_role("link", name="Reis", exact=True).click()
    page.wait_for_url("**/reis/")
    assert LAST not in page.content()
    page.go_back()
    assert LAST not in page.content()
    expect(bar).to_contain_text("Naam verborgen")
