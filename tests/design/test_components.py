"""Components say in words what they show in colour."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

from wel import views
from wel.templatetags import ui


def component(template, /, **context):
    return " ".join(render_to_string(f"components/{template}.html", context).split())


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("given", "Toestemming tot 31 juli"),
        ("ending", "Loopt af 31 juli"),
        ("asked", "Toestemming gevraagd"),
        ("not_asked", "Toestemming nog niet gevraagd"),
        ("withdrawn", "Toestemming ingetrokken"),
    ],
)
def test_consent_badge_says_the_state(state, words):
    assert words in component("consent_badge", state=state, until=date(2026, 7, 31))


@pytest.mark.parametrize(
    ("term", "words"), [("4u", "4 uur"), ("4d", "4 dagen"), ("4w", "4 weken"), ("4m", "4 maanden")]
)
def test_term_chip_says_the_term_the_date_and_what_is_overdue(term, words):
    chip = component("term_chip", term=term, due=date(2020, 3, 18), overdue="2 dagen over tijd")

    assert words in chip
    assert "wo 18 maart 2020" in chip
    assert "2 dagen over tijd" in chip


def test_identity_bar_hides_the_name_and_offers_to_show_it():
    bar = component("identity_bar", code="WEL-0142", may_show_name=True, show_url="/naam/", csrf_token="t0ken")

    assert "WEL-0142" in bar
    assert "Naam verborgen" in bar
    assert "Toon naam" in bar
    assert 'name="csrfmiddlewaretoken" value="t0ken"' in bar


def test_identity_bar_with_the_name_offers_to_hide_it():
    bar = component("identity_bar", code="WEL-0142", may_show_name=True, name="Sanne Voorbeeld", hide_url="/reis/")

    assert "Sanne Voorbeeld" in bar
    assert 'data-hide-after="120"' in bar
    assert 'href="/reis/"' in bar


def test_identity_bar_on_a_beamer_has_no_name_button():
    bar = component("identity_bar", code="WEL-0142", may_show_name=False, show_url="/naam/")

    assert "Toon naam" not in bar
    assert "/naam/" not in bar


def test_count_tile_without_a_page_behind_it_is_no_link():
    assert "<a" not in component("count_tile", number=9, noun="haltes", period="sinds 1 augustus")
    assert 'href="/jeugdigen/"' in component("count_tile", number=9, noun="haltes", period="", url="/jeugdigen/")


def test_count_tile_of_a_small_number_tells_only_that_it_is_small():
    assert "minder dan 5" in component("count_tile", below=5, noun="haltes", period="sinds 1 augustus")


def test_pagination_keeps_the_filters():
    page = Paginator(range(240), 25).get_page(4)

    html = component("pagination", page=page, query=QueryDict("status=rustpunt&page=4"), noun="jeugdigen")

    assert "?status=rustpunt&amp;page=5" in html
    assert 'aria-current="page"><span><span class="visually-hidden">Pagina </span>4' in html
    assert "76 tot 100 van 240 jeugdigen" in html


def test_pagination_of_one_page_is_silent():
    assert component("pagination", page=Paginator(range(3), 25).get_page(1), query=QueryDict()) == ""


def test_task_row_ties_its_status_to_its_link():
    row = component("task_row", id="task-1", title="Eigenaar bekend", url="/x/", done=True, status="Youssef")

    assert 'aria-describedby="task-1-status"' in row
    assert 'id="task-1-status"' in row


def test_text_from_people_is_escaped():
    assert "<b>" not in component("quote", text="<b>brood</b>")


def test_page_of_a_stranger_has_no_menu_and_no_account():
    page = render_to_string("404.html")

    assert "Hoofdmenu" not in page
    assert "Log uit" not in page
    assert "Naar de inhoud" in page


def test_title_warns_when_a_form_has_errors():
    assert "<title>Let op: " in render_to_string("404.html", {"form_has_errors": True})
    assert "<title>Deze pagina" in render_to_string("404.html")


def test_a_refusal_looks_like_a_page_that_does_not_exist(rf):
    refused, missing = views.forbidden(rf.get("/x/")), views.not_found(rf.get("/x/"))

    assert refused.status_code == missing.status_code == 404
    assert refused.content == missing.content


def test_server_error_needs_nothing_and_gives_a_code(rf):
    request = rf.get("/")
    request.request_id = "1a2b3c4d-0000"

    response = views.server_error(request)

    assert response.status_code == 500
    assert "1a2b3c4d" in response.content.decode()
    assert views.server_error(rf.get("/")).status_code == 500


@pytest.fixture
def person(monkeypatch):
    user = get_user_model()(email="merel@example.org", theme="auto")
    user.saved = []
    monkeypatch.setattr(user, "save", lambda update_fields: user.saved.append((update_fields, user.theme)))
    return user


def post_theme(rf, person, theme, referer):
    request = rf.post("/thema/", {"theme": theme}, headers={"referer": referer})
    request.user = person
    return views.set_theme(request)


def test_set_theme_keeps_the_choice_and_goes_back(rf, person):
    response = post_theme(rf, person, "dark", "http://testserver/jeugdigen/")

    assert person.saved == [(["theme"], "dark")]
    assert response.url == "http://testserver/jeugdigen/"


def test_set_theme_never_leads_to_another_site(rf, person):
    assert post_theme(rf, person, "light", "https://elders.example/").url == "/"


def test_set_theme_keeps_nothing_that_is_no_theme(rf, person):
    assert post_theme(rf, person, "paars", "").url == "/"
    assert person.saved == []


def test_a_moment_is_told_in_local_time():
    moment = datetime(2020, 7, 1, 22, 30, tzinfo=UTC)

    assert ui.time_short(moment) == "00.30 uur"
    assert ui.date_short(moment) == "do 2 juli 2020"
    assert ui.time_short(None) == ui.date_short(None) == ""
