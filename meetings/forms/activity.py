"""An activity of the register, who was there, and the filters of its lists."""

from datetime import date

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from access.school_year import school_year, school_year_end
from cases.forms.fields import NOT_A_CHOICE
from cases.forms.legal_status import VersionedForm
from cases.forms.words import NO_NULL, WordsInput
from meetings.forms.fields import NumberField
from meetings.forms.meeting import WithoutCodes
from meetings.models import Activity, Professional, register_swvs
from meetings.models.activity import is_project
from meetings.rules.activities import CHOICES, FOUR_QUESTIONS, TO_READ, ActivityKind
from meetings.rules.attendance import LONGEST, read_people
from regions.forms import FilterForm, row
from regions.models import Region, Samenwerkingsverband

NATIONAL = "landelijk"
SWV, REGION = "swv", "regio"
# The youth and labour regions bear the same names as these; one of each is enough to choose from.
KINDS_OF_REGION = (Region.Kind.WEL, Region.Kind.RMC)
READY = [("ja", "Ja"), ("nee", "Nog niet"), ("", "Weten we nog niet")]


def place_choices(user):
    """What an activity can be for: the own SWVs, and for the project every SWV and region."""
    swvs = Samenwerkingsverband.objects.order_by("key")
    if not is_project(user):
        swvs = swvs.filter(pk__in=register_swvs(user))
    found = [("Samenwerkingsverbanden", [(f"{SWV}-{swv.pk}", swv_label(swv)) for swv in swvs])]
    if is_project(user):
        regions = Region.objects.filter(kind__in=KINDS_OF_REGION).order_by("name")
        found.append(("Regio’s", [(f"{REGION}-{region.pk}", region.name) for region in regions]))
    return found


def swv_label(swv):
    return f"{swv.short} {swv.name or swv.area}".strip()


def ids_of(places, kind):
    return [int(place.partition("-")[2]) for place in places if place.startswith(f"{kind}-")]


