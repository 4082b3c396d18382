"""Lists ask as much for one row as for three, and no page asks for more than twelve things."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access import audit
from cases.models import QuestionList
from regions.models import Region, Role
from tests import factories
from tests.database import as_owner
from tests.interviews import allow, interview_of, question

pytestmark = pytest.mark.django_db

MOST = 12
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config('wel.who'")


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def shared_case(**fields):
    return factories.CaseFactory(shared_until=day(20), **fields)


class Shelf:
    """One case to hang rows on, for the lists below it."""

    def __init__(self):
        self.case = shared_case()
        self.subsidy = factories.SubsidyFactory()

    def full_case(self, number):
        """A jeugdige that gives a row on every list: owner, wensdroom, lichtje, a place in the accounts."""
        case = shared_case(last_contact_on=day(-90), next_step="bellen")
        factories.IdentityFactory(case=case)
        factories.CaseMemberFactory(case=case)
        factories.JourneyFactory(case=case, wensdroom="bakken", distance_now=2)
        factories.StopFactory(case=case)
        factories.LogEntryFactory(case=case, is_spark=True, happened_on=day(-1))
        factories.InclusionFactory(case=case, subsidy=self.subsidy)
        factories.CaseFactory()  # and one that is not shared

    def entry(self, number):
        factories.LogEntryFactory(case=self.case)

    def halte(self, number):
        factories.StopFactory(case=self.case, position=number)
        factories.CaseMemberFactory(case=self.case, role="verbinder")
        self.mate(number)

    def mate(self, number):
        by = factories.UserFactory()
        mate = factories.CompanionFactory(case=self.case, meaning="Rustig", meaning_by=by)
        look = factories.ReflectionFactory(case=self.case, author=by)
        with as_owner():
            for row, field in ((mate, "who"), (look, "text")):
                type(row).objects.unscoped().filter(pk=row.pk).update(**{field: "anders"})

    def statement(self, number):
        if not number:
            factories.IdentityFactory(case=self.case)  # else there is nobody to ask
        factories.ConsentFactory(case=self.case, purpose=("delen", "contact", "tafel")[number], expires_on=day(20))
        factories.IdentityGrantFactory(case=self.case)
        factories.AuthorityFactory(case=self.case)
        factories.TableWishFactory(case=self.case)
        decided = {"outcome": "team", "reason": "gevraagd", "decided_by": factories.UserFactory()}
        factories.RemovalDecisionFactory(case=self.case, decided_at=timezone.now(), **decided)

    def document(self, number):
        factories.DocumentFactory(case=self.case)
        factories.DocumentFactory(case=self.case, removed_at=timezone.now(), removed_by=factories.UserFactory())

    def person(self, number):
        factories.MembershipFactory(role=Role.LEERPLICHT, gemeente=factories.gemeente("Emmen"))

    def period(self, number):
        year = 2023 + number
        factories.ContactAttemptFactory(case=self.case)
        factories.LegalStatusFactory(case=self.case, starts_on=date(year, 8, 1), ends_on=date(year + 1, 7, 31))

    def exemption(self, number):
        """One that asks for something, of a jeugdige that gives a row on Vandaag too."""
        self.full_case(number)
        case = factories.CaseFactory(situation="anders", side_group="wlz")
        factories.ContactAttemptFactory(case=case)
        factories.LegalStatusFactory(case=case, starts_on=day(-100), ends_on=day(20))

    def line(self, number):
        with as_owner():
            audit.record("login", case_id=number, detail={"user": factories.UserFactory().pk})

    def double(self, number):
        """One more youth that is perhaps known elsewhere too, and a coördinator there to call."""
        swv = factories.swv(("PO2203", "VO2001", "PO3001")[number])
        factories.MembershipFactory(role=Role.COORDINATOR, swv=swv)
        self.full_case(number)
        factories.PossibleDoubleFactory(cases=[shared_case(), factories.CaseFactory(swv=swv)])

    def report(self, number):
        factories.AccountabilityReportFactory(swv=factories.swv(), version=number + 1)

    def account(self, number):
        swv = factories.swv(("PO2203", "VO2001", "PO3001")[number])
        factories.AccountabilityReportFactory(swv=swv)
        factories.SubsidyFactory(swv=swv)

    def cost(self, number):
        """A line with everybody on it, and hours."""
        factories.CostLineFactory(
            case=self.case, subsidy=self.subsidy, decision="akkoord", description="bus", effect="reist zelf"
        )
        factories.CostLineFactory(case=self.case, subsidy=self.subsidy)
        factories.HoursLineFactory(case=self.case)

    def interview(self, number):
        """One with an answer and a quote."""
        allow(self.case, quotes=20)
        self.held = interview_of(self.case)[0]

    def answer(self, number):
        """To the same interview, each to another question."""
        if not number:
            self.interview(0)
        with as_owner():
            until = {"interview_until": self.held.interview_until}
        answer = factories.AnswerFactory(case=self.case, interview=self.held, question=question(number + 2), **until)
        factories.QuoteFactory(case=self.case, answer=answer, quotes_until=day(20), **until)

    def question_list(self, number):
        with as_owner():
            new = QuestionList.objects.create(number=number + 2, title="Nieuw", made_by=factories.UserFactory())
            new.questions.create(position=1, text="Wat is er al?")
            QuestionList.objects.filter(pk=new.pk).update(
                published_at=timezone.now(), published_by=factories.UserFactory()
            )

    def followed(self, number):
        """An event, and a moment that is due and one that was."""
        factories.FollowEventFactory(case=self.case, happened_on=day(-number))
        factories.FollowUpFactory(case=self.case)
        user = factories.UserFactory()
        factories.FollowUpFactory(case=self.case, outcome="goed", done_on=day(0), done_by=user)

    def lesson(self, number):
        """A story that waits, one that is out, and a knelpunt."""
        factories.StoryFactory(case=self.case)
        factories.StoryFactory(case=self.case, approved_by=factories.UserFactory())
        factories.ObstacleLinkFactory(case=self.case)

    def asked_after(self, number):
        """Each kind of row that volgen and leren give on Vandaag."""
        self.full_case(number)
        self.followed(number)
        self.lesson(number)
        factories.ClosingFactory(case=factories.CaseFactory(closed_on=day(-9)), remove_on=day(-1))

    def learned(self, number):
        """One more of everything below Verhalen."""
        case = factories.IdentityFactory(case=shared_case()).case
        factories.ConsentFactory(case=case, purpose="verhaal")
        factories.StoryFactory(case=case, approved_by=factories.UserFactory())
        factories.ObstacleLinkFactory(case=case)
        factories.SolutionFactory()
        factories.BankEntryFactory()

    def handover(self, number):
        """Offered to us, refused by others, and an eigenaar gone."""
        case = factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2202"))
        factories.HandoverFactory(case=case, to_swv=factories.swv(), to_gemeente=factories.gemeente())
        factories.HandoverFactory(
            case=shared_case(), status="geweigerd", answer="nog niet", answered_at=timezone.now(),
            answered_by=factories.UserFactory(),
        )  # fmt: skip
        factories.CaseMemberFactory(case=shared_case(), user=factories.coordinator("PO2203"))
        factories.ConnectionFactory(case=shared_case())

    def owner(self, number):
        factories.CaseMemberFactory(
            case=self.case, starts_on=day(-number * 10 - 20), ends_on=day(-number * 10 - 15), reason="werk"
        )

    def connection(self, number):
        user = factories.UserFactory()
        factories.ConnectionFactory(
            case=self.case, broken_on=day(-9), starts_on=day(-8), ended_on=day(-1), ended_by=user
        )
        factories.HandoverFactory(case=self.case, status="ingetrokken", answered_at=timezone.now(), answered_by=user)

    def team(self, number):
        """A team in its own rhythm, with somebody in each role, and one that stopped."""
        team = factories.WelTeamFactory()
        self.in_team(number, team)
        factories.WelTeamFactory(starts_on=day(-9), ends_on=day(-1))

    def meeting(self, number):
        team = factories.WelTeamFactory()
        factories.MeetingFactory(team=team)
        factories.MeetingFactory(team=team, starts_at=timezone.now() - timedelta(days=9), status="geweest")

    def invitation(self, number):
        """A table to come, to which who reads was invited, with an answer of somebody else."""
        case = factories.CaseFactory(shared_until=day(60))
        item = factories.AgendaItemFactory(case=case)
        factories.ParticipantFactory(item=item, user=self.reader, invited_at=timezone.now())
        factories.ParticipantFactory(item=item, invited_at=timezone.now(), answer="ja")

    def at_table(self, number):
        """Somebody of each kind at the table, and what was written for them."""
        user = factories.UserFactory()
        factories.ParticipantFactory(item=self.item, user=user, invited_at=timezone.now())
        factories.ParticipantFactory(item=self.item)
        factories.LogEntryFactory(case=self.item.case, readers="tafel")

    def in_team(self, number, team=None):
        team = team or self.wel_team
        for role in ("voorzitter", "kernteam"):
            user = factories.UserFactory()
            factories.TeamMemberFactory(team=team, user=user, role=role)
        factories.TeamMemberFactory(team=team)
        factories.TeamMemberFactory(team=team, starts_on=day(-9), ends_on=day(-1))

    def voice(self, number):
        """One more answer of the jongere; with the first of them a link that was sent."""
        if not number:
            self.link = factories.VoiceLinkFactory(case=self.case, sent_at=timezone.now(), changed_at=timezone.now())
        key = ("droom", "blij", "wie")[number]
        factories.VoiceAnswerFactory(link=self.link, question=key, may_table_read=True)

    def asked_for_table(self, number):
        """An aanmelding to accept, and a casusinbreng to finish, of somebody who is eigenaar."""
        case = shared_case()
        factories.IntakeFactory(case=case, entered=factories.UserFactory())
        factories.CaseMemberFactory(case=case, user=self.bringer)
        factories.BringingFactory(case=case)

    def counted(self, number):
        """One more in every number of the monitor."""
        case = shared_case()
        factories.ContactAttemptFactory(case=case)
        factories.JourneyFactory(case=case, development_seen="ja", movement_seen="ja")
        item = factories.AgendaItemFactory(case=case, status="besproken")
        factories.ActionFactory(item=item)
        factories.FeedbackFactory(item=item)
        factories.ObstacleFactory()
        factories.CaseFactory()  # and one that is not shared

    def activity(self, number):
        """One for a SWV and a region with somebody on its list, and one to read; of each another kind."""
        region = Region.objects.filter(gemeenten__name="Groningen").order_by("pk")[number]
        activity = factories.ActivityFactory(
            kind=("gesprek", "reis", "handig")[number], for_swvs=[factories.swv().pk], for_regions=[region.pk]
        )
        person = factories.ParticipationFactory(activity=activity).professional
        factories.ProfessionalAddressFactory(professional=person)
        own = factories.ActivityFactory(swv=factories.swv())
        factories.ParticipationFactory(activity=own)
        factories.ActivityFactory(kind="nieuwsbrief", readers=200)
        factories.ActivityFactory(swv=factories.swv(), deleted_at=timezone.now())

    def nothing(self, number):
        """The list is there in full already: all samenwerkingsverbanden."""


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
