"""What every part of De Reis said, from when and by whom: kept by triggers, and never changed after that (R5.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from cases.models.companion import Companion
from cases.models.journey import Stop
from cases.models.reflection import Reflection


class JourneyVersionQuerySet(PartQuerySet):
    def visible_to(self, user):
        """With the part itself: what was removed has no history until it is put back."""
        shown = (
            Q(stop=None, companion=None, reflection=None)
            | Q(stop__deleted_at=None, stop__isnull=False)
            | Q(companion__deleted_at=None, companion__isnull=False)
            | Q(reflection__deleted_at=None, reflection__isnull=False)
        )
        return self.narrowed(reach(user, right=WORK), shown)

    def of(self, part, row=None):
        """The texts of one chapter, or of one halte, reisgenoot or reflectie."""
        return self.filter(part=part, **({self.model.KEYS[part]: row} if row else {}))


class JourneyVersion(CasePart):
    """One chapter, halte, reisgenoot or reflectie as it was from `written_at` on.

    The web role may read here and nothing else. What goes for good takes its texts along.
    """

    KEYS = {"halte": "stop", "reisgenoot": "companion", "reflectie": "reflection"}

    part = models.CharField("onderdeel", max_length=20)
    stop = models.ForeignKey(Stop, on_delete=models.CASCADE, null=True, db_constraint=False, related_name="+")
    companion = models.ForeignKey(Companion, on_delete=models.CASCADE, null=True, db_constraint=False, related_name="+")
    reflection = models.ForeignKey(
        Reflection, on_delete=models.CASCADE, null=True, db_constraint=False, related_name="+"
    )
    texts = models.JSONField("teksten")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField("opgeschreven op")

    objects = JourneyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "eerdere tekst van de reis"
        verbose_name_plural = "eerdere teksten van de reis"
        ordering = ["-id"]
        indexes = [models.Index(fields=["case", "part", "-id"], name="journey_version_by_part")]
