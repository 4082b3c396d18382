"""The jeugdige and everything written down around one: consent, journey, log, people."""

from cases.models.case import NOT_SHARED, Case, CaseMember, CasePart, Identity, IdentityGrant, scope_of
from cases.models.consent import Consent, last_answers
from cases.models.contact import ContactAttempt
from cases.models.document import Document
from cases.models.double import PossibleDouble, UncomparedIdentity
from cases.models.draft import Draft
from cases.models.inclusion import Inclusion
from cases.models.inzet import Agreement, CostLine, HoursLine
from cases.models.journey import Journey, Stop, YouthWords
from cases.models.legal_status import ExemptionTerms, LegalStatus
from cases.models.log import LogEntry, LogEntryVersion
from cases.models.status import StatusChange

__all__ = [
    "NOT_SHARED",
    "Agreement",
    "Case",
    "CaseMember",
    "CasePart",
    "Consent",
    "ContactAttempt",
    "CostLine",
    "Document",
    "Draft",
    "ExemptionTerms",
    "HoursLine",
    "Identity",
    "IdentityGrant",
    "Inclusion",
    "Journey",
    "LegalStatus",
    "LogEntry",
    "LogEntryVersion",
    "PossibleDouble",
    "StatusChange",
    "Stop",
    "UncomparedIdentity",
    "YouthWords",
    "last_answers",
    "scope_of",
]
