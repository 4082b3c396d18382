"""The registration page: twelve fields with a name, or a signaal without one."""

import re

from django import forms
from django.db.models import Q
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from cases.forms.fields import NOT_A_CHOICE, MonthField, area, check_contact, text
from cases.identity import Person
from cases.models import Case
from cases.rules.ages import TOO_OLD, YOUNGEST, age_on, in_scope, scope_message
from regions.choices import at_postcode, swv_choices
from regions.models import Gemeente, GemeenteSwv, Samenwerkingsverband, grants_of

CONSENT_CHOICES = [
    ("gegeven", "Ja, van iedereen die beslist"),
    ("een_ouder", "Ja, van iedereen. Eén ouder heeft gezag"),
    ("gevraagd", "Gevraagd, wacht op antwoord"),
    ("niet", "Nog niet gevraagd"),
]


def gemeenten_for(user):
    """Where this leerplichtambtenaar registers: the own gemeenten, and those of the own SWVs."""
    grants = grants_of(user)
    covered = GemeenteSwv.objects.filter(swv__in=grants.swvs("register_cases"), is_doubtful=False)
    return Gemeente.objects.filter(Q(pk__in=grants.gemeenten("register_cases")) | Q(pk__in=covered.values("gemeente")))


def swv_choices_for(user, gemeente, *, age=None, postcode=""):
    """(options, default) for a youth of `gemeente`; who works for a whole SWV registers in that one only."""
    choices = swv_choices(gemeente, age=age, postcode=postcode)
    grants = grants_of(user)
    if gemeente.pk in grants.gemeenten("register_cases"):
        return list(choices.options), choices.default
    own = [swv for swv in choices.options if swv.pk in grants.swvs("register_cases")]
    if choices.default in own:
        return own, choices.default
    return own, own[0] if len(own) == 1 else None


class SwvField(forms.ModelChoiceField):
    def label_from_instance(self, swv):
        return f"{swv} ({swv.kind.lower()})"


class AreaMixin:
    """Gemeente, and the SWV that follows from it; both within what this person may register."""

    def narrow_area(self, user):
        self.user = user
        gemeenten = self.fields["gemeente"].queryset = gemeenten_for(user)
        first_two = list(gemeenten[:2])
        only = first_two[0] if len(first_two) == 1 else None
        if only:
            self.fields["gemeente"].initial = only.pk
            self.fields["gemeente"].empty_label = None
        self.gemeente = self._chosen(gemeenten) or only
        self.options = swv_choices_for(user, self.gemeente, age=self.age_so_far())[0] if self.gemeente else []
        self.fields["swv"].queryset = Samenwerkingsverband.objects.filter(pk__in=[swv.pk for swv in self.options])
        # The likely ones first; the queryset only says which may be chosen.
        self.fields["swv"].choices = [
            ("", self.fields["swv"].empty_label),
            *((swv.pk, self.fields["swv"].label_from_instance(swv)) for swv in self.options),
        ]

    def _chosen(self, gemeenten):
        value = str(self.given("gemeente"))
        is_number = value.isascii() and value.isdigit() and len(value) < 10
        return gemeenten.filter(pk=int(value)).first() if is_number else None

    def given(self, name):
        """What was typed so far, before anything was checked."""
        return (self.data if self.is_bound else self.initial).get(name) or ""

    def settle_swv(self, cleaned):
        """What was chosen, or the SWV that follows from gemeente, age and postcode."""
        gemeente, age = cleaned.get("gemeente"), self.age_so_far()
        if not gemeente or cleaned.get("swv") or "swv" in self.errors or age is None:
            return
        postcode = cleaned.get("postcode", "")
        _, cleaned["swv"] = swv_choices_for(self.user, gemeente, age=age, postcode=postcode)
        if not cleaned["swv"]:
            self.add_error("swv", "Kies een samenwerkingsverband. In deze gemeente zijn er meer.")


def find_place(user, text):
    """The place of a postcode in the area of this user, and what is wrong with what was typed; one of them is empty."""
    place = at_postcode(text)
    if place is None:
        return None, "Deze postcode kennen we niet. Vul de vier cijfers in."
    if not gemeenten_for(user).filter(pk=place.gemeente.pk).exists():
        return None, "Deze postcode ligt buiten jouw gebied."
    return place, ""


