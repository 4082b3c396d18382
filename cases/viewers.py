""" "Wie kan dit zien?": everybody who can open one jeugdige today, by name, with why and until when.

The same answer as the two walls give, the other way round; tests/security/test_oracle.py compares them.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from access.models import User
from cases.models import CaseMember, IdentityGrant, Inclusion, InterviewConsent
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
    name_until: date | None = None  # only of somebody who was let in; leerplicht knows it as long as it is leerplicht
    sees_reasons: bool = False
    reasons_until: date | None = None

    @property
    def until(self):
        """The day on which the last reason ends; None while one of them has no end."""
        days = [reason.until for reason in self.reasons]
        return None if None in days else max(days)


def viewers_of(case, reader, today, *, reasons_last=None):
    """Who can open `case` today, by name; `reader` must work on the case.

    `reasons_last` is the answer of `reasons_until`, for who asks about reasons too. Leerplicht of its gemeente or SWV
    always. While it is shared also the SWV's coördinatoren, the people of the case who work in its SWV or gemeente, and
    the SWV-contacten, who read De Reis only. Each until the work ends or the consent, whichever is first.
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
        here, role__in=(*CASE_ROLES, Role.SWV_CONTACT, Role.INTERVIEWER), user__is_active=True
    )
    work_ends = {}  # of who may be near a case here, each last day of a werkplek
    interviewers = {}  # of who may see reasons in this SWV, the same
    for membership in memberships.select_related("user"):
        if membership.role == Role.INTERVIEWER:
            interviewers.setdefault(membership.user_id, []).append(membership.ends_on)
            continue
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
        # Let in more than once, then until the last of those days.
        for user_id, until in dict(let_in.order_by("until").values_list("user_id", "until")).items():
            viewer = found.get(user_id)
            if viewer and viewer.works and not viewer.knows_name and not case.is_signal:
                viewer.knows_name, viewer.name_until = True, min(filter(None, (until, viewer.until)))
    if reasons_last:
        _add_reasons(found, interviewers, reasons_last)
    return sorted(found.values(), key=lambda viewer: (viewer.user.name, viewer.user.pk))


def reasons_until(case, reader, today):
    """The last day on which reasons and diagnoses of this jeugdige may be seen at all; None when they may not."""
    consent = InterviewConsent.objects.visible_to(reader).filter(case=case).first()
    return consent.reasons_until if consent and consent.allows_reasons(today) else None


def _add_reasons(found, interviewers, last):
    """Who works on it and may see reasons in this SWV, while there is a yes to exactly that (special category data)."""
    for user_id, ends in interviewers.items():
        viewer = found.get(user_id)
        if viewer and viewer.works:
            viewer.sees_reasons = True
            right_ends = None if None in ends else max(ends)
            viewer.reasons_until = min(filter(None, (last, right_ends, viewer.until)))


def is_in_accounts(case, reader):
    """Whether project staff meet this Reis, without a name, when they make the accounts of the SWV."""
    return Inclusion.objects.visible_to(reader).filter(case=case).exists()
