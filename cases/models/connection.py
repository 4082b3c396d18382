"""Verbinding verbroken: who, independent of all before, looks for contact again, what for and by when (R3.4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.case import CasePart, PartQuerySet


class ConnectionQuerySet(PartQuerySet):
    def open(self):
        return self.filter(ended_on=None)


class Connection(CasePart):
    """One verbinder at work, from the day that contact broke until it is there again or somebody else tries.

    The verbinder comes near the case, and goes again, by a trigger on this table (migrations/0025).
    """

    broken_on = models.DateField("verbroken sinds", default=timezone.localdate)
    story = models.CharField("wat gebeurde er?", max_length=300)
    connector = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="verbinder"
    )
    starts_on = models.DateField("vanaf", default=timezone.localdate)
    task = models.CharField("opdracht", max_length=300)
    agreed_on = models.DateField("afgesproken dag")
    ended_on = models.DateField("klaar op", null=True, blank=True)
    is_repaired = models.BooleanField("verbinding hersteld", default=False, db_default=False)
    outcome = models.CharField("wat hielp?", max_length=300, blank=True, default="", db_default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = "verbinding zoeken"
        verbose_name_plural = "verbindingen zoeken"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "swv", "gemeente"],
                condition=Q(ended_on=None),
                name="connection_one_open",
                violation_error_message="Er is al een verbinder.",
            ),
            models.CheckConstraint(
                name="connection_in_order",
                condition=Q(starts_on__gte=F("broken_on"))
                & (Q(ended_on=None) | Q(ended_on__gte=F("starts_on")))
                & Q(agreed_on__gte=F("starts_on")),
                violation_error_message="De dagen staan niet in volgorde.",
            ),
            models.CheckConstraint(
                name="connection_ended_by_somebody",
                condition=Q(ended_on=None, ended_by=None, is_repaired=False)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="connection_by_case")]
