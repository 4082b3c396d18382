"""Looking back on the road: what do we see go well, and how do we strengthen that? (R5.2)"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, JourneyPartQuerySet, reach
from cases.models.journey import Stop
from cases.models.log import KEPT


class ReflectionQuerySet(JourneyPartQuerySet):
    def visible_to(self, user):
        return super().visible_to(user).filter(deleted_at=None)

    def editable_by(self, user):
        """Only who wrote it down changes it: nobody writes over the words of a youth or a parent."""
        return super().editable_by(user).filter(deleted_at=None, author=user)

    def removed_by(self, user):
        """What one may still put back."""
        return self.narrowed(reach(user, right=WORK), Q(author=user, deleted_at__gt=timezone.now() - KEPT))


class Reflection(CasePart):
    """At a halte or on the whole journey, by the youth, a parent or a professional."""

    class Voice(models.TextChoices):
        YOUTH = "jongere", "De jongere"
        PARENT = "ouder", "Een ouder of verzorger"
        PROFESSIONAL = "begeleider", "Iemand van het team"

    stop = models.ForeignKey(
        Stop, on_delete=models.SET_NULL, null=True, blank=True, db_constraint=False, related_name="+",
        verbose_name="halte",
    )  # fmt: skip
    voice = models.CharField("van wie is dit?", max_length=10, choices=Voice)
    text = models.TextField("wat zien we WEL gebeuren?", max_length=2000)
    strengthen = models.TextField("hoe versterken we dat?", max_length=2000, blank=True)
    said_on = models.DateField("datum", default=timezone.localdate)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = "reflectie"
        ordering = ["-said_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["id", "case"], name="reflection_of_case")]
