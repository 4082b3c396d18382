"""One person: werkplekken and account, and that nobody changes his own."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from regions.models import Membership, SamenwerkingsverbandGrant
from tests import factories
from tests.database import as_owner
from tests.mail import send_waiting_mail
from tests.regions.pages import alerts, events, person_membership

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def test_a_person_page_shows_werkplekken_with_their_period(client_of, beheerder):
    person = factories.coordinator()
    factories.MembershipFactory(
        user=person, swv=factories.swv("VO2001"), starts_on=TODAY - timedelta(9), ends_on=TODAY - timedelta(1)
    )
    factories.MembershipFactory(user=person, swv=factories.swv("PO2203"), starts_on=TODAY + timedelta(9))

    response = client_of(beheerder).get(reverse("regions:person", args=[person.pk]))

    assert [(row["membership"].swv.key, row["when"]) for row in response.context["memberships"]] == [
        ("PO2203", "straks"),
        ("PO2001", "nu"),
        ("VO2001", "voorbij"),
    ]
    assert [action["label"] for action in response.context["actions"]] == ["Zet account uit"]


@pytest.mark.parametrize("pk", [0, 999999999, 99999999999999999999999])
def test_an_unknown_person_is_404(client_of, beheerder, pk):
    client = client_of(beheerder)

    assert client.get(reverse("regions:person", args=[pk])).status_code == 404
    assert client.post(reverse("regions:person_close", args=[pk])).status_code == 404


def test_a_werkplek_is_added_once(client_of, beheerder):
    person = factories.coordinator()
    client = client_of(beheerder)
    url = reverse("regions:membership_add", args=[person.pk])
    values = {"role": "leerplicht", "gemeente": factories.gemeente("Emmen").pk, "starts_on": "1-1-2026"}

    assert client.post(url, values).status_code == 302
    again = client.post(url, values)

    assert again.status_code == 422
    assert "Deze werkplek is er al in deze periode." in alerts(again)
    with acting_as(beheerder):
        assert Membership.objects.filter(user=person, role="leerplicht").count() == 1


def test_a_werkplek_ends_and_its_rights_with_it(client_of, beheerder):
    person = factories.coordinator()
    membership = person_membership(beheerder, person)
    client = client_of(beheerder)
    url = reverse("regions:membership_end", args=[person.pk, membership.pk])
    yesterday = TODAY - timedelta(1)

    assert client.get(url).status_code == 200
    assert client.post(url, {"ends_on": "gisteren"}).status_code == 422
    assert client.post(url, {"ends_on": f"{yesterday:%d-%m-%Y}"}).status_code == 302

    with acting_as(beheerder):
        assert not Membership.objects.in_force(TODAY).filter(user=person).exists()
        assert not SamenwerkingsverbandGrant.objects.filter(user=person).exists()
    assert events("membership_ended") == [("membership_ended", {"user": person.pk, "membership": membership.pk})]
    assert client.get(url).status_code == 404  # it is over


def test_a_werkplek_that_never_began_never_begins(client_of, beheerder):
    person = factories.MembershipFactory(swv=factories.swv(), starts_on=TODAY + timedelta(5)).user
    membership = person_membership(beheerder, person)
    url = reverse("regions:membership_end", args=[person.pk, membership.pk])

    client_of(beheerder).post(url, {"ends_on": f"{TODAY:%d-%m-%Y}"})

    with acting_as(beheerder):
        for day in range(8):
            assert not Membership.objects.in_force(TODAY + timedelta(day)).filter(user=person).exists()


def test_the_werkplek_of_somebody_else_is_not_found_under_this_person(client_of, beheerder):
    person, other = factories.coordinator(), factories.coordinator()
    url = reverse("regions:membership_end", args=[person.pk, person_membership(beheerder, other).pk])

    assert client_of(beheerder).post(url, {"ends_on": f"{TODAY:%d-%m-%Y}"}).status_code == 404


def test_an_account_is_closed_logged_out_and_opened_again(client_of, beheerder, client):
    person = factories.coordinator()
    client = client_of(beheerder)
    UserSession.objects.create(user=person, ip="127.0.0.1", session_key="x" * 32, user_agent="")

    assert client.get(reverse("regions:person_close", args=[person.pk])).status_code == 200
    person.refresh_from_db()
    assert person.is_active  # a question alone changes nothing
    assert client.post(reverse("regions:person_close", args=[person.pk])).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert not UserSession.objects.filter(user=person).exists()
    assert client.post(reverse("regions:person_close", args=[person.pk])).status_code == 422
    assert client.post(reverse("regions:person_open", args=[person.pk])).status_code == 302
    person.refresh_from_db()
    assert person.is_active
    assert [event for event, _ in events("account_closed", "account_opened")] == ["account_closed", "account_opened"]


def test_an_invitation_goes_out_again_until_it_is_used(client_of, beheerder):
    person, invited = factories.coordinator(), factories.coordinator()
    with as_owner():
        invited.set_unusable_password()
        invited.save()
    client = client_of(beheerder)

    assert client.post(reverse("regions:person_invite_again", args=[person.pk])).status_code == 422
    assert mail.outbox == []
    assert client.post(reverse("regions:person_invite_again", args=[invited.pk])).status_code == 302
    send_waiting_mail()
    assert len(mail.outbox) == 1


def test_a_lost_second_factor_is_taken_away_and_its_owner_hears_of_it(client_of, beheerder, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    person, other = factories.coordinator(), factories.coordinator()
    for user in (person, other):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})

    client = client_of(beheerder)
    assert client.post(reverse("regions:person_reset_second_factor", args=[person.pk])).status_code == 302

    assert list(Authenticator.objects.values_list("user", flat=True)) == [other.pk]
    assert events("second_factor_reset") == [("second_factor_reset", {"user": person.pk})]
    assert [mailed.to for mailed in mail.outbox] == [[person.email]]
    assert "haalde je tweede stap weg" in mail.outbox[0].body
    assert client.post(reverse("regions:person_reset_second_factor", args=[person.pk])).status_code == 422


def test_nobody_changes_his_own_role_account_or_second_factor(client_of, beheerder):
    Authenticator.objects.create(user=beheerder, type=Authenticator.Type.TOTP, data={"secret": "x"})
    membership = person_membership(beheerder, beheerder)
    client = client_of(beheerder)

    page = client.get(reverse("regions:person", args=[beheerder.pk]))
    assert page.context["actions"] == []
    for name in ("membership_add", "person_close"):
        assert reverse(f"regions:{name}", args=[beheerder.pk]) not in page.content.decode()
    assert "beeindigen" not in page.content.decode()

    urls = [
        reverse(f"regions:{name}", args=[beheerder.pk])
        for name in (
            "membership_add",
            "person_close",
            "person_open",
            "person_invite_again",
            "person_reset_second_factor",
        )
    ]
    urls.append(reverse("regions:membership_end", args=[beheerder.pk, membership.pk]))
    for url in urls:
        response = client.post(url, {"role": "fg", "starts_on": "1-1-2026", "ends_on": f"{TODAY:%d-%m-%Y}"})
        assert response.status_code == 422, url
        assert "Dit gaat over jezelf." in alerts(response)
    beheerder.refresh_from_db()
    assert beheerder.is_active
    assert Authenticator.objects.filter(user=beheerder).exists()
    with acting_as(beheerder):
        assert list(Membership.objects.filter(user=beheerder).values_list("role", "ends_on")) == [("beheer", None)]
