"""Somebody in a WEL-team: a colleague with an account, or a partner of whom WEL knows only the work."""

from django import forms
from django.utils import timezone

from access.forms import DutchDateField
from access.models import User
from cases.forms.legal_status import VersionedForm
from cases.forms.members import CHOOSE_SOMEBODY, PersonField
from meetings.forms.fields import radios
from meetings.models import TeamMember
from meetings.models.member import works_in

TWICE = "Die staat al in dit team."


class MemberForm(VersionedForm):
    role = radios("Wat doet die in het team?", TeamMember.Role.choices, "Kies een rol.")
    starts_on = DutchDateField(label="Doet mee vanaf", error_messages={"required": "Vul de eerste dag in."})
    ends_on = DutchDateField(
        label="Doet mee tot en met", required=False, help_text="Vul in als iemand stopt. Zo blijft te zien wie er was."
    )

    class Meta:
        model = TeamMember
        fields = ["role", "function", "organisation", "email", "starts_on", "ends_on"]

    twice_at = None  # the field that names the person, where it can be filled in
    first_role = TeamMember.Role.CORE

    def __init__(self, *args, team, reader, **kwargs):
        kwargs.setdefault("instance", TeamMember())  # a new one begins today
        super().__init__(*args, **kwargs)
        # Who else is in the team today or later; a form does not offer or take somebody twice.
        members = TeamMember.objects.visible_to(reader).filter(team=team).exclude(ends_on__lt=timezone.localdate())
        self.others = members.exclude(pk=self.instance.pk)
        if not self.instance.pk:
            self.initial["role"] = self.first_role
            del self.fields["ends_on"]

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}

    def refuse_twice(self):
        self.add_error(self.twice_at if self.twice_at in self.fields else None, TWICE)

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "De laatste dag ligt voor de eerste.")
        return cleaned

    def _get_validation_exclusions(self):
        """clean() and the action say the same as the constraints."""
        return super()._get_validation_exclusions() | {"team", "starts_on", "email"}


class ColleagueForm(MemberForm):
    """With an account, and a werkplek in this SWV."""

    user = PersonField(
        label="Collega", queryset=User.objects.none(), empty_label="Kies een collega", error_messages=CHOOSE_SOMEBODY
    )

    class Meta(MemberForm.Meta):
        fields = ["user", "role", "function", "organisation", "starts_on", "ends_on"]
        labels = {"function": "Functie", "organisation": "Organisatie"}
        help_texts = {"function": "Bijvoorbeeld: orthopedagoog."}

    twice_at = "user"

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, team=team, **kwargs)
        if self.instance.pk:
            del self.fields["user"]
            return
        here = works_in(team.swv_id, timezone.localdate()).order_by().values("user")
        people = User.objects.filter(pk__in=here, is_active=True)
        people = people.exclude(pk__in=self.others.filter(user__isnull=False).values("user"))
        self.fields["user"].queryset = people.order_by("name")


class PartnerForm(MemberForm):
    """Without an account. No name: the work is enough to know whom to ask, and nothing private is kept."""

    class Meta(MemberForm.Meta):
        fields = ["function", "organisation", "email", "role", "starts_on", "ends_on"]
        labels = {"function": "Functie", "organisation": "Organisatie", "email": "E-mailadres van het werk"}
        help_texts = {
            "function": "Bijvoorbeeld: jeugdarts. Een naam is niet nodig.",
            "email": "Geen adres van thuis.",
        }
        error_messages = {"email": {"invalid": "In een e-mailadres staat een @."}}

    twice_at = "email"
    first_role = TeamMember.Role.PARTNER

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        missing = {
            "organisation": "Vul de organisatie in.",
            "function": "Vul de functie in.",
            "email": "Vul het e-mailadres in.",
        }
        for name, message in missing.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if self.others.filter(user=None, email=email).exists():
            raise forms.ValidationError(TWICE)
        return email
