"""Rows that are valid and dull; written as the owner of the tables, so that no policy stands in the way of a fixture."""

from tests.database import as_owner
from tests.factories.accounts import (
    AccountabilityReportFactory,
    AgreementFactory,
    CostLineFactory,
    HoursLineFactory,
    InclusionFactory,
    SubsidyFactory,
    SwvHoursLineFactory,
)
from tests.factories.around import CaseMemberFactory, ConnectionFactory, HandoverFactory
from tests.factories.cases import CaseFactory, IdentityFactory, PossibleDoubleFactory
from tests.factories.consent import (
    AuthorityFactory,
    ConsentFactory,
    IdentityGrantFactory,
    RemovalDecisionFactory,
    TableWishFactory,
)
from tests.factories.in_view import ContactAttemptFactory, LegalStatusFactory
from tests.factories.interview import (
    AnswerFactory,
    CaseReasonFactory,
    InterviewConsentFactory,
    InterviewFactory,
    QuoteFactory,
)
from tests.factories.journey import CompanionFactory, JourneyFactory, ReflectionFactory, StopFactory
from tests.factories.learning import (
    BankEntryFactory,
    ClosingFactory,
    FollowEventFactory,
    FollowUpFactory,
    ObstacleFactory,
    ObstacleLinkFactory,
    SolutionFactory,
    StoryFactory,
)
from tests.factories.log import DocumentFactory, DraftFactory, LogEntryFactory, LogEntryVersionFactory
from tests.factories.meetings import MeetingFactory, TeamMemberFactory, WelTeamFactory
from tests.factories.people import (
    PASSWORD,
    MembershipFactory,
    UserFactory,
    coordinator,
    gemeente,
    interviewer,
    leerplicht,
    national,
    swv,
    swv_contact,
)

__all__ = [
    "PASSWORD",
    "AccountabilityReportFactory",
    "AgreementFactory",
    "AnswerFactory",
    "AuthorityFactory",
    "BankEntryFactory",
    "CaseFactory",
    "CaseMemberFactory",
    "CaseReasonFactory",
    "ClosingFactory",
    "CompanionFactory",
    "ConnectionFactory",
    "ConsentFactory",
    "ContactAttemptFactory",
    "CostLineFactory",
    "DocumentFactory",
    "DraftFactory",
    "FollowEventFactory",
    "FollowUpFactory",
    "HandoverFactory",
    "HoursLineFactory",
    "IdentityFactory",
    "IdentityGrantFactory",
    "InclusionFactory",
    "InterviewConsentFactory",
    "InterviewFactory",
    "JourneyFactory",
    "LegalStatusFactory",
    "LogEntryFactory",
    "LogEntryVersionFactory",
    "MeetingFactory",
    "MembershipFactory",
    "ObstacleFactory",
    "ObstacleLinkFactory",
    "PossibleDoubleFactory",
    "QuoteFactory",
    "ReflectionFactory",
    "RemovalDecisionFactory",
    "SolutionFactory",
    "StopFactory",
    "StoryFactory",
    "SubsidyFactory",
    "SwvHoursLineFactory",
    "TableWishFactory",
    "TeamMemberFactory",
    "UserFactory",
    "WelTeamFactory",
    "as_owner",
    "coordinator",
    "gemeente",
    "interviewer",
    "leerplicht",
    "national",
    "swv",
    "swv_contact",
]
