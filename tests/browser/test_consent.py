"""Toestemming in two windows at once: what one person records, another sees at the next press."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WITHDRAW = re.compile("Trek in.*Ouder of verzorger, Delen met het WEL-team")
CLOSED = "Deze pagina kun je niet openen"


def heading(page):
    return page.get_by_role("heading", level=1)


def record(page, code, answer):
    page.goto(f"/jeugdigen/{code}/toestemming/")
    page.get_by_label("Ouder of verzorger", exact=True).check()
    page.get_by_role("group", name="Antwoord").get_by_label(answer, exact=True).check()
    page.get_by_role("group", name="Hoe").get_by_label("Op papier, ondertekend").check()
    page.get_by_role("button", name="Leg vast").click()


def test_consent_opens_a_jeugdige_and_withdrawing_closes_the_page_that_is_open(visit, world):
    code = world.closed.code
    mine = visit("/", world.leerplicht)
    theirs = visit(f"/jeugdigen/{code}/", world.coordinator)
    expect(heading(theirs)).to_contain_text(CLOSED)

    record(mine, code, "Gegeven")
    expect(mine.get_by_role("status").filter(has_text="Het WEL-team kan")).to_be_visible()
    theirs.reload()
    expect(heading(theirs)).to_have_text("Overzicht")

    mine.get_by_role("link", name=WITHDRAW).click()
    expect(heading(mine)).to_have_text("Toestemming intrekken?")
    mine.get_by_role("button", name="Trek in").click()
    expect(mine.get_by_role("status").filter(has_text="De toestemming is ingetrokken.")).to_be_visible()

    theirs.get_by_role("link", name="Logboek", exact=True).click()
    expect(heading(theirs)).to_contain_text(CLOSED)
    theirs.goto("/jeugdigen/")
    assert code not in theirs.content()


def test_a_form_that_was_open_saves_nothing_after_a_withdrawal(visit, world):
    code = world.closed.code
    mine = visit("/", world.leerplicht)
    record(mine, code, "Gegeven")
    theirs = visit(f"/jeugdigen/{code}/logboek/schrijf-op/", world.coordinator)
    theirs.get_by_label("Gesprek", exact=True).check()
    theirs.get_by_label("Wat gebeurde er?").fill("Dit komt te laat.")

    mine.get_by_role("link", name=WITHDRAW).click()
    mine.get_by_role("button", name="Trek in").click()
    expect(mine.get_by_role("status").filter(has_text="ingetrokken")).to_be_visible()
    theirs.get_by_role("button", name="Bewaar").click()

    expect(heading(theirs)).to_contain_text(CLOSED)
    mine.goto(f"/jeugdigen/{code}/logboek/")
    assert "Dit komt te laat." not in mine.content()


def test_of_two_who_decide_one_yes_is_not_enough(visit, world):
    code = world.asked.code  # 13 years old: the jongere and a parent decide together
    mine = visit("/", world.leerplicht)

    record(mine, code, "Gegeven")

    expect(mine.get_by_text("Nog nodig: een ja van de jeugdige")).to_be_visible()
    theirs = visit(f"/jeugdigen/{code}/", world.coordinator)
    expect(heading(theirs)).to_contain_text(CLOSED)


def test_withdrawing_also_ends_who_was_let_in_to_the_name(visit, world):
    code = world.case.code
    friend = visit(f"/jeugdigen/{code}/", world.owner)
    expect(friend.get_by_role("button", name="Toon naam")).to_be_visible()
    mine = visit(f"/jeugdigen/{code}/toestemming/", world.leerplicht)

    mine.get_by_role("link", name=WITHDRAW).click()
    mine.get_by_role("button", name="Trek in").click()
    expect(mine.get_by_role("status").filter(has_text="ingetrokken")).to_be_visible()
    friend.get_by_role("button", name="Toon naam").click()

    expect(friend.locator("#identity-bar")).not_to_contain_text("Verzonnen")
    friend.reload()
    expect(heading(friend)).to_contain_text(CLOSED)
