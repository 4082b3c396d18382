"""The one question of counting for the subsidy: from which day."""

from access.forms import DutchDateField, WelForm


class InclusionForm(WelForm):
    included_on = DutchDateField(
        label="Telt mee vanaf",
        past=True,
        help_text="De situatie van deze dag telt, ook als de jeugdige later is ingeschreven.",
        error_messages={"required": "Vul in vanaf welke dag."},
    )

    def __init__(self, *args, case, subsidy, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.subsidy = case, subsidy

    def clean_included_on(self):
        day = self.cleaned_data["included_on"]
        if self.subsidy.starts_on and day < self.subsidy.starts_on:
            self.add_error("included_on", "Deze dag ligt voor het begin van de subsidie.")
        return day
