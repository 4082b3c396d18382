"""Each step of a jeugdige through the process: from where, to where, when, by whom and why (R3.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import Case, CasePart, PartQuerySet


class StatusChange(CasePart):
    """Written by a trigger whenever the status of a case changes; nobody changes or adds one (migrations/0016)."""

    class Reason(models.TextChoices):
        CONSENT = "toestemming", "Geen toestemming meer"
        MOVED = "verhuisd", "Verhuisd"
        ENROLLED = "ingeschreven", "Ingeschreven op een school"
        AGE = "23", "23 jaar geworden"
        DIED = "overleden", "Overleden"
        OTHER = "anders", "Anders"

    before = models.CharField("van", max_length=16, choices=Case.Status, blank=True)
    after = models.CharField("naar", max_length=16, choices=Case.Status)
    on = models.DateField("sinds")
    reason = models.CharField("reden", max_length=12, choices=Reason, blank=True)
    note = models.CharField("toelichting", max_length=200, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ["-id"]
        indexes = [models.Index(fields=["case", "-id"])]
        constraints = [
            # By whom it was done is known, but for maintenance; and who stops a journey says why.
            models.CheckConstraint(
                name="status_stopped_with_reason",
                condition=~Q(after="gestopt") | ~Q(reason="") | Q(changed_by=None),
                violation_error_message="Kies waarom het stopt.",
            ),
            models.CheckConstraint(name="status_reason_only_when_stopped", condition=Q(reason="") | Q(after="gestopt")),
        ]
