"""Toestemming: what was said, who decides, and who may be at the table."""

from functools import partial

from tests.security.filled_forms.filled import TEXT, in_days, on_case, on_part, part

WISH = {"party": TEXT, "wish": "nee", "said_by": "jeugdige", "said_on": "1-9-2020"}


def consent(world):
    return {"purpose": "partijen", "persons": ["ouder_1"], "answer": "gegeven", "answered_on": in_days(0),
            "expires_on": in_days(30), "how": "papier", "form_version": "2026-1", "parties": TEXT}  # fmt: skip


FORMS = {
    "toestemming": on_case("cases:consent", "leerplicht", consent),
    "wie beslist": on_case(
        "cases:authority",
        "leerplicht",
        {"parents_with_authority": "2", "checked_how": TEXT, "cannot_judge_reason": TEXT, "cannot_judge_by": TEXT},
    ),
    "papieren": on_case(
        "cases:papers",
        "leerplicht",
        lambda world: {
            "kind": "formulier-samen",
            "purposes": ["delen", "partijen"],
            "parties": TEXT,
            "contact": TEXT,
            "until": in_days(0),
            "with_code": "on",
        },
        accepted=200,
        writes=False,
    ),
    "besluit na intrekken": on_case("cases:removal", "leerplicht", {"outcome": "team", "reason": TEXT}),
    "wens": on_case("cases:wish_add", "coordinator", WISH),
    "wens wijzigen": on_part("cases:wish_edit", "owner", WISH, "wish"),
}

BUTTONS = {
    "cases:consent_withdraw": ("coordinator", partial(part, "consent"), {"reden": "x"}),
    "cases:wish_remove": ("contact", partial(part, "wish"), {"reden": "x"}),
}
