"""Corrections of samenwerkingsverbanden: kept from the import, given back to it, never over a colleague's edit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import AuditEvent
from regions import reference_data
from regions.models import Role, Samenwerkingsverband
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db

LIST = "/beheer/samenwerkingsverbanden/"


@pytest.fixture
def client(client_of):
    return client_of(factories.national(Role.BEHEER))


def url(key="PO2001"):
    return reverse("regions:swv_edit", args=[key])


def values(**changed):
    swv = factories.swv()
    fields = ("name", "address", "postcode", "city", "website", "version")
    return {field: getattr(swv, field) for field in fields} | changed


def found(client, **query):
    return [swv.key for swv in client.get(LIST, query).context["page"]]


def test_a_swv_is_found_by_name_code_place_and_gemeente(client):
    assert found(client, zoek="westfriese")[0].startswith(("PO", "VO"))
    assert found(client, zoek="po2001") == ["PO2001"]
    assert found(client, zoek="Texel", soort="VO")
    assert found(client, zoek="Ridderkerk", soort="PO")[0] == "PO0001"
    assert "VO2812" not in found(client, zoek="Katwijk")  # a doubtful row
    assert "VO2803" in found(client, zoek="Katwijk")
    assert found(client, zoek="bestaatniet") == []


def test_25_to_a_page_in_the_order_that_was_asked(client):
    response = client.get(LIST)

    assert len(response.context["page"]) == 25
    assert "151 samenwerkingsverbanden" in response.content.decode()
    assert found(client, page=7) == found(client, page=99)
    assert found(client, sort="-code")[:2] == ["VO-landelijk", "VO3109"][:2] or found(client, sort="-code")[0] > "VO"


@pytest.mark.parametrize("query", [{"zoek": "x" * 101}, {"zoek": "\0"}, {"soort": "HO"}, {"sort": "corrected"}])
def test_a_filter_that_makes_no_sense_is_refused(client, query):
    assert client.get(LIST, query).status_code == 422


def test_one_row_asks_as_much_as_25(client):
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(LIST, {"zoek": "po2001"}).context["page"]) == 1
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(one) == len(many)


def test_a_correction_is_kept_from_the_import_until_it_is_given_back(client):
    saved = client.post(url(), values(name="Passend Groningen", postcode="9711ab"))

    assert saved.status_code == 302
    swv = factories.swv()
    assert (swv.name, swv.postcode, swv.corrected, swv.version) == (
        "Passend Groningen", "9711 AB", ["name", "postcode"], 2,
    )  # fmt: skip
    reference_data.import_rows(reference_data.read())
    assert factories.swv().name == "Passend Groningen"
    with as_owner():
        detail = AuditEvent.objects.get(event="swv_corrected").detail
    assert detail == {"swv": swv.pk, "fields": ["name", "postcode"]}

    client.post(reverse("regions:swv_release", args=["PO2001"]), {"field": "name"})
    reference_data.import_rows(reference_data.read())
    swv = factories.swv()
    assert (swv.name, swv.postcode, swv.corrected) == ("Samenwerkingsverband PO 20.01", "9711 AB", ["postcode"])


def test_the_page_shows_gemeenten_and_what_was_corrected(client):
    client.post(url(), values(city="Groningen"))

    page = client.get(url()).content.decode()

    assert "Westerkwartier" in page
    assert "Zet terug" in page
    assert "heeft geen gebied" in client.get(url("VO-landelijk")).content.decode()


def test_saving_nothing_new_corrects_nothing(client):
    client.post(url(), values())

    assert factories.swv().corrected == []


def test_a_stale_form_shows_both_texts_and_saves_nothing(client):
    opened = values(name="Mijn naam")
    Samenwerkingsverband.objects.filter(key="PO2001").update(name="Naam van Karin", version=2)

    response = client.post(url(), opened)

    assert response.status_code == 422
    page = response.content.decode()
    assert "Iemand anders paste dit intussen ook aan." in page
    assert "Naam van Karin" in page
    assert "Mijn naam" in page
    assert factories.swv().name == "Naam van Karin"
    again = client.post(url(), {**opened, "version": response.context["form"]["version"].value()})
    assert again.status_code == 302
    assert factories.swv().name == "Mijn naam"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "x" * 161}, "Houd de naam onder 160 tekens."),
        ({"name": "a\0b"}, "Null-tekens"),
        ({"name": "<script>alert(1)</script>"}, "Hier staan tekens in die niet kunnen"),
        ({"address": "x" * 121}, "Houd het adres onder 120 tekens."),
        ({"address": "Straat 1, bsn 111222333"}, "Dit lijkt op een burgerservicenummer."),
        ({"city": "x" * 81}, "Houd de plaats onder 80 tekens."),
        ({"postcode": "0711 AB"}, "Schrijf de postcode als 1234 AB."),
        ({"postcode": "9711"}, "Schrijf de postcode als 1234 AB."),
        ({"website": "javascript:alert(1)"}, "Schrijf het adres als www.voorbeeld.nl."),
        ({"website": "voorbeeld.nl\n"}, None),
        ({"website": "x" * 121}, "Houd de website onder 120 tekens."),
        ({"version": ""}, None),
        ({"version": "x"}, None),
        ({"version": "99999999999999999999"}, None),
    ],
)
def test_a_wrong_correction_is_refused_at_the_field(client, changed, says):
    before = Samenwerkingsverband.objects.values().get(key="PO2001")
    bad = values(**changed)
    if bad["website"].endswith("\n"):  # a line end around a value is not part of it
        assert client.post(url(), bad).status_code == 302
        assert factories.swv().website == "voorbeeld.nl"
        return

    response = client.post(url(), bad)

    assert response.status_code == 422
    assert says is None or says in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    assert Samenwerkingsverband.objects.values().get(key="PO2001") == before


def test_what_does_not_exist_is_404(client):
    assert client.get(url("PO9999")).status_code == 404
    assert client.post(url("PO9999"), values()).status_code == 404
    release = reverse("regions:swv_release", args=["PO2001"])
    for field in ("name", "pk", "", "corrected"):
        assert client.post(release, {"field": field}).status_code == 404
    assert client.get(release).status_code == 405
