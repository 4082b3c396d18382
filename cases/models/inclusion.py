"""Counting for the subsidy: what held for a youth on the day of inclusion, kept for good (R3.2)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.case import Case, CasePart, JourneyPartQuerySet
from regions.models import Subsidy


class Inclusion(CasePart):
    """A youth counts where and as what it was included; enrolling later does not undo that."""

    subsidy = models.ForeignKey(Subsidy, on_delete=models.PROTECT, related_name="inclusions")
    included_on = models.DateField("meegeteld vanaf", default=timezone.localdate)
    situation = models.CharField("situatie op die dag", max_length=8, choices=Case.Situation)
    outcome = models.CharField("uitkomst volgens artikel 1", max_length=30)
    is_eligible = models.BooleanField("telt mee")
    reason = models.CharField("waarom deze jeugdige?", max_length=300, blank=True, default="", db_default="")
    included_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = JourneyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "meegeteld voor de subsidie"
        ordering = ["included_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subsidy", "case"],
                name="inclusion_once_per_subsidy",
                violation_error_message="Deze jeugdige telt al mee.",
            )
        ]
