"""Stories, knelpunten and solutions: in none of these texts stands what leads back to somebody."""

from django import forms

from access.forms import DutchDateField, WelForm
from cases.forms.fields import NOT_A_CHOICE, text
from cases.forms.legal_status import VersionedForm
from cases.forms.words import WordsInput
from cases.models import Obstacle, Solution, Story
from cases.models.learning import Domain, Level, Theme, learning_swvs
from cases.rules.learning import MAIL, PHONE, fault_in, trace_in
from regions.models import Samenwerkingsverband

NO_NAMES = "Zonder namen, zonder school, zonder plaats. Schrijf zo dat niemand de jongere herkent."
PAGES = 400


def choice(label, choices, *, missing="", empty=""):
    return forms.ChoiceField(
        label=label,
        choices=[("", empty), *choices] if empty else choices,
        widget=forms.Select if empty else forms.RadioSelect,
        required=bool(missing),
        error_messages={"required": missing, "invalid_choice": NOT_A_CHOICE},
    )


class WithoutTraces:
    """Refuses a code, address, number or day in any text; `may_have` are the exceptions per field."""

    may_have = {}

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if not isinstance(value, str) or name in self.errors:
                continue
            if sentence := trace_in(value, may_have=self.may_have.get(name, ())):
                self.add_error(name, sentence)
        return cleaned


class StoryForm(WithoutTraces, VersionedForm):
    theme = choice("Thema", Theme.choices, missing="Kies een thema.")
    perspective = choice("Door wiens ogen?", Story.Perspective.choices, missing="Kies door wiens ogen.")

    class Meta:
        model = Story
        fields = ["title", "what_worked", "hobble", "detour", "theme", "perspective", "is_ready"]
        labels = {
            "title": "Wat werkte? In één zin",
            "what_worked": "Het verhaal",
            "hobble": "Welke hobbel was er?",
            "detour": "Welk olifantenpaadje liep eromheen?",
            "is_ready": "Klaar: vraag iemand om het na te lezen",
        }
        help_texts = {"what_worked": NO_NAMES}
        error_messages = {
            "title": {"required": "Schrijf in één zin wat werkte."},
            "what_worked": {"required": "Schrijf het verhaal op."},
        }
        widgets = {"what_worked": WordsInput(10)}


