"""What came out of comparing two jeugdigen; no free text, so that no name can get in."""

from django import forms

from access.forms import WelForm
from cases.models import PossibleDouble

CHOOSE = "Kies wat eruit kwam."


class DoubleForm(WelForm):
    answer = forms.ChoiceField(
        label="Wat kwam eruit?",
        choices=PossibleDouble.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    # The answer that stood there when the page was opened.
    seen = forms.ChoiceField(
        choices=[("", ""), *PossibleDouble.Answer.choices],
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Open deze pagina opnieuw en kies daarna."},
    )
