"""Beheer: who may open its pages, and what the database refuses whatever the pages do."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from access.context import acting_as
from access.models import User
from regions.models import Role
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db

PEOPLE_PAGES = ["regions:people", "regions:invite"]
SWV_PAGES = ["regions:swvs"]
AUDIT_PAGES = ["regions:audit"]


@pytest.mark.parametrize(
    ("role", "cards", "opens"),
    [
        (Role.BEHEER, ["Mensen", "Samenwerkingsverbanden", "Vragenlijst", "Casusinbreng"], PEOPLE_PAGES + SWV_PAGES),
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
