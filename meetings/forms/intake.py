"""The steps before a table: what took place, or why it does not apply, and what was agreed with the coördinator."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from access.models import User
from cases.forms.fields import area, text
from cases.forms.legal_status import VersionedForm
from cases.forms.members import PersonField
from cases.forms.words import TOO_LONG, WordsInput
from meetings.forms.fields import radios, without_optional
from meetings.models import Intake
from meetings.rules.intake import STEPS
from regions.models import Membership, Role

HELD, SKIPPED = "geweest", "nvt"
RESULT = {"required": "Schrijf op wat eruit kwam.", "max_length": TOO_LONG}


class StepForm(VersionedForm):
    """`step` is filled in by `form_of` below."""

    step = None

    def __init__(self, *args, reason="", held="", **kwargs):
        super().__init__(*args, **kwargs)
        name = self.step.name
        self.on, self.result, self.skip = f"{name}_on", f"{name}_result", f"{name}_skip"
        if getattr(self.instance, self.skip):
            self.initial["held"] = SKIPPED
        elif getattr(self.instance, self.on):
            self.initial["held"] = HELD
        else:
            self.initial |= {self.skip: reason, "held": held}
        without_optional(self)  # what is needed follows from the choice above it

    def clean(self):
        cleaned = super().clean()
        held = cleaned.get("held")
        needed = {HELD: {self.on: "Vul de datum in.", self.result: RESULT["required"]}}
        needed[SKIPPED] = {self.skip: "Schrijf op waarom deze stap niet van toepassing is."}
        for name, missing in needed.get(held, {}).items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, missing)
        for name in needed[SKIPPED if held == HELD else HELD] if held else ():
            if name in cleaned:
                cleaned[name] = None if name == self.on else ""
        return cleaned

    def validate_constraints(self):
        """clean() says the same, at the field."""


def _form_of(step, question, skip_help):
    name = step.name
    fields = {
        "step": step,
        "held": radios(question, [(HELD, "Ja"), (SKIPPED, "Niet van toepassing")], "Kies een antwoord."),
        f"{name}_on": DutchDateField(label="Wanneer?", past=True, required=False),
        f"{name}_result": forms.CharField(
            label="Wat kwam eruit?", required=False, max_length=1000, widget=WordsInput(4), error_messages=RESULT
        ),
        f"{name}_skip": text("Waarom niet van toepassing?", max_length=200, help_text=skip_help, widget=area(2)),
        "field_order": ["held", f"{name}_on", f"{name}_result", f"{name}_skip", "version"],
        "Meta": type("Meta", (), {"model": Intake, "fields": [f"{name}_on", f"{name}_result", f"{name}_skip"]}),
    }
    return type("StepForm", (StepForm,), fields)


class ContactForm(VersionedForm):
    contact_on = DutchDateField(label="Wanneer?", past=True, error_messages={"required": "Vul de datum in."})
    contact_with = PersonField(
        label="Met welke coördinator?",
        queryset=User.objects.none(),
        empty_label="Kies een coördinator",
        error_messages={"required": "Kies een coördinator.", "invalid_choice": "Kies een coördinator uit de lijst."},
    )
    contact_channel = radios("Hoe?", Intake.Channel.choices, "Kies hoe het contact was.")
    contact_agreed = forms.CharField(
        label="Wat is afgesproken?",
        max_length=1000,
        widget=WordsInput(4),
        help_text="Bijvoorbeeld: wie de jongere vraagt om een stem, en wanneer de casusinbreng klaar is.",
        error_messages={"required": "Schrijf op wat is afgesproken.", "max_length": TOO_LONG},
    )

    class Meta:
        model = Intake
        fields = ["contact_on", "contact_with", "contact_channel", "contact_agreed"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = Membership.objects.in_force(timezone.localdate()).filter(
            swv_id=self.instance.swv_id, role=Role.COORDINATOR
        )
        self.fields["contact_with"].queryset = User.objects.filter(
            pk__in=here.order_by().values("user"), is_active=True
        ).order_by("name")

    def validate_constraints(self):
        """The page is there only when the steps before are."""


FORMS = {
    "mdo": _form_of(STEPS["mdo"], "Is er een MDO geweest op school?", "Bijvoorbeeld omdat er nu geen school is."),
    "swv": _form_of(
        STEPS["swv"],
        "Heeft het samenwerkingsverband zich ingezet?",
        "Bijvoorbeeld omdat de vraag niet over onderwijs gaat.",
    ),
    "contact": ContactForm,
}
