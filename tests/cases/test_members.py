"""Who owns a jeugdige and who may know the name: given by the right person, within the consent, and ended in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.identity import identities, search_names
from cases.in_reach import in_reach
from cases.models import Case, CaseMember, IdentityGrant
from regions.models import Role
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def dutch(day):
    return f"{day:%d-%m-%Y}"


@pytest.fixture
def case():
    case = factories.CaseFactory(shared_until=today() + timedelta(days=30))
    factories.IdentityFactory(case=case)
    factories.ConsentFactory(case=case, expires_on=case.shared_until)
    return case


def url(case, page):
    return f"/jeugdigen/{case.code}/{page}"


def owners(case):
    with as_owner():
        rows = CaseMember.objects.unscoped().filter(case=case, role="eigenaar").order_by("pk")
        return list(rows.values_list("user", "ends_on"))


def owner_row(case):
    with as_owner():
        return CaseMember.objects.unscoped().get(case=case, role="eigenaar", ends_on=None).pk


def grants(case):
    with as_owner():
        return list(IdentityGrant.objects.unscoped().filter(case=case).order_by("pk"))


# Eigenaar


@pytest.mark.parametrize("appoints", [factories.leerplicht, factories.coordinator])
def test_leerplicht_and_coordinator_appoint_one_owner(client_of, case, appoints):
    previous = factories.CaseMemberFactory(case=case).user
    colleague = factories.coordinator()

    answers = {"user": colleague.pk, "reason": "werk", "seen": owner_row(case)}
    response = client_of(appoints()).post(url(case, "eigenaar/"), answers)

    assert response.status_code == 302
    assert owners(case) == [(previous.pk, today()), (colleague.pk, None)]


def test_appointing_the_same_owner_again_changes_nothing(client_of, case):
    owner = factories.CaseMemberFactory(case=case).user

    answers = {"user": owner.pk, "reason": "werk", "seen": owner_row(case)}
    client_of(factories.leerplicht()).post(url(case, "eigenaar/"), answers)

    assert owners(case) == [(owner.pk, None)]


def test_an_owner_cannot_hand_over_by_itself(client_of, case):
    owner = factories.CaseMemberFactory(case=case).user
    client = client_of(owner)

    assert client.get(url(case, "eigenaar/")).status_code == 404
    assert client.post(url(case, "eigenaar/"), {"user": factories.coordinator().pk}).status_code == 404
    assert owners(case) == [(owner.pk, None)]


@pytest.mark.parametrize("who", ["", "x", "0", "99999999", "\x00"])
def test_an_owner_that_is_nobody_is_refused(client_of, case, who):
    response = client_of(factories.leerplicht()).post(url(case, "eigenaar/"), {"user": who})

    assert response.status_code == 422
    assert response.context["form"].errors["user"]
    assert owners(case) == []


def test_somebody_from_another_swv_cannot_be_named_by_hand(client_of, case):
    strangers = factories.coordinator("PO2202"), factories.leerplicht("Emmen"), factories.swv_contact()
    inactive = factories.coordinator(user__is_active=False)

    for user in (*strangers, inactive):
        response = client_of(factories.leerplicht()).post(url(case, "eigenaar/"), {"user": user.pk})
        assert (response.status_code, response.context["form"].errors) == (
            422,
            {"user": ["Kies een collega uit de lijst."]},
        )
    assert owners(case) == []


# Let in


def let_in(colleague, **changes):
    return {
        "user": colleague.pk,
        "purpose": "contact met de ouders",
        "until": dutch(today() + timedelta(days=7)),
    } | changes


def test_leerplicht_lets_a_colleague_in_until_a_day(client_of, case):
    leerplicht, colleague = factories.leerplicht(), factories.coordinator()

    response = client_of(leerplicht).post(url(case, "toestemming/laat-toe/"), let_in(colleague))

    (grant,) = grants(case)
    assert response.status_code == 302
    assert (grant.user, grant.until, grant.granted_by) == (colleague, today() + timedelta(days=7), leerplicht)
    assert "Pippeloentje" in client_of(colleague).post(url(case, "naam/")).content.decode()
    with as_owner():
        event = AuditEvent.objects.get(event="identity_opened")
    assert (event.user_id, event.case_id, event.detail["user"]) == (leerplicht.pk, case.pk, colleague.pk)


def test_who_works_on_the_case_can_be_let_in_and_loses_it_with_the_work(client_of, case):
    yesterday = today() - timedelta(days=1)
    member = factories.CaseMemberFactory(case=case, starts_on=yesterday)
    page = url(case, "toestemming/")
    client_of(factories.leerplicht()).post(url(case, "toestemming/laat-toe/"), let_in(member.user))
    assert "Pippeloentje" in client_of(member.user).post(url(case, "naam/")).content.decode()
    assert "Geldt niet meer." not in client_of(factories.leerplicht()).get(page).content.decode()

    with as_owner():
        CaseMember.objects.unscoped().filter(pk=member.pk).update(ends_on=yesterday)

    assert client_of(member.user).post(url(case, "naam/")).status_code == 404
    shown = client_of(factories.leerplicht()).get(page).content.decode()
    assert member.user.name in shown
    assert "Geldt niet meer." in shown


def test_a_name_is_not_offered_to_who_was_let_in_and_may_only_read_the_reis(client_of, case):
    contact = factories.swv_contact()
    factories.IdentityGrantFactory(case=case, user=contact, until=case.shared_until)

    page = client_of(contact).get(url(case, "reis/")).content.decode()

    assert case.code in page
    assert "Toon naam" not in page


def test_ending_access_closes_the_name_at_once(client_of, case):
    colleague = factories.coordinator()
    grant = factories.IdentityGrantFactory(case=case, user=colleague, until=case.shared_until)
    page = url(case, f"toestemming/toegang/{grant.pk}/trek-in/")

    assert client_of(factories.leerplicht()).get(page).status_code == 200
    assert client_of(factories.leerplicht()).post(page).status_code == 302

    assert client_of(colleague).post(url(case, "naam/")).status_code == 404
    assert client_of(factories.leerplicht()).post(page).status_code == 404


def test_a_grant_of_another_case_is_not_found_here(client_of, case):
    grant = factories.IdentityGrantFactory(case=factories.CaseFactory(shared_until=today()))

    page = url(case, f"toestemming/toegang/{grant.pk}/trek-in/")

    assert client_of(factories.leerplicht()).post(page).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"user": ""}, "user", "Kies een collega."),
        ({"user": "99999999"}, "user", "Kies een collega uit de lijst."),
        ({"purpose": " "}, "purpose", "Schrijf op waarvoor."),
        ({"purpose": "x" * 201}, "purpose", "Dit is te lang. Er passen 200 tekens."),
        (
            {"purpose": "bsn 123456782"},
            "purpose",
            "Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg.",
        ),
        ({"until": ""}, "until", "Vul een einddatum in."),
        ({"until": "1-1-2020"}, "until", "Deze datum is al voorbij."),
        ({"until": "ooit"}, "until", "Schrijf de datum als dag, maand, jaar. Bijvoorbeeld 14-3-2012."),
    ],
)
def test_wrong_input_is_refused_at_the_field(client_of, case, changes, field, error):
    response = client_of(factories.leerplicht()).post(
        url(case, "toestemming/laat-toe/"), let_in(factories.coordinator(), **changes)
    )

    assert (response.status_code, response.context["form"].errors) == (422, {field: [error]})
    assert grants(case) == []


def test_nobody_is_let_in_longer_than_the_consent(client_of, case):
    response = client_of(factories.leerplicht()).post(
        url(case, "toestemming/laat-toe/"),
        let_in(factories.coordinator(), until=dutch(case.shared_until + timedelta(days=1))),
    )

    assert response.status_code == 422
    assert "De toestemming loopt tot en met" in str(response.context["form"].errors["until"])
    assert grants(case) == []


def test_roles_that_never_know_a_name_cannot_be_let_in(client_of, case):
    guest = factories.CaseMemberFactory(case=case, role="deelnemer").user
    not_near = factories.MembershipFactory(role=Role.CASEWORKER, swv=case.swv).user

    for user in (factories.swv_contact(), guest, not_near, factories.coordinator("PO2202")):
        response = client_of(factories.leerplicht()).post(url(case, "toestemming/laat-toe/"), let_in(user))
        assert response.status_code == 422
    assert grants(case) == []


def test_without_consent_nobody_is_let_in(client_of):
    case = factories.CaseFactory()

    response = client_of(factories.leerplicht()).post(
        url(case, "toestemming/laat-toe/"), let_in(factories.coordinator()), follow=True
    )

    assert "Er is nog geen toestemming om dit te delen." in response.content.decode()
    assert grants(case) == []


# A werkplek that ended


@pytest.mark.parametrize("work", ["ended", "elsewhere", "in force"])
def test_who_left_the_werkplek_left_the_jeugdige_and_the_name(client_of, case, work):
    """The row in the case has no end: nobody thinks of it when a colleague leaves."""
    period = {"starts_on": today() - timedelta(days=99)}
    if work == "ended":
        period["ends_on"] = today() - timedelta(days=10)
    place = factories.swv("PO2203" if work == "elsewhere" else "PO2001")
    user = factories.MembershipFactory(role=Role.CASEWORKER, swv=place, **period).user
    factories.CaseMemberFactory(case=case, user=user, role="verbinder", starts_on=period["starts_on"])
    factories.IdentityGrantFactory(case=case, user=user, until=case.shared_until)
    stays = work == "in force"

    client = client_of(user)
    assert client.get(url(case, "")).status_code == (200 if stays else 404)
    assert client.post(url(case, "naam/")).status_code == (200 if stays else 404)
    with acting_as(user):
        assert set(identities([case.pk], "toets")) == ({case.pk} if stays else set())
        assert set(search_names("verzonnen")) == ({case.pk} if stays else set())
        assert in_reach().total == (1 if stays else 0)
        assert Case.objects.unscoped().count() == (1 if stays else 0)

    leerplicht = client_of(factories.leerplicht())
    shown = leerplicht.get(url(case, "wie-kan-dit-zien/"))
    assert (user in [viewer.user for viewer in shown.context["viewers"]]) == stays
    [grant] = leerplicht.get(url(case, "toestemming/")).context["grants"]
    assert grant["is_open"] == stays
