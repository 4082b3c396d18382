"""A WEL-team with what its table can hold, and its last day."""

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from cases.forms.fields import NOT_A_CHOICE
from cases.forms.legal_status import VersionedForm
from meetings.forms.fields import ClockField, NumberField, number_choice, radios
from meetings.models import WelTeam
from meetings.rules.rhythm import Rhythm
from regions.models import Samenwerkingsverband, grants_of

# What a rhythm needs, and what to say where it is missing; the rest is left empty.
NEEDED = {
    Rhythm.WEEKS: ("every_weeks", "weekday", "starts_at"),
    Rhythm.MONTH: ("month_week", "weekday", "starts_at"),
    Rhythm.REQUEST: (),
}
MISSING = {
    "every_weeks": "Vul in om de hoeveel weken.",
    "month_week": "Kies welke week van de maand.",
    "weekday": "Kies een dag.",
    "starts_at": "Vul de tijd in.",
}


class TeamForm(VersionedForm):
    rhythm = radios("Hoe vaak komen jullie bij elkaar?", Rhythm.choices, "Kies hoe vaak.")
    every_weeks = NumberField(
        "Om de hoeveel weken?", 1, 12, required=False, help_text="Bijvoorbeeld 3. Elke week is 1."
    )
    month_week = number_choice("Welke week van de maand?", WelTeam.MonthWeek.choices, "Kies een week")
    weekday = number_choice("Op welke dag?", WelTeam.Weekday.choices, "Kies een dag")
    starts_at = ClockField("Hoe laat begint het?", required=False, help_text="Bijvoorbeeld 13.30.")
    place_kind = radios("Online of bij elkaar?", WelTeam.Place.choices, "Kies online of bij elkaar.")
    cases_per_session = NumberField("Hoeveel jeugdigen per keer?", 1, 8)
    minutes_per_case = NumberField("Hoeveel minuten per jeugdige?", 15, 180)
    soft_maximum = NumberField(
        "Hoeveel mensen aan tafel is genoeg?", 2, 20, help_text="Vijf is genoeg. Meer is veel voor een jongere."
    )
    feedback_days = NumberField("Binnen hoeveel dagen hoort de jongere het terug?", 1, 14)
    starts_on = DutchDateField(
        label="Vanaf welke dag werkt het team?", error_messages={"required": "Vul de eerste dag in."}
    )

    class Meta:
        model = WelTeam
        fields = [
            "name", "table_word", "rhythm", "every_weeks", "month_week", "weekday", "starts_at", "place_kind",
            "default_place", "cases_per_session", "minutes_per_case", "soft_maximum", "feedback_days",
            "advice_is_binding", "starts_on",
        ]  # fmt: skip
        labels = {
            "name": "Hoe heet het team?",
            "table_word": "Hoe noemen jullie de tafel?",
            "default_place": "Wat is de vaste plek?",
            "advice_is_binding": "Het advies van de tafel is bindend",
        }
        help_texts = {
            "table_word": "Bijvoorbeeld WEL-tafel, MDO+ of reisbureau.",
            "default_place": "Als jullie bij elkaar komen. Een jongere kan altijd een andere plek kiezen.",
        }
        error_messages = {
            "name": {"required": "Vul de naam van het team in."},
            "table_word": {"required": "Vul in hoe jullie de tafel noemen."},
        }

    def __init__(self, *args, user, **kwargs):
        kwargs.setdefault("instance", WelTeam())  # a new one begins with what the programme advises
        super().__init__(*args, **kwargs)
        self.user = user
        if not self.instance.pk:
            self.fields["swv"] = self._swv_field()
            self.order_fields(["swv"])
        self.helper.all_optional = True  # what is needed follows from the rhythm and the place
        self.helper.layout = Layout(
            *(["swv"] if "swv" in self.fields else []),
            "name",
            "table_word",
            "starts_on",
            Fieldset(
                "Wanneer en waar",
                "rhythm",
                Div("every_weeks", "month_week", "weekday", "starts_at", css_class="field-pair"),
                "place_kind",
                "default_place",
            ),
            Fieldset(
                "Aan tafel",
                Div("cases_per_session", "minutes_per_case", "soft_maximum", css_class="field-pair"),
                "feedback_days",
                "advice_is_binding",
            ),
            "version",
        )

    def _swv_field(self):
        swvs = Samenwerkingsverband.objects.filter(pk__in=grants_of(self.user).swvs("work_on_cases"))
        return forms.ModelChoiceField(
            swvs,
            label="Van welk samenwerkingsverband?",
            empty_label="Kies een samenwerkingsverband",
            initial=swvs[0] if len(swvs) == 1 else None,
            error_messages={"required": "Kies een samenwerkingsverband.", "invalid_choice": NOT_A_CHOICE},
        )

    def clean(self):
        cleaned = super().clean()
        self._settle_rhythm(cleaned)
        self._settle_place(cleaned)
        self._refuse_same_name(cleaned)
        ends_on, starts_on = self.instance.ends_on, cleaned.get("starts_on")
        if ends_on and starts_on and starts_on > ends_on:
            self.add_error("starts_on", "Deze dag ligt na de laatste dag van het team.")
        return cleaned

    def _settle_rhythm(self, cleaned):
        if (rhythm := cleaned.get("rhythm")) is None:
            return
        for name in MISSING:
            if name not in NEEDED[rhythm]:
                if name not in self.errors:
                    cleaned[name] = None
            elif cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, MISSING[name])

    def _settle_place(self, cleaned):
        if cleaned.get("place_kind") == WelTeam.Place.ONLINE:
            if "default_place" not in self.errors:
                cleaned["default_place"] = ""
        elif cleaned.get("place_kind") and not cleaned.get("default_place") and "default_place" not in self.errors:
            self.add_error("default_place", "Vul de plek in waar jullie bij elkaar komen.")

    def _refuse_same_name(self, cleaned):
        """Two teams with one name in one list would be told apart by nobody."""
        swv = cleaned.get("swv") if "swv" in self.fields else self.instance.swv
        if swv and cleaned.get("name"):
            same = WelTeam.objects.visible_to(self.user).filter(swv=swv, name__iexact=cleaned["name"])
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("name", "Er is al een team met deze naam. Kies een andere.")

    def _get_validation_exclusions(self):
        """clean() says the same as the constraints, at the field."""
        return super()._get_validation_exclusions() | {"rhythm", "place_kind", "starts_on"}


class TeamEndForm(VersionedForm):
    ends_on = DutchDateField(
        label="Laatste dag",
        required=False,
        help_text="Leeg is: het team gaat door. Wat er over het team staat, blijft.",
    )

    class Meta:
        model = WelTeam
        fields = ["ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["ends_on"] = self.instance.ends_on or timezone.localdate()
        self.helper.all_optional = True

    def clean_ends_on(self):
        ends_on = self.cleaned_data["ends_on"]
        if ends_on and ends_on < self.instance.starts_on:
            raise forms.ValidationError("De laatste dag ligt voor de eerste.")
        return ends_on
