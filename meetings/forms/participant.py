"""Who comes to the table: from the team, colleagues, people without an account, and the youth and parents."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from access.forms import WelForm
from access.models import User
from cases.forms.fields import NOT_A_CHOICE
from cases.forms.legal_status import VersionedForm
from meetings.forms.fields import radios
from meetings.models import Participant, TeamMember
from meetings.planning import works_near
from meetings.rules.agenda import too_many

MOST_SHOWN = 25
Role = Participant.Role
MARKS = [(Role.YOUTH, "De jongere"), (Role.PARENT, "Ouders of verzorgers")]
# What somebody at the table may become; the eigenaar follows the jeugdige, youth and parents stay who they are.
ROLES = [(role.value, role.label) for role in (Role.CHAIR, Role.BRINGER, Role.CORE, Role.LEERPLICHT, Role.GUEST)]


class SearchForm(WelForm):
    zoek = forms.CharField(max_length=60, required=False)


class CrowdForm(WelForm):
    """Asks gently before more people come than the team finds enough; `sure` is the yes to that."""

    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    question = ""

    def ask_when_many(self, number, enough):
        self.question = too_many(number, enough=enough)
        return bool(self.question) and not self.cleaned_data.get("sure")


class PeopleForm(CrowdForm):
    """Everybody at once: no button per person."""

    members = forms.MultipleChoiceField(
        label="Uit het team",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    colleagues = forms.MultipleChoiceField(
        label="Collega’s",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    marks = forms.MultipleChoiceField(
        label="Jongere en ouders",
        help_text="Zij krijgen geen mail. Vraag het ze zelf, in hun eigen taal.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )

    def __init__(self, *args, item, case, team, people, reader, search="", **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.all_optional = True
        users = {person.user_id for person in people if person.user_id}
        addresses = {person.email for person in people if person.email}
        near = works_near(case, today=timezone.localdate()).order_by().values("user")
        members = TeamMember.objects.visible_to(reader).filter(team=team) if team else TeamMember.objects.none()
        members = members.active_on(timezone.localdate(item.starts_at)).exclude(user__in=users)
        members = members.filter(Q(user=None) | Q(user__in=near)).select_related("user")
        self.by_member = {
            str(row.pk): row for row in members.visible_to(reader) if row.email not in addresses or row.user
        }
        in_team = {row.user_id for row in self.by_member.values()}
        colleagues = User.objects.filter(pk__in=near, is_active=True).exclude(pk__in=users | in_team).order_by("name")
        if search:
            colleagues = colleagues.filter(Q(name__icontains=search) | Q(email__icontains=search))
        # What was ticked stays a choice, whatever was searched for since.
        found = list(colleagues[: MOST_SHOWN + 1])
        self.has_more = len(found) > MOST_SHOWN
        ticked = self.data.getlist("colleagues") if hasattr(self.data, "getlist") else self.data.get("colleagues", [])
        ticked = [pk for pk in ticked if str(pk).isdecimal() and len(pk) < 10][:50]
        everybody = User.objects.filter(pk__in=near, is_active=True).exclude(pk__in=users | in_team)
        shown = {user.pk: user for user in [*found[:MOST_SHOWN], *everybody.filter(pk__in=ticked)]}
        self.by_user = {str(pk): user for pk, user in shown.items()}
        self.fields["members"].choices = [(pk, _member_text(row)) for pk, row in self.by_member.items()]
        self.fields["colleagues"].choices = [(pk, f"{user.name} ({user.email})") for pk, user in self.by_user.items()]
        has_youth = any(person.role == Role.YOUTH for person in people)
        has_parents = any(person.role == Role.PARENT for person in people)
        self.fields["marks"].choices = [
            mark for mark in MARKS if not (has_youth if mark[0] == Role.YOUTH else has_parents)
        ]
        for name in ("members", "colleagues", "marks"):
            if not self.fields[name].choices:
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in ("members", "colleagues", "marks")):
            self.add_error(None, "Kies minstens één persoon.")
        return cleaned

    @property
    def chosen(self):
        return {
            "members": [self.by_member[pk] for pk in self.cleaned_data.get("members", [])],
            "users": [self.by_user[pk] for pk in self.cleaned_data.get("colleagues", [])],
            "marks": self.cleaned_data.get("marks", []),
        }


def _member_text(member):
    role = "" if member.role == TeamMember.Role.PARTNER else f", {member.get_role_display().lower()}"
    return f"{member.user.name} ({member.work})" if member.user and member.work else f"{member}{role}"


class GuestForm(CrowdForm):
    """Without an account. No name: the work is enough to know whom to ask, and nothing private is kept."""

    function = forms.CharField(
        label="Functie",
        max_length=80,
        help_text="Bijvoorbeeld: wijkagent. Een naam is niet nodig.",
        error_messages={"required": "Vul de functie in."},
    )
    organisation = forms.CharField(
        label="Organisatie", max_length=100, error_messages={"required": "Vul de organisatie in."}
    )
    email = forms.EmailField(
        label="E-mailadres van het werk",
        max_length=254,
        help_text="Geen adres van thuis.",
        error_messages={"required": "Vul het e-mailadres in.", "invalid": "In een e-mailadres staat een @."},
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in ("function", "organisation", "email")}


class RoleForm(VersionedForm):
    role = radios("Wat doet die aan tafel?", ROLES, "Kies een rol.")

    class Meta:
        model = Participant
        fields = ["role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.user_id:  # who brings it in works in WEL
            self.fields["role"].choices = [choice for choice in ROLES if choice[0] != Role.BRINGER]

    def _get_validation_exclusions(self):
        """The action says the same as the constraints."""
        return super()._get_validation_exclusions() | {"role"}


class PromiseForm(WelForm):
    careful = forms.BooleanField(
        label="Ik ga zorgvuldig om met wat ik hier lees en hoor.",
        error_messages={"required": "Zet een vinkje als je dit belooft."},
    )


class AnswerForm(WelForm):
    keuze = forms.ChoiceField(choices=[("ja", "Ja"), ("nee", "Nee")], widget=forms.HiddenInput)
