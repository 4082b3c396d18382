"""Counting for the subsidy: from which day, and why this youth was chosen (R1.4)."""

from access.forms import DutchDateField, WelForm
from cases.forms.fields import text


class InclusionForm(WelForm):
    included_on = DutchDateField(
        label="Telt mee vanaf",
        past=True,
        help_text="De situatie van deze dag telt, ook als de jeugdige later is ingeschreven.",
        error_messages={"required": "Vul in vanaf welke dag."},
    )
    reason = text(
        "Waarom deze jeugdige?",
        max_length=300,
        required=True,
        missing="Schrijf kort waarom je deze jeugdige kiest.",
        help_text="Eén zin, zonder naam of diagnose. Bijvoorbeeld: ouders willen graag meedenken.",
    )

    def __init__(self, *args, case, subsidy, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.subsidy = case, subsidy

    def clean_included_on(self):
        day = self.cleaned_data["included_on"]
        if self.subsidy.starts_on and day < self.subsidy.starts_on:
            self.add_error("included_on", "Deze dag ligt voor het begin van de subsidie.")
        return day
