"""The sub-navigation of one jeugdige: few sections in sight, the rest under Meer, all of them two clicks away."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db

NAV = re.compile(r'<nav class="subnav".*?</nav>', re.DOTALL)
LINK = re.compile(r'<a [^>]*href="([^"]+)"( aria-current="page")?>([^<]+)</a>')
IN_SIGHT = ["Overzicht", "Reis", "Logboek", "Interview", "Stem", "Documenten", "WEL-tafel", "Toestemming"]


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=100))


def navigation(client, case, page=""):
    """Sections in sight, sections under Meer, the words on Meer, and the ones marked as open."""
    html = NAV.search(client.get(f"/jeugdigen/{case.code}/{page}").content.decode())[0]
    in_sight, _, more = html.partition("<details")
    summary = re.search(r"<summary[^>]*>([^<]+)</summary>", more)
    links = [LINK.findall(part) for part in (in_sight, more)]
    return (
        [label for _, _, label in links[0]],
        [label for _, _, label in links[1]],
        summary[1] if summary else "",
        [label for _, current, label in links[0] + links[1] if current],
    )


def test_seven_sections_stand_in_sight_and_the_rest_under_more(client_of, case):
    leerplicht = client_of(factories.leerplicht())
    assert navigation(leerplicht, case) == (IN_SIGHT, ["Volgen", "Leren", "In beeld"], "Meer", ["Overzicht"])

    coordinator = client_of(factories.coordinator())
    assert navigation(coordinator, case) == (IN_SIGHT, ["Inzet", "Volgen", "Leren"], "Meer", ["Overzicht"])


def test_more_says_which_of_its_pages_is_open(client_of, case):
    client = client_of(factories.leerplicht())

    assert navigation(client, case, "volgen/")[2:] == ("Meer: Volgen", ["Volgen"])
    assert navigation(client, case, "in-beeld/")[2:] == ("Meer: In beeld", ["In beeld"])


def test_reisgenoten_are_a_chapter_of_the_reis(client_of, case):
    client = client_of(factories.coordinator())

    assert navigation(client, case, "reisgenoten/")[3] == ["Reis"]
    page = client.get(f"/jeugdigen/{case.code}/reisgenoten/").content.decode()
    assert f"<title>{case.code} – Reisgenoten – WEL</title>" in page
    for start in ("", "reis/"):
        found = client.get(f"/jeugdigen/{case.code}/{start}").content.decode()
        assert f'href="/jeugdigen/{case.code}/reisgenoten/"' in found


def test_two_sections_are_not_worth_a_menu(client_of, case):
    """A SWV-contact has the Reis, and Inzet; one page under Meer would be a page that hides."""
    client = client_of(factories.swv_contact())

    assert navigation(client, case, "reis/") == (["Reis", "Inzet"], [], "", ["Reis"])
