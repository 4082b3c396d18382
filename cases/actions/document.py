"""Adding, removing and putting back a document; a file and its row come and go together."""

from contextlib import contextmanager

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from cases.models import Case, Document, scope_of
from cases.models.document import document_storage, file_path
from cases.rules.documents import wiped_on


@transaction.atomic
def add_document(*, case, kind, readers, file_type, content, by):
    """`content` is what cases.uploads.checked() made of the file, and nothing that came straight from outside."""
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    document = Document(
        **scope_of(case),
        author=by,
        kind=kind,
        readers=readers,
        file_type=file_type,
        size=len(content),
        wiped_on=wiped_on(case.closed_on, settings.DOCUMENT_YEARS),
    )
    with stored(document, content):
        document.save(force_insert=True)
    return document


@contextmanager
def stored(document, content):
    """The file first: a row never promises what is not there. What a later rollback leaves, the daily round takes."""
    storage = document_storage()
    storage.save(document.path, ContentFile(content))
    try:
        yield
    except BaseException:
        storage.delete(document.path)
        raise


@transaction.atomic
def remove_document(*, document, by):
    """False when it was gone already. The file stays until it can no longer be put back."""
    found = Document.objects.editable_by(by).present().filter(pk=document.pk)
    return bool(found.update(removed_at=Now(), removed_by=by))


@transaction.atomic
def restore_document(*, document, by):
    found = Document.objects.editable_by(by).removed().filter(pk=document.pk)
    return bool(found.update(removed_at=None, removed_by=None))


def purge_documents():
    """Delete for good what was removed more than thirty days ago; the files go once the rows are surely gone."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM access.purge_documents()")
            paths = [file_path(name) for (name,) in cursor.fetchall()]
        storage = document_storage()
        for path in paths:
            transaction.on_commit(lambda path=path: storage.delete(path), robust=True)
    return len(paths)


def delete_orphans(*, older_than):
    """Files without a row: of a transaction that rolled back, or of a row that was purged while the store was away."""
    storage = document_storage()
    names, moment = {}, timezone.now() - older_than
    try:
        folders = storage.listdir("")[0]
    except FileNotFoundError:  # nobody added a document yet
        return 0
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if path == f"{name[:2]}/{name}" and storage.get_modified_time(path) < moment:
                names[name] = path
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT access.unknown_documents(%s)", [list(names)])
        unknown = cursor.fetchone()[0]
    for name in unknown:
        storage.delete(names[name])
    return len(unknown)
