"""The live table in the browser: scenario 4 of ux 13, two laptops on one board, and a connection that goes and comes."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Action, Meeting
from tests.browser.hand import ENLARGED, LAPTOP
from tests.browser.writing import check
from tests.database import as_owner

pytestmark = pytest.mark.browser
TEXT = "Vraag of oom zaterdag meegaat"


@pytest.fixture
def board(world):
    return f"/wel-tafels/plek/{world.item.pk}/live/?stap=wie"


def promised(text):
    with as_owner():
        return list(Action.objects.unscoped().filter(text=text))


@pytest.mark.parametrize("size", [LAPTOP, ENLARGED], ids=["laptop", "200 %"])
def test_scenario_4_an_action_is_noted_without_leaving_the_field(visit, world, board, size):
    """At most 8 keys besides the words, 5 seconds, no pointer; screen and focus are as they were."""
    page = visit(board, world.coordinator, **size)
    field, address = page.locator("#id_line"), page.url
    expect(field).to_be_focused()
    began, keys = time.monotonic(), 0

    page.keyboard.type(TEXT)
    for key in (" ", "@", "o", "n", " ", "4", "w", "Enter"):
        page.keyboard.press("Space" if key == " " else key)
        keys += 1
    card = page.locator(".live-card--new")
    expect(card).to_contain_text(TEXT)
    seconds = time.monotonic() - began

    print(f"scenario 4: {seconds:.1f} s, {keys} keys besides the words")
    assert keys <= 8
    assert seconds <= 5
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    assert page.url == address
    (action,) = promised(TEXT)
    assert (action.horizon, action.participant_id) == ("4w", world.guest.pk)
    expect(page.locator("#live")).to_contain_text(f"Erbij: {TEXT}, Onafhankelijk voorzitter, 4 weken")


def test_what_is_typed_is_shown_before_it_is_saved_and_esc_empties(visit, world, board):
    page = visit(board, world.coordinator)
    preview = page.locator("[data-live-preview]")

    page.keyboard.type(f"{TEXT} @onaf 4u ")
    expect(page.get_by_role("radio", name="4 uur")).to_be_checked()
    expect(preview).to_have_text(re.compile(f"Wordt: ?4 uur ?Onafhankelijk voorzitter.*{TEXT}"))
    found = check(page, "typed")
    page.keyboard.press("Escape")
    expect(page.locator("#id_line")).to_have_value("")
    page.keyboard.type("@")
    expect(preview).to_contain_text("Wie?")
    page.keyboard.press("Escape")

    assert found == []
    assert promised(TEXT) == []


def test_undo_is_one_press_and_focus_comes_back(visit, world, board):
    page = visit(board, world.coordinator)
    page.keyboard.type(TEXT)
    page.keyboard.press("Enter")

    page.get_by_role("button", name="Ongedaan maken").click()

    expect(page.locator("[data-live-lines]")).not_to_contain_text(TEXT)
    expect(page.locator("#id_line")).to_be_focused()
    assert [bool(action.deleted_at) for action in promised(TEXT)] == [True]


def test_two_laptops_see_each_other_and_lose_nothing_when_the_connection_goes(visit, world, board):
    one, other = visit(board, world.coordinator), visit(board, world.coordinator)
    for page, text in ((one, "Bel de bakker"), (other, "Bel de boer")):
        page.locator("#id_line").fill(text)
        page.keyboard.press("Enter")
    for page in (one, other):
        expect(page.locator("[data-live-lines]")).to_contain_text("Bel de bakker", timeout=15_000)
        expect(page.locator("[data-live-lines]")).to_contain_text("Bel de boer", timeout=15_000)

    one.context.set_offline(True)
    for text in ("Regel vervoer", "Koop werkschoenen"):
        one.locator("#id_line").fill(text)
        one.keyboard.press("Enter")
    expect(one.get_by_text("Geen verbinding.")).to_be_visible()
    expect(one.locator("[data-live-preview]")).to_contain_text("Nog niet bewaard: Regel vervoer · Koop werkschoenen")
    one.context.set_offline(False)
    for page in (one, other):
        expect(page.locator("[data-live-lines]")).to_contain_text("Regel vervoer", timeout=20_000)
        expect(page.locator("[data-live-lines]")).to_contain_text("Koop werkschoenen", timeout=20_000)
    expect(one.get_by_text("Weer verbonden.")).to_be_visible()

    for text in ("Bel de bakker", "Bel de boer", "Regel vervoer", "Koop werkschoenen"):
        assert len(promised(text)) == 1, text


def test_without_scripts_the_board_is_a_form(visit, world, board):
    page = visit(board, world.coordinator, javascript=False)

    page.locator("#id_line").fill(f"{TEXT} 4m")
    page.get_by_role("button", name="Zet erbij").click()

    expect(page.locator(".live-card--new")).to_contain_text(TEXT)
    assert promised(TEXT)[0].horizon == "4m"


def test_who_talks_for_an_hour_is_still_there_and_a_line_counts_as_being_there(visit, world):
    page, now = visit("/", world.coordinator), timezone.now()
    with as_owner():
        Meeting.objects.unscoped().filter(pk=world.table.pk).update(starts_at=now, ends_at=now + timedelta(hours=2))
    page.clock.install()
    page.goto(f"/wel-tafels/plek/{world.item.pk}/live/?stap=wie")
    dialog = page.get_by_role("dialog", name="Ben je er nog?")

    page.clock.fast_forward("01:20:00")
    page.keyboard.type("Bel de jeugdarts 4d")
    page.keyboard.press("Enter")
    expect(page.locator(".live-card--new")).to_contain_text("Bel de jeugdarts")
    page.clock.fast_forward("01:20:00")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("00:06:00")
    expect(dialog).to_be_visible()
