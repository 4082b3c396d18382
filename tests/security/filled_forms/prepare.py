"""Preparing a WEL-tafel: the steps, the casusinbreng, the checklist, the visit at home, and why there is no stem."""

from cases.models import Question
from tests.database import as_owner
from tests.security.filled_forms.filled import TEXT, Filled, on_case

VISIT = {"visited_on": "1-9-2020", "visitors": TEXT, "wants_to": "on", "place": TEXT, "is_prepared": "on", "note": TEXT}
CHECKLIST = {
    "preparation": ["informatie", "dossier"], "preparation_remark": TEXT, "people": ["mandaat"], "people_remark": TEXT,
    "lead": ["belangen"], "lead_remark": TEXT, "mandate": ["bestuur"], "mandate_remark": TEXT, "learning": ["delen"],
    "learning_remark": TEXT,
}  # fmt: skip
HELD = {"held": "geweest"}


def contact(world):
    return {
        "contact_on": "1-9-2020",
        "contact_with": world.coordinator.pk,
        "contact_channel": "beeldbellen",
        "contact_agreed": TEXT,
    }


def answers(world):
    with as_owner():
        asked = Question.objects.filter(question_list=world.own_parts["bringing"].question_list)
        return {f"vraag_{question.pk}": TEXT for question in asked}


def on_step(step, more):
    return Filled(
        "prepare:intake_step",
        "coordinator",
        more,
        args=lambda world: [world.own.pk, step],
        foreign=lambda world: [[world.foreign.pk, step], [10**9, step], [world.own.pk, "onbekend"]],
    )


def on_name(name):
    return HELD | {f"{name}_on": "1-9-2020", f"{name}_result": TEXT, f"{name}_skip": TEXT}


FORMS = {
    "mdo op school": on_step("mdo", on_name("mdo")),
    "stap van het swv": on_step("swv", on_name("swv_step")),
    "contact met de coördinator": on_step("contact", contact),
    "casusinbreng": on_case("prepare:bringing", "coordinator", answers),
    "checklist": on_case("prepare:checklist", "coordinator", CHECKLIST),
    "huisbezoek": on_case("prepare:home_visit", "coordinator", VISIT),
    "formulieren mailen": on_case(
        "prepare:papers_mail", "coordinator", {"to": "anders", "email": "iemand@voorbeeld.test"}
    ),
    "zonder stem": on_case("prepare:no_voice", "coordinator", {"why": "lukt_niet", "note": TEXT}),
}


def own(world):
    return [world.own.pk]


BUTTONS = {
    "prepare:no_voice_lift": ("coordinator", own, {"version": "99"}),
    "prepare:intake_enter": ("coordinator", own, {"version": "99"}),
    "prepare:intake_take_back": ("coordinator", own, {"version": "1"}),
    "prepare:intake_again": ("coordinator", own, {"version": "1"}),
    "prepare:intake_accept": ("coordinator", own, {"version": "1"}),
    "prepare:bringing_reopen": ("coordinator", own, {"x": "1"}),
    "prepare:bringing_draft": ("coordinator", own, {"klad": "x", "klad_stand": "1"}),
    "prepare:bringing_draft_throw_away": ("coordinator", own, {"klad": "x"}),
}
