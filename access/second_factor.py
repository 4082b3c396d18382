"""The second factor: obligatory for everybody, proven in this session, and never zero of them by one's own hand."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from access import audit
from access.models import User
from access.tasks import mail_notice

LAST_ONE = "Dit is je enige tweede stap. Zet eerst een andere aan."
SESSION_KEY = "second_factor"
_REAL = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes only stand in for one of these


def is_set_up(user):
    return Authenticator.objects.filter(user=user, type__in=_REAL).exists()


def passed(request):
    """Note that this session proved it just now; what was known of the session before is worth nothing after."""
    request.session[SESSION_KEY] = True
    request.session.cycle_key()
    UserSession.objects.create_from_request(request)  # the list of sessions goes by key


def may_remove(authenticator):
    """Whether another one remains; the account stays locked, so that two removals at once cannot both say yes."""
    User.objects.select_for_update().get(pk=authenticator.user_id)
    return (
        Authenticator.objects.filter(user_id=authenticator.user_id, type__in=_REAL)
        .exclude(pk=authenticator.pk)
        .exists()
    )


def end_sessions(user):
    """Log `user` out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def reset(user, *, by):
    """Take every second factor of `user` away, for somebody who lost them all; the next login sets up a new one."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    audit.record("second_factor_reset", detail={"user": user.pk, "by": by.pk})
    mail_notice.enqueue(user.pk, "De beheerder haalde je tweede stap weg. Bij het inloggen zet je een nieuwe aan.")
