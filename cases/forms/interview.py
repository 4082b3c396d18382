"""Het waarderend interview: who and when, one answer at a time, and the reasons that only few may see."""

from django import forms
from django.utils import timezone

from access.dutch_dates import date_text
from access.forms import DutchDateField, WelForm
from access.models import User
from cases.forms.fields import NOT_A_CHOICE, area
from cases.forms.fields import text as text_field
from cases.forms.legal_status import VersionedForm
from cases.forms.members import CHOOSE_SOMEBODY, PersonField, colleagues
from cases.forms.words import TOO_LONG, WordsInput
from cases.models import Answer, CaseReason, Interview, Perspective, QuestionList
from regions.models import CASE_ROLES

NOT_YET = ("", "Nog niet gekozen")
WITH_WHOM = "Kies met wie het gesprek was."


class InterviewForm(VersionedForm):
    held_on = DutchDateField(label="Datum", past=True, error_messages={"required": "Vul de datum in."})
    place = text_field("Waar?", max_length=80, help_text="Bijvoorbeeld: thuis, of wandelend in het park. Geen adres.")
    with_youth = forms.BooleanField(label="De jeugdige", required=False)
    with_parents = forms.BooleanField(label="Een ouder of verzorger", required=False)
    with_professional = forms.BooleanField(label="Een professional", required=False)
    interviewer = PersonField(
        label="Wie voerde het gesprek?",
        queryset=User.objects.none(),
        empty_label="Kies een collega",
        error_messages=CHOOSE_SOMEBODY,
    )
    is_trained = forms.BooleanField(label="Die is geschoold in Het andere gesprek", required=False)
    question_list = forms.ModelChoiceField(
        label="Met welke vragenlijst?",
        queryset=QuestionList.objects.of(QuestionList.Kind.INTERVIEW).published(),
        empty_label=None,
        error_messages={"required": "Kies een vragenlijst.", "invalid_choice": NOT_A_CHOICE},
    )

    class Meta:
        model = Interview
        fields = [
            "held_on", "place", "with_youth", "with_parents", "with_professional", "interviewer", "is_trained",
            "question_list",
        ]  # fmt: skip

    def __init__(self, *args, case, user, since, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.since = case, since
        self.fields["interviewer"].queryset = colleagues(case, user, CASE_ROLES)
        if self.instance.pk:
            del self.fields["question_list"]  # it keeps the version it was held with
        else:
            self.initial["interviewer"] = user.pk
            self.initial["question_list"] = self.fields["question_list"].queryset.first()

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day < self.since:
            since = date_text(self.since, timezone.localdate())
            raise forms.ValidationError(f"Op die dag was er nog geen toestemming. Die is er sinds {since}.")
        return day

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in Interview.PRESENT.values()):
            self.add_error("with_youth", WITH_WHOM)
        return cleaned

    def validate_constraints(self):
        """Both constraints of a row are asked above, at the field that they are about."""


class AnswerForm(VersionedForm):
    perspective = forms.ChoiceField(
        label="Wie zei dit?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie dit zei.", "invalid_choice": NOT_A_CHOICE},
    )
    text = forms.CharField(
        label="Antwoord",
        max_length=4000,
        widget=WordsInput(7),
        help_text="Liefst in de woorden van wie het zei. Schrijf zo dat de jongere dit later zelf kan lezen.",
        error_messages={"required": "Schrijf het antwoord op.", "max_length": TOO_LONG},
    )
    theme = forms.ChoiceField(
        label="Waar gaat het over?",
        choices=[NOT_YET, *Answer.Theme.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    level = forms.ChoiceField(
        label="Op welk niveau speelt het?",
        choices=[NOT_YET, *Answer.Level.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    quote = text_field(
        "Citaat",
        max_length=300,
        widget=area(2),
        help_text="Eén of twee zinnen die anderen mogen lezen. Zonder namen en zonder plekken die iemand herkent.",
    )

    class Meta:
        model = Answer
        fields = ["perspective", "text", "theme", "level"]

    def __init__(self, *args, interview, may_quote, quote="", **kwargs):
        super().__init__(*args, **kwargs)
        # Who takes part may have changed after this was said.
        speakers = {*interview.present, self.instance.perspective} - {""}
        self.fields["perspective"].choices = [choice for choice in Perspective.choices if choice[0] in speakers]
        if len(speakers) == 1:
            self.initial["perspective"] = next(iter(speakers))
        if may_quote:
            self.initial["quote"] = self.initial.get("quote") or quote  # a klad without one lets go of none
        else:
            del self.fields["quote"]

    @property
    def quoted(self):
        """One line; "" also when there may be none."""
        return " ".join(self.cleaned_data.get("quote", "").split())


class ReasonsForm(WelForm):
    kinds = forms.MultipleChoiceField(
        label="Welke redenen worden genoemd?",
        choices=CaseReason.Kind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Meer dan één mag. Niets aankruisen mag ook.",
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    # What stood there when the page was opened: saving over somebody else's change is noticed.
    seen = forms.MultipleChoiceField(
        choices=CaseReason.Kind, widget=forms.MultipleHiddenInput, required=False, label="Wat er stond"
    )

    def clean_kinds(self):
        kinds = self.cleaned_data["kinds"]
        if CaseReason.Kind.NOT_NAMED in kinds and len(kinds) > 1:
            raise forms.ValidationError("Kies ‘Niet genoemd’ alleen als er geen andere reden is.")
        return kinds
