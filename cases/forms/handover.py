"""A warm handover: where to and what the other side may know, the consent for it, and its answer."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from access.models import User
from cases.forms.connection import VersionedForm
from cases.forms.fields import NOT_A_CHOICE, area, text
from cases.forms.members import CHOOSE_SOMEBODY, PersonField
from cases.forms.register import SwvField
from cases.models import Consent, Handover
from cases.rules.ages import age_from_month
from regions.choices import swv_choices
from regions.models import CASE_ROLES, Gemeente, Membership, Samenwerkingsverband

HOW = [choice for choice in Consent.How.choices if choice[0] != Consent.How.REGISTERED]


class AskForm(WelForm):
    gemeente = forms.ModelChoiceField(
        label="Naar welke gemeente?",
        queryset=Gemeente.objects.all(),
        empty_label="Kies een gemeente",
        error_messages={"required": "Kies een gemeente.", "invalid_choice": "Kies een gemeente uit de lijst."},
    )
    swv = SwvField(
        label="Naar welk samenwerkingsverband?",
        queryset=Samenwerkingsverband.objects.all(),
        required=False,
        empty_label="Volgt uit gemeente en leeftijd",
        error_messages={"invalid_choice": "Kies een samenwerkingsverband uit de lijst."},
    )
    reason = forms.ChoiceField(
        label="Waarom?",
        choices=Handover.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom.", "invalid_choice": NOT_A_CHOICE},
    )
    moved_on = DutchDateField(
        label="Vanaf wanneer?",
        help_text="De dag van de verhuizing of van de overstap.",
        error_messages={"required": "Vul in vanaf wanneer."},
    )
    message = text(
        "Wat moet de ander weten?",
        max_length=1000,
        required=True,
        missing="Schrijf op wat de ander moet weten.",
        help_text="De ander leest dit voordat die de jeugdige kent. Schrijf geen namen op.",
        widget=area(5),
    )
    shows = forms.MultipleChoiceField(
        label="Wat mag de ander vooraf lezen?",
        choices=Handover.Shows,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="We halen de naam eruit. De rest leest de ander pas na het aannemen.",
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    talk_on = DutchDateField(
        label="Wanneer praten jullie elkaar bij?", required=False, help_text="Liefst samen met de jongere en de ouders."
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.initial = {"gemeente": case.gemeente_id, **self.initial}

    def clean_message(self):
        return self.cleaned_data["message"].replace("\r\n", "\n")

    def clean(self):
        cleaned = super().clean()
        gemeente, swv, today = cleaned.get("gemeente"), cleaned.get("swv"), timezone.localdate()
        for name in ("moved_on", "talk_on"):
            if cleaned.get(name) and abs((cleaned[name] - today).days) > 366:
                self.add_error(name, "Kies een dag binnen een jaar.")
        if not gemeente or "swv" in self.errors:
            return cleaned
        age = age_from_month(self.case.birth_year, self.case.birth_month, today).years
        choices = swv_choices(gemeente, age=age)
        if not swv:
            # Who stays in the same SWV, as when only the gemeente changes, stays there.
            swv = cleaned["swv"] = self.case.swv if self.case.swv in choices.options else choices.default
        if not swv:
            self.add_error("swv", "Kies een samenwerkingsverband. In deze gemeente zijn er meer.")
        elif swv not in choices.options:
            self.add_error("swv", "Dit samenwerkingsverband hoort niet bij deze gemeente.")
        elif (gemeente.pk, swv.pk) == (self.case.gemeente_id, self.case.swv_id):
            self.add_error("gemeente", "Hier is de jeugdige al. Kies een andere gemeente of een ander SWV.")
        return cleaned


class HandoverConsentForm(WelForm):
    persons = forms.MultipleChoiceField(
        label="Wie gaf antwoord?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies wie antwoord gaf.", "invalid_choice": NOT_A_CHOICE},
    )
    answer = forms.ChoiceField(
        label="Antwoord",
        choices=[(Consent.Answer.GIVEN, "Ja, dit mag"), (Consent.Answer.REFUSED, "Nee, liever niet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een antwoord.", "invalid_choice": NOT_A_CHOICE},
    )
    answered_on = DutchDateField(
        label="Op welke dag", past=True, error_messages={"required": "Vul in op welke dag dit was."}
    )
    how = forms.ChoiceField(
        label="Hoe",
        help_text="Nodig bij een ja.",
        choices=HOW,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )

    def __init__(self, *args, persons, born_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.born_on = born_on
        self.fields["persons"].choices = persons
        self.initial.setdefault("answered_on", timezone.localdate())

    def clean_answered_on(self):
        day = self.cleaned_data["answered_on"]
        if day < self.born_on:
            raise forms.ValidationError("Deze datum ligt voor de geboortedatum.")
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == Consent.Answer.GIVEN and not cleaned.get("how") and "how" not in self.errors:
            self.add_error("how", "Kies hoe de toestemming is gegeven.")
        return cleaned


class WithdrawForm(VersionedForm):
    reason = text("Waarom?", max_length=300, help_text="Zonder namen.", widget=area(2))


class AcceptForm(VersionedForm):
    owner = PersonField(
        label="Wie wordt eigenaar?",
        help_text="Er is altijd één eigenaar. Die houdt vanaf nu contact.",
        queryset=User.objects.none(),
        empty_label="Kies een collega",
        error_messages=CHOOSE_SOMEBODY,
    )

    def __init__(self, *args, handover, reader, **kwargs):
        super().__init__(*args, **kwargs)
        here = Q(swv_id=handover.to_swv_id) | Q(gemeente_id=handover.to_gemeente_id)
        works = Membership.objects.in_force(timezone.localdate()).filter(here, role__in=CASE_ROLES)
        self.fields["owner"].queryset = User.objects.filter(
            pk__in=works.order_by().values("user"), is_active=True
        ).order_by("name")
        self.initial = {"version": handover.version, "owner": reader.pk, **self.initial}


class RefuseForm(VersionedForm):
    reason = text(
        "Waarom kun je dit niet aannemen?",
        max_length=300,
        required=True,
        missing="Schrijf op waarom, zodat de ander verder kan.",
        help_text="De ander leest dit. Zonder namen.",
        widget=area(3),
    )

    def __init__(self, *args, handover, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {"version": handover.version, **self.initial}
