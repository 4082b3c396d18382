"""De Reis: chapters, haltes, reisgenoten, reflecties."""

from functools import partial

from tests.security.filled_forms.filled import TEXT, Filled, foreign_case, on_case, on_part, part

HALTE = {"title": "Keuken van oom", "state": "gepland", "happened_on": "1-9-2020", "place": "elke vrijdag", "note": TEXT,
         "sparks": "1", "hobble": "lange busreis", "detour": "tante rijdt mee", "is_rest": "on"}  # fmt: skip
MATE = {"who": "buurvrouw", "circle": "naast", "is_unexpected": "on", "role": TEXT, "meaning": TEXT,
        "meaning_on": "1-9-2020", "organisation": "De Verzonnen Bakker", "mandate": TEXT, "joins_table": "on"}  # fmt: skip
LOOK = {"voice": "jongere", "text": TEXT, "strengthen": TEXT, "said_on": "1-9-2020"}


def chapter(key, **answers):
    return Filled(
        "cases:journey_chapter",
        "coordinator",
        answers,
        args=lambda world: [world.own.pk, key],
        foreign=lambda world: foreign_case(world, key),
    )


def look(world):
    return LOOK | {"stop": world.own_parts["stop"].pk}


FORMS = {
    "wensdroom": chapter(
        "wensdroom", wensdroom=TEXT, wensdroom_on="1-9-2020", wensdroom_short="bakkerij", wensdroom_parents=TEXT
    ),
    "vertrek": chapter("vertrek", departure=TEXT, departure_on="1-9-2020"),
    "bagage": chapter("bagage", luggage=TEXT, worked_content=TEXT, worked_process=TEXT, worked_attitude=TEXT),
    "samenwerking": chapter("samenwerking", cooperation=TEXT),
    "plan": chapter(
        "plan",
        plan=TEXT,
        plan_autonomy="on",
        plan_competence="on",
        plan_belonging="on",
        plan_fits_family="on",
        plan_is_safe="on",
    ),
    "beweging": chapter(
        "beweging",
        development_seen="ja",
        development_on="1-9-2020",
        development_evidence=TEXT,
        movement_seen="nog_niet",
        movement_on="1-9-2020",
        movement_evidence=TEXT,
    ),
    "aankomst": chapter("aankomst", effect=TEXT, lessons=TEXT, aftercare=TEXT),
    "reisgenoot": on_case("cases:companion_add", "coordinator", MATE),
    "reisgenoot wijzigen": on_part("cases:companion_edit", "coordinator", MATE, "companion"),
    "reflectie": on_case("cases:reflection_add", "coordinator", look),
    "reflectie wijzigen": on_part("cases:reflection_edit", "coordinator", look, "reflection"),
    "reis op papier": on_case(
        "cases:journey_paper", "coordinator", {"kind": "kaart", "size": "a3"}, accepted=200, writes=False
    ),
    "middelen": chapter("middelen", means_needed=TEXT, means_present="deels", means_note=TEXT),
    "afstand": chapter(
        "afstand", distance_start="1", distance_start_reason=TEXT, distance_now="2", distance_now_reason=TEXT
    ),
    "terugblik": chapter("terugblik", look_back=TEXT),
    "halte": on_case("cases:stop_add", "coordinator", HALTE),
    "halte wijzigen": on_part("cases:stop_edit", "coordinator", HALTE, "stop"),
}

BUTTONS = {
    "cases:stop_move": ("coordinator", partial(part, "stop"), {"kant": "opzij"}),
    "cases:stop_delete": ("coordinator", partial(part, "stop"), {"version": "99"}),
    "cases:stop_put_back": ("stranger", partial(part, "removed_stop"), {"x": "x"}),
    "cases:companion_remove": ("contact", partial(part, "companion"), {"reden": "x"}),
    "cases:companion_put_back": ("contact", partial(part, "removed_companion"), {"reden": "x"}),
    "cases:reflection_remove": ("owner", partial(part, "reflection"), {"reden": "x"}),
    "cases:reflection_put_back": ("owner", partial(part, "removed_reflection"), {"reden": "x"}),
}
