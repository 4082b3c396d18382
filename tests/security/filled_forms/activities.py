"""The register of activities, and who was there."""

from dataclasses import replace

from tests.security.filled_forms.filled import TEXT, Filled, on_row

QUESTIONS = {"stand_for": TEXT, "to_do": TEXT, "right_people": TEXT, "same_way": TEXT, "is_ready": "ja"}
ACTIVITY = {
    "kind": "atelier", "happened_on": "1-9-2026", "title": TEXT, "organiser": TEXT, "trainers": TEXT, "attendees": "9",
    "unique_people": "4", "worked": TEXT, "take_along": TEXT, **QUESTIONS,
}  # fmt: skip
LETTER = {"kind": "nieuwsbrief", "happened_on": "1-9-2026", "title": TEXT, "readers": "210"}


def for_own(world):
    return LETTER | {"places": f"swv-{world.own.swv_id}"}


def person(world):
    return [world.own_parts["attendant"].professional_id]


def foreign_person(world):
    return [[world.foreign_parts["attendant"].professional_id], [10**9]]


FORMS = {
    "activiteit": Filled("activities:add", "coordinator", ACTIVITY),
    "activiteit aanpassen": on_row("activities:edit", "contact", ACTIVITY, "activity"),
    "nieuwsbrief": replace(Filled("activities:add", "project", for_own), anybody=True),
    "deelnemers": on_row("activities:people_add", "coordinator", {"people": f"{TEXT}, {TEXT}"}, "activity"),
    "deelnemer aanpassen": Filled(
        "activities:professional_edit",
        "coordinator",
        {"name": TEXT, "organisation": TEXT, "function": TEXT, "email": "Nieuw@voorbeeld.test"},
        args=person,
        foreign=foreign_person,
    ),
}
# Buttons that ask nothing.
ELSEWHERE = {
    "activities:remove": "takes no words: tests/meetings/test_activities.py",
    "activities:put_back": "the same",
    "activities:take_off": "the same",
    "activities:put_on": "the same",
}
