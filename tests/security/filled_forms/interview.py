"""The interview, the reasons, and the vragenlijst behind them."""

from django.urls import reverse

from tests.security.filled_forms.filled import TEXT, Filled, in_days, on_case, on_part

INTERVIEW = {"held_on": in_days(0), "place": TEXT, "with_youth": "on", "is_trained": "on"}
ANSWER = {"perspective": "jeugdige", "text": TEXT, "theme": "proces", "level": "swv", "quote": TEXT}


def interview(world):
    return INTERVIEW | {"interviewer": world.coordinator.pk}


def new_interview(world):
    return interview(world) | {"question_list": world.own_parts["interview"].question_list_id}


def question_of(world):
    return [world.own.pk, world.own_parts["interview"].pk, world.own_parts["answer"].question_id]


def foreign_question(world):
    theirs, question = world.foreign_parts["interview"].pk, world.own_parts["answer"].question_id
    mine = world.own_parts["interview"].pk
    return [[world.own.pk, theirs, question], [world.foreign.pk, theirs, question], [world.own.pk, mine, 10**9]]


def answer_of(world):
    return [world.own.pk, world.own_parts["interview"].pk, world.own_parts["answer"].pk]


def foreign_answer(world):
    mine, theirs = world.own_parts["interview"].pk, world.foreign_parts["interview"].pk
    answer = world.foreign_parts["answer"].pk
    return [[world.own.pk, mine, answer], [world.own.pk, theirs, answer], [world.foreign.pk, theirs, answer]]


def with_draft(world, client):
    client.post(reverse("question_lists:copy", args=[1]))


FORMS = {
    "interview": on_case("cases:interview_add", "coordinator", new_interview),
    "interview wijzigen": on_part("cases:interview_edit", "coordinator", interview, "interview"),
    "antwoord": Filled("cases:answer_add", "coordinator", ANSWER, args=question_of, foreign=foreign_question),
    "antwoord wijzigen": Filled("cases:answer_edit", "coordinator", ANSWER, args=answer_of, foreign=foreign_answer),
    "redenen": on_case("cases:reasons", "interviewer", {"kinds": ["ass", "angst"]}),
    "vragenlijst": Filled(
        "question_lists:detail",
        "beheer",
        {"title": TEXT, "everybody": TEXT, "youth": TEXT, "parents": TEXT, "professionals": TEXT},
        args=(2,),
        prepare=with_draft,
        foreign=lambda world: [[999]],
        anybody=True,
    ),
    "vragen van de casusinbreng": Filled(
        "bringing_lists:detail",
        "beheer",
        {"title": TEXT, "everybody": TEXT},
        args=(2,),
        prepare=lambda world, client: client.post(reverse("bringing_lists:copy", args=[1])),
        foreign=lambda world: [[999]],
        anybody=True,
    ),
}

BUTTONS = {
    "question_lists:copy": ("coordinator", (1,), {"x": "x"}),
    "question_lists:publish": ("beheer", (1,), {"version": "99"}),
    "bringing_lists:copy": ("coordinator", (1,), {"x": "x"}),
    "bringing_lists:publish": ("beheer", (1,), {"version": "99"}),
}
