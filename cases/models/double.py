"""The same youth known in two places: found by the database, told to the coördinatoren, never to who registered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from regions.models import Samenwerkingsverband


class PossibleDouble(models.Model):
    """Two jeugdigen that may be one. One row for both sides, so that settling one side settles the other.

    The web role has no right at all on this table (cases/doubles.py asks for it). The key is no number from a sequence:
    the web role may read those, and one that moved would tell whoever just registered.
    """

    class Answer(models.TextChoices):
        SAME = "zelfde", "Het is dezelfde"
        OTHER = "ander", "Het is een ander"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    newer = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    newer_swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+")
    older = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    older_swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+")
    # The day on which the name was written down that made the two fit.
    found_on = models.DateField("opgemerkt op")
    answer = models.CharField("antwoord", max_length=6, choices=Answer, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "misschien dubbel"
        verbose_name_plural = "misschien dubbel"
        constraints = [
            # A pair is written one way round, once.
            models.CheckConstraint(name="double_newer_first", condition=Q(newer__gt=F("older"))),
            models.UniqueConstraint(fields=["newer", "older"], name="double_once"),
            models.CheckConstraint(
                name="double_settled_by_somebody",
                condition=Q(answer="", settled_by=None, settled_at=None)
                | (~Q(answer="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
        ]


class UncomparedIdentity(models.Model):
    """A name that was written down and not yet compared with those elsewhere; closed to the web role too."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_on = models.DateField()

    class Meta:
        verbose_name = "naam die nog niet is vergeleken"
        verbose_name_plural = "namen die nog niet zijn vergeleken"
