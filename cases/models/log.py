"""The logboek: what somebody saw, heard or did, and who may read it (enforced here and in the policy)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach

# How long something that was removed can be put back; the daily wipe_removed ends it.
KEPT = timedelta(days=30)


class LogEntryQuerySet(PartQuerySet):
    def visible_to(self, user):
        """What was written for the team, and one's own; never for a SWV-contact."""
        shown = Q(author=user) | ~Q(readers=LogEntry.Readers.SELF)
        return self.narrowed(reach(user, right=WORK), shown, Q(deleted_at=None))

    def editable_by(self, user):
        """Only the author changes an entry."""
        return self.narrowed(reach(user, right=WORK), Q(author=user, deleted_at=None))

    def removed_by(self, user):
        """What one may still put back."""
        return self.narrowed(reach(user, right=WORK), Q(author=user, deleted_at__gt=timezone.now() - KEPT))


class LogEntry(CasePart):
    class Kind(models.TextChoices):
        TALK = "gesprek", "Gesprek"
        VISIT = "huisbezoek", "Huisbezoek"
        MESSAGE = "bericht", "Bericht"
        SPARK = "lichtje", "Lichtje"
        HOBBLE = "hobbel", "Hobbel"
        DECISION = "besluit", "Besluit"

    class Readers(models.TextChoices):
        SELF = "ik", "Alleen ik"
        TEAM = "team", "Het WEL-team"
        TABLE = "tafel", "Iedereen aan tafel"

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField("soort", max_length=10, choices=Kind)
    text = models.TextField("wat gebeurde er?", max_length=8000)
    happened_on = models.DateField("datum", default=timezone.localdate)
    is_spark = models.BooleanField("lichtje", default=False)
    # The halte at which this lichtje was counted as well, so that it goes and comes back with the entry.
    stop = models.ForeignKey(
        "cases.Stop", on_delete=models.SET_NULL, null=True, db_constraint=False, related_name="+", editable=False
    )
    readers = models.CharField("wie mag dit lezen?", max_length=5, choices=Readers, default=Readers.TEAM)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # What was the last contact of the case when this one was written down: it is that again when this one is removed.
    contact_before = models.DateField(null=True, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logboek"
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["case", "-happened_on", "-id"]),
            models.Index(fields=["swv", "-happened_on"], condition=Q(is_spark=True), name="log_sparks_by_swv"),
        ]


class LogEntryVersionQuerySet(PartQuerySet):
    def visible_to(self, user):
        """With the entry itself; a text from when it was for its author only stays that."""
        shown = Q(author=user) | ~(Q(readers=LogEntry.Readers.SELF) | Q(entry__readers=LogEntry.Readers.SELF))
        return self.narrowed(reach(user, right=WORK), shown, Q(entry__deleted_at=None))


class LogEntryVersion(CasePart):
    """An entry as it was before a change: written by a trigger, and the web role may read here and nothing else."""

    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="earlier")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    kind = models.CharField("soort", max_length=10, choices=LogEntry.Kind)
    text = models.TextField("wat gebeurde er?", max_length=8000)
    happened_on = models.DateField("datum")
    is_spark = models.BooleanField("lichtje")
    readers = models.CharField("wie mag dit lezen?", max_length=5, choices=LogEntry.Readers)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField("aangepast op")

    objects = LogEntryVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "eerdere tekst"
        verbose_name_plural = "eerdere teksten"
        ordering = ["-version"]
        indexes = [models.Index(fields=["entry", "-version"])]
