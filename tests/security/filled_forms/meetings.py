"""WEL-teams and who is in them."""

from functools import partial

from tests.security.filled_forms.filled import TEXT, Filled, in_days, on_row, row

TEAM = {"name": TEXT, "table_word": "MDO+", "rhythm": "maand", "month_week": "2", "weekday": "4", "starts_at": "9.30",
        "every_weeks": "3", "place_kind": "beide", "default_place": TEXT, "cases_per_session": "3",
        "minutes_per_case": "60", "soft_maximum": "6", "feedback_days": "5", "advice_is_binding": "on",
        "starts_on": "1-9-2026"}  # fmt: skip
WORK = {"function": TEXT, "organisation": TEXT, "starts_on": "1-9-2026"}
PARTNER = WORK | {"role": "partner", "email": "Nieuwe.Partner@voorbeeld.test"}


def member(name, world):
    return [world.own_parts["team"].pk, world.own_parts[name].pk]


def foreign_member(name, world):
    own, theirs = world.own_parts, world.foreign_parts
    return [
        [own["team"].pk, theirs[name].pk],
        [theirs["team"].pk, own[name].pk],
        [theirs["team"].pk, theirs[name].pk],
    ]


def on_member(answers, name):
    return Filled(
        "meetings:member_edit",
        "coordinator",
        answers,
        args=partial(member, name),
        foreign=partial(foreign_member, name),
    )


def a_colleague(world):
    """Who works in the SWV and is not in the team yet."""
    return WORK | {"user": world.owner.pk, "role": "voorzitter"}


MEETING = {"kind": "atelier", "topic": TEXT, "begin": "13.30", "end": "15.00", "place_kind": "fysiek", "place": TEXT}


def planned(world):
    return MEETING | {"day": in_days(9)}


FORMS = {
    "overleg plannen": on_row("meetings:plan", "coordinator", planned, "team"),
    "overleg aanpassen": on_row("meetings:edit", "coordinator", planned, "meeting"),
    "overleg afzeggen": on_row("meetings:cancel", "coordinator", {"cancel_reason": TEXT}, "meeting"),
    "team": Filled("meetings:team_add", "coordinator", lambda world: TEAM | {"swv": world.own.swv_id}),
    "team aanpassen": on_row("meetings:team_edit", "coordinator", TEAM, "team"),
    "team stopt": on_row("meetings:team_end", "coordinator", lambda world: {"ends_on": in_days(9)}, "team"),
    "collega in het team": on_row("meetings:colleague_add", "coordinator", a_colleague, "team"),
    "partner in het team": on_row("meetings:partner_add", "coordinator", PARTNER, "team"),
    "teamlid aanpassen": on_member(WORK | {"role": "kernteam", "ends_on": "1-10-2026"}, "colleague"),
    "partner aanpassen": on_member(PARTNER | {"ends_on": "1-10-2026"}, "partner"),
}

BUTTONS = {"meetings:close": ("coordinator", partial(row, "meeting"), {"x": "1"})}
