"""Accountability documents as plain values: invented, visibly so, and as full or as empty as a test asks."""

from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string

from cases.route_map import Hobble, Route, Stop, StopState, describe, draw
from reporting.documents import (
    AccountabilityDocument,
    CaseLine,
    Distance,
    JourneySpread,
    Quote,
    Sign,
    StopRow,
    Subsidy,
    Theme,
    UsedMeans,
)

LONG_SWV = (
    "Samenwerkingsverband PO 22.01 (Aa en Hunze, Assen, Borger-Odoorn, Coevorden, Emmen, Hoogeveen, Midden-Drenthe, "
    "Noordenveld en 8 andere gemeenten)"
)
SCALE = (
    "geen activiteit",
    "ontwikkeling thuis of elders",
    "dagbesteding of zorg met leren",
    "contact met school",
    "gedeeltelijk onderwijs",
    "ingeschreven en volgend",
)


ROUTE = Route(
    departure="sept. · thuis",
    wensdroom="eigen bakkerij",
    stops=(
        Stop(1, "Keuken van oom", "okt. · elke vrijdag", sparks=1),
        Stop(2, "Les aan huis", "dec. · 2 uur per week", hobble=Hobble("lange busreis", has_olifantenpaadje=True)),
        Stop(3, "Proefdag bakkerij", "3 maart", StopState.NOW, sparks=2),
        Stop(4, "Kennismaken mentor", "gepland in april", StopState.PLANNED),
        Stop(5, "2 ochtenden meelopen", "idee", StopState.PLANNED),
    ),
)


def route_map(code="WEL-9001"):
    return render_to_string("cases/route_map.svg", {"map": draw(ROUTE, prefix=code)})


def stops():
    return (
        StopRow(
            1,
            "Keuken van oom",
            "oktober 2025",
            story="Bakt elke vrijdag mee. Schrijft zelf het recept op en rekent de hoeveelheden om.",
            lights=1,
        ),
        StopRow(
            2,
            "Les aan huis",
            "december 2025",
            story="Twee uur per week, aan de keukentafel. Eerst alleen praten over treinen, later rekenen met dienstregelingen.",
            hurdle="De bus naar de les duurde een uur en was te druk.",
            detour="De leraar komt op de fiets. De les begint als de bus al weg is.",
        ),
        StopRow(
            3,
            "Proefdag bakkerij",
            "maart 2026",
            state="hier zijn we nu",
            story="Om vijf uur ’s ochtends is het stil. Dat past. De bakker vroeg of dit vaker kan.",
            lights=2,
        ),
        StopRow(4, "Kennismaken mentor", "gepland in april 2026", ahead=True),
        StopRow(5, "2 ochtenden meelopen", "idee", ahead=True),
    )


def journey(code="WEL-9001", **changed):
    values = {
        "code": code,
        "category": "Vrijstelling 5 onder a",
        "status": "Op reis",
        "included_on": date(2025, 9, 1),
        "complete": True,
        "wensdroom": Quote(
            "Ik wil later brood bakken dat mensen ruiken als ze langslopen. En dat niemand zegt dat ik op moet schieten.",
            "de jongere",
            date(2025, 9, 12),
        ),
        "parents_wensdroom": Quote("Dat de ochtenden weer rustig beginnen.", "de ouders", date(2025, 9, 12)),
        "situation": "Was drie jaar niet op school. De klas was te vol en te hard. Na de vrijstelling kwam er rust, maar "
        "ook niemand meer langs.",
        "baggage": "Geduld met deeg. Weet alles van treinen. Is vroeg wakker en dan op zijn best.",
        "route_map": route_map(code),
        "route_description": describe(ROUTE, code, "september"),
        "stops": stops(),
        "what_worked": (
            Theme("Inhoud", "Rekenen met recepten en dienstregelingen. Niet eerst inhalen wat is gemist."),
            Theme("Proces", "Kleine stappen, elke week op dezelfde dag. Eén vast gezicht, ook als een week niet lukt."),
            Theme("Houding", "Vragen wat wél lukt. Wachten met een plan tot de droom op tafel lag."),
        ),
        "cooperation": "Het samenwerkingsverband, leerplicht en de jeugdhulp spreken elkaar elke zes weken, met de ouders "
        "erbij. De eigenaar belt na elk overleg met de jongere. De bakker hoort bij het ploegje.",
        "plan": "Tot de zomer: een ochtend per week in de bakkerij en twee uur les aan huis. Daarna kijken of een "
        "praktijkroute past. Anderen kunnen hiervan leren dat een werkplek vóór een schoolplek mag komen.",
        "means_needed": "Een leraar die thuis komt. Veilige schoenen en een bakkersjas. Een vaste plek om te bellen.",
        "means_present": "De leraar is er voor twee uur per week. De bakker begeleidt zonder kosten. De plek ontbreekt nog.",
        "distance": Distance(
            SCALE,
            start=0,
            now=2,
            start_reason="Kwam nauwelijks buiten en sprak alleen met het gezin.",
            now_reason="Werkt een ochtend per week mee en leert thuis rekenen en taal.",
        ),
        "signs": (
            Sign("Ontwikkeling die er al was, erkend", True, date(2025, 10, 1), "Kookte al twee jaar voor het gezin."),
            Sign("Nieuwe beweging", True, date(2026, 3, 1), "Vroeg zelf of de proefdag een vaste dag kan worden."),
        ),
        "means_used": (
            UsedMeans("Leraar op de fiets", "Rekent weer en durft vragen te stellen.", Decimal("2840.00")),
            UsedMeans("Bakkersjas en schoenen", "Hoort bij de ploeg.", Decimal("129.95")),
            UsedMeans("Begeleiding door de bakker", "Staat op tijd op en komt zelf.", Decimal("0")),
        ),
        "look_back": "Het begon pas te lopen toen wij stopten met zoeken naar een school. De volgende keer vragen we "
        "eerder wie in de familie iets kan wat de jongere mooi vindt.",
    }
    return JourneySpread(**{**values, **changed})


def accountability(cases=5, complete=3, **changed):
    lines = tuple(
        CaseLine(
            code=f"WEL-{9001 + place}",
            category=("Vrijstelling 5 onder a", "Absoluut verzuim")[place % 2],
            included_on=date(2025, 9 + place % 4, 1),
            status=("Op reis", "Naar de tafel", "Rustpunt", "Aangekomen", "Op reis")[place % 5],
            complete=place < complete,
            missing=() if place < complete else ("Plan voor ontwikkeling", "Middelen en mogelijkheden: wat is nodig"),
        )
        for place in range(cases)
    )
    values = {
        "swv": "Samenwerkingsverband Verzonnen Duinen",
        "swv_code": "PO9901",
        "school_year": "2025-2026",
        "subsidy": Subsidy(
            regeling="Subsidieregeling Wel in Ontwikkeling",
            kenmerk="VERZ-22-0001",
            ronde=1,
            amount=Decimal("41250.00"),
            starts_on=date(2022, 9, 30),
            ends_on=date(2025, 7, 31),
            status="Loopt",
        ),
        "version": 2,
        "made_on": date(2026, 3, 18),
        "made_by": "Medewerker Voorbeeld",
        "made_by_role": "SWV-contact",
        "cases": lines,
        "journeys": tuple(
            journey(
                line.code,
                category=line.category,
                status=line.status,
                included_on=line.included_on,
                complete=line.complete,
            )
            for line in lines
        ),
        "checksum": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    }
    return AccountabilityDocument(**{**values, **changed})
