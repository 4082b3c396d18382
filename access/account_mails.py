"""Mail about an account, in the background: asking a new password takes as long for any address."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from access.mail import Message
from access.mail_queue import mail_kind
from access.models import User


@mail_kind
def password_reset(user_id, origin):
    """The link for a new password; user_id None is an address that nobody has."""
    user = _active(user_id)
    if user is None:
        return None
    path = reverse(
        "account_reset_password_from_key", args=[user_pk_to_url_str(user), default_token_generator.make_token(user)]
    )
    context = {"name": user.name, "url": origin + path}
    return Message("password_reset", "Een nieuw wachtwoord voor WEL", user.email, context)


@mail_kind
def account_notice(user_id, what):
    """That the way into the account changed."""
    user = _active(user_id)
    if user is None:
        return None
    context = {"name": user.name, "what": what}
    return Message("notice", "Er is iets veranderd aan je account van WEL", user.email, context)


def _active(user_id):
    return User.objects.filter(pk=user_id, is_active=True).first()
