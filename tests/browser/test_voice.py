"""The stem: scenario 6 and 7 of ux 13 with their limits, leaving at once, and every page of the form looked at."""

import re
from contextlib import contextmanager

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import VoiceAnswer, VoiceLink
from meetings.views.voice_youth import WEATHER
from tests import factories
from tests.browser.hand import Hand
from tests.browser.pages import youth_pages
from tests.browser.test_axe import narrow, wide
from tests.browser.test_scenarios import LAPTOP_WAYS, is_wide
from tests.chromium import violations
from tests.database import as_owner
from tests.meetings.voice_world import ANSWERS

pytestmark = pytest.mark.browser

SMALL = {"width": 360, "height": 640}


def kept(link):
    with as_owner():
        return {row.question: row for row in VoiceAnswer.objects.unscoped().filter(link=link)}


@pytest.fixture
def link(world):
    """A fresh one; what came in before is over."""
    with as_owner():
        VoiceLink.objects.unscoped().update(withdrawn_at=timezone.now(), withdrawn_by=world.owner)
    return factories.VoiceLinkFactory(case=world.ending, made_by=world.owner)


@LAPTOP_WAYS
def test_scenario_6_the_eigenaar_sends_a_link(visit, world, link, size, how):
    page = visit(f"/jeugdigen/{world.case.code}/", world.owner, **size)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand = Hand(page, **how)

    hand.press(page.get_by_role("link", name="Stem", exact=True))
    page.wait_for_url("**/stem/")
    hand.press(page.get_by_role("button", name="Stuur een link"))
    message = page.get_by_label("Bericht", exact=True)
    expect(message).to_have_value(re.compile(r"^Hoi, \w+ wil graag weten wat jij wilt\. .*/stem/[\w-]{43}/", re.DOTALL))
    hand.press(page.get_by_role("button", name="Kopieer het bericht"))

    expect(page.get_by_text(re.compile("^Bericht gekopieerd. Geldig tot en met"))).to_be_visible()
    hand.told(6)
    assert hand.presses <= 3
    assert page.evaluate("navigator.clipboard.readText()") == message.input_value()
    for name, start in (("Stuur een sms", "sms:"), ("Stuur een mail", "mailto:")):
        assert page.get_by_role("link", name=name).get_attribute("href").startswith(start)
    found = [] if how else narrow(page, "link") + wide(page, "link")
    assert found == []
    assert not is_wide(page)
    page.goto(page.get_by_label("Alleen de link").input_value())
    expect(page.get_by_role("link", name="Begin")).to_be_visible()


class Youth:
    """Somebody with a phone, and the link."""

    def __init__(self, page, how, looked=True):
        self.page, self.hand, self.looked, self.found = page, Hand(page, **how), looked, []

    def look(self):
        if self.looked:
            self.found += [(self.page.url, *one) for one in violations(self.page)]
        if is_wide(self.page):
            self.found.append((self.page.url, "wider than the screen"))

    def arrive(self, number):
        self.page.wait_for_url(f"**/vraag/{number}/")
        assert f"Vraag {number} van 8" in self.page.title()
        self.look()

    def answer(self, number):
        given = list(ANSWERS.values())[number - 1]
        if "choice" in given:
            self.hand.choose(self.page.locator(f'input[value="{given["choice"]}"]'))
        if "text" in given:
            self.hand.write(self.page.locator("textarea"), given["text"])

    def go_on(self, number):
        name = f"Naar vraag {number + 1}" if number < 8 else "Kijk of het klopt"
        self.hand.press(self.page.get_by_role("button", name=name))


WAYS = pytest.mark.parametrize(
    ("size", "how", "javascript"),
    [
        (SMALL, {"touch": True}, True),
        (SMALL, {"keyboard": True}, True),
        ({"width": 180, "height": 320}, {"touch": True}, True),
        (SMALL, {"touch": True}, False),
    ],
    ids=["thumb", "keyboard", "200 %", "without scripts"],
)


