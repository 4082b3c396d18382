"""Forms about an account: allauth's own with Dutch words, and ours."""

import json
import re

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from access import second_factor
from access.account_mails import password_reset
from access.forms import WelForm, WelFormMixin
from access.mail import absolute_url
from access.models import User
from access.reminders import Choice, reminder_kinds
from access.widgets import PictogramRadioSelect

LONGEST = 256  # characters in any text that somebody types to get in


class PhoneField(forms.CharField):
    """A Dutch number as 06 12345678, 0612345678 or +31 6 12345678; kept as ten digits."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.update({"inputmode": "tel", "autocomplete": "tel"})

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return ""
        digits = re.sub(r"[\s().-]", "", text)
        digits = re.sub(r"^(\+31|0031)", "0", digits)
        if not re.fullmatch(r"0\d{9}", digits, re.ASCII):
            raise ValidationError("Een telefoonnummer heeft 10 cijfers.")
        return digits


def password_input(autocomplete):
    """Shows what is typed after a press on a button, which static/js/account.js adds; pasting works."""
    return forms.PasswordInput(
        attrs={"autocomplete": autocomplete, "data-show": "Toon wachtwoord", "data-hide": "Verberg wachtwoord"}
    )


LENGTH_HINT = "Minstens 12 tekens. Vier losse woorden is prima."


def say(field, *, label, required, help_text="", widget=None):
    """Put our words on a field of allauth, and an end to what fits in it."""
    field.label = label
    field.help_text = help_text
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)
    if widget:
        field.widget = widget
        field.widget.is_required = field.required
    if isinstance(field, forms.CharField):
        field.validators.append(MaxLengthValidator(LONGEST))


def say_code(field, help_text):
    say(
        field,
        label="Code",
        required="Vul de code in.",
        help_text=help_text,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off"}
        ),
    )


def email_field():
    return forms.EmailField(
        label="E-mailadres",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Vul je e-mailadres in.", "invalid": "In een e-mailadres staat een @."},
    )


class AccountFormMixin:
    """Lets crispy leave the form tag to the template. No look at burgerservicenummers: a code is digits too."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()  # without a layout: every field that is there when the page is drawn
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class ProfileForm(WelFormMixin, forms.ModelForm):
    """Name, phone, light or dark, and for each kind of reminder when it comes by mail."""

    phone = PhoneField(label="Telefoon", required=False)

    class Meta:
        model = User
        fields = ["name", "phone", "theme"]
        labels = {"name": "Naam", "theme": "Licht of donker"}
        error_messages = {
            "name": {"required": "Vul je naam in.", "max_length": "Houd je naam onder 120 tekens."},
            "theme": {"required": "Kies licht of donker."},
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "theme": PictogramRadioSelect(icons={"auto": "circle", "light": "sun", "dark": "moon-stars"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = list(self.fields)
        self.kinds = {f"mail_{kind.key}": kind for kind in reminder_kinds()}
        for name, kind in self.kinds.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.label,
                choices=Choice.choices,
                initial=kind.choice_of(self.instance).value,
                widget=forms.RadioSelect,
                error_messages={"required": "Kies wanneer je hier mail over wilt.", "invalid_choice": "Kies wanneer."},
            )
        self.helper.layout = Layout(*own, HTML('{% include "access/profile_mails.html" %}'), *self.kinds)

    def save_changes(self):
        """The names of the fields that changed, and only these are saved."""
        changed = [name for name in self.changed_data if name not in self.kinds]
        if len(changed) < len(self.changed_data):
            chosen = {kind.key: self.cleaned_data[name] for name, kind in self.kinds.items()}
            self.instance.mail_choices = self.instance.mail_choices | chosen
            changed.append("mail_choices")
        self.instance.save(update_fields=changed)
        return changed


class InvitationForm(WelForm):
    """Name, phone and password of somebody who was invited; the e-mail address is what the link proved."""

    email = forms.CharField(
        label="E-mailadres", disabled=True, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    name = forms.CharField(
        label="Naam",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Vul je naam in.", "max_length": "Houd je naam onder 120 tekens."},
    )
    phone = PhoneField(label="Telefoon", required=False, help_text="Zo vinden collega's je.")
    password = forms.CharField(
        label="Wachtwoord",
        help_text=LENGTH_HINT,
        max_length=LONGEST,
        strip=False,
        widget=password_input("new-password"),
        error_messages={"required": "Vul een wachtwoord in."},
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        kwargs["initial"] = {"email": user.email, "name": user.name, "phone": user.phone}
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if password := cleaned.get("password"):
            person = User(email=self.user.email, name=cleaned.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


# allauth's forms


class LoginForm(AccountFormMixin, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field()
        say(
            self.fields["password"],
            label="Wachtwoord",
            required="Vul je wachtwoord in.",
            widget=password_input("current-password"),
        )
        self.order_fields(["login", "password"])

    def clean(self):
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("login", error)  # one text for either field: which one is wrong is not told
            return self.cleaned_data


class ResetPasswordForm(AccountFormMixin, account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = email_field()

    def save(self, request, **kwargs):
        password_reset.queue(user_id=self.users[0].pk if self.users else None, origin=absolute_url(""))
        return self.cleaned_data["email"]


class NewPasswordForm(AccountFormMixin, account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        say(
            self.fields["password1"],
            label="Nieuw wachtwoord",
            required="Vul een wachtwoord in.",
            help_text=LENGTH_HINT,
            widget=password_input("new-password"),
        )


class ChangePasswordForm(AccountFormMixin, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        say(
            self.fields["oldpassword"],
            label="Wachtwoord van nu",
            required="Vul je wachtwoord van nu in.",
            widget=password_input("current-password"),
        )
        say(
            self.fields["password1"],
            label="Nieuw wachtwoord",
            required="Vul een nieuw wachtwoord in.",
            help_text=LENGTH_HINT,
            widget=password_input("new-password"),
        )


class ConfirmPasswordForm(AccountFormMixin, account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(
            self.fields["password"],
            label="Wachtwoord",
            required="Vul je wachtwoord in.",
            widget=password_input("current-password"),
        )


class CodeMixin(AccountFormMixin):
    """A code of the app or a recovery code, which is longer; either works once.

    allauth forgets after half a minute which code of the app was used, and takes one of the next half minute as well.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], "6 cijfers uit je app, of een herstelcode van 8 cijfers.")

    def clean_code(self):
        typed = self.cleaned_data["code"]
        app = second_factor.locked_app(self.user)
        step = app and second_factor.unused_step(app, typed)
        if step is None and len(normalize_user_code(typed)) <= app_settings.TOTP_DIGITS:
            self.cleaned_data["code"] = ""  # allauth counts the try and refuses it
        code = super().clean_code()
        if self.authenticator == app:
            second_factor.use_step(app, step)
        return code


class CodeForm(CodeMixin, mfa.AuthenticateForm):
    pass


class ConfirmCodeForm(CodeMixin, mfa.ReauthenticateForm):
    pass


class ActivateAppForm(AccountFormMixin, totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_code(self.fields["code"], "De 6 cijfers die je app nu laat zien.")

    def clean_code(self):
        self.step = second_factor.step_of(self.secret, self.cleaned_data["code"])
        if self.step is None:
            self.cleaned_data["code"] = ""  # allauth counts the try and refuses it
        return super().clean_code()


class RemoveAppForm(AccountFormMixin, totp.DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(AccountFormMixin, recovery.GenerateRecoveryCodesForm):
    pass


def odd_credential():
    return ValidationError("Dit lukte niet met deze toegangssleutel. Probeer het opnieuw.", code="incorrect_code")


class CredentialField(forms.JSONField):
    """What a browser says of a passkey; a passkey takes some thousand characters."""

    LONGEST = 20_000

    def to_python(self, value):
        try:
            credential = super().to_python(value if len(value or "") <= self.LONGEST else "")
        except (RecursionError, ValidationError):
            credential = None
        # PostgreSQL keeps no null character in JSON.
        if not isinstance(credential, dict) or "\\u0000" in json.dumps(credential):
            raise odd_credential()
        return credential

    def bound_data(self, data, initial):
        return ""  # made anew for each try, so it never goes back to the page

    def prepare_value(self, value):
        return ""


class CredentialMixin(AccountFormMixin):
    """The libraries that parse a credential trust its shape; anything odd in it is a key that does not fit."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def clean(self):
        return self._guarded(super().clean)

    def clean_credential(self):
        credential = self.cleaned_data["credential"]
        parent = getattr(super(), "clean_credential", None)
        return self._guarded(parent) if parent else credential

    def _guarded(self, clean):
        try:
            return clean()
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise odd_credential() from error
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise odd_credential() from error


class PasskeyForm(CredentialMixin, webauthn.AuthenticateWebAuthnForm):
    pass


class LoginPasskeyForm(CredentialMixin, webauthn.LoginWebAuthnForm):
    pass


class ConfirmPasskeyForm(CredentialMixin, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(CredentialMixin, webauthn.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)  # always; the page asks the browser for it
        say(self.fields["name"], label="Naam", required="", help_text="Bijvoorbeeld: laptop van het werk.")


class RenamePasskeyForm(AccountFormMixin, webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say(self.fields["name"], label="Naam", required="Geef deze sleutel een naam.")
