"""What the monitor counts (R13.1): each counter once, with its name, its definition, and which rows count for it.

A row is one of the view `reporting_fact` (migrations/0003_figures.py); the number, the list behind it and the file all
come from the same rows.
"""

from dataclasses import dataclass

# Who reads which rows: the first contact only leerplicht, the Reis also who accounts for the SWV.
CONTACT = ("benaderd", "gesprek", "bereikt")
JOURNEY = ("beeld", "ontwikkeling", "beweging", "reis")
OBSTACLE = "knelpunt"


@dataclass(frozen=True)
class Counter:
    """`source`: the rows. Persons count once; of what is no person each row counts, or those marked `counts`.

    `of`: what it is a part of, in words; then all rows of the source are shown beside it. `kinds` splits the number.
    """

    key: str
    name: str
    definition: str
    source: str
    short: str = ""
    unit: tuple[str, str] = ("jeugdige", "jeugdigen")
    is_persons: bool = False
    counts: str = ""
    of: str = ""
    kinds: tuple[tuple[str, str], ...] = ()

    def noun(self, number):
        return self.unit[number != 1]


def persons(key, name, short, definition, source):
    return Counter(key, name, definition, source, short=short, is_persons=True)


COUNTERS = (
    persons(
        "in-beeld",
        "Jeugdigen in beeld",
        "In beeld",
        "Wie in dit schooljaar een dag of langer was aangemeld en niet afgesloten. De dagen van aanmelden en afsluiten "
        "bepalen het schooljaar. Ook wie zonder naam is aangemeld telt mee, en ook de nevengroepen.",
        "beeld",
    ),
    persons(
        "benaderd",
        "Ouders of gezinnen benaderd",
        "Benaderd",
        "Met de ouders of de jeugdige is in dit schooljaar contact gezocht, ook als er niemand opnam. De dag van dat "
        "contact bepaalt het schooljaar. Een gezin telt per jeugdige, want WEL weet niet wie broer of zus is.",
        "benaderd",
    ),
    persons(
        "in-gesprek",
        "Ouders in gesprek",
        "In gesprek",
        "Bij het laatste antwoord in dit schooljaar wilden de ouders of de jeugdige een gesprek, of stemden zij in. De "
        "dag van dat antwoord bepaalt het schooljaar. ‘Niet bereikt’ is geen antwoord. Een gezin telt per jeugdige.",
        "gesprek",
    ),
    persons(
        "besproken",
        "Jeugdigen besproken",
        "Besproken",
        "Wie in dit schooljaar is besproken aan een WEL-tafel, de tweede keer inbegrepen. De dag van de tafel bepaalt "
        "het schooljaar. Wie aan twee tafels was, telt één keer.",
        "tafel",
    ),
    persons(
        "bereikt",
        "Jeugdigen bereikt",
        "Bereikt",
        "Met de jeugdige of de ouders is in dit schooljaar gesproken: bij het eerste contact, in een interview of bij "
        "een terugkoppeling. Of de jeugdige stuurde een stem. De dag daarvan bepaalt het schooljaar.",
        "bereikt",
    ),
    persons(
        "ontwikkeling",
        "Jeugdigen bij wie er al ontwikkeling was",
        "Al ontwik\u00adkeling",
        "In de Reis staat ‘ja’ bij ‘ontwikkeling die er al is, erkend’. De dag die daarbij staat bepaalt het "
        "schooljaar. Staat er geen dag, dan telt de dag waarop de Reis het laatst is bewaard.",
        "ontwikkeling",
    ),
    persons(
        "beweging",
        "Jeugdigen met nieuwe beweging",
        "Nieuwe beweging",
        "In de Reis staat ‘ja’ bij ‘nieuwe beweging’. De dag die daarbij staat bepaalt het schooljaar. Staat er geen "
        "dag, dan telt de dag waarop de Reis het laatst is bewaard.",
        "beweging",
    ),
    persons(
        "reizen",
        "Reizen compleet",
        "Reis compleet",
        "Jeugdigen die in dit schooljaar in beeld waren, en van wie de Reis nu compleet is: wensdroom, samenwerking, "
        "plan, middelen en mogelijkheden, en afstand tot onderwijs bij de start en nu.",
        "reis",
    ),
    Counter(
        "interviews",
        "Waarderende interviews",
        "Elk interview in dit schooljaar telt, ook een tweede met dezelfde jeugdige. De dag van het interview bepaalt "
        "het schooljaar.",
        "interview",
        unit=("interview", "interviews"),
    ),
    Counter(
        "tafels",
        "WEL-tafels",
        "Elke keer dat één jeugdige in dit schooljaar aan tafel is besproken. Twee jeugdigen op één dag zijn twee "
        "tafels. ‘Tweede of volgende’ is een tafel voor wie eerder aan tafel was. De dag van de tafel bepaalt het "
        "schooljaar.",
        "tafel",
        unit=("tafel", "tafels"),
        kinds=(("eerste", "Eerste tafel"), ("vervolg", "Tweede of volgende tafel")),
    ),
    Counter(
        "acties",
        "Acties gedaan binnen hun termijn",
        "Acties van een tafel die klaar waren op het moment van hun termijn, of eerder. Daarnaast staat van hoeveel: "
        "alle acties die klaar zijn of waarvan de termijn voorbij is. De dag van de termijn bepaalt het schooljaar. "
        "‘Liep anders’ telt niet als gedaan.",
        "actie",
        unit=("actie", "acties"),
        counts="op_tijd",
        of="acties",
    ),
    Counter(
        "terugkoppeling",
        "Terugkoppeling binnen 7 dagen",
        "Terugkoppelingen aan de jongere, uiterlijk op de zevende dag na de tafel. Daarnaast staat van hoeveel: alle "
        "terugkoppelingen die gegeven zijn of waarvan de zevende dag voorbij is. De dag van de tafel bepaalt het "
        "schooljaar.",
        "terugkoppeling",
        unit=("terugkoppeling", "terugkoppelingen"),
        counts="op_tijd",
        of="terugkoppelingen",
    ),
    Counter(
        "knelpunten",
        "Knelpunten",
        "Wat er in dit schooljaar is opgeschreven bij ‘Waar wringt het’, met de stap waar het nu is. De dag van "
        "opschrijven bepaalt het schooljaar. Een knelpunt is van een SWV: een gemeente kiezen verandert dit niet.",
        OBSTACLE,
        unit=("knelpunt", "knelpunten"),
        kinds=(
            ("verzameld", "Verzameld"),
            ("onderzocht", "Onderzocht"),
            ("geadresseerd", "Geadresseerd"),
            ("antwoord", "Antwoord gekregen"),
            ("opgelost", "Opgelost"),
            ("niet", "Niet op te lossen"),
        ),
    ),
)
BY_KEY = {counter.key: counter for counter in COUNTERS}
OF_PERSONS = tuple(counter for counter in COUNTERS if counter.is_persons)
# What the tiles say: the three that the programme counts (domain 3.3), and how many they are part of.
TILES = ("in-beeld", "in-gesprek", "besproken", "bereikt", "ontwikkeling", "beweging")
