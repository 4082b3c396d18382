"""The form that moves a jeugdige to another step of the process."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from cases.forms.fields import NOT_A_CHOICE, text
from cases.models import Case, StatusChange
from cases.rules.status import fault_in

# The seven words of the screen, and under each the finer steps that it covers.
STEPS = [
    (label, [(status.value, status.label) for status in statuses]) for label, statuses in Case.STATUS_WORDS.values()
]


class StatusForm(WelForm):
    status = forms.ChoiceField(
        label="Waar staat de jongere nu?",
        choices=STEPS,
        error_messages={"required": "Kies waar de jongere nu staat.", "invalid_choice": NOT_A_CHOICE},
    )
    on = DutchDateField(label="Sinds", error_messages={"required": "Vul in sinds welke dag."})
    reason = forms.ChoiceField(
        label="Waarom stopt het?",
        help_text="Alleen bij Gestopt.",
        choices=[("", "Kies een reden"), *StatusChange.Reason.choices],
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    note = text(
        "Toelichting",
        max_length=200,
        help_text="Wat veranderde er? Zonder namen.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case, newest, **kwargs):
        """`newest` is the day of the last step, or None when there is none yet."""
        super().__init__(*args, **kwargs)
        self.case, self.newest = case, newest
        today = timezone.localdate()
        self.initial = {"status": case.status, "on": today, "version": case.version, **self.initial}

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        fault = fault_in(
            before=self.case.status,
            after=cleaned["status"],
            reason=cleaned["reason"],
            note=cleaned["note"],
            on=cleaned["on"],
            not_before=self.newest,
            today=timezone.localdate(),
        )
        if fault:
            self.add_error(*fault)
        elif cleaned["status"] == Case.Status.DONE:
            self.add_error("status", "Afronden doe je op de pagina Volgen. Daar zie je wat er klaar is.")
        return cleaned
