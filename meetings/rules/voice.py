"""The eight questions of the stem van de jongere (R6.4), in the words that a youth reads."""

from dataclasses import dataclass
from datetime import timedelta

VALID_DAYS = 30
MOST_CHARACTERS = 2000


@dataclass(frozen=True)
class Question:
    number: int
    key: str
    text: str
    hint: str = ""
    choices: tuple = ()  # (value, word)
    icons: tuple = ()  # of each choice, in the sprite
    words: str = ""  # label of the text field; "" where only a choice is asked
    rows: int = 5

    def choice_word(self, value):
        return dict(self.choices).get(value, "")


HOW_IT_GOES = (
    ("heel_slecht", "Heel slecht"),
    ("niet_goed", "Niet zo goed"),
    ("gaat_wel", "Gaat wel"),
    ("goed", "Goed"),
    ("heel_goed", "Heel goed"),
)
WEATHER = ("weer-onweer", "weer-regen", "weer-bewolkt", "weer-halfzon", "weer-zon")
TAKING_PART = (
    ("erbij", "Ik ben erbij"),
    ("online", "Online"),
    ("iemand", "Iemand praat voor mij"),
    ("daarna", "Ik hoor het daarna"),
)

QUESTIONS = (
    Question(
        1,
        "naam",
        "Hoe wil je dat we je noemen?",
        "Je mag er ook bij zetten of we hij, zij of hen zeggen.",
        words="Jouw antwoord",
        rows=2,
    ),
    Question(
        2,
        "gaat",
        "Hoe gaat het nu met je?",
        "Kies wat het best past. Er is geen fout antwoord.",
        choices=HOW_IT_GOES,
        icons=WEATHER,
    ),
    Question(3, "blij", "Waar word je blij van?", words="Jouw antwoord"),
    Question(4, "droom", "Wat is je wensdroom?", "Als alles mag en alles kan.", words="Jouw antwoord"),
    Question(5, "goed", "Wat gaat al goed, of wat kun je goed?", "Klein telt ook.", words="Jouw antwoord"),
    Question(6, "lastig", "Wat maakt het soms lastig?", "Alleen als je dat wilt vertellen.", words="Jouw antwoord"),
    Question(
        7,
        "wie",
        "Wie wil je erbij?",
        "Iemand van thuis, een vriend, je oom, een oude juf. Je mag ook zeggen wie je er niet bij wilt.",
        words="Jouw antwoord",
    ),
    Question(
        8,
        "meedoen",
        "Hoe wil je meedoen?",
        "Niets moet. Je mag later nog iets anders kiezen.",
        choices=TAKING_PART,
        words="Waar praten we het fijnst? En wat zetten we klaar om te eten of te drinken?",
        rows=3,
    ),
)
BY_KEY = {question.key: question for question in QUESTIONS}
LAST = len(QUESTIONS)


def question_at(number):
    """None for a number that no question has."""
    return QUESTIONS[number - 1] if 1 <= number <= LAST else None


def next_number(answered):
    """Where somebody goes on who comes back: after the last question with an answer; None when that was the last."""
    last = max((question.number for question in QUESTIONS if question.key in answered), default=0)
    return last + 1 if last < LAST else None


def expires_on(today):
    return today + timedelta(days=VALID_DAYS)


def last_day(expires, closes_on):
    """Until when a youth may change something: the link ends, or before that the table begins."""
    return min(expires, closes_on) if closes_on else expires
