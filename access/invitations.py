"""An invitation by mail: one private link, seven days, once, with which somebody makes the account his own."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from access import audit
from access.account_forms import InvitationForm
from access.context import set_context
from access.mail import Message, absolute_url
from access.mail_queue import mail_kind
from access.models import User

VALID_DAYS = 7


class InvitationTokens(PasswordResetTokenGenerator):
    """Dies by use, since the password changes then, and by a login."""

    key_salt = "access.invitations"

    def check_token(self, user, token):
        """As Django's own, but with seven days instead of PASSWORD_RESET_TIMEOUT."""
        try:
            made_at = base36_to_int(token.partition("-")[0])
        except ValueError:
            return False
        genuine = any(
            constant_time_compare(self._make_token_with_timestamp(user, made_at, secret), token)
            for secret in (self.secret, *self.secret_fallbacks)
        )
        return genuine and self._num_seconds(self._now()) - made_at <= VALID_DAYS * 24 * 60 * 60


tokens = InvitationTokens()


def invitation_path(user):
    return reverse("accept_invitation", args=[int_to_base36(user.pk), tokens.make_token(user)])


@mail_kind
def invitation(user_id, origin):
    """The link, made when the mail leaves; nothing for an account that is in use by then, or closed."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.has_usable_password():
        return None
    context = {"name": user.name, "url": origin + invitation_path(user), "days": VALID_DAYS}
    return Message("invitation", "Je kunt aan de slag met WEL", user.email, context)


def send_invitation(user, *, by):
    """Mail `user` the link; an earlier link keeps working until one of them is used or seven days have passed.

    Make the account active and without a usable password.
    """
    invitation.queue(user_id=user.pk, origin=absolute_url(""))
    audit.record("invitation_sent", detail={"user": user.pk, "by": by.pk})


@login_not_required  # whoever holds the link of the mail has no account yet
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request, uid, token):
    """Opening changes nothing (mail scanners open links too); the form makes the account."""
    # The row stays locked until the end: of two people with the same link one is first.
    accounts = User.objects.select_for_update() if request.method == "POST" else User.objects
    user = accounts.filter(pk=base36_to_int(uid), is_active=True).first()
    if user is None or not tokens.check_token(user, token):
        return render(request, "access/invitation_expired.html", status=410)
    form = InvitationForm(request.POST or None, user=user)
    if request.method != "POST":
        return render(request, "access/invitation_accept.html", {"form": form})
    if not form.is_valid():
        return render(request, "access/invitation_accept.html", {"form": form}, status=422)
    logout(request)  # of whoever shares this browser
    set_context(user.pk, request.request_id)  # the link proved who it is; only the owner sets a password
    user.name = form.cleaned_data["name"]
    user.phone = form.cleaned_data["phone"]
    user.set_password(form.cleaned_data["password"])
    user.save(update_fields=["name", "phone", "password"])
    audit.record("invitation_accepted", detail={"user": user.pk})
    messages.success(request, "Je account staat klaar. Log in met je nieuwe wachtwoord.")
    return redirect(settings.LOGIN_URL)
