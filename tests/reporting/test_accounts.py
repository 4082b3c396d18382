"""Verantwoording as each role sees it: who opens which SWV, what counts, and one answer on page and pdf."""

import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.identity import FREE_TEXTS, take_out_names
from cases.models import Companion, Journey, Reflection, Stop, YouthWords
from regions.models import Role, Subsidy
from reporting.accounts import read_accounts
from reporting.actions import ask_report
from reporting.documents import content_checksum
from reporting.forms import AmountField
from reporting.models import AccountabilityReport
from reporting.tasks import make_report
from tests import factories
from tests.at_once import at_once
from tests.database import as_owner
from tests.reporting import pdf_structure

pytestmark = pytest.mark.django_db

COMPLETE = {
    "wensdroom": "Ik wil treinen bouwen.",
    "wensdroom_short": "treinen bouwen",
    "cooperation": "School en zorg bellen elke week.",
    "plan": "Eerst thuis, dan twee ochtenden in de werkplaats.",
    "means_needed": "Een laptop en vervoer.",
    "means_present": Journey.Present.PARTLY,
    "distance_start": Journey.Distance.NONE,
    "distance_now": Journey.Distance.CONTACT,
}


def included(subsidy, *, complete=True, is_eligible=True, **case):
    fields = {"shared_until": timezone.localdate() + timedelta(days=60), "swv": subsidy.swv, **case}
    case = factories.CaseFactory(**fields)
    factories.JourneyFactory(case=case, **(COMPLETE if complete else {"wensdroom": "Bakken."}))
    factories.InclusionFactory(case=case, subsidy=subsidy, is_eligible=is_eligible)
    return case


@pytest.fixture
def subsidy(db):
    return factories.SubsidyFactory(reference="WIO-22-0042", amount="38411.00")


def detail(key="PO2001"):
    return reverse("reporting:accounts_detail", args=[key])


def test_the_meter_counts_eligible_and_complete_reizen_and_names_every_gap(client_of, subsidy):
    done = included(subsidy)
    partial = included(subsidy, complete=False)
    included(subsidy, is_eligible=False)
    withdrawn = included(subsidy, shared_until=timezone.localdate() - timedelta(days=1))

    page = client_of(factories.swv_contact()).get(detail()).content.decode()

    assert "1 van 5 reizen compleet" in page
    today = client_of(factories.swv_contact()).get(reverse("reporting:today")).content.decode()
    assert "1 van 5 reizen compleet bij PO2001" in today
    assert done.code in page
    assert partial.code in page
    assert withdrawn.code not in page
    assert "Plan voor ontwikkeling" in page
    assert reverse("cases:journey", args=[partial.pk]) in page
    assert "38.411,00" in page


def test_somebody_of_another_swv_gets_404_and_so_do_roles_without_accounts(client_of, subsidy):
    included(subsidy)
    strangers = [
        factories.swv_contact("PO2203"),
        factories.coordinator(),
        factories.leerplicht(),
        factories.national(Role.FG),
        factories.national(Role.BEHEER),
    ]
    for user in strangers:
        client = client_of(user)
        assert client.get(detail()).status_code == 404
        assert client.post(reverse("reporting:report_make", args=["PO2001"])).status_code == 404
        assert client.get(reverse("reporting:subsidy_edit", args=["PO2001"])).status_code == 404
    with as_owner():
        assert AccountabilityReport.objects.count() == 0


def test_project_staff_read_the_accounts_of_a_swv_and_the_log_says_so(client_of, subsidy):
    case = included(subsidy)

    page = client_of(factories.national(Role.PROJECT)).get(detail()).content.decode()

    assert case.code in page
    with as_owner():
        assert AuditEvent.objects.filter(event="accounts_opened", detail={"swv": subsidy.swv_id}).count() == 1


def test_page_and_document_give_the_same_figures_whoever_reads(subsidy):
    included(subsidy)
    included(subsidy, complete=False)
    today = timezone.localdate()
    contact, project = factories.swv_contact(), factories.national(Role.PROJECT)

    with acting_as(contact):
        mine = read_accounts(user=contact, swv=subsidy.swv, today=today)
    with acting_as(project):
        theirs = read_accounts(user=project, swv=subsidy.swv, today=today, version=7)

    # But for money per Reis, which project staff do not see.
    assert [spread.means_withheld for spread in theirs.document.journeys] == [True, True]
    spreads = tuple(replace(spread, means_withheld=False) for spread in theirs.document.journeys)
    assert mine.document.checksum == content_checksum(replace(theirs.document, journeys=spreads))
    assert mine.document.complete_count == theirs.document.complete_count == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_many_questions_for_one_reis_as_for_three(
    client_of, subsidy, count, django_assert_num_queries
):
    for _ in range(count):
        case = included(subsidy)
        factories.CaseMemberFactory(case=case)
        factories.StopFactory(case=case)
    client = client_of(factories.swv_contact())
    client.get(detail())  # session and content types are known from here

    with django_assert_num_queries(16):  # two savepoints and the context among them
        client.get(detail())


