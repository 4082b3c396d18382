"""Samenwerkingsverbanden, gemeenten and their borders; who works where, as what; the subsidies a SWV holds."""

from regions.models.grants import Grants, forget_grants, grants_of
from regions.models.membership import CASE_ROLES, GemeenteGrant, Membership, Role, SamenwerkingsverbandGrant
from regions.models.reference import Gemeente, GemeenteRegion, GemeenteSwv, Postcode, Region, Samenwerkingsverband
from regions.models.subsidy import Subsidy

__all__ = [
    "CASE_ROLES",
    "Gemeente",
    "GemeenteGrant",
    "GemeenteRegion",
    "GemeenteSwv",
    "Grants",
    "Membership",
    "Postcode",
    "Region",
    "Role",
    "Samenwerkingsverband",
    "SamenwerkingsverbandGrant",
    "Subsidy",
    "forget_grants",
    "grants_of",
]
