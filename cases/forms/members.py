"""Choosing people near a jeugdige: the eigenaar, and who may know the name."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from access.models import User
from cases.forms.fields import NOT_A_CHOICE, text
from cases.models import CaseMember, Connection
from regions.models import CASE_ROLES, Membership, Role

CHOOSE_SOMEBODY = {"required": "Kies een collega.", "invalid_choice": "Kies een collega uit de lijst."}
# Being let in holds for who can open the jeugdige, so a betrokken who has no part in it yet comes later; a SWV-contact
# or a deelnemer at the table never knows the name (the access matrix).
LET_IN_ROLES = (Role.COORDINATOR,)
OWNER_ROLES = (Role.COORDINATOR, Role.CASEWORKER, Role.LEERPLICHT)


def colleagues(case, reader, roles):
    """Active people with one of these roles in the SWV or gemeente of the case, and those who already work on it."""
    today = timezone.localdate()
    here = Membership.objects.in_force(today).filter(Q(swv_id=case.swv_id) | Q(gemeente_id=case.gemeente_id))
    near = CaseMember.objects.visible_to(reader).filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        case=case,
        role__in=CaseMember.WORKING_ROLES,
        starts_on__lte=today,
        user__in=here.order_by().filter(role__in=CASE_ROLES).values("user"),
    )
    return User.objects.filter(
        Q(pk__in=here.order_by().filter(role__in=roles).values("user")) | Q(pk__in=near.values("user")), is_active=True
    ).order_by("name")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.name} ({user.email})"


# Why an eigenaar stops, as far as somebody chooses it; a handover says so by itself.
STOP_REASONS = [choice for choice in CaseMember.Reason.choices if choice[0] != CaseMember.Reason.HANDOVER]


def reason_field(label, **options):
    return forms.ChoiceField(
        label=label,
        choices=[("", "Kies een reden"), *STOP_REASONS],
        error_messages={"required": "Kies waarom.", "invalid_choice": NOT_A_CHOICE},
        **options,
    )


class OwnerForm(WelForm):
    user = PersonField(
        label="Eigenaar", queryset=User.objects.none(), empty_label="Kies een collega", error_messages=CHOOSE_SOMEBODY
    )
    reason = reason_field("Waarom een ander?")
    note = text("Toelichting", max_length=200, help_text="Zonder namen.")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62)

    def __init__(self, *args, case, reader, owner, **kwargs):
        """`owner` is the row of who is eigenaar now, or None."""
        super().__init__(*args, **kwargs)
        people = colleagues(case, reader, OWNER_ROLES)
        if case.connection_lost:  # a verbinder stands apart from whoever keeps contact
            looking = Connection.objects.visible_to(reader).filter(case=case).open()
            people = people.exclude(pk__in=looking.values("connector"))
        self.owner = owner
        self.fields["user"].queryset = people.exclude(pk=owner.user_id) if owner else people
        self.initial["seen"] = owner.pk if owner else 0
        if owner:
            self.initial |= {"reason": owner.reason, "note": owner.note}
        else:
            del self.fields["reason"], self.fields["note"]

    def clean_seen(self):
        return self.cleaned_data["seen"] or 0

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == CaseMember.Reason.OTHER and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", "Schrijf kort op waarom.")
        return cleaned


class LeaveForm(WelForm):
    """By the eigenaar: from when it stops."""

    on = DutchDateField(label="Tot en met", error_messages={"required": "Vul de laatste dag in."})
    reason = reason_field("Waarom?")
    note = text("Toelichting", max_length=200, help_text="Zonder namen. Bijvoorbeeld: wie kan het goed overnemen?")

    def clean_on(self):
        day, today = self.cleaned_data["on"], timezone.localdate()
        if day < today:
            raise forms.ValidationError("Deze dag is al voorbij.")
        if day > today + timedelta(days=366):
            raise forms.ValidationError("Kies een dag binnen een jaar.")
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == CaseMember.Reason.OTHER and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", "Schrijf kort op waarom.")
        return cleaned


class LetInForm(WelForm):
    user = PersonField(
        label="Wie", queryset=User.objects.none(), empty_label="Kies een collega", error_messages=CHOOSE_SOMEBODY
    )
    purpose = text(
        "Waarvoor",
        max_length=200,
        required=True,
        missing="Schrijf op waarvoor.",
        help_text="Bijvoorbeeld: contact met de ouders over de WEL-tafel.",
    )
    until = DutchDateField(label="Tot en met", error_messages={"required": "Vul een einddatum in."})

    def __init__(self, *args, case, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["user"].queryset = colleagues(case, reader, LET_IN_ROLES)
        self.initial.setdefault("until", case.shared_until)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError("Deze datum is al voorbij.")
        if until > self.case.shared_until:
            last = DutchDateField().prepare_value(self.case.shared_until)
            raise forms.ValidationError(f"De toestemming loopt tot en met {last}. Langer kan niet.")
        return until
