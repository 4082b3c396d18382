"""Een reflectie: what do we see go well, and how do we strengthen that."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from access.widgets import PictogramRadioSelect
from cases.forms.words import SharedWordsForm, WordsInput
from cases.models import Reflection, Stop

VOICE_ICONS = {"jongere": "chat-quote", "ouder": "people", "begeleider": "chat"}


class ReflectionForm(SharedWordsForm):
    said_on = DutchDateField(label="Wanneer was het?", past=True)
    stop = forms.ModelChoiceField(
        Stop.objects.none(), label="Waar kijk je op terug?", required=False, empty_label="De hele reis"
    )

    class Meta:
        model = Reflection
        fields = ["voice", "text", "strengthen", "stop", "said_on"]
        labels = {
            "voice": "Van wie is dit?",
            "text": "Wat zien we WEL gebeuren?",
            "strengthen": "Hoe versterken we dat?",
        }
        help_texts = {"text": "Van de jongere of een ouder: schrijf op wat diegene zei, letterlijk."}
        error_messages = {
            "voice": {"required": "Kies van wie dit is."},
            "text": {"required": "Schrijf op wat jullie zagen."},
        }
        widgets = {
            "voice": PictogramRadioSelect(icons=VOICE_ICONS),
            "text": WordsInput(5),
            "strengthen": WordsInput(3),
        }

    field_order = ["voice", "text", "strengthen", "stop", "said_on", "seen"]

    def __init__(self, *args, case, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = Reflection.Voice.choices
        self.fields["said_on"].error_messages["required"] = "Vul in wanneer het was."
        stop = self.fields["stop"]
        stop.queryset = Stop.objects.editable_by(user).filter(case=case)
        stop.label_from_instance = lambda halte: f"Halte: {halte.title}"
        stop.error_messages["invalid_choice"] = "Kies een halte van deze reis."


def today_initial(stop=""):
    """What a new one starts with; `stop` comes from the query string."""
    return {"said_on": timezone.localdate(), "stop": int(stop) if stop.isdecimal() and len(stop) < 16 else None}
