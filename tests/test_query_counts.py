"""Lists ask as much for one row as for three, and no page asks for more than twelve things."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from regions.models import Role
from tests import factories
from tests.shelf import Shelf, day, shared_case

pytestmark = pytest.mark.django_db

MOST = 12
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config('wel.who'")


# Page: who looks, what makes a row, and the arguments of its address.
LISTS = {
    "jeugdigen, leerplicht": ("cases:list", factories.leerplicht, Shelf.full_case, False),
    "jeugdigen, coördinator": ("cases:list", factories.coordinator, Shelf.full_case, False),
    "overzicht": ("cases:detail", factories.leerplicht, Shelf.entry, True),
    "logboek": ("cases:log", factories.coordinator, Shelf.entry, True),
    "reis": ("cases:journey", factories.coordinator, Shelf.halte, True),
    "reisgenoten": ("cases:companions", factories.coordinator, Shelf.mate, True),
    "toestemming": ("cases:consent", factories.leerplicht, Shelf.statement, True),
    "geschiedenis van toestemming": ("cases:consent_history", factories.leerplicht, Shelf.statement, True),
    "aan tafel": ("cases:table_wishes", factories.coordinator, Shelf.statement, True),
    "in beeld": ("cases:in_view", factories.leerplicht, Shelf.period, True),
    "vrijstellingen": ("cases:exemptions", factories.leerplicht, Shelf.exemption, False),
    "vandaag, vrijstellingen": ("reporting:today", factories.leerplicht, Shelf.exemption, False),
    "inzet": ("cases:inzet", factories.coordinator, Shelf.cost, True),
    "eigenaar": ("cases:owner", factories.leerplicht, Shelf.owner, True),
    "verbinding": ("cases:connection", factories.coordinator, Shelf.connection, True),
    "overdracht": ("cases:handover", factories.leerplicht, Shelf.connection, True),
    "vandaag, overdrachten": ("reporting:today", factories.leerplicht, Shelf.handover, False),
    "documenten": ("cases:documents", factories.coordinator, Shelf.document, True),
    "stem": ("voice:voice", factories.coordinator, Shelf.voice, True),
    "interviews": ("cases:interviews", factories.interviewer, Shelf.interview, True),
    "vragenlijsten": ("question_lists:list", lambda: factories.national(Role.BEHEER), Shelf.question_list, False),
    "volgen": ("cases:follow", factories.coordinator, Shelf.followed, True),
    "leren": ("cases:lessons", factories.coordinator, Shelf.lesson, True),
    "vandaag, volgen": ("reporting:today", factories.leerplicht, Shelf.asked_after, False),
    "verhalen": ("learning:stories", factories.coordinator, Shelf.learned, False),
    "waar wringt het": ("learning:obstacles", lambda: factories.national(Role.PROJECT), Shelf.learned, False),
    "oplossingen": ("learning:bank", factories.coordinator, Shelf.learned, False),
    "oplossingen van ons": ("learning:solutions", factories.coordinator, Shelf.learned, False),
    "overleggen": ("meetings:list", factories.coordinator, Shelf.meeting, False),
    "teams": ("meetings:team_list", factories.coordinator, Shelf.team, False),
    "activiteiten, coördinator": ("activities:list", factories.coordinator, Shelf.activity, False),
    "activiteiten, project": ("activities:list", lambda: factories.national(Role.PROJECT), Shelf.activity, False),
    "verwijderde activiteiten": ("activities:removed", factories.swv_contact, Shelf.activity, False),
    "deelnemers aan activiteiten": ("activities:people", factories.coordinator, Shelf.activity, False),
    "stand van zaken": ("reporting:standing", lambda: factories.national(Role.PROJECT), Shelf.activity, False),
    "mensen": ("regions:people", lambda: factories.national(Role.BEHEER), Shelf.person, False),
    "samenwerkingsverbanden": ("regions:swvs", lambda: factories.national(Role.BEHEER), Shelf.nothing, False),
    "logboek inzage": ("regions:audit", lambda: factories.national(Role.FG), Shelf.line, False),
    "monitor, leerplicht": ("reporting:monitor", factories.leerplicht, Shelf.counted, False),
    "monitor, coördinator": ("reporting:monitor", factories.coordinator, Shelf.counted, False),
    "monitor, SWV-contact": ("reporting:monitor", factories.swv_contact, Shelf.counted, False),
    "monitor, lijst": ("reporting:monitor_list", factories.coordinator, Shelf.counted, False),
    "verantwoordingen": ("reporting:accounts", lambda: factories.national(Role.PROJECT), Shelf.account, False),
    "vandaag, leerplicht": ("reporting:today", factories.leerplicht, Shelf.full_case, False),
    "vandaag, coördinator": ("reporting:today", factories.coordinator, Shelf.full_case, False),
    "vandaag, misschien dubbel": ("reporting:today", factories.coordinator, Shelf.double, False),
    "vandaag, SWV-contact": ("reporting:today", factories.swv_contact, Shelf.full_case, False),
    "vandaag, inzet wacht": ("reporting:today", factories.swv_contact, Shelf.cost, False),
    "vandaag, project": ("reporting:today", lambda: factories.national(Role.PROJECT), Shelf.account, False),
    "vandaag, FG": ("reporting:today", lambda: factories.national(Role.FG), Shelf.line, False),
    "vandaag, beheer": ("reporting:today", lambda: factories.national(Role.BEHEER), Shelf.person, False),
}


def asked(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured if not query["sql"].startswith(NOT_COUNTED)]


@pytest.mark.parametrize("name", LISTS)
def test_three_rows_cost_as_many_queries_as_one(client_of, name):
    route, somebody, add, is_about_one = LISTS[name]
    shelf = Shelf()
    client = client_of(somebody())
    url = reverse(route, args=[shelf.case.pk] if is_about_one else [])
    client.get(url)  # what is asked once per session is not the list

    add(shelf, 0)
    one = asked(client, url)
    for number in (1, 2):
        add(shelf, number)
    three = asked(client, url)

    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST, f"{len(three)}\n" + "\n".join(sql[:150] for sql in three)


@pytest.mark.parametrize("page", ["prepare:table", "prepare:intake", "prepare:bringing", "prepare:checklist"])
@pytest.mark.parametrize("somebody", [factories.leerplicht, factories.coordinator])
def test_the_preparation_of_a_table_stays_few_queries(client_of, somebody, page):
    """Nothing in it is a list that grows: what is there costs no more than what is not, but for names of people."""
    case, user = shared_case(), somebody()
    factories.IdentityFactory(case=case)
    factories.CaseMemberFactory(case=case)
    client, url = client_of(user), reverse(page, args=[case.pk])
    client.get(url)
    for purpose in ("delen", "tafel"):
        factories.ConsentFactory(case=case, purpose=purpose)
    factories.IntakeFactory(case=case, accepted=user)
    factories.BringingFactory(case=case, texts=["Hoe verder?"], ready=user)
    factories.ChecklistFactory(case=case)
    factories.HomeVisitFactory(case=case)
    factories.NoVoiceFactory(case=case)

    found = asked(client, url)

    assert len(found) <= MOST, f"{len(found)}\n" + "\n".join(sql[:150] for sql in found)


def test_vandaag_costs_as_much_for_three_tables_ahead_as_for_one(client_of):
    shelf = Shelf()
    shelf.bringer = factories.coordinator()
    client, url = client_of(shelf.bringer), reverse("reporting:today")
    client.get(url)

    shelf.asked_for_table(0)
    one = asked(client, url)
    shelf.asked_for_table(1)
    shelf.asked_for_table(2)
    three = asked(client, url)

    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST, f"{len(three)}\n" + "\n".join(sql[:150] for sql in three)


def test_a_team_costs_as_much_with_three_of_each_as_with_one(client_of):
    shelf = Shelf()
    shelf.wel_team = factories.WelTeamFactory()
    client = client_of(factories.coordinator())
    url = reverse("meetings:team_detail", args=[shelf.wel_team.pk])
    client.get(url)

    shelf.in_team(0)
    one = asked(client, url)
    shelf.in_team(1)
    shelf.in_team(2)
    three = asked(client, url)

    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST, f"{len(three)}\n" + "\n".join(sql[:150] for sql in three)


def rises(client, url, add):
    """Whether three rows cost more than one; asked once before, for what is asked once per session."""
    add(0)
    client.get(url)
    one = asked(client, url)
    add(1)
    add(2)
    three = asked(client, url)
    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST, f"{len(three)}\n" + "\n".join(sql[:150] for sql in three)


def test_a_table_costs_as_much_for_three_people_and_three_tables_as_for_one(client_of):
    shelf = Shelf()
    shelf.reader = factories.coordinator()
    shelf.item = factories.AgendaItemFactory(case=factories.CaseFactory(shared_until=day(60)))
    client = client_of(shelf.reader)

    rises(client, reverse("meetings:item", args=[shelf.item.pk]), shelf.at_table)
    rises(client, reverse("meetings:people_add", args=[shelf.item.pk]), shelf.at_table)
    rises(client, reverse("meetings:list"), shelf.invitation)
    rises(client, reverse("meetings:plan_case", args=[shelf.item.case_id]), shelf.meeting)


def test_an_interview_costs_as_much_for_three_answers_as_for_one(client_of):
    shelf = Shelf()
    client = client_of(factories.coordinator())
    shelf.answer(0)
    url = reverse("cases:interview", args=[shelf.case.pk, shelf.held.pk])
    client.get(url)

    one = asked(client, url)
    shelf.answer(1)
    shelf.answer(2)
    three = asked(client, url)

    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST, f"{len(three)}\n" + "\n".join(sql[:150] for sql in three)


def test_the_accounts_of_one_swv_cost_as_much_for_three_reizen_as_for_one(client_of):
    shelf = Shelf()
    client = client_of(factories.swv_contact())
    url = reverse("reporting:accounts_detail", args=["PO2001"])

    client.get(url)
    shelf.full_case(0)
    shelf.report(0)
    one = asked(client, url)
    for number in (1, 2):
        shelf.full_case(number)
        shelf.report(number)
    three = asked(client, url)

    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST, f"{len(three)}\n" + "\n".join(sql[:150] for sql in three)


@pytest.mark.parametrize("somebody", [factories.swv_contact, factories.coordinator])
def test_the_inzet_of_one_swv_costs_as_much_for_three_lines_as_for_one(client_of, somebody):
    shelf = Shelf()
    client = client_of(somebody())
    url = reverse("reporting:inzet", args=["PO2001"])

    client.get(url)
    shelf.cost(0)
    factories.AgreementFactory(subsidy=shelf.subsidy)
    one = asked(client, url)
    for number in (1, 2):
        shelf.cost(number)
        factories.AgreementFactory(subsidy=shelf.subsidy)
    three = asked(client, url)

    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST, f"{len(three)}\n" + "\n".join(sql[:150] for sql in three)


def test_vandaag_costs_as_much_for_three_stemmen_as_for_one(client_of):
    owner = factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv()).user
    client, url = client_of(owner), reverse("reporting:today")

    def came_in():
        link = factories.VoiceLinkFactory(case=shared_case(), sent_at=timezone.now(), changed_at=timezone.now())
        factories.CaseMemberFactory(case=link.case, user=owner)

    client.get(url)
    came_in()
    one = asked(client, url)
    came_in()
    came_in()
    three = asked(client, url)

    assert client.get(url).content.decode().count("Lees de stem") >= 3
    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST, f"{len(three)}\n" + "\n".join(sql[:150] for sql in three)
