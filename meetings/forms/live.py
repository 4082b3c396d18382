"""What is typed at the table, one promise on its own, and closing."""

import uuid
from datetime import timedelta

from django import forms
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from access.models import User
from cases.forms.fields import NOT_A_CHOICE, text
from cases.forms.legal_status import VersionedForm
from cases.forms.members import OWNER_ROLES, colleagues
from meetings.board import called
from meetings.forms.fields import radios
from meetings.forms.report import feasible_field, mix_field
from meetings.models import Action, Participant
from meetings.rules.due import Horizon
from meetings.rules.quick_add import read_line

NOBODY = "Nog niemand. Vraag: wie pakt dit op?"


class LineForm(WelForm):
    """One line. In it `4d` says by when and `@olga` who; what is typed wins from the choice beside it."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    horizon = radios("Termijn", Horizon.choices, "Kies een termijn.")
    line = text("Wat, en wie?", max_length=400, required=True, missing="Schrijf op wat er gebeurt.")

    def __init__(self, *args, people, is_note=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.is_note = people, is_note
        self.initial |= {"horizon": Horizon.DAYS, "key": uuid.uuid4()}
        self.fields["line"].widget.attrs |= {"autocomplete": "off", "maxlength": "400"}
        self.fields["horizon"].required = False  # four days, when nothing else is said
        if is_note:
            del self.fields["horizon"]

    def clean(self):
        cleaned = super().clean()
        typed = cleaned.get("line") or ""
        found = read_line(typed, [(person.pk, called(person)) for person in self.people])
        cleaned["key"] = cleaned.get("key") or uuid.uuid4()
        cleaned["participant"] = next((person for person in self.people if person.pk == found.person), None)
        cleaned["text"] = found.text
        if not self.is_note:
            cleaned["horizon"] = found.horizon or cleaned.get("horizon") or Horizon.DAYS
        if typed and not found.text:
            self.add_error("line", "Schrijf ook op wat er gebeurt.")
        elif len(found.text) > 300 and not self.is_note:
            self.add_error("line", "Dit is te lang. Er passen 300 tekens.")
        return cleaned


class ActionForm(VersionedForm):
    horizon = radios("Termijn", Horizon.choices, "Kies een termijn.")
    participant = forms.ModelChoiceField(
        label="Wie doet het?",
        queryset=Participant.objects.none(),
        required=False,
        empty_label=NOBODY,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )

    class Meta:
        model = Action
        fields = ["text", "participant", "horizon"]
        labels = {"text": "Wat gebeurt er?"}
        error_messages = {
            "text": {"required": "Schrijf op wat er gebeurt.", "max_length": "Dit is te lang. Er passen 300 tekens."}
        }

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = people
        self.helper.all_optional = True


class CloseForm(WelForm):
    """Three questions, who was there, and in a few words what was agreed (R8.1, R8.3)."""

    teller = forms.ModelChoiceField(
        label="Wie vertelt het de jongere?",
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": "Kies wie het vertelt.", "invalid_choice": NOT_A_CHOICE},
    )
    due_on = DutchDateField(
        label="Uiterlijk", error_messages={"required": "Vul in wanneer de jongere het uiterlijk hoort."}
    )
    share = radios(
        "Wie krijgt het verslag?",
        [("tafel", "Iedereen die aan tafel zat"), ("team", "Alleen wie met de jeugdige werkt")],
        "Kies wie het verslag krijgt.",
        help_text="Wie aan tafel zat en een account heeft, krijgt een mail met een link.",
    )
    present = forms.MultipleChoiceField(
        label="Wie was erbij?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    agreed = text("Wat spraken jullie af?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    mix = mix_field()
    is_feasible = feasible_field()
    dissent = text("Ziet iemand het anders?", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, item, people, case, reader, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.item = item
        self.latest = timezone.localdate(item.ends_at) + timedelta(days=28)
        self.fields["teller"].queryset = colleagues(case, reader, OWNER_ROLES)
        self.fields["present"].choices = [(str(person.pk), str(person)) for person in people]
        days = item.meeting.team.feedback_days
        self.initial |= {
            "teller": owner,
            "due_on": timezone.localdate(item.ends_at) + timedelta(days=days),
            "share": "tafel",
            "present": [str(person.pk) for person in people if person.answer != Participant.Answer.NO],
            "is_feasible": "",
        }

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if not timezone.localdate(self.item.starts_at) <= day <= self.latest:
            raise forms.ValidationError("Kies een dag binnen vier weken na de tafel.")
        return day
