"""Consent as statements that are only ever added: per person and purpose, given, refused or withdrawn (R2.2)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.models.case import CasePart, PartQuerySet


class ConsentQuerySet(PartQuerySet):
    def last_answers(self):
        """`last_answers()` below, asked of the database: the newest real answer per case, purpose and person."""
        later = Q(answered_on__gt=OuterRef("answered_on")) | Q(
            answered_on=OuterRef("answered_on"), pk__gt=OuterRef("pk")
        )
        same = {name: OuterRef(name) for name in ("case", "purpose", "person")}
        newer = Consent.objects.narrowed(later, Q(**same)).exclude(answer=Consent.Answer.ASKED)
        return self.exclude(answer=Consent.Answer.ASKED).exclude(Exists(newer))

    def standing_refusals(self):
        """A last real answer to sharing that is a no."""
        return self.filter(purpose=Consent.Purpose.SHARE).last_answers().filter(answer__in=Consent.Answer.closing())


def last_answers(statements):
    """Per purpose and person the newest real answer; being asked again is none. `statements` are newest first."""
    newest = {}
    for row in statements:
        if row.answer != Consent.Answer.ASKED:
            newest.setdefault((row.purpose, row.person), row)
    return newest


class Consent(CasePart):
    class Purpose(models.TextChoices):
        SHARE = "delen", "Delen met het WEL-team"
        CONTACT = "contact", "Contact opnemen"
        INTERVIEW = "interview", "Waarderend interview"
        TABLE = "tafel", "Bespreken aan de WEL-tafel"
        PARTIES = "partijen", "Delen met genoemde partijen"
        STORY = "verhaal", "Geanonimiseerd verhaal gebruiken"
        MONITOR = "monitor", "Meetellen in de monitor"
        # Art. 9 lid 2 onder a AVG: health asks for a yes of its own.
        REASONS = "redenen", "Een reden of diagnose vastleggen"
        HANDOVER = "overdracht", "Overdragen aan een andere gemeente of SWV"

    class Person(models.TextChoices):
        YOUTH = "jeugdige", "Jeugdige"
        PARENT = "ouder_1", "Ouder of verzorger"
        SECOND_PARENT = "ouder_2", "Tweede ouder of verzorger"

    class Answer(models.TextChoices):
        ASKED = "gevraagd", "Gevraagd, wacht op antwoord"
        GIVEN = "gegeven", "Gegeven"
        REFUSED = "geweigerd", "Geweigerd"
        WITHDRAWN = "ingetrokken", "Ingetrokken"

        @classmethod
        def closing(cls):
            return cls.REFUSED, cls.WITHDRAWN

    class How(models.TextChoices):
        PAPER = "papier", "Op papier, ondertekend"
        SPOKEN = "mondeling", "Mondeling, in een gesprek"
        MESSAGE = "bericht", "In een bericht of mail"
        REGISTERED = "aanmelden", "Gemeld bij het aanmelden"

    purpose = models.CharField("waarvoor", max_length=10, choices=Purpose)
    person = models.CharField("wie", max_length=10, choices=Person)
    answer = models.CharField("antwoord", max_length=12, choices=Answer)
    answered_on = models.DateField("op", default=timezone.localdate)
    expires_on = models.DateField("geldig tot en met", null=True, blank=True)
    how = models.CharField("hoe", max_length=10, choices=How, blank=True)
    parties = models.CharField("met wie", max_length=300, blank=True)
    form_version = models.CharField("versie van het formulier", max_length=20, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        ordering = ["-answered_on", "-id"]
        indexes = [
            models.Index(fields=["case", "purpose", "-answered_on", "-id"]),
            # Few, and asked of everybody in reach at once by Vandaag.
            models.Index(
                fields=["case"],
                condition=Q(purpose="delen", answer__in=["geweigerd", "ingetrokken"]),
                name="consent_refusals",
            ),
        ]
