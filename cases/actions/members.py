"""Writes about the people near a jeugdige: who owns the case, and who may know the name."""

from django.db import transaction
from django.utils import timezone

from access import audit
from cases.actions.consent import locked
from cases.models import Case, CaseMember, IdentityGrant, scope_of


class NotShared(Exception):
    """Sharing ended, or ends sooner than asked, since the page was opened."""


@transaction.atomic
def appoint_owner(*, case, user, by, today):
    """Exactly one open owner: the previous one ends today, in the same transaction."""
    case = Case.objects.editable_by(by).select_for_update().get(pk=case.pk)
    owners = CaseMember.objects.editable_by(by).filter(case=case, role=CaseMember.Role.OWNER, ends_on=None)
    if owners.filter(user=user).exists():
        return
    owners.update(ends_on=today)
    CaseMember.objects.create(**scope_of(case), user=user, role=CaseMember.Role.OWNER, starts_on=today)


@transaction.atomic
def let_in(*, case, user, purpose, until, by):
    """Let one person know who it is, until a day within the consent."""
    case = locked(case, by)
    if until > case.shared_until:
        raise NotShared
    grant = IdentityGrant.objects.create(
        **scope_of(case), user=user, purpose=purpose, until=until, granted_by=by, granted_at=timezone.now()
    )
    audit.record("identity_opened", case_id=case.pk, detail={"user": user.pk, "until": until.isoformat()})
    return grant


@transaction.atomic
def end_access(*, grant, by):
    revoked = IdentityGrant.objects.visible_to(by).filter(pk=grant.pk, revoked_at=None)
    if revoked.update(revoked_at=timezone.now()):
        audit.record("identity_closed", case_id=grant.case_id, detail={"user": grant.user_id})
