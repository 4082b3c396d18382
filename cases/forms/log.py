"""Schrijf op: in half a minute what somebody saw or heard, and who may read it."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from access.widgets import PictogramRadioSelect
from cases.forms.words import SharedWordsForm, WordsInput
from cases.models import LogEntry, Stop

KIND_ICONS = {
    "gesprek": "chat",
    "huisbezoek": "house-door",
    "bericht": "envelope",
    "lichtje": "lichtje",
    "hobbel": "signpost-split",
    "besluit": "check-circle",
}


class LogFilterForm(forms.Form):
    """The query string of the logboek; nonsense in it is no filter."""

    soort = forms.ChoiceField(choices=LogEntry.Kind.choices, required=False)
    pagina = forms.IntegerField(min_value=1, max_value=500, required=False)
    verwijderd = forms.IntegerField(min_value=1, max_value=2**62, required=False)


class LogEntryForm(SharedWordsForm):
    together = (("kind", "is_spark"),)
    happened_on = DutchDateField(label="Wanneer was het?", past=True)
    stop = forms.ModelChoiceField(
        Stop.objects.none(), label="Bij welke halte was het lichtje?", required=False, empty_label="Geen halte"
    )

    class Meta:
        model = LogEntry
        fields = ["kind", "text", "happened_on", "is_spark", "readers"]
        labels = {
            "kind": "Wat schrijf je op?",
            "is_spark": "Er waren lichtjes in de ogen",
            "readers": "Wie mag dit lezen?",
        }
        help_texts = {"text": "Schrijf zo dat de jongere dit later zelf kan lezen."}
        error_messages = {
            "kind": {"required": "Kies wat je opschrijft."},
            "text": {"required": "Schrijf op wat er gebeurde."},
            "readers": {"required": "Kies wie dit mag lezen."},
        }
        widgets = {
            "kind": PictogramRadioSelect(icons=KIND_ICONS),
            "text": WordsInput(6),
            "readers": forms.RadioSelect,
        }

    field_order = ["kind", "text", "happened_on", "is_spark", "stop", "readers", "seen"]

    def __init__(self, *args, case, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = LogEntry.Kind.choices
        self.fields["readers"].choices = LogEntry.Readers.choices
        self.fields["happened_on"].error_messages["required"] = "Vul in wanneer het was."
        stops = Stop.objects.editable_by(user).filter(case=case)
        if self.instance.pk or not stops.exists():
            del self.fields["stop"]
        else:
            self.fields["stop"].queryset = stops
            self.fields["stop"].label_from_instance = lambda stop: stop.title
            self.fields["stop"].error_messages["invalid_choice"] = "Kies een halte van deze reis."

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == LogEntry.Kind.SPARK:
            cleaned["is_spark"] = True
        if cleaned.get("stop") and not cleaned.get("is_spark"):
            self.add_error("stop", "Vink ook aan dat er lichtjes waren, of kies geen halte.")
        return cleaned


def today_initial(kind=""):
    """What a new entry starts with; `kind` comes from the query string."""
    known = kind if kind in LogEntry.Kind.values else ""
    return {
        "kind": known,
        "is_spark": known == LogEntry.Kind.SPARK,
        "happened_on": timezone.localdate(),
        "readers": LogEntry.Readers.TEAM,
    }
