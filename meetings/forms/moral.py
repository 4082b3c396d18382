"""The card of a moreel beraad: a question, how it was talked over, and what was weighed (R8.4)."""

from crispy_forms.layout import HTML, Div, Layout
from django import forms

from cases.forms.fields import text
from cases.forms.learning import WithoutTraces
from cases.forms.legal_status import VersionedForm
from cases.forms.words import NO_NULL, TOO_LONG, WordsInput
from meetings.forms.fields import radios
from meetings.models import MoralCard

NO_YOUTH = "Geen namen en geen code: dit gaat over de vraag, niet over een jeugdige."
MORE_NEEDED = "Meer nodig? Bewaar, dan komen er bij."
FEWEST, MORE, MOST = 3, 2, 12


def pair(number):
    return f"perspective_{number}", f"weighed_{number}"


class MoralForm(WithoutTraces, VersionedForm):
    method = radios("Welke methode?", MoralCard.Method.choices, "Kies een methode.")
    method_other = text("Welke andere methode?", max_length=120, help_text="Alleen bij ‘Anders’.")

    class Meta:
        model = MoralCard
        fields = ["question", "leader", "method", "method_other", "conclusion", "policy"]
        labels = {
            "question": "Wat is de ethische vraag?",
            "leader": "Wie leidde het gesprek?",
            "conclusion": "Wat is de conclusie?",
            "policy": "Wat betekent dit voor beleid of afspraken?",
        }
        help_texts = {
            "question": NO_YOUTH,
            "leader": "Functie en organisatie.",
            "conclusion": NO_YOUTH,
            "policy": "Bijvoorbeeld: welke afspraak passen we aan, en waar bespreken we dat?",
        }
        error_messages = {
            "question": {"required": "Schrijf de vraag op."},
            "leader": {"required": "Vul in wie het gesprek leidde."},
        }
        widgets = {"question": WordsInput(3), "conclusion": WordsInput(4), "policy": WordsInput(3)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        weighed = self.instance.considerations
        self.numbers = range(1, self._count(len(weighed)) + 1)
        for number in self.numbers:
            self._add_pair(number, weighed[number - 1] if number <= len(weighed) else {})
        self.helper.all_optional = True  # only the question, who led it and the method are needed
        self.helper.layout = Layout(
            "question",
            "leader",
            "method",
            "method_other",
            HTML(
                f'<h2>Wat wegen jullie?</h2><p class="form-lead">{NO_YOUTH} Meer nodig? Bewaar, dan komen er bij.</p>'
            ),
            *(Div(*pair(number), css_class="need") for number in self.numbers),
            "conclusion",
            "policy",
            "version",
        )

    def _count(self, stored):
        """As many as were sent, or a few more than there are."""
        sent = sum(f"weighed_{number}" in self.data for number in range(1, MOST + 1)) if self.is_bound else 0
        return min(MOST, max(FEWEST, stored + MORE, sent))

    def _add_pair(self, number, weighed):
        perspective, weighing = pair(number)
        errors = {"max_length": TOO_LONG, "null_characters_not_allowed": NO_NULL}
        optional = {"required": False, "error_messages": errors}
        self.fields[perspective] = forms.CharField(label=f"Perspectief {number}", max_length=120, **optional)
        self.fields[weighing] = forms.CharField(
            label=f"Overweging {number}", max_length=1000, widget=WordsInput(2), **optional
        )
        if number == 1:
            self.fields[perspective].help_text = "Door wiens ogen kijk je? Bijvoorbeeld: ouders, school, zorg."
        self.initial |= {perspective: weighed.get("perspective", ""), weighing: weighed.get("text", "")}

    def clean(self):
        cleaned = super().clean()
        other = cleaned.get("method") == MoralCard.Method.OTHER
        if other and not cleaned.get("method_other") and "method_other" not in self.errors:
            self.add_error("method_other", "Schrijf op welke methode het was.")
        elif not other and "method_other" in cleaned:
            cleaned["method_other"] = ""
        for number in self.numbers:
            perspective, weighing = pair(number)
            if cleaned.get(weighing) and not cleaned.get(perspective) and perspective not in self.errors:
                self.add_error(perspective, "Schrijf op door wiens ogen dit is.")
            elif cleaned.get(perspective) and not cleaned.get(weighing) and weighing not in self.errors:
                self.add_error(weighing, "Schrijf de overweging op.")
        return cleaned

    @property
    def considerations(self):
        """In the order of the form, without what was left empty."""
        said = [[self.cleaned_data[name] for name in pair(number)] for number in self.numbers]
        return [{"perspective": perspective, "text": words} for perspective, words in said if words]

    @property
    def values(self):
        return super().values | {"considerations": self.considerations}

    def validate_constraints(self):
        """clean() says the same, at the field."""
