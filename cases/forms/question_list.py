"""A version of the vragenlijst as text: one question on a line, so that moving and removing need no buttons."""

from django import forms

from cases.forms.fields import text
from cases.forms.legal_status import VersionedForm
from cases.forms.words import TOO_LONG, WordsInput
from cases.models import Perspective, QuestionList

MOST = 40
LONGEST = 300
GROUPS = {
    "everybody": ("", "Vragen voor iedereen", 14),
    "youth": (Perspective.YOUTH, "Alleen voor de jeugdige", 4),
    "parents": (Perspective.PARENT, "Alleen voor ouders", 4),
    "professionals": (Perspective.PROFESSIONAL, "Alleen voor professionals", 4),
}


# Who brings a jeugdige in answers all questions.
FOR_ONE = {"everybody": ("", "Vragen", 18)}


def lines_of(words):
    return [" ".join(line.split()) for line in words.splitlines() if line.strip()]


class QuestionListForm(VersionedForm):
    title = text("Titel", max_length=120, required=True, missing="Geef de vragenlijst een titel.")

    class Meta:
        model = QuestionList
        fields = ["title"]

    def __init__(self, *args, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = GROUPS if self.instance.kind == QuestionList.Kind.INTERVIEW else FOR_ONE
        for name, (asked_of, label, rows) in self.groups.items():
            self.fields[name] = forms.CharField(
                label=label,
                required=name == "everybody",
                max_length=MOST * LONGEST,
                widget=WordsInput(rows),
                help_text="Eén vraag per regel, in de volgorde waarin ze worden gesteld."
                if name == "everybody"
                else "",
                error_messages={"required": "Schrijf minstens één vraag op.", "max_length": TOO_LONG},
            )
            self.initial[name] = "\n".join(question.text for question in questions if question.asked_of == asked_of)

    def clean(self):
        cleaned = super().clean()
        for name in self.groups:
            long = [number for number, line in enumerate(lines_of(cleaned.get(name, "")), 1) if len(line) > LONGEST]
            if long:
                self.add_error(name, f"Vraag {long[0]} is te lang. Er passen {LONGEST} tekens in een vraag.")
        if not self.errors and len(self.questions) > MOST:
            self.add_error("everybody", f"Dit zijn {len(self.questions)} vragen. Houd het bij {MOST}.")
        return cleaned

    @property
    def questions(self):
        """(text, for whom), in the order of the list: first those for everybody."""
        return [
            (line, asked_of)
            for name, (asked_of, *_) in self.groups.items()
            for line in lines_of(self.cleaned_data[name])
        ]
