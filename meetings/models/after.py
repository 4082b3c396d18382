"""What is agreed when a table closes, and how the youth hears of it (R8.1, R9.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from meetings.models.agenda import AgendaItem, shared_report_ids


class ReportQuerySet(PartQuerySet):
    def visible_to(self, user):
        """Who works on the jeugdige; of who sat at the table those it is shared with (models/report.py)."""
        return self.narrowed(reach(user, right=WORK) | Q(pk__in=shared_report_ids(user)))

    def of_promises(self, user):
        """Ids of the places at a table where `user` promised something."""
        return self.filter(item__actions__participant__user=user).values_list("item_id", flat=True).distinct()


class TableReport(CasePart):
    """Short minutes (R8.1): what was agreed, what kind of mix that is, and who sees it otherwise."""

    class Mix(models.TextChoices):
        EDUCATION = "onderwijs", "Onderwijs"
        CARE = "zorg", "Zorg"
        DAYTIME = "dagbesteding", "Dagbesteding"
        WORK = "werk", "Werk"
        HOME = "thuis", "Thuis"

    class Advice(models.TextChoices):
        ADVICE = "advies", "Een advies"
        BINDING = "bindend", "Bindend"

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, db_constraint=False, related_name="reports", verbose_name="plek"
    )
    agreed = models.CharField("wat spraken we af?", max_length=2000, blank=True)
    mix = models.JSONField("waar zit dat in?", default=list, blank=True)
    is_feasible = models.BooleanField("haalbaar en zinvol voor de jongere", null=True, blank=True)
    advice = models.CharField("wat is het?", max_length=7, choices=Advice, default=Advice.ADVICE)
    dissent = models.CharField("wie ziet het anders, en hoe?", max_length=1000, blank=True)
    closed_at = models.DateTimeField("gesloten op", default=timezone.now, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    # Nobody, as long as it stands as it was when the table closed.
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    updated_at = models.DateTimeField("aangepast", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "verslag van een tafel"
        verbose_name_plural = "verslagen van tafels"
        constraints = [
            models.UniqueConstraint(fields=["item", "swv", "gemeente"], name="tablereport_once"),
            models.UniqueConstraint(fields=["id", "item"], name="tablereport_of_item"),
        ]

    def __str__(self):
        return f"verslag {self.pk}"


class FeedbackQuerySet(PartQuerySet):
    def waiting(self):
        return self.filter(told_on=None)


class Feedback(CasePart):
    """Terugkoppeling: who tells the youth what was thought of, by when, and what the youth said."""

    class Channel(models.TextChoices):
        TALK = "gesprek", "In een gesprek"
        PHONE = "bellen", "Gebeld"
        MESSAGE = "bericht", "Met een bericht"
        LETTER = "brief", "Met een brief"

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, db_constraint=False, related_name="feedbacks", verbose_name="plek"
    )
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="wie vertelt het?"
    )
    due_on = models.DateField("uiterlijk")
    told_on = models.DateField("verteld op", null=True, blank=True)
    channel = models.CharField("hoe", max_length=7, choices=Channel, blank=True)
    told = models.CharField("wat vertelde je?", max_length=3000, blank=True)
    reaction = models.CharField("wat zei de jongere?", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "terugkoppeling"
        verbose_name_plural = "terugkoppelingen"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "swv", "gemeente"], name="feedback_once"),
            models.CheckConstraint(
                name="feedback_told_how", condition=Q(told_on=None) | ~Q(channel="") & Q(recorded_by__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["teller", "due_on"], name="feedback_to_give", condition=Q(told_on=None))]

    def __str__(self):
        return f"terugkoppeling {self.pk}"
