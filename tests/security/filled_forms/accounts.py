"""Inzet and verantwoording: money, hours, the subsidie and its report."""

from tests import factories
from tests.security.filled_forms.filled import TEXT, Filled, enter, on_case, on_part, on_swv, on_swv_part, swv_of

COST = {"kind": "vervoer", "description": TEXT, "direct": "direct", "stage": "besteed", "spent_on": "1-9-2022",
        "amount": "1.250,50", "is_own_contribution": "on", "has_receipt": "on", "reference": "F-1"}  # fmt: skip
HOURS = {"activity": "ouders", "role": "swv", "done_on": "1-9-2022", "hours": "1,5", "persons": "2", "task": "extra"}
AGREEMENT = {"party": TEXT, "signed_on": "1-9-2022", "amount": "5.000,00", "purpose": TEXT, "is_on_file": "on"}
SUBSIDY = {"round": "1", "reference": "WIO-1", "status": "verleend", "applied_on": "1-8-2022", "granted_on": "1-10-2022",
           "amount": "38.411,50", "starts_on": "1-8-2022", "ends_on": "31-7-2025", "contact": TEXT, "direct_text": TEXT,
           "indirect_text": TEXT, "goal_text": TEXT}  # fmt: skip


def without_a_subsidy(world, client):
    enter(client, factories.swv_contact("VO2001"))


FORMS = {
    "inzet": on_case("cases:inzet_add", "coordinator", COST),
    "inzet wijzigen": on_part("cases:inzet_edit", "owner", COST | {"effect": TEXT}, "cost"),
    "uren": on_case("cases:hours_add", "coordinator", HOURS),
    "uren wijzigen": on_part("cases:hours_edit", "coordinator", HOURS, "hours"),
    "subsidie": on_swv("reporting:subsidy_edit", "contact", SUBSIDY),
    "eerste subsidie": Filled("reporting:subsidy_edit", None, SUBSIDY, args=["VO2001"], prepare=without_a_subsidy),
    "inzet van het swv": on_swv("reporting:inzet_add", "coordinator", COST),
    "inzet van het swv wijzigen": on_swv_part("reporting:inzet_edit", "coordinator", COST, "swv_cost"),
    "akkoord": on_swv_part("reporting:inzet_decide", "contact", {"answer": "niet", "reason": TEXT}, "cost"),
    "uren van het swv": on_swv("reporting:inzet_hours_add", "coordinator", HOURS),
    "uren van het swv wijzigen": on_swv_part("reporting:inzet_hours_edit", "coordinator", HOURS, "swv_hours"),
    "overeenkomst": on_swv("reporting:agreement_add", "contact", AGREEMENT),
    "overeenkomst wijzigen": on_swv_part("reporting:agreement_edit", "contact", AGREEMENT, "agreement"),
    "inzet filteren": Filled(
        "reporting:inzet",
        "contact",
        {
            "akkoord": "wacht",
            "stand": "besteed",
            "soort": "direct",
            "schooljaar": "2023-2024",
            "kalenderjaar": "2023",
            "jeugdige": "WEL-0001",
        },
        args=swv_of,
        method="GET",
        accepted=200,
        writes=False,
    ),
}

BUTTONS = {
    "reporting:report_make": ("coordinator", swv_of, {"jaar": "x"}),
}
