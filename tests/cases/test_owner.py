"""Exactly one eigenaar at any time: appointed, announced, gone, and never silently without (R3.4)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from cases.actions.members import appoint_owner
from cases.actions.register import register_signal
from cases.models import Case, CaseMember
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
    return factories.CaseFactory(shared_until=day(60))


@pytest.fixture
def owner(case):
    return factories.CaseMemberFactory(case=case, starts_on=day(-30)).user


def rows(case):
    with as_owner():
        found = CaseMember.objects.unscoped().filter(case=case, role="eigenaar").order_by("starts_on", "pk")
        return [(row.user, row.starts_on, row.ends_on, row.reason) for row in found]


def row_of(case):
    with as_owner():
        return CaseMember.objects.unscoped().get(case=case, role="eigenaar", ends_on=None)


def page_of(client):
    return client.get(reverse("reporting:today")).content.decode()


def test_who_registers_is_eigenaar_until_somebody_else_is():
    leerplicht = factories.leerplicht()
    with acting_as(leerplicht):
        case = register_signal(
            by=leerplicht,
            today=day(-3),
            birth_year=2014,
            situation="av",
            gemeente=factories.gemeente(),
            swv=factories.swv(),
        )

    assert rows(case) == [(leerplicht, day(-3), None, "")]
    with as_owner():
        assert CaseMember.objects.unscoped().get(case=case).appointed_by == leerplicht


def test_history_tells_periods_and_reasons(client_of, case, owner):
    coordinator, colleague = factories.coordinator(), factories.coordinator()
    client = client_of(coordinator)
    answers = {"user": colleague.pk, "reason": "verdeling", "note": "Minder uren.", "seen": row_of(case).pk}

    response = client.post(reverse("cases:owner", args=[case.pk]), answers)

    assert response.status_code == 302
    assert rows(case) == [(owner, day(-30), day(), "verdeling"), (colleague, day(), None, "")]
    page = client.get(reverse("cases:owner", args=[case.pk])).content.decode()
    assert page.index(colleague.name, page.index('id="owners"')) < page.index(owner.name, page.index('id="owners"'))
    assert "Het werk is anders verdeeld. Minder uren." in page


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"reason": ""}, "reason", "Kies waarom."),
        ({"reason": "overdracht"}, "reason", "Kies iets uit de lijst."),
        ({"reason": "anders"}, "note", "Schrijf kort op waarom."),
        ({"note": "x" * 201}, "note", "Dit is te lang. Er passen 200 tekens."),
    ],
)
def test_a_change_says_why(client_of, case, owner, changes, field, error):
    answers = {"user": factories.coordinator().pk, "reason": "werk", "seen": row_of(case).pk} | changes

    response = client_of(factories.leerplicht()).post(reverse("cases:owner", args=[case.pk]), answers)

    assert (response.status_code, response.context["form"].errors) == (422, {field: [error]})
    assert rows(case) == [(owner, day(-30), None, "")]


def test_a_page_from_before_a_colleague_chose_changes_nothing_and_says_who_it_is(client_of, case, owner):
    first, second = factories.coordinator(), factories.coordinator()
    seen = row_of(case).pk
    client = client_of(factories.leerplicht())
    url = reverse("cases:owner", args=[case.pk])
    client.post(url, {"user": first.pk, "reason": "werk", "seen": seen})

    response = client.post(url, {"user": second.pk, "reason": "werk", "seen": seen})

    assert response.status_code == 409
    assert f"{first.name} is nu eigenaar." in response.content.decode()
    assert row_of(case).user == first
    again = {name: response.context["form"][name].value() for name in ("user", "reason", "seen")}
    assert client.post(url, again).status_code == 302
    assert row_of(case).user == second


def test_the_eigenaar_says_when_it_stops_and_stays_until_then(client_of, case, owner):
    client = client_of(owner)
    url = reverse("cases:owner_leave", args=[case.pk])

    assert client.post(url, {"on": dutch(day(14)), "reason": "werk", "note": "Naar een school."}).status_code == 302

    row = row_of(case)
    assert (row.user, row.leaves_on, row.reason, row.note) == (owner, day(14), "werk", "Naar een school.")
    coordinator = client_of(factories.coordinator())
    page = page_of(coordinator)
    assert f"Zoek een opvolger voor {case.code}" in page
    assert owner.name in page
    form = coordinator.get(reverse("cases:owner", args=[case.pk])).context["form"]
    assert (form.initial["reason"], form.initial["note"]) == ("werk", "Naar een school.")
    assert "stopt als eigenaar" in coordinator.get(case.get_absolute_url()).content.decode()

    assert client_of(owner).post(reverse("cases:owner_stay", args=[case.pk])).status_code == 302
    assert row_of(case).leaves_on is None
    assert f"opvolger voor {case.code}" not in page_of(client_of(factories.coordinator()))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"on": ""}, "on"), ({"on": dutch(day(-1))}, "on"), ({"on": dutch(day(400))}, "on"), ({"reason": ""}, "reason"),
     ({"reason": "anders"}, "note")],
)  # fmt: skip
def test_stopping_has_a_day_to_come_and_a_reason(client_of, case, owner, changes, field):
    answers = {"on": dutch(day(3)), "reason": "werk"} | changes

    response = client_of(owner).post(reverse("cases:owner_leave", args=[case.pk]), answers)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert row_of(case).leaves_on is None


def test_nobody_speaks_for_another_eigenaar(client_of, case, owner):
    for user in (factories.coordinator(), factories.leerplicht()):
        client = client_of(user)
        for name in ("cases:owner_leave", "cases:owner_stay"):
            answer = client.post(reverse(name, args=[case.pk]), {"on": dutch(day(3)), "reason": "werk"})
            assert answer.status_code == 404
    assert row_of(case).leaves_on is None


# Who left


def end_work(user, on):
    with as_owner():
        Membership.objects.filter(user=user).update(starts_on=day(-99), ends_on=on)


LEAVES = {
    "a werkplek that ended": lambda user: end_work(user, day(-1)),
    "an account that was closed": lambda user: _close(user),
}


def _close(user):
    with as_owner():
        type(user).objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("leaves", LEAVES)
def test_who_left_is_a_task_for_the_coordinator_with_the_code_only(client_of, case, owner, leaves):
    factories.IdentityFactory(case=case)
    coordinator = factories.coordinator()
    LEAVES[leaves](owner)

    page = page_of(client_of(coordinator))

    assert f"Wijs een nieuwe eigenaar aan voor {case.code}" in page
    assert f"{owner.name} werkt hier niet meer." in page
    assert "Pippeloentje" not in page
    assert f"{owner.name} werkt hier niet meer." in client_of(coordinator).get(case.get_absolute_url()).content.decode()
    # With a coördinator there it is not double work for leerplicht; and a neighbour never hears of it.
    for other in (factories.leerplicht(), factories.coordinator("PO2203"), factories.swv_contact()):
        assert case.code not in page_of(client_of(other)) or "nieuwe eigenaar" not in page_of(client_of(other))


def test_the_last_day_of_a_werkplek_is_told_a_month_before(client_of, case, owner):
    coordinator = factories.coordinator()
    end_work(owner, day(31))
    assert "opvolger" not in page_of(client_of(coordinator))

    end_work(owner, day(30))
    assert f"Zoek een opvolger voor {case.code}" in page_of(client_of(coordinator))


def test_work_elsewhere_is_no_work_here(client_of, case, owner):
    factories.MembershipFactory(user=owner, role=Role.CASEWORKER, swv=factories.swv("PO2203"))
    end_work(owner, day(-1))
    factories.MembershipFactory(user=owner, role=Role.CASEWORKER, swv=factories.swv("PO2203"))

    assert f"nieuwe eigenaar aan voor {case.code}" in page_of(client_of(factories.coordinator()))


def test_leerplicht_acts_where_no_team_can(client_of):
    unshared = factories.CaseFactory()
    led = factories.CaseFactory(shared_until=day(9))
    factories.CaseMemberFactory(case=led)
    leerplicht = factories.leerplicht()

    page = page_of(client_of(leerplicht))
    assert f"Wijs een eigenaar aan voor {unshared.code}" in page
    assert f"eigenaar aan voor {led.code}" not in page

    with as_owner():
        CaseMember.objects.unscoped().filter(case=led).update(ends_on=day())
    assert f"Wijs een eigenaar aan voor {led.code}" in page_of(client_of(leerplicht))  # a SWV without coördinator
    coordinator = factories.coordinator()
    assert f"Wijs een eigenaar aan voor {led.code}" in page_of(client_of(coordinator))
    assert unshared.code not in page_of(client_of(coordinator))
    assert f"eigenaar aan voor {led.code}" not in page_of(client_of(leerplicht))


def test_many_of_one_who_left_are_one_row_with_the_list_behind_it(client_of):
    gone = factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv()).user
    cases = [factories.CaseFactory(shared_until=day(9)) for _ in range(4)]
    for case in cases:
        factories.CaseMemberFactory(case=case, user=gone)
    client = client_of(factories.coordinator())
    end_work(gone, day(-1))

    page = page_of(client)

    assert "Zoek eigenaren voor 4 jeugdigen" in page
    assert "nieuwe eigenaar aan voor" not in page
    behind = client.get(f"{reverse('cases:list')}?eigenaar={gone.pk}").content.decode()
    assert all(case.code in behind for case in cases)


def test_a_jeugdige_that_is_closed_asks_for_nobody(client_of):
    case = factories.CaseFactory(shared_until=day(9), status="afgerond", closed_on=day(-2))

    assert f"eigenaar aan voor {case.code}" not in page_of(client_of(factories.coordinator()))


# What the database keeps


def test_an_eigenaar_does_not_go_without_a_next_one(transactional_db):
    case = factories.CaseFactory(shared_until=day(60))
    factories.CaseMemberFactory(case=case)
    coordinator = factories.coordinator()

    with pytest.raises(IntegrityError, match="has an eigenaar"), acting_as(coordinator):
        CaseMember.objects.editable_by(coordinator).filter(case=case).update(ends_on=day())

    assert rows(case)[0][2] is None
    with as_owner():
        Case.objects.unscoped().filter(pk=case.pk).update(closed_on=day(), status="afgerond")
    with acting_as(coordinator):
        CaseMember.objects.editable_by(coordinator).filter(case=case).update(ends_on=day())
    assert rows(case)[0][2] == day()


@pytest.mark.parametrize(("starts", "ends"), [(-10, None), (-40, -20), (-25, -25 + 1), (-400, None)])
def test_two_periods_of_an_eigenaar_never_overlap(case, owner, starts, ends):
    with pytest.raises(IntegrityError), as_owner(), transaction.atomic():
        factories.CaseMemberFactory(case=case, starts_on=day(starts), ends_on=ends and day(ends))


def test_one_eigenaar_after_the_other_on_the_same_day_is_fine(case, owner):
    coordinator = factories.coordinator()
    people = [factories.coordinator() for _ in range(3)]
    with acting_as(coordinator):
        for person in people:
            appoint_owner(case=case, user=person, by=coordinator, today=day())

    assert next(user for user, *_ in rows(case)) == owner
    assert row_of(case).user == people[-1]
    assert sum(ends is None for _, _, ends, _ in rows(case)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_appoint_at_once_leave_one_eigenaar_and_the_second_is_told():
    case = factories.CaseFactory(shared_until=day(60))
    factories.CaseMemberFactory(case=case)
    seen = row_of(case).pk
    people = [factories.coordinator(), factories.coordinator()]
    answers = {}

    def appoint(person):
        with acting_as(person):
            answers[person] = appoint_owner(case=case, user=person, by=person, today=day(), seen=seen, reason="werk")

    assert at_once(*(lambda person=person: appoint(person) for person in people)) == []

    assert sorted(answers.values()) == [False, True]
    assert row_of(case).user == next(person for person, saved in answers.items() if saved)
    assert connection.in_atomic_block is False
