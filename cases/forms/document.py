"""Voeg toe: one file, what it is, and who may see it."""

from django import forms
from django.conf import settings

from access.forms import WelForm
from cases import uploads
from cases.models import Document

AGAIN = "Kies het bestand nog een keer: na een fout vergeet de browser het."


class PageForm(forms.Form):
    """The query string of the list; nonsense in it is the first page."""

    pagina = forms.IntegerField(min_value=1, max_value=500, required=False)


class FileInput(forms.FileInput):
    """The browser's own field; static/js/upload.js lets one also drop a file on it."""

    def __init__(self):
        super().__init__(attrs={"accept": uploads.ACCEPT, "data-upload": ""})


class DocumentForm(WelForm):
    file = forms.FileField(
        label="Welk bestand?",
        widget=FileInput,
        error_messages={
            "required": "Kies een bestand.",
            "invalid": "Kies een bestand.",
            "missing": "Kies een bestand.",
            "empty": uploads.EMPTY,
        },
    )
    kind = forms.ChoiceField(
        label="Wat is dit?",
        choices=Document.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat dit is.", "invalid_choice": "Kies iets uit de lijst."},
    )
    readers = forms.ChoiceField(
        label="Wie mag dit zien?",
        choices=Document.Readers.choices,
        widget=forms.RadioSelect,
        initial=Document.Readers.TEAM,
        error_messages={"required": "Kies wie dit mag zien.", "invalid_choice": "Kies iets uit de lijst."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"Een pdf, jpg, png of docx van hoogstens {settings.UPLOAD_MAX_BYTES // 1024**2} MB. "
            "We halen eruit wie het maakte en waar een foto is gemaakt."
        )

    def clean(self):
        """The file last: looking into it costs time, and an error elsewhere asks for it again anyway."""
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload and self.errors:
            self.add_error("file", AGAIN)
        elif upload:
            try:
                cleaned["file_type"], cleaned["content"] = uploads.checked(upload)
            except uploads.FileRefused as refused:
                self.add_error("file", str(refused))
        return cleaned