class ActivityForm(WithoutCodes, VersionedForm):
    kind = forms.ChoiceField(
        label="Wat voor activiteit?",
        choices=[("", "Kies een soort"), *CHOICES],
        error_messages={"required": "Kies wat voor activiteit het was.", "invalid_choice": NOT_A_CHOICE},
    )
    happened_on = DutchDateField(label="Op welke dag?", past=True, error_messages={"required": "Vul de dag in."})
    places = forms.MultipleChoiceField(
        label="Voor wie was het?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    attendees = NumberField("Hoeveel mensen waren er?", 0, 5000, required=False)
    unique_people = NumberField(
        "Hoeveel van hen tel je voor het eerst?",
        0,
        5000,
        required=False,
        help_text="Alleen als er geen deelnemerslijst is. Wie al eerder ergens bij was, tel je hier niet.",
    )
    readers = forms.IntegerField(
        label="Hoeveel mensen lazen dit?",
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-short"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Vul een getal in van 0 tot en met 1000000."
        ),
    )
    is_ready = forms.TypedChoiceField(
        label="Klaar voor casuïstiek?",
        choices=READY,
        widget=forms.RadioSelect,
        required=False,
        coerce=lambda value: value == "ja",
        empty_value=None,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )

    class Meta:
        model = Activity
        fields = [
            "kind", "happened_on", "title", "organiser", "trainers", "attendees", "unique_people", "readers",
            *FOUR_QUESTIONS, "is_ready", "worked", "take_along",
        ]  # fmt: skip
        labels = {
            "title": "Waar ging het over?",
            "organiser": "Wie organiseerde het?",
            "trainers": "Wie gaven het?",
            "worked": "Wat werkte?",
            "take_along": "Wat nemen we mee?",
            **FOUR_QUESTIONS,
        }
        help_texts = {
            "title": "Mag leeg blijven. Zonder namen en codes van jeugdigen.",
            "organiser": "Een organisatie of een team.",
            "trainers": "Namen van professionals.",
        }
        widgets = {"worked": WordsInput(3), "take_along": WordsInput(3)} | dict.fromkeys(FOUR_QUESTIONS, WordsInput(2))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for validator in self.fields["readers"].validators:  # theirs are in the words of Django
            validator.message = self.fields["readers"].error_messages["invalid"]
        self.user, self.is_project, self.own = user, is_project(user), register_swvs(user)
        activity = self.instance
        self.initial["is_ready"] = {True: "ja", False: "nee", None: ""}[activity.is_ready]
        if activity.meeting_id:  # of the team that held it
            del self.fields["kind"], self.fields["happened_on"]
        if self._places_are_fixed(activity):
            del self.fields["places"]
        else:
            self._offer_places(activity)
        self.helper.all_optional = True  # what is asked follows from the kind
        self.helper.layout = self._layout()

    def _places_are_fixed(self, activity):
        """One SWV to choose from, an activity of a team, or one that the project brought before others too."""
        if activity.meeting_id:
            return True
        if self.is_project:
            return activity.swv_id is not None
        return len(self.own) == 1 or not set(activity.for_swvs) <= self.own

    def _offer_places(self, activity):
        field = self.fields["places"]
        field.choices = place_choices(self.user)
        if self.is_project:
            field.help_text = "Niets gekozen is: landelijk."
        else:
            field.choices = field.choices[0][1]
            field.required = True
            field.error_messages["required"] = "Kies minstens één samenwerkingsverband."
        self.initial["places"] = [
            *(f"{SWV}-{pk}" for pk in activity.for_swvs), *(f"{REGION}-{pk}" for pk in activity.for_regions)
        ]  # fmt: skip

    def _layout(self):
        def there(*names):
            return [name for name in names if name in self.fields]

        return Layout(
            *there("kind", "happened_on", "title"),
            *([Div("places", css_class="place-picker")] if "places" in self.fields else []),
            *there("organiser", "trainers"),
            Fieldset(
                "Hoeveel mensen?",
                Div("attendees", "unique_people", css_class="for-sessions"),
                Div("readers", css_class="for-reading"),
            ),
            Fieldset("De vier vragen van een werkatelier", *FOUR_QUESTIONS, "is_ready", css_class="for-werkatelier"),
            Fieldset("Terugkijken", "worked", "take_along"),
            "version",
        )

    def clean(self):
        cleaned = super().clean()
        kind = self.instance.kind if self.instance.meeting_id else cleaned.get("kind")
        if kind in TO_READ:
            self._leave_out(cleaned, {"attendees": None, "unique_people": None})
        elif kind:
            self._leave_out(cleaned, {"readers": None})
        if kind and kind != ActivityKind.START:
            self._leave_out(cleaned, dict.fromkeys(FOUR_QUESTIONS, "") | {"is_ready": None})
        if kind == ActivityKind.OTHER and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "Schrijf op wat voor activiteit het was.")
        there, unique = cleaned.get("attendees"), cleaned.get("unique_people")
        if unique is not None and not {"attendees", "unique_people"} & set(self.errors):
            if there is None:
                self.add_error("attendees", "Vul ook in hoeveel mensen er waren.")
            elif unique > there:
                self.add_error("unique_people", "Dit zijn er meer dan er waren.")
        keeper = self.instance.swv_id
        if keeper and "places" in cleaned and keeper not in ids_of(cleaned["places"], SWV):
            self.add_error("places", f"Laat {self.instance.swv.short} staan: daar hoort deze activiteit bij.")
        return cleaned

    def _leave_out(self, cleaned, empty):
        """What does not belong to the kind is not kept."""
        for name, nothing in empty.items():
            if name not in self.errors:
                cleaned[name] = nothing

    def _get_validation_exclusions(self):
        """clean() says the same as the constraints, at the field."""
        return super()._get_validation_exclusions() | {"kind", "title", "attendees", "unique_people", "readers"}

    @property
    def values(self):
        found = {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}
        if "places" in self.fields:
            places = self.cleaned_data["places"]
            found |= {"for_swvs": ids_of(places, SWV), "for_regions": ids_of(places, REGION)}
        elif not self.instance.pk:
            found |= {"for_swvs": sorted(self.own)}
        return found

    @property
    def keeper(self):
        """The id of the SWV in whose register a new one comes; None is that of the project."""
        return None if self.is_project else self.values["for_swvs"][0]


