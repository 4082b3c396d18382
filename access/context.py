"""Tells PostgreSQL who is asking: a transaction-local, signed setting that the row-level policies read."""

import hashlib
import hmac
import uuid
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction


def _key():
    return hashlib.sha256(settings.CONTEXT_KEY.encode()).digest()


def sign(user_id):
    """The context value `<user id>:<HMAC-SHA256(key, user id:backend pid)>` for the current connection.

    Bound to the backend, so a value seen on one connection opens nothing on another.
    """
    connection.ensure_connection()
    message = f"{user_id}:{connection.connection.info.backend_pid}"
    return f"{user_id}:{hmac.new(_key(), message.encode(), 'sha256').hexdigest()}"


def set_context(user_id, request_id=""):
    """Set who is asking until the end of the transaction; None clears it, and then every policy raises."""
    if not connection.in_atomic_block:
        raise RuntimeError("The context lives in a transaction; open one first.")
    who = "" if user_id is None else sign(user_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wel.who', %s, true), set_config('wel.request', %s, true)", [who, request_id])


@contextmanager
def acting_as(user, request_id=None):
    """Run a block, in its own transaction, as `user`: for jobs, commands and streaming outside a request."""
    with transaction.atomic():
        set_context(user.pk, request_id or str(uuid.uuid4()))
        yield
        if not connection.needs_rollback:
            set_context(None)


def pads(key):
    """Outer and inner pad of HMAC-SHA256, so that the database can check a signature with sha256() alone."""
    block = key.ljust(64, b"\0")
    return bytes(b ^ 0x5C for b in block), bytes(b ^ 0x36 for b in block)


def store_context_key(**kwargs):
    """After migrating: give the database what it needs to check signatures. Only the owner can write there."""
    outer, inner = pads(_key())
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('access.context_key') IS NOT NULL AND current_user = 'wel_owner'")
        if cursor.fetchone()[0]:
            cursor.execute(
                "INSERT INTO access.context_key (id, outer_pad, inner_pad) VALUES (1, %s, %s)"
                " ON CONFLICT (id) DO UPDATE SET outer_pad = excluded.outer_pad, inner_pad = excluded.inner_pad",
                [outer, inner],
            )


@contextmanager
def looking_as(user, request_id=""):
    """See for a moment what `user` sees, within a transaction of somebody else, and write nothing.

    PostgreSQL refuses every write in here, and undoes all of it afterwards: whoever asked before is asking again.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The context lives in a transaction; open one first.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        set_context(user.pk, request_id)
        yield
        transaction.set_rollback(True)
