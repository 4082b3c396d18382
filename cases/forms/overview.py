"""What changes on the Overzicht: what is there, what is hard, what comes next, and where the youth stands."""

from django import forms

from access.forms import DutchDateField
from cases.forms.words import WordsForm, WordsInput
from cases.models import Case

# The step a case comes to when somebody chooses its word; a finer step within the word stays.
FIRST_STEP = {
    "in_beeld": Case.Status.APPROACHED,
    "in_gesprek": Case.Status.INTERVIEW,
    "naar_de_tafel": Case.Status.PREPARING,
    "op_reis": Case.Status.UNDERWAY,
    "rustpunt": Case.Status.REST,
    "aangekomen": Case.Status.DONE,
    "gestopt": Case.Status.STOPPED,
}


class OverviewForm(WordsForm):
    word = forms.ChoiceField(
        label="Waar staat de jongere nu?",
        choices=[(key, label) for key, (label, _) in Case.STATUS_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waar de jongere nu staat."},
    )
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
        self.initial["word"] = self.instance.status_word[0]
        self.initial["version"] = self.instance.version

    def clean_last_contact_on(self):
        day = self.cleaned_data["last_contact_on"]
        if day and (day.year, day.month) < (self.instance.birth_year, self.instance.birth_month or 1):
            raise forms.ValidationError("Deze datum ligt voor de geboorte.")
        return day

    @property
    def status(self):
        word = self.cleaned_data["word"]
        return self.instance.status if word == self.initial["word"] else FIRST_STEP[word]
