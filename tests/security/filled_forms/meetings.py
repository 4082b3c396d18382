"""WEL-teams and who is in them."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.utils import timezone

from cases.models import InterviewConsent
from meetings.models import Bringing, ReportReader
from tests.database import as_owner
from tests.security.filled_forms.filled import TEXT, Filled, in_days, on_case, on_row, row

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


def free_place(world):
    meeting = world.own_parts["meeting"]
    return {"place": f"{meeting.pk}-{int(meeting.starts_at.timestamp())}"}


def person(world):
    return [world.own_parts["item"].pk, world.own_parts["guest"].pk]


def foreign_person(world):
    own, theirs = world.own_parts, world.foreign_parts
    return [
        [own["item"].pk, theirs["guest"].pk],
        [theirs["item"].pk, own["guest"].pk],
        [theirs["item"].pk, theirs["guest"].pk],
    ]


def all_is_there(world, client):
    """What holds planning up is done: the casusinbreng is ready, and the table may speak about it."""
    with as_owner():
        Bringing.objects.unscoped().filter(case=world.own).update(ready_at=timezone.now(), ready_by=world.coordinator)
        until = timezone.localdate() + timedelta(days=30)
        InterviewConsent.objects.unscoped().filter(case=world.own).update(table_until=until)


def a_reader(world):
    return {"people": world.own_parts["reader_seat"].pk}


def nobody_reads(world, client):
    with as_owner():
        ReportReader.objects.unscoped().filter(case=world.own).update(taken_back_at=timezone.now())


GUEST = {"function": TEXT, "organisation": TEXT, "email": "Gast.Nieuw@voorbeeld.test"}
REVIEW = {
    "held_on": in_days(0), "worked": "deels", "happened": TEXT, "autonomy": "ja", "autonomy_note": TEXT,
    "competence": "nee", "competence_note": TEXT, "belonging": "onbekend", "belonging_note": TEXT, "next_step": TEXT,
    "needs_table": "nee",
}  # fmt: skip


def four_weeks(world):
    return [world.own_parts["held"].pk, "4w"]


def four_weeks_elsewhere(world):
    return [[world.foreign_parts["held"].pk, "4w"], [world.own_parts["item"].pk, "4w"], [10**9, "4m"]]


def call(world):
    return [world.own_parts["held"].pk, world.own_parts["present"].pk]


def call_elsewhere(world):
    own, theirs = world.own_parts, world.foreign_parts
    return [
        [own["held"].pk, theirs["present"].pk],
        [theirs["held"].pk, own["present"].pk],
        [theirs["held"].pk, theirs["present"].pk],
    ]


CARD = {
    "question": TEXT, "leader": TEXT, "method": "anders", "method_other": TEXT, "perspective_1": TEXT,
    "weighed_1": TEXT, "perspective_2": TEXT, "weighed_2": TEXT, "conclusion": TEXT, "policy": TEXT,
}  # fmt: skip
CALL = {"called_on": in_days(0), "worked": TEXT, "better": TEXT, "theme": "proces"}
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
    "jeugdige aan een andere tafel": replace(
        on_row("meetings:agenda_add", "coordinator", lambda world: {"case": world.own.pk}, "meeting"),
        prepare=all_is_there,
    ),
    "voorbereiden met de jongere": on_row(
        "meetings:item_prepare", "coordinator", {"presence": "erbij", "place": TEXT, "treat": TEXT}, "item"
    ),
    "mensen aan tafel": on_row(
        "meetings:people_add", "coordinator", lambda world: {"members": world.own_parts["partner"].pk}, "item"
    ),
    "gast zonder account": on_row("meetings:guest_add", "coordinator", GUEST, "item"),
    "rol aan tafel": Filled(
        "meetings:participant_edit", "coordinator", {"role": "kernteam"}, args=person, foreign=foreign_person
    ),
    "plek aan tafel": replace(on_case("meetings:plan_case", "coordinator", free_place), prepare=all_is_there),
    "verslag aanpassen": on_row(
        "meetings:report_edit",
        "coordinator",
        {"agreed": TEXT, "mix": "zorg", "is_feasible": "ja", "dissent": TEXT},
        "item",
    ),
    "verslag delen": replace(on_row("meetings:report_share", "coordinator", a_reader, "item"), prepare=nobody_reads),
    "partner aanpassen": on_member(PARTNER | {"ends_on": "1-10-2026"}, "partner"),
    "terugblik op een tafel": Filled(
        "meetings:review", "coordinator", REVIEW, args=four_weeks, foreign=four_weeks_elsewhere
    ),
    "kaart van een moreel beraad": on_row("meetings:moral_edit", "coordinator", CARD, "moral"),
    "reflectie op een tafel": Filled("meetings:reflection", "coordinator", CALL, args=call, foreign=call_elsewhere),
}

BUTTONS = {
    "meetings:close": ("coordinator", partial(row, "meeting"), {"x": "1"}),
    "meetings:item_lapse": ("coordinator", partial(row, "item"), {"version": "1"}),
    "meetings:participant_remove": ("coordinator", person, {"version": "1"}),
    "meetings:invite": ("coordinator", partial(row, "item"), {"version": "1"}),
    "meetings:reflection_skip": ("coordinator", call, {"x": "1"}),
    "meetings:reflection_leave": ("coordinator", partial(row, "held"), {"x": "1"}),
    "meetings:review_draft": ("coordinator", four_weeks, {"klad": "x", "klad_stand": "1"}),
    "meetings:review_draft_throw_away": ("coordinator", four_weeks, {"klad": "x"}),
}
ELSEWHERE = {
    "meetings:promise": "by who was invited only: tests/meetings/test_agenda_pages.py",
    "meetings:item_answer": "the same",
    "meetings:live": "one line in which a person and a term are read: tests/meetings/test_live.py",
    "meetings:live_change": "at a table that has begun: tests/meetings/test_live.py",
    "meetings:live_close": "the same",
    "meetings:feedback": "tests/meetings/test_after.py",
    "actions:otherwise": "the same",
    "actions:done": "the same",
    "actions:reopen": "the same",
    "meetings:live_undo_action": "takes no words: tests/meetings/test_live.py",
    "meetings:live_undo_note": "the same",
    "meetings:report_take_back": "takes no words: tests/meetings/test_report.py",
}
