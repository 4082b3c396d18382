"""The style guide in a browser: no violation of WCAG or of the content policy, and what the scripts promise."""

import pytest
from django.template.loader import render_to_string

from tests.chromium import violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_style_guide_is_accessible(show, style_guide_html, width, scheme):
    page = show(style_guide_html, width, scheme)

    assert violations(page) == []
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_sticks_out(show, style_guide_html, width):
    page = show(style_guide_html, width)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_errors_get_focus_first(show, style_guide_html):
    page = show(style_guide_html)

    assert page.evaluate("document.activeElement.className") == "error-summary"


def test_open_menu_and_dialog_are_accessible_and_escape_closes_them(show, style_guide_html):
    page = show(style_guide_html, 390)

    page.click("summary:has-text('Menu')")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.locator("details[data-menu][open]").count() == 0

    page.focus("summary:has-text('Meer')")
    page.keyboard.press("Enter")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Meer"

    page.click("[data-dialog-open]")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Deel het verslag"


def test_theme_switches_at_once_and_is_sent_to_be_kept(show, style_guide_html):
    page = show(style_guide_html, scheme="light")

    page.click(".menu--avatar summary")
    with page.expect_request("**/thema/") as sent:
        page.click("[data-theme-switch] button")

    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert 'name="theme"\r\n\r\ndark' in sent.value.post_data


def identity_page(name):
    bar = {
        "code": "WEL-0142",
        "may_show_name": True,
        "name": name,
        "show_url": "/naam/",
        "hide_url": "/",
        "csrf_token": "t",
    }
    empty = render_to_string("404.html")
    return empty.replace("<main", render_to_string("components/identity_bar.html", bar) + "<main")


def test_a_name_hides_after_two_minutes(show, page):
    page.clock.install()
    show(identity_page("Sanne Voorbeeld"))
    assert "Sanne Voorbeeld" in page.inner_text("#identity-bar")

    page.clock.run_for(121_000)

    assert "Sanne" not in page.content()
    assert "Naam verborgen" in page.inner_text("#identity-bar")
    assert page.locator("text=Toon naam").is_visible()


def test_sign_out_is_announced_at_25_minutes(show, page, style_guide_html):
    page.clock.install()
    show(style_guide_html)

    page.clock.run_for(24 * 60_000)
    assert not page.locator("#session-dialog").is_visible()

    page.clock.run_for(62_000)
    assert page.locator("#session-dialog").is_visible()
    assert "Over 5 minuten loggen we je uit." in page.inner_text("#session-dialog")
    assert violations(page) == []


def test_a_lost_connection_is_told(show, page, style_guide_html):
    show(style_guide_html)

    page.context.set_offline(True)

    page.wait_for_function("document.querySelector('#connection').textContent.startsWith('Geen verbinding')")
