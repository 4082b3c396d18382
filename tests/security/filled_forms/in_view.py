"""Overzicht and In beeld: how things stand, the first contact, and the law that holds."""

from tests import factories
from tests.security.filled_forms.filled import TEXT, Filled, foreign_case, in_days, on_case, on_part

PERIOD = {"kind": "5a", "starts_on": "1-8-2025", "ends_on": "31-7-2026", "duration": "tijdelijk", "ground": "psychisch",
          "notified_on": "20-6-2025", "statement_on": "20-5-2025", "statement_by": "arts", "independence": "bevestigd",
          "has_swv_advice": "on", "has_plan": "on"}  # fmt: skip


def one_not_stated(world):
    """Of the gemeente of leerplicht, without a period yet."""
    return [factories.CaseFactory().pk]


def one_in_a_side_group(world):
    return [factories.CaseFactory(situation="anders", side_group="vier").pk]


def one_without_a_name(world):
    return [factories.CaseFactory(is_signal=True, birth_month=None).pk]


FORMS = {
    "overzicht": on_case(
        "cases:edit",
        "coordinator",
        {"strengths": TEXT, "hardship": TEXT, "next_step": TEXT, "last_contact_on": "1-9-2020"},
    ),
    "status": on_case(
        "cases:status",
        "coordinator",
        lambda world: {"status": "gestopt", "on": in_days(0), "reason": "anders", "note": TEXT, "version": "1"},
    ),
    "eerste contact": on_case(
        "cases:contact_add",
        "leerplicht",
        lambda world: {
            "made_on": "1-9-2025",
            "channel": "brief",
            "contact_by": world.leerplicht.pk,
            "result": "gesprek",
        },
    ),
    "nevengroep": Filled(
        "cases:side_group", "leerplicht", {"side_group": "wlz"}, args=one_in_a_side_group, foreign=foreign_case
    ),
    "naam van een signaal": Filled(
        "cases:signal_name",
        "leerplicht",
        {"first_name": "Pip", "last_name": "Onbekendoord", "born_on": "3-4-2013"},
        args=one_without_a_name,
        foreign=foreign_case,
    ),
    "periode": Filled("cases:status_add", "leerplicht", PERIOD, args=one_not_stated, foreign=foreign_case),
    "periode wijzigen": on_part("cases:status_edit", "leerplicht", PERIOD, "status"),
    "periode beëindigen": on_part("cases:status_end", "leerplicht", {"ends_on": "1-9-2025"}, "status"),
}
