"""The acceptance scenarios around one jeugdige (ux 13): 2, 3 and 12; and what was heard, written down from Vandaag.

Each with its limit as it stands there, and each also with the keyboard alone and at 200 % zoom.
"""

import re

import pytest
from playwright.sync_api import expect

from cases.models import Case, Journey
from tests.browser.hand import ENLARGED, LAPTOP, PHONE, PHONE_ENLARGED, Hand
from tests.browser.world import FIRST, LAST
from tests.browser.writing import STORY, check, kept_in_the_browser, kladjes, sign_in, sign_out, state_of, text_of
from tests.database import as_owner

pytestmark = pytest.mark.browser

LAPTOP_WAYS = pytest.mark.parametrize(
    ("size", "how"),
    [(LAPTOP, {}), (LAPTOP, {"keyboard": True}), (ENLARGED, {})],
    ids=["mouse", "keyboard", "200 %"],
)
PHONE_WAYS = pytest.mark.parametrize(
    ("size", "how"),
    [(PHONE, {"touch": True}), (PHONE, {"keyboard": True}), (PHONE_ENLARGED, {"touch": True})],
    ids=["thumb", "keyboard", "200 %"],
)


def is_wide(page):
    return page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]


def how_many_cases():
    with as_owner():
        return Case.objects.unscoped().count()


@LAPTOP_WAYS
def test_scenario_2_the_jeugdige_already_exists(visit, world, size, how):
    page = visit("/jeugdigen/aanmelden/", world.leerplicht, **size)
    hand, before = Hand(page, **how), how_many_cases()
    typed = {
        "Roepnaam": FIRST,
        "Achternaam": LAST,
        "Geboortedatum": world.born,
        "Ouder of verzorger (niet verplicht)": "Ouder Bedenksel",
        "Wat is er al? (niet verplicht)": "Kent elke vogel, en tekent ze.",
    }

    for label in ("Roepnaam", "Achternaam", "Geboortedatum"):
        hand.write(page.get_by_label(label, exact=True), typed[label])
    hand.choose(page.get_by_role("radio", name="Absoluut verzuim"))
    for label in ("Ouder of verzorger (niet verplicht)", "Wat is er al? (niet verplicht)"):
        hand.write(page.get_by_label(label, exact=True), typed[label])
    notice = page.locator("#lookalikes .notice")
    expect(notice).to_contain_text(f"Lijkt op {world.case.code}")
    expect(notice).to_be_in_viewport() if size == LAPTOP else None
    assert how_many_cases() == before
    assert not is_wide(page)

    with page.context.expect_page() as opened:
        hand.press(notice.get_by_role("link", name=f"Ja, open {world.case.code}"))
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Overzicht")
    assert opened.value.url.endswith(f"/{world.case.code}/")
    hand.told(2)
    assert hand.presses <= 2
    assert {label: page.get_by_label(label, exact=True).input_value() for label in typed} == typed
    assert page.get_by_role("radio", name="Absoluut verzuim").is_checked()

    # It is somebody else after all: the rest of the page goes on with what was typed
    opened.value.close()
    hand.press(notice.get_by_role("button", name="Nee, ga verder"))
    expect(notice).to_have_count(0)
    assert {label: page.get_by_label(label, exact=True).input_value() for label in typed} == typed


@PHONE_WAYS
def test_scenario_3_a_lichtje_on_a_phone_after_a_visit(visit, world, size, how):
    page = visit(f"/jeugdigen/{world.case.code}/", world.coordinator, **size, touch="touch" in how)
    hand = Hand(page, **how)

    hand.press(page.get_by_role("link", name="Schrijf op").first)
    page.wait_for_url("**/schrijf-op/**")
    hand.choose(page.get_by_role("radio", name="Lichtje", exact=True))
    hand.write(text_of(page), STORY)
    assert not is_wide(page)
    hand.press(page.get_by_role("button", name="Bewaar", exact=True))
    page.wait_for_url(re.compile("/logboek/$"))

    hand.told(3)
    assert hand.seconds <= 30
    assert hand.presses + hand.choices + hand.fields <= 4  # the tap into the text field counts too
    expect(page.locator(".log-lines > li").first).to_contain_text(STORY)
    expect(page.locator(".log-lines > li").first).to_contain_text("Lichtje")
    assert kladjes(world.case) == []