class SharedFields(AreaMixin, WelForm):
    """What both kinds of registration ask; `age_so_far()` of each says how old the youth seems to be."""

    postcode = forms.CharField(
        label="Zoek op postcode",
        required=False,
        max_length=20,
        help_text="Alleen de vier cijfers. We bewaren de postcode niet.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    gemeente = forms.ModelChoiceField(
        label="Gemeente",
        queryset=Gemeente.objects.none(),
        empty_label="Kies een gemeente",
        error_messages={"required": "Kies een gemeente.", "invalid_choice": "Kies een gemeente uit de lijst."},
    )
    swv = SwvField(
        label="Samenwerkingsverband",
        queryset=Samenwerkingsverband.objects.none(),
        required=False,
        empty_label="Volgt uit gemeente en leeftijd",
        error_messages={"invalid_choice": "Dit samenwerkingsverband hoort niet bij deze gemeente."},
    )
    situation = forms.ChoiceField(
        label="Situatie",
        choices=Case.Situation,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een situatie.", "invalid_choice": "Kies een situatie."},
    )
    since = MonthField(label="Sinds", required=False, help_text="Maand en jaar. Ongeveer mag.")
    exemption_kind = forms.ChoiceField(
        label="Duur vrijstelling",
        choices=Case.ExemptionKind,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    strengths = text(
        "Wat is er al?",
        max_length=2000,
        help_text="Welke ontwikkeling zie je nu al? Klein telt ook.",
        widget=area(3),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.narrow_area(user)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("situation") != Case.Situation.EXEMPT:
            cleaned["exemption_kind"] = ""
        return cleaned

    def case_fields(self):
        """The columns of the case that this page fills."""
        names = ("gemeente", "swv", "situation", "since", "exemption_kind", "strengths")
        return {name: self.cleaned_data[name] for name in names}


class RegisterForm(SharedFields):
    first_name = text("Roepnaam", max_length=80, required=True, missing="Vul de roepnaam in.")
    last_name = text("Achternaam", max_length=120, required=True, missing="Vul de achternaam in.")
    born_on = DutchDateField(
        label="Geboortedatum",
        past=True,
        help_text="Dag, maand en jaar.",
        error_messages={"required": "Vul de geboortedatum in."},
    )
    parent_name = text("Ouder of verzorger", max_length=160)
    contact = text("Telefoon of e-mail", max_length=160, validators=[check_contact])
    consent = forms.ChoiceField(
        label="Toestemming om te delen met het WEL-team",
        choices=CONSENT_CHOICES,
        widget=forms.RadioSelect,
        help_text=(
            "Wie beslist, hangt af van de leeftijd. Tot 12 jaar: alle ouders met gezag. "
            "Van 12 tot 16 jaar: de jongere en alle ouders met gezag. Vanaf 16 jaar: de jongere."
        ),
        error_messages={
            "required": "Kies of er toestemming is.",
            "invalid_choice": "Kies of er toestemming is.",
        },
    )
    field_order = (
        "first_name", "last_name", "born_on", "postcode", "gemeente", "swv", "situation", "since", "exemption_kind",
        "parent_name", "contact", "consent", "strengths",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "parent_name", "contact"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the name of somebody else

    def clean_born_on(self):
        born_on = self.cleaned_data["born_on"]
        age = age_on(born_on, timezone.localdate())
        if not in_scope(age):
            raise forms.ValidationError(scope_message(age))
        return born_on

    def clean(self):
        cleaned = super().clean()
        born_on, since = cleaned.get("born_on"), cleaned.get("since")
        if born_on and since and since < born_on.replace(day=1):
            self.add_error("since", "Deze maand ligt voor de geboortedatum.")
        self.settle_swv(cleaned)
        return cleaned

    def age_so_far(self):
        try:
            return age_on(DutchDateField(past=True).clean(self.given("born_on")), timezone.localdate())
        except forms.ValidationError:
            return None

    def person(self):
        names = ("first_name", "last_name", "born_on", "parent_name", "contact")
        return Person(**{name: self.cleaned_data[name] for name in names})


class SignalForm(SharedFields):
    """Only counts: a year of birth instead of a name, and nobody to ask for consent."""

    birth_year = forms.IntegerField(
        label="Geboortejaar",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "10"}),
        error_messages={"required": "Vul het geboortejaar in.", "invalid": "Schrijf het jaar met vier cijfers."},
    )
    field_order = (
        "birth_year", "postcode", "gemeente", "swv", "situation", "since", "exemption_kind", "strengths",
    )  # fmt: skip

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        this_year = timezone.localdate().year
        # Within the year one may still be 22, or already 4.
        if not this_year - TOO_OLD <= year <= this_year - YOUNGEST:
            raise forms.ValidationError(
                f"WEL is voor 4 tot 23 jaar: geboren in {this_year - TOO_OLD} tot en met {this_year - YOUNGEST}."
            )
        return year

    def clean(self):
        cleaned = super().clean()
        year, since = cleaned.get("birth_year"), cleaned.get("since")
        if year and since and since.year < year:
            self.add_error("since", "Deze maand ligt voor het geboortejaar.")
        self.settle_swv(cleaned)
        return cleaned

    def age_so_far(self):
        year = str(self.given("birth_year"))
        return timezone.localdate().year - int(year) if re.fullmatch("[12][0-9]{3}", year) else None

    def case_fields(self):
        return super().case_fields() | {"birth_year": self.cleaned_data["birth_year"]}


class LookalikeForm(WelForm):
    """The four fields that the quiet check needs, half filled in as they are; it shows no errors."""

    first_name = forms.CharField(required=False, max_length=80)
    last_name = forms.CharField(required=False, max_length=120)
    born_on = DutchDateField(past=True)
    gemeente = forms.ModelChoiceField(queryset=Gemeente.objects.none())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].queryset = gemeenten_for(user)

    def person(self):
        return Person(self.cleaned_data["first_name"], self.cleaned_data["last_name"], self.cleaned_data["born_on"])
