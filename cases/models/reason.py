"""Why a youth has no school, as a kind of diagnosis: special category data (art. 9 AVG), behind a wall of its own.

The web role has no right at all on this table. cases/reasons.py reads and writes it through functions that ask for the
right `record_reasons`, for work on the case and for the yes to exactly this, and that write in the log first.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.case import CasePart


class CaseReason(CasePart):
    """One of the reasons of a youth; there may be several, so reasons count up to more than youths (R4.4)."""

    class Kind(models.TextChoices):
        AUTISM = "ass", "Autisme (ASS)"
        GIFTED = "hoogbegaafd", "Hoogbegaafdheid"
        INTELLECTUAL = "verstandelijk", "Verstandelijke beperking"
        ANXIETY = "angst", "Angst"
        ATTACHMENT = "hechting", "Hechting of gedrag"
        SOMATIC = "somatisch", "Lichamelijke ziekte"
        OTHER = "anders", "Anders"
        NOT_NAMED = "niet_genoemd", "Niet genoemd"

    reasons_until = models.DateField(editable=False)
    kind = models.CharField("reden", max_length=14, choices=Kind)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "reden"
        verbose_name_plural = "redenen"
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="reason_once_per_case"),
            models.CheckConstraint(
                name="reason_kind",
                condition=models.Q(
                    kind__in=[
                        "ass",
                        "hoogbegaafd",
                        "verstandelijk",
                        "angst",
                        "hechting",
                        "somatisch",
                        "anders",
                        "niet_genoemd",
                    ]
                ),
            ),
        ]
        indexes = [models.Index(fields=["swv", "kind"], name="reason_by_swv")]
