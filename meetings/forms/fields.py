"""Fields that the forms about meetings share."""

from crispy_forms.layout import Layout
from django import forms

from cases.forms.fields import NOT_A_CHOICE


class NumberField(forms.IntegerField):
    """A whole number in a text field, with what may be said in the error."""

    def __init__(self, label, low, high, **kwargs):
        between = f"Vul een getal in van {low} tot en met {high}."
        super().__init__(
            label=label,
            min_value=low,
            max_value=high,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4", "class": "input-short"}
            ),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), between),
            **kwargs,
        )
        for validator in self.validators:  # theirs are in the words of Django
            validator.message = between


class ClockField(forms.TimeField):
    """13.30, 13:30 or 9.00; shown as people write it here."""

    def __init__(self, label, **kwargs):
        super().__init__(
            label=label,
            input_formats=["%H.%M", "%H:%M"],
            widget=forms.TimeInput(
                format="%H.%M", attrs={"autocomplete": "off", "maxlength": "5", "class": "input-short", "type": "text"}
            ),
            error_messages={"required": "Vul de tijd in.", "invalid": "Schrijf de tijd als 13.30."},
            **kwargs,
        )


def number_choice(label, choices, empty):
    """A list of numbers with names, where nothing chosen is None."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", empty), *choices],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": NOT_A_CHOICE},
    )


def without_optional(form):
    """No label says that it may stay empty: the page does, or what is needed follows from another answer."""
    form.helper.all_optional = True
    form.helper.layout = Layout(*form.fields)


def radios(label, choices, missing, **kwargs):
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": NOT_A_CHOICE},
        **kwargs,
    )
