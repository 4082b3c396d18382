"""The bar on top of every page: what somebody may start today, and nothing that he may not."""

import re

import pytest
from django.test import RequestFactory

from access.context import acting_as
from regions.models import Role, grants_of
from tests import factories
from wel.context_processors import page

pytestmark = pytest.mark.django_db

REGISTER = ["Jeugdige aanmelden", "Zonder naam aanmelden"]
PEOPLE = {
    "leerplicht": (factories.leerplicht, REGISTER),
    "coordinator": (factories.coordinator, ["Activiteit toevoegen"]),
    "swv_contact": (factories.swv_contact, ["Activiteit toevoegen"]),
    "project": (lambda: factories.national(Role.PROJECT), ["Activiteit toevoegen"]),
    "fg": (lambda: factories.national(Role.FG), []),
    "beheer": (lambda: factories.national(Role.BEHEER), ["Iemand uitnodigen"]),
    "nothing yet": (factories.UserFactory, []),
}
ADDRESSES = {
    "/jeugdigen/aanmelden/", "/jeugdigen/aanmelden/?zonder-naam=1", "/beheer/mensen/uitnodigen/", "/activiteiten/toevoegen/",
}  # fmt: skip


def new_menu_on(html):
    """The items of the menu "Nieuw", as (label, url); None where the menu is absent."""
    bar = re.search(r'<span class="btn-new__text">Nieuw</span>.*?</details>', html, re.DOTALL)
    if not bar:
        return None
    return [(re.sub("<.*?>", "", label).strip(), url) for url, label in re.findall(r'href="(.*?)">(.*?)</a>', bar[0])]


@pytest.mark.parametrize(("make", "labels"), PEOPLE.values(), ids=PEOPLE)
def test_the_new_menu_holds_what_a_role_may_start_and_every_item_opens(client_of, make, labels):
    client = client_of(make())

    items = new_menu_on(client.get("/").content.decode())

    assert [label for label, _ in items or []] == labels
    assert (items is None) == (labels == [])
    opened = {url for _, url in items or []}
    assert {url: client.get(url).status_code for url in ADDRESSES} == {
        url: 200 if url in opened else 404 for url in ADDRESSES
    }


def test_somebody_with_two_roles_has_the_items_of_both(client_of):
    person = factories.leerplicht()
    factories.MembershipFactory(user=person, role=Role.BEHEER)

    items = new_menu_on(client_of(person).get("/").content.decode())

    assert [label for label, _ in items] == [*REGISTER, "Iemand uitnodigen"]


def test_who_is_not_logged_in_has_no_menu(client):
    assert new_menu_on(client.get("/inloggen/").content.decode()) is None


def test_the_bar_asks_nothing_of_the_database(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session, request.user = {}, factories.leerplicht()
    with acting_as(request.user):
        grants_of(request.user)  # every page needs these anyway

    with django_assert_num_queries(0):
        assert page(request)["new_menu"]
