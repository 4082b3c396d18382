"""Een reisgenoot: who it is to the youth, and no name."""

from access.forms import DutchDateField
from access.widgets import PictogramRadioSelect
from cases.forms.own_words import OwnWordsMixin
from cases.forms.words import SharedWordsForm, WordsInput
from cases.models import Companion


class _Written(SharedWordsForm):
    """Knows who is writing."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user


class CompanionForm(OwnWordsMixin, _Written):
    words, said_on, said_by = "meaning", "meaning_on", "meaning_by_id"
    meaning_on = DutchDateField(label="Gezegd op", help_text="Bijvoorbeeld 14-3-2026.", required=False, past=True)
    together = (("meaning", "meaning_on"), ("circle", "organisation"))

    class Meta:
        model = Companion
        fields = [
            "who", "circle", "is_unexpected", "role", "meaning", "meaning_on", "organisation", "mandate", "joins_table",
        ]  # fmt: skip
        labels = {
            "who": "Wie is het voor de jongere?",
            "circle": "Waar kent de jongere deze reisgenoot van?",
            "is_unexpected": "Dit is een onverwachte ander",
            "role": "Wat doet deze reisgenoot?",
            "meaning": "Wat betekent deze reisgenoot, in eigen woorden van de jongere",
            "organisation": "Organisatie",
            "mandate": "Wat mag deze reisgenoot beslissen?",
            "joins_table": "Komt aan tafel",
        }
        help_texts = {
            "who": "Geen naam. Bijvoorbeeld: oom, buurvrouw, bakker, begeleider.",
            "is_unexpected": "Iemand aan wie je niet meteen zou denken, en die wel verschil maakt.",
            "role": "Bijvoorbeeld: rijdt mee op dinsdag.",
            "meaning": "Schrijf op wat de jongere zei, letterlijk. Zonder aanhalingstekens.",
            "organisation": "Alleen als deze reisgenoot er vanuit het werk is.",
            "mandate": "Bijvoorbeeld: kan een plek geven, beslist over vervoer.",
        }
        error_messages = {
            "who": {"required": "Schrijf op wie het is. Een naam is niet nodig."},
            "circle": {"required": "Kies waar de jongere deze reisgenoot van kent."},
        }
        widgets = {
            "circle": PictogramRadioSelect(icons={"naast": "people", "beroep": "backpack2"}),
            "meaning": WordsInput(3),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["circle"].choices = Companion.Circle.choices
