"""Invented inzet: what was done and paid in the demo, in every state that a line can be in."""

from dataclasses import dataclass
from decimal import Decimal

from cases.actions.inzet import decide_line, enter_hours, enter_line, payers_of, save_agreement
from cases.models import Agreement
from regions.models import Samenwerkingsverband, Subsidy


@dataclass(frozen=True)
class Cost:
    days: int  # before today
    kind: str
    text: str
    amount: str
    stage: str = "besteed"
    is_direct: bool = True
    is_own: bool = False
    receipt: str = ""
    effect: str = ""
    answer: str = ""  # "akkoord", or why not; empty waits
    swv: str = ""  # who pays, when it is not the SWV of the jeugdige


@dataclass(frozen=True)
class Hours:
    days: int
    activity: str
    role: str
    hours: str
    persons: int = 1
    is_extra: bool = False


YES, PASSED_ON = "akkoord", "doorgegeven"
CONTACTS = {"PO2001": "swv.noord", "PO2202": "swv.zuid", "VO2202": "swv.zuid"}

# By the first name of the jeugdige.
COSTS = {
    "Ploon": (
        Cost(200, "aan_huis", "Meester aan huis, eerste tien weken", "1850.00", receipt="DEMO-101", answer=YES,
             effect="Rekent weer, met vogelcijfers."),
        Cost(150, "lesmateriaal", "Verrekijker en veldgids", "189.95", receipt="DEMO-102", answer=YES,
             effect="Gaat elke dinsdag zelf naar het park."),
        Cost(30, "aan_huis", "Meester aan huis, tweede uur erbij", "925.00", stage="verplicht"),
        Cost(10, "creatief", "Het vogelboek drukken", "240.00", stage="begroot"),
    ),
    "Dorus": (
        Cost(220, "praktijk", "Bakkersjas en schoenen", "129.95", receipt="DEMO-103", answer=YES,
             effect="Hoort bij de ploeg."),
        Cost(40, "vervoer", "Taxi naar de bakkerij", "312.50", receipt="DEMO-104",
             answer="De ritten van de vakantie staan er ook op. Kun je die eraf halen?"),
        Cost(12, "vervoer", "Treinkaart, drie maanden", "96.40", receipt="DEMO-105"),
    ),
    "Kiek": (Cost(310, "ict", "Laptop met tekenprogramma", "1049.00", receipt="DEMO-106", answer=YES),),
    "Tooske": (
        Cost(260, "natuur", "Paardrijden met lesuur", "780.00", receipt="DEMO-201", answer=YES,
             effect="Leest nu de verzorgingsboeken."),
        Cost(50, "werkplek", "Bureau dat omhoog kan", "415.00", is_own=True, receipt="DEMO-202", answer=YES),
    ),
    "Jobke": (Cost(15, "cursus", "Cursus game-ontwerp", "650.00", stage="verplicht", swv="VO2202"),),
    "Gijsje": (Cost(180, "training", "Training samen reizen", "540.25", receipt="DEMO-203", answer=YES),),
}  # fmt: skip

# Of a samenwerkingsverband, without a jeugdige.
SWVS = {
    "PO2001": (
        "coordinator.noord",
        "swv.noord",
        (
            Cost(300, "scholing", "Dag over waarderend interviewen", "2400.00", is_direct=False, receipt="DEMO-110",
                 answer=YES),
            Cost(20, "materieel", "Ruimte voor drie tafels", "360.00", is_direct=False, receipt="DEMO-111"),
        ),
        (Hours(280, "voorbereiding", "swv", "5.00", 3), Hours(100, "voorzitter", "extern", "12.50", is_extra=True)),
    ),
    "PO2202": (
        "coordinator.zuid",
        "swv.zuid",
        (
            Cost(400, "doorgegeven", "Deel voor de begeleiding in de dorpen", "30000.00", is_direct=False, answer=YES),
            Cost(25, "pr", "Praatplaat", "1250.50", is_direct=False, receipt="DEMO-210"),
        ),
        (Hours(350, "rapportage", "extern", "25.00", is_extra=True),),
    ),
}  # fmt: skip


def tell(playing, cast, cases, days_ago):
    """`cases` by first name, each with the login that works on it; first entered, then agreed to by somebody else."""
    waiting = []
    for key, (coordinator, contact, costs, hours) in SWVS.items():
        swv = Samenwerkingsverband.objects.get(key=key)
        passes_on = any(cost.kind == PASSED_ON for cost in costs)
        agreement = _sign(playing, cast, contact, swv, days_ago(410)) if passes_on else None
        with playing(cast, coordinator) as user:
            payer = _payer(payers_of(), swv)
            for cost in costs:
                values = _values(cost, payer, days_ago)
                if cost.kind == PASSED_ON:
                    values["agreement"] = agreement
                waiting.append((enter_line(swv=swv, values=values, by=user), cost, contact))
            for row in hours:
                enter_hours(swv=swv, values=_hours(row, days_ago), by=user)
    for first, costs in COSTS.items():
        case, worker = cases[first]
        contact = CONTACTS[case.swv.key]
        with playing(cast, worker) as user:
            for cost in costs:
                swv = Samenwerkingsverband.objects.get(key=cost.swv) if cost.swv else case.swv
                values = _values(cost, _payer(payers_of(case), swv), days_ago)
                waiting.append((enter_line(case=case, values=values, by=user), cost, contact))
    for contact in sorted({contact for *_, contact in waiting}):
        with playing(cast, contact):
            for line, cost, _ in (each for each in waiting if each[2] == contact and each[1].answer):
                is_yes = cost.answer == YES
                said = decide_line(
                    line=line, version=1, answer=YES if is_yes else "niet", reason="" if is_yes else cost.answer
                )
                assert said == "vastgelegd", said


def _payer(payers, swv):
    return next(payer for payer in payers if payer.swv_id == swv.pk)


def _sign(playing, cast, contact, swv, day):
    with playing(cast, contact) as user:
        subsidy = Subsidy.objects.visible_to(user).get(swv=swv)
        agreement = Agreement(swv=swv, subsidy=subsidy)
        values = {
            "party": "Stichting Verzonnen Dorpen",
            "signed_on": day,
            "amount": Decimal("30000.00"),
            "purpose": "Begeleiding dicht bij huis",
            "is_on_file": True,
        }
        save_agreement(agreement=agreement, values=values, by=user)
    return agreement


def _values(cost, payer, days_ago):
    return {
        "kind": cost.kind,
        "description": cost.text,
        "is_direct": cost.is_direct,
        "stage": cost.stage,
        "spent_on": days_ago(cost.days),
        "amount": Decimal(cost.amount),
        "is_own_contribution": cost.is_own,
        "has_receipt": bool(cost.receipt),
        "reference": cost.receipt,
        "effect": cost.effect,
        "subsidy_id": payer.subsidy_id,
        "payer_id": payer.swv_id,
    }


def _hours(row, days_ago):
    return {
        "activity": row.activity,
        "role": row.role,
        "done_on": days_ago(row.days),
        "hours": Decimal(row.hours),
        "persons": row.persons,
        "is_extra": row.is_extra,
    }
