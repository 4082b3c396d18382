"""Inzet of one jeugdige: who enters and reads, what a form takes, and what a change does to an approval."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from access.models import AuditEvent
from cases.models import CaseMember, CostLine, HoursLine
from regions.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
BSN = "111222333"


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=30))


@pytest.fixture
def subsidy():
    return factories.SubsidyFactory(amount="1000.00", ends_on=TODAY + timedelta(days=300))


@pytest.fixture
def coordinator():
    return factories.coordinator()


def url(case, rest=""):
    return f"/jeugdigen/{case.code}/inzet/{rest}"


def answers(**changes):
    return {
        "kind": "vervoer",
        "description": "Treinkaart",
        "direct": "direct",
        "stage": "besteed",
        "spent_on": f"{TODAY.day}-{TODAY.month}-{TODAY.year}",
        "amount": "1.250,50",
        "has_receipt": "on",
        **changes,
    }


def rows(model=CostLine):
    with factories.as_owner():
        return list(model.objects.unscoped())


def body(response):
    return response.content.decode()


# Who may


def test_the_team_and_the_people_of_the_case_enter_and_leerplicht_as_such_does_not(client_of, case, subsidy):
    member, contact = factories.UserFactory(), factories.swv_contact()
    factories.CaseMemberFactory(case=case, user=member, role=CaseMember.Role.OWNER)

    for user in (factories.coordinator(), member):
        client = client_of(user)
        assert "Inzet toevoegen" in body(client.get(url(case)))
        assert client.post(url(case, "toevoegen/"), answers()).status_code == 302
        assert client.post(url(case, "uren/toevoegen/"), HOURS).status_code == 302
    client = client_of(contact)
    assert "Inzet toevoegen" not in body(client.get(url(case)))
    assert client.post(url(case, "toevoegen/"), answers()).status_code == 404
    for user in (factories.leerplicht(), factories.national(Role.PROJECT), factories.coordinator("PO2203")):
        client = client_of(user)
        for rest in ("", "toevoegen/", "uren/toevoegen/", f"{rows()[0].pk}/"):
            assert client.get(url(case, rest)).status_code == 404, rest
    assert (len(rows()), len(rows(HoursLine))) == (2, 2)


def test_the_section_is_in_the_sub_navigation_of_who_has_a_part_in_money(client_of, case):
    link = f'href="{url(case)}"'
    assert link in body(client_of(factories.coordinator()).get(f"/jeugdigen/{case.code}/"))
    assert link in body(client_of(factories.swv_contact()).get(f"/jeugdigen/{case.code}/reis/"))
    assert link not in body(client_of(factories.leerplicht()).get(f"/jeugdigen/{case.code}/"))


def test_looking_is_on_record(client_of, case, coordinator):
    client_of(coordinator).get(url(case))

    with factories.as_owner():
        (event,) = AuditEvent.objects.filter(event="inzet_read")
    assert (event.user_id, event.case_id) == (coordinator.pk, case.pk)


# Entering


def test_a_line_is_kept_to_the_cent_with_both_years_and_waits_for_somebody_else(client_of, case, subsidy, coordinator):
    day = date(TODAY.year - 1, 9, 1)
    client_of(coordinator).post(url(case, "toevoegen/"), answers(spent_on=f"1-9-{day.year}"))

    (line,) = rows()
    assert (line.amount, line.payer_id, line.subsidy_id) == (Decimal("1250.50"), case.swv_id, subsidy.pk)
    assert (line.school_year, line.calendar_year) == (f"{day.year}-{day.year + 1}", day.year)
    assert (line.state, line.entered_by, line.changed_by) == (("wacht", "Wacht op akkoord"), coordinator, coordinator)
    page = body(client_of(coordinator).get(url(case)))
    assert "€ 1.250,50" in page
    assert "Wacht op akkoord" in page
    assert line.school_year in page


@pytest.mark.parametrize(
    ("day", "school", "calendar"), [("2025-07-31", "2024-2025", 2025), ("2025-08-01", "2025-2026", 2025)]
)
def test_the_last_day_of_july_is_of_the_old_school_year(day, school, calendar):
    line = CostLine(spent_on=date.fromisoformat(day))

    assert (line.school_year, line.calendar_year) == (school, calendar)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("amount", "1.250", "Schrijf de centen erbij: 1.250,00"),
        ("amount", "0", "groter is dan nul"),
        ("amount", "-5", "Schrijf een bedrag in cijfers"),
        ("amount", "99.999.999,99", "Dit bedrag is te groot"),
        ("description", f"bon {BSN}", "burgerservicenummer"),
        ("reference", BSN, "burgerservicenummer"),
        ("spent_on", "1-1-2100", "ligt in de toekomst"),
        ("kind", "doorgegeven", "alleen met een overeenkomst"),
        ("stage", "", "Kies hoe ver het is"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client_of, case, subsidy, coordinator, field, value, error):
    response = client_of(coordinator).post(url(case, "toevoegen/"), answers(**{field: value}))

    at = "agreement" if value == "doorgegeven" else field
    assert response.status_code == 422
    assert any(error in text for text in response.context["form"].errors[at])
    assert rows() == []


def test_a_day_outside_the_subsidy_is_refused(client_of, case, coordinator):
    factories.SubsidyFactory(starts_on=date(2022, 12, 1), ends_on=date(2025, 7, 31))
    client = client_of(coordinator)

    late = client.post(url(case, "toevoegen/"), answers(spent_on="1-8-2025"))
    early = client.post(url(case, "toevoegen/"), answers(spent_on="30-11-2022"))

    for response in (late, early):
        assert response.context["form"].errors["spent_on"] == [
            "Deze dag valt buiten de subsidie: 1 december 2022 tot en met 31 juli 2025."
        ]
    assert client.post(url(case, "toevoegen/"), answers(spent_on="31-7-2025")).status_code == 302


def test_something_else_says_what_it_is(client_of, case, subsidy, coordinator):
    response = client_of(coordinator).post(url(case, "toevoegen/"), answers(kind="anders", description=""))

    assert response.context["form"].errors == {"description": ["Schrijf op wat het is."]}


def test_without_a_subsidy_the_page_says_who_fills_it_in(client_of, case, coordinator):
    response = client_of(coordinator).get(url(case, "toevoegen/"), follow=True)

    assert response.redirect_chain[-1][0] == url(case)
    assert "Het SWV-contact vult die in" in body(response)


def test_swvs_that_pool_choose_who_pays_and_only_among_their_own(client_of, case, subsidy):
    user = factories.coordinator()
    factories.MembershipFactory(user=user, role=Role.COORDINATOR, swv=factories.swv("VO2001"))
    other = factories.SubsidyFactory(swv=factories.swv("VO2001"), ends_on=TODAY)
    elsewhere = factories.SubsidyFactory(swv=factories.swv("PO2203"), ends_on=TODAY)
    client = client_of(user)

    assert client.post(url(case, "toevoegen/"), answers(subsidy=elsewhere.pk)).status_code == 422
    assert client.post(url(case, "toevoegen/"), answers(subsidy=other.pk)).status_code == 302

    (line,) = rows()
    assert (line.swv_id, line.payer_id) == (case.swv_id, other.swv_id)
    assert f"betaald door {other.swv.short}" in body(client.get(url(case)))


def test_who_could_not_choose_this_payer_leaves_the_line_as_it_is(client_of, case, subsidy):
    """Saving would have it paid by the SWV of the jeugdige, without anybody saying so."""
    member = factories.UserFactory()
    factories.CaseMemberFactory(case=case, user=member)
    other = factories.SubsidyFactory(swv=factories.swv("VO2001"), ends_on=TODAY)
    theirs = factories.CostLineFactory(case=case, subsidy=other)
    own = factories.CostLineFactory(case=case, subsidy=subsidy)
    client = client_of(member)

    page = body(client.get(url(case)))
    assert url(case, f"{own.pk}/") in page
    assert url(case, f"{theirs.pk}/") not in page
    assert client.post(url(case, f"{theirs.pk}/"), answers(version=1)).status_code == 404
    assert {line.payer_id for line in rows()} == {case.swv_id, other.swv_id}


def test_an_agreement_goes_with_money_that_is_passed_on(client_of, case, subsidy, coordinator):
    agreement = factories.AgreementFactory(subsidy=subsidy)

    sent = answers(kind="doorgegeven", agreement=agreement.pk)
    assert client_of(coordinator).post(url(case, "toevoegen/"), sent).status_code == 302
    assert rows()[0].agreement == agreement


# Changing


def approved(case, subsidy, **fields):
    return factories.CostLineFactory(case=case, subsidy=subsidy, decision="akkoord", **fields)


def test_a_change_withdraws_the_approval_and_the_page_says_so_before(client_of, case, subsidy, coordinator):
    line = approved(case, subsidy)
    client = client_of(coordinator)

    assert "vraagt de regel opnieuw om akkoord" in body(client.get(url(case, f"{line.pk}/")))
    client.post(url(case, f"{line.pk}/"), answers(version=1))

    (line,) = rows()
    assert (line.decision, line.decided_by, line.changed_by, line.version) == ("", None, coordinator, 2)


def test_what_it_brought_the_youth_may_be_added_afterwards(client_of, case, subsidy, coordinator):
    line = approved(case, subsidy, kind="vervoer", description="Treinkaart", amount="1250.50", has_receipt=True)

    client_of(coordinator).post(url(case, f"{line.pk}/"), answers(version=1, effect="Reist nu zelf"))

    (line,) = rows()
    assert (line.decision, line.effect) == ("akkoord", "Reist nu zelf")


def test_of_two_changes_the_second_sees_both_and_nothing_is_lost(client_of, case, subsidy, coordinator):
    line = factories.CostLineFactory(case=case, subsidy=subsidy)
    client = client_of(coordinator)
    client.post(url(case, f"{line.pk}/"), answers(version=1, amount="20"))

    response = client.post(url(case, f"{line.pk}/"), answers(version=1, amount="30"))

    assert response.status_code == 409
    assert "20,00" in body(response) or "20.00" in body(response)
    assert rows()[0].amount == 20
    assert client.post(url(case, f"{line.pk}/"), answers(version=2, amount="30")).status_code == 302
    assert rows()[0].amount == 30


def test_who_changes_a_line_that_was_just_approved_is_told(client_of, case, subsidy, coordinator):
    line = approved(case, subsidy, version=2)

    response = client_of(coordinator).post(url(case, f"{line.pk}/"), answers(version=1))

    assert response.status_code == 409
    assert rows()[0].decision == "akkoord"


def test_a_line_of_another_case_is_not_found(client_of, case, subsidy, coordinator):
    other = factories.CaseFactory(shared_until=TODAY + timedelta(days=30))
    line = factories.CostLineFactory(case=other, subsidy=subsidy)

    assert client_of(coordinator).get(url(case, f"{line.pk}/")).status_code == 404
    assert client_of(coordinator).get(url(other, f"{line.pk}/")).status_code == 200


# The page


def test_totals_are_of_all_lines_and_of_the_whole_subsidy(client_of, case, subsidy, coordinator):
    elsewhere = factories.CaseFactory()  # not shared: counted, and nowhere to be seen
    approved(elsewhere, subsidy, amount="700.00", description="van een ander")
    approved(case, subsidy, amount="100.10", stage="verplicht")
    factories.CostLineFactory(case=case, subsidy=subsidy, amount="0.20")

    page = body(client_of(coordinator).get(url(case)))

    assert "van een ander" not in page
    for text in ("€ 100,10", "€ 0,20", "€ 700,00", "€ 199,90 (80% gebruikt)", "80% van de subsidie is gebruikt"):
        assert text in page, text


def test_the_eigenaar_sees_the_case_and_not_what_the_swv_has_left(client_of, case, subsidy):
    member = factories.UserFactory()
    factories.CaseMemberFactory(case=case, user=member)
    factories.CostLineFactory(case=case, subsidy=subsidy)

    page = body(client_of(member).get(url(case)))

    assert "€ 100,00" in page
    assert "Verleend" not in page
    assert "1.000,00" not in page


def test_a_name_that_was_written_anyway_is_not_shown(client_of, case, subsidy):
    factories.IdentityFactory(case=case)
    factories.CostLineFactory(case=case, subsidy=subsidy, description="Laptop voor Pippeloentje", decision="niet",
                             decision_reason="Pippeloentje heeft er al een")  # fmt: skip

    page = body(client_of(factories.swv_contact()).get(url(case)))

    assert "Laptop voor de jongere" in page
    assert "Pippeloentje" not in page


HOURS = {
    "activity": "gesprekken",
    "role": "swv",
    "done_on": f"{TODAY.day}-{TODAY.month}-{TODAY.year}",
    "hours": "1,5",
    "persons": "3",
    "task": "extra",
}


def test_hours_are_per_person_times_persons(client_of, case, coordinator):
    client = client_of(coordinator)
    client.post(url(case, "uren/toevoegen/"), HOURS)

    (line,) = rows(HoursLine)
    assert (line.total, line.is_extra) == (Decimal("4.50"), True)
    assert "4,5" in body(client.get(url(case)))
    client.post(url(case, f"uren/{line.pk}/"), HOURS | {"hours": "2", "version": 1, "task": "regulier"})
    assert (rows(HoursLine)[0].total, rows(HoursLine)[0].is_extra) == (6, False)
