"""Mail about an account leaves in the background: asking a new password takes as long for any address."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django_tasks import task

from access.mail import send_mail
from access.models import User


@task()
def mail_password_reset(user_id, origin):
    """Mail the link for a new password; user_id None is an address that nobody has."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    path = reverse(
        "account_reset_password_from_key", args=[user_pk_to_url_str(user), default_token_generator.make_token(user)]
    )
    send_mail(
        "password_reset",
        subject="Een nieuw wachtwoord voor WEL",
        to=user.email,
        context={"name": user.name, "url": origin + path},
    )


@task()
def mail_notice(user_id, what):
    """Tell somebody that the way into his account changed."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    send_mail(
        "notice",
        subject="Er is iets veranderd aan je account van WEL",
        to=user.email,
        context={"name": user.name, "what": what},
    )
