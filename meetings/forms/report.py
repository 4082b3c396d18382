"""What is put right in a verslag, with whom it is shared, and as whom it is looked at."""

from django import forms

from access.forms import WelForm
from cases.forms.fields import NOT_A_CHOICE
from cases.forms.legal_status import VersionedForm
from cases.forms.words import WordsInput
from meetings.models import TableReport

FEASIBLE = [("ja", "Ja"), ("nee", "Nog niet"), ("", "Weten we nog niet")]


def mix_field():
    return forms.MultipleChoiceField(
        label="Waar zit dat in?",
        choices=TableReport.Mix.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )


def feasible_field():
    return forms.TypedChoiceField(
        label="Haalbaar en zinvol voor de jongere?",
        choices=FEASIBLE,
        widget=forms.RadioSelect,
        required=False,
        coerce=lambda value: value == "ja",
        empty_value=None,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )


class ReportForm(VersionedForm):
    mix = mix_field()
    is_feasible = feasible_field()

    class Meta:
        model = TableReport
        fields = ["agreed", "mix", "is_feasible", "dissent"]
        labels = {"agreed": "Wat spraken jullie af?", "dissent": "Ziet iemand het anders?"}
        help_texts = {"agreed": "Schrijf zo dat de jongere dit later zelf kan lezen."}
        widgets = {"agreed": WordsInput(6), "dissent": WordsInput(3)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["is_feasible"] = {True: "ja", False: "nee", None: ""}[self.instance.is_feasible]

    @staticmethod
    def shown(name, value):
        """As a person reads it: for what is no text on its own."""
        if name == "mix":
            return ", ".join(TableReport.Mix(kind).label for kind in value)
        if name == "is_feasible":
            return {True: "Ja", False: "Nog niet", None: "Weten we nog niet"}[value]
        return value


class ShareForm(WelForm):
    """Who of the table gets it: whoever was there, and each can be left out."""

    people = forms.MultipleChoiceField(
        label="Met wie deel je het?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies met wie je het verslag deelt.", "invalid_choice": NOT_A_CHOICE},
    )

    def __init__(self, *args, choices, present, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = choices
        self.initial["people"] = present


class PreviewForm(WelForm):
    """One of the people at the table, from the address of the page."""

    lezer = forms.ChoiceField(label="Bekijk zoals", error_messages={"invalid_choice": NOT_A_CHOICE})

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["lezer"].choices = [(key, str(person)) for key, person in self.people.items()]

    def clean_lezer(self):
        return self.people[self.cleaned_data["lezer"]]
