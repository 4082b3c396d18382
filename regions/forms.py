"""Forms below /beheer/: people and their werkplekken, corrections of samenwerkingsverbanden, filters of the lists."""

import re

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

from access.forms import DutchDateField, WelForm, WelModelForm
from access.models import User
from regions.audit_words import EVENTS
from regions.models import Gemeente, Membership, Role, Samenwerkingsverband

NATIONAL = {Role.PROJECT, Role.FG, Role.BEHEER}


def plain_text(value):
    """Refuses what never belongs in a name or address: markup, line ends and characters that nobody sees."""
    if not value.isprintable() or re.search(r"[<>{}]", value):
        raise ValidationError("Hier staan tekens in die niet kunnen, zoals < of >. Haal ze weg.")


class SwvField(forms.ModelChoiceField):
    def label_from_instance(self, swv):
        return f"{swv.short} {swv.name or swv.area}"


def fields_of(role):
    """Which place a role asks for; both when no role is chosen yet."""
    if role in NATIONAL:
        return ()
    if role in Role.values and role != Role.LEERPLICHT:
        return ("swv",)
    return ("gemeente", "swv")


class MembershipForm(WelForm):
    """Role, place and period. Unbound with a role it shows only the places that role asks for."""

    role = forms.ChoiceField(
        label="Rol",
        choices=[("", "Kies een rol"), *Role.choices],
        error_messages={"required": "Kies een rol.", "invalid_choice": "Kies een rol uit de lijst."},
    )
    gemeente = forms.ModelChoiceField(
        label="Gemeente",
        queryset=Gemeente.objects.all(),
        required=False,
        empty_label="Kies een gemeente",
        help_text="Alleen bij een leerplichtambtenaar van één gemeente.",
        error_messages={"invalid_choice": "Kies een gemeente uit de lijst."},
    )
    swv = SwvField(
        label="Samenwerkingsverband",
        queryset=Samenwerkingsverband.objects.all(),
        required=False,
        empty_label="Kies een samenwerkingsverband",
        help_text="Bij coördinator, eigenaar, SWV-contact, en leerplicht voor een heel samenwerkingsverband.",
        error_messages={"invalid_choice": "Kies een samenwerkingsverband uit de lijst."},
    )
    starts_on = DutchDateField(
        label="Vanaf", help_text="Bijvoorbeeld 1-9-2026.", error_messages={"required": "Vul in vanaf welke dag."}
    )
    ends_on = DutchDateField(label="Tot en met", required=False, help_text="Leeg is: tot je het beëindigt.")

    about = ()  # fields before the role

    def __init__(self, *args, role="", choose_url="", **kwargs):
        kwargs.setdefault("initial", {}).update({"role": role, "starts_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        places = ("gemeente", "swv") if self.is_bound else fields_of(role)
        for name in {"gemeente", "swv"} - set(places):
            del self.fields[name]
        if places == ("swv",):
            self.fields["swv"].help_text = ""  # the role already says that it needs one
        self.fields["role"].widget.attrs.update(
            {"hx-get": choose_url, "hx-target": "#places", "hx-select": "#places", "hx-swap": "outerHTML"}
        )
        self.helper.all_optional = True  # whether a place is needed follows from the role
        self.helper.layout = Layout(
            *self.about,
            "role",
            Div(*places, css_id="places", data_keep_choices="true"),
            Div(
                Field("starts_on", wrapper_class="col-sm-6"),
                Field("ends_on", wrapper_class="col-sm-6"),
                css_class="row",
            ),
        )

    def clean(self):
        cleaned = super().clean()
        role, gemeente, swv = (cleaned.get(name) for name in ("role", "gemeente", "swv"))
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if role in NATIONAL:
            for name in ("gemeente", "swv"):
                if cleaned.get(name):
                    self.add_error(name, "Deze rol is landelijk. Laat dit leeg.")
        elif role == Role.LEERPLICHT:
            if gemeente and swv:
                self.add_error("swv", "Kies een gemeente of een samenwerkingsverband, niet allebei.")
            elif not (gemeente or swv or {"gemeente", "swv"} & self.errors.keys()):
                self.add_error("gemeente", "Kies de gemeente, of het samenwerkingsverband.")
        elif role:
            if gemeente:
                self.add_error("gemeente", "Bij deze rol hoort een samenwerkingsverband, geen gemeente.")
            if not swv and "swv" not in self.errors:
                self.add_error("swv", "Kies het samenwerkingsverband.")
        if ends_on and ends_on < timezone.localdate():
            self.add_error("ends_on", "Deze dag is al voorbij.")
        elif starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "De einddatum ligt voor de begindatum.")
        return cleaned


class NewMembershipForm(MembershipForm):
    """For somebody with an account; the same werkplek twice at the same time makes no sense."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            same = Membership.objects.filter(
                user=self.person, role=cleaned["role"], gemeente=cleaned["gemeente"], swv=cleaned["swv"]
            ).exclude(ends_on__lt=cleaned["starts_on"])
            if cleaned["ends_on"]:
                same = same.exclude(starts_on__gt=cleaned["ends_on"])
            if same.exists():
                self.add_error(None, "Deze werkplek is er al in deze periode.")
        return cleaned


class InvitationForm(MembershipForm):
    name = forms.CharField(
        label="Naam",
        max_length=120,
        validators=[plain_text],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Vul de naam in.", "max_length": "Houd de naam onder 120 tekens."},
    )
    email = forms.EmailField(
        label="E-mailadres",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="Hier gaat de uitnodiging heen.",
        error_messages={
            "required": "Vul het e-mailadres in.",
            "invalid": "In een e-mailadres staat een @.",
            "max_length": "Dit e-mailadres is te lang.",
        },
    )

    about = ("name", "email")
    field_order = ("name", "email")  # errors are told in the order of the page

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError("Er is al een account met dit e-mailadres.")
        return email


class EndMembershipForm(WelForm):
    ends_on = DutchDateField(
        label="Tot en met",
        help_text="Op deze dag werkt het nog. Kies gisteren om nu meteen te stoppen.",
        error_messages={"required": "Vul een datum in."},
    )


class SwvForm(WelModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    postcode = forms.CharField(
        label="Postcode",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "Schrijf de postcode als 1234 AB."},
    )
    website = forms.CharField(
        label="Website",
        required=False,
        max_length=120,
        help_text="Bijvoorbeeld www.voorbeeld.nl",
        validators=[
            RegexValidator(
                re.compile(r"\A[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w./-]*)?\Z", re.ASCII),
                "Schrijf het adres als www.voorbeeld.nl.",
            )
        ],
        error_messages={"max_length": "Houd de website onder 120 tekens."},
    )

    class Meta:
        model = Samenwerkingsverband
        fields = ["name", "address", "postcode", "city", "website"]
        error_messages = {
            "name": {"max_length": "Houd de naam onder 160 tekens."},
            "address": {"max_length": "Houd het adres onder 120 tekens."},
            "city": {"max_length": "Houd de plaats onder 80 tekens."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "address", "city"):
            self.fields[name].validators.append(plain_text)
        self.initial["version"] = self.instance.version

    def clean_postcode(self):
        value = self.cleaned_data["postcode"]
        if not value:
            return ""
        match = re.fullmatch(r"([1-9]\d{3})\s*([a-z]{2})", value, re.ASCII | re.IGNORECASE)
        if not match:
            raise ValidationError("Schrijf de postcode als 1234 AB.")
        return f"{match[1]} {match[2].upper()}"

    def clean_website(self):
        return self.cleaned_data["website"].lower()

    def values(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class FilterForm(WelForm):
    """The query string of a list; nothing in it is required."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.all_optional = True

    def chips(self, query):
        """What is chosen, each with the list without it (components/filter_chips.html)."""
        found = []
        for name, value in self.cleaned_data.items():
            if value in (None, "") or name == "sort":
                continue
            rest = query.copy()
            for key in (name, "page"):
                rest.pop(key, None)
            field = self.fields[name]
            shown = dict(getattr(field, "choices", ())).get(value) or field.prepare_value(value)
            found.append({"label": f"{field.label}: {shown}", "url": f"?{rest.urlencode()}"})
        return found


def search_field(label):
    return forms.CharField(
        label=label,
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": "Zoek met minder dan 100 tekens."},
    )


def row(*columns):
    return Div(*(Field(name, wrapper_class=width) for name, width in columns), css_class="row")


class PeopleFilter(FilterForm):
    STATES = [("", "Alle"), ("actief", "Actief"), ("uitgenodigd", "Uitgenodigd"), ("uit", "Uitgezet")]
    SORTS = {"naam": ("name", "pk"), "-naam": ("-name", "pk"), "mail": ("email",), "-mail": ("-email",)}

    zoek = search_field("Naam of e-mailadres")
    rol = forms.ChoiceField(label="Rol", required=False, choices=[("", "Alle"), *Role.choices])
    account = forms.ChoiceField(label="Account", required=False, choices=STATES)
    sort = forms.ChoiceField(required=False, choices=[(key, key) for key in SORTS], widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(row(("zoek", "col-md-6"), ("rol", "col-md-3"), ("account", "col-md-3")), "sort")


class SwvFilter(FilterForm):
    SORTS = {"code": ("key",), "-code": ("-key",), "plaats": ("city", "key"), "-plaats": ("-city", "key")}

    zoek = search_field("Naam, code of gemeente")
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle"), *Samenwerkingsverband.Kind.choices])
    sort = forms.ChoiceField(required=False, choices=[(key, key) for key in SORTS], widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(row(("zoek", "col-md-8"), ("soort", "col-md-4")), "sort")


class AuditFilter(FilterForm):
    wie = search_field("Persoon (naam of e-mailadres)")
    jeugdige = forms.CharField(
        label="Jeugdige (code)",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "WEL-0142"}),
        error_messages={"max_length": "Schrijf de code als WEL-0142."},
    )
    wat = forms.ChoiceField(
        label="Wat", required=False, choices=[("", "Alles"), *sorted(EVENTS.items(), key=lambda item: item[1])]
    )
    vanaf = DutchDateField(label="Vanaf", required=False)
    tot = DutchDateField(label="Tot en met", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            row(("wie", "col-md-6"), ("jeugdige", "col-md-3"), ("wat", "col-md-3")),
            row(("vanaf", "col-md-3"), ("tot", "col-md-3")),
        )

    def clean_jeugdige(self):
        value = self.cleaned_data["jeugdige"]
        if not value:
            return None
        match = re.fullmatch(r"(?:WEL-?)?(\d{1,12})", value, re.ASCII | re.IGNORECASE)
        if not match:
            raise ValidationError("Schrijf de code als WEL-0142.")
        return int(match[1])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("vanaf") and cleaned.get("tot") and cleaned["tot"] < cleaned["vanaf"]:
            self.add_error("tot", "Deze dag ligt voor de eerste dag.")
        return cleaned
