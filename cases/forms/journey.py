"""The chapters of De Reis, one short form each, and the halte."""

from dataclasses import dataclass

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone

from access.forms import DutchDateField
from access.widgets import PictogramRadioSelect
from cases.forms.own_words import OwnWordsMixin
from cases.forms.words import SharedWordsForm, WordsInput
from cases.models import Journey, Stop
from cases.rules.journey import FOR_PLAN, FOR_SAMPLE, FOR_SUBSIDY, TITLES

DATE_HINT = "Bijvoorbeeld 14-3-2026."
NOT_YET = ("", "Nog niet gekozen")


class ChapterForm(SharedWordsForm):
    """Part of the Reis."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper.all_optional = True  # a Reis grows: no label has to say that it may wait


class WensdroomForm(OwnWordsMixin, ChapterForm):
    """The own words of a youth are not changed by somebody else: that takes a new saying with its own date (R5.5)."""

    words, said_on, said_by = "wensdroom", "wensdroom_on", "wensdroom_by_id"
    wensdroom_on = DutchDateField(label="Gezegd op", help_text=DATE_HINT, required=False, past=True)
    together = (("wensdroom", "wensdroom_on"),)

    class Meta:
        model = Journey
        fields = ["wensdroom", "wensdroom_on", "wensdroom_short", "wensdroom_parents"]
        labels = {
            "wensdroom": "Wensdroom van de jongere, in eigen woorden",
            "wensdroom_short": "De wensdroom in een paar woorden",
            "wensdroom_parents": "Wensdroom van de ouders",
        }
        help_texts = {
            "wensdroom": "Schrijf op wat de jongere zei, letterlijk. Zonder aanhalingstekens.",
            "wensdroom_short": "Dit staat op de kaart, in de zon. Bijvoorbeeld: eigen bakkerij.",
            "wensdroom_parents": "De wens van de ouders staat apart. Die vervangt de woorden van de jongere niet.",
        }
        widgets = {"wensdroom": WordsInput(4), "wensdroom_parents": WordsInput(4)}


class DepartureForm(ChapterForm):
    departure_on = DutchDateField(
        label="Begonnen op", help_text=f"Ongeveer mag. {DATE_HINT}", required=False, past=True
    )

    class Meta:
        model = Journey
        fields = ["departure", "departure_on"]
        labels = {"departure": "Hoe was het toen de reis begon?"}
        help_texts = {
            "departure": "Wie is de jongere, waar is die overdag en welke ontwikkeling is er al? Klein telt ook."
        }
        widgets = {"departure": WordsInput(6)}


class LuggageForm(ChapterForm):
    class Meta:
        model = Journey
        fields = ["luggage", "worked_content", "worked_process", "worked_attitude"]
        labels = {
            "luggage": "Bagage: wat gaat al goed?",
            "worked_content": "Wat werkte: inhoud",
            "worked_process": "Wat werkte: proces",
            "worked_attitude": "Wat werkte: houding en gedrag",
        }
        help_texts = {
            "luggage": "Wat kan, weet en wil de jongere? Wie staat erbij?",
            "worked_content": "Bijvoorbeeld: leren in de praktijk, aansluiten bij wat de jongere boeit.",
            "worked_process": "Bijvoorbeeld: eigen tempo, zachte overgangen, korte lijnen.",
            "worked_attitude": "Bijvoorbeeld: een klik met een vaste begeleider, luisteren zonder oordeel.",
        }
        widgets = {name: WordsInput(4) for name in fields}


class CooperationForm(ChapterForm):
    class Meta:
        model = Journey
        fields = ["cooperation"]
        labels = {"cooperation": "Hoe werken jullie samen?"}
        help_texts = {"cooperation": "Wie doen mee, wie doet wat, en wat maakt leren en ontwikkelen zo mogelijk?"}
        widgets = {"cooperation": WordsInput(8)}


# What every plan is held against, in the order of the form (R5.2): autonomy, competence, belonging, the family, safety.
PLAN_CHECKS = {
    "plan_autonomy": "De jongere kiest zelf mee",
    "plan_competence": "De jongere kan laten zien wat al lukt",
    "plan_belonging": "De jongere hoort erbij",
    "plan_fits_family": "Het past bij het gezin",
    "plan_is_safe": "Het is veilig voor de jongere",
}


class PlanForm(ChapterForm):
    class Meta:
        model = Journey
        fields = ["plan", *PLAN_CHECKS]
        labels = {"plan": "Wat is het plan?", **PLAN_CHECKS}
        help_texts = {"plan": "Kleine stappen: wat, waar, met wie en hoe. Past het bij de jongere en het gezin?"}
        widgets = {"plan": WordsInput(8)}


class MeansForm(ChapterForm):
    means_present = forms.ChoiceField(
        label="In hoeverre is dat er al?",
        choices=[NOT_YET, *Journey.Present.choices],
        widget=forms.RadioSelect,
        required=False,
    )

    class Meta:
        model = Journey
        fields = ["means_needed", "means_present", "means_note"]
        labels = {"means_needed": "Wat is nodig?", "means_note": "Toelichting"}
        help_texts = {
            "means_needed": "Mensen, plekken, spullen, vervoer, geld, tijd.",
            "means_note": "Wat is er al, wat nog niet, en hoe komt dat?",
        }
        widgets = {"means_needed": WordsInput(5), "means_note": WordsInput(4)}


class DistanceForm(ChapterForm):
    """An ordinal list and a reason in words; never a score (R5.4)."""

    class Meta:
        model = Journey
        fields = ["distance_start", "distance_start_reason", "distance_now", "distance_now_reason"]
        labels = {
            "distance_start_reason": "Waarom deze stand bij de start?",
            "distance_now_reason": "Waarom deze stand nu?",
        }
        widgets = {name: WordsInput(3) for name in ("distance_start_reason", "distance_now_reason")}

    together = (("distance_start", "distance_start_reason"), ("distance_now", "distance_now_reason"))
    distance_start = forms.TypedChoiceField(
        label="Bij de start van de reis",
        choices=[NOT_YET, *Journey.Distance.choices],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    distance_now = forms.TypedChoiceField(
        label="Nu",
        choices=[NOT_YET, *Journey.Distance.choices],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        for name in ("distance_start", "distance_now"):
            if cleaned.get(name) and cleaned.get(f"{name}_reason") == "":
                self.add_error(f"{name}_reason", "Schrijf kort waarom je dit koos. Eén zin is genoeg.")
        return cleaned


class MovementForm(ChapterForm):
    """Success beside being enrolled: a yes or no, a day, and what shows it (R5.4)."""

    together = (
        ("development_seen", "development_on", "development_evidence"),
        ("movement_seen", "movement_on", "movement_evidence"),
    )
    development_seen = forms.ChoiceField(
        label="Is ontwikkeling die er al is, erkend?",
        choices=[NOT_YET, *Journey.Seen.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    development_on = DutchDateField(label="Erkend op", help_text=DATE_HINT, required=False, past=True)
    movement_seen = forms.ChoiceField(
        label="Is er nieuwe beweging?",
        choices=[NOT_YET, *Journey.Seen.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    movement_on = DutchDateField(label="Gezien op", help_text=DATE_HINT, required=False, past=True)

    class Meta:
        model = Journey
        fields = [
            "development_seen", "development_on", "development_evidence",
            "movement_seen", "movement_on", "movement_evidence",
        ]  # fmt: skip
        labels = {
            "development_evidence": "Waaraan is dat te zien?",
            "movement_evidence": "Waaraan is de beweging te zien?",
        }
        help_texts = {
            "development_evidence": "Bijvoorbeeld: bakt elke week, leest kaarten van het spoor.",
            "movement_evidence": "Bijvoorbeeld: vroeg zelf om een extra ochtend.",
        }
        widgets = {name: WordsInput(3) for name in ("development_evidence", "movement_evidence")}

    def clean(self):
        cleaned = super().clean()
        for name in ("development", "movement"):
            if cleaned.get(f"{name}_seen") == Journey.Seen.YES and cleaned.get(f"{name}_evidence") == "":
                self.add_error(f"{name}_evidence", "Schrijf kort waaraan je dit zag. Eén zin is genoeg.")
        return cleaned


class ArrivalForm(ChapterForm):
    class Meta:
        model = Journey
        fields = ["effect", "lessons", "aftercare"]
        labels = {
            "effect": "Wat heeft het de jongere gebracht?",
            "lessons": "Wat kunnen anderen ervan leren?",
            "aftercare": "Hoe blijft het goed gaan?",
        }
        help_texts = {
            "effect": "Zo dat de jongere het herkent. Klein telt ook.",
            "lessons": "Wat zou je een andere regio vertellen?",
            "aftercare": "Wie blijft contact houden, en wie belt de jongere als het even niet gaat?",
        }
        widgets = {name: WordsInput(5) for name in fields}


class LookBackForm(ChapterForm):
    class Meta:
        model = Journey
        fields = ["look_back"]
        labels = {"look_back": "Wat zien we WEL gebeuren?"}
        help_texts = {
            "look_back": "Wat heeft de reis gebracht, hoe versterken we dat, en wat kunnen anderen ervan leren?"
        }
        widgets = {"look_back": WordsInput(8)}


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    form: type[ChapterForm]
    intro: str = ""
    reason: str = ""


ABOUT_DISTANCE = (
    "Er bestaat geen officiële lijst; deze is een voorstel. Kies wat het best past en schrijf erbij waarom. "
    "Ingeschreven zijn is niet het enige doel: ontwikkeling die er al is en nieuwe beweging tellen ook."
)
ABOUT_MOVEMENT = "Ook zonder inschrijving kan er veel goed gaan. Wat zie je bij deze jongere?"
CHAPTERS = {
    chapter.key: chapter
    for chapter in (
        Chapter("wensdroom", TITLES["wensdroom"], WensdroomForm, reason=FOR_PLAN),
        Chapter("vertrek", "Vertrekpunt", DepartureForm),
        Chapter("bagage", "Bagage en wat werkte", LuggageForm),
        Chapter("samenwerking", TITLES["samenwerking"], CooperationForm, reason=FOR_SUBSIDY),
        Chapter("plan", TITLES["plan"], PlanForm, reason=FOR_SUBSIDY),
        Chapter("middelen", TITLES["middelen"], MeansForm, reason=FOR_SUBSIDY),
        Chapter("afstand", TITLES["afstand"], DistanceForm, ABOUT_DISTANCE, FOR_SAMPLE),
        Chapter("beweging", "Ontwikkeling en beweging", MovementForm, ABOUT_MOVEMENT),
        Chapter("aankomst", "Aankomst of tussenstop", ArrivalForm),
        Chapter("terugblik", "Terugblik", LookBackForm),
    )
}


class StopForm(SharedWordsForm):
    together = (("hobble", "detour"), ("state", "happened_on"))
    happened_on = DutchDateField(
        label="Datum", help_text=f"Bij een plan mag de datum nog komen. {DATE_HINT}", required=False
    )

    class Meta:
        model = Stop
        fields = [
            "title", "state", "happened_on", "place", "note", "sparks", "hobble", "detour", "is_rest", "is_look_back",
        ]  # fmt: skip
        labels = {
            "title": "Naam van de halte",
            "state": "Hoe ver is het?",
            "place": "Waar of hoe vaak, in het kort",
            "note": "Wat gebeurde er?",
            "sparks": "Hoe vaak waren er lichtjes in de ogen?",
            "hobble": "Hobbel op weg naar deze halte",
            "detour": "Olifantenpaadje om de hobbel heen",
            "is_rest": "Hier is een rustpunt",
            "is_look_back": "Hier keken we samen terug",
        }
        help_texts = {
            "title": "Kort. Op de kaart passen 24 tekens. Bijvoorbeeld: keuken van oom.",
            "state": "Er is één plek waar we nu zijn. Kies je die hier, dan is de vorige gemaakt.",
            "place": "Staat op de kaart onder de naam. Bijvoorbeeld: elke vrijdag.",
            "hobble": "Wat maakte het lastig? Bijvoorbeeld: lange busreis.",
            "detour": "De eigen weg die toch werkte. Bijvoorbeeld: tante rijdt mee.",
        }
        error_messages = {"title": {"required": "Geef de halte een naam."}}
        widgets = {
            "note": WordsInput(4),
            "sparks": forms.NumberInput({"min": 0, "max": Stop.MOST_SPARKS}),
            "state": PictogramRadioSelect(
                icons={"gemaakt": "check-circle", "nu": "geo-alt", "gepland": "calendar-event", "idee": "lightbulb"}
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = Stop.State.choices
        self.fields["state"].error_messages["required"] = "Kies hoe ver het is."
        sparks = self.fields["sparks"]
        sparks.validators.append(MaxValueValidator(Stop.MOST_SPARKS))
        sparks.required = False
        sparks.error_messages["invalid"] = "Schrijf een heel getal, bijvoorbeeld 2."

    def clean_sparks(self):
        return self.cleaned_data["sparks"] or 0

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("happened_on")
        if day and cleaned.get("state") in (Stop.State.MADE, Stop.State.NOW) and day > timezone.localdate():
            self.add_error("happened_on", "Deze datum ligt in de toekomst. Kies ‘Gepland’ of een andere dag.")
        if cleaned.get("detour") and cleaned.get("hobble") == "":
            self.add_error("hobble", "Een olifantenpaadje loopt om een hobbel heen. Schrijf eerst de hobbel op.")
        return cleaned
