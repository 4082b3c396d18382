"""Inzet of a samenwerkingsverband: the list, akkoord by another person, the file, Vandaag and the accounts."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from access.context import acting_as
from access.models import AuditEvent
from cases.models import Agreement, CostLine, HoursLine
from regions.models import Role
from reporting.csv_file import STARTS_A_FORMULA, csv_bytes, safe_cell
from reporting.inzet import HEADER
from reporting.today import read_today
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
HERE = "/verantwoording/PO2001/inzet/"


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=30))


@pytest.fixture
def subsidy():
    return factories.SubsidyFactory(amount="1000.00", ends_on=TODAY + timedelta(days=300), reference="WIO-22-1")


@pytest.fixture
def contact():
    return factories.swv_contact()


@pytest.fixture
def visitor(client_of, contact):
    return client_of(contact)


def cost(subsidy, **fields):
    return factories.CostLineFactory(subsidy=subsidy, **fields)


def body(response):
    return response.content.decode()


def listed(response):
    return [row["line"].pk for row in response.context["rows"]]


def decide(visitor, line, answer="akkoord", version=1, **more):
    return visitor.post(f"{HERE}{line.pk}/akkoord/", {"answer": answer, "version": version, **more})


def decision_of(line):
    with factories.as_owner():
        line.refresh_from_db()
    return line.decision


# The list


def test_what_waits_comes_first_and_then_the_newest(visitor, case, subsidy):
    day = TODAY - timedelta(days=10)
    agreed = cost(subsidy, case=case, decision="akkoord")
    old = cost(subsidy, case=case, spent_on=day)
    planned = cost(subsidy, stage="begroot", spent_on=day)
    new = cost(subsidy)
    cost(factories.SubsidyFactory(swv=factories.swv("PO2203")))

    response = visitor.get(HERE)

    assert listed(response) == [new.pk, old.pk, agreed.pk, planned.pk]
    assert case.code in body(response)
    assert "casusoverstijgend" in body(response)


def test_filters_stand_in_the_query_string_and_the_sum_is_of_all_that_fits(visitor, case, subsidy):
    july, august = date(2024, 7, 31), date(2024, 8, 1)
    lines = {
        "july": cost(subsidy, spent_on=july, case=case, amount="0.10"),
        "august": cost(subsidy, spent_on=august, is_direct=False, amount="0.20"),
        "agreed": cost(subsidy, spent_on=date(2025, 1, 1), decision="akkoord", stage="verplicht", amount="0.30"),
        "refused": cost(subsidy, spent_on=date(2025, 1, 1), decision="niet", decision_reason="dubbel", amount="0.40"),
    }

    def found(query):
        response = visitor.get(f"{HERE}?{query}")
        names = {line.pk: name for name, line in lines.items()}
        return {names[pk] for pk in listed(response)}, response.context["total"]

    assert found("schooljaar=2023-2024") == ({"july"}, Decimal("0.10"))
    assert found("schooljaar=2024-2025") == ({"august", "agreed", "refused"}, Decimal("0.90"))
    assert found("kalenderjaar=2024") == ({"july", "august"}, Decimal("0.30"))
    assert found("akkoord=wacht") == ({"july", "august"}, Decimal("0.30"))
    assert found("akkoord=niet") == ({"refused"}, Decimal("0.40"))
    assert found("soort=indirect") == ({"august"}, Decimal("0.20"))
    assert found("stand=verplicht") == ({"agreed"}, Decimal("0.30"))
    assert found(f"jeugdige={case.code}") == ({"july"}, Decimal("0.10"))
    assert found("jeugdige=casusoverstijgend&akkoord=wacht") == ({"august"}, Decimal("0.20"))
    assert visitor.get(f"{HERE}?akkoord=misschien").status_code == 422
    assert visitor.get(f"{HERE}?jeugdige=Pip").status_code == 422


def test_the_sum_is_of_all_pages_together(visitor, subsidy):
    for _ in range(27):
        cost(subsidy, amount="0.01")

    response = visitor.get(f"{HERE}?page=2")

    assert (len(listed(response)), response.context["total"]) == (2, Decimal("0.27"))
    assert "27 regels, samen € 0,27" in body(response)


def test_who_is_no_longer_shared_is_counted_and_not_shown(visitor, subsidy):
    hidden = factories.CaseFactory()
    cost(subsidy, case=hidden, decision="akkoord", amount="800.00", description="geheime bus")

    page = body(visitor.get(HERE))

    assert hidden.code not in page
    assert "geheime bus" not in page
    for text in ("€ 200,00 (80% gebruikt)", "80% van de subsidie is gebruikt", "telt wel mee: € 800,00"):
        assert text in page, text


def test_swvs_that_pool_add_up_to_the_cent(client_of, subsidy):
    user = factories.swv_contact()
    factories.MembershipFactory(user=user, role=Role.SWV_CONTACT, swv=factories.swv("VO2001"))
    other = factories.SubsidyFactory(swv=factories.swv("VO2001"), amount="500.50")
    case = factories.CaseFactory(shared_until=TODAY)
    cost(subsidy, case=case, decision="akkoord", amount="0.10")
    paid_by_other = cost(other, case=case, decision="akkoord", amount="0.20")
    elsewhere = factories.SubsidyFactory(swv=factories.swv("PO2203"), amount="9.00")
    cost(elsewhere, decision="akkoord", amount="5.00")

    response = client_of(user).get(HERE)
    pooled = response.context["pool"]

    assert [(row["swv"].key, row["budget"].spent) for row in pooled["rows"]] == [
        ("PO2001", Decimal("0.10")),
        ("VO2001", Decimal("0.20")),
    ]
    assert (pooled["total"].granted, pooled["total"].spent) == (Decimal("1500.50"), Decimal("0.30"))
    assert paid_by_other.pk not in listed(response)
    assert listed(client_of(user).get("/verantwoording/VO2001/inzet/")) == [paid_by_other.pk]


def test_project_staff_see_nothing_of_it_though_they_make_accounts(client_of, case, subsidy):
    line = cost(subsidy, case=case)
    visitor = client_of(factories.national(Role.PROJECT))

    assert visitor.get("/verantwoording/PO2001/").status_code == 200
    for rest in ("", "bestand/", "uren/", "toevoegen/", f"{line.pk}/akkoord/", "overeenkomst/"):
        assert visitor.get(HERE + rest).status_code == 404, rest


# Akkoord


def test_another_person_agrees(visitor, contact, case, subsidy):
    line = cost(subsidy, case=case)

    assert visitor.get(f"{HERE}{line.pk}/akkoord/").status_code == 200
    assert decide(visitor, line).url == HERE

    assert decision_of(line) == "akkoord"
    assert (line.decided_by, line.version) == (contact, 2)
    assert f"{contact.short_name}, " in body(visitor.get(HERE))


def test_not_akkoord_says_why_and_whoever_entered_reads_it(client_of, case, subsidy):
    coordinator = factories.coordinator()
    line = cost(subsidy, case=case, entered_by=coordinator)
    visitor = client_of(factories.swv_contact())

    without = decide(visitor, line, "niet")
    assert without.status_code == 422
    assert "reason" in without.context["form"].errors
    assert decide(visitor, line, "niet", reason="De bon is onleesbaar.").status_code == 302

    assert decision_of(line) == "niet"
    assert "De bon is onleesbaar." in body(client_of(coordinator).get(f"/jeugdigen/{case.code}/inzet/"))


def test_nobody_agrees_to_what_he_entered_or_changed(client_of, subsidy):
    both = factories.swv_contact()
    factories.MembershipFactory(user=both, role=Role.COORDINATOR, swv=factories.swv())
    entered, changed = cost(subsidy, entered_by=both), cost(subsidy, changed_by=both)
    visitor = client_of(both)

    for line in (entered, changed):
        assert f"{line.pk}/akkoord/" not in body(visitor.get(HERE))
        assert decide(visitor, line).status_code == 404
        assert decision_of(line) == ""


def test_who_decides_on_a_line_that_was_just_changed_sees_what_stands_there_now(visitor, subsidy):
    line = cost(subsidy, amount="123.45", version=2)

    response = decide(visitor, line, version=1)

    assert response.status_code == 409
    assert "net aangepast" in body(response)
    assert "€ 123,45" in body(response)
    assert decision_of(line) == ""
    assert response.context["form"]["version"].value() == 2
    assert decide(visitor, line, version=2).status_code == 302


def test_beyond_a_hundred_percent_only_an_own_contribution_is_agreed_to(visitor, subsidy):
    cost(subsidy, amount="999.00", decision="akkoord")
    more, own = cost(subsidy, amount="1.01"), cost(subsidy, amount="50.00", is_own_contribution=True)

    response = decide(visitor, more)

    assert response.status_code == 422
    assert "Er is nog € 1,00." in body(response)
    assert decision_of(more) == ""
    assert decide(visitor, own).status_code == 302
    assert decision_of(own) == "akkoord"


def test_without_the_amount_of_the_beschikking_nothing_is_charged_to_it(visitor):
    line = cost(factories.SubsidyFactory(amount=None))

    response = decide(visitor, line)

    assert response.status_code == 422
    assert "eerst het bedrag van de beschikking" in body(response)


def test_a_decision_may_be_put_right(visitor, subsidy):
    line = cost(subsidy, decision="akkoord")

    assert decide(visitor, line, "niet", reason="Toch dubbel.").status_code == 302
    assert decision_of(line) == "niet"


# What is not about one jeugdige


def test_the_coordinator_enters_for_the_swv_and_the_contact_makes_the_agreement(client_of, subsidy):
    contact, coordinator = factories.swv_contact(), factories.coordinator()
    signed = {"party": "Gemeente Verzonnen", "signed_on": "1-9-2022", "amount": "5.000,00", "purpose": "Begeleiding"}
    assert client_of(contact).post(f"{HERE}overeenkomst/", signed).status_code == 302
    with factories.as_owner():
        agreement = Agreement.objects.unscoped().get()
    day = f"{TODAY.day}-{TODAY.month}-{TODAY.year}"
    answers = {"kind": "doorgegeven", "direct": "indirect", "stage": "verplicht", "spent_on": day, "amount": "250"}
    visitor = client_of(coordinator)
    assert visitor.post(f"{HERE}toevoegen/", answers).status_code == 422
    assert visitor.post(f"{HERE}toevoegen/", answers | {"agreement": agreement.pk}).status_code == 302
    hours = {
        "activity": "voorzitter",
        "role": "swv",
        "done_on": day,
        "hours": "2,5",
        "persons": "2",
        "task": "regulier",
    }
    assert visitor.post(f"{HERE}uren/toevoegen/", hours).status_code == 302

    with factories.as_owner():
        line, row = CostLine.objects.unscoped().get(), HoursLine.objects.unscoped().get()
    assert (line.case, line.swv_id, line.payer_id, line.agreement, line.is_direct) == (
        None, subsidy.swv_id, subsidy.swv_id, agreement, False
    )  # fmt: skip
    assert (row.case, row.swv_id, row.total) == (None, subsidy.swv_id, 5)
    assert "5 uur" in body(visitor.get(f"{HERE}uren/"))
    assert visitor.post(f"{HERE}{line.pk}/", answers | {"agreement": agreement.pk, "version": 9}).status_code == 409


def test_the_sum_of_hours_is_of_all_of_them_also_past_the_first_page(visitor, case):
    for _ in range(26):
        factories.SwvHoursLineFactory(hours="0.25", persons=2)
    factories.HoursLineFactory(case=case, hours="1.10", persons=3, is_extra=True)
    factories.HoursLineFactory(case=factories.CaseFactory(), hours="50.00")  # out of sight

    context = visitor.get(f"{HERE}uren/").context

    assert (context["regular"], context["extra"], context["of_cases"]) == (13, Decimal("3.30"), Decimal("3.30"))
    assert len(context["page"]) == 25


# The file


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "%0A", "\t=1", "\r=1", "\n=1", "\ufeff=1", "  =1", "\u200b=1", "\u00a0@x",
     "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x", "\uff5cx", "\uff05x", "\ufeff\uff1dx", "\ufe62x"],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_could_run_is_kept_a_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Treinkaart", "1.250,50", "WEL-0142", "a=1", "", "’s morgens", 12])
def test_any_other_text_is_left_alone(text):
    assert safe_cell(text) == str(text)


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
@example([['a";=1', "b\r\n=1"]])
def test_a_file_holds_the_same_cells_and_none_begins_as_a_formula(rows):
    read = list(csv.reader(io.StringIO(csv_bytes(("a", "b"), rows).decode("utf-8-sig"), newline=""), delimiter=";"))

    assert read == [["a", "b"], *([safe_cell(cell) for cell in row] for row in rows)]
    assert not any(cell[:1] in STARTS_A_FORMULA and cell for row in read for cell in row)


def test_the_file_has_the_lines_of_the_page_without_names_and_is_on_record(visitor, contact, case, subsidy):
    factories.IdentityFactory(case=case)
    cost(subsidy, case=case, amount="1250.50", description="=Laptop voor Pippeloentje", spent_on=date(2024, 8, 1))
    cost(subsidy, decision="akkoord", amount="0.30")
    cost(subsidy, case=factories.CaseFactory(), decision="akkoord", amount="0.70", description="verborgen")

    response = visitor.get(f"{HERE}bestand/")

    assert response["Content-Disposition"].endswith(f'inzet-po2001-{TODAY:%Y-%m-%d}.csv"')
    header, first, second, last = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    assert header == list(HEADER)
    assert (first[0], first[2], first[5:9]) == (
        case.code, "'=Laptop voor de jongere", ["01-08-2024", "2024-2025", "2024", "1250,50"]
    )  # fmt: skip
    assert (second[0], second[8], last[1], last[8]) == (
        "casusoverstijgend", "0,30", "Akkoord voor jeugdigen zonder geldige toestemming", "0,70"
    )  # fmt: skip
    assert len({len(row) for row in (header, first, second, last)}) == 1
    assert b"verborgen" not in response.content
    with factories.as_owner():
        (event,) = AuditEvent.objects.filter(event="inzet_exported")
    assert (event.user_id, event.detail) == (contact.pk, {"swv": subsidy.swv_id, "lines": 3})

    narrowed = visitor.get(f"{HERE}bestand/?akkoord=wacht")
    assert len(narrowed.content.decode("utf-8-sig").strip().split("\r\n")) == 2
    assert visitor.get(f"{HERE}bestand/?akkoord=misschien").status_code == 302


# Vandaag


def rows_of(user):
    with acting_as(user):
        return [row for row in read_today(user=user, today=TODAY).rows if "wacht op akkoord" in row.title]


def test_vandaag_says_what_waits_for_this_person(subsidy, contact, case):
    cost(subsidy, amount="0.10")
    cost(subsidy, case=case, amount="1250.40")
    cost(subsidy, entered_by=contact)  # waits for another
    cost(subsidy, decision="akkoord")
    cost(subsidy, stage="begroot")
    cost(factories.SubsidyFactory(swv=factories.swv("PO2203")))

    (row,) = rows_of(contact)

    assert row.title == f"Inzet van {subsidy.swv.short} wacht op akkoord"
    assert row.note == "2 regels, samen € 1.250,50."
    assert row.url == f"{HERE}?akkoord=wacht"
    assert rows_of(factories.coordinator()) == []
    assert rows_of(factories.swv_contact("VO2001")) == []