def test_a_halte_that_was_removed_is_in_no_account_and_not_in_what_comes_without_names(subsidy):
    case = included(subsidy)
    factories.IdentityFactory(case=case)
    factories.StopFactory(case=case, title="Proefles")
    factories.StopFactory(case=case, title="Weggehaald", state="gemaakt", deleted_at=timezone.now())
    contact = factories.swv_contact()

    with acting_as(contact):
        accounts = read_accounts(user=contact, swv=subsidy.swv, today=timezone.localdate())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT texts->>'title' FROM access.texts_without_names(%s) WHERE kind = 'stop'", [[case.pk]]
            )
            titles = cursor.fetchall()

    assert [stop.title for stop in accounts.document.journeys[0].stops] == ["Proefles"]
    assert titles == [("Proefles",)]


def test_a_halte_is_told_by_its_month(subsidy):
    case = included(subsidy)
    factories.StopFactory(case=case, state="gemaakt", happened_on=date(2024, 11, 20), place="thuis")
    contact = factories.swv_contact()

    with acting_as(contact):
        (spread,) = read_accounts(user=contact, swv=subsidy.swv, today=timezone.localdate()).document.journeys

    assert [stop.moment for stop in spread.stops] == ["november 2024"]
    assert "20 november" not in repr(spread)


def test_a_pdf_is_made_kept_and_downloaded_with_version_maker_and_checksum(client_of, subsidy):
    case = included(subsidy)
    factories.StopFactory(case=case, state="gemaakt", hobble="lange busreis", detour="met de fiets", sparks=2)
    factories.IdentityFactory(case=case, last_name="Geheimenaam")
    contact = factories.swv_contact()
    client = client_of(contact)

    client.post(reverse("reporting:report_make", args=["PO2001"]))
    with acting_as(contact):
        report = AccountabilityReport.objects.get()
    make_report.call(report.pk, contact.pk)
    download = client.get(reverse("reporting:report_download", args=["PO2001", report.pk]))

    assert download["Content-Type"] == "application/pdf"
    assert download["Content-Disposition"].startswith("attachment")
    assert pdf_structure.check(download.content) == []
    text = pdf_structure.text(download.content)
    assert case.code in text
    assert "Geheimenaam" not in text
    assert "2014" not in text
    page = client.get(detail()).content.decode()
    assert "versie 1" in page
    assert contact.name in page
    with acting_as(contact):
        report.refresh_from_db()
    assert report.sha256[:12] in page
    assert report.figures["complete"] == 1


def test_a_name_that_slipped_into_a_reis_is_no_part_of_the_accounts(subsidy):
    case = included(subsidy)
    factories.IdentityFactory(case=case, first_name="Roos", last_name="van der Bérg (Tést)", parent_name="Wim Bérg")
    with as_owner():
        Journey.objects.unscoped().update(
            plan="Roos begint. Later leert ROOS VAN DER BÉRG (TÉST) rekenen.\nRoos' moeder en Wim Bérg helpen, roosvicee niet.",
            look_back="‘Roos kan het’",
        )
    contact = factories.swv_contact()

    with acting_as(contact):
        [spread] = read_accounts(user=contact, swv=subsidy.swv, today=timezone.localdate()).document.journeys

    assert spread.plan == (
        "De jongere begint. Later leert de jongere rekenen.\nDe jongere moeder en de ouder helpen, roosvicee niet."
    )
    assert spread.look_back == "‘De jongere kan het’"


@pytest.mark.parametrize(
    ("parent", "written", "read"),
    [
        ("Ouder Verzonnen", "moeder Ouder belt, de ouder komt", "moeder de ouder belt, de ouder komt"),
        (
            "J. van der Berg",
            "Mevrouw Berg staat op de berg van der tijd",
            "Mevrouw de ouder staat op de de ouder van der tijd",
        ),
        ("Anne-Marie 't Hart", "anne-marie en Marie lachen", "de ouder en de ouder lachen"),
        ("", "moeder Ouder belt", "moeder Ouder belt"),
    ],
)
def test_each_word_of_the_parents_name_is_taken_out_and_ordinary_words_stay(subsidy, parent, written, read):
    case = included(subsidy)
    factories.IdentityFactory(case=case, last_name="Pluim", parent_name=parent)
    with as_owner():
        Journey.objects.unscoped().update(plan=f"Dan: {written}.")
    contact = factories.swv_contact()

    with acting_as(contact):
        [spread] = read_accounts(user=contact, swv=subsidy.swv, today=timezone.localdate()).document.journeys

    assert spread.plan == f"Dan: {read}."


