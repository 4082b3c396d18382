"""Inzet toevoegen: an activity and what it costs, hours, and the agreement under which money is passed on."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from access.forms import DutchDateField
from access.money import AmountError, amount_text, parse_amount
from cases.forms.words import CHOOSE, WordsForm
from cases.models import Agreement, CostLine, HoursLine

DIRECT = [("direct", "Direct: voor de jeugdige zelf"), ("indirect", "Indirect: om het mogelijk te maken")]
TASKS = [("regulier", "Gewone taak"), ("extra", "Extra taak")]


class AmountField(forms.DecimalField):
    """1.250,50 or 1250.50; what can be read in two ways is an error, and zero too."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(
            **{
                "max_digits": 9,
                "decimal_places": 2,
                "error_messages": {
                    "required": "Vul een bedrag in.",
                    "max_digits": "Dit bedrag is te groot.",
                    "max_whole_digits": "Dit bedrag is te groot.",
                },
                **kwargs,
            }
        )
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "class": "input-short"})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            try:
                value = parse_amount(value)
            except AmountError as error:
                raise ValidationError(str(error)) from error
        return super().to_python(value)

    def validate(self, value):
        super().validate(value)
        if value is not None and value <= 0:
            raise ValidationError("Vul iets in dat groter is dan nul.")

    def prepare_value(self, value):
        return amount_text(value) if isinstance(value, Decimal) else value


def version_field():
    return forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)


