"""What happened, how it went when somebody asked, who keeps contact, and rounding off."""

from django import forms
from django.conf import settings
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from cases.forms.fields import NOT_A_CHOICE, text
from cases.forms.legal_status import VersionedForm
from cases.forms.words import WordsInput
from cases.models import Closing, FollowEvent, FollowUp
from cases.rules.closing import remove_on

FURTHEST = 3 * 365  # days ahead that a moment can be planned


class FollowEventForm(VersionedForm):
    kind = forms.ChoiceField(
        label="Wat gebeurde er?",
        choices=[("", "Kies wat er gebeurde"), *FollowEvent.Kind.choices],
        error_messages={"required": "Kies wat er gebeurde.", "invalid_choice": NOT_A_CHOICE},
    )
    happened_on = DutchDateField(label="Wanneer?", past=True, error_messages={"required": "Vul in wanneer het was."})
    movement = forms.ChoiceField(
        label="Hoe was dit voor de jongere?",
        help_text="Ontwikkeling is geen rechte lijn. Dit is geen cijfer.",
        choices=FollowEvent.Movement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het was.", "invalid_choice": NOT_A_CHOICE},
    )

    class Meta:
        model = FollowEvent
        fields = ["kind", "happened_on", "movement", "place", "is_partial", "note"]
        labels = {"place": "Welke school, plek of gemeente?", "note": "Wat zie je gebeuren?"}
        help_texts = {"note": "Schrijf zo dat de jongere dit later zelf kan lezen. Zonder namen."}
        widgets = {"note": WordsInput(3)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial |= {"happened_on": timezone.localdate()}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") in FollowEvent.WITH_PLACE and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", "Vul in welke school, plek of gemeente.")
        return cleaned


class MomentForm(WelForm):
    due_on = DutchDateField(label="Wanneer vraag je hoe het gaat?", error_messages={"required": "Vul een dag in."})

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        days = (day - timezone.localdate()).days
        if days < 0:
            raise forms.ValidationError("Kies een dag vanaf vandaag.")
        if days > FURTHEST:
            raise forms.ValidationError("Kies een dag in de komende drie jaar.")
        return day


class FinishMomentForm(VersionedForm):
    outcome = forms.ChoiceField(
        label="Hoe gaat het?",
        choices=FollowUp.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het gaat.", "invalid_choice": NOT_A_CHOICE},
    )
    done_on = DutchDateField(label="Gesproken op", past=True, error_messages={"required": "Vul in wanneer het was."})

    class Meta:
        model = FollowUp
        fields = ["outcome", "done_on", "note"]
        labels = {"note": "Wat hoorde je?"}
        help_texts = {"note": "Zonder namen."}
        widgets = {"note": WordsInput(3)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"done_on": timezone.localdate(), "outcome": ""}

    def _get_validation_exclusions(self):
        """Who did it is filled in when it is saved; until then the constraint would speak of a half answer."""
        return super()._get_validation_exclusions() | {"done_by", "outcome"}


class ClosingForm(VersionedForm):
    remove_on = DutchDateField(
        label="Bewaren tot",
        required=False,
        help_text="Leeg: {years} jaar na het afronden. Daarna vraagt WEL wat er moet gebeuren.",
    )

    class Meta:
        model = Closing
        fields = ["keeper", "remove_on", "hold_reason"]
        labels = {"keeper": "Wie blijft contact houden?", "hold_reason": "Waarom langer of korter bewaren?"}
        help_texts = {
            "keeper": "Een rol is genoeg: de mentor, een oom, de leerplichtambtenaar. Zonder namen.",
            "hold_reason": "Alleen als je zelf een dag kiest. Bijvoorbeeld: er loopt een bezwaar.",
        }

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        if case.closed_on is None and not self.instance.hold_reason:
            self.initial["remove_on"] = None  # of an earlier closing: it follows anew
        years = settings.DOCUMENT_YEARS
        self.fields["remove_on"].help_text = self.fields["remove_on"].help_text.format(years=years)

    def clean(self):
        cleaned = super().clean()
        if {"remove_on", "hold_reason"} & set(self.errors):
            return cleaned
        day, reason, closed_on = cleaned.get("remove_on"), cleaned.get("hold_reason"), self.case.closed_on
        normal = remove_on(closed_on, settings.DOCUMENT_YEARS) if closed_on else None
        if day is None:
            cleaned["remove_on"] = normal
            if reason:
                self.add_error("remove_on", "Vul in tot wanneer, of haal de reden weg.")
        elif day < timezone.localdate() and day != normal:
            self.add_error("remove_on", "Kies een dag vanaf vandaag.")
        elif day != normal and not reason:
            self.add_error("hold_reason", "Schrijf op waarom je van de gewone dag afwijkt.")
        return cleaned


class RoundOffForm(WelForm):
    on = DutchDateField(label="Afgerond op", past=True, error_messages={"required": "Vul in op welke dag."})
    exception = text(
        "Waarom toch afronden?",
        max_length=300,
        required=True,
        missing="Schrijf op waarom je toch afrondt, of maak eerst af wat nog open staat.",
        help_text="Zonder namen.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, case, newest, is_ready, **kwargs):
        """`newest` is the day of the last step of the status, or None."""
        super().__init__(*args, **kwargs)
        self.newest = newest
        self.initial = {"on": timezone.localdate(), "version": case.version, **self.initial}
        if is_ready:
            del self.fields["exception"]

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("on")
        if day and self.newest and day < self.newest:
            self.add_error("on", "Deze dag ligt voor de vorige stap.")
        return cleaned
