"""The forms of the stem: one question, what the table may read, a drawing, and the invitation."""

from django import forms
from django.core import signing

from access.forms import WelForm
from access.widgets import PictogramRadioSelect
from cases import uploads
from cases.forms.fields import area, text
from meetings.rules.voice import MOST_CHARACTERS
from meetings.voice import new_token

PICTURES = {"jpg", "png"}
NO_PICTURE = "Dit soort bestand kan niet. Wel: een foto of tekening als jpg of png."


class AnswerForm(WelForm):
    """One question. Nothing is required: skipping is an answer too."""

    version = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, question, answer, **kwargs):
        initial = {"choice": answer.choice, "text": answer.text, "version": answer.version}
        super().__init__(*args, initial=initial, **kwargs)
        self.question = question
        if question.choices:
            icons = dict(zip((value for value, _ in question.choices), question.icons, strict=False))
            self.fields["choice"] = forms.ChoiceField(
                label=question.text,
                choices=question.choices,
                required=False,
                widget=PictogramRadioSelect(icons=icons, one_per_line=True) if icons else forms.RadioSelect,
                error_messages={"invalid_choice": "Kies iets uit de lijst."},
            )
        if question.words:
            self.fields["text"] = text(question.words, max_length=MOST_CHARACTERS, widget=area(question.rows))

    @property
    def answer(self):
        """(choice, text, version), once it is valid."""
        given = self.cleaned_data
        return given.get("choice", ""), given.get("text", "").strip(), given.get("version") or 0


class CheckForm(WelForm):
    """Per answer whether the table may read it; off unless the youth says so."""

    PREFIX = "tafel_"
    TICK = {"class": "form-check-input"}

    def __init__(self, *args, questions, voice, **kwargs):
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"{self.PREFIX}{question.key}"] = forms.BooleanField(
                label="De tafel mag dit lezen",
                required=False,
                initial=voice.answer(question).may_table_read,
                widget=forms.CheckboxInput(attrs=self.TICK),
            )
        if voice.drawing is not None:
            self.fields["tekening"] = forms.BooleanField(
                label="De tafel mag dit zien",
                required=False,
                initial=voice.drawing,
                widget=forms.CheckboxInput(attrs=self.TICK),
            )

    @property
    def for_table(self):
        names = (name for name, value in self.cleaned_data.items() if value is True and name.startswith(self.PREFIX))
        return [name.removeprefix(self.PREFIX) for name in names]

    @property
    def drawing_too(self):
        return bool(self.cleaned_data.get("tekening"))


class PictureInput(forms.FileInput):
    def __init__(self):
        super().__init__(attrs={"accept": "image/jpeg,image/png"})


class DrawingForm(WelForm):
    file = forms.FileField(
        label="Kies een foto of maak er een",
        widget=PictureInput,
        error_messages={
            "required": "Kies een foto of tekening.",
            "invalid": "Kies een foto of tekening.",
            "missing": "Kies een foto of tekening.",
            "empty": uploads.EMPTY,
        },
    )

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload and uploads.kind_named(upload.name) not in PICTURES:
            self.add_error("file", NO_PICTURE)
        elif upload:
            try:
                cleaned["file_type"], cleaned["content"] = uploads.checked(upload)
            except uploads.FileRefused as refused:
                self.add_error("file", str(refused))
        return cleaned


class InviteForm(forms.Form):
    """The link that pressing the button makes, signed and in the page already: pressed twice, it is the same one."""

    link = forms.CharField(
        max_length=300,
        widget=forms.HiddenInput,
        error_messages={"required": "Druk nog een keer op de knop.", "max_length": "Druk nog een keer op de knop."},
    )
    HOUR = 60 * 60

    def __init__(self, *args, case, user, **kwargs):
        super().__init__(*args, auto_id=False, **kwargs)  # it stands in two forms of one page
        self.signer = signing.TimestampSigner(salt=f"stem:{case.pk}:{user.pk}")
        self.fields["link"].initial = self.signer.sign(new_token())

    def clean_link(self):
        try:
            return self.signer.unsign(self.cleaned_data["link"], max_age=self.HOUR)
        except signing.BadSignature:
            raise forms.ValidationError("Deze pagina stond lang open. Druk nog een keer op de knop.") from None
