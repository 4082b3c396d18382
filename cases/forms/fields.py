"""Fields that several forms about a jeugdige share."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils import timezone

from access.dutch_dates import parse_month

NOT_A_CHOICE = "Kies iets uit de lijst."


class MonthField(forms.Field):
    """Month and year, "ongeveer mag"; kept as the first day of the month."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.update({"autocomplete": "off", "maxlength": "40"})

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            month = parse_month(str(value)[:60])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        day = date(month.year, month.month or 1, 1)
        if day > timezone.localdate():
            raise ValidationError("Deze maand ligt in de toekomst.")
        return day


def check_contact(value):
    """A telephone number of ten digits (or +31), or an e-mail address; with words around a number."""
    if "@" in value:
        EmailValidator("Dit e-mailadres klopt niet.")(value)
        return
    digits = re.sub(r"\D", "", re.sub(r"^\s*(\+|00)31\s*(\(0\))?", "0", value))
    if not digits:
        raise ValidationError("In een e-mailadres staat een @.")
    if len(digits) != 10:
        raise ValidationError("Een telefoonnummer heeft 10 cijfers.")


def text(label, *, max_length, required=False, **kwargs):
    """A text field that says in Dutch what is wrong with it."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=required,
        error_messages={"max_length": f"Dit is te lang. Er passen {max_length} tekens."}
        | ({"required": kwargs.pop("missing")} if required else {}),
        **kwargs,
    )


def area(rows):
    return forms.Textarea(attrs={"rows": str(rows)})
