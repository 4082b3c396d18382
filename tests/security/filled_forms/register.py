"""Jeugdigen: who is new, who is found, who is the same and who counts."""

import uuid

from tests import factories
from tests.security.filled_forms.filled import TEXT, Filled, foreign_case, own


def area(world):
    return {"gemeente": world.own.gemeente_id, "swv": world.own.swv_id}


def named_youth(world):
    return area(world) | {
        "first_name": "Pip", "last_name": "Verzonnen", "born_on": "3-4-2013", "situation": "5a", "since": "9-2024",
        "exemption_kind": "tijdelijk", "parent_name": "Ouder Verzonnen", "contact": "0612345678", "consent": "gegeven",
        "strengths": TEXT,
    }  # fmt: skip


def signal(world):
    return area(world) | {"birth_year": "2013", "situation": "5a", "since": "9-2024", "exemption_kind": "tijdelijk",
                          "strengths": TEXT}  # fmt: skip


def one_to_include(world):
    """Shared, in the SWV of the coördinator, and not counted yet."""
    return [factories.CaseFactory(shared_until=world.own.shared_until).pk]


FORMS = {
    "aanmelden": Filled("cases:register", "leerplicht", named_youth),
    "aanmelden zonder naam": Filled("cases:register", "leerplicht", signal, query="?zonder-naam=1"),
    "zoeken": Filled("cases:list", "leerplicht", {"term": "Pippeloentje"}, accepted=200, writes=False, form="search"),
    "jeugdigen": Filled(
        "cases:list",
        "coordinator",
        {
            "q": "WEL-0001",
            "sort": "code",
            "status": ["op_reis"],
            "eigenaar": "ik",
            "situatie": ["av"],
            "contact": "14",
            "toestemming": "geldig",
        },
        method="GET",
        accepted=200,
        writes=False,
    ),
    "misschien dubbel": Filled(
        "cases:possible_double",
        "coordinator",
        {"answer": "zelfde"},
        args=lambda world: [world.own_parts["double"].pk],
        foreign=lambda world: [[world.foreign_parts["double"].pk], [uuid.UUID(int=0)]],
    ),
    "meetellen": Filled(
        "cases:include",
        "coordinator",
        {"included_on": "1-9-2022", "reason": TEXT},
        args=one_to_include,
        foreign=foreign_case,
    ),
}

BUTTONS = {
    "cases:register_area": ("leerplicht", (), {"gemeente": "1", "postcode": "9711", "swv": "1", "born_on": "3-4-2013"}),
    "cases:register_lookalikes": (
        "leerplicht",
        (),
        {"first_name": "Pip", "last_name": "V", "born_on": "3-4-2013", "gemeente": "1", "other": "1"},
    ),
    "cases:name": ("leerplicht", own, {"reden": "x"}),
}
