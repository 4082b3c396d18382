"""What a person was granted today: rights on SWVs and gemeenten, and roles; one query, kept for the request."""

from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from access.prepared import execute_prepared

# In SQL, because every request asks this: composing it by the ORM cost a tenth of a page (docs/metingen.md).
GRANTED = """
SELECT 'swv', p.codename, g.content_object_id
FROM regions_samenwerkingsverbandgrant g JOIN auth_permission p ON p.id = g.permission_id
WHERE g.user_id = %(user)s AND g.starts_on <= %(today)s AND (g.ends_on IS NULL OR g.ends_on >= %(today)s)
UNION ALL
SELECT 'gemeente', p.codename, g.content_object_id
FROM regions_gemeentegrant g JOIN auth_permission p ON p.id = g.permission_id
WHERE g.user_id = %(user)s AND g.starts_on <= %(today)s AND (g.ends_on IS NULL OR g.ends_on >= %(today)s)
UNION ALL
SELECT 'role', m.role, 0
FROM regions_membership m
WHERE m.user_id = %(user)s AND m.starts_on <= %(today)s AND (m.ends_on IS NULL OR m.ends_on >= %(today)s)
"""


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
    found = {"swv": {}, "gemeente": {}, "role": {}}
    with connection.cursor() as cursor:
        execute_prepared(cursor, GRANTED, {"user": user.pk, "today": timezone.localdate()})
        for kind, name, pk in cursor.fetchall():
            found[kind].setdefault(name, set()).add(pk)
    return Grants(
        swv={name: frozenset(ids) for name, ids in found["swv"].items()},
        gemeente={name: frozenset(ids) for name, ids in found["gemeente"].items()},
        roles=frozenset(found["role"]),
    )
