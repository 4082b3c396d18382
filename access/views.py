"""Logging in, the second factor and one's own account: allauth's views with our forms, statuses and audit lines.

Each class changes as little as it can of the view below it; the pages are in templates/account, mfa and usersessions.
"""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.usersessions import views as usersessions
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import FormView

from access import account_forms as forms
from access import audit, second_factor
from access.context import set_context
from access.idle import keeps_idle_limit

TOO_MANY = {"too_many_login_attempts", "rate_limited"}


def refuse(response, form):
    """422 for what does not pass, 429 when it was one try too many."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    response.status_code = 429 if codes & TOO_MANY else 422
    return response


class RefusedForm:
    def form_invalid(self, form):
        return refuse(super().form_invalid(form), form)


# Logging in


class Login(RefusedForm, account.LoginView):
    form_class = forms.LoginForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"signed_out": self.request.GET.get("reden") == "stil"}


class SecondStep(mfa.AuthenticateView):
    form_class = forms.CodeForm
    webauthn_form_class = forms.PasskeyForm

    def get_context_data(self, **kwargs):
        methods = Authenticator.objects.filter(user_id=self.stage.login.user.pk).values_list("type", flat=True)
        return super().get_context_data(**kwargs) | {"methods": set(methods), "posted": self.request.method == "POST"}

    def form_invalid(self, form):
        set_context(self.stage.login.user.pk, self.request.request_id)
        audit.record("second_factor_refused")
        set_context(None, self.request.request_id)
        return refuse(super().form_invalid(form), form)


class LoginWithPasskey(webauthn.LoginWebAuthnView):
    form_class = forms.LoginPasskeyForm

    def form_invalid(self, form):
        audit.record("login_refused", detail={"method": "passkey"})
        messages.error(self.request, "Inloggen met deze toegangssleutel lukte niet. Log in met je wachtwoord.")
        return redirect("account_login")


login = Login.as_view()
second_step = SecondStep.as_view()
login_with_passkey = LoginWithPasskey.as_view()
log_out = account.LogoutView.as_view()
inactive = account.AccountInactiveView.as_view()


# Password


class PasswordReset(RefusedForm, account.PasswordResetView):
    form_class = forms.ResetPasswordForm


class PasswordFromMail(RefusedForm, account.PasswordResetFromKeyView):
    form_class = forms.NewPasswordForm

    def form_valid(self, form):
        set_context(self.reset_user.pk, self.request.request_id)  # the link proved who it is
        audit.record("password_reset")
        return super().form_valid(form)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if context.get("token_fail"):
            response.status_code = 410
        return response


class PasswordChange(RefusedForm, account.PasswordChangeView):
    form_class = forms.ChangePasswordForm

    def form_valid(self, form):
        audit.record("password_changed")  # before allauth ends this session
        return super().form_valid(form)


password_reset = PasswordReset.as_view()
password_reset_done = account.PasswordResetDoneView.as_view()
password_from_mail = PasswordFromMail.as_view()
password_from_mail_done = account.PasswordResetFromKeyDoneView.as_view()
password_change = PasswordChange.as_view()


# Once more, before something that matters


class ConfirmWithPassword(RefusedForm, account.ReauthenticateView):
    form_class = forms.ConfirmPasswordForm


class ConfirmWithCode(RefusedForm, mfa.ReauthenticateView):
    form_class = forms.ConfirmCodeForm


class ConfirmWithPasskey(webauthn.ReauthenticateWebAuthnView):
    form_class = forms.ConfirmPasskeyForm

    def form_invalid(self, form):
        messages.error(self.request, "Bevestigen met deze toegangssleutel lukte niet. Probeer het opnieuw.")
        return redirect("account_reauthenticate")


confirm_with_password = ConfirmWithPassword.as_view()
confirm_with_code = ConfirmWithCode.as_view()
confirm_with_passkey = ConfirmWithPasskey.as_view()


# Second factor


class AddApp(RefusedForm, totp.ActivateTOTPView):
    form_class = forms.ActivateAppForm

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.use_step(second_factor.locked_app(self.request.user), form.step)  # it cannot log in as well
        second_factor.passed(self.request)
        audit.record("second_factor_added", detail={"type": "totp"})
        return response


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class ReplaceApp(AddApp):
    """Another phone: the new app is proven before the old one goes, so there is always one."""

    template_name = "mfa/totp/replace_form.html"

    def dispatch(self, request, *args, **kwargs):
        return FormView.dispatch(self, request, *args, **kwargs)  # past allauth's "you have one already"

    @transaction.atomic
    def form_valid(self, form):
        Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP).delete()
        audit.record("second_factor_removed", detail={"type": "totp"})
        return super().form_valid(form)


class RemoveApp(RefusedForm, totp.DeactivateTOTPView):
    form_class = forms.RemoveAppForm

    def form_valid(self, form):
        response = super().form_valid(form)
        audit.record("second_factor_removed", detail={"type": "totp"})
        return response


class NewRecoveryCodes(RefusedForm, recovery.GenerateRecoveryCodesView):
    form_class = forms.NewRecoveryCodesForm

    def form_valid(self, form):
        response = super().form_valid(form)
        audit.record("recovery_codes_renewed")
        return response


class AddPasskey(RefusedForm, webauthn.AddWebAuthnView):
    form_class = forms.AddPasskeyForm

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # Always one that logs in by itself: it asks for a fingerprint, a face or a PIN.
        context["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        return context

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.passed(self.request)
        audit.record("second_factor_added", detail={"type": "webauthn"})
        return response


class EditPasskey(RefusedForm, webauthn.EditWebAuthnView):
    form_class = forms.RenamePasskeyForm


class RemovePasskey(webauthn.RemoveWebAuthnView):
    def form_valid(self, form):
        if not second_factor.may_remove(self.get_object()):
            messages.error(self.request, second_factor.LAST_ONE)
            return redirect("mfa_index")
        response = super().form_valid(form)
        audit.record("second_factor_removed", detail={"type": "webauthn"})
        return response


second_factor_page = mfa.IndexView.as_view()
add_app = AddApp.as_view()
replace_app = ReplaceApp.as_view()
remove_app = RemoveApp.as_view()
recovery_codes = recovery.ViewRecoveryCodesView.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
passkeys = webauthn.ListWebAuthnView.as_view()
add_passkey = AddPasskey.as_view()
edit_passkey = EditPasskey.as_view()
remove_passkey = RemovePasskey.as_view()


# Own account


class Sessions(usersessions.ListUserSessionsView):
    def form_valid(self, form):
        audit.record("sessions_ended")
        return super().form_valid(form)


sessions = Sessions.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    form = forms.ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        audit.record("profile_changed", detail={"fields": form.save_changes()})
        messages.success(request, "Je profiel is bewaard.")
        return redirect("profile")
    if request.method == "POST":
        request.user.refresh_from_db()  # the page around the form shows what is kept, not what was typed
    memberships = request.user.memberships.in_force(timezone.localdate()).select_related("swv", "gemeente")
    return render(
        request,
        "access/profile.html",
        {"form": form, "memberships": memberships},
        status=422 if request.method == "POST" else 200,
    )


@keeps_idle_limit
@require_POST
def keep_alive(request):
    """ "Ik ben er nog": the request itself is what counts (SessionRulesMiddleware)."""
    return HttpResponse(status=204)


# About WEL


@login_not_required  # nothing in it is about anybody
@require_safe
def help_page(request):
    return render(request, "access/help.html")


@login_not_required  # who cannot log in may want to read why
@require_safe
def accessibility(request):
    return render(request, "access/accessibility.html")


@login_not_required  # allauth reverses these names; there is nothing behind them for anybody
def closed(request):
    raise Http404
