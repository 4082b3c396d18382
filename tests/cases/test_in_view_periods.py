"""In beeld, the periods: added, corrected and ended by leerplicht, without overlap, and with the case following."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models import F

from access.context import acting_as
from cases.actions import legal_status as actions
from cases.models import ExemptionTerms, LegalStatus
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
NOW = "2025-11-20 10:00"
TODAY = date(2025, 11, 20)
EXEMPT = {
    "kind": "5a",
    "duration": "tijdelijk",
    "ground": "psychisch",
    "starts_on": "1-8-2025",
    "ends_on": "",
    "notified_on": "20-6-2025",
    "statement_on": "20-5-2025",
    "statement_by": "arts",
    "independence": "bevestigd",
    "has_swv_advice": "on",
}
ABSENT = {"kind": "av", "starts_on": "1-9-2025"}


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case():
    return factories.CaseFactory()


@pytest.fixture
def leerplicht(client_of):
    return client_of(factories.leerplicht())


def url(case, page=""):
    return f"/jeugdigen/{case.code}/in-beeld/{page}"


def stored(case):
    with as_owner():
        return list(LegalStatus.objects.unscoped().filter(case=case).order_by("starts_on"))


def fresh(case):
    with as_owner():
        return type(case).objects.unscoped().get(pk=case.pk)


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def add(client, case, **answers):
    return client.post(url(case, "periode/"), EXEMPT | answers)


def test_an_exemption_is_stated_with_who_and_when(leerplicht, case):
    response = add(leerplicht, case)

    assert response.status_code == 302
    (status,) = stored(case)
    assert (status.starts_on, status.ends_on, status.review_on) == (date(2025, 8, 1), date(2026, 7, 31), None)
    assert (status.has_swv_advice, status.has_plan, status.independence) == (True, False, "bevestigd")
    assert status.stated_by_id == int(leerplicht.session["_auth_user_id"])
    assert status.stated_at.date() == TODAY


def test_the_case_follows_what_holds_today_and_not_what_is_over(leerplicht, case):
    add(leerplicht, case, starts_on="1-8-2024", ends_on="31-7-2025", notified_on="", statement_on="", statement_by="")
    assert fresh(case).situation == "av"

    add(leerplicht, case, duration="blijvend")

    assert (fresh(case).situation, fresh(case).exemption_kind, fresh(case).version) == ("5a", "blijvend", 2)


def test_absence_takes_no_dates_of_an_exemption_along(leerplicht, case):
    add(leerplicht, case, **ABSENT, has_plan="on")

    (status,) = stored(case)
    assert (status.kind, status.duration, status.ground, status.notified_on, status.statement_by) == (
        "av",
        "",
        "",
        None,
        "",
    )
    assert (status.has_swv_advice, status.has_plan, status.ends_on) == (False, False, None)


def test_a_permanent_exemption_gets_a_review_within_a_year(leerplicht, case):
    add(leerplicht, case, duration="blijvend", starts_on="1-8-2023", notified_on="", statement_on="", statement_by="")

    (status,) = stored(case)
    assert (status.ends_on, status.review_on) == (None, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"independence": "behandelaar"}, "independence", "eigen behandelaar telt hier niet"),
        ({"statement_on": "19-3-2025"}, "statement_on", "ouder dan 3 maanden"),
        ({"ends_on": "1-8-2026"}, "ends_on", "uiterlijk 31-7-2026"),
        ({"ends_on": "31-7-2025"}, "ends_on", "ligt voor de eerste dag"),
        ({"duration": ""}, "duration", "tijdelijk of blijvend"),
        ({"duration": "blijvend", "ends_on": "31-7-2026"}, "ends_on", "geen laatste dag"),
        ({"duration": "blijvend", "review_on": "1-12-2026"}, "review_on", "tot en met 20-11-2026"),
        ({"statement_by": ""}, "statement_by", "Kies wie"),
        ({"statement_on": ""}, "statement_on", "Vul de datum"),
        ({"kind": ""}, "kind", "Kies wat is vastgesteld."),
        ({"starts_on": ""}, "starts_on", "Vul de eerste dag in."),
        ({"starts_on": "1-2-2014"}, "starts_on", "ligt voor de geboorte"),
        ({"notified_on": "21-11-2025"}, "notified_on", "ligt in de toekomst"),
    ],
)
def test_a_check_answers_at_its_field_and_nothing_is_kept(leerplicht, case, answers, field, words):
    response = add(leerplicht, case, **answers)

    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert words in errors(response)[field][0]
    assert stored(case) == []


def test_a_late_notice_is_a_warning_on_the_page_and_no_error(leerplicht, case):
    assert add(leerplicht, case, notified_on="1-7-2025").status_code == 302

    page = leerplicht.get(url(case)).content.decode()
    assert "De kennisgeving kwam niet vóór 1-7-2025." in page
    assert "Er is nog geen plan." in page


def test_terms_are_those_of_the_day_of_the_notice(leerplicht, case):
    with as_owner(), transaction.atomic():
        ExemptionTerms.objects.create(
            starts_on=date(2025, 1, 1), statement_months=1, notify_month=6, notify_day=1, warn_month=4, warn_day=1,
            review_months=6, ending_days=28,
        )  # fmt: skip

    response = add(leerplicht, case, notified_on="21-6-2025")
    assert "ouder dan 1 maand op" in errors(response)["statement_on"][0]
    earlier = {"starts_on": "1-8-2024", "notified_on": "20-6-2024", "statement_on": "25-3-2024"}
    assert add(leerplicht, case, **earlier).status_code == 302


# No two periods share a day


@pytest.mark.parametrize(
    ("answers", "may"),
    [
        (ABSENT, False),
        ({"starts_on": "31-7-2026", "notified_on": "", "statement_on": "", "statement_by": ""}, False),
        ({"starts_on": "1-8-2026", "notified_on": "", "statement_on": "", "statement_by": ""}, True),
        (ABSENT | {"starts_on": "1-1-2025", "ends_on": "1-8-2025"}, False),
        (ABSENT | {"starts_on": "1-1-2025", "ends_on": "31-7-2025"}, True),
        (ABSENT | {"starts_on": "1-1-2025"}, False),
    ],
)
def test_periods_of_one_jeugdige_share_no_day(leerplicht, case, answers, may):
    add(leerplicht, case)

    response = add(leerplicht, case, **answers)

    assert response.status_code == (302 if may else 422)
    if not may:
        assert "overlapt" in errors(response)["starts_on"][0]
    assert len(stored(case)) == (2 if may else 1)


def test_another_jeugdige_has_periods_of_its_own(leerplicht, case):
    add(leerplicht, case)
    assert add(leerplicht, factories.CaseFactory()).status_code == 302


def test_the_database_refuses_an_overlap_that_the_form_did_not_see(case):
    first = factories.LegalStatusFactory(case=case, starts_on=date(2025, 8, 1), ends_on=date(2026, 7, 31))

    with pytest.raises(IntegrityError, match="legal_status_no_overlap"), transaction.atomic():
        factories.LegalStatusFactory(case=case, starts_on=date(2026, 7, 31), ends_on=None, kind="av", duration="")
    factories.LegalStatusFactory(case=case, starts_on=date(2026, 8, 1), ends_on=None, kind="av", duration="")
    assert stored(case)[0] == first


def test_two_who_add_at_once_get_the_error_at_the_field(leerplicht, case, monkeypatch):
    """The form looked before the colleague saved; the page is drawn all the same, with the database as the last word."""
    add(leerplicht, case)
    monkeypatch.setattr(type(LegalStatus.objects.unscoped()), "overlapping", lambda self, *days: self.none())

    response = add(leerplicht, case, **ABSENT)

    assert response.status_code == 422
    assert "overlapt" in errors(response)["starts_on"][0]
    assert len(stored(case)) == 1


# Correcting and ending


def change(client, status, page="", **answers):
    return client.post(url(status.case, f"periode/{status.pk}/{page}"), answers)


def test_a_correction_carries_the_name_of_who_made_it(leerplicht, case):
    status = factories.LegalStatusFactory(case=case)

    response = change(leerplicht, status, **EXEMPT | {"has_plan": "on", "version": status.version})

    assert response.status_code == 302
    (now,) = stored(case)
    assert (now.has_plan, now.version, now.stated_by_id) == (True, 2, int(leerplicht.session["_auth_user_id"]))
    assert now.stated_by_id != status.stated_by_id


@pytest.mark.parametrize(("page", "answers"), [("", EXEMPT), ("einde/", {"ends_on": "1-11-2025"})])
def test_who_comes_second_sees_both_and_loses_nothing(leerplicht, case, page, answers):
    status = factories.LegalStatusFactory(case=case)
    with as_owner():
        LegalStatus.objects.unscoped().filter(pk=status.pk).update(ends_on="2026-06-01", version=F("version") + 1)

    response = change(leerplicht, status, page, **answers | {"version": status.version})

    assert response.status_code == 409
    assert stored(case)[0].ends_on == date(2026, 6, 1)
    assert response.context["conflict"]["fields"]
    again = change(leerplicht, status, page, **answers | {"version": response.context["form"]["version"].value()})
    assert again.status_code == 302


def test_ending_keeps_the_rest(leerplicht, case):
    status = factories.LegalStatusFactory(case=case, duration="blijvend", ends_on=None, review_on=date(2026, 8, 1))

    assert change(leerplicht, status, "einde/", ends_on="30-11-2025", version=1).status_code == 302

    (now,) = stored(case)
    assert (now.duration, now.ends_on, now.review_on, now.has_plan) == (
        "blijvend",
        date(2025, 11, 30),
        date(2026, 8, 1),
        status.has_plan,
    )


@pytest.mark.parametrize("day", ["31-7-2025", "1-8-2026", ""])
def test_an_end_lies_within_the_period(leerplicht, case, day):
    status = factories.LegalStatusFactory(case=case)

    response = change(leerplicht, status, "einde/", ends_on=day, version=1)

    assert response.status_code == 422
    assert list(errors(response)) == ["ends_on"]
    assert stored(case)[0].ends_on == date(2026, 7, 31)


def test_a_correction_may_not_reach_into_another_period(leerplicht, case):
    status = factories.LegalStatusFactory(case=case)
    factories.LegalStatusFactory(
        case=case, kind="av", duration="", starts_on=date(2025, 3, 1), ends_on=date(2025, 7, 31)
    )

    response = change(leerplicht, status, **EXEMPT | {"starts_on": "31-7-2025", "notified_on": "", "version": 1})

    assert response.status_code == 422
    assert "overlapt" in errors(response)["starts_on"][0]


def test_the_action_itself_refuses_somebody_without_the_case(case):
    stranger = factories.leerplicht("Emmen")

    with acting_as(stranger), pytest.raises(type(case).DoesNotExist):
        actions.state_status(case=case, values={}, by=stranger, today=TODAY)


# Who reads it


def test_the_team_reads_the_situation_and_not_the_page(client_of, leerplicht):
    case = factories.CaseFactory(shared_until=date(2090, 1, 1))
    add(leerplicht, case)
    assert ">In beeld</a>" in leerplicht.get(f"/jeugdigen/{case.code}/").content.decode()

    client = client_of(factories.coordinator())
    page = client.get(f"/jeugdigen/{case.code}/").content.decode()

    assert "Vrijstelling 5 onder a" in page
    assert "in-beeld" not in page
    assert client.get(url(case)).status_code == 404


def test_a_period_of_another_jeugdige_is_not_changed_by_way_of_ones_own(leerplicht, case):
    other = factories.LegalStatusFactory(case=factories.CaseFactory())

    for page in ("", "einde/"):
        assert leerplicht.get(url(case, f"periode/{other.pk}/{page}")).status_code == 404
