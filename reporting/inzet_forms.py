"""The filters on the inzet of a samenwerkingsverband, and the answer on one line."""

from datetime import date

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from access.forms import WelForm
from access.school_year import school_year, school_year_end
from cases.forms.fields import NOT_A_CHOICE
from cases.forms.filters import parse_code
from cases.forms.words import NO_NULL
from cases.models import CostLine
from regions.forms import FilterForm, row

FIRST_YEAR = 2022  # when the regeling began
WITHOUT = "casusoverstijgend"


def choice(label, *choices):
    return forms.ChoiceField(
        label=label, required=False, choices=[("", "Alle"), *choices], error_messages={"invalid_choice": NOT_A_CHOICE}
    )


class InzetFilter(FilterForm):
    """Everything in the query string; an unknown value is an error, not a silent guess."""

    akkoord = choice("Akkoord", ("wacht", "Wacht op akkoord"), *CostLine.Decision.choices)
    stand = choice("Stand", *((value, label.partition(":")[0]) for value, label in CostLine.Stage.choices))
    soort = choice("Direct of indirect", ("direct", "Direct"), ("indirect", "Indirect"))
    schooljaar = choice("Schooljaar")
    kalenderjaar = choice("Kalenderjaar")
    subsidie = choice("Subsidie")
    jeugdige = forms.CharField(
        label="Jeugdige",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "WEL-0142"}),
        help_text="Een code, of ‘casusoverstijgend’.",
        error_messages={"max_length": "Schrijf de code als WEL-0142."},
    )

    def __init__(self, *args, subsidies, **kwargs):
        super().__init__(*args, **kwargs)
        year = timezone.localdate().year
        starts = range(year, FIRST_YEAR - 1, -1)
        self.fields["schooljaar"].choices = [("", "Alle"), *((name, name) for name in map(_school_year_from, starts))]
        self.fields["kalenderjaar"].choices = [("", "Alle"), *((str(start), str(start)) for start in starts)]
        if len(subsidies) > 1:
            self.fields["subsidie"].choices = [
                ("", "Alle"),
                *((str(row.pk), row.reference or str(row)) for row in subsidies),
            ]
        else:
            del self.fields["subsidie"]
        wide = [("akkoord", "col-md-3"), ("stand", "col-md-3"), ("soort", "col-md-3"), ("jeugdige", "col-md-3")]
        more = [("schooljaar", "col-md-3"), ("kalenderjaar", "col-md-3")]
        if "subsidie" in self.fields:
            more.append(("subsidie", "col-md-3"))
        self.helper.layout = Layout(row(*wide), row(*more))

    def clean_jeugdige(self):
        text = self.cleaned_data["jeugdige"].strip()
        if text and text.lower() != WITHOUT and parse_code(text) is None:
            raise forms.ValidationError("Schrijf de code als WEL-0142.")
        return text

    def narrow(self, lines):
        """`lines` without what does not fit."""
        chosen = self.cleaned_data
        if chosen["akkoord"] == "wacht":
            lines = lines.waiting()
        elif chosen["akkoord"]:
            lines = lines.filter(decision=chosen["akkoord"])
        if chosen["stand"]:
            lines = lines.filter(stage=chosen["stand"])
        if chosen["soort"]:
            lines = lines.filter(is_direct=chosen["soort"] == "direct")
        if chosen["schooljaar"]:
            start = date(int(chosen["schooljaar"][:4]), 8, 1)
            lines = lines.filter(spent_on__range=(start, school_year_end(start)))
        if chosen["kalenderjaar"]:
            lines = lines.filter(spent_on__year=int(chosen["kalenderjaar"]))
        if chosen.get("subsidie"):
            lines = lines.filter(subsidy_id=int(chosen["subsidie"]))
        if chosen["jeugdige"].lower() == WITHOUT:
            lines = lines.filter(case=None)
        elif chosen["jeugdige"]:
            lines = lines.filter(case_id=parse_code(chosen["jeugdige"]))
        return lines

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())


def _school_year_from(year):
    return school_year(date(year, 8, 1))


class DecisionForm(WelForm):
    answer = forms.ChoiceField(
        label="Ga je akkoord?",
        choices=CostLine.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies akkoord of niet akkoord.", "invalid_choice": "Kies akkoord of niet akkoord."},
    )
    reason = forms.CharField(
        label="Waarom niet?",
        required=False,
        max_length=300,
        help_text="Alleen nodig bij niet akkoord. Wie invoerde leest dit, en past de regel aan.",
        error_messages={
            "max_length": "Maak de tekst korter: hier passen 300 tekens.",
            "null_characters_not_allowed": NO_NULL,
        },
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Kijk eerst wat er nu staat, en kies dan."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == CostLine.Decision.NO and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Schrijf op waarom niet, dan kan wie invoerde het aanpassen.")
        return cleaned
