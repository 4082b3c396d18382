"""What somebody writes down after a table: how a promise went, and what the youth heard and said."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from cases.forms.legal_status import VersionedForm
from meetings.forms.fields import radios
from meetings.models import Feedback


class OutcomeForm(WelForm):
    outcome = forms.CharField(
        label="Hoe liep het?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat gebeurde er wel? En wat is nu de kleinste stap?",
        error_messages={"required": "Vul in hoe het liep.", "max_length": "Dit is te lang. Er passen 500 tekens."},
    )


class FeedbackForm(VersionedForm):
    told_on = DutchDateField(label="Wanneer?", error_messages={"required": "Vul in wanneer je het vertelde."})
    channel = radios("Hoe?", Feedback.Channel.choices, "Kies hoe je het vertelde.")

    class Meta:
        model = Feedback
        fields = ["told_on", "channel", "told", "reaction"]
        labels = {"told": "Wat vertelde je?", "reaction": "Wat zei de jongere?"}
        help_texts = {
            "told": "Een voorstel, uit de acties van de tafel. Maak er je eigen woorden van.",
            "reaction": "Liefst in de woorden van de jongere.",
        }
        widgets = {"told": forms.Textarea(attrs={"rows": 8}), "reaction": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, draft="", **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("told_on", None)
        if not self.instance.told_on:
            # As it mostly goes, so that writing down what was said is enough (scenario 9).
            self.initial |= {"told_on": timezone.localdate(), "told": draft, "channel": Feedback.Channel.TALK}

    def clean_told_on(self):
        day = self.cleaned_data["told_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Deze datum ligt in de toekomst.")
        if day < timezone.localdate(self.instance.item.starts_at):
            raise forms.ValidationError("Deze dag is voor de tafel.")
        return day