def test_texts_come_without_names_to_who_accounts_for_them_or_may_know_the_name_and_with_a_line_in_the_log(subsidy):
    """Who else works on a case could write names in the Reis, to see which one goes."""
    case = factories.IdentityFactory(case=included(subsidy)).case
    elsewhere = included(factories.SubsidyFactory(swv=factories.swv("PO2203")))
    contact = factories.swv_contact()
    others = (
        factories.coordinator("PO2203"),
        factories.coordinator(),
        factories.national("fg"),
        factories.leerplicht("Emmen"),
    )
    leerplicht = factories.leerplicht()

    def plan_for(user):
        with acting_as(user):
            row = Journey(pk=journey, plan="Pippeloentje lacht", case=case)
            take_out_names([case.pk, elsewhere.pk], [row])
        return row.plan

    with as_owner():
        journey = Journey.objects.unscoped().get(case=case).pk
        Journey.objects.unscoped().update(plan="Pippeloentje en Ouder rekenen")

    assert [plan_for(user) for user in others] == ["", "", "", ""]
    assert plan_for(contact) == plan_for(leerplicht) == "De jongere en de ouder rekenen"
    with as_owner():
        lines = AuditEvent.objects.filter(event="journey_read", case_id=case.pk).values_list("user_id", "ground")
        assert set(lines) == {(contact.pk, "zonder namen"), (leerplicht.pk, "zonder namen")}


def test_project_staff_cannot_offer_names_to_the_database(subsidy):
    with acting_as(factories.national(Role.PROJECT)), connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('access.without_names(bigint[], text[])')")
        assert cursor.fetchone() == (None,)


def test_every_text_in_a_reis_is_looked_at_for_names():
    for model in (Journey, Stop, YouthWords, Companion, Reflection):
        texts = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField)) and not field.choices
        }
        assert texts == set(FREE_TEXTS[model._meta.model_name])


def test_each_pdf_gets_the_next_version_and_an_earlier_one_stays(client_of, subsidy):
    contact = factories.swv_contact()
    client = client_of(contact)
    for _ in range(2):
        client.post(reverse("reporting:report_make", args=["PO2001"]))

    with acting_as(contact):
        assert list(AccountabilityReport.objects.order_by("version").values_list("version", flat=True)) == [1, 2]


def test_a_report_of_another_swv_is_404_by_its_number(client_of, subsidy):
    other = factories.AccountabilityReportFactory(swv=factories.swv("PO2203"))

    client = client_of(factories.swv_contact())

    for name in ("report_download", "report_status"):
        assert client.get(reverse(f"reporting:{name}", args=["PO2001", other.pk])).status_code == 404


def test_the_subsidy_is_filled_in_by_the_swv_in_dutch_words(client_of):
    client = client_of(factories.swv_contact())
    url = reverse("reporting:subsidy_edit", args=["PO2001"])
    filled = {
        "round": "1",
        "status": "verleend",
        "reference": "WIO-22-0042",
        "amount": "38.411,50",
        "granted_on": "14-10-2022",
        "starts_on": "30 september 2022",
        "ends_on": "31-7-2025",
        "direct_text": "woord " * 500,
    }

    assert client.post(url, filled | {"direct_text": "woord " * 501}).status_code == 422
    bad = client.post(url, filled | {"amount": "veel", "granted_on": "31-2-2022", "contact": "123456782"})
    assert bad.status_code == 422
    for words in ("Schrijf een bedrag in cijfers.", "Die dag bestaat niet.", "burgerservicenummer"):
        assert words in bad.content.decode()
    with as_owner():
        assert Subsidy.objects.count() == 0

    assert client.post(url, filled).status_code == 302
    with as_owner():
        saved = Subsidy.objects.get()
    assert (saved.amount, saved.swv.key) == (pytest.approx(38411.50), "PO2001")
    assert 'value="38.411,50"' in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("typed", "euros"), [("38.411", 38411), ("1.038.411", 1038411), ("€ 38 411", 38411), ("38.4", 38.4)]
)
def test_an_amount_is_read_as_people_write_it(typed, euros):
    assert AmountField(max_digits=12, decimal_places=2).clean(typed) == pytest.approx(Decimal(str(euros)))


