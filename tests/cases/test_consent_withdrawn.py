"""Toestemming that is taken back: it closes at once, and says beforehand what follows."""

from datetime import timedelta

import pytest

from access.dutch_dates import date_text
from cases.models import Consent, IdentityGrant
from tests import factories
from tests.cases.consent_world import case_of, given_by, is_open, said, stored, text_of, today, url
from tests.database import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_team_sees_it_after_consent_and_404_right_after_withdrawal(client_of, client):
    case = case_of(10)
    leerplicht, coordinator = factories.leerplicht(), factories.coordinator()
    page = f"/jeugdigen/{case.code}/"

    assert client_of(coordinator).get(page).status_code == 404
    client_of(leerplicht).post(url(case), said("ouder_1"))
    assert client_of(coordinator).get(page).status_code == 200
    with as_owner():
        given = Consent.objects.unscoped().get(case_id=case.pk)
    factories.IdentityGrantFactory(case=stored(case)[0], user=coordinator, until=today())
    assert client_of(coordinator).post(f"{page}naam/").status_code == 200

    asked = client_of(leerplicht).get(url(case, f"{given.pk}/trek-in/"))
    assert "Toestemming intrekken?" in asked.content.decode()
    assert is_open(case)
    client_of(leerplicht).post(url(case, f"{given.pk}/trek-in/"))

    assert client_of(coordinator).get(page).status_code == 404
    assert client_of(coordinator).post(f"{page}naam/").status_code == 404
    assert stored(case)[1] == [("ouder_1", "gegeven"), ("ouder_1", "ingetrokken")]
    with as_owner():
        assert IdentityGrant.objects.unscoped().get().revoked_at is not None


def test_a_statement_is_withdrawn_once(client_of):
    case = case_of(10)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("ouder_1"))
    with as_owner():
        given = Consent.objects.unscoped().get(case_id=case.pk)

    for _ in range(2):
        assert client.post(url(case, f"{given.pk}/trek-in/")).status_code == 302

    assert len(stored(case)[1]) == 2


def test_a_yes_can_still_be_withdrawn_after_it_was_asked_again(client_of):
    case = case_of(10)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("ouder_1"))
    client.post(url(case), said("ouder_1", answer="gevraagd"))
    withdraw = url(case, f"{given_by(case, 'ouder_1').pk}/trek-in/")
    page = text_of(client.get(url(case)))

    assert is_open(case)
    assert f'href="{withdraw}"' in page
    assert f"Opnieuw gevraagd op {date_text(today(), today())}." in page
    assert "Toestemming intrekken?" in client.get(withdraw).content.decode()
    client.post(withdraw)

    assert not is_open(case)
    assert "Opnieuw gevraagd" not in text_of(client.get(url(case)))


def test_before_a_parent_of_a_seventeen_year_old_takes_it_back_it_says_that_sharing_goes_on(client_of):
    case = case_of(17)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("ouder_1", "jeugdige"))
    parent, youth = (url(case, f"{given_by(case, who).pk}/trek-in/") for who in ("ouder_1", "jeugdige"))

    told = {who: text_of(client.get(page)) for who, page in (("parent", parent), ("youth", youth))}
    client.post(parent)

    until = date_text(today() + timedelta(days=60), today())
    assert (
        f"Wie nu beslist: de jongere. Het WEL-team kan deze jeugdige daarom openen tot en met {until}."
        in (told["parent"])
    )
    assert "niet meer openen" not in told["parent"]
    assert "Het WEL-team kan deze jeugdige daarna niet meer openen." in told["youth"]
    assert is_open(case)
    client.post(youth)
    assert not is_open(case)


def test_the_statement_of_another_case_cannot_be_withdrawn_here(client_of):
    case, other = case_of(10), case_of(10)
    client = client_of(factories.leerplicht())
    client.post(url(other), said("ouder_1"))
    with as_owner():
        given = Consent.objects.unscoped().get(case_id=other.pk)

    assert client.post(url(case, f"{given.pk}/trek-in/")).status_code == 404
    assert is_open(other)
