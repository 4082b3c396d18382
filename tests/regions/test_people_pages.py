"""The people of WEL: finding them, and inviting somebody."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import User
from regions.models import Membership, Role, SamenwerkingsverbandGrant
from tests import factories
from tests.database import as_owner
from tests.mail import send_waiting_mail
from tests.regions.pages import alerts, events

pytestmark = pytest.mark.django_db

BSN = "111222333"
TODAY = timezone.localdate()


def people_on(response):
    return [row["person"].name for row in response.context["rows"]]


def test_people_are_found_by_name_role_and_account(client_of, beheerder):
    coordinator = factories.coordinator(user__name="Karin Bos")
    closed = factories.coordinator(user__name="Bas Dicht", user__is_active=False)
    gone = factories.MembershipFactory(
        swv=factories.swv(), starts_on=TODAY - timedelta(9), ends_on=TODAY - timedelta(1), user__name="Olga Weg"
    ).user
    with as_owner():
        gone.set_unusable_password()
        gone.save()
    client = client_of(beheerder)

    def found(**query):
        return people_on(client.get(reverse("regions:people"), query))

    assert found() == ["Bas Dicht", "Karin Bos", beheerder.name, "Olga Weg"]
    assert found(zoek="KARIN") == ["Karin Bos"]
    assert found(zoek=coordinator.email) == ["Karin Bos"]
    assert found(rol="coordinator") == ["Bas Dicht", "Karin Bos"]
    assert found(account="uit") == [closed.name]
    assert found(account="uitgenodigd") == [gone.name]
    assert found(account="actief") == ["Karin Bos", beheerder.name]
    assert found(sort="-naam")[0] == "Olga Weg"
    assert found(zoek="<script>") == []
    assert (
        "<script>" not in client.get(reverse("regions:people"), {"zoek": "<script>"}).content.decode().split("main")[1]
    )


@pytest.mark.parametrize(
    "query",
    [{"zoek": "x" * 101}, {"zoek": "\0"}, {"rol": "koning"}, {"account": "x"}, {"sort": "password"}, {"zoek": BSN}],
)
def test_a_filter_that_makes_no_sense_is_refused_in_dutch(client_of, beheerder, query):
    response = client_of(beheerder).get(reverse("regions:people"), query)

    assert response.status_code == 422
    assert alerts(response).count("Nog even dit") == 1
    assert response.context["rows"] is None


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "abc", "\0"])
def test_a_strange_page_number_gives_a_page(client_of, beheerder, number):
    assert client_of(beheerder).get(reverse("regions:people"), {"page": number}).status_code == 200


def test_the_list_of_people_asks_as_much_for_many_as_for_one(client_of, beheerder):
    client = client_of(beheerder)
    url = reverse("regions:people")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(3):
        user = factories.coordinator()
        factories.MembershipFactory(user=user, role=Role.LEERPLICHT, gemeente=factories.gemeente())
    with CaptureQueriesContext(connection) as many:
        assert len(people_on(client.get(url))) == 4

    assert len(one) == len(many)


def test_a_second_page_holds_the_rest(client_of, beheerder):
    factories.UserFactory.create_batch(27)

    response = client_of(beheerder).get(reverse("regions:people"), {"page": 2})

    assert len(people_on(response)) == 3


def invitation(**values):
    return {
        "name": "Karin Bos",
        "email": "Karin@Voorbeeld.test",
        "role": Role.COORDINATOR,
        "swv": factories.swv().pk,
        "starts_on": f"{TODAY:%d-%m-%Y}",
        **values,
    }


def test_an_invitation_makes_an_account_a_werkplek_and_a_mail(client_of, beheerder):
    response = client_of(beheerder).post(reverse("regions:invite"), invitation(), follow=True)

    person = User.objects.get(email="karin@voorbeeld.test")
    assert response.redirect_chain == [(reverse("regions:person", args=[person.pk]), 302)]
    assert "De uitnodiging aan Karin Bos is onderweg." in alerts(response)
    assert not person.has_usable_password()
    assert person.is_active
    with acting_as(beheerder):
        membership = Membership.objects.get(user=person)
        assert (membership.role, membership.swv.key, membership.given_by) == ("coordinator", "PO2001", beheerder)
        assert SamenwerkingsverbandGrant.objects.filter(user=person).count() == 2
    send_waiting_mail()
    assert [message.to for message in mail.outbox] == [["karin@voorbeeld.test"]]
    assert [event for event, _ in events("account_made", "membership_given", "invitation_sent")] == [
        "account_made",
        "membership_given",
        "invitation_sent",
    ]


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.LEERPLICHT, "gemeente"),
        (Role.LEERPLICHT, "swv"),
        (Role.COORDINATOR, "swv"),
        (Role.CASEWORKER, "swv"),
        (Role.SWV_CONTACT, "swv"),
        (Role.PROJECT, None),
        (Role.FG, None),
        (Role.BEHEER, None),
    ],
)
def test_each_role_with_its_place(client_of, beheerder, role, place):
    places = {"gemeente": factories.gemeente().pk, "swv": factories.swv().pk}
    values = invitation(role=role, gemeente="", swv="") | ({place: places[place]} if place else {})

    assert client_of(beheerder).post(reverse("regions:invite"), values).status_code == 302
    with acting_as(beheerder):
        assert Membership.objects.get(user__email="karin@voorbeeld.test").role == role


WRONG = [
    ({"name": ""}, "Vul de naam in."),
    ({"name": "x" * 121}, "Houd de naam onder 120 tekens."),
    ({"name": "Karin\0Bos"}, "Null-tekens"),
    ({"name": "<script>alert(1)</script>"}, "Hier staan tekens in die niet kunnen"),
    ({"name": "Karin\nBcc: iemand@elders.test"}, "Hier staan tekens in die niet kunnen"),
    ({"name": f"Karin {BSN}"}, "Dit lijkt op een burgerservicenummer."),
    ({"email": "karin"}, "In een e-mailadres staat een @."),
    ({"email": f"{'x' * 250}@voorbeeld.test"}, "Dit e-mailadres is te lang."),
    ({"email": "karin@voorbeeld.test\nBcc: a@b.test"}, "In een e-mailadres staat een @."),
    ({"email": "BEKEND@voorbeeld.test"}, "Er is al een account met dit e-mailadres."),
    ({"role": ""}, "Kies een rol."),
    ({"role": "superuser"}, "Kies een rol uit de lijst."),
    ({"swv": ""}, "Kies het samenwerkingsverband."),
    ({"swv": "999999999999999999999"}, "Kies een samenwerkingsverband uit de lijst."),
    ({"swv": "\0"}, "Null-tekens"),
    ({"swv": "PO2001"}, "Kies een samenwerkingsverband uit de lijst."),
    ({"gemeente": "1"}, "Bij deze rol hoort een samenwerkingsverband, geen gemeente."),
    ({"role": "beheer"}, "Deze rol is landelijk. Laat dit leeg."),
    ({"role": "leerplicht", "gemeente": "1"}, "Kies een gemeente of een samenwerkingsverband, niet allebei."),
    ({"role": "leerplicht", "swv": ""}, "Kies de gemeente, of het samenwerkingsverband."),
    ({"starts_on": "31-2-2026"}, None),
    ({"starts_on": ""}, "Vul in vanaf welke dag."),
    ({"ends_on": "1-1-2020"}, "Deze dag is al voorbij."),
    ({"starts_on": "2-1-2190", "ends_on": "1-1-2190"}, "De einddatum ligt voor de begindatum."),
]


@pytest.mark.parametrize(("values", "says"), WRONG)
def test_a_wrong_invitation_is_refused_at_the_field_and_saves_nothing(client_of, beheerder, values, says):
    factories.UserFactory(email="bekend@voorbeeld.test")
    if values.get("gemeente"):
        values = {**values, "gemeente": factories.gemeente().pk}

    response = client_of(beheerder).post(reverse("regions:invite"), invitation(**values))

    assert response.status_code == 422
    assert says is None or says in alerts(response)
    assert "<script>alert" not in response.content.decode()
    assert User.objects.count() == 2
    assert mail.outbox == []


def test_a_chosen_role_shows_the_place_it_needs(client_of, beheerder):
    client = client_of(beheerder)

    def fields(role):
        return set(client.get(reverse("regions:invite"), {"role": role}).context["form"].fields) & {"gemeente", "swv"}

    assert fields("") == fields("leerplicht") == fields("koning") == {"gemeente", "swv"}
    assert fields("coordinator") == {"swv"}
    assert fields("fg") == set()
