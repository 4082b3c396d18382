"""One more row for each list that the tests of query counts look at."""

from datetime import date, timedelta

from django.utils import timezone

from access import audit
from cases.models import QuestionList
from regions.models import Region, Role
from tests import factories
from tests.database import as_owner
from tests.interviews import allow, interview_of, question


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
