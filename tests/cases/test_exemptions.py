"""Vrijstelling in verbinding: what asks for something and when; nevengroepen; and the reason of choice."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from access.context import acting_as
from cases.actions.inclusion import include_case, verdict
from cases.models import Case, ExemptionTerms, Inclusion, LegalStatus
from cases.models.legal_status import ASKS, count_asking
from cases.rules.eligibility import Eligibility
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
PAGE = "/jeugdigen/vrijstellingen/"
YEAR = {"starts_on": date(2025, 8, 1), "ends_on": date(2026, 7, 31), "has_plan": True}
PERMANENT = {"duration": "blijvend", "starts_on": date(2023, 8, 1), "ends_on": None, "has_plan": True}


@pytest.fixture
def official():
    return factories.leerplicht()


def exemption(case=None, **fields):
    return factories.LegalStatusFactory(case=case or factories.CaseFactory(), **YEAR | fields)


def asks_of(official, status, today):
    with acting_as(official):
        found = LegalStatus.objects.visible_to(official).asking(today, ExemptionTerms.on(today)).filter(pk=status.pk)
        asks = {name for row in found for name in ASKS if getattr(row, name)}
        counts = count_asking(official, today, ExemptionTerms.on(today))
    assert counts == {"total": 1 if asks else 0} | {name: 1 if name in asks else 0 for name in ASKS}
    return asks


@pytest.mark.parametrize(
    ("today", "asks"),
    [
        (date(2026, 4, 30), set()),
        (date(2026, 5, 1), {"needs_notice"}),
        (date(2026, 6, 4), {"needs_notice"}),
        (date(2026, 6, 5), {"needs_notice", "ends_soon"}),
        (date(2026, 7, 31), {"needs_notice", "ends_soon"}),
        (date(2026, 8, 1), set()),
        (date(2025, 7, 31), set()),
    ],
)
def test_a_temporary_exemption_asks_in_its_last_months(official, today, asks):
    assert asks_of(official, exemption(), today) == asks


@pytest.mark.parametrize(
    ("today", "asks"),
    [(date(2026, 4, 5), set()), (date(2026, 4, 6), {"needs_review"}), (date(2027, 1, 1), {"needs_review"})],
)
def test_a_permanent_exemption_asks_for_a_new_look(official, today, asks):
    assert asks_of(official, exemption(**PERMANENT, review_on=date(2026, 6, 1)), today) == asks


def test_without_a_plan_it_asks_all_year(official):
    assert asks_of(official, exemption(has_plan=False), date(2025, 11, 1)) == {"lacks_plan"}


def test_what_is_followed_already_or_closed_asks_nothing(official):
    today = date(2026, 6, 20)
    followed = exemption()
    exemption(case=followed.case, starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))
    closed = exemption(case=factories.CaseFactory(closed_on=date(2026, 6, 1)))
    absent = factories.LegalStatusFactory(
        case=factories.CaseFactory(), kind="av", duration="", **YEAR | {"has_plan": False}
    )

    assert [asks_of(official, status, today) for status in (followed, closed, absent)] == [set(), set(), set()]
    assert asks_of(official, exemption(), today) == {"needs_notice", "ends_soon"}


@pytest.fixture
def _june():
    with time_machine.travel("2026-06-20 10:00", tick=False):
        yield


def codes(response):
    return [line["status"].case.code for line in response.context["lines"]]


@pytest.mark.usefixtures("_june")
def test_the_list_shows_the_own_area_soonest_first_and_filters(client_of):
    last = exemption(**PERMANENT, review_on=date(2026, 8, 2))
    first = exemption(ends_on=date(2026, 7, 1))
    plan = exemption(**PERMANENT | {"has_plan": False}, review_on=date(2027, 6, 1))
    elsewhere = factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"))
    exemption(case=elsewhere)
    client = client_of(factories.leerplicht())

    assert codes(client.get(PAGE)) == [row.case.code for row in (first, last, plan)]
    found = {
        kind: codes(client.get(f"{PAGE}?soort={kind}")) for kind in ("einde", "kennisgeving", "herziening", "plan")
    }
    assert found == {
        "einde": [first.case.code],
        "kennisgeving": [first.case.code],
        "herziening": [last.case.code],
        "plan": [plan.case.code],
    }
    assert len(codes(client.get(f"{PAGE}?soort=onzin"))) == 3
    page = client.get(PAGE).content.decode()
    assert "vóór 1-7-2026" in page
    assert elsewhere.code not in page


@pytest.mark.parametrize("somebody", [factories.coordinator, factories.swv_contact])
def test_the_list_is_for_leerplicht(client_of, somebody):
    exemption(case=factories.CaseFactory(shared_until=date(2090, 1, 1)))
    assert client_of(somebody()).get(PAGE).status_code == 404


# Vandaag


def rows_of(client):
    return [(row.title, row.note) for row in client.get("/").context["today"].rows]


@pytest.mark.usefixtures("_june")
def test_vandaag_has_one_row_for_all_exemptions_before_the_casework(client_of):
    exemption(has_plan=False)
    exemption(**PERMANENT, review_on=date(2026, 7, 1))
    elsewhere = factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"))
    exemption(case=elsewhere)

    rows = rows_of(client_of(factories.leerplicht()))

    assert rows[0] == (
        "2 vrijstellingen vragen aandacht",
        "1 loopt binnenkort af, 1 kennisgeving te vragen, 1 keer opnieuw kijken, 1 zonder plan.",
    )
    assert len(rows) > 1


def test_a_plan_that_is_not_there_yet_comes_after_the_casework(client_of):
    with time_machine.travel("2025-11-20 10:00", tick=False):
        exemption(has_plan=False)
        rows = rows_of(client_of(factories.leerplicht()))

    assert len(rows) > 1
    assert rows[-1] == ("1 vrijstelling vraagt aandacht", "1 zonder plan.")


@pytest.mark.usefixtures("_june")
def test_vandaag_of_the_team_says_nothing_of_exemptions(client_of):
    exemption(case=factories.CaseFactory(shared_until=date(2090, 1, 1)))

    rows = rows_of(client_of(factories.coordinator()))

    assert rows
    assert not any("vrijstelling" in title for title, _ in rows)


# Nevengroepen


@pytest.mark.parametrize("group", Case.SideGroup.values)
def test_a_nevengroep_never_counts_for_the_subsidy(group):
    case = factories.CaseFactory(situation="anders", side_group=group, birth_year=2014)
    subsidy, by = factories.SubsidyFactory(), factories.coordinator()

    with as_owner():
        inclusion = include_case(case=case, subsidy=subsidy, included_on=timezone.localdate(), by=by)

    assert verdict(case, timezone.localdate()) is Eligibility.NEVENGROEP
    assert not inclusion.is_eligible


def test_nevengroepen_are_counted_apart_and_in_the_own_area(client_of, official):
    for group in ("wlz", "wlz", "vier"):
        factories.CaseFactory(situation="anders", side_group=group)
    factories.CaseFactory(situation="anders")
    factories.CaseFactory(situation="anders", side_group="wlz", closed_on=timezone.localdate())
    factories.CaseFactory(
        situation="anders", side_group="somatisch", gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203")
    )

    response = client_of(official).get(PAGE)

    assert response.context["side_groups"] == [
        ("4 jaar, nog niet ingeschreven", 1),
        ("Zorg uit de Wet langdurige zorg (Wlz)", 2),
    ]


def test_a_nevengroep_is_chosen_and_a_second_answer_is_shown_both(client_of, official):
    case = factories.CaseFactory(situation="anders")
    client, url = client_of(official), f"/jeugdigen/{case.code}/in-beeld/groep/"

    assert client.post(url, {"side_group": "wlz", "version": 1}).status_code == 302
    assert client.post(url, {"side_group": "vier", "version": 1}).status_code == 409
    with as_owner():
        assert Case.objects.unscoped().get(pk=case.pk).side_group == "wlz"
    assert "Wlz" in client.get(f"/jeugdigen/{case.code}/in-beeld/").content.decode()


def test_a_group_of_the_regeling_has_no_nevengroep(client_of, official):
    case = factories.CaseFactory(situation="av")

    assert client_of(official).post(f"/jeugdigen/{case.code}/in-beeld/groep/", {"side_group": "wlz"}).status_code == 302
    with as_owner():
        assert Case.objects.unscoped().get(pk=case.pk).side_group == ""


def test_who_gets_an_exemption_leaves_the_nevengroep(client_of, official):
    case, today = factories.CaseFactory(situation="anders", side_group="somatisch"), timezone.localdate()
    answers = {"kind": "5a", "duration": "tijdelijk", "starts_on": f"{today:%d-%m-%Y}"}

    assert client_of(official).post(f"/jeugdigen/{case.code}/in-beeld/periode/", answers).status_code == 302

    with as_owner():
        case = Case.objects.unscoped().get(pk=case.pk)
    assert (case.situation, case.side_group) == ("5a", "")


# The reason of choice


def test_who_counts_a_jeugdige_says_why(client_of):
    factories.SubsidyFactory()
    case = factories.CaseFactory(shared_until=date(2090, 1, 1))
    client, url = client_of(factories.coordinator()), f"/jeugdigen/{case.code}/meetellen/"
    answers = {"included_on": f"{timezone.localdate():%d-%m-%Y}"}

    response = client.post(url, answers)
    assert list(response.context["form"].errors) == ["reason"]
    assert "De subsidie vraagt er minstens 5." in response.content.decode()

    assert client.post(url, answers | {"reason": "De ouders denken graag mee."}).status_code == 302
    with as_owner():
        assert Inclusion.objects.unscoped().get(case=case).reason == "De ouders denken graag mee."
    assert "De ouders denken graag mee." in client.get(url).content.decode()
