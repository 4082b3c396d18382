"""What goes on paper: which letter or form, and how much of whom it is about."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from cases.actions.consent import default_expiry
from cases.forms.consent import LONGEST, PURPOSES
from cases.forms.fields import NOT_A_CHOICE, text
from cases.models import Consent
from cases.papers import Kind


class PaperForm(WelForm):
    kind = forms.ChoiceField(
        label="Wat wil je afdrukken?",
        choices=Kind,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een brief of formulier.", "invalid_choice": NOT_A_CHOICE},
    )
    purposes = forms.MultipleChoiceField(
        label="Waarvoor vraag je toestemming?",
        choices=PURPOSES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Dit komt op het formulier. Wie tekent, kiest per regel ja of nee.",
        error_messages={"required": "Kies waarvoor.", "invalid_choice": NOT_A_CHOICE},
    )
    parties = text(
        "Met wie delen",
        max_length=200,
        help_text="Namen van organisaties. Leeg: er blijft een lijn om te schrijven.",
    )
    until = DutchDateField(label="Geldig tot en met", error_messages={"required": "Vul de laatste dag in."})
    contact = text(
        "Wie kan de ouder of de jongere bellen of mailen?",
        max_length=200,
        required=True,
        missing="Schrijf op bij wie vragen welkom zijn.",
        help_text="Dit staat op elke brief en elk formulier.",
    )
    with_code = forms.BooleanField(
        label="Zet de code op het formulier",
        required=False,
        help_text="Zo hoort het papier dat terugkomt bij de goede jeugdige, zonder naam.",
    )
    with_name = forms.BooleanField(
        label="Zet de naam op het formulier",
        required=False,
        help_text="Anders schrijven ouders of jongere de naam er zelf op. Dat je de naam bekeek, komt in het logboek.",
    )

    def __init__(self, *args, case, user, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {
            "kind": kind,
            "purposes": [value for value, _ in PURPOSES if value != Consent.Purpose.REASONS],  # asked apart
            "until": default_expiry(timezone.localdate()),
            "contact": f"{user.name}, leerplicht {case.gemeente.short_name}, {user.email}",
            "with_code": True,
        }

    def clean_until(self):
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until < today:
            raise forms.ValidationError("Deze datum is al voorbij.")
        if (until.year - today.year, until.month, until.day) > (LONGEST, today.month, today.day):
            raise forms.ValidationError(f"Toestemming geldt hoogstens {LONGEST} jaar. Vraag het daarna opnieuw.")
        return until
