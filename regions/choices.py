"""Which samenwerkingsverband a youth may belong to: by gemeente, by postcode, and by age for the likely one."""

import re
from dataclasses import dataclass

from regions.models import Gemeente, GemeenteSwv, Postcode, Samenwerkingsverband

Kind = Samenwerkingsverband.Kind
FIRST_AGE_VO = 12
_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*(?:[A-Z]{2})?\s*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a postcode lies; a SWV is None where the regeling names none, or only a doubtful one."""

    digits: str
    gemeente: Gemeente
    swv_po: Samenwerkingsverband | None
    swv_vo: Samenwerkingsverband | None

    def swv(self, kind):
        return self.swv_po if kind == Kind.PO else self.swv_vo


@dataclass(frozen=True)
class SwvChoices:
    """`options` in the order to show them; `default` is None when somebody has to choose."""

    options: tuple[Samenwerkingsverband, ...]
    default: Samenwerkingsverband | None


def likely_kind(age):
    """Primary education under twelve, secondary from then on: a guess to start with, never a rule."""
    return Kind.PO if age < FIRST_AGE_VO else Kind.VO


def at_postcode(text):
    """The Place of a postcode typed as 9711 or 9711 AB; None when it is not one or not a known one."""
    match = _POSTCODE.fullmatch(text)
    if not match:
        return None
    postcode = Postcode.objects.select_related("gemeente", "swv_po", "swv_vo").filter(digits=match[1]).first()
    if postcode is None:
        return None
    swvs = postcode.swv_po, postcode.swv_vo
    if postcode.is_doubtful:  # what the gemeente has for certain stands in for the doubtful row
        certain = [row.swv for row in _rows_of(postcode.gemeente)]
        swvs = _only(certain, Kind.PO), _only(certain, Kind.VO)
    return Place(postcode.digits, postcode.gemeente, *swvs)


def swv_choices(gemeente, *, age=None, postcode=""):
    """The SWVs for a youth of `gemeente`: of the likely kind first, the larger part first, the national ones last.

    With a postcode in this gemeente the default is its SWV; without, only a gemeente that has one SWV of the kind gives
    a default. A split gemeente asks: a wrong SWV would let a wrong team in.
    """
    kind = likely_kind(age) if age is not None else None
    regional = [row.swv for row in _rows_of(gemeente)]
    national = list(Samenwerkingsverband.objects.filter(is_national=True).order_by("key"))
    options = sorted(regional, key=lambda swv: swv.kind != kind) + sorted(national, key=lambda swv: swv.kind != kind)
    default = None
    if kind:
        place = at_postcode(postcode) if postcode else None
        known = place and place.gemeente == gemeente
        default = place.swv(kind) if known else _only(regional, kind)
    return SwvChoices(tuple(options), default)


def _rows_of(gemeente):
    rows = GemeenteSwv.objects.filter(gemeente=gemeente, is_doubtful=False).select_related("swv")
    return rows.order_by("-postcode_count", "swv__key")


def _only(swvs, kind):
    found = [swv for swv in swvs if swv.kind == kind]
    return found[0] if len(found) == 1 else None
