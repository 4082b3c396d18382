"""What happens to what was written down, once a consent was taken back (R2.4): decided by leerplicht, within a term."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import CasePart, PartQuerySet, known_by


class RemovalQuerySet(PartQuerySet):
    def visible_to(self, user):
        return self.narrowed(known_by(user))

    editable_by = visible_to

    def open(self):
        return self.filter(outcome="")


class RemovalDecision(CasePart):
    """Started by the withdrawal itself; one open per case, so a second withdrawal waits for the same decision."""

    class Outcome(models.TextChoices):
        KEEP = "bewaren", "Bewaren tot de bewaartermijn"
        TEAM = "team", "Wissen wat het WEL-team opschreef"
        ALL = "alles", "Alles wissen wat leerplicht niet moet bewaren"

    started_on = models.DateField("begonnen op", default=timezone.localdate)
    decide_by = models.DateField("beslissen uiterlijk op")
    outcome = models.CharField("besluit", max_length=8, choices=Outcome, blank=True)
    reason = models.CharField("waarom", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit na intrekken"
        verbose_name_plural = "besluiten na intrekken"
        ordering = ["decide_by", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "swv", "gemeente"],
                condition=Q(outcome=""),
                name="removal_one_open",
                violation_error_message="Er wacht al een besluit.",
            ),
            models.CheckConstraint(
                name="removal_decided_by_somebody_because",
                condition=Q(outcome="", reason="", decided_by=None, decided_at=None)
                | (~Q(outcome="") & ~Q(reason="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message="Schrijf op waarom.",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "decide_by"], condition=Q(outcome=""), name="removal_open_by_gemeente"),
            models.Index(fields=["swv", "decide_by"], condition=Q(outcome=""), name="removal_open_by_swv"),
        ]
