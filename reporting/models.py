"""The accountability reports that were made: version, maker, checksum and the file itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from regions.models import Role, Samenwerkingsverband, grants_of


class AccountabilityReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        grants = grants_of(user)
        if Role.PROJECT in grants.roles:
            return self
        return self.filter(swv_id__in=grants.swvs("account_for_subsidies"))


class AccountabilityReport(models.Model):
    """One pdf of one SWV; a new one gets the next version, earlier ones stay as they were."""

    class Status(models.TextChoices):
        QUEUED = "wacht", "In de wachtrij"
        RUNNING = "bezig", "Bezig"
        DONE = "klaar", "Klaar"
        FAILED = "mislukt", "Lukte niet"

    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField("schooljaar", max_length=9)
    version = models.PositiveIntegerField("versie")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("gevraagd", default=timezone.now)
    finished_at = models.DateTimeField("klaar", null=True)
    status = models.CharField("stand", max_length=8, choices=Status, default=Status.QUEUED)
    file = models.BinaryField("pdf", null=True)
    size = models.PositiveIntegerField("bytes", default=0)
    sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    figures = models.JSONField("cijfers", default=dict)

    objects = AccountabilityReportQuerySet.as_manager()

    class Meta:
        verbose_name = "verantwoording"
        verbose_name_plural = "verantwoordingen"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["swv", "school_year", "version"], name="report_version_once"),
            models.CheckConstraint(
                name="report_done_has_file",
                condition=~Q(status="klaar") | Q(file__isnull=False, size__gt=0) & ~Q(sha256=""),
            ),
        ]

    def __str__(self):
        return f"{self.swv.short} {self.school_year} versie {self.version}"
