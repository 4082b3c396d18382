"""Recording what somebody said about a purpose, and who decides for this youth."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from cases.actions.consent import default_expiry
from cases.forms.fields import NOT_A_CHOICE, text
from cases.models import Consent
from cases.papers import FORM_VERSION, FORM_VERSIONS, OTHER_FORM

LONGEST = 2  # years; a slip of the finger in the year must not keep a case open for a lifetime
HOW = [choice for choice in Consent.How.choices if choice[0] != Consent.How.REGISTERED]
# Consent to a handover belongs to one handover, and is recorded on its page.
PURPOSES = [choice for choice in Consent.Purpose.choices if choice[0] != Consent.Purpose.HANDOVER]
ANSWERS = [choice for choice in Consent.Answer.choices if choice[0] != Consent.Answer.WITHDRAWN]


FORMS = [
    ("", "Kies een formulier"),
    *((version, f"Formulier van WEL, versie {version}") for version in FORM_VERSIONS),
    (OTHER_FORM, "Een ander formulier"),
]


class ConsentForm(WelForm):
    """Withdrawing has a page of its own: it belongs to a statement that was given."""

    purpose = forms.ChoiceField(
        label="Waarvoor",
        choices=PURPOSES,
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
    form_version = forms.ChoiceField(
        label="Welk formulier is ondertekend?",
        help_text="De versie staat onderaan het formulier. Nodig bij een ja op papier.",
        choices=FORMS,
        initial=FORM_VERSION,
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
        if cleaned.get("how") != Consent.How.PAPER:
            cleaned["form_version"] = ""
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
        is_paper = cleaned.get("how") == Consent.How.PAPER
        if is_paper and not cleaned.get("form_version") and "form_version" not in self.errors:
            self.add_error("form_version", "Kies welk formulier is ondertekend.")


class AuthorityForm(WelForm):
    """Who decides. That a youth cannot takes a reason, and the name of who established it (R2.2)."""

    parents_with_authority = forms.TypedChoiceField(
        label="Hoeveel ouders of voogden hebben gezag?",
        help_text="Bij twee is een ja van allebei nodig.",
        choices=[(1, "Eén"), (2, "Twee"), (0, "Nog niet bekend")],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoeveel.", "invalid_choice": NOT_A_CHOICE},
    )
    checked_how = text("Hoe is dat nagegaan?", max_length=200, help_text="Bijvoorbeeld: gezagsregister, op 3 maart.")
    cannot_judge_reason = text(
        "De jongere kan eigen belangen niet overzien, want",
        max_length=200,
        help_text="Leeg laten als de jongere zelf kan beslissen. Alleen leerplicht leest dit.",
    )
    cannot_judge_by = text(
        "Wie stelde dat vast?", max_length=120, help_text="Naam en functie. Nodig als hierboven een reden staat."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    FIELDS = ("parents_with_authority", "checked_how", "cannot_judge_reason", "cannot_judge_by")

    def __init__(self, *args, case, newest, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {name: getattr(newest, name) for name in self.FIELDS} if newest else {}
        self.initial |= {"parents_with_authority": case.parents_with_authority, "version": case.version}

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    def clean(self):
        cleaned = super().clean()
        reason, name = cleaned.get("cannot_judge_reason"), cleaned.get("cannot_judge_by")
        if reason and not name and "cannot_judge_by" not in self.errors:
            self.add_error("cannot_judge_by", "Schrijf op wie dit vaststelde.")
        if name and not reason and "cannot_judge_reason" not in self.errors:
            self.add_error("cannot_judge_reason", "Schrijf op waarom de jongere dit niet kan overzien.")
        return cleaned
