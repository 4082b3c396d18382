"""Werkte ons advies: looking back on a table, with the three basic needs (R9.3)."""

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from cases.forms.legal_status import VersionedForm
from cases.forms.words import TOO_LONG, WordsInput
from meetings.forms.fields import radios
from meetings.models import AdviceReview
from meetings.models.review import NEEDS, Felt

NOTE = "Hoe merk je dat? (niet verplicht)"


def _need(word, short):
    return radios(f"{word}: {short}", Felt.choices, "Kies een antwoord.")


class ReviewForm(VersionedForm):
    held_on = DutchDateField(
        label="Wanneer keken jullie terug?", past=True, error_messages={"required": "Vul de dag in."}
    )
    worked = radios("Werkte ons advies?", AdviceReview.Worked.choices, "Kies een antwoord.")
    happened = forms.CharField(
        label="Wat gebeurde er?",
        max_length=2000,
        widget=WordsInput(5),
        help_text="Wat zie je WEL gebeuren? Klein telt ook.",
        error_messages={"required": "Schrijf op wat er gebeurde.", "max_length": TOO_LONG},
    )
    needs_table = forms.TypedChoiceField(
        label="Is er een tweede tafel nodig?",
        choices=[("ja", "Ja"), ("nee", "Nee")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "ja",
        empty_value=None,
        error_messages={"required": "Kies een antwoord."},
    )

    class Meta:
        model = AdviceReview
        fields = [
            "held_on", "worked", "happened", "autonomy", "autonomy_note", "competence", "competence_note", "belonging",
            "belonging_note", "next_step", "needs_table",
        ]  # fmt: skip
        labels = {"next_step": "Wat is de volgende kleine stap?"} | {f"{name}_note": NOTE for name, *_ in NEEDS}

    autonomy, competence, belonging = (_need(word, short) for _, word, short in NEEDS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["held_on"] = self.initial.get("held_on") or timezone.localdate()
        if not isinstance(self.initial.get("needs_table"), str):  # a klad has the words already
            self.initial["needs_table"] = {True: "ja", False: "nee"}.get(self.initial.get("needs_table"), "")
        self.helper.all_optional = True  # only what says so may stay empty
        self.helper.layout = Layout(
            "held_on",
            "worked",
            "happened",
            HTML('<p class="form-lead">Een plan werkt als het drie dingen voedt. Vraag het de jongere.</p>'),
            *(Div(name, f"{name}_note", css_class="need") for name, *_ in NEEDS),
            "next_step",
            "needs_table",
            "version",
        )

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day < timezone.localdate(self.instance.item.starts_at):
            raise forms.ValidationError("Deze dag is voor de tafel.")
        return day
