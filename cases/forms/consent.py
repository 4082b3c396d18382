"""Recording what somebody said about a purpose, and who decides for this youth."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField, WelForm, WelModelForm
from cases.actions.consent import default_expiry
from cases.forms.fields import NOT_A_CHOICE, text
from cases.models import Case, Consent

LONGEST = 2  # years; a slip of the finger in the year must not keep a case open for a lifetime
HOW = [choice for choice in Consent.How.choices if choice[0] != Consent.How.REGISTERED]
ANSWERS = [choice for choice in Consent.Answer.choices if choice[0] != Consent.Answer.WITHDRAWN]


class ConsentForm(WelForm):
    """Withdrawing has a page of its own: it belongs to a statement that was given."""

    purpose = forms.ChoiceField(
        label="Waarvoor",
        choices=Consent.Purpose,
        initial=Consent.Purpose.SHARE,
        error_messages={"required": "Kies waarvoor.", "invalid_choice": NOT_A_CHOICE},
    )
    persons = forms.MultipleChoiceField(
        label="Wie gaf antwoord?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies wie antwoord gaf.", "invalid_choice": NOT_A_CHOICE},
    )
    answer = forms.ChoiceField(
        label="Antwoord",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een antwoord.", "invalid_choice": NOT_A_CHOICE},
    )
    answered_on = DutchDateField(
        label="Op welke dag", past=True, error_messages={"required": "Vul in op welke dag dit was."}
    )
    expires_on = DutchDateField(label="Geldig tot en met", required=False, help_text="Nodig bij een ja.")
    how = forms.ChoiceField(
        label="Hoe",
        help_text="Nodig bij een ja.",
        choices=HOW,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    parties = text("Met wie delen", max_length=300, help_text="Namen van organisaties, alleen bij delen met partijen.")

    def __init__(self, *args, case, born_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.born_on = born_on
        today = timezone.localdate()
        self.initial.setdefault("answered_on", today)
        self.initial.setdefault("expires_on", default_expiry(today))
        persons = [choice for choice in Consent.Person.choices if choice[0] != Consent.Person.SECOND_PARENT]
        self.fields["persons"].choices = Consent.Person.choices if case.parents_with_authority == 2 else persons

    def clean_answered_on(self):
        day = self.cleaned_data["answered_on"]
        if day < self.born_on:
            raise forms.ValidationError("Deze datum ligt voor de geboortedatum.")
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == Consent.Answer.GIVEN:
            self._check_given(cleaned)
        else:
            cleaned["expires_on"] = None
        if cleaned.get("purpose") != Consent.Purpose.PARTIES:
            cleaned["parties"] = ""
        elif not cleaned.get("parties") and "parties" not in self.errors:
            self.add_error("parties", "Schrijf op met wie.")
        return cleaned

    def _check_given(self, cleaned):
        today = timezone.localdate()
        until = cleaned.get("expires_on")
        if "expires_on" not in self.errors:
            if not until:
                self.add_error("expires_on", "Vul in tot wanneer de toestemming geldt.")
            elif until < today:
                self.add_error("expires_on", "Deze datum is al voorbij.")
            elif (until.year - today.year, until.month, until.day) > (LONGEST, today.month, today.day):
                self.add_error("expires_on", f"Toestemming geldt hoogstens {LONGEST} jaar. Vraag het daarna opnieuw.")
        if not cleaned.get("how") and "how" not in self.errors:
            self.add_error("how", "Kies hoe de toestemming is gegeven.")


class AuthorityForm(WelModelForm):
    """Who decides. The reason says why a youth cannot, and who established that (R2.2)."""

    parents_with_authority = forms.TypedChoiceField(
        label="Hoeveel ouders of voogden hebben gezag?",
        choices=[(1, "Eén"), (2, "Twee"), (0, "Nog niet bekend")],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoeveel.", "invalid_choice": NOT_A_CHOICE},
    )
    cannot_judge_reason = text(
        "De jongere kan eigen belangen niet overzien, want",
        max_length=200,
        help_text="Leeg laten als de jongere zelf kan beslissen. Schrijf op waarom, en wie dit vaststelde.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Case
        fields = ["parents_with_authority", "cannot_judge_reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
