"""Moving a jeugdige to another step of the process."""

import json
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import F

from cases.actions.closing import keep_until
from cases.models import Case
from cases.rules.status import is_closed


@transaction.atomic
def change_status(*, case, version, by, status, on, reason="", note=""):
    """False, and nothing changed, when a colleague saved since `version`."""
    found = Case.objects.editable_by(by).filter(pk=case.pk, version=version)
    if is_closed(status) and found.exists():
        keep_until(case=case, on=on, by=by)
    with explained(on=on, reason=reason, note=note):
        changed = found.update(status=status, closed_on=on if is_closed(status) else None, version=F("version") + 1)
    return bool(changed)


@contextmanager
def explained(*, on, reason="", note=""):
    """What the trigger on the case writes in the history beside from, to and who: by a setting of this transaction."""
    _set(json.dumps({"on": on.isoformat(), "reason": reason, "note": note}))
    yield
    _set("")  # after an error the transaction is over, and the setting with it


def _set(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wel.status', %s, true)", [words])
