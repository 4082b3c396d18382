"""Every form of the application, with one answer that is accepted: what test_bad_input.py then spoils field by field."""

from tests.security.filled_forms import (
    accounts,
    activities,
    beheer,
    consent,
    in_view,
    interview,
    journey,
    learning,
    log,
    meetings,
    own_account,
    people,
    prepare,
    register,
    voice,
)

AREAS = (register, in_view, people, consent, journey, log, interview, learning, accounts, beheer, own_account,
         meetings, voice, prepare, activities)  # fmt: skip


def joined(kind):
    """Of all areas together; a name that two of them use would hide a form."""
    found = {}
    for area in AREAS:
        entries = getattr(area, kind, {})
        assert not found.keys() & entries.keys(), found.keys() & entries.keys()
        found |= entries
    return found


FORMS = joined("FORMS")
# One button, or an answer that no form reads: what may be sent along, and by whom.
BUTTONS = joined("BUTTONS")
# Forms that are fed elsewhere, and where.
ELSEWHERE = joined("ELSEWHERE")
