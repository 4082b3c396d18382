"""Whom parents or youth want at the table: one party, yes or no, and who said so."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from cases.forms.fields import NOT_A_CHOICE
from cases.forms.legal_status import VersionedForm
from cases.models import Consent, TableWish

TOO_LONG = "Dit is te lang. Er passen 120 tekens."


class TableWishForm(VersionedForm):
    party = forms.CharField(
        label="Wie (naam of rol)",
        max_length=120,
        help_text="Bijvoorbeeld: de jeugdarts, een oom, iemand van de vorige school.",
        error_messages={"required": "Schrijf op over wie het gaat."},
    )
    wish = forms.ChoiceField(
        label="Mag die erbij zijn?",
        choices=TableWish.Wish,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee.", "invalid_choice": NOT_A_CHOICE},
    )
    said_by = forms.ChoiceField(
        label="Wie zei dat?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie dat zei.", "invalid_choice": NOT_A_CHOICE},
    )
    said_on = DutchDateField(
        label="Op welke dag", past=True, error_messages={"required": "Vul in op welke dag dit was."}
    )

    class Meta:
        model = TableWish
        fields = ["party", "wish", "said_by", "said_on"]

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].error_messages["max_length"] = TOO_LONG
        self.initial["said_on"] = self.instance.said_on if self.instance.pk else timezone.localdate()
        is_second = Consent.Person.SECOND_PARENT
        self.fields["said_by"].choices = [
            choice
            for choice in Consent.Person.choices
            if choice[0] != is_second or case.parents_with_authority == 2 or self.instance.said_by == is_second
        ]
