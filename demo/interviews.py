"""Invented waarderende interviews: what was said, a few quotes, and reasons with a yes of their own."""

from dataclasses import dataclass

from cases.actions.interview import add_answer, hold_interview
from cases.models import Interview, QuestionList
from cases.reasons import save_reasons

INTERVIEWER = "interviewer"
YOUTH, PARENT, PROFESSIONAL = "jeugdige", "ouder", "professional"
CONTENT, PROCESS, ATTITUDE = "inhoud", "proces", "houding"


@dataclass(frozen=True)
class Said:
    number: int  # of the question in the first version
    who: str
    text: str
    theme: str = ""
    level: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Talk:
    days: int  # before today
    by: str
    place: str
    people: tuple[str, ...]
    said: tuple[Said, ...] = ()
    is_trained: bool = True


# By the first name of the jeugdige.
TALKS = {
    "Ploon": (
        Talk(
            280,
            "eigenaar",
            "thuis, in de tuin",
            (YOUTH, PARENT),
            (
                Said(
                    1,
                    PARENT,
                    "Het was een opluchting. Eindelijk hoefde niemand meer te vechten om de ochtend.",
                    ATTITUDE,
                    "ouder",
                ),
                Said(
                    1,
                    YOUTH,
                    "Ik vind het wel stil. Maar ik hoor de vogels nu beter.",
                    CONTENT,
                    "kind",
                    quote="Ik hoor de vogels nu beter.",
                ),
                Said(
                    2, PARENT, "Rekenen, schrijven, tekenen. Alles wat met vogels kan, gaat vanzelf.", CONTENT, "kind"
                ),
                Said(3, PARENT, "Dat de buurvrouw vroeg wat je zag, en niet waarom je thuis was.", ATTITUDE, "ouder"),
                Said(
                    5,
                    YOUTH,
                    "Als er een soort is die ik nog niet had.",
                    CONTENT,
                    "kind",
                    quote="Als er een soort is die ik nog niet had.",
                ),
                Said(6, YOUTH, "Een boek met alle vogels van onze straat.", CONTENT, "kind"),
                Said(8, PARENT, "Leren bij mensen die er ook gek op zijn. Een ochtend is al veel.", PROCESS, "swv"),
                Said(10, PARENT, "Elke organisatie begint weer met een formulier.", PROCESS, "systeem"),
                Said(11, YOUTH, "Dat je mijn schrift helemaal hebt gelezen.", ATTITUDE, "professional"),
            ),
        ),
        Talk(
            40,
            INTERVIEWER,
            "in het park",
            (PROFESSIONAL,),
            (
                Said(
                    2,
                    PROFESSIONAL,
                    "De telling van dinsdag staat nu in een echt overzicht. Dat heeft de jongere zelf gemaakt.",
                    CONTENT,
                    "kind",
                ),
                Said(
                    12, PROFESSIONAL, "Eerst een maand meelopen, en dan pas iets voorstellen.", ATTITUDE, "professional"
                ),
            ),
        ),
    ),
    "Dorus": (
        Talk(
            320,
            "coordinator.noord",
            "aan de bakplank",
            (YOUTH,),
            (
                Said(2, YOUTH, "Brood. En taart, maar die is te zoet.", CONTENT, "kind"),
                Said(7, YOUTH, "Dat iemand voordoet en dan even weggaat.", PROCESS, "professional"),
            ),
            is_trained=False,
        ),
    ),
    "Sietsje": (
        Talk(
            52,
            "eigenaar",
            "op een bankje",
            (YOUTH, PARENT),
            (
                Said(2, YOUTH, "Ik schrijf op de achterkant van bonnetjes. Dan past het precies.", CONTENT, "kind"),
                Said(4, PARENT, "Voorlezen. Dat wilde ze nooit overslaan.", CONTENT, "ouder"),
            ),
        ),
    ),
    "Tooske": (
        Talk(
            330,
            "coordinator.zuid",
            "op het erf",
            (YOUTH, PARENT),
            (
                Said(
                    5,
                    YOUTH,
                    "Als de hond kijkt of het goed is.",
                    ATTITUDE,
                    "kind",
                    quote="Als de hond kijkt of het goed is.",
                ),
                Said(9, YOUTH, "De buurvrouw. Die kan fluiten.", PROCESS, "kind"),
                Said(10, PARENT, "Het geluid van de bel hoorde ze thuis nog.", CONTENT, "swv"),
            ),
        ),
    ),
    "Sterre": (Talk(20, "coordinator.zuid", "op een schoolplein", (YOUTH,), (Said(1, YOUTH, "Ik mis de pauzes."),)),),
}
REASONS = {"Ploon": ("ass", "hoogbegaafd"), "Dorus": ("angst",)}


def tell(playing, cast, cases, days_ago):
    """Who talked writes it down; `cases` by first name, as (case, team)."""
    for first, talks in TALKS.items():
        case, _ = cases[first]
        for talk in talks:
            with playing(cast, talk.by) as user:
                _hold(case, talk, user, days_ago)
    for first, kinds in REASONS.items():
        with playing(cast, INTERVIEWER):
            save_reasons(cases[first][0], kinds, seen=[])


def _hold(case, talk, user, days_ago):
    today = days_ago(0)
    first = QuestionList.objects.of(QuestionList.Kind.INTERVIEW).published().last()
    values = {field: perspective in talk.people for perspective, field in Interview.PRESENT.items()}
    values |= {
        "held_on": days_ago(talk.days),
        "place": talk.place,
        "interviewer": user,
        "is_trained": talk.is_trained,
        "question_list": first,
    }
    interview = hold_interview(case=case, values=values, by=user, today=today)
    questions = {question.position: question for question in first.questions.all()}
    for said in talk.said:
        add_answer(
            interview=interview,
            question=questions[said.number],
            values={"perspective": said.who, "text": said.text, "theme": said.theme, "level": said.level},
            quote=said.quote,
            by=user,
            today=today,
        )