class ReturnStoryForm(WelForm):
    """The second reader: yes, or what is to change."""

    answer = forms.ChoiceField(
        label="Mag dit verhaal zo gelezen worden?",
        choices=[("ja", "Ja, er staat niemand in"), ("terug", "Nog niet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nog niet.", "invalid_choice": NOT_A_CHOICE},
    )
    why = text("Wat vraag je de schrijver?", max_length=300, help_text="Alleen bij ‘Nog niet’.")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "terug" and not cleaned.get("why") and "why" not in self.errors:
            self.add_error("why", "Schrijf op wat er anders moet.")
        return cleaned


class ObstacleForm(WithoutTraces, VersionedForm):
    level = choice("Op welk niveau?", Level.choices, missing="Kies een niveau.")
    theme = choice("Thema", Theme.choices, missing="Kies een thema.")
    domain = choice(
        "Waar gaat het over?", Domain.choices, missing="Kies waar het over gaat.", empty="Kies een onderwerp"
    )
    status = choice("Hoe ver is het?", Obstacle.Status.choices, missing="Kies hoe ver het is.")
    addressee = choice("Wie kan dit oplossen?", Obstacle.Addressee.choices, empty="Nog niet bekend")
    addressed_on = DutchDateField(label="Gevraagd op", required=False, past=True)
    answered_on = DutchDateField(label="Antwoord gekregen op", required=False, past=True)

    class Meta:
        model = Obstacle
        fields = [
            "title", "description", "level", "theme", "domain", "status", "addressee", "addressee_name", "addressed_on",
            "answer", "answered_on",
        ]  # fmt: skip
        labels = {
            "title": "Wat wringt er?",
            "description": "Hoe zit dat?",
            "addressee_name": "Welke organisatie?",
            "answer": "Wat was het antwoord?",
        }
        help_texts = {"description": "Een knelpunt gaat over het systeem. Er staan geen mensen in."}
        error_messages = {"title": {"required": "Schrijf in één zin wat er wringt."}}
        widgets = {"description": WordsInput(4), "answer": WordsInput(3)}

    def __init__(self, *args, user=None, case=None, **kwargs):
        """With a `case` its SWV is the place; else `user` chooses one."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("status", Obstacle.Status.COLLECTED)
        if not self.instance.pk and case is None:
            self.fields["swv"] = swv_field(user)
            self.order_fields(["swv"])

    def clean(self):
        cleaned = super().clean()
        names = ("status", "addressee", "addressed_on", "answer", "answered_on")
        if not set(names) & set(self.errors):
            fault = fault_in(**{name: cleaned.get(name) for name in names})
            if fault:
                self.add_error(*fault)
        return cleaned

    def _get_validation_exclusions(self):
        """clean() says the same as the constraints, at the field."""
        return super()._get_validation_exclusions() | {"status"}


class SolutionForm(WithoutTraces, VersionedForm):
    """An organisation may have its telephone number and address: those lead to nobody."""

    kind = choice("Wat is het?", Solution.Kind.choices, missing="Kies wat het is.")
    domain = choice(
        "Waar gaat het over?", Domain.choices, missing="Kies waar het over gaat.", empty="Kies een onderwerp"
    )
    may_have = {"place": (PHONE, MAIL)}

    class Meta:
        model = Solution
        fields = ["kind", "title", "description", "place", "domain"]
        labels = {
            "title": "De oplossing, in één zin",
            "description": "Hoe werkt het?",
            "place": "Welke organisatie of plek?",
        }
        help_texts = {
            "description": "Schrijf de weg op, niet wie hem liep. Zonder namen.",
            "place": "Alleen een organisatie, met een algemeen nummer. Geen mensen.",
        }
        error_messages = {
            "title": {"required": "Schrijf de oplossing in één zin op."},
            "description": {"required": "Schrijf op hoe het werkt."},
        }
        widgets = {"description": WordsInput(6)}

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["swv"] = swv_field(user)
            self.order_fields(["swv"])


def swv_field(user):
    swvs = Samenwerkingsverband.objects.filter(pk__in=learning_swvs(user))
    first = swvs.first() if len(learning_swvs(user)) == 1 else None
    return forms.ModelChoiceField(
        swvs,
        label="Bij welk samenwerkingsverband?",
        empty_label="Kies een samenwerkingsverband",
        initial=first,
        error_messages={"required": "Kies een samenwerkingsverband.", "invalid_choice": NOT_A_CHOICE},
    )


class LearningFilter(forms.Form):
    """A query string; nonsense in it is no filter."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_list = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_list else "form-control"


class StoryFilterForm(LearningFilter):
    q = forms.CharField(label="Zoek in de verhalen", max_length=60, required=False)
    thema = forms.ChoiceField(label="Thema", choices=[("", "Alle thema’s"), *Theme.choices], required=False)
    ogen = forms.ChoiceField(
        label="Door wiens ogen?", choices=[("", "Iedereen"), *Story.Perspective.choices], required=False
    )
    page = forms.IntegerField(min_value=1, max_value=PAGES, required=False)


class ObstacleFilterForm(LearningFilter):
    stap = forms.ChoiceField(label="Stap", choices=[("", "Alle stappen"), *Obstacle.Status.choices], required=False)
    niveau = forms.ChoiceField(label="Niveau", choices=[("", "Alle niveaus"), *Level.choices], required=False)
    onderwerp = forms.ChoiceField(
        label="Onderwerp", choices=[("", "Alle onderwerpen"), *Domain.choices], required=False
    )
    page = forms.IntegerField(min_value=1, max_value=PAGES, required=False)


class BankFilterForm(LearningFilter):
    q = forms.CharField(label="Zoek een oplossing", max_length=60, required=False)
    soort = forms.ChoiceField(label="Soort", choices=[("", "Alle soorten"), *Solution.Kind.choices], required=False)
    onderwerp = forms.ChoiceField(
        label="Onderwerp", choices=[("", "Alle onderwerpen"), *Domain.choices], required=False
    )
