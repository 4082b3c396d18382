"""The first contact, by leerplicht only: each attempt and what came of it (R2.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from cases.models.case import CasePart, known_by
from cases.models.scoped import ScopedQuerySet


class ContactAttemptQuerySet(ScopedQuerySet):
    """For leerplicht only, also when the case is shared: most of it was said before anybody agreed to share."""

    def visible_to(self, user):
        return self.narrowed(known_by(user))

    def answered(self):
        return self.exclude(result=ContactAttempt.Result.NOT_REACHED)

    def last_answers(self):
        """The last thing that was said about each jeugdige; nobody at home does not take that back."""
        later = ContactAttempt.objects.narrowed().answered()
        later = later.filter(
            Q(made_on__gt=OuterRef("made_on")) | Q(made_on=OuterRef("made_on"), pk__gt=OuterRef("pk")),
            case=OuterRef("case"),
        )
        return self.answered().filter(~Exists(later))

    def parents_in_conversation(self):
        """One row per jeugdige with "ouders in gesprek": they want to talk, or agreed, at the last contact."""
        return self.last_answers().filter(result__in=ContactAttempt.IN_CONVERSATION)


class ContactAttempt(CasePart):
    """Rows are only added: another answer is another contact."""

    class Channel(models.TextChoices):
        PHONE = "telefoon", "Telefoon"
        LETTER = "brief", "Brief"
        MESSAGE = "bericht", "Mail of bericht"
        VISIT = "huisbezoek", "Huisbezoek"
        OFFICE = "kantoor", "Gesprek op een andere plek"

    class Result(models.TextChoices):
        NOT_REACHED = "niet_bereikt", "Niet bereikt"
        NO_INTEREST = "geen_belangstelling", "Geen belangstelling"
        WILL_THINK = "nadenken", "Wil nadenken"
        WANTS_TALK = "gesprek", "Wil een gesprek"
        PLACE_FITS = "passende_plek", "Heeft een passende plek, geen vraag"
        AGREED = "ingestemd", "Stemt in"

    IN_CONVERSATION = (Result.WANTS_TALK, Result.AGREED)

    made_on = models.DateField("datum", default=timezone.localdate)
    channel = models.CharField("hoe", max_length=10, choices=Channel)
    contact_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="door wie"
    )
    result = models.CharField("uitkomst", max_length=20, choices=Result)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ContactAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = "eerste contact"
        verbose_name_plural = "eerste contacten"
        ordering = ["-made_on", "-id"]
        indexes = [models.Index(F("case"), F("made_on").desc(), F("id").desc(), name="contact_newest_of_case")]

    @property
    def was_contact(self):
        return self.result != self.Result.NOT_REACHED
