"""The checklist, the visit at home, and why there is no stem of the youth."""

from django import forms

from access.forms import DutchDateField
from cases.forms.fields import NOT_A_CHOICE, area, text
from cases.forms.legal_status import VersionedForm
from cases.forms.words import TOO_LONG, WordsInput
from meetings.forms.fields import radios, without_optional
from meetings.models import Checklist, HomeVisit, NoVoice
from meetings.rules.checklist import GROUPS, ITEMS


class ChecklistForm(VersionedForm):
    """A list to tick per group; together they are one column of the row."""

    class Meta:
        model = Checklist
        fields = [group.remark for group in GROUPS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for group in GROUPS:
            self.fields[group.key] = forms.MultipleChoiceField(
                label=group.title,
                choices=group.items,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                error_messages={"invalid_choice": NOT_A_CHOICE, "invalid_list": NOT_A_CHOICE},
            )
            self.initial[group.key] = [key for key, _ in group.items if key in self.instance.ticked]
            remark = self.fields[group.remark]
            remark.label, remark.widget = f"Opmerkingen bij {group.title.lower()}", WordsInput(2)
            remark.error_messages["max_length"] = TOO_LONG
        self.order_fields([name for group in GROUPS for name in (group.key, group.remark)])
        without_optional(self)

    @property
    def values(self):
        ticked = {key for group in GROUPS for key in self.cleaned_data[group.key]}
        return super().values | {"ticked": [key for key in ITEMS if key in ticked]}

    @staticmethod
    def comparable(row, values):
        """What is ticked, per group and in words: for when a colleague was first."""
        mine = {name: value for name, value in values.items() if name != "ticked"}
        for group in GROUPS:
            setattr(row, group.key, _lines(group, row.ticked))
            mine[group.key] = _lines(group, values["ticked"])
        return mine


def _lines(group, ticked):
    return "\n".join(label for key, label in group.items if key in ticked)


class HomeVisitForm(VersionedForm):
    visited_on = DutchDateField(label="Wanneer was het?", past=True, error_messages={"required": "Vul de datum in."})
    visitors = text(
        "Wie gingen er op bezoek?",
        max_length=200,
        required=True,
        missing="Schrijf op wie er op bezoek gingen.",
        help_text="Het liefst de eigenaar samen met de coördinator.",
    )
    wants_to = forms.BooleanField(
        label="De jongere wil zelf het verhaal vertellen, en wil iets veranderen", required=False
    )
    place = text(
        "Welke plek koos de jongere?",
        max_length=120,
        help_text="Bijvoorbeeld: de kantine van de voetbalclub, of de bibliotheek.",
    )
    is_prepared = forms.BooleanField(label="De jongere weet hoeveel mensen er komen", required=False)
    note = forms.CharField(
        label="Wat is afgesproken?",
        required=False,
        max_length=1000,
        widget=WordsInput(3),
        error_messages={"max_length": TOO_LONG},
    )

    class Meta:
        model = HomeVisit
        fields = ["visited_on", "visitors", "wants_to", "place", "is_prepared", "note"]


class NoVoiceForm(VersionedForm):
    why = radios("Waarom lukt het nu niet?", NoVoice.Why.choices, "Kies waarom het nu niet lukt.")
    note = text(
        "Wat is er geprobeerd?",
        max_length=300,
        required=True,
        missing="Schrijf op wat er is geprobeerd.",
        widget=area(3),
        help_text="Schrijf zo dat de jongere dit later zelf kan lezen.",
    )

    class Meta:
        model = NoVoice
        fields = ["why", "note"]

    def validate_constraints(self):
        """The field says that the note is needed."""

    @property
    def values(self):
        return super().values | {"holds": True}
