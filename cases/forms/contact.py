"""The first contact in four fields, and the name of a signaal."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from access.models import User
from cases.forms.fields import NOT_A_CHOICE, text
from cases.forms.members import CHOOSE_SOMEBODY, PersonField
from cases.identity import Person
from cases.models import ContactAttempt
from cases.rules.ages import age_on, in_scope, scope_message
from regions.models import Membership, Role


def leerplicht_of(case):
    """Who of leerplicht works for the gemeente or the SWV of this jeugdige."""
    here = Membership.objects.in_force(timezone.localdate()).filter(
        Q(swv_id=case.swv_id) | Q(gemeente_id=case.gemeente_id), role=Role.LEERPLICHT
    )
    return User.objects.filter(pk__in=here.order_by().values("user"), is_active=True).order_by("name")


class ContactForm(WelForm):
    made_on = DutchDateField(label="Datum", past=True, error_messages={"required": "Vul de datum in."})
    channel = forms.ChoiceField(
        label="Hoe?",
        choices=ContactAttempt.Channel,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het contact was.", "invalid_choice": NOT_A_CHOICE},
    )
    contact_by = PersonField(
        label="Door wie?",
        queryset=User.objects.none(),
        empty_label="Kies een collega",
        error_messages=CHOOSE_SOMEBODY,
    )
    result = forms.ChoiceField(
        label="Wat kwam eruit?",
        choices=ContactAttempt.Result,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat eruit kwam.", "invalid_choice": NOT_A_CHOICE},
    )

    def __init__(self, *args, case, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["contact_by"].queryset = leerplicht_of(case)
        self.initial.setdefault("made_on", timezone.localdate())
        self.initial.setdefault("contact_by", user.pk)

    def clean_made_on(self):
        day = self.cleaned_data["made_on"]
        if (day.year, day.month) < (self.case.birth_year, self.case.birth_month or 1):
            raise forms.ValidationError("Deze datum ligt voor de geboorte.")
        return day


class SignalNameForm(WelForm):
    first_name = text("Roepnaam", max_length=80, required=True, missing="Vul de roepnaam in.")
    last_name = text("Achternaam", max_length=120, required=True, missing="Vul de achternaam in.")
    born_on = DutchDateField(
        label="Geboortedatum",
        past=True,
        help_text="Dag, maand en jaar.",
        error_messages={"required": "Vul de geboortedatum in."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the name of somebody else

    def clean_born_on(self):
        born_on = self.cleaned_data["born_on"]
        age = age_on(born_on, timezone.localdate())
        if not in_scope(age):
            raise forms.ValidationError(scope_message(age))
        return born_on

    def person(self):
        return Person(**{name: self.cleaned_data[name] for name in ("first_name", "last_name", "born_on")})
