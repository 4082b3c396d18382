"""The jeugdige and everything written down around one: consent, journey, log, people."""

from cases.models.authority import Authority
from cases.models.case import NOT_SHARED, Case, CaseMember, CasePart, Identity, IdentityGrant, scope_of
from cases.models.companion import Companion
from cases.models.connection import Connection
from cases.models.consent import Consent, last_answers
from cases.models.consent_terms import ConsentTerms
from cases.models.contact import ContactAttempt
from cases.models.document import Document
from cases.models.double import PossibleDouble, UncomparedIdentity
from cases.models.draft import Draft
from cases.models.follow import Closing, FollowEvent, FollowUp
from cases.models.handover import Handover
from cases.models.inclusion import Inclusion
from cases.models.interview import Answer, Interview, InterviewConsent, Quote
from cases.models.inzet import Agreement, CostLine, HoursLine
from cases.models.journey import Journey, Stop, YouthWords
from cases.models.journey_version import JourneyVersion
from cases.models.learning import BankEntry, Obstacle, ObstacleLink, Solution, Story
from cases.models.legal_status import ExemptionTerms, LegalStatus
from cases.models.log import LogEntry, LogEntryVersion
from cases.models.question_list import Perspective, Question, QuestionList
from cases.models.reason import CaseReason
from cases.models.reflection import Reflection
from cases.models.removal import RemovalDecision
from cases.models.status import StatusChange
from cases.models.table_wish import TableWish

__all__ = [
    "NOT_SHARED",
    "Agreement",
    "Answer",
    "Authority",
    "BankEntry",
    "Case",
    "CaseMember",
    "CasePart",
    "CaseReason",
    "Closing",
    "Companion",
    "Connection",
    "Consent",
    "ConsentTerms",
    "ContactAttempt",
    "CostLine",
    "Document",
    "Draft",
    "ExemptionTerms",
    "FollowEvent",
    "FollowUp",
    "Handover",
    "HoursLine",
    "Identity",
    "IdentityGrant",
    "Inclusion",
    "Interview",
    "InterviewConsent",
    "Journey",
    "JourneyVersion",
    "LegalStatus",
    "LogEntry",
    "LogEntryVersion",
    "Obstacle",
    "ObstacleLink",
    "Perspective",
    "PossibleDouble",
    "Question",
    "QuestionList",
    "Quote",
    "Reflection",
    "RemovalDecision",
    "Solution",
    "StatusChange",
    "Stop",
    "Story",
    "TableWish",
    "UncomparedIdentity",
    "YouthWords",
    "last_answers",
    "scope_of",
]
