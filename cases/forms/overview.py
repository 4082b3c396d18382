"""What changes on the Overzicht: what is there, what is hard, and what comes next."""

from django import forms

from access.forms import DutchDateField
from cases.forms.words import WordsForm, WordsInput
from cases.models import Case


class OverviewForm(WordsForm):
    last_contact_on = DutchDateField(label="Laatste contact", required=False, past=True)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Case
        fields = ["strengths", "hardship", "next_step", "last_contact_on"]
        labels = {
            "strengths": "Wat gaat al goed?",
            "hardship": "Wat maakt het lastig?",
            "next_step": "Volgende stap",
        }
        help_texts = {
            "strengths": "Welke ontwikkeling zie je al? Klein telt ook.",
            "next_step": "Wat is de kleinste stap?",
        }
        widgets = {"strengths": WordsInput(4), "hardship": WordsInput(4)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def clean_last_contact_on(self):
        day = self.cleaned_data["last_contact_on"]
        if day and (day.year, day.month) < (self.instance.birth_year, self.instance.birth_month or 1):
            raise forms.ValidationError("Deze datum ligt voor de geboorte.")
        return day
