"""Documenten: a few files about one jeugdige, and who may see them (enforced here and in the policy)."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import WORK, CasePart, PartQuerySet, reach
from cases.models.log import LogEntry
from cases.rules.documents import document_name


def document_storage():
    return storages["documents"]


class DocumentQuerySet(PartQuerySet):
    def visible_to(self, user):
        """What is there for the team, and one's own; never for a SWV-contact."""
        return self.narrowed(reach(user, right=WORK), Q(author=user) | ~Q(readers=Document.Readers.SELF))

    def editable_by(self, user):
        """Who may read a document may remove it and put it back: it stays for thirty days, and the log says who."""
        return self.visible_to(user)

    def present(self):
        return self.filter(removed_at=None)

    def removed(self):
        return self.exclude(removed_at=None)


class Document(CasePart):
    class Kind(models.TextChoices):
        LETTER = "brief", "Brief"
        REPORT = "verslag", "Verslag"
        PLAN = "plan", "Plan"
        CONSENT = "toestemming", "Toestemmingsformulier"
        PHOTO = "foto", "Foto"
        OTHER = "overig", "Overig"

    # The same three as in the logboek, with the same meaning.
    Readers = LogEntry.Readers

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="toegevoegd door",
    )
    kind = models.CharField("soort", max_length=12, choices=Kind)
    readers = models.CharField("wie mag dit zien?", max_length=5, choices=Readers, default=Readers.TEAM)
    added_on = models.DateField("datum", default=timezone.localdate, editable=False)
    # Filled when the day is known (cases/rules/documents.py): it is counted from the closing of the jeugdige.
    wiped_on = models.DateField("wist op", null=True, editable=False)
    # Random, so that a path tells nothing and nobody can guess another.
    stored_as = models.UUIDField("bestand", default=uuid.uuid4, unique=True, editable=False)
    file_type = models.CharField("bestandssoort", max_length=4, editable=False)
    size = models.PositiveIntegerField("grootte", editable=False)
    removed_at = models.DateTimeField("verwijderd op", null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name="verwijderd door",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["-added_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="document_removed_by_somebody",
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.CheckConstraint(name="document_file_type", condition=Q(file_type__in=["pdf", "jpg", "png", "docx"])),
        ]
        indexes = [
            models.Index(fields=["case", "-added_on", "-id"], name="document_by_case"),
            # What the daily round asks for.
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="document_removed"),
        ]

    @property
    def name(self):
        return document_name(self.case.code, self.kind, self.added_on, self.file_type)

    @property
    def path(self):
        return file_path(self.stored_as)


def file_path(stored_as):
    """Where its file is: spread over folders, so that none becomes very long."""
    return f"{stored_as.hex[:2]}/{stored_as.hex}"
