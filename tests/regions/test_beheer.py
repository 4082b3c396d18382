"""Beheer: who may open its pages, what they do, and that nobody does it to himself."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent, User
from regions.models import Membership, Role, SamenwerkingsverbandGrant
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db

BSN = "111222333"
TODAY = timezone.localdate()


@pytest.fixture
def beheerder():
    return factories.national(Role.BEHEER)


@pytest.fixture
def fg():
    return factories.national(Role.FG)


def events(*names):
    """(event, detail) of the log as the owner of the tables sees it, oldest first."""
    with as_owner():
        return list(AuditEvent.objects.filter(event__in=names).order_by("pk").values_list("event", "detail"))


def alerts(response):
    return response.content.decode().replace("&#x27;", "'")


# --- who may ---------------------------------------------------------------------------------------------------------

PEOPLE_PAGES = ["regions:people", "regions:invite"]
SWV_PAGES = ["regions:swvs"]
AUDIT_PAGES = ["regions:audit"]


@pytest.mark.parametrize(
    ("role", "cards", "opens"),
    [
        (Role.BEHEER, ["Mensen", "Samenwerkingsverbanden"], PEOPLE_PAGES + SWV_PAGES),
        (Role.FG, ["Logboek inzage"], AUDIT_PAGES),
    ],
)
def test_beheer_shows_what_the_role_may_do(client_of, role, cards, opens):
    client = client_of(factories.national(role))

    response = client.get(reverse("regions:beheer"))

    assert [section["label"] for section in response.context["sections"]] == cards
    for name in PEOPLE_PAGES + SWV_PAGES + AUDIT_PAGES:
        assert client.get(reverse(name)).status_code == (200 if name in opens else 404)


def every_url(person):
    with as_owner():
        membership = person.memberships.get()
    swv = {"key": "PO2001"}
    yield from (reverse(name) for name in ["regions:beheer", *PEOPLE_PAGES, *SWV_PAGES, *AUDIT_PAGES])
    for name in ("person", "membership_add", "person_close", "person_open", "person_invite_again"):
        yield reverse(f"regions:{name}", args=[person.pk])
    yield reverse("regions:person_reset_second_factor", args=[person.pk])
    yield reverse("regions:membership_end", args=[person.pk, membership.pk])
    yield reverse("regions:swv_edit", kwargs=swv)
    yield reverse("regions:swv_release", kwargs=swv)
    yield reverse("regions:audit_check")


@pytest.mark.parametrize(
    "somebody",
    [
        factories.leerplicht,
        factories.coordinator,
        factories.swv_contact,
        lambda: factories.national(Role.PROJECT),
        factories.UserFactory,
    ],
)
def test_everybody_else_gets_404_for_every_page(client_of, somebody):
    person = factories.coordinator()
    client = client_of(somebody())

    for url in every_url(person):
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404), url
    person.refresh_from_db()
    assert person.is_active


def test_the_fg_cannot_manage_and_the_beheerder_cannot_read_the_log(client_of, fg, beheerder):
    person = factories.coordinator()

    client = client_of(fg)
    assert client.post(reverse("regions:person_close", args=[person.pk])).status_code == 404
    client = client_of(beheerder)
    assert client.get(reverse("regions:audit")).status_code == 404
    assert client.post(reverse("regions:audit_check")).status_code == 404


# --- people ----------------------------------------------------------------------------------------------------------


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


# --- invitations -----------------------------------------------------------------------------------------------------


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
    assert "De uitnodiging aan Karin Bos is verstuurd." in alerts(response)
    assert not person.has_usable_password()
    assert person.is_active
    with acting_as(beheerder):
        membership = Membership.objects.get(user=person)
        assert (membership.role, membership.swv.key, membership.given_by) == ("coordinator", "PO2001", beheerder)
        assert SamenwerkingsverbandGrant.objects.filter(user=person).count() == 2
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


# --- one person ------------------------------------------------------------------------------------------------------


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


def person_membership(reader, person):
    with acting_as(reader):
        return Membership.objects.get(user=person)


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
    assert len(mail.outbox) == 1


def test_a_lost_second_factor_is_taken_away(client_of, beheerder):
    person, other = factories.coordinator(), factories.coordinator()
    for user in (person, other):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})

    client = client_of(beheerder)
    assert client.post(reverse("regions:person_reset_second_factor", args=[person.pk])).status_code == 302

    assert list(Authenticator.objects.values_list("user", flat=True)) == [other.pk]
    assert events("second_factor_reset") == [("second_factor_reset", {"user": person.pk})]
    assert client.post(reverse("regions:person_reset_second_factor", args=[person.pk])).status_code == 422


# --- oneself ---------------------------------------------------------------------------------------------------------


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


OWN = [
    "INSERT INTO regions_membership (user_id, role, starts_on, given_by_id) VALUES ({me}, 'fg', '2026-01-01', {me})",
    "UPDATE access_user SET is_active = false WHERE id = {me}",
]


@pytest.mark.parametrize("sql", OWN)
def test_the_database_refuses_a_beheerder_who_changes_himself(beheerder, sql):
    refused = pytest.raises(DatabaseError, match=r"row-level security|somebody else")
    with acting_as(beheerder), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(sql.format(me=beheerder.pk))


def test_the_database_hides_the_own_werkplek_from_changes(beheerder):
    with acting_as(beheerder), connection.cursor() as cursor:
        cursor.execute("UPDATE regions_membership SET ends_on = NULL, role = 'fg' WHERE user_id = %s", [beheerder.pk])
        assert cursor.rowcount == 0


def test_the_database_lets_only_beheer_close_or_open_an_account(beheerder, fg):
    person, closed = factories.coordinator(), factories.coordinator(user__is_active=False)

    for somebody in (person, fg):
        with acting_as(somebody), connection.cursor() as cursor:
            for other, value in ((beheerder, "false"), (closed, "true"), (somebody, "false")):
                with pytest.raises(DatabaseError, match="somebody else"), transaction.atomic():
                    cursor.execute(f"UPDATE access_user SET is_active = {value} WHERE id = %s", [other.pk])
    nobody = pytest.raises(DatabaseError, match="no user context")
    with connection.cursor() as cursor, nobody, transaction.atomic():
        cursor.execute("UPDATE access_user SET is_active = true WHERE id = %s", [closed.pk])
    with acting_as(beheerder), connection.cursor() as cursor:
        cursor.execute("UPDATE access_user SET is_active = false WHERE id = %s", [person.pk])
        assert cursor.rowcount == 1


def test_a_closed_account_of_a_beheerder_opens_nothing(beheerder):
    person = factories.coordinator()
    with as_owner():
        User.objects.filter(pk=beheerder.pk).update(is_active=False)

    refused = pytest.raises(DatabaseError, match="somebody else")
    with acting_as(beheerder), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("UPDATE access_user SET is_active = false WHERE id = %s", [person.pk])


@pytest.mark.parametrize(
    ("name", "words"),
    [("regions:people", "Niemand gevonden."), ("regions:swvs", "Niets gevonden.")],
)
def test_a_search_that_finds_nothing_says_so(client_of, beheerder, name, words):
    page = client_of(beheerder).get(reverse(name), {"zoek": "zzzz"}).content.decode()

    assert words in page
    assert "Wis filters" in page
