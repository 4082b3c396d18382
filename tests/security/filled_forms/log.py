"""Logboek and Documenten, with the klad of what is not saved yet."""

from functools import partial

from tests.security.filled_forms.filled import TEXT, on_case, on_part, part

ENTRY = {"kind": "gesprek", "text": TEXT, "happened_on": "1-9-2020", "is_spark": "on", "readers": "team"}


def spark(world):
    return ENTRY | {"stop": world.own_parts["stop"].pk}


def on_logboek(world):
    return [world.own.pk, "logboek"]


FORMS = {
    "schrijf op": on_case("cases:write", "coordinator", spark),
    "opgeschreven wijzigen": on_part("cases:log_edit", "coordinator", ENTRY, "log"),
}

BUTTONS = {
    "cases:log_remove": ("owner", partial(part, "log"), {"x": "x"}),
    "cases:log_put_back": ("owner", partial(part, "removed_log"), {"x": "x"}),
    "cases:draft": (
        "coordinator",
        on_logboek,
        {"klad": "x", "klad_wie": "x", "klad_stand": "x", "klad_van": "x", "text": "x"},
    ),
    "cases:draft_throw_away": ("coordinator", on_logboek, {"klad": "x", "terug": "x"}),
    "cases:document_remove": ("contact", partial(part, "document"), {"reden": "x"}),
    "cases:document_restore": ("contact", partial(part, "removed_document"), {"reden": "x"}),
}

ELSEWHERE = {
    "cases:document_add": "a file: tests/cases/test_documents.py and test_uploads.py",
}
