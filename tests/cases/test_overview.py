"""Overzicht: what is shown to whom, and that two people never overwrite each other."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Case
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = factories.CaseFactory(
        shared_until=timezone.localdate() + timedelta(days=100),
        strengths="Geduld met deeg.",
        hardship="Drukte in een klas.",
        next_step="Bel de bakker",
        status="uitvoering",
    )
    factories.JourneyFactory(case=case, wensdroom="Brood bakken dat mensen ruiken.", luggage="Vroeg wakker.")
    factories.LogEntryFactory(case=case, text="Voor het hele team.")
    factories.LogEntryFactory(case=case, text="Alleen voor mij.", readers="ik")
    factories.CaseMemberFactory(case=case, user=factories.UserFactory(name="Youssef Aydin"))
    factories.IdentityFactory(case=case)
    return case


def url(case, page=""):
    return f"/jeugdigen/{case.code}/{page}"


def stored(case):
    with as_owner():
        return Case.objects.unscoped().get(pk=case.pk)


def without_tokens(response):
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", response.content.decode())


def form(case, **changes):
    return {"strengths": "Geduld.", "next_step": "Bel", "version": case.version} | changes


def test_the_team_knows_this_youth_in_half_a_minute(client_of, case):
    page = client_of(factories.coordinator()).get(url(case)).content.decode()

    words = [
        "Brood bakken",
        "Geduld met deeg.",
        "Vroeg wakker.",
        "Drukte in een klas.",
        "Bel de bakker",
        "Voor het hele team.",
    ]
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert "Youssef Aydin" in page
    assert "Alleen voor mij." not in page
    assert f"<title>{case.code} – Overzicht – WEL</title>" in page


def test_the_name_is_in_nobodys_page(client_of, case):
    for user in (
        factories.leerplicht(),
        factories.coordinator(),
        factories.CaseMemberFactory(case=case, role="inbrenger").user,
    ):
        page = client_of(user).get(url(case)).content.decode()
        assert "Pippeloentje" not in page
        assert "Verzonnen" not in page
        assert "Naam verborgen" in page


def test_a_swv_contact_reads_the_reis_and_nothing_around_it(client_of, case):
    client = client_of(factories.swv_contact())

    for part in ("", "wijzig/", "toestemming/", "logboek/"):
        assert client.get(url(case, part)).status_code == 404
    reis = client.get(url(case, "reis/")).content.decode()
    assert "Brood bakken" in reis
    for hidden in (
        "Voor het hele team.",
        "Drukte in een klas.",
        "Schrijf op",
        "Toon naam",
        "Overzicht</a>",
        "Toestemming</a>",
    ):
        assert hidden not in reis


@pytest.mark.parametrize(
    "part", ["", "wijzig/", "naam/", "eigenaar/", "toestemming/", "toestemming/wie-beslist/", "toestemming/laat-toe/"]
)
def test_a_neighbour_gets_404_for_every_method(client_of, case, part):
    neighbours = (
        factories.leerplicht("Emmen"),
        factories.coordinator("PO2202"),
        factories.coordinator("VO2001"),
        *(factories.national(role) for role in ("project", "fg", "beheer")),
    )
    for user in neighbours:
        client = client_of(user)
        if part != "":  # takes GET only
            assert client.post(url(case, part), form(case)).status_code == 404
        if part != "naam/":  # takes POST only
            assert client.get(url(case, part)).status_code == 404


def test_an_unknown_code_and_a_strange_one_are_the_same_page(client_of, case):
    client = client_of(factories.coordinator("PO2202"))

    strange, unknown = client.get(url(case)), client.get("/jeugdigen/WEL-9999/")

    assert (strange.status_code, unknown.status_code) == (404, 404)
    assert without_tokens(strange) == without_tokens(unknown)


def test_who_works_on_it_changes_words_and_not_the_status(client_of, case):
    response = client_of(factories.coordinator()).post(url(case, "wijzig/"), form(case, status="afgerond", hardship=""))

    saved = stored(case)
    assert (response.status_code, response.url) == (302, url(case))
    assert (saved.strengths, saved.hardship, saved.next_step) == ("Geduld.", "", "Bel")
    assert (saved.status, saved.closed_on, saved.version) == (case.status, None, case.version + 1)


def test_a_stale_save_shows_both_texts_and_changes_nothing(client_of, case):
    client = client_of(factories.coordinator())
    client.post(url(case, "wijzig/"), form(case, next_step="Van mijn collega"))

    response = client.post(url(case, "wijzig/"), form(case, next_step="Van mij"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Iemand paste dit ook aan" in page
    assert "Van mijn collega" in page
    assert 'value="Van mij"' in page
    assert stored(case).next_step == "Van mijn collega"
    assert f'name="version" value="{stored(case).version}"' in page


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("next_step", "x" * 201, "Maak de tekst korter: hier passen 200 tekens. Het zijn er nu 201."),
        ("strengths", "x" * 2001, "Maak de tekst korter: hier passen 2000 tekens. Het zijn er nu 2001."),
        ("hardship", "a\x00b", "In deze tekst staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."),
        ("hardship", "bsn 123456782", "Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg."),
        ("last_contact_on", "1-1-2999", "Schrijf de datum als dag, maand, jaar. Bijvoorbeeld 14-3-2012."),
        ("last_contact_on", "1-1-2199", "Deze datum ligt in de toekomst."),
        ("last_contact_on", "1-1-2013", "Deze datum ligt voor de geboorte."),
        ("version", "een", "Voer een geheel getal in."),
    ],
)
def test_wrong_input_is_refused_at_the_field(client_of, case, field, value, error):
    response = client_of(factories.coordinator()).post(url(case, "wijzig/"), form(case, **{field: value}))

    assert (response.status_code, response.context["form"].errors) == (422, {field: [error]})
    assert stored(case).version == case.version
