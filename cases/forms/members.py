"""Choosing people near a jeugdige: the eigenaar, and who may know the name."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from access.forms import DutchDateField, WelForm
from access.models import User
from cases.forms.fields import text
from cases.models import CaseMember
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


class OwnerForm(WelForm):
    user = PersonField(
        label="Eigenaar", queryset=User.objects.none(), empty_label="Kies een collega", error_messages=CHOOSE_SOMEBODY
    )

    def __init__(self, *args, case, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues(case, reader, OWNER_ROLES)


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
