"""Adding a document by keyboard, on a phone, by dropping it, and without JavaScript."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from cases.models import Document
from tests.browser.conftest import PATIENCE
from tests.cases import upload_samples as samples
from tests.database import as_owner

pytestmark = pytest.mark.browser

PHOTO = {"name": "IMG_0142 Pippeloentje.jpg", "mimeType": "image/jpeg", "buffer": samples.jpg((600, 400))}
BAD = {"name": "brief.docx", "mimeType": "", "buffer": samples.docx({"word/vbaProject.bin": b"x"})}


def newest(world):
    with as_owner():
        return Document.objects.unscoped().filter(case=world.case).order_by("-pk").first()


def add_page(world):
    return f"/jeugdigen/{world.case.code}/documenten/voeg-toe/"


def chooser_by_keyboard(page, field):
    """The chooser that the space bar opens; a key that a busy browser drops while it draws a new page is pressed again."""
    for patience in (3_000, 6_000, PATIENCE):
        field.focus()
        expect(field).to_be_focused()
        with suppress(PlaywrightTimeout), page.expect_file_chooser(timeout=patience) as chooser:
            page.keyboard.press("Space")
            return chooser.value
    raise AssertionError("The space bar opens no file chooser.")


def test_a_document_is_added_with_the_keyboard_alone(visit, world):
    page = visit(f"/jeugdigen/{world.case.code}/documenten/", world.coordinator)

    page.get_by_role("link", name="Voeg toe").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/voeg-toe/")
    field = page.get_by_label("Welk bestand?")
    chooser_by_keyboard(page, field).set_files(PHOTO)
    expect(page.get_by_text("Deze naam bewaren we niet.")).to_be_visible()
    expect(page.get_by_alt_text("De foto die je koos")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "kind"
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "readers"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("Het bestand is gecontroleerd en bewaard.")).to_be_visible()
    added = newest(world)
    assert (added.kind, added.readers, added.file_type, added.author_id) == (
        "foto",
        "tafel",
        "jpg",
        world.coordinator.pk,
    )
    with page.expect_download() as download:
        page.locator(f"#document-{added.pk} a").focus()
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"{world.case.code}-foto-{added.added_on:%Y-%m-%d}.jpg"


def test_on_a_phone_what_is_refused_is_said_and_chosen_again(visit, world):
    page = visit(add_page(world), world.coordinator, width=390, touch=True)

    page.get_by_label("Welk bestand?").set_input_files(BAD)
    page.get_by_label("Brief").tap()
    page.get_by_role("button", name="Voeg toe").tap()
    expect(page.locator(".error-summary")).to_contain_text("onveiligs")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Brief")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.get_by_label("Welk bestand?").set_input_files(PHOTO)
    page.get_by_role("button", name="Voeg toe").tap()
    expect(page.get_by_text("Het bestand is gecontroleerd en bewaard.")).to_be_visible()
    assert newest(world).kind == "brief"
    page.locator(f"#document-{newest(world).pk}").get_by_role("button", name="Verwijder").tap()
    page.get_by_text("Verwijderd (2)").tap()
    page.get_by_role("button", name=re.compile("Zet terug.*brief")).tap()
    expect(page.get_by_text("Document teruggezet.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


DROP = """([name, type]) => {
  const moved = new DataTransfer();
  moved.items.add(new File(["%PDF-1.4"], name, { type }));
  const zone = document.querySelector(".upload-zone");
  zone.dispatchEvent(new DragEvent("dragover", { dataTransfer: moved, bubbles: true, cancelable: true }));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true }));
}"""


def test_a_file_can_be_dropped_and_one_that_is_too_large_is_said_at_once(visit, world, settings):
    page = visit(add_page(world), world.coordinator)

    page.evaluate(DROP, ["verslag.pdf", "application/pdf"])
    expect(page.get_by_text("Gekozen: verslag.pdf.")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-upload]').files[0].name") == "verslag.pdf"

    settings.UPLOAD_MAX_BYTES = 1024**2
    page.reload()
    large = {"name": "groot.pdf", "mimeType": "application/pdf", "buffer": bytes(2 * 1024**2)}
    page.get_by_label("Welk bestand?").set_input_files(large)
    expect(page.get_by_text("Dit bestand is 2 MB. Maximaal 1 MB kan.")).to_be_visible()


def test_without_javascript_it_all_works(visit, world):
    page = visit(add_page(world), world.coordinator, javascript=False)

    page.get_by_label("Welk bestand?").set_input_files(PHOTO)
    page.get_by_label("Foto").check()
    page.get_by_role("button", name="Voeg toe").click()

    expect(page.get_by_text("Het bestand is gecontroleerd en bewaard.")).to_be_visible()
    assert newest(world).kind == "foto"
    page.locator(f"#document-{newest(world).pk}").get_by_role("button", name="Verwijder").click()
    expect(page.get_by_text("Document verwijderd.")).to_be_visible()
