"""De Reis and the logboek: a story grows on the map and in words, on a laptop and on a phone."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TITLES = ".journey-words [data-halte] .journey-row__what > p:first-child strong"
PHONE = {"width": 390, "height": 844, "touch": True}


def titles(page):
    return [text.split(": ", 1)[1].rstrip(".") for text in page.locator(TITLES).all_text_contents()]


def add_stop(page, title, state, **fields):
    page.get_by_role("link", name="Halte toevoegen").click()
    page.get_by_label("Naam van de halte").fill(title)
    page.get_by_role("group", name="Hoe ver is het?").get_by_label(state, exact=True).check()
    for label, text in fields.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Bewaar").click()
    page.wait_for_url(re.compile(r"/reis/(#.*)?$"))


def test_a_reis_grows_from_a_wensdroom_to_haltes_on_the_map(visit, world):
    page = visit(f"/jeugdigen/{world.ending.code}/reis/", world.coordinator)
    expect(page.locator(".journey-map svg").first).to_be_visible()
    expect(page.get_by_text("De reis begint. Wat is de wensdroom?").first).to_be_visible()

    page.get_by_role("link", name="Schrijf de wensdroom op").click()
    page.get_by_label("Wensdroom van de jongere, in eigen woorden").fill("Ik wil treinen rijden")
    page.get_by_label("Gezegd op").fill(f"{timezone.localdate():%d-%m-%Y}")
    page.get_by_label("De wensdroom in een paar woorden").fill("machinist worden")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("#wensdroom")).to_contain_text("‘Ik wil treinen rijden’")
    expect(page.locator(".journey-map")).to_contain_text("machinist worden")

    page.get_by_role("link", name=re.compile("Schrijf op.*: Plan voor ontwikkeling")).click()
    page.get_by_label("Wat is het plan?").fill("Elke woensdag naar het seinhuis.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("#plan")).to_contain_text("Elke woensdag naar het seinhuis.")

    add_stop(page, "Spoorboek lezen", "Gemaakt", Datum=f"1-9-{timezone.localdate().year - 1}")
    add_stop(page, "Meekijken op het perron", "Gepland")
    add_stop(page, "Een dag in het seinhuis", "Gepland")
    assert titles(page) == ["Spoorboek lezen", "Meekijken op het perron", "Een dag in het seinhuis"]
    before = page.locator(".journey-map svg").first.inner_html()

    page.get_by_role("button", name=re.compile("Eerder.*: Een dag in het seinhuis")).click()
    expect(page.locator(TITLES).nth(1)).to_contain_text("Een dag in het seinhuis")
    assert page.locator(".journey-map svg").first.inner_html() != before
    page.get_by_role("button", name=re.compile("Later.*: Een dag in het seinhuis")).click()
    expect(page.locator(TITLES).nth(2)).to_contain_text("Een dag in het seinhuis")


def test_two_files_are_made_one_after_the_other_without_waiting(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/reis/afdrukken/", world.coordinator)
    page.get_by_label("Alleen de kaart").check()
    names = []

    for size in ("A4", "A3"):
        page.get_by_label(size, exact=True).check()
        with page.expect_download() as download:
            page.get_by_role("button", name="Maak bestand").click()
        names.append(download.value.suggested_filename)

    assert names == [f"{world.case.code}-kaart-a4.svg", f"{world.case.code}-kaart-a3.svg"]


def test_the_map_says_in_words_what_it_shows(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/reis/", world.coordinator)
    figure = page.locator("figure.journey-map")

    assert figure.locator("svg").first.get_attribute("aria-hidden") == "true"
    sentence = figure.locator("figcaption").text_content()
    assert world.case.code in sentence
    assert "olifantenpaadje" in sentence
    assert "De wensdroom: een eigen bakkerij met een bank" in sentence
    assert len(titles(page)) == 6
    page.get_by_role("link", name="In woorden", exact=True).click()
    expect(page.locator(".journey-sentence")).to_have_text(sentence)


def test_on_a_phone_the_list_takes_the_place_of_the_map(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/reis/", world.coordinator, **PHONE)

    expect(page.locator("figure.journey-map svg.route-map")).to_be_hidden()
    expect(page.get_by_text("Halte 1: Keuken van oom.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.emulate_media(media="print")
    expect(page.locator("figure.journey-map svg.route-map")).to_be_visible()


SMALLEST_LETTERS = """() => Math.min(...[...document.querySelectorAll(".journey-map text")].map(
    text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""


def test_wherever_the_map_shows_its_letters_are_large_enough_to_read(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/reis/", world.coordinator)
    route_map, road = page.locator("figure.journey-map svg.route-map"), page.locator(".journey-row__node").first

    shown = []
    for width in (390, 768, 991, 992, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        if route_map.is_visible():
            assert page.evaluate(SMALLEST_LETTERS) >= 12, width
            shown.append(width)
        assert road.is_visible() == (width not in shown), width
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert shown == [992, 1024, 1280, 1440]


def test_what_is_written_for_oneself_is_for_nobody_else(visit, world):
    theirs = visit(f"/jeugdigen/{world.case.code}/logboek/", world.coordinator)
    mine = visit(f"/jeugdigen/{world.case.code}/logboek/", world.owner)

    expect(mine.get_by_text("Alleen voor mij: volgende week eerst zelf bellen.")).to_be_visible()
    assert "Alleen voor mij" not in theirs.content()


def test_two_people_in_one_chapter_lose_no_word(visit, world):
    first = visit(f"/jeugdigen/{world.case.code}/reis/plan/", world.coordinator)
    second = visit(f"/jeugdigen/{world.case.code}/reis/plan/", world.owner)

    first.get_by_label("Wat is het plan?").fill("Het plan van Merel.")
    first.get_by_role("button", name="Bewaar").click()
    first.wait_for_url("**/reis/*")
    second.get_by_label("Wat is het plan?").fill("Het plan van Youssef.")
    second.get_by_role("button", name="Bewaar").click()

    conflict = second.locator(".conflict-said")
    expect(conflict).to_be_focused()
    expect(second.locator(".conflict-texts")).to_contain_text("Het plan van Merel.")
    both = second.get_by_label("Zo komt het er te staan. Je kunt dit aanpassen.")
    expect(both).to_have_value("Het plan van Merel.\n\nHet plan van Youssef.")
    second.get_by_role("button", name="Bewaar zo").click()
    expect(second.locator("#plan")).to_contain_text("Het plan van Youssef.")
    expect(second.locator("#plan")).to_contain_text("Het plan van Merel.")
