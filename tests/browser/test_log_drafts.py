"""Nothing typed is ever lost: het klad in a real browser, with a bad connection, signed out, and in two windows."""

import re
import time

import pytest
from playwright.sync_api import expect

from cases.models import LogEntry
from tests.browser.test_keyboard import Keys
from tests.browser.writing import (
    KEPT,
    STORY,
    check,
    kept_in_the_browser,
    kladjes,
    sign_in,
    sign_out,
    state_of,
    text_of,
    write,
)
from tests.database import as_owner

pytestmark = pytest.mark.browser


def test_typing_is_kept_and_offered_again(visit, world):
    page = visit(write(world.case), world.coordinator, width=390)
    page.get_by_text("Huisbezoek", exact=True).click()
    text_of(page).fill(STORY)
    expect(state_of(page)).to_have_text(KEPT)
    assert [answers["text"] for answers in kladjes(world.case)] == [STORY]
    expect(page.locator("#live")).to_have_text(KEPT)
    page.evaluate("document.querySelector('#live').textContent = ''")
    text_of(page).press_sequentially(" Echt.")
    expect(state_of(page)).to_have_text("Nog niet bewaard")
    expect(state_of(page)).to_have_text(KEPT)
    assert page.locator("#live").text_content() == ""  # said aloud at most once in half a minute
    text_of(page).fill(STORY)
    expect(state_of(page)).to_have_text("Nog niet bewaard")
    expect(state_of(page)).to_have_text(KEPT)
    assert kept_in_the_browser(page) == []
    found = check(page, "kept")

    page.goto(write(world.case))
    expect(page.get_by_role("heading", name="Je was hier gebleven")).to_be_visible()
    found += check(page, "offered")
    page.get_by_role("link", name=re.compile("^Ga verder")).click()
    expect(text_of(page)).to_have_value(STORY)
    assert page.get_by_label("Huisbezoek").is_checked()
    found += check(page, "resumed")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.wait_for_url(re.compile("/logboek/$"))

    assert kladjes(world.case) == []
    assert found == []


def test_leaving_the_field_or_the_page_keeps_it_at_once(visit, world):
    page = visit(write(world.case), world.coordinator)
    text_of(page).fill("Niet gewacht")
    page.keyboard.press("Tab")
    page.goto("/")

    page.goto(write(world.case))
    expect(page.locator(".draft-offers")).to_contain_text("Niet gewacht")


def test_a_klad_is_thrown_away_and_put_back(visit, world):
    page = visit(write(world.case), world.coordinator, width=390)
    text_of(page).fill("Misschien toch niet")
    expect(state_of(page)).to_have_text(KEPT)
    page.goto(write(world.case))

    page.get_by_role("button", name=re.compile("^Gooi weg")).click()
    expect(page.get_by_text("Klad weggegooid.")).to_be_visible()
    assert check(page, "thrown away") == []
    expect(page.get_by_text("Misschien toch niet")).to_have_count(0)
    page.get_by_role("button", name="Zet terug").click()

    expect(page.get_by_text("Misschien toch niet")).to_be_visible()


def test_a_bsn_is_not_kept_and_the_state_says_why(visit, world):
    page = visit(write(world.case), world.coordinator)
    text_of(page).fill("Zijn nummer is 111222333.")

    expect(state_of(page)).to_contain_text("Nog niet bewaard. Dit lijkt op een burgerservicenummer.")
    assert kladjes(world.case) == []
    text_of(page).fill("")


def test_without_a_connection_the_page_says_so_keeps_trying_and_saves_when_it_is_back(visit, world):
    page = visit(write(world.case), world.coordinator, width=390)
    page.get_by_text("Gesprek", exact=True).click()
    expect(state_of(page)).to_have_text(KEPT)
    tries = []
    page.on("request", lambda request: tries.append(request) if "/klad/" in request.url else None)

    page.context.set_offline(True)
    text_of(page).fill(STORY)
    expect(state_of(page)).to_have_text("Bewaren lukt niet. We proberen het opnieuw.")
    bar = page.locator("#connection")
    expect(bar).to_have_text("Geen verbinding. Blijf op deze pagina: wat je typt bewaren we zodra het weer kan.")
    found = check(page, "offline")
    page.get_by_role("button", name="Bewaar", exact=True).click()  # stays enabled, and waits
    until = time.monotonic() + 60
    while len(tries) < 3 and time.monotonic() < until:
        page.wait_for_timeout(200)
    assert len(tries) >= 3
    expect(text_of(page)).to_have_value(STORY)
    page.context.set_offline(False)

    page.wait_for_url(re.compile("/logboek/$"))
    expect(page.locator(".log-lines > li").filter(has_text=STORY)).to_have_count(1)
    assert kladjes(world.case) == []
    assert found == []


def test_back_online_everything_is_kept_before_the_bar_says_so(visit, world):
    page = visit(write(world.case), world.coordinator)
    page.context.set_offline(True)
    text_of(page).fill(STORY)
    expect(state_of(page)).to_have_text("Bewaren lukt niet. We proberen het opnieuw.")

    page.context.set_offline(False)

    expect(page.locator("#connection")).to_have_text("Weer verbonden. Alles is bewaard.")
    assert [answers["text"] for answers in kladjes(world.case)] == [STORY]


