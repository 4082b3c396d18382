"""What happens to what was written down, after a consent was taken back."""

from django import forms

from access.forms import WelForm
from cases.forms.fields import NOT_A_CHOICE, text
from cases.models import RemovalDecision


class RemovalForm(WelForm):
    outcome = forms.ChoiceField(
        label="Wat gebeurt ermee?",
        choices=RemovalDecision.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat ermee gebeurt.", "invalid_choice": NOT_A_CHOICE},
    )
    reason = text(
        "Waarom?",
        max_length=300,
        required=True,
        missing="Schrijf op waarom.",
        help_text="Wat vroegen de ouders of de jongere? Wat moet volgens de wet blijven?",
    )
