"""What forms with long texts share: line ends counted once, and limits said in plain words."""

from django import forms

from access.forms import WelModelForm
from cases import conflict

TOO_LONG = "Maak de tekst korter: hier passen %(limit_value)s tekens. Het zijn er nu %(show_value)s."
NO_NULL = "In deze tekst staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."
CHOOSE = "Kies één van de mogelijkheden."


class WordsInput(forms.Textarea):
    """Browsers send a line end as two characters; it is counted and kept as one."""

    def __init__(self, rows=5):
        super().__init__({"rows": rows})

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class WordsForm(WelModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.error_messages |= {"max_length": TOO_LONG, "null_characters_not_allowed": NO_NULL}
            elif isinstance(field, forms.ChoiceField):
                field.error_messages |= {"invalid_choice": CHOOSE}

    @property
    def values(self):
        """What was filled in for the fields of the row."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class SharedWordsForm(WordsForm):
    """A form in which two windows may write at once; `seen` tells what was changed since this one was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    together = ()  # fields that only make sense as a whole

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", conflict.fingerprint(self.instance, self._meta.fields))