def test_signed_out_between_two_keys_the_klad_is_there_after_logging_in(visit, world):
    page = visit(write(world.case), world.coordinator)
    text_of(page).fill("Eerste zin.")
    expect(state_of(page)).to_have_text(KEPT)
    sign_out(page)
    text_of(page).fill("Eerste zin. Tweede zin.")
    expect(state_of(page)).to_have_text("Bewaren lukt niet. We proberen het opnieuw.")

    expect(page.get_by_role("dialog", name="Je bent uitgelogd, voor de zekerheid")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")  # closes every other dialog; this one covers the page
    expect(page.get_by_role("dialog", name="Je bent uitgelogd, voor de zekerheid")).to_be_visible()

    sign_in(page, world.coordinator)

    page.wait_for_url(re.compile(r"\?klad="))
    expect(text_of(page)).to_have_value("Eerste zin. Tweede zin.")
    assert [answers["text"] for answers in kladjes(world.case)] == ["Eerste zin. Tweede zin."]


def test_somebody_else_who_logs_in_gets_nothing_of_it(visit, world):
    page = visit(write(world.case), world.coordinator)
    text_of(page).fill("Van Merel.")
    expect(state_of(page)).to_have_text(KEPT)
    sign_out(page)
    sign_in(page, world.owner)
    text_of(page).fill("Van Merel, en van niemand anders.")
    expect(state_of(page)).to_have_text("Bewaren lukt niet. We proberen het opnieuw.")

    other = visit(write(world.case), world.owner)
    expect(other.get_by_role("heading", name="Je was hier gebleven")).to_have_count(0)
    assert [answers["text"] for answers in kladjes(world.case)] == ["Van Merel."]
    text_of(page).fill("Van Merel.")


def test_a_conflict_is_resolved_with_the_keyboard_alone(visit, world):
    with as_owner():
        entry = LogEntry.objects.narrowed().filter(case=world.case, author=world.owner).first()
    path = f"/jeugdigen/{world.case.code}/logboek/{entry.pk}/"
    first, second = visit(path, world.owner), visit(path, world.owner)
    text_of(first).fill("Venster een.")
    first.get_by_role("button", name="Bewaar", exact=True).click()
    first.wait_for_url(re.compile("/logboek/$"))
    text_of(second).fill("Venster twee.")
    keys = Keys(second)
    text_of(second).focus()
    keys.press("Control+Enter")
    expect(second.locator(".conflict-said")).to_be_focused()

    keys.reach("Allebei").press("Tab")
    assert keys.focused().startswith("Zo komt het er te staan")
    keys.press("Control+End").type(" Samen.").reach("Bewaar zo").press("Enter")
    second.wait_for_url(re.compile("/logboek/$"))

    expect(second.locator(f"#regel-{entry.pk}")).to_contain_text("Venster twee. Samen.")
    second.get_by_role("link", name=re.compile("^bekijk")).first.click()
    expect(second.get_by_role("heading", name="Wat er eerst stond")).to_be_visible()
    expect(second.locator(".timeline")).to_contain_text("Venster een.")
    assert check(second, "history") == []


def test_without_javascript_a_klad_and_a_conflict_lose_nothing(visit, world):
    path = f"/jeugdigen/{world.case.code}/reis/plan/"
    merel = visit(path, world.coordinator, javascript=False)
    youssef = visit(path, world.owner, javascript=False)
    youssef.get_by_label("Wat is het plan?").fill("Plan van Youssef.")
    youssef.get_by_role("button", name="Bewaar als klad").click()
    expect(youssef.get_by_text("Bewaard als klad om")).to_be_visible()
    merel.get_by_label("Wat is het plan?").fill("Plan van Merel.")
    merel.get_by_role("button", name="Bewaar", exact=True).click()

    youssef.goto(path)
    youssef.get_by_role("link", name=re.compile("^Ga verder")).click()
    youssef.get_by_role("button", name="Bewaar", exact=True).click()
    expect(youssef.get_by_text("Kies bij 1 onderdeel welke tekst blijft.")).to_be_visible()
    youssef.get_by_label("Jouw tekst").check()
    youssef.get_by_role("button", name="Bewaar zo").click()

    expect(youssef.locator("#plan")).to_contain_text("Plan van Youssef.")
    assert kladjes(world.case) == []


def test_removing_and_putting_back_with_the_keyboard(visit, world):
    with as_owner():
        entry = LogEntry.objects.narrowed().filter(case=world.case, author=world.owner, kind="besluit").first()
    page = visit(f"/jeugdigen/{world.case.code}/logboek/{entry.pk}/", world.owner)
    keys = Keys(page)

    keys.reach("Verwijder").press("Enter")
    page.wait_for_url("**/logboek/?verwijderd=*")
    expect(page.get_by_text("We blijven bij één ochtend")).to_have_count(0)
    found = check(page, "removed")
    page.get_by_role("link", name="Verwijderd", exact=True).click()
    expect(page.get_by_text("We blijven bij één ochtend")).to_be_visible()
    found += check(page, "Verwijderd")
    keys.reach("Zet terug").press("Enter")

    expect(page.locator(f"#regel-{entry.pk}")).to_contain_text("We blijven bij één ochtend")
    assert found == []
