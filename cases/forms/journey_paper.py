"""What somebody wants of De Reis on paper, out of what this reader may take along."""

from django import forms

from access.forms import WelForm
from cases.journey_paper import WITH_NAME, Kind, Size

ABOUT = {
    Kind.WHOLE: "Voor de jongere en het gezin. Alle hoofdstukken, zoals jullie ze opschreven.",
    Kind.NAMELESS: "Voor wie meeleest van een afstand. Met een code en maanden.",
    Kind.TALK: "De kaart op één blad, met ruimte om op te schrijven.",
    Kind.MAP: "Om in een ander document te zetten.",
}


class JourneyPaperForm(WelForm):
    kind = forms.ChoiceField(
        label="Wat wil je maken?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat je wilt maken.", "invalid_choice": "Kies iets uit de lijst."},
    )
    size = forms.ChoiceField(
        label="Hoe groot wordt de praatplaat of de kaart?",
        choices=Size.choices,
        initial=Size.A4,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Kies A4 of A3."},
    )
    with_name = forms.BooleanField(
        label="Met de voornaam van de jongere",
        help_text="Alleen op de hele reis en de praatplaat. We houden bij dat jij de naam gebruikte.",
        required=False,
    )

    def __init__(self, *args, kinds, may_name, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, f"{kind.label}. {ABOUT[kind]}") for kind in kinds]
        if not may_name:
            del self.fields["with_name"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("with_name") and cleaned.get("kind") not in (None, *WITH_NAME):
            self.add_error("with_name", "Hierop staat geen naam. Haal het vinkje weg, of kies iets anders.")
        cleaned["size"] = cleaned.get("size") or Size.A4
        return cleaned
