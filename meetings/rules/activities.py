"""The kinds of activity in the register (R15.1, domain 1.4), how they go together, and what each of them can hold."""

from django.db.models import TextChoices

from meetings.rules.kinds import Kind


class ActivityKind(TextChoices):
    # The same words as the kinds of meeting: what a WEL-team held counts here without being typed in again.
    EXPLORING = Kind.EXPLORING.value, "Verkennend gesprek"
    START = Kind.WORKSHOP.value, "Werkatelier"
    TRAVEL_AGENCY = Kind.TRAVEL_AGENCY.value, "Reisbureau"
    EXPERTS = Kind.EXPERTS.value, "Expertsessie"
    OUTCOMES = Kind.OUTCOMES.value, "Deelbijeenkomst opbrengsten"
    OTHER_TALK = "gesprek", "Training ‘Het andere gesprek’"
    APPRECIATIVE = "waarderend", "Waarderende workshop"
    JOURNEY = "reis", "Workshop ‘De Reis van de Jeugdige’"
    TALK_ALONG = "meepraten", "Bij- en meepraatsessie"
    HANDY = "handig", "Handig!-sessie"
    ZIEZON = "ziezon", "Workshop ZIEZON"
    MASTERCLASS = "masterclass", "Masterclass"
    CONSULTING = "spreekuur", "Digitaal spreekuur"
    OTHER = "anders", "Anders"
    NEWSLETTER = "nieuwsbrief", "Nieuwsbrief"
    POSTER = "praatplaat", "Praatplaat"


# The second are the six kinds that the source adds up: 37 sessions, 375 participants.
GROUPS = (
    (
        "In de regio",
        (
            ActivityKind.EXPLORING,
            ActivityKind.START,
            ActivityKind.TRAVEL_AGENCY,
            ActivityKind.EXPERTS,
            ActivityKind.OUTCOMES,
        ),
    ),
    (
        "Trainingen, workshops en sessies",
        (
            ActivityKind.OTHER_TALK,
            ActivityKind.APPRECIATIVE,
            ActivityKind.JOURNEY,
            ActivityKind.TALK_ALONG,
            ActivityKind.HANDY,
            ActivityKind.ZIEZON,
        ),
    ),
    ("Verder", (ActivityKind.MASTERCLASS, ActivityKind.CONSULTING, ActivityKind.OTHER)),
)
# Nobody comes to these: they have readers.
TO_READ = (ActivityKind.NEWSLETTER, ActivityKind.POSTER)
CHOICES = [
    *((title, [(kind.value, kind.label) for kind in kinds]) for title, kinds in GROUPS),
    ("Om te lezen", [(kind.value, kind.label) for kind in TO_READ]),
]
# Who followed these may do what (R15.2, R4.1).
MAKES = {ActivityKind.OTHER_TALK: "interviewer", ActivityKind.JOURNEY: "reisleider"}
# Domain 4.1: what a werkatelier asks, before a region can begin with jeugdigen.
FOUR_QUESTIONS = {
    "stand_for": "Waar staan we voor?",
    "to_do": "Wat moeten we gaan doen?",
    "right_people": "Hebben we de juiste mensen aan tafel?",
    "same_way": "Staan alle neuzen dezelfde kant op?",
}


def counts_when_held(kind):
    """Whether a meeting of this kind that was held is an activity too."""
    return kind in ActivityKind.values
