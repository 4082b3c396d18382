"""What every form here shares: Dutch dates in one text field, no BSN in any text, errors that PostgreSQL would give."""

import re

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from access.bsn import MESSAGE, contains_bsn
from access.dutch_dates import parse_date

# Control characters break documents; those that turn the direction of reading make a text look like another one.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NO_UNSEEN = "In deze tekst staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."


class DutchDateField(forms.Field):
    """One text field that takes 14-3-2012, 14 03 2012, 14032012 or 14 maart 2012; `past` refuses a day to come."""

    widget = forms.TextInput

    def __init__(self, *, past=False, **kwargs):
        super().__init__(**kwargs)
        self.past = past
        self.widget.attrs.update(
            {"inputmode": "text", "autocomplete": "off", "maxlength": "40", "class": "input-short"}
        )

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            day = parse_date(str(value)[:60])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if self.past and day > timezone.localdate():
            raise ValidationError("Deze datum ligt in de toekomst.")
        return day

    def prepare_value(self, value):
        return f"{value.day}-{value.month}-{value.year}" if hasattr(value, "year") else value


class WelFormMixin:
    """Refuses a burgerservicenummer and unseen characters in any text; leaves the form tag to the template."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self):
        cleaned = super().clean()
        values = self.cleaned_data if cleaned is None else cleaned
        for name, value in list(values.items()):
            if not isinstance(value, str) or isinstance(self.fields[name].widget, forms.PasswordInput):
                continue
            if UNSEEN.search(value):
                self.add_error(name, NO_UNSEEN)
            elif contains_bsn(value):
                self.add_error(name, MESSAGE)
        return values


class WelForm(WelFormMixin, forms.Form):
    pass


class WelModelForm(WelFormMixin, forms.ModelForm):
    pass
