"""Logging in for real, and scenario 11: a SWV-contact makes the pdf of the subsidy."""

import time
from pathlib import Path

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from playwright.sync_api import expect

from regions.models import Role
from tests.access.people import code_of, with_app
from tests.browser.world import FIRST, LAST
from tests.browser.world_tables import WORDS
from tests.factories import PASSWORD, MembershipFactory, swv
from tests.reporting import pdf_structure

pytestmark = pytest.mark.browser


def work_through_the_queue():
    """The real worker, until the queue is empty."""
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="browser-test",
    ).run()


def test_password_and_code_lead_to_vandaag_and_log_uit_leads_back(visit, world):
    user = with_app(email="siebe@voorbeeld.test", name="Siebe Penningmeester")
    MembershipFactory(user=user, role=Role.SWV_CONTACT, swv=swv())
    page = visit("/verantwoording/PO2001/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")

    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nog één stap")
    page.get_by_label("Code").fill(code_of(user.secret))
    page.get_by_role("button", name="Log in", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Verantwoording")
    page.locator(".menu--avatar summary").click()
    page.get_by_role("button", name="Log uit").click()
    page.goto("/verantwoording/PO2001/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def test_the_pdf_is_asked_in_four_clicks_made_meanwhile_and_holds_no_name(visit, world):
    page = visit("/", world.contact)
    clicks, began = 0, time.monotonic()

    def click(locator):
        nonlocal clicks
        clicks += 1
        locator.click()

    click(page.get_by_role("link", name="Bekijk de reizen"))
    click(page.get_by_role("button", name="Maak pdf"))
    expect(page.get_by_text("versie 1: we maken je pdf")).to_be_visible()
    own_time = time.monotonic() - began
    page.goto("/")  # leaves the page
    work_through_the_queue()
    page.go_back()
    page.reload()
    with page.expect_download() as downloading:
        click(page.get_by_role("link", name="versie 1"))

    print(f"pdf asked in {own_time:.1f} s of one's own, {clicks} clicks with the download")
    assert clicks <= 4
    assert own_time <= 30
    pdf = Path(downloading.value.path()).read_bytes()
    assert pdf_structure.check(pdf) == []
    text = " ".join(pdf_structure.text(pdf).split())
    assert world.case.code in text
    assert " ".join(WORDS.split())[:40] in text
    people = [getattr(world, role).name for role in ("leerplicht", "owner", "coordinator")]
    assert [name for name in (FIRST, LAST, *people, "Ouder van Verzonnen") if name in text] == []


def test_the_page_tells_by_itself_when_the_pdf_is_ready(visit, world):
    page = visit("/verantwoording/PO2001/", world.contact)
    page.get_by_role("button", name="Maak pdf").click()
    expect(page.get_by_text("versie 1: we maken je pdf")).to_be_visible()

    work_through_the_queue()

    expect(page.get_by_role("link", name="versie 1")).to_be_visible()


def test_every_gap_leads_to_the_reis_it_is_about(visit, world):
    page = visit("/verantwoording/PO2001/", world.contact)

    expect(page.get_by_role("heading", name="1 van 5 reizen compleet")).to_be_visible()
    gap = page.get_by_role("list", name=f"Mist nog bij {world.ending.code}").get_by_role("link").first
    gap.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("De reis")
    assert world.ending.code in page.url