class PeopleForm(WelForm):
    people = forms.CharField(
        label="Wie waren er?",
        max_length=30_000,
        widget=WordsInput(8),
        help_text="Eén mens per regel: naam, organisatie, functie, e-mail. De laatste twee mogen weg.",
        error_messages={
            "required": "Schrijf minstens één naam op.",
            "max_length": "Maak de lijst korter, of doe het in delen.",
            "null_characters_not_allowed": NO_NULL,
        },
    )

    def clean_people(self):
        """The text stays a text, which the mixin looks at; who stand in it are in `found`."""
        self.found, faults = read_people(self.cleaned_data["people"])
        if faults:
            raise forms.ValidationError(faults[:10])
        if not self.found:
            raise forms.ValidationError(self.fields["people"].error_messages["required"])
        return self.cleaned_data["people"]


class ProfessionalForm(VersionedForm):
    email = forms.EmailField(
        label="E-mailadres van het werk",
        required=False,
        max_length=LONGEST["email"],
        help_text="Geen adres van thuis.",
        error_messages={"invalid": "In een e-mailadres staat een @."},
    )

    class Meta:
        model = Professional
        fields = ["name", "organisation", "function"]
        labels = {"name": "Naam", "organisation": "Organisatie", "function": "Functie"}
        error_messages = {
            "name": {"required": "Vul de naam in."},
            "organisation": {"required": "Vul de organisatie in."},
        }

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def _get_validation_exclusions(self):
        """The action says the same as the constraint."""
        return super()._get_validation_exclusions() | {"name", "organisation"}


def choice(label, *choices):
    return forms.ChoiceField(
        label=label, required=False, choices=[("", "Alle"), *choices], error_messages={"invalid_choice": NOT_A_CHOICE}
    )


FIRST_YEAR = 2021  # when the first werkatelier was held


class RegisterFilter(FilterForm):
    """What a list is narrowed to, in the query string; there is no name in it."""

    soort = choice("Soort", *CHOICES)
    schooljaar = choice("Schooljaar")
    gebied = choice("Gebied")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        years = [school_year(date(year, 8, 1)) for year in range(timezone.localdate().year, FIRST_YEAR - 1, -1)]
        self.fields["schooljaar"].choices = [("", "Alle"), *((year, year) for year in years)]
        groups = place_choices(user)
        self.fields["gebied"].choices = [("", "Alle"), (NATIONAL, "Landelijk"), *groups]
        self.helper.layout = Layout(row(("soort", "col-md-4"), ("schooljaar", "col-md-3"), ("gebied", "col-md-5")))

    def chips(self, query):
        """The lists here are in groups; a chip names the choice itself."""
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                rest = query.copy()
                for key in (name, "page"):
                    rest.pop(key, None)
                label = next(label for key, label in _flat(self.fields[name].choices) if key == value)
                found.append({"label": f"{self.fields[name].label}: {label}", "url": f"?{rest.urlencode()}"})
        return found

    def narrow(self, activities):
        chosen = self.cleaned_data
        if chosen["soort"]:
            activities = activities.filter(kind=chosen["soort"])
        if chosen["schooljaar"]:
            start = date(int(chosen["schooljaar"][:4]), 8, 1)
            activities = activities.filter(happened_on__range=(start, school_year_end(start)))
        if chosen["gebied"] == NATIONAL:
            activities = activities.filter(for_swvs=[], for_regions=[])
        elif swvs := ids_of([chosen["gebied"]], SWV):
            activities = activities.filter(for_swvs__contains=swvs)
        elif regions := ids_of([chosen["gebied"]], REGION):
            activities = activities.filter(for_regions__contains=regions)
        return activities


def _flat(choices):
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
