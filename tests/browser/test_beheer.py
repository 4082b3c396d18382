"""Inviting somebody: what was chosen stays, however late the places of a role come."""

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit, world):
    return visit("/beheer/mensen/uitnodigen/", world.beheer)


def option_of(swv):
    return f"{swv.short} {swv.name or swv.area}"


def chosen(page, label):
    return page.get_by_label(label).locator("option:checked").text_content()


def test_a_place_that_is_chosen_while_the_role_is_fetched_stays(page):
    held = []
    page.route("**/uitnodigen/?role=*", lambda route: held.append(route))
    swv = option_of(factories.swv())

    page.get_by_label("Naam").fill("Merel Verzonnen")
    page.get_by_label("Rol").select_option("coordinator")
    page.get_by_label("Samenwerkingsverband").select_option(swv)
    page.wait_for_function("document.querySelector('#places').ariaBusy")
    held.pop().continue_()
    expect(page.get_by_label("Gemeente")).to_have_count(0)  # the places of this role are there

    assert chosen(page, "Samenwerkingsverband") == swv
    expect(page.get_by_label("Naam")).to_have_value("Merel Verzonnen")


def test_a_place_stays_with_another_role_that_has_it(page):
    swv = option_of(factories.swv())
    page.get_by_label("Rol").select_option("coordinator")
    expect(page.get_by_label("Gemeente")).to_have_count(0)
    page.get_by_label("Samenwerkingsverband").select_option(swv)

    page.get_by_label("Rol").select_option("leerplicht")
    expect(page.get_by_label("Gemeente")).to_be_visible()

    assert chosen(page, "Samenwerkingsverband") == swv
    assert chosen(page, "Gemeente") == "Kies een gemeente"


def test_the_last_role_decides_which_places_there_are(page):
    held = []
    page.route("**/uitnodigen/?role=coordinator", lambda route: held.append(route))

    page.get_by_label("Rol").select_option("coordinator")
    page.get_by_label("Rol").select_option("fg")
    page.wait_for_function("document.querySelector('#places').ariaBusy")
    held.pop().continue_()

    expect(page.get_by_label("Samenwerkingsverband")).to_have_count(0)
    expect(page.get_by_label("Rol")).to_have_value("fg")
