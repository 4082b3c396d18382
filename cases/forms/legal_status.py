"""What leerplicht states of one period, and the end of it; every error says what would be right."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from cases.forms.fields import NOT_A_CHOICE
from cases.forms.words import WordsForm
from cases.models import Case, ExemptionTerms, LegalStatus
from cases.rules import exemption

OVERLAP = "Deze periode overlapt met een andere. Kies andere dagen, of beëindig eerst de andere periode."
TREATING = "behandelaar"
NOT_KNOWN = ("", "Nog niet bekend")
EXEMPTION_ONLY = (
    "duration", "ground", "notified_on", "statement_on", "statement_by", "independence", "review_on",
)  # fmt: skip


def _choice(label, choices, *, missing="", **kwargs):
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        required=bool(missing),
        error_messages={"required": missing, "invalid_choice": NOT_A_CHOICE},
        **kwargs,
    )


class VersionedForm(WordsForm):
    """`version` tells whether somebody else changed the row meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A klad goes on from the row that it was begun on.
        self.initial["version"] = (kwargs.get("initial") or {}).get("version") or self.instance.version


class LegalStatusForm(VersionedForm):
    kind = _choice("Wat is vastgesteld?", LegalStatus.Kind.choices, missing="Kies wat is vastgesteld.")
    starts_on = DutchDateField(label="Vanaf", error_messages={"required": "Vul de eerste dag in."})
    ends_on = DutchDateField(
        label="Tot en met",
        required=False,
        help_text="Leeg bij een tijdelijke vrijstelling: 31 juli van het schooljaar.",
    )
    duration = _choice("Duur", LegalStatus.Duration.choices)
    ground = _choice(
        "Grond",
        [NOT_KNOWN, *LegalStatus.Ground.choices],
        help_text="Alleen de grond uit de wet. Schrijf hier geen diagnose op.",
    )
    notified_on = DutchDateField(label="Datum van de kennisgeving door de ouders", required=False, past=True)
    statement_on = DutchDateField(label="Datum van de verklaring", required=False, past=True)
    statement_by = _choice("Wie gaf de verklaring?", [NOT_KNOWN, *LegalStatus.Expert.choices])
    independence = _choice(
        "Is dat ook de behandelaar van de jeugdige?",
        [("", "Er is nog geen verklaring"), *LegalStatus.Independence.choices, (TREATING, "Ja, de eigen behandelaar")],
    )
    has_swv_advice = forms.BooleanField(label="Er is een advies van het samenwerkingsverband", required=False)
    has_plan = forms.BooleanField(label="Er is een plan voor ontwikkeling (vrijstelling in verbinding)", required=False)
    review_on = DutchDateField(
        label="Wanneer kijk je opnieuw?",
        required=False,
        help_text="Bij een blijvende vrijstelling. Leeg: over een jaar.",
    )

    class Meta:
        model = LegalStatus
        fields = [
            "kind", "starts_on", "ends_on", "duration", "ground", "notified_on", "statement_on", "statement_by",
            "independence", "has_swv_advice", "has_plan", "review_on",
        ]  # fmt: skip

    def __init__(self, *args, case, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.all_optional = True  # the page says that what is not known may wait
        self.case, self.user, self.had_end = case, user, bool(self.instance.ends_on)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == LegalStatus.Kind.EXEMPT:
            self._check_exemption(cleaned)
        elif cleaned.get("kind"):
            cleaned |= dict.fromkeys(EXEMPTION_ONLY, "") | {"has_swv_advice": False, "has_plan": False}
            cleaned |= {name: None for name in EXEMPTION_ONLY if name.endswith("_on")}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not starts_on or "ends_on" in self.errors:
            return cleaned
        if (starts_on.year, starts_on.month) < (self.case.birth_year, self.case.birth_month or 1):
            self.add_error("starts_on", "Deze dag ligt voor de geboorte.")
        elif ends_on and ends_on < starts_on:
            self.add_error("ends_on", "De laatste dag ligt voor de eerste dag.")
        elif self._others().overlapping(starts_on, ends_on).exists():
            self.add_error("starts_on", OVERLAP)
        return cleaned

    def _get_validation_exclusions(self):
        """While a field is wrong, what follows from it is still empty, and a constraint would say the same again."""
        follows = {"ends_on", "review_on"} if self.errors else set()
        return super()._get_validation_exclusions() | follows

    def _others(self):
        return LegalStatus.objects.visible_to(self.user).filter(case=self.case).exclude(pk=self.instance.pk)

    def _check_exemption(self, cleaned):
        today, duration, starts_on = timezone.localdate(), cleaned.get("duration"), cleaned.get("starts_on")
        if not duration and "duration" not in self.errors:
            self.add_error("duration", "Kies of de vrijstelling tijdelijk of blijvend is.")
        terms = ExemptionTerms.on(cleaned.get("notified_on") or starts_on or today)
        if starts_on and duration == LegalStatus.Duration.TEMPORARY:
            cleaned["review_on"] = None
            if not cleaned.get("ends_on") and "ends_on" not in self.errors:
                cleaned["ends_on"] = exemption.temporary_ends_on(starts_on)
        is_permanent = starts_on and duration == LegalStatus.Duration.PERMANENT
        if is_permanent and not cleaned.get("review_on") and "review_on" not in self.errors:
            cleaned["review_on"] = exemption.review_by(starts_on, today, terms)
        if bool(cleaned.get("statement_by")) != bool(cleaned.get("statement_on")):
            for name, text in (
                ("statement_by", "Kies wie de verklaring gaf."),
                ("statement_on", "Vul de datum van de verklaring in."),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, text)
        found = exemption.findings(
            duration=duration,
            starts_on=starts_on,
            ends_on=cleaned.get("ends_on"),
            notified_on=cleaned.get("notified_on"),
            statement_on=cleaned.get("statement_on"),
            is_by_treating=cleaned.get("independence") == TREATING,
            review_on=cleaned.get("review_on"),
            terms=terms,
            today=today,
            had_end=self.had_end,
        )
        for finding in found:
            if finding.is_error and finding.field not in self.errors:
                self.add_error(finding.field, finding.text)


class SideGroupForm(VersionedForm):
    NONE = "geen"
    side_group = _choice(
        "Welke nevengroep?",
        [*Case.SideGroup.choices, (NONE, "Geen nevengroep")],
        missing="Kies een nevengroep, of geen.",
    )

    class Meta:
        model = Case
        fields = ["side_group"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["side_group"] = self.instance.side_group or self.NONE

    def clean_side_group(self):
        chosen = self.cleaned_data["side_group"]
        return "" if chosen == self.NONE else chosen


class AskingFilterForm(forms.Form):
    """The query string of Vrijstelling in verbinding; nonsense in it is no filter."""

    KINDS = {
        "einde": ("ends_soon", "Loopt af"),
        "kennisgeving": ("needs_notice", "Kennisgeving vragen"),
        "herziening": ("needs_review", "Opnieuw kijken"),
        "plan": ("lacks_plan", "Nog geen plan"),
    }
    soort = forms.ChoiceField(choices=[(key, label) for key, (_, label) in KINDS.items()], required=False)


class EndStatusForm(VersionedForm):
    ends_on = DutchDateField(
        label="Laatste dag",
        help_text="Daarna is de jeugdige bijvoorbeeld ingeschreven, of geldt er iets anders.",
        error_messages={"required": "Vul de laatste dag in."},
    )

    class Meta:
        model = LegalStatus
        fields = ["ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.last = self.instance.ends_on
        self.initial["ends_on"] = None

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day < self.instance.starts_on:
            raise forms.ValidationError("De laatste dag ligt voor de eerste dag.")
        if self.last and day > self.last:
            raise forms.ValidationError("Deze periode eindigt al eerder. Pas de periode aan als dat niet klopt.")
        return day
