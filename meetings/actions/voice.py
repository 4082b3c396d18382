"""Writes around the stem: inviting and withdrawing by the people around, all the rest by whoever holds the link.

Each is one function of the database, which checks who asks, or the secret. None of them tells why it did nothing.
"""

import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from cases.models.document import document_storage
from meetings.models.voice import drawing_path
from meetings.rules.voice import expires_on
from meetings.voice import secret_of

STALE = -1


def _ask(function, *arguments):
    with connection.cursor() as cursor:
        # The names are ours; the values are not.
        cursor.execute(f"SELECT access.{function}({', '.join(['%s'] * len(arguments))})", arguments)
        return cursor.fetchone()[0]


def _forget_files(stored):
    """Once the rows are surely gone; what a broken store keeps, the daily round takes."""
    storage = document_storage()
    for name in stored or ():
        path = drawing_path(name if isinstance(name, uuid.UUID) else uuid.UUID(name))
        transaction.on_commit(lambda path=path: storage.delete(path), robust=True)


# The people around


def invite(*, case, token, today, ground=""):
    """Make `token` the link of this case. One that still lasted stops working, and its answers stay.

    False when this link was used before; the database refuses who may not invite.
    """
    return _ask("voice_invite", case.pk, secret_of(token), expires_on(today), ground)


@transaction.atomic
def withdraw(*, case):
    """False when there was no link. What was not sent goes with it."""
    stored = _uuids("voice_withdraw", case.pk)
    _forget_files(stored)
    return stored is not None


def mark_read(*, case):
    """The eigenaar read what came in; for anybody else this does nothing."""
    _ask("voice_seen", case.pk)


def close_with_table(*, case, starts_at):
    """From the moment the table starts the youth changes nothing any more; None when there is no table any more."""
    return _ask("voice_close", case.pk, starts_at)


# Who holds the link


def save_answer(*, voice, question, choice, text, seen):
    """The version that is kept, 0 for an empty answer; STALE when a window kept something else; None when over."""
    return _ask("voice_save", voice.secret, question.key, choice, text, seen)


def share(*, voice, keys, drawing):
    """`keys` are the questions that the table may read; of every other it may not. None when the link is over."""
    return _ask("voice_share", voice.secret, list(keys), drawing)


def send(*, voice, keys, drawing):
    """False when there was nothing to send, None when the link is over."""
    return _ask("voice_send", voice.secret, list(keys), drawing)


@transaction.atomic
def wipe(*, voice):
    """Everything of this link, for everybody, and the link itself."""
    stored = _uuids("voice_wipe", voice.secret)
    _forget_files(stored)
    return stored is not None


@transaction.atomic
def add_drawing(*, voice, file_type, content):
    """`content` is what cases.uploads.checked() made of it. The file first: a row never promises what is not there."""
    name, storage = uuid.uuid4(), document_storage()
    storage.save(drawing_path(name), ContentFile(content))
    try:
        replaced = _uuids("voice_draw", voice.secret, name, file_type, len(content))
    except BaseException:
        storage.delete(drawing_path(name))
        raise
    if replaced is None:
        storage.delete(drawing_path(name))
        return False
    _forget_files(replaced)
    return True


@transaction.atomic
def remove_drawing(*, voice):
    stored = _uuids("voice_draw", voice.secret, None, "", 0)
    _forget_files(stored)
    return stored is not None


def _uuids(function, *arguments):
    """Names of files, or None; as text, because the driver has no list of uuids of its own."""
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(arguments))
        cursor.execute(f"SELECT access.{function}({places})::text[]", arguments)
        return cursor.fetchone()[0]


# The daily round


def tidy():
    """What was never sent goes thirty days after its link was over; and files that belong to nothing."""
    with transaction.atomic():
        _forget_files(_uuids("voice_tidy"))
    return _delete_orphans(older_than=timedelta(days=1))


def _delete_orphans(*, older_than):
    storage, names = document_storage(), {}
    moment = timezone.now() - older_than
    try:
        folders = storage.listdir("stem")[0]
    except FileNotFoundError:
        return 0
    for folder in folders:
        for name in storage.listdir(f"stem/{folder}")[1]:
            path = f"stem/{folder}/{name}"
            if storage.get_modified_time(path) < moment:
                names[name] = path
    with transaction.atomic():
        unknown = _ask("unknown_drawings", list(names))
    for name in unknown:
        storage.delete(names[name])
    return len(unknown)
