"""The kinds of meeting (R7.1), and which of them may be about a jeugdige."""

from django.db.models import TextChoices


class Kind(TextChoices):
    TABLE = "tafel", "WEL-tafel"
    SECOND_TABLE = "tweede", "Tweede WEL-tafel"
    TRAVEL_AGENCY = "reisbureau", "Reisbureau"
    HOME_VISIT = "huisbezoek", "Huisbezoek"
    PARENTS = "ouders", "Oudergesprek"
    EXPLORING = "verkennend", "Verkennend gesprek"
    WORKSHOP = "atelier", "Werkatelier"
    MORAL = "moreel", "Moreel beraad"
    EXPERTS = "expert", "Expertsessie"
    CORE_TEAM = "kernteam", "Kernteamoverleg"
    OUTCOMES = "opbrengst", "Deelbijeenkomst opbrengsten"


TABLES = (Kind.TABLE, Kind.SECOND_TABLE)
# These are about one or more jeugdigen. All others are between professionals: no jeugdige stands in them, and a moreel
# beraad has a card of its own, apart from the case (R8.4).
ABOUT_CASES = (*TABLES, Kind.TRAVEL_AGENCY, Kind.HOME_VISIT, Kind.PARENTS)


def holds_cases(kind):
    return kind in ABOUT_CASES
