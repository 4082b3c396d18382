"""Writing in the audit log: what happened, on which case, on what ground. Names of fields, never their contents."""

import json

from django.db import connection


def record(event, *, case_id=None, ground="", detail=None, on_behalf_of=""):
    """Append one line in the name of whoever the context says is asking (nobody, before login).

    Runs in the current transaction: what is rolled back was never acknowledged either.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access.record(%s, %s, %s, %s::jsonb, %s)",
            [event, case_id, ground, json.dumps(detail or {}), on_behalf_of],
        )
