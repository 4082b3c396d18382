"""The own words of a youth in a form: somebody else who writes adds a new saying, and changes nothing (R5.5)."""


class OwnWordsMixin:
    """For a form that takes `user`: `words` is what was said, `said_on` when, `said_by` who wrote it down."""

    words = said_on = said_by = ""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.kept_words, self.kept_on = getattr(self.instance, self.words), getattr(self.instance, self.said_on)
        self.is_new_saying = bool(self.kept_words) and getattr(self.instance, self.said_by) != user.pk
        if self.is_new_saying:
            typed = kwargs.get("initial") or {}
            self.initial |= {name: typed.get(name, "") for name in (self.words, self.said_on)}
            field = self.fields[self.words]
            field.label = "Nieuwe uitspraak van de jongere"
            field.help_text = "Alleen als de jongere het nu anders zegt. De eerdere woorden blijven staan."

    def clean(self):
        cleaned = super().clean()
        words, day = cleaned.get(self.words), cleaned.get(self.said_on)
        if self.is_new_saying and words == "":
            if day:
                self.add_error(self.words, "Schrijf op wat de jongere op die dag zei.")
            cleaned |= {self.words: self.kept_words, self.said_on: self.kept_on}
        elif self.kept_words and words == "":
            self.add_error(self.words, "De woorden van de jongere blijven staan. Schrijf op wat de jongere zei.")
        elif words and not day and self.said_on not in self.errors:
            self.add_error(self.said_on, "Vul in wanneer de jongere dit zei. Ongeveer mag ook.")
        return cleaned
