"""Writes about the people near a jeugdige: who owns the case, and who may know the name."""

from django.db import connection, transaction
from django.utils import timezone

from access import audit
from cases.actions.consent import locked
from cases.models import Case, CaseMember, IdentityGrant, scope_of


class NotShared(Exception):
    """Sharing ended, or ends sooner than asked, since the page was opened."""


@transaction.atomic
def appoint_owner(*, case, user, by, today, seen=None, reason="", note=""):
    """Exactly one open owner: the previous one ends on the day that the next one begins, in the same transaction.

    `seen` is the row of the eigenaar that the page showed, 0 for none; False, and nothing changed, when there is
    another by now. Raises Case.DoesNotExist when the case was handed over meanwhile.
    """
    case = Case.objects.editable_by(by).select_for_update().get(pk=case.pk)
    current = CaseMember.objects.editable_by(by).filter(case=case, role=CaseMember.Role.OWNER, ends_on=None).first()
    if seen is not None and seen != (current.pk if current else 0):
        return False
    if current and current.user_id == user.pk:
        return True
    if current:
        reason = reason or current.reason
        CaseMember.objects.editable_by(by).filter(pk=current.pk).update(
            ends_on=max(today, current.starts_on), reason=reason, note=note or current.note
        )
    CaseMember.objects.create(**scope_of(case), user=user, role=CaseMember.Role.OWNER, starts_on=today, appointed_by=by)
    audit.record("owner_appointed", case_id=case.pk, detail={"user": user.pk})
    return True


@transaction.atomic
def leave_case(*, case, on, reason="", note=""):
    """The eigenaar who asks says from which day it stops, or with None that it goes on; False when it is not eigenaar.

    It stays eigenaar until somebody else is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.leave_case(%s, %s, %s, %s)", [case.pk, on, reason, note])
        (is_owner,) = cursor.fetchone()
    if is_owner:
        audit.record("owner_stays" if on is None else "owner_leaves", case_id=case.pk)
    return is_owner


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
