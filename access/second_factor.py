"""The second factor: obligatory for everybody, proven in this session, and never zero of them by one's own hand."""

import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession

from access import audit
from access.account_mails import account_notice
from access.models import User

LAST_ONE = "Dit is je enige tweede stap. Zet eerst een andere aan."
SESSION_KEY = "second_factor"
LAST_STEP = "last_step"  # in the data of an app: the half minute of the last code that it got in with
_REAL = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes only stand in for one of these


def is_set_up(user):
    return Authenticator.objects.filter(user=user, type__in=_REAL).exists()


def passed(request):
    """Note that this session proved it just now; what was known of the session before is worth nothing after."""
    request.session[SESSION_KEY] = True
    request.session.cycle_key()
    UserSession.objects.create_from_request(request)  # the list of sessions goes by key


# Codes of an app


def step_of(secret, code):
    """The half minute that `code` is of: this one or the one before (RFC 6238 5.2: one at most), else None."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    for step in (now, now - 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def locked_app(user):
    """The app of `user`, held until this request ends, so that one code twice at once gets in once."""
    return Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP).first()


def unused_step(app, code):
    """The half minute of a code that still gets in: later than that of every code that did."""
    step = step_of(decrypt(app.data["secret"]), code)
    return None if step is None or step <= app.data.get(LAST_STEP, 0) else step


def use_step(app, step):
    app.data[LAST_STEP] = step
    app.save(update_fields=["data"])


# Ending


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


def reset(user):
    """Take every second factor of `user` away, for somebody who lost them all; the next login sets up a new one.

    The owner hears of it: only he can tell that he did not ask for this.
    """
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    audit.record("second_factor_reset", detail={"user": user.pk})
    account_notice.queue(
        user_id=user.pk, what="De beheerder haalde je tweede stap weg. Bij het inloggen zet je een nieuwe aan."
    )
