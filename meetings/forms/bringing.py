"""The casusinbreng as a form: one field for each question of its version."""

from django import forms

from access.forms import WelForm
from cases import conflict
from cases.forms.words import NO_NULL, TOO_LONG, WordsInput
from meetings.actions.bringing import FIELD, with_fields
from meetings.forms.fields import without_optional

NOTHING_YET = "Schrijf minstens één antwoord op. Dan kan de casusinbreng klaar."


class BringingForm(WelForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args, bringing, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = [name for name in self.fields if name != "seen"]
        with_fields(bringing, self.names)
        stored = {name: getattr(bringing, name) for name in self.names}
        without_optional(self)
        self.initial = {"seen": conflict.fingerprint(bringing, self.names), **stored, **self.initial}

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in self.names}

    def may_be_ready(self):
        if any(self.values.values()):
            return True
        self.add_error(self.names[0], NOTHING_YET)
        return False


def form_for(questions):
    """The form of these questions, as a class: that is what keeps a klad asks for."""
    fields = {
        f"{FIELD}{question.pk}": forms.CharField(
            label=question.text,
            required=False,
            max_length=4000,
            widget=WordsInput(5),
            error_messages={"max_length": TOO_LONG, "null_characters_not_allowed": NO_NULL},
        )
        for question in questions
    }
    return type("BringingForm", (BringingForm,), fields)
