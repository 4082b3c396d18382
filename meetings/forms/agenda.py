"""Planning a place at a table, and preparing it with the youth."""

from django import forms
from django.utils import timezone

from access.dutch_dates import date_text
from access.forms import WelForm
from cases.forms.fields import NOT_A_CHOICE
from cases.forms.legal_status import VersionedForm
from cases.models import Case
from meetings.forms.fields import radios
from meetings.models import AgendaItem

TAKEN = "Deze plek is net bezet. Kies een andere."
ON_THE_WAY = "naar_de_tafel"


def place_text(meeting, begin):
    """ "wo 8 april, 10.30 uur: MDO+ van WEL-team Noord, online" """
    return f"{moment_text(begin)}: {meeting} van {meeting.team.name}, {meeting.place or 'online'}"


def moment_text(moment):
    """ "wo 8 april, 10.30 uur", with the clock as the lists show it."""
    start = timezone.localtime(moment)
    return f"{date_text(start.date(), timezone.localdate())}, {start:%H.%M} uur"


class PlanCaseForm(WelForm):
    """For one jeugdige: which free place; after an earlier table also whether to begin with what is known of that."""

    place = radios("Welke plek?", [], "Kies een plek.")
    as_before = forms.BooleanField(
        label="Neem over van de vorige tafel: de plek van de jongere, iets lekkers en wie erbij was",
        required=False,
        initial=True,
        help_text="Vraag de jongere of het nog klopt. Daarna kun je alles nog veranderen.",
    )

    def __init__(self, *args, free, previous=None, **kwargs):
        super().__init__(*args, **kwargs)
        if previous is None:
            del self.fields["as_before"]
        self.free = {f"{meeting.pk}-{int(begin.timestamp())}": (meeting, begin) for meeting, begin in free}
        self.fields["place"].choices = [(key, place_text(*place)) for key, place in self.free.items()]
        self.fields["place"].error_messages["invalid_choice"] = TAKEN
        if self.free:
            self.initial["place"] = next(iter(self.free))

    @property
    def chosen(self):
        return self.free[self.cleaned_data["place"]]


class AgendaAddForm(WelForm):
    """For one meeting: which jeugdige. Those on their way to the table come first."""

    case = forms.ModelChoiceField(
        queryset=Case.objects.none(),
        label="Welke jeugdige?",
        empty_label="Kies een jeugdige",
        error_messages={"required": "Kies een jeugdige.", "invalid_choice": NOT_A_CHOICE},
    )

    def __init__(self, *args, cases, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["case"]
        field.queryset = cases
        first = Case.STATUS_WORDS[ON_THE_WAY][1]
        rows = list(cases)
        ready = [(case.pk, str(case)) for case in rows if case.status in first]
        others = [(case.pk, str(case)) for case in rows if case.status not in first]
        groups = [(title, choices) for title, choices in (("Naar de tafel", ready), ("Anderen", others)) if choices]
        field.choices = [("", field.empty_label), *groups]


class PrepareForm(VersionedForm):
    presence = forms.ChoiceField(
        label="Hoe doet de jongere mee?",
        choices=[("", "Nog niet bekend"), *AgendaItem.Presence.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )

    class Meta:
        model = AgendaItem
        fields = ["presence", "place", "treat"]
        labels = {"place": "Welke plek koos de jongere?", "treat": "Wat is er lekkers?"}
        help_texts = {
            "place": "Bijvoorbeeld: de voetbalkantine, de bibliotheek. Leeg is: waar het team bij elkaar komt."
            " Geen adres van thuis: dit staat in de uitnodiging.",
            "treat": "Vraag de jongere wat die lekker vindt.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.all_optional = True