@WAYS
def test_scenario_7_a_jongere_stops_at_five_and_goes_on_with_the_same_link(visit, world, link, size, how, javascript):
    page = visit(f"/stem/{link.token}/", **size, touch="touch" in how, javascript=javascript)
    youth = Youth(page, how, looked=javascript)
    youth.look()
    expect(page.get_by_text("leest alles.")).to_be_visible()

    youth.hand.press(page.get_by_role("link", name="Begin"))
    youth.arrive(1)
    assert 1 + youth.hand.presses <= 2  # the first tap opened the link
    for number in range(1, 5):
        youth.answer(number)
        youth.go_on(number)
        youth.arrive(number + 1)
    youth.answer(5)
    if javascript:  # stops in the middle, without a button
        expect(page.get_by_role("status")).to_have_text("Bewaard. Je kunt later verder gaan.")
    else:
        youth.go_on(5)
        youth.arrive(6)
    seconds = youth.hand.seconds
    page.context.close()
    assert {key: (row.choice, row.text) for key, row in kept(link).items()} == {
        key: (one.get("choice", ""), one.get("text", "")) for key, one in list(ANSWERS.items())[:5]
    }

    # The next day, on another phone
    page = visit(f"/stem/{link.token}/", **size, touch="touch" in how, javascript=javascript)
    again = Youth(page, how, looked=javascript)
    again.look()
    again.hand.press(page.get_by_role("link", name="Ga verder met vraag 6"))
    again.arrive(6)
    for number in range(6, 9):
        again.answer(number)
        again.go_on(number)
        if number < 8:
            again.arrive(number + 1)
    page.wait_for_url("**/klopt-het/")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    again.look()
    tick = page.get_by_role("checkbox", name=re.compile("De tafel mag dit lezen.*wensdroom"))
    if "keyboard" in how:
        again.hand.reach(tick)
        page.keyboard.press("Space")
    else:
        tick.tap()
    again.hand.press(page.get_by_role("button", name="Verstuur mijn antwoorden"))
    page.wait_for_url("**/dankjewel/")
    again.look()

    again.hand.told(7)
    assert seconds + again.hand.seconds <= 300
    assert youth.found + again.found == []
    rows = kept(link)
    assert {key: (row.choice, row.text) for key, row in rows.items()} == {
        key: (one.get("choice", ""), one.get("text", "")) for key, one in ANSWERS.items()
    }
    assert {key for key, row in rows.items() if row.may_table_read} == {"droom"}
    assert all(row.sent_at for row in rows.values())


def test_every_page_of_the_form_is_accessible_and_fits_the_smallest_phone(visit, world):
    page, found = visit(youth_pages(world)[0], width=320), []

    for path in [*youth_pages(world), "/stem/bestaat-niet/"]:
        page.goto(path)
        assert "WEL" not in page.title()
        found += narrow(page, path) + wide(page, path)
        page.set_viewport_size({"width": 320, "height": 600})
        if is_wide(page):
            found.append((path, 320, "wider than the screen"))
    page.goto(youth_pages(world)[1])
    page.locator("textarea").fill("bsn 123456782")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Let op: ")
    found += narrow(page, "error")
    assert found == []


@contextmanager
def elsewhere(browser, live_server, **options):
    """A window that may leave; what is asked there is noted and answered here."""
    context = browser.new_context(base_url=live_server.url, **options)
    asked = []

    def answer(route):
        asked.append(route.request.headers)
        route.fulfill(body="<h1>Het weer</h1>", content_type="text/html")

    context.route(f"{WEATHER}**", answer)
    try:
        yield context.new_page(), asked
    finally:
        context.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "without"])
def test_sluit_snel_tells_the_weather_nothing_and_leaves_no_way_back(browser, live_server, world, link, javascript):
    with elsewhere(browser, live_server, java_script_enabled=javascript) as (page, asked):
        requests = []
        page.on("requestfinished", lambda request: requests.append(request))
        page.goto("/stem/gewist/")  # where somebody was before
        page.goto(f"/stem/{link.token}/")
        page.get_by_role("link", name="Begin").click()
        page.wait_for_url("**/vraag/1/")
        page.locator("textarea").fill(ANSWERS["naam"]["text"])
        page.get_by_role("button", name="Naar vraag 2").click()
        page.wait_for_url("**/vraag/2/")

        page.get_by_role("link", name="Sluit snel").click()
        page.wait_for_url(f"{WEATHER}**")
        expect(page.get_by_role("heading")).to_have_text("Het weer")

        assert len(asked) == 1
        assert "referer" not in asked[0]
        told = {request.all_headers().get("referer") for request in requests} - {None}
        assert f"{live_server.url}/" in told  # files and posts hear the site, and never the path
        assert [one for one in told if "/stem/" in one] == []
        if javascript:
            page.go_back()
            page.wait_for_url("**/stem/gewist/")
    assert kept(link)["naam"].text == ANSWERS["naam"]["text"]


def test_a_lost_connection_keeps_the_page_and_the_words(visit, world, link):
    page = visit(f"/stem/{link.token}/vraag/3/", **SMALL)
    page.context.set_offline(True)

    page.locator("textarea").fill("In de trein getypt.")
    page.get_by_role("button", name="Naar vraag 4").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^Geen verbinding"))
    assert page.locator("textarea").input_value() == "In de trein getypt."

    page.context.set_offline(False)
    page.get_by_role("button", name="Naar vraag 4").click()
    page.wait_for_url("**/vraag/4/")
    assert kept(link)["blij"].text == "In de trein getypt."