@LAPTOP_WAYS
def test_what_was_heard_is_written_from_vandaag_and_its_row_is_gone(visit, world, size, how):
    """As scenario 9 (test_reminders.py), for who was not heard of for weeks."""
    page = visit("/?alles=ja", world.coordinator, **size)
    asking = page.locator('.row-list a[href*="?soort=gesprek"]')
    link = asking.first
    title = link.text_content().strip().removeprefix("Schrijf op: ")
    assert title.startswith("Vraag hoe het gaat met WEL-")
    hand = Hand(page, **how)

    hand.press(link)
    page.wait_for_url("**/schrijf-op/**")
    hand.write(text_of(page), STORY)
    hand.press(page.get_by_role("button", name="Bewaar", exact=True))
    page.wait_for_url(re.compile("/logboek/$"))

    assert (hand.presses, hand.choices, hand.fields) == (2, 0, 1)
    expect(page.locator(".log-lines > li").first).to_contain_text(STORY)
    page.goto("/?alles=ja")
    expect(asking.first).to_be_visible()
    expect(page.get_by_text(title)).to_have_count(0)


@LAPTOP_WAYS
def test_scenario_12_two_people_one_loses_connection_and_is_signed_out(visit, world, size, how):
    path, mine = f"/jeugdigen/{world.case.code}/reis/plan/", "Het plan van Youssef, in de trein getypt: één ochtend."
    merel, youssef = visit(path, world.coordinator), visit(path, world.owner, **size)
    youssef.context.set_offline(True)
    field = youssef.get_by_label("Wat is het plan?")
    field.fill(mine)
    expect(state_of(youssef)).to_have_text("Bewaren lukt niet. We proberen het opnieuw.")

    merel.get_by_label("Wat is het plan?").fill("Het plan van Merel.")
    merel.get_by_role("button", name="Bewaar", exact=True).click()
    merel.wait_for_url("**/reis/*")

    # Half an hour later, still without a connection: signed out, and the text stays behind a cover
    sign_out(youssef)
    youssef.evaluate("new BroadcastChannel('wel-session').postMessage('ended')")
    youssef.evaluate(
        """() => document.dispatchEvent(new CustomEvent("wel:ending", {cancelable: true, detail: {url: "/inloggen/"}}))"""
    )
    cover = youssef.get_by_role("dialog", name="Je bent uitgelogd, voor de zekerheid")
    expect(cover).to_be_visible()
    expect(cover.get_by_role("link", name="Log in")).to_be_visible()
    found = [] if how or size != LAPTOP else check(youssef, "signed out")
    expect(field).to_have_value(mine)
    assert kept_in_the_browser(youssef) == []

    # Connected, and logged in again in another window: the text is kept, and the page goes on with it
    youssef.context.set_offline(False)
    sign_in(youssef, world.owner)
    second = youssef.context.new_page()
    second.goto("/")
    second.close()
    youssef.wait_for_url(re.compile(r"/reis/plan/\?klad="))
    expect(youssef.get_by_label("Wat is het plan?")).to_have_value(mine)
    hand = Hand(youssef, **how)
    hand.press(youssef.get_by_role("button", name="Bewaar", exact=True))
    expect(youssef.get_by_text(re.compile(r"Merel C\. paste dit om \d\d\.\d\d ook aan\."))).to_be_visible()
    both = youssef.get_by_label("Zo komt het er te staan")
    expect(both).to_have_value(re.compile(re.escape(mine)))
    assert not is_wide(youssef)
    found += [] if how or size != LAPTOP else check(youssef, "conflict")
    hand.press(youssef.get_by_role("button", name="Bewaar zo"))
    youssef.wait_for_url("**/reis/*")

    hand.told(12)
    assert hand.presses <= 3
    with as_owner():
        plan = Journey.objects.narrowed().get(case=world.case).plan
    assert plan == f"Het plan van Merel.\n\n{mine}"  # not a character less of either
    for kept in plan.split("\n\n"):  # and the page that follows shows what was kept
        expect(youssef.locator("#plan")).to_contain_text(kept)
    assert kladjes(world.case) == []
    assert found == []
