"""What a person was granted today: rights on SWVs and gemeenten, and roles; one query, kept for the request."""

from dataclasses import dataclass, field

from django.db.models import F, Value
from django.utils import timezone

from regions.models.membership import GemeenteGrant, Membership, SamenwerkingsverbandGrant


@dataclass(frozen=True)
class Grants:
    swv: dict[str, frozenset[int]] = field(default_factory=dict)
    gemeente: dict[str, frozenset[int]] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()

    def swvs(self, right):
        return self.swv.get(right, frozenset())

    def gemeenten(self, right):
        return self.gemeente.get(right, frozenset())

    def may(self, right):
        """Whether the right is held anywhere at all."""
        return bool(self.swvs(right) or self.gemeenten(right))


def grants_of(user):
    """The grants of `user` in force today; nothing for somebody who is not logged in or not active."""
    if not user.is_authenticated or not user.is_active:
        return Grants()
    if (grants := getattr(user, "_grants", None)) is None:
        grants = user._grants = _fetch(user)
    return grants


def forget_grants(user):
    """Drop what was kept, after a change in the same request or test."""
    user.__dict__.pop("_grants", None)


def _fetch(user):
    today = timezone.localdate()

    def objects(model, kind):
        rows = model.objects.filter(user=user, starts_on__lte=today).exclude(ends_on__lt=today)
        return rows.values_list(Value(kind), F("permission__codename"), F("content_object_id")).order_by()

    roles = Membership.objects.in_force(today).filter(user=user).values_list(Value("role"), F("role"), Value(0))
    found = {"swv": {}, "gemeente": {}, "role": {}}
    rows = objects(SamenwerkingsverbandGrant, "swv").union(
        objects(GemeenteGrant, "gemeente"), roles.order_by(), all=True
    )
    for kind, name, pk in rows:
        found[kind].setdefault(name, set()).add(pk)
    return Grants(
        swv={name: frozenset(ids) for name, ids in found["swv"].items()},
        gemeente={name: frozenset(ids) for name, ids in found["gemeente"].items()},
        roles=frozenset(found["role"]),
    )
