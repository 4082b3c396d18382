"""The filters of the list of jeugdigen, and its search by code or by name."""

import re
from datetime import timedelta

from django import forms
from django.db.models import Case as When_
from django.db.models import Exists, OuterRef, Q, Value, When

from access.forms import WelForm
from cases.forms.fields import NOT_A_CHOICE
from cases.models import Case, CaseMember, Consent

CODE = re.compile(r"(?:wel)?[\s-]*0*([1-9]\d{0,11})", re.IGNORECASE)
CONTACT_DAYS = {"14": "Langer dan 2 weken geleden", "42": "Langer dan 6 weken geleden"}
NEVER = "nooit"
ENDING_DAYS = 30
ME, NOBODY = "ik", "niemand"
SORTS = {"code": "pk", "status": "process", "contact": "last_contact_on"}


def parse_code(text):
    """142 from WEL-0142, wel 142 or 142; None for anything else."""
    found = CODE.fullmatch(text.strip())
    return int(found[1]) if found else None


class FilterForm(WelForm):
    """Everything in the query string; an unknown value is an error, not a silent guess."""

    q = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    sort = forms.ChoiceField(
        required=False,
        choices=[(sign + key, key) for key in SORTS for sign in ("", "-")],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    status = forms.MultipleChoiceField(
        label="Status",
        choices=[(key, label) for key, (label, _) in Case.STATUS_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    eigenaar = forms.ChoiceField(label="Eigenaar", required=False, error_messages={"invalid_choice": NOT_A_CHOICE})
    situatie = forms.MultipleChoiceField(
        label="Situatie",
        choices=Case.Situation,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    toestemming = forms.ChoiceField(
        label="Toestemming",
        choices=[
            ("", "Alle"),
            ("geldig", "Gegeven"),
            ("loopt_af", "Loopt af binnen 30 dagen"),
            ("gevraagd", "Gevraagd"),
            ("ingetrokken", "Geweigerd of ingetrokken"),
            ("niet", "Nog niet gevraagd"),
        ],
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )
    contact = forms.ChoiceField(
        label="Laatste contact",
        choices=[("", "Alle"), *CONTACT_DAYS.items(), (NEVER, "Nog geen contact")],
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )

    def __init__(self, *args, user, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["eigenaar"].choices = [
            ("", "Alle"),
            (ME, "Ik"),
            (NOBODY, "Nog geen eigenaar"),
            *((str(pk), name) for pk, name in owners if pk != user.pk),
        ]

    def clean_q(self):
        if (text := self.cleaned_data["q"].strip()) and parse_code(text) is None:
            raise forms.ValidationError("Zoek hier op code, bijvoorbeeld WEL-0142.")
        return text

    def narrow(self, cases, today):
        """`cases` without what does not fit the filters."""
        chosen = self.cleaned_data
        if chosen["q"]:
            cases = cases.filter(pk=parse_code(chosen["q"]))
        if chosen["status"]:
            cases = cases.filter(
                status__in=[status for word in chosen["status"] for status in Case.STATUS_WORDS[word][1]]
            )
        if chosen["situatie"]:
            cases = cases.filter(situation__in=chosen["situatie"])
        if chosen["eigenaar"]:
            cases = cases.filter(self._owned_by(chosen["eigenaar"]))
        if chosen["contact"] == NEVER:
            cases = cases.filter(last_contact_on=None)
        elif chosen["contact"]:
            before = today - timedelta(days=int(chosen["contact"]))
            cases = cases.filter(Q(last_contact_on__lt=before) | Q(last_contact_on=None))
        return self._consented(cases, chosen["toestemming"], today)

    def _owned_by(self, who):
        owners = CaseMember.objects.visible_to(self.user).filter(
            case=OuterRef("pk"), role=CaseMember.Role.OWNER, ends_on=None
        )
        if who == NOBODY:
            return ~Exists(owners)
        return Exists(owners.filter(user_id=self.user.pk if who == ME else int(who)))

    def _consented(self, cases, state, today):
        if not state:
            return cases
        if state == "geldig":
            return cases.filter(shared_until__gte=today)
        if state == "loopt_af":
            return cases.filter(shared_until__range=(today, today + timedelta(days=ENDING_DAYS)))
        statements = Consent.objects.visible_to(self.user).filter(case=OuterRef("pk"), purpose=Consent.Purpose.SHARE)
        cases = cases.filter(shared_until__lt=today)
        if state == "niet":
            return cases.filter(~Exists(statements))
        said_no = Exists(statements.standing_refusals())
        return cases.filter(said_no) if state == "ingetrokken" else cases.filter(Exists(statements), ~said_no)

    def ordered(self, cases):
        """By code, newest first, unless a header was pressed."""
        sort = self.cleaned_data["sort"] or "-code"
        if "status" in sort:
            order = [status for _, statuses in Case.STATUS_WORDS.values() for status in statuses]
            ranks = (When(status=status, then=Value(rank)) for rank, status in enumerate(order))
            cases = cases.annotate(process=When_(*ranks, default=Value(99)))
        field = SORTS[sort.lstrip("-")]
        return cases.order_by(f"-{field}" if sort.startswith("-") else field, *([] if field == "pk" else ["-pk"]))

    def groups(self):
        """The visible filters with their choices, for a template that draws them without a widget each."""
        groups = []
        for name in ("status", "eigenaar", "situatie", "toestemming", "contact"):
            field, given = self.fields[name], self[name].value() or []
            chosen = {given} if isinstance(given, str) else set(given)
            groups.append(
                {
                    "name": name,
                    "label": field.label,
                    "is_many": isinstance(field, forms.MultipleChoiceField),
                    "choices": [(value, label, value in chosen) for value, label in field.choices],
                    "error": next(iter(self.errors.get(name, ())), ""),
                }
            )
        return groups

    def words(self):
        """(name, value, words) of each filter in use, for the chips and for "geen jeugdigen gevonden met"."""
        found = []
        for name in ("q", "status", "eigenaar", "situatie", "toestemming", "contact"):
            values = self.cleaned_data.get(name) or []
            field = self.fields[name]
            labels = dict(getattr(field, "choices", [])) or {}
            is_name = name in ("q", "eigenaar")
            for value in [values] if isinstance(values, str) else values:
                words = str(labels.get(value, value))
                found.append((name, value, field.label or "Code", words if is_name else words[0].lower() + words[1:]))
        return found


class SearchForm(WelForm):
    """A code or a name; posted, so that no name ends up in a URL, a log or the history."""

    term = forms.CharField(
        label="Zoek",
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"required": "Vul een code in.", "max_length": "Dit is te lang om op te zoeken."},
    )

    def __init__(self, *args, may_search_names, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_search_names = may_search_names
        self.fields["term"].label = "Zoek op code of naam" if may_search_names else "Zoek op code"
        self.fields["term"].widget.attrs["placeholder"] = "WEL-0142"

    def clean_term(self):
        term = self.cleaned_data["term"].strip()
        if parse_code(term) is None:
            if not self.may_search_names:
                raise forms.ValidationError("Zoek op code, bijvoorbeeld WEL-0142. Namen zijn hier verborgen.")
            if len(term) < 2:
                raise forms.ValidationError("Vul twee letters of meer in.")
        return term
