"""Planning a meeting, and calling it off."""

from datetime import datetime, timedelta

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from cases.forms.legal_status import VersionedForm
from cases.rules.learning import CODE
from meetings.forms.fields import ClockField, radios
from meetings.models import Meeting, WelTeam
from meetings.rules.kinds import ABOUT_CASES, Kind
from meetings.rules.next_time import next_day

NO_CODE = "Haal de code weg. Iedereen die het team ziet, leest dit."
KINDS = [
    ("Over jeugdigen", [(kind.value, kind.label) for kind in ABOUT_CASES]),
    ("Zonder jeugdigen", [(kind.value, kind.label) for kind in Kind if kind not in ABOUT_CASES]),
]


class WithoutCodes:
    """Refuses the code of a jeugdige in any text; the database does too."""

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and CODE.search(value):
                self.add_error(name, NO_CODE)
        return cleaned


class MeetingForm(WithoutCodes, VersionedForm):
    kind = forms.ChoiceField(
        label="Wat voor overleg?", choices=KINDS, error_messages={"required": "Kies wat voor overleg het is."}
    )
    day = DutchDateField(label="Op welke dag?", error_messages={"required": "Vul de dag in."})
    begin = ClockField("Van")
    end = ClockField("Tot")
    place_kind = radios("Online of bij elkaar?", WelTeam.Place.choices, "Kies online of bij elkaar.")

    class Meta:
        model = Meeting
        fields = ["kind", "topic", "place_kind", "place"]
        labels = {"topic": "Waar gaat het over?", "place": "Op welke plek?"}
        help_texts = {
            "topic": "Mag leeg blijven. Zonder namen en zonder codes.",
            "place": "Als jullie bij elkaar komen.",
        }

    def __init__(self, *args, team, **kwargs):
        kwargs.setdefault("instance", Meeting(team=team, place_kind=team.place_kind, place=team.default_place))
        super().__init__(*args, **kwargs)
        self.team = team
        if self.instance.pk:
            start, end = timezone.localtime(self.instance.starts_at), timezone.localtime(self.instance.ends_at)
            self.initial |= {"day": start.date(), "begin": start.time(), "end": end.time()}
        else:
            self.initial |= first_guess(team, timezone.localdate())
        self.fields["place"].required = False
        self.helper.all_optional = True  # whether a place is needed follows from the choice above it
        self.helper.layout = Layout(
            "kind", "topic", "day", Div("begin", "end", css_class="field-pair"), "place_kind", "place", "version"
        )

    def clean(self):
        cleaned = super().clean()
        day, begin, end = (cleaned.get(name) for name in ("day", "begin", "end"))
        if begin and end and end <= begin:
            self.add_error("end", "Deze tijd ligt voor het begin.")
        elif day and begin and end:
            cleaned["starts_at"], cleaned["ends_at"] = moment(day, begin), moment(day, end)
        if day and not self.team.is_active_on(day):
            self.add_error("day", "Op deze dag werkt dit team niet.")
        if cleaned.get("place_kind") == WelTeam.Place.ONLINE:
            if "place" not in self.errors:
                cleaned["place"] = ""
        elif cleaned.get("place_kind") and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", "Vul de plek in waar jullie bij elkaar komen.")
        return cleaned

    @property
    def values(self):
        return super().values | {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}

    def _get_validation_exclusions(self):
        """clean() says the same as the constraints, at the field."""
        return super()._get_validation_exclusions() | {"topic", "place", "place_kind"}


class CancelForm(WithoutCodes, VersionedForm):
    cancel_reason = forms.CharField(
        label="Waarom gaat het niet door?",
        max_length=200,
        help_text="Zonder namen en zonder codes. Bijvoorbeeld: er is geen jeugdige die nu naar de tafel wil.",
        error_messages={"required": "Vul in waarom het niet doorgaat."},
    )

    class Meta:
        model = Meeting
        fields = []

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"cancel_reason"}


def moment(day, clock):
    return timezone.make_aware(datetime.combine(day, clock))


def first_guess(team, today):
    """The next day and time by the rhythm of the team, long enough for what its table holds."""
    day = next_day(
        team.rhythm,
        weekday=team.weekday,
        every_weeks=team.every_weeks,
        month_week=team.month_week,
        first=team.starts_on,
        after=today,
    )
    if day is None:
        return {}
    length = timedelta(minutes=team.cases_per_session * team.minutes_per_case)
    end = datetime.combine(day, team.starts_at) + length
    return {"day": day, "begin": team.starts_at, "end": end.time() if end.date() == day else None}