class VersionedForm(WordsForm):
    """Remembers which version of the row was filled in."""

    version = version_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class CostLineForm(VersionedForm):
    """`payers` are the subsidies that may pay for it; a choice only when there are several."""

    spent_on = DutchDateField(label="Datum", help_text="Op deze datum telt het mee voor schooljaar en kalenderjaar.")
    amount = AmountField(label="Bedrag in euro, met btw", help_text="Bijvoorbeeld 1.250,50.")
    direct = forms.ChoiceField(
        label="Direct of indirect?",
        choices=DIRECT,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies direct of indirect."},
    )
    subsidy = forms.ChoiceField(
        label="Uit welke subsidie?", error_messages={"required": "Kies uit welke subsidie dit komt."}
    )

    class Meta:
        model = CostLine
        fields = [
            "kind", "description", "stage", "spent_on", "amount", "is_own_contribution", "agreement", "has_receipt",
            "reference", "effect",
        ]  # fmt: skip
        labels = {
            "kind": "Activiteit",
            "description": "Wat is het precies?",
            "stage": "Hoe ver is het?",
            "is_own_contribution": "Eigen bijdrage: dit gaat niet van de subsidie af",
            "agreement": "Volgens welke overeenkomst?",
            "has_receipt": "Er is een bon of factuur",
            "reference": "Nummer van de bon of factuur",
            "effect": "Wat leverde het de jongere op?",
        }
        help_texts = {
            "description": "Zonder namen van mensen of winkels.",
            "agreement": "Alleen nodig als je geld doorgeeft aan een andere partij.",
            "effect": "Dit komt in de verantwoording. Het mag later.",
        }
        error_messages = {
            "kind": {"required": "Kies een activiteit."},
            "stage": {"required": "Kies hoe ver het is."},
            "agreement": {"invalid_choice": "Kies een overeenkomst uit de lijst."},
        }
        widgets = {"stage": forms.RadioSelect, "description": forms.TextInput, "effect": forms.TextInput}

    field_order = [
        "kind", "description", "direct", "stage", "spent_on", "amount", "subsidy", "is_own_contribution", "agreement",
        "has_receipt", "reference", "effect", "version",
    ]  # fmt: skip

    def __init__(self, *args, payers, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.payers = {str(payer.subsidy_id): payer for payer in payers}
        self.fields["kind"].choices = [("", "Kies een activiteit"), *CostLine.Kind.choices]
        self.fields["stage"].choices = CostLine.Stage.choices
        self.fields["spent_on"].error_messages["required"] = "Vul een datum in."
        self.fields["direct"].error_messages["invalid_choice"] = CHOOSE
        self.fields["subsidy"].error_messages["invalid_choice"] = CHOOSE
        self.fields["subsidy"].choices = [(key, payer.label) for key, payer in self.payers.items()]
        if len(self.payers) == 1:
            del self.fields["subsidy"]
        agreements = Agreement.objects.visible_to(user).filter(
            swv_id__in={payer.swv_id for payer in self.payers.values()}
        )
        self.fields["agreement"].queryset = agreements
        self.fields["agreement"].empty_label = "Geen overeenkomst"
        if self.instance.pk:
            self.initial["direct"] = "direct" if self.instance.is_direct else "indirect"
            self.initial["subsidy"] = str(self.instance.subsidy_id)
        else:
            del self.fields["effect"]

    @property
    def payer(self):
        chosen = self.cleaned_data.get("subsidy") or (next(iter(self.payers)) if len(self.payers) == 1 else None)
        return self.payers.get(chosen)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == CostLine.Kind.OTHER and not cleaned.get("description"):
            self.add_error("description", "Schrijf op wat het is.")
        day, stage, payer, agreement = (
            cleaned.get("spent_on"),
            cleaned.get("stage"),
            self.payer,
            cleaned.get("agreement"),
        )
        if day and stage == CostLine.Stage.SPENT and day > timezone.localdate():
            self.add_error("spent_on", "Deze dag ligt in de toekomst. Kies dan ‘Verplicht’ of ‘Begroot’.")
        elif day and payer and (day > payer.ends_on or (payer.starts_on and day < payer.starts_on)):
            self.add_error("spent_on", f"Deze dag valt buiten de subsidie: {payer.period}.")
        if cleaned.get("kind") == CostLine.Kind.PASSED_ON and not agreement and "agreement" not in self.errors:
            self.add_error(
                "agreement",
                "Geld doorgeven kan alleen met een overeenkomst. Het SWV-contact legt die vast bij Inzet van het SWV.",
            )
        if agreement and payer and agreement.swv_id != payer.swv_id:
            self.add_error("agreement", "Deze overeenkomst hoort bij een ander samenwerkingsverband.")
        return cleaned

    def _post_clean(self):
        """The columns that are no field of this form are set by the action; the constraints hold in the database."""

    @property
    def values(self):
        values = {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}
        return values | {
            "is_direct": self.cleaned_data["direct"] == "direct",
            "subsidy_id": self.payer.subsidy_id,
            "payer_id": self.payer.swv_id,
        }


class HoursForm(VersionedForm):
    done_on = DutchDateField(label="Datum", past=True)
    hours = AmountField(
        label="Uren per persoon",
        max_digits=6,
        help_text="Bijvoorbeeld 2 of 1,5.",
        error_messages={"required": "Vul de uren in.", "max_whole_digits": "Dit zijn te veel uren."},
    )
    persons = forms.IntegerField(
        label="Aantal personen",
        min_value=1,
        max_value=99,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"}),
        error_messages={
            "required": "Vul in met hoeveel personen.",
            "invalid": "Schrijf een getal van 1 tot 99.",
            "min_value": "Schrijf een getal van 1 tot 99.",
            "max_value": "Schrijf een getal van 1 tot 99.",
        },
    )
    task = forms.ChoiceField(
        label="Gewone of extra taak?",
        choices=TASKS,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies gewone of extra taak.", "invalid_choice": CHOOSE},
    )

    class Meta:
        model = HoursLine
        fields = ["activity", "role", "done_on", "hours", "persons"]
        labels = {"activity": "Waarvoor waren de uren?", "role": "Wie maakte de uren?"}
        error_messages = {
            "activity": {"required": "Kies waarvoor de uren waren."},
            "role": {"required": "Kies wie de uren maakte."},
        }

    field_order = ["activity", "role", "done_on", "hours", "persons", "task", "version"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [("", "Kies waarvoor"), *HoursLine.Activity.choices]
        self.fields["role"].choices = [("", "Kies wie"), *HoursLine.Role.choices]
        self.fields["done_on"].error_messages["required"] = "Vul een datum in."
        if self.instance.pk:
            self.initial["task"] = "extra" if self.instance.is_extra else "regulier"

    def _post_clean(self):
        """As above."""

    @property
    def values(self):
        return super().values | {"is_extra": self.cleaned_data["task"] == "extra"}


class AgreementForm(VersionedForm):
    signed_on = DutchDateField(label="Datum van de overeenkomst", past=True)
    amount = AmountField(label="Bedrag in euro")

    class Meta:
        model = Agreement
        fields = ["party", "signed_on", "amount", "purpose", "is_on_file"]
        labels = {
            "party": "Met welke partij?",
            "purpose": "Waarvoor is het geld?",
            "is_on_file": "Het getekende exemplaar is bewaard",
        }
        help_texts = {"party": "De naam van de organisatie. Bijvoorbeeld een gemeente."}
        error_messages = {
            "party": {"required": "Vul in met welke partij."},
            "purpose": {"required": "Schrijf op waarvoor het geld is."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].error_messages["required"] = "Vul een datum in."

    def _post_clean(self):
        """As above."""
