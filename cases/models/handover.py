"""Warme overdracht: a jeugdige goes to another gemeente or SWV, asked by one side and answered by the other (R11.2)."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from regions.models import Gemeente, Samenwerkingsverband


def to_user(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Handover(models.Model):
    """The web role has no right on this table: both sides read and write it through functions (cases/handovers.py)."""

    class Reason(models.TextChoices):
        MOVED = "verhuisd", "Verhuisd"
        SCHOOL = "vo", "Van primair naar voortgezet onderwijs"
        OTHER = "anders", "Anders"

    class Status(models.TextChoices):
        ASKED = "gevraagd", "Wacht op toestemming"
        OFFERED = "aangeboden", "Aangeboden"
        ACCEPTED = "aangenomen", "Aangenomen"
        REFUSED = "geweigerd", "Niet aangenomen"
        WITHDRAWN = "ingetrokken", "Ingetrokken"

    OPEN = (Status.ASKED, Status.OFFERED)

    class Shows(models.TextChoices):
        """What the receiver may read beforehand; a name is taken out of it."""

        DREAM = "wensdroom", "De wensdroom"
        STRENGTHS = "goed", "Wat al goed gaat"
        HARDSHIP = "lastig", "Wat het lastig maakt"
        NEXT_STEP = "stap", "De volgende stap"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    from_swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+")
    from_gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    to_swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+")
    to_gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("waarom", max_length=10, choices=Reason)
    moved_on = models.DateField("vanaf")
    talk_on = models.DateField("gesprek met elkaar", null=True)
    message = models.CharField("wat de ander moet weten", max_length=1000)
    shows = ArrayField(models.CharField(max_length=10, choices=Shows), verbose_name="mag vooraf gelezen worden")
    status = models.CharField("stand", max_length=12, choices=Status)
    asked_by = to_user(verbose_name="gevraagd door")
    asked_at = models.DateTimeField("gevraagd op")
    offered_by = to_user(null=True, verbose_name="aangeboden door")
    offered_at = models.DateTimeField("aangeboden op", null=True)
    answered_by = to_user(null=True, verbose_name="beantwoord door")
    answered_at = models.DateTimeField("beantwoord op", null=True)
    answer = models.CharField("reden", max_length=300, blank=True, default="")
    # Whether the WEL-team of the old side could open it on the day of the handover: only then it reads what came of it.
    was_shared = models.BooleanField("was gedeeld", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status__in=("gevraagd", "aangeboden")), name="handover_one_open"
            ),
            models.CheckConstraint(
                name="handover_goes_somewhere",
                condition=~Q(from_swv=F("to_swv")) | ~Q(from_gemeente=F("to_gemeente")),
            ),
            models.CheckConstraint(
                name="handover_stands_right",
                condition=Q(status="gevraagd", offered_at=None, answered_at=None)
                | Q(status="aangeboden", offered_at__isnull=False, answered_at=None)
                | Q(status__in=("aangenomen", "geweigerd"), offered_at__isnull=False, answered_at__isnull=False)
                | Q(status="ingetrokken", answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_refused_with_reason", condition=~Q(status="geweigerd") | ~Q(answer="")
            ),
        ]
        indexes = [
            models.Index(fields=["from_swv", "from_gemeente"], name="handover_from"),
            models.Index(fields=["to_swv", "to_gemeente"], name="handover_to"),
        ]
