"""What comes in from outside: the details of a subsidy."""

import re
from decimal import Decimal

from django import forms
from django.core.validators import MaxLengthValidator

from access.forms import DutchDateField, WelModelForm
from regions.models import Subsidy

MOST_WORDS = 500  # per text of the application
LONGEST = 8000  # characters, for a text of very long words


THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+", re.ASCII)
DUTCH_NUMBER = str.maketrans(",.", ".,")


def word_count(text):
    return len(text.split())


class AmountField(forms.DecimalField):
    """Euros as people write them: 38.411,50 or 38411.50, and 38.411 without cents."""

    widget = forms.TextInput

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("€", "").replace(" ", "").replace("\u00a0", "")
            if "," in value or THOUSANDS.fullmatch(value):
                value = value.replace(".", "").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        return f"{value:,.2f}".translate(DUTCH_NUMBER) if isinstance(value, Decimal) else value


class SubsidyForm(WelModelForm):
    applied_on = DutchDateField(label="Aangevraagd op", required=False)
    granted_on = DutchDateField(label="Datum van de beschikking", required=False)
    amount = AmountField(
        label="Bedrag volgens de beschikking, in euro",
        required=False,
        max_digits=12,
        decimal_places=2,
        help_text="Zoals het in de beschikking staat. Bijvoorbeeld 38.411,00.",
        error_messages={"invalid": "Schrijf een bedrag in cijfers. Bijvoorbeeld 38.411,00."},
    )
    starts_on = DutchDateField(label="Van", required=False)
    ends_on = DutchDateField(label="Tot en met", error_messages={"required": "Vul de einddatum in."})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = Subsidy
        fields = (
            "round", "reference", "status", "applied_on", "granted_on", "amount", "starts_on", "ends_on", "contact",
            "direct_text", "indirect_text", "goal_text",
        )  # fmt: skip
        labels = {
            "round": "Ronde",
            "reference": "Kenmerk",
            "status": "Status",
            "contact": "Contactpersoon bij DUS-I",
            "direct_text": "Directe activiteiten",
            "indirect_text": "Indirecte activiteiten",
            "goal_text": "Verband met het doel",
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST, "data-word-limit": MOST_WORDS})
            for name in ("direct_text", "indirect_text", "goal_text")
        }
        error_messages = {"round": {"required": "Kies een ronde."}, "status": {"required": "Kies een status."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        for name in ("direct_text", "indirect_text", "goal_text"):
            words = word_count(getattr(self.instance, name))
            self.fields[name].help_text = f"Hoogstens {MOST_WORDS} woorden. Nu {words}."
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))
        for name in ("applied_on", "granted_on"):
            self.fields[name].past = True

    def clean_version(self):
        """The version on which the form was filled in; the row is saved only if it is still that one."""
        return self.cleaned_data["version"] or self.instance.version

    def clean(self):
        cleaned = super().clean()
        for name in ("direct_text", "indirect_text", "goal_text"):
            words = word_count(cleaned.get(name) or "")
            if words > MOST_WORDS:
                self.add_error(name, f"Deze tekst heeft {words} woorden. Hoogstens {MOST_WORDS} kan.")
        return cleaned
