"""When the Reis of a jeugdige is complete, and what to ask for while it is not."""

from dataclasses import dataclass

FOR_SUBSIDY = "nodig voor de subsidie (voorwaarden DUS-I)"
FOR_SAMPLE = "nodig voor de subsidie (steekproef DUS-I)"
FOR_PLAN = "het begin van elk plan"


# The words of DUS-I for what it asks, the same on the Reis, in the list of what is missing and in the pdf (R5.3).
TITLES = {
    "wensdroom": "Wensdroom",
    "samenwerking": "Samenwerking tussen partijen",
    "plan": "Plan voor ontwikkeling",
    "middelen": "Middelen en mogelijkheden",
    "afstand": "Afstand tot onderwijs",
}


@dataclass(frozen=True)
class JourneyTexts:
    """What has been written in the Reis so far; afstand is the chosen step of the regional list."""

    wensdroom: str = ""
    samenwerking: str = ""
    plan: str = ""
    middelen_nodig: str = ""
    middelen_aanwezig: str = ""
    afstand_start: str = ""
    afstand_nu: str = ""


@dataclass(frozen=True)
class Item:
    key: str
    label: str
    reason: str

    @property
    def is_for_subsidy(self):
        return self.reason in (FOR_SUBSIDY, FOR_SAMPLE)


# DUS-I names the cooperation, the plan, the means needed and present for at least five jeugdigen; its
# sample asks for the effect on the afstand tot onderwijs. The wensdroom is WEL's own demand, not DUS-I's.
ITEMS = (
    Item("wensdroom", TITLES["wensdroom"], FOR_PLAN),
    Item("samenwerking", TITLES["samenwerking"], FOR_SUBSIDY),
    Item("plan", TITLES["plan"], FOR_SUBSIDY),
    Item("middelen_nodig", f"{TITLES['middelen']}: wat is nodig", FOR_SUBSIDY),
    Item("middelen_aanwezig", f"{TITLES['middelen']}: wat is er al", FOR_SUBSIDY),
    Item("afstand_start", f"{TITLES['afstand']} bij de start", FOR_SAMPLE),
    Item("afstand_nu", f"{TITLES['afstand']} nu", FOR_SAMPLE),
)


def missing_items(texts):
    """The items still empty, in the order of the Reis; only spaces is empty."""
    return [item for item in ITEMS if not (getattr(texts, item.key) or "").strip()]


def is_complete(texts):
    return not missing_items(texts)
