"""How allauth behaves here: nobody signs up, every text is Dutch, and each way in or out leaves a line in the log."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from access import audit, encryption, second_factor
from access.account_mails import account_notice
from access.context import set_context
from access.models import User

TOO_OFTEN = "Te vaak geprobeerd. Over 15 minuten kan het weer."
WRONG_CODE = "Deze code klopt niet. Wacht op de volgende code in je app."

NOTICES = {
    "account/email/password_changed": "Je wachtwoord is gewijzigd.",
    "account/email/password_reset": "Je wachtwoord is opnieuw ingesteld.",
    "mfa/email/totp_activated": "Er is een app voor codes gekoppeld.",
    "mfa/email/totp_deactivated": "De app voor codes is weggehaald.",
    "mfa/email/webauthn_added": "Er is een toegangssleutel toegevoegd.",
    "mfa/email/webauthn_removed": "Er is een toegangssleutel weggehaald.",
    "mfa/email/recovery_codes_generated": "Er zijn nieuwe herstelcodes gemaakt.",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Deze combinatie kennen we niet.",
        "invalid_login": "Deze combinatie kennen we niet.",
        "account_inactive": "Dit account staat uit.",
        "enter_current_password": "Dit is niet je wachtwoord van nu.",
        "incorrect_password": "Dit is niet je wachtwoord.",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "Deze link werkt niet meer.",
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Only this host: allauth would also go to any other name that this site has."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_password_change_redirect_url(self, request):
        return reverse("account_login")  # every session has ended, this one too

    def set_password(self, user, password):
        user.set_password(password)
        user.save(update_fields=["password"])

    # The log

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._record_refusal(credentials, too_often=True)
            raise

    def authentication_failed(self, request, **credentials):
        super().authentication_failed(request, **credentials)
        self._record_refusal(credentials)

    def _record_refusal(self, credentials, **detail):
        # One look by address for known and unknown alike: the answer takes as long.
        user_id = User.objects.filter(email=credentials.get("email", "").lower()).values_list("pk", flat=True).first()
        audit.record("login_refused", detail={"user": user_id, **detail})

    def post_login(self, request, user, **kwargs):
        methods = [record["method"] for record in get_authentication_records(request, user)]
        now = int(timezone.now().timestamp())
        request.session["began"] = request.session["seen"] = now
        if "mfa" in methods:
            request.session[second_factor.SESSION_KEY] = True
        set_context(user.pk, request.request_id)  # until now nobody was asking
        audit.record("login", detail={"methods": methods})
        return super().post_login(request, user, **kwargs)

    def logout(self, request):
        audit.record("logout")
        super().logout(request)

    # Once more, and mail

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not within five minutes of logging in: that was the same question."""
        records = get_authentication_records(context.request, context.request.user)
        fresh = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["method"] in {"password", "mfa"} and record["at"] > fresh for record in records)

    def get_reauthentication_methods(self, user):
        words = {
            "reauthenticate": "Met je wachtwoord",
            "mfa_reauthenticate": "Met een code",
            "mfa_reauthenticate:webauthn": "Met een toegangssleutel",
        }
        return [{**method, "description": words[method["id"]]} for method in super().get_reauthentication_methods(user)]

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        account_notice.queue(user_id=user.pk, what=NOTICES[template_prefix])


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": second_factor.LAST_ONE,
        "cannot_generate_recovery_codes": "Zet eerst een tweede stap aan. Daarna maak je herstelcodes.",
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text):
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text):
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        return second_factor.may_remove(authenticator)

    def generate_authenticator_name(self, user, type):
        return f"Toegangssleutel {user.authenticator_set.filter(type=type).count() + 1}"

    def _get_site_name(self):
        return "WEL in Ontwikkeling"
