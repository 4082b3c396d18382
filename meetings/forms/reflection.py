"""Wat vond je ervan? What who sat at a table said on the phone (R9.2)."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from cases.forms.legal_status import VersionedForm
from cases.forms.words import TOO_LONG, WordsInput
from cases.models.learning import Theme
from meetings.forms.fields import radios
from meetings.models import TableReflection

IN_SHORT = {"max_length": 1000, "required": False, "error_messages": {"max_length": TOO_LONG}}


class ReflectionForm(VersionedForm):
    called_on = DutchDateField(label="Gebeld op", past=True, error_messages={"required": "Vul de dag in."})
    worked = forms.CharField(label="Wat werkte?", widget=WordsInput(3), **IN_SHORT)
    better = forms.CharField(label="Wat kan beter?", widget=WordsInput(3), **IN_SHORT)
    theme = radios(
        "Waar ging het vooral over?",
        [*Theme.choices, ("", "Dat is niet te zeggen")],
        "",
        required=False,
        help_text="Zo zien we later wat vaker terugkomt.",
    )

    class Meta:
        model = TableReflection
        fields = ["called_on", "worked", "better", "theme"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.called_on:
            self.initial["called_on"] = timezone.localdate()
        self.helper.all_optional = True

    def clean_called_on(self):
        day = self.cleaned_data["called_on"]
        if day < timezone.localdate(self.instance.item.starts_at):
            raise forms.ValidationError("Deze dag is voor de tafel.")
        return day

    def clean(self):
        cleaned = super().clean()
        if not {"worked", "better"} & self.errors.keys() and not (cleaned.get("worked") or cleaned.get("better")):
            self.add_error("worked", "Schrijf kort op wat iemand zei.")
        return cleaned

    def validate_constraints(self):
        """clean() says the same, at the field."""
