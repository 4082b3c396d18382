"""The people around a jeugdige: eigenaar, verbinder, who takes over, and who may see the name."""

import uuid
from functools import partial

from access.models import User
from regions.models import Gemeente, Samenwerkingsverband
from tests import factories
from tests.security.filled_forms.filled import TEXT, Filled, enter, foreign_case, in_days, on_case, own, part


def eigenaar(world, client):
    enter(client, User.objects.get(pk=world.own_parts["member"].user_id))


def one_shared(world):
    """In reach of the coördinator, with nothing around it yet."""
    return [factories.CaseFactory(shared_until=world.own.shared_until).pk]


def offer_to_us(world):
    return [world.own_parts["incoming"].pk]


def foreign_offer(world):
    return [[world.foreign_parts["incoming"].pk], [world.own_parts["handover"].pk], [uuid.UUID(int=0)]]


def let_in(world):
    return {"user": world.coordinator.pk, "purpose": TEXT, "until": in_days(0)}


FORMS = {
    "eigenaar": on_case(
        "cases:owner", "coordinator", lambda world: {"user": world.coordinator.pk, "reason": "anders", "note": TEXT}
    ),
    "eigenaar stopt": on_case(
        "cases:owner_leave", None, lambda world: {"on": in_days(9), "reason": "anders", "note": TEXT}, prepare=eigenaar
    ),
    "verbinding verbroken": Filled(
        "cases:connection",
        "coordinator",
        lambda world: {
            "broken_on": "1-9-2026",
            "story": TEXT,
            "connector": world.coordinator.pk,
            "starts_on": "2-9-2026",
            "task": TEXT,
            "agreed_on": in_days(9),
        },
        args=one_shared,
        foreign=foreign_case,
    ),
    "nieuwe afspraak": on_case("cases:connection", "owner", lambda world: {"task": TEXT, "agreed_on": in_days(9)}),
    "weer contact": on_case("cases:connection_repaired", "owner", lambda world: {"on": in_days(0), "outcome": TEXT}),
    "andere verbinder": on_case(
        "cases:connection_replace",
        "coordinator",
        lambda world: {"connector": world.coordinator.pk, "outcome": TEXT, "task": TEXT, "agreed_on": in_days(9)},
    ),
    # Any place in the country is a choice.
    "overdracht": Filled(
        "cases:handover",
        "coordinator",
        lambda world: {
            "gemeente": Gemeente.objects.get(name="Emmen").pk,
            "reason": "verhuisd",
            "moved_on": in_days(-3),
            "swv": Samenwerkingsverband.objects.get(key="PO2202").pk,
            "message": TEXT,
            "shows": ["goed"],
            "talk_on": in_days(3),
        },
        args=one_shared,
        foreign=foreign_case,
        anybody=True,
    ),
    "toestemming voor de overdracht": on_case(
        "cases:handover_consent",
        "leerplicht",
        lambda world: {"persons": ["ouder_1"], "answer": "gegeven", "answered_on": in_days(0), "how": "papier"},
    ),
    "overdracht intrekken": on_case("cases:handover_withdraw", "coordinator", {"reason": TEXT}),
    "overdracht aannemen": Filled(
        "cases:handover_answer",
        "leerplicht",
        lambda world: {"owner": world.leerplicht.pk},
        args=offer_to_us,
        foreign=foreign_offer,
    ),
    "overdracht niet aannemen": Filled(
        "cases:handover_refuse", "leerplicht", {"reason": TEXT}, args=offer_to_us, foreign=foreign_offer
    ),
    "laat toe": on_case("cases:let_in", "leerplicht", let_in),
}

BUTTONS = {
    "cases:owner_stay": ("contact", own, {"reden": "x"}),
    "cases:handover_offer": ("coordinator", own, {"reden": "x"}),
    "cases:end_access": ("coordinator", partial(part, "let_in"), {"reden": "x"}),
}
