"""Reisgenoten: who travels along, told by what they are to the youth and never by name (docs/decisions/0020)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, JourneyPartQuerySet, reach
from cases.models.log import KEPT


class CompanionQuerySet(JourneyPartQuerySet):
    def visible_to(self, user):
        return super().visible_to(user).filter(deleted_at=None)

    def editable_by(self, user):
        return super().editable_by(user).filter(deleted_at=None)

    def removed_for(self, user):
        """What somebody who works on the case may still put back, whoever took it away."""
        return self.narrowed(reach(user, right=WORK), Q(deleted_at__gt=timezone.now() - KEPT))


class Companion(CasePart):
    """Somebody who travels along: an aunt, a baker, a counsellor. No field asks for a name."""

    class Circle(models.TextChoices):
        NEAR = "naast", "Uit de eigen kring"
        WORK = "beroep", "Vanuit het werk"

    who = models.CharField("wie is het voor de jongere?", max_length=60)
    circle = models.CharField("kring", max_length=8, choices=Circle)
    is_unexpected = models.BooleanField("onverwachte ander", default=False)
    role = models.CharField("wat doet deze reisgenoot?", max_length=200, blank=True)
    organisation = models.CharField("organisatie", max_length=80, blank=True)
    mandate = models.CharField("wat mag deze reisgenoot beslissen?", max_length=200, blank=True)
    joins_table = models.BooleanField("komt aan tafel", default=False)
    # In the youth's own words; somebody else who writes adds a new saying (R5.5).
    meaning = models.TextField("wat betekent deze reisgenoot, in eigen woorden", max_length=1000, blank=True)
    meaning_on = models.DateField("gezegd op", null=True, blank=True)
    meaning_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    deleted_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CompanionQuerySet.as_manager()

    class Meta:
        verbose_name = "reisgenoot zonder account"
        verbose_name_plural = "reisgenoten zonder account"
        ordering = ["-circle", "id"]  # the own circle first
        constraints = [
            # What the composite foreign key of an earlier text refers to.
            models.UniqueConstraint(fields=["id", "case"], name="companion_of_case"),
        ]
