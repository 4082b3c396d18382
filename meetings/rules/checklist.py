"""The checklist of success factors from the handreiking (R6.6), in its five groups; a key is never used again."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    items: tuple[tuple[str, str], ...]

    @property
    def remark(self):
        """The column of its remarks."""
        return f"{self.key}_remark"


GROUPS = (
    Group(
        "preparation",
        "Voorbereiding",
        (
            ("informatie", "De informatie is er, compleet en actueel"),
            ("analyse", "Er is een verklarende analyse, met perspectief voor jongere en gezin"),
            ("tijdlijn", "Er is een tijdlijn: mijlpalen, partijen en alles wat al is geprobeerd"),
            ("dossier", "Het dossier is actueel, voor zover het nodig is"),
            ("indicatie", "Bekend is welke indicatie er is, voor onderwijs en voor zorg"),
            ("systeem", "Er is informatie over het gezin en de mensen eromheen"),
        ),
    ),
    Group(
        "people",
        "Wie",
        (
            ("multidisciplinair", "De mensen aan tafel passen bij de vraag, uit verschillende vakken"),
            ("mandaat", "Zij hebben ervaring en mandaat"),
            ("omdenker", "Er is iemand die buiten de lijntjes denkt"),
            ("buitenstaander", "Er is een buitenstaander bij"),
            ("netwerk", "Er is iemand die het netwerk in de regio kent"),
            (
                "kernteam",
                "Er is een klein kernteam met voorzitter en ondersteuning, en vaste deelnemers zoals leerplicht",
            ),
        ),
    ),
    Group(
        "lead",
        "Regie",
        (
            ("casusregie", "Er is een casusregisseur, iemand anders dan de ouders"),
            ("procesregie", "Besproken is of er een procesregisseur nodig is"),
            ("belangen", "De belangen zijn duidelijk"),
        ),
    ),
    Group(
        "mandate",
        "Advies en mandaat",
        (
            ("uitvoering", "Afgesproken is dat het advies wordt uitgevoerd"),
            ("bestuur", "De besturen staan erachter"),
            ("opschaling", "Er is een route om op te schalen"),
        ),
    ),
    Group(
        "learning",
        "Leren",
        (
            ("reflectie", "Afgesproken is hoe we terugkijken op deze vraag"),
            ("rode_draden", "We leggen vast wat vaker terugkomt, als rode draad"),
            ("delen", "We delen wat we leren met andere regio’s"),
            ("verbeteren", "We gebruiken het om zelf beter te worden"),
        ),
    ),
)
ITEMS = tuple(key for group in GROUPS for key, _ in group.items)
