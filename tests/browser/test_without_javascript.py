"""Everything works without JavaScript; scripts only make it quicker (ux 1, principle 6)."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accounts import work_through_the_queue
from tests.browser.world import FIRST, LAST

pytestmark = pytest.mark.browser


@pytest.fixture
def visit_plain(visit):
    def open_window(path, user):
        return visit(path, user, javascript=False)

    return open_window


def heading(page):
    return page.get_by_role("heading", level=1)


def test_registering_and_looking_up_a_postcode_keeps_what_was_typed(visit_plain, world):
    page = visit_plain("/jeugdigen/aanmelden/", world.leerplicht)
    page.get_by_label("Roepnaam", exact=True).fill("Sterre")
    page.get_by_label("Achternaam").fill("Bedenksel")
    page.get_by_label("Geboortedatum").fill("14-3-2017")
    page.get_by_label("Postcode").fill("9712")
    page.get_by_role("button", name="Zoek op postcode").click()
    expect(page.get_by_text("9712 ligt in Groningen.")).to_be_visible()
    expect(page.get_by_label("Roepnaam", exact=True)).to_have_value("Sterre")

    page.get_by_label("Absoluut verzuim").check()
    page.get_by_label("Nog niet gevraagd").check()
    page.get_by_role("button", name="Meld aan").last.click()

    expect(heading(page)).to_have_text("Overzicht")
    expect(page.get_by_text("is aangemeld.")).to_be_visible()


def test_a_look_alike_is_shown_before_saving(visit_plain, world):
    page = visit_plain("/jeugdigen/aanmelden/", world.leerplicht)
    page.get_by_label("Roepnaam", exact=True).fill(FIRST)
    page.get_by_label("Achternaam").fill(LAST)
    page.get_by_label("Geboortedatum").fill(world.born)
    page.get_by_label("Absoluut verzuim").check()
    page.get_by_label("Nog niet gevraagd").check()

    page.get_by_role("button", name="Meld aan").last.click()
    expect(page.get_by_text(f"Lijkt op {world.case.code}")).to_be_visible()
    page.get_by_role("button", name="Nee, ga verder").click()

    expect(heading(page)).to_have_text("Overzicht")


def test_consent_is_recorded_and_withdrawn(visit_plain, world):
    page = visit_plain(f"/jeugdigen/{world.closed.code}/toestemming/", world.leerplicht)
    page.get_by_label("Ouder of verzorger", exact=True).check()
    page.get_by_label("Gegeven", exact=True).check()
    page.get_by_label("Op papier, ondertekend").check()
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_text("Het WEL-team kan").first).to_be_visible()

    page.get_by_role("link", name="Trek in").click()
    page.get_by_role("button", name="Trek in").click()

    expect(page.get_by_text("De toestemming is ingetrokken.")).to_be_visible()


def test_writing_in_the_logboek_moving_a_halte_and_showing_a_name(visit_plain, world):
    page = visit_plain(f"/jeugdigen/{world.case.code}/logboek/schrijf-op/", world.leerplicht)
    page.get_by_label("Gesprek", exact=True).check()
    page.get_by_label("Wat gebeurde er?").fill("Ook zonder script staat dit er.")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("Ook zonder script staat dit er.")).to_be_visible()

    page.get_by_role("link", name="Reis", exact=True).click()
    page.locator("[data-halte='2']").get_by_role("button", name="Eerder").click()
    expect(page.locator("[data-halte='1']")).to_contain_text("Les aan huis")

    page.get_by_role("link", name="Overzicht", exact=True).click()
    page.get_by_role("button", name="Toon naam").click()
    expect(page.locator("#identity-bar")).to_contain_text(LAST)
    page.get_by_role("link", name="Naam verbergen").click()
    expect(page.locator("#identity-bar")).not_to_contain_text(LAST)


def test_filtering_and_searching_the_list(visit_plain, world):
    page = visit_plain("/jeugdigen/", world.leerplicht)
    page.get_by_label("Rustpunt").check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page.get_by_role("link", name="Wis filters").first).to_be_visible()
    assert "status=rustpunt" in page.url

    page.get_by_label("Zoek op code of naam").fill(LAST)
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_role("link", name=world.case.code)).to_be_visible()
    assert LAST.split()[0] not in page.url


def test_the_pdf_is_asked_and_fetched(visit_plain, world):
    page = visit_plain("/verantwoording/PO2001/", world.contact)
    page.get_by_role("button", name="Maak pdf").click()
    expect(page.get_by_text("versie 1: we maken je pdf")).to_be_visible()

    work_through_the_queue()
    page.get_by_role("link", name="Kijk of hij klaar is").click()

    with page.expect_download() as downloading:
        page.get_by_role("link", name="versie 1").click()
    assert downloading.value.suggested_filename.endswith("-v1.pdf")
