"""To whom the empty forms go: somebody of the jeugdige, or an address that is typed."""

from django import forms

from access.forms import WelForm
from meetings.forms.fields import radios, without_optional

OTHER = "anders"


class PapersForm(WelForm):
    to = radios("Aan wie?", [], "Kies aan wie.")
    email = forms.EmailField(
        label="E-mailadres van het werk",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Alleen bij iemand anders. Is de mail weg, dan bewaart WEL dit adres niet.",
        error_messages={"invalid": "In een e-mailadres staat een @."},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        choices = [(pk, f"{user.name} ({user.email})") for pk, user in self.people.items()]
        self.fields["to"].choices = [*choices, (OTHER, "Iemand anders")]
        self.initial["to"] = next(iter(self.people), OTHER)
        without_optional(self)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("to") == OTHER and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Vul het e-mailadres in.")
        return cleaned

    @property
    def user(self):
        return self.people.get(self.cleaned_data["to"])

    @property
    def address(self):
        return "" if self.user else self.cleaned_data["email"].lower()
