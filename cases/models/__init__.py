"""The jeugdige and everything written down around one: consent, journey, log, people."""

from cases.models.case import NOT_SHARED, Case, CaseMember, CasePart, Identity, IdentityGrant, scope_of
from cases.models.consent import Consent
from cases.models.double import PossibleDouble, UncomparedIdentity
from cases.models.draft import Draft
from cases.models.inclusion import Inclusion
from cases.models.journey import Journey, Stop, YouthWords
from cases.models.log import LogEntry, LogEntryVersion

__all__ = [
    "NOT_SHARED",
    "Case",
    "CaseMember",
    "CasePart",
    "Consent",
    "Draft",
    "Identity",
    "IdentityGrant",
    "Inclusion",
    "Journey",
    "LogEntry",
    "LogEntryVersion",
    "PossibleDouble",
    "Stop",
    "UncomparedIdentity",
    "YouthWords",
    "scope_of",
]
