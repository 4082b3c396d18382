"""Logboek and Documenten: what is written down and kept."""

import uuid

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from cases.models import Document, Draft, LogEntry, LogEntryVersion
from cases.models.document import document_storage
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory


class LogEntryFactory(PartFactory):
    class Meta:
        model = LogEntry

    author = factory.SubFactory(UserFactory)
    kind = LogEntry.Kind.TALK
    text = "We maakten kennis."


class LogEntryVersionFactory(PartFactory):
    class Meta:
        model = LogEntryVersion

    entry = factory.SubFactory(LogEntryFactory)
    author = factory.SelfAttribute("entry.author")
    version = 1
    kind = LogEntry.Kind.TALK
    text = "Zoals het eerst was."
    happened_on = factory.LazyFunction(timezone.localdate)
    is_spark = False
    readers = LogEntry.Readers.TEAM
    replaced_at = factory.LazyFunction(timezone.now)


class DraftFactory(PartFactory):
    class Meta:
        model = Draft

    author = factory.SubFactory(UserFactory)
    place = "logboek"
    token = factory.LazyFunction(uuid.uuid4)
    answers = factory.LazyFunction(lambda: {"kind": "gesprek", "text": "Nog niet af."})


class DocumentFactory(PartFactory):
    """A row and its file; `content` is what the store holds."""

    class Meta:
        model = Document

    author = factory.SubFactory(UserFactory)
    kind = Document.Kind.REPORT
    file_type = "pdf"

    @classmethod
    def _create(cls, model_class, *args, content=b"%PDF-1.4", **kwargs):
        document = super()._create(model_class, *args, size=len(content), **kwargs)
        document_storage().save(document.path, ContentFile(content))
        return document
