"""Verbinding verbroken: a verbinder who is independent, a task and a day, and contact that comes back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from cases.actions.connection import repair, seek_contact
from cases.models import Case, CaseMember, Connection
from regions.models import Membership, Role
from tests import factories
from tests.at_once import at_once
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


def dutch(date):
    return f"{date:%d-%m-%Y}"


@pytest.fixture
def case():
    case = factories.CaseFactory(shared_until=day(60))
    factories.CaseMemberFactory(case=case, starts_on=day(-30))
    return case


def caseworker():
    return factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv(), starts_on=day(-99)).user


def url(case, page="connection"):
    return reverse(f"cases:{page}", args=[case.pk])


def begin(person, **changes):
    return {
        "broken_on": dutch(day(-10)),
        "story": "Er kwam geen antwoord meer.",
        "connector": person.pk,
        "starts_on": dutch(day()),
        "task": "Opnieuw kennismaken.",
        "agreed_on": dutch(day(14)),
    } | changes


def stored(case):
    with as_owner():
        return Case.objects.unscoped().get(pk=case.pk)


def looking(case):
    with as_owner():
        return Connection.objects.unscoped().filter(case=case).order_by("pk").select_related("connector")[::1]


def near(case):
    with as_owner():
        rows = CaseMember.objects.unscoped().filter(case=case, role="verbinder").order_by("pk")
        return [(row.user, row.starts_on, row.ends_on) for row in rows]


def test_a_verbinder_begins_comes_near_and_the_case_says_so(client_of, case):
    verbinder = caseworker()
    client = client_of(factories.coordinator())
    assert client_of(verbinder).get(case.get_absolute_url()).status_code == 404

    response = client_of(factories.coordinator()).post(url(case), begin(verbinder))

    assert response.status_code == 302
    assert stored(case).connection_lost
    assert near(case) == [(verbinder, day(), None)]
    page = client_of(verbinder).get(case.get_absolute_url()).content.decode()
    assert "Verbinding zoeken" in page
    assert client.get(url(case)).context["current"].task == "Opnieuw kennismaken."


def test_contact_that_is_back_sends_the_verbinder_home(client_of, case):
    verbinder = caseworker()
    coordinator = factories.coordinator()
    client_of(coordinator).post(url(case), begin(verbinder, starts_on=dutch(day(-5))))

    response = client_of(verbinder).post(
        url(case, "connection_repaired"), {"on": dutch(day(-1)), "outcome": "Samen met de hond lopen.", "version": 1}
    )

    assert response.status_code == 302
    assert not stored(case).connection_lost
    assert near(case) == [(verbinder, day(-5), day(-1))]
    assert client_of(verbinder).get(case.get_absolute_url()).status_code == 404
    page = client_of(coordinator).get(url(case)).content.decode()
    assert "Samen met de hond lopen." in page
    assert "Verbinding zoeken" not in page


def test_another_verbinder_goes_on_where_the_first_stopped(client_of, case):
    first, second = caseworker(), caseworker()
    client = client_of(factories.leerplicht())
    client.post(url(case), begin(first))

    answers = {"connector": second.pk, "outcome": "Het klikte niet.", "task": "Samen koken.",
               "agreed_on": dutch(day(9)), "version": 1}  # fmt: skip
    assert client.post(url(case, "connection_replace"), answers).status_code == 302

    assert stored(case).connection_lost
    assert near(case) == [(first, day(), day()), (second, day(), None)]
    assert [(row.connector, row.task, row.is_repaired, row.broken_on) for row in looking(case)] == [
        (first, "Opnieuw kennismaken.", False, day(-10)),
        (second, "Samen koken.", False, day(-10)),
    ]


WRONG = [
    ({"connector": ""}, "connector"),
    ({"task": " "}, "task"),
    ({"story": ""}, "story"),
    ({"story": "bsn 123456782"}, "story"),
    ({"agreed_on": ""}, "agreed_on"),
    ({"agreed_on": dutch(day(-1))}, "agreed_on"),
    ({"starts_on": dutch(day(20))}, "agreed_on"),
    ({"broken_on": dutch(day(1))}, "broken_on"),
    ({"starts_on": dutch(day(-11))}, "starts_on"),
]


def test_it_asks_for_who_from_when_what_for_and_which_day(client_of, case):
    client, verbinder = client_of(factories.coordinator()), caseworker()
    for changes, field in WRONG:
        response = client.post(url(case), begin(verbinder, **changes))
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field]), changes
    with as_owner():
        owner = CaseMember.objects.unscoped().get(case=case).user
    for person in (owner, factories.coordinator("PO2203"), factories.swv_contact()):
        response = client.post(url(case), begin(person))
        assert list(response.context["form"].errors) == ["connector"]
    assert looking(case) == []
    assert not stored(case).connection_lost


def test_who_does_not_appoint_people_agrees_on_another_day_and_no_more(client_of, case):
    with as_owner():
        owner = CaseMember.objects.unscoped().get(case=case).user
    client = client_of(owner)
    assert client.post(url(case), begin(caseworker())).status_code == 404
    client_of(factories.coordinator()).post(url(case), begin(caseworker()))

    client = client_of(owner)
    assert client.get(url(case, "connection_replace")).status_code == 404
    response = client.post(url(case), {"task": "Bellen.", "agreed_on": dutch(day(20)), "version": 1})

    assert response.status_code == 302
    (row,) = looking(case)
    assert (row.task, row.agreed_on, row.version) == ("Bellen.", day(20), 2)
    stale = client.post(url(case), {"task": "Mailen.", "agreed_on": dutch(day(21)), "version": 1})
    assert stale.status_code == 409
    assert "Bellen." in stale.content.decode()
    assert looking(case)[0].task == "Bellen."


def test_the_agreed_day_and_a_verbinder_who_left_are_on_vandaag(client_of, case):
    verbinder, coordinator = caseworker(), factories.coordinator()
    client_of(coordinator).post(url(case), begin(verbinder, starts_on=dutch(day(-9))))
    today = reverse("reporting:today")
    asks = f"Hoe gaat het met de verbinding bij {case.code}?"
    assert asks not in client_of(coordinator).get(today).content.decode()

    with as_owner():
        Connection.objects.unscoped().filter(case=case).update(agreed_on=day())
    for user in (coordinator, verbinder):
        assert asks in client_of(user).get(today).content.decode()

    with as_owner():
        Membership.objects.filter(user=verbinder).update(ends_on=day(-1))
    page = client_of(coordinator).get(today).content.decode()
    assert f"Wijs een andere verbinder aan voor {case.code}" in page
    assert case.code not in client_of(verbinder).get(today).content.decode()


def test_the_database_wants_a_verbinder_for_as_long_as_contact_is_lost(transactional_db, case):
    coordinator = factories.coordinator()
    values = {"broken_on": day(-3), "story": "x", "starts_on": day(), "task": "x", "agreed_on": day(9)}
    with as_owner():
        owner = CaseMember.objects.unscoped().get(case=case).user
    with pytest.raises(IntegrityError, match="not the eigenaar"), acting_as(coordinator):
        seek_contact(case=case, by=coordinator, connector=owner, **values)

    with acting_as(coordinator):
        assert seek_contact(case=case, by=coordinator, connector=caseworker(), **values)
    with pytest.raises(IntegrityError, match="has a verbinder"), acting_as(coordinator):
        Connection.objects.editable_by(coordinator).filter(case=case).update(ended_on=day(), ended_by=coordinator)

    assert near(case)[0][2] is None


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_or_end_at_once_leave_one(case):
    coordinators = [factories.coordinator(), factories.coordinator()]
    people = [caseworker(), caseworker()]
    values = {"broken_on": day(-3), "story": "x", "starts_on": day(), "task": "x", "agreed_on": day(9)}
    began, ended = [], []

    def start(by, person):
        with acting_as(by):
            began.append(seek_contact(case=case, by=by, connector=person, **values))

    assert at_once(*(lambda pair=pair: start(*pair) for pair in zip(coordinators, people, strict=True))) == []
    assert sorted(began) == [False, True]
    assert len(near(case)) == 1

    (row,) = looking(case)

    def end(by):
        with acting_as(by):
            ended.append(repair(connection=row, version=1, by=by, on=day(), outcome="weer contact"))

    assert at_once(*(lambda by=by: end(by) for by in coordinators)) == []
    assert sorted(ended) == [False, True]
    assert not stored(case).connection_lost
