"""Toon naam: for whom, on what ground, and always on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.models import AuditEvent
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def case():
    case = factories.CaseFactory(shared_until=TODAY() + timedelta(days=100))
    factories.IdentityFactory(case=case)
    return case


def show(client, case, **headers):
    return client.post(f"/jeugdigen/{case.code}/naam/", headers=headers)


def looks():
    with as_owner():
        events = AuditEvent.objects.filter(event="identity_seen").order_by("pk")
        return list(events.values_list("user_id", "case_id", "ground"))


def test_leerplicht_sees_the_name_once_and_it_is_on_record(client_of, case):
    user = factories.leerplicht()
    client = client_of(user)

    shown = show(client, case)
    page = shown.content.decode()

    assert shown.status_code == 200
    assert "Pippeloentje Verzonnen" in page
    assert f"<title>{case.code} – Overzicht – WEL</title>" in page
    assert looks() == [(user.pk, case.pk, "naam tonen")]
    assert "Pippeloentje" not in client.get(f"/jeugdigen/{case.code}/").content.decode()


def test_the_notice_comes_once_a_day(client_of, case):
    client = client_of(factories.leerplicht())
    notice = "We houden bij wie een naam bekijkt."

    assert notice in show(client, case).content.decode()
    assert notice not in show(client, case).content.decode()
    assert len(looks()) == 2


def test_htmx_gets_the_bar_alone(client_of, case):
    page = show(client_of(factories.leerplicht()), case, **{"HX-Request": "true"}).content.decode()

    assert page.strip().startswith("<section")
    assert "Pippeloentje Verzonnen" in page
    assert "csrfmiddlewaretoken" in page


def test_nobody_else_gets_a_button_or_an_answer(client_of, case):
    others = (
        factories.coordinator(),
        factories.swv_contact(),
        factories.CaseMemberFactory(case=case).user,
        factories.CaseMemberFactory(case=case, role="deelnemer").user,
        factories.leerplicht("Emmen"),
        *(factories.national(role) for role in ("project", "fg", "beheer")),
    )
    for user in others:
        client = client_of(user)
        assert show(client, case).status_code == 404
        assert "Toon naam" not in client.get(f"/jeugdigen/{case.code}/").content.decode()
    assert looks() == []


def test_who_is_let_in_sees_it_until_the_last_day(client_of, case):
    coordinator, late = factories.coordinator(), factories.coordinator()
    factories.IdentityGrantFactory(case=case, user=coordinator, until=TODAY())
    factories.IdentityGrantFactory(case=case, user=late, until=TODAY() - timedelta(days=1))
    other = factories.IdentityFactory(case=factories.CaseFactory(shared_until=TODAY())).case

    assert "Pippeloentje Verzonnen" in show(client_of(coordinator), case).content.decode()
    assert show(client_of(coordinator), other).status_code == 404
    assert show(client_of(late), case).status_code == 404
    assert looks() == [(coordinator.pk, case.pk, "naam tonen")]


def test_a_withdrawn_grant_opens_nothing(client_of, case):
    coordinator = factories.coordinator()
    factories.IdentityGrantFactory(case=case, user=coordinator, until=TODAY(), revoked_at=timezone.now())

    assert show(client_of(coordinator), case).status_code == 404


def test_a_signal_has_no_name_to_show(client_of):
    case = factories.CaseFactory(is_signal=True)

    assert show(client_of(factories.leerplicht()), case).status_code == 404


def test_a_name_is_asked_for_by_post_only(client_of, case):
    assert client_of(factories.leerplicht()).get(f"/jeugdigen/{case.code}/naam/").status_code == 405
    assert looks() == []


def test_on_a_beamer_there_is_no_button_for_the_name(client_of):
    case = factories.CaseFactory()
    factories.IdentityFactory(case=case, last_name="Pippeloentje")
    client = client_of(factories.leerplicht())

    for page in ("", "reis/", "logboek/"):
        url = f"/jeugdigen/{case.code}/{page}"
        assert "Toon naam" in client.get(url).content.decode()
        assert "Toon naam" not in client.get(f"{url}?beamer=1").content.decode()
