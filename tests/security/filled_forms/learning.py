"""What follows a journey, and what others learn from it."""

from functools import partial

from tests.security.filled_forms.filled import TEXT, Filled, in_days, on_case, on_part, on_row, row

EVENT = {"kind": "ingeschreven", "happened_on": "1-9-2020", "movement": "vooruit", "place": TEXT, "is_partial": "on",
         "note": TEXT}  # fmt: skip
STORY = {"title": TEXT, "what_worked": TEXT, "hobble": TEXT, "detour": TEXT, "theme": "proces", "perspective": "ouder",
         "is_ready": "on"}  # fmt: skip
OBSTACLE = {"title": TEXT, "description": TEXT, "level": "systeem", "theme": "proces", "domain": "avg",
            "status": "antwoord", "addressee": "rijk", "addressee_name": TEXT, "addressed_on": "1-9-2020",
            "answer": TEXT, "answered_on": "2-9-2020"}  # fmt: skip
SOLUTION = {"kind": "plek", "title": TEXT, "description": TEXT, "place": TEXT, "domain": "avg"}

FORMS = {
    "gebeurtenis": on_case("cases:event_add", "coordinator", EVENT),
    "gebeurtenis aanpassen": on_part("cases:event_edit", "coordinator", EVENT, "event"),
    "moment": on_case("cases:moment_add", "coordinator", lambda world: {"due_on": in_days(9)}),
    "moment vastleggen": on_part(
        "cases:moment_finish", "coordinator", {"outcome": "goed", "done_on": "1-9-2020", "note": TEXT}, "moment"
    ),
    "nazorg en bewaren": on_case(
        "cases:closing",
        "coordinator",
        lambda world: {"keeper": TEXT, "remove_on": in_days(900), "hold_reason": TEXT},
    ),
    "afronden": on_case("cases:round_off", "coordinator", lambda world: {"on": in_days(0), "exception": TEXT}),
    "verhaal": on_case("cases:story_add", "coordinator", STORY),
    "verhaal aanpassen": on_part("cases:story_edit", "coordinator", STORY, "story"),
    "verhaal nalezen": on_part("cases:story_read", "leerplicht", {"answer": "terug", "why": TEXT}, "story"),
    "knelpunt bij een jeugdige": on_case("cases:case_obstacle_add", "coordinator", OBSTACLE),
    "knelpunt": Filled("learning:obstacle_add", "coordinator", lambda world: OBSTACLE | {"swv": world.own.swv_id}),
    "knelpunt aanpassen": on_row("learning:obstacle_edit", "coordinator", OBSTACLE, "obstacle"),
    "oplossing": Filled("learning:solution_add", "coordinator", lambda world: SOLUTION | {"swv": world.own.swv_id}),
    "oplossing aanpassen": on_row("learning:solution_edit", "coordinator", SOLUTION, "solution"),
}

BUTTONS = {
    "learning:solution_share": ("coordinator", partial(row, "solution"), {"version": "99"}),
    "learning:solution_withdraw": ("contact", partial(row, "solution"), {"reden": "x"}),
}
