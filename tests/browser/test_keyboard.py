"""Without a mouse: what a person with a keyboard or a screen reader does, key by key."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement"


class Keys:
    """Presses keys only; `reach` walks with Tab until the focus is on what is wanted, and never further than the page."""

    def __init__(self, page):
        self.page = page

    def focused(self):
        """The words of what has focus: its label, or its own text."""
        return self.page.evaluate(
            f"(({FOCUSED}.labels && {FOCUSED}.labels[0]) || {FOCUSED}).textContent.replace(/\\s+/g, ' ').trim()"
        )

    def reach(self, words):
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.focused().startswith(words):
                self.assert_in_sight()
                return self
        raise AssertionError(f"Tab never reaches {words!r}")

    def assert_in_sight(self):
        """What has focus is on the screen, shows it, and lies under no bar (WCAG 2.4.7, 2.4.11)."""
        assert self.page.evaluate(
            """() => {
              const element = document.activeElement, box = element.getBoundingClientRect();
              const x = box.left + Math.min(box.width / 2, 20), y = box.top + box.height / 2;
              const top = document.elementFromPoint(x, y);
              const near = element.labels ? [element, ...element.labels] : [element];
              return Boolean(top) && near.some((one) => one.contains(top) || top.contains(one));
            }"""
        ), f"{self.focused()!r} is out of sight"

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, text):
        self.page.keyboard.type(text)
        return self


def test_a_jeugdige_is_registered_with_the_keyboard_alone(visit, world):
    page = visit("/", world.leerplicht)
    keys = Keys(page)

    keys.reach("Jeugdige aanmelden").press("Enter")
    page.wait_for_url("**/aanmelden/")
    keys.reach("Roepnaam").type("Sterre").reach("Achternaam").type("Bedenksel").reach("Geboortedatum").type("14032017")
    keys.reach("Vrijstelling 5 onder a").press("ArrowDown")  # on to the next situation
    keys.reach("Ja, van iedereen die beslist").press("ArrowDown", "ArrowDown", "ArrowDown")
    keys.reach("Meld aan").press("Enter")
    page.wait_for_url("**/jeugdigen/WEL-*/")

    expect(page.get_by_role("status").filter(has_text="is aangemeld.")).to_be_visible()
    expect(page.get_by_text("Absoluut verzuim")).to_have_count(1)


def test_the_skip_link_comes_first_and_leads_past_the_menu(visit, world):
    page = visit("/jeugdigen/", world.coordinator)

    page.keyboard.press("Tab")
    assert Keys(page).focused() == "Naar de inhoud"
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate(f"document.querySelector('main').contains({FOCUSED})")


def test_after_a_mistake_focus_is_on_the_summary_and_its_links_lead_to_the_fields(visit, world):
    page = visit("/jeugdigen/aanmelden/", world.leerplicht)
    keys = Keys(page)

    keys.reach("Roepnaam").press("Enter")  # Enter in a field saves, as everywhere
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Er zijn 5 dingen die nog niet kloppen.")
    assert page.title().startswith("Let op: ")
    keys.reach("Kies een situatie.").press("Enter")

    assert page.evaluate(f"{FOCUSED}.name") == "situation"
    keys.assert_in_sight()


def test_ctrl_enter_saves_from_a_text_field(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/logboek/schrijf-op/", world.coordinator)
    keys = Keys(page)

    keys.reach("Gesprek").press("Space").reach("Wat gebeurde er?").type("Eerste regel").press("Enter")
    keys.type("tweede regel").press("Control+Enter")
    page.wait_for_url(re.compile("/logboek/(#.*)?$"))

    expect(page.locator(".log-lines > li").filter(has_text="tweede regel")).to_be_visible()


def test_focus_stays_in_sight_all_the_way_through_long_pages(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/reis/", world.coordinator, height=700)
    keys, seen = Keys(page), 0

    while seen < 80:
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED} === document.body"):
            break
        keys.assert_in_sight()
        seen += 1

    assert seen > 20


def test_a_name_is_shown_and_hidden_without_losing_the_place(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/", world.leerplicht)
    keys = Keys(page)

    keys.reach("Toon naam").press("Enter")
    expect(page.locator("#identity-bar")).to_contain_text("Pippeloentje")
    expect(page.locator("#identity-bar")).to_contain_text("We houden bij wie een naam bekijkt.")
    page.wait_for_function(f"document.querySelector('#identity-bar').contains({FOCUSED})")
    keys.reach("Naam verbergen").press("Enter")

    expect(page.locator("#identity-bar")).not_to_contain_text("Pippeloentje")
    expect(page.get_by_role("button", name="Toon naam")).to_be_focused()


def test_a_menu_opens_and_closes_with_the_keyboard(visit, world):
    page = visit("/", world.coordinator)
    keys = Keys(page)

    keys.reach("Jouw menu").press("Enter").reach("Profiel")
    page.keyboard.press("Escape")

    expect(page.locator("details[data-menu][open]")).to_have_count(0)
    assert keys.focused().startswith("Jouw menu")
