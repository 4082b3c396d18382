""" "Wie kan dit zien?": everybody who can open one jeugdige today, by name, with why and until when.

The same answer as the two walls give, the other way round; tests/security/test_oracle.py compares them.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from access.models import User
from cases.models import CaseMember, IdentityGrant, Inclusion
from regions.models import CASE_ROLES, Membership, Role


@dataclass(frozen=True)
class Reason:
    why: str  # "Coördinator WEL-team"
    until: date | None  # None: no end is known


@dataclass
class Viewer:
    user: User
    reasons: list[Reason]
    works: bool = False  # opens more than De Reis
    knows_name: bool = False

    @property
    def until(self):
        """The day on which the last reason ends; None while one of them has no end."""
        days = [reason.until for reason in self.reasons]
        return None if None in days else max(days)


def viewers_of(case, reader, today):
    """Who can open `case` today, by name; `reader` must work on the case.

    Leerplicht of its gemeente or SWV always. While it is shared also the SWV's coördinatoren, the people of the case
    who work in its SWV or gemeente, and the SWV-contacten, who read De Reis only. Each until the work ends or the
    consent, whichever is first.
    """
    found = {}

    def add(user, why, until, *, works=True, knows_name=False):
        viewer = found.setdefault(user.pk, Viewer(user, []))
        viewer.reasons.append(Reason(why, until))
        viewer.works |= works
        viewer.knows_name |= knows_name

    def at_last(*ends):
        return min(filter(None, (*ends, case.shared_until)))

    here = Q(gemeente=case.gemeente_id) | Q(swv=case.swv_id)
    is_shared = case.is_shared(today)
    memberships = Membership.objects.in_force(today).filter(
        here, role__in=(*CASE_ROLES, Role.SWV_CONTACT), user__is_active=True
    )
    work_ends = {}  # of who may be near a case here, each last day of a werkplek
    for membership in memberships.select_related("user"):
        if membership.role in CASE_ROLES:
            work_ends.setdefault(membership.user_id, []).append(membership.ends_on)
        if membership.role == Role.LEERPLICHT:
            add(membership.user, membership.get_role_display(), membership.ends_on, knows_name=not case.is_signal)
        elif is_shared and membership.role != Role.CASEWORKER:
            works = membership.role == Role.COORDINATOR
            add(membership.user, membership.get_role_display(), at_last(membership.ends_on), works=works)
    if is_shared:
        members = CaseMember.objects.visible_to(reader).filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            case=case,
            role__in=CaseMember.WORKING_ROLES,
            starts_on__lte=today,
            user__in=work_ends,
        )
        for member in members.select_related("user"):
            ends = work_ends[member.user_id]
            work_end = None if None in ends else max(ends)
            add(member.user, member.get_role_display(), at_last(member.ends_on, work_end))
        let_in = IdentityGrant.objects.visible_to(reader).filter(case=case, revoked_at=None, until__gte=today)
        for user_id in let_in.values_list("user_id", flat=True):
            if user_id in found and found[user_id].works:
                found[user_id].knows_name = not case.is_signal
    return sorted(found.values(), key=lambda viewer: (viewer.user.name, viewer.user.pk))


def is_in_accounts(case, reader):
    """Whether project staff meet this Reis, without a name, when they make the accounts of the SWV."""
    return Inclusion.objects.visible_to(reader).filter(case=case).exists()
