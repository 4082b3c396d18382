"""Somebody with a second factor, and what a browser or a phone would do for him."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from access.models import AuditEvent
from tests.database import as_owner
from tests.factories import PASSWORD, UserFactory

SET_UP = "/profiel/tweede-stap/app/"


def code_of(secret, steps=0):
    """What the app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(**fields):
    """A user with an app for codes and recovery codes; `user.secret` is what the phone knows."""
    user = UserFactory(**fields)
    with as_owner():
        user.secret = generate_totp_secret()
        TOTP.activate(user, user.secret)
        RecoveryCodes.activate(user)
    return user


def recovery_codes_of(user):
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def give_password(client, user, password=PASSWORD, **fields):
    return client.post("/inloggen/", {"login": user.email, "password": password, **fields})


def give_code(client, code):
    return client.post("/inloggen/tweede-stap/", {"code": code})


def secret_on(page):
    """The key for the app, as the page to set it up shows it."""
    return re.search(r'<code translate="no">([A-Z2-7]+)</code>', page.content.decode()).group(1)


def log_in(client, user, **fields):
    """Through both steps, as a person does."""
    give_password(client, user, **fields)
    return client.post("/inloggen/tweede-stap/", {"code": code_of(user.secret)})


def is_logged_in(client):
    return "_auth_user_id" in client.session


def events(*names):
    """The lines of the audit log as (event, user), only of these names when given."""
    with as_owner():
        lines = AuditEvent.objects.order_by("pk").values_list("event", "user_id", "detail")
        return [(event, user, detail) for event, user, detail in lines if not names or event in names]
