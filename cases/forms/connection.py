"""A broken connection: who looks for contact again, for what and by when, and how it came back."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from access.models import User
from cases.forms.fields import area, text
from cases.forms.members import CHOOSE_SOMEBODY, OWNER_ROLES, PersonField, colleagues
from cases.models import CaseMember


def connector_field():
    return PersonField(
        label="Verbinder",
        help_text="Iemand die los staat van wat er eerder was. Niet de eigenaar.",
        queryset=User.objects.none(),
        empty_label="Kies een collega",
        error_messages=CHOOSE_SOMEBODY,
    )


def task_field():
    return text(
        "Opdracht",
        max_length=300,
        required=True,
        missing="Schrijf op wat de verbinder gaat doen.",
        help_text="Bijvoorbeeld: opnieuw kennismaken, en vragen wat nodig is. Zonder namen.",
        widget=area(2),
    )


def agreed_field():
    return DutchDateField(
        label="Afgesproken dag",
        help_text="Dan kijken jullie samen hoe het gaat.",
        error_messages={"required": "Vul in op welke dag jullie samen kijken."},
    )


class VersionedForm(WelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class _ChoosesConnector:
    """Colleagues of the case without its eigenaar, who keeps the contact that broke."""

    def narrow_people(self, case, reader):
        owners = CaseMember.objects.visible_to(reader).filter(case=case, role=CaseMember.Role.OWNER, ends_on=None)
        people = colleagues(case, reader, OWNER_ROLES)
        self.fields["connector"].queryset = people.exclude(pk__in=owners.values("user"))


class SeekForm(_ChoosesConnector, WelForm):
    broken_on = DutchDateField(
        label="Sinds wanneer is er geen contact?", past=True, error_messages={"required": "Vul in sinds wanneer."}
    )
    story = text(
        "Wat gebeurde er?",
        max_length=300,
        required=True,
        missing="Schrijf kort op wat er gebeurde.",
        help_text="Schrijf zo dat de jongere dit later zelf kan lezen. Zonder namen.",
        widget=area(3),
    )
    connector = connector_field()
    starts_on = DutchDateField(label="Begint op", error_messages={"required": "Vul in wanneer de verbinder begint."})
    task = task_field()
    agreed_on = agreed_field()

    def __init__(self, *args, case, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.narrow_people(case, reader)
        self.initial.setdefault("starts_on", timezone.localdate())

    def clean(self):
        cleaned = super().clean()
        broken_on, starts_on = cleaned.get("broken_on"), cleaned.get("starts_on")
        if broken_on and starts_on and starts_on < broken_on:
            self.add_error("starts_on", "Deze dag ligt voor de dag waarop het contact stopte.")
        check_agreed(self, starts_on)
        return cleaned


def check_agreed(form, starts_on):
    day, today = form.cleaned_data.get("agreed_on"), timezone.localdate()
    if day and day < today:
        form.add_error("agreed_on", "Deze dag is al voorbij.")
    elif day and starts_on and day < starts_on:
        form.add_error("agreed_on", "Deze dag ligt voor de dag waarop de verbinder begint.")


class AgreementForm(VersionedForm):
    task = task_field()
    agreed_on = agreed_field()

    def __init__(self, *args, connection, **kwargs):
        super().__init__(*args, **kwargs)
        self.connection = connection
        self.initial = {
            "task": connection.task,
            "agreed_on": connection.agreed_on,
            "version": connection.version,
            **self.initial,
        }

    def clean(self):
        cleaned = super().clean()
        check_agreed(self, self.connection.starts_on)
        return cleaned


class ReplaceForm(_ChoosesConnector, VersionedForm):
    connector = connector_field()
    outcome = text("Waarom een ander?", max_length=300, help_text="Zonder namen.", widget=area(2))
    task = task_field()
    agreed_on = agreed_field()

    def __init__(self, *args, case, reader, connection, **kwargs):
        super().__init__(*args, **kwargs)
        self.narrow_people(case, reader)
        self.fields["connector"].queryset = self.fields["connector"].queryset.exclude(pk=connection.connector_id)
        self.connection = connection
        self.initial = {"task": connection.task, "version": connection.version, **self.initial}

    def clean(self):
        cleaned = super().clean()
        check_agreed(self, self.connection.starts_on)
        return cleaned


class RepairForm(VersionedForm):
    on = DutchDateField(
        label="Sinds wanneer is er weer contact?", past=True, error_messages={"required": "Vul in sinds wanneer."}
    )
    outcome = text(
        "Wat hielp?",
        max_length=300,
        required=True,
        missing="Schrijf kort op wat hielp.",
        help_text="Zo weten we het een volgende keer ook. Zonder namen.",
        widget=area(3),
    )

    def __init__(self, *args, connection, **kwargs):
        super().__init__(*args, **kwargs)
        self.connection = connection
        self.initial = {"on": timezone.localdate(), "version": connection.version, **self.initial}

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < self.connection.starts_on:
            raise forms.ValidationError("Deze dag ligt voor de dag waarop de verbinder begon.")
        return day
