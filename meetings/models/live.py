"""What is said at the table: who does what by when, and what people noticed; a line sent twice is one line."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from meetings.models.agenda import AgendaItem, table_item_ids
from meetings.models.participant import Participant
from meetings.rules.due import Horizon


class TableQuerySet(PartQuerySet):
    """Who works on the jeugdige, and who sits at the table."""

    def visible_to(self, user):
        return self.narrowed(reach(user, right=WORK) | Q(item_id__in=table_item_ids(user)))

    def standing(self):
        """What was not taken back."""
        return self.filter(deleted_at=None)


class TablePart(CasePart):
    """A line at the table. `key` comes from the browser: a line that is sent again is the same line."""

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, db_constraint=False, related_name="%(class)ss", verbose_name="plek"
    )
    key = models.UUIDField("kenmerk", default=uuid.uuid4, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField("erbij gezet", default=timezone.now, editable=False)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    updated_at = models.DateTimeField("aangepast", default=timezone.now, editable=False)
    deleted_at = models.DateTimeField("teruggenomen", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class ActionQuerySet(TableQuerySet):
    def of(self, user):
        """What `user` promised."""
        return self.filter(participant__user=user)

    def open(self):
        return self.standing().filter(status=Action.Status.OPEN)


class Action(TablePart):
    """A promise (R8.2): exactly one person, concrete words, and a moment."""

    Horizon = Horizon

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "gedaan", "Gedaan"
        OTHERWISE = "anders", "Liep anders"

    text = models.CharField("wat", max_length=300)
    horizon = models.CharField("termijn", max_length=2, choices=Horizon)
    due_at = models.DateTimeField("uiterlijk", editable=False)
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, db_constraint=False, null=True, blank=True, related_name="actions",
        verbose_name="wie",
    )  # fmt: skip
    status = models.CharField("status", max_length=6, choices=Status, default=Status.OPEN, editable=False)
    outcome = models.CharField("hoe het liep", max_length=500, blank=True)
    ended_at = models.DateTimeField("klaar op", null=True, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "swv", "gemeente", "key"], name="action_once"),
            models.CheckConstraint(
                name="action_ended_with_moment", condition=Q(status="open") ^ Q(ended_at__isnull=False)
            ),
            models.CheckConstraint(name="action_otherwise_says_how", condition=~Q(status="anders") | ~Q(outcome="")),
        ]
        indexes = [
            models.Index(
                fields=["participant", "due_at"], name="open_actions", condition=Q(status="open", deleted_at=None)
            )
        ]

    def __str__(self):
        return self.text

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    def is_over_time(self, now):
        return self.is_open and self.due_at < now


class TableNote(TablePart):
    class Step(models.TextChoices):
        """The steps of the table in which something is written (ux 5.4)."""

        WORKED = "werkte", "Wat werkte al"
        IDEA = "idee", "Wat kan WEL"
        ROUND = "rondje", "Rondje"

    step = models.CharField("stap", max_length=6, choices=Step)
    text = models.CharField("wat", max_length=1000)
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, db_constraint=False, null=True, blank=True, related_name="notes",
        verbose_name="wie",
    )  # fmt: skip

    objects = TableQuerySet.as_manager()

    class Meta:
        verbose_name = "regel van de tafel"
        verbose_name_plural = "regels van de tafel"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "swv", "gemeente", "key"], name="tablenote_once")]

    def __str__(self):
        return self.text
