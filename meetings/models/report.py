"""Who of the table reads the verslag: one row for each reader, and only while it was not taken back (R8.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from meetings.models.after import TableReport
from meetings.models.agenda import AgendaItem, invited_item_ids
from meetings.models.participant import Participant


class ReaderQuerySet(PartQuerySet):
    def visible_to(self, user):
        """Who works on the jeugdige; and whoever it was shared with knows that of themselves."""
        own = Q(participant__user_id=user.pk, participant__removed_at=None, taken_back_at=None)
        return self.narrowed(reach(user, right=WORK) | Q(item_id__in=invited_item_ids(user)) & own)

    def reading(self):
        return self.filter(taken_back_at=None)


class ReportReader(CasePart):
    """Opens the verslag of one table to one person at it; access.shared_reports() is the answer for who asks."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    report = models.ForeignKey(
        TableReport, on_delete=models.PROTECT, db_constraint=False, related_name="readers", verbose_name="verslag"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, db_constraint=False, related_name="+", verbose_name="lezer"
    )
    shared_at = models.DateTimeField("gedeeld op", default=timezone.now, editable=False)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    taken_back_at = models.DateTimeField("teruggehaald op", null=True, editable=False)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = "lezer van een verslag"
        verbose_name_plural = "lezers van verslagen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "participant", "swv", "gemeente"], name="reportreader_once")
        ]

    def __str__(self):
        return f"lezer {self.pk}"