def test_a_stale_subsidy_form_changes_nothing_and_shows_both(client_of, subsidy):
    client = client_of(factories.swv_contact())
    url = reverse("reporting:subsidy_edit", args=["PO2001"])
    form = {"round": "1", "status": "loopt", "ends_on": "31-7-2025", "version": "1"}
    assert client.post(url, form | {"reference": "eerst"}).status_code == 302

    answer = client.post(url, form | {"reference": "later"})

    assert answer.status_code == 422
    assert "eerst" in answer.content.decode()
    assert 'value="later"' in answer.content.decode()
    with as_owner():
        assert Subsidy.objects.get().reference == "eerst"


def test_project_staff_search_all_151_and_a_contact_goes_straight_to_its_own(client_of):
    client = client_of(factories.national(Role.PROJECT))

    assert "151 samenwerkingsverbanden" in client.get(reverse("reporting:accounts")).content.decode()
    assert "PO2001" in client.get(reverse("reporting:accounts"), {"q": "PO2001"}).content.decode()
    nothing = client.get(reverse("reporting:accounts"), {"q": "\x00<script>"})
    assert nothing.status_code == 200
    assert "<script>" not in nothing.content.decode().replace("<script src", "")
    own = client_of(factories.swv_contact()).get(reverse("reporting:accounts"))
    assert own.url == detail()


def test_who_lets_a_youth_count_sees_the_verdict_of_article_1(client_of, subsidy):
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=60))
    young = factories.CaseFactory(birth_year=timezone.localdate().year - 4, birth_month=None)
    client = client_of(factories.coordinator())
    url = reverse("cases:include", args=[case.pk])

    assert "absoluut verzuim" in client.get(url).content.decode()
    assert client.post(url, {"included_on": "31-2-2020"}).status_code == 422
    answers = {"included_on": timezone.localdate().strftime("%d-%m-%Y"), "reason": "De ouders denken graag mee."}
    assert client.post(url, answers).status_code == 302
    assert "staat bij de subsidie" in client.get(url).content.decode()
    assert client.get(reverse("cases:include", args=[young.pk])).status_code == 404
    leerplicht = client_of(factories.leerplicht())
    assert leerplicht.get(reverse("cases:include", args=[young.pk])).status_code == 200
    assert client_of(factories.swv_contact()).get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_a_version_each():
    contact, colleague = factories.swv_contact(), factories.swv_contact()
    factories.SubsidyFactory()

    def ask(by):
        with acting_as(by):
            ask_report(swv=factories.swv(), by=by)
            time.sleep(0.3)

    assert at_once(lambda: ask(contact), lambda: ask(colleague)) == []
    with as_owner():
        assert sorted(AccountabilityReport.objects.values_list("version", flat=True)) == [1, 2]


def test_a_reis_shows_what_was_agreed_to_and_what_it_brought_and_project_staff_see_no_money(subsidy):
    case = included(subsidy)
    factories.IdentityFactory(case=case)
    cost = partial(factories.CostLineFactory, case=case, subsidy=subsidy, spent_on=date(2024, 5, 1))
    cost(amount="0.10", decision="akkoord", description="bus voor Pippeloentje", effect="Pippeloentje reist zelf")
    cost(amount="0.20", decision="akkoord", kind="vervoer", is_own_contribution=True)
    cost(amount="5.00")  # nobody agreed
    cost(amount="6.00", stage="begroot")
    cost(amount="7.00", decision="niet", decision_reason="dubbel")
    contact, project = factories.swv_contact(), factories.national(Role.PROJECT)
    today = timezone.localdate()

    with acting_as(contact):
        (mine,) = read_accounts(user=contact, swv=subsidy.swv, today=today).document.journeys
    with acting_as(project):
        (theirs,) = read_accounts(user=project, swv=subsidy.swv, today=today).document.journeys

    assert [(used.what, used.effect, used.amount) for used in mine.means_used] == [
        ("Lesmateriaal of boeken: bus voor de jongere", "De jongere reist zelf", Decimal("0.10")),
        ("Vervoer (eigen bijdrage)", "", Decimal("0.20")),
    ]
    assert mine.amount_used == Decimal("0.30")
    assert (theirs.means_used, theirs.means_withheld, theirs.wensdroom) == ((), True, mine.wensdroom)
    html = render_to_string("reporting/pdf/parts/journey.html", {"journey": theirs})
    assert "die het samenwerkingsverband zelf maakt" in html
