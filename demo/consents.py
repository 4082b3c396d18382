"""Invented wishes for the table, and one youth for whom the parents decide; through the ordinary actions."""

from dataclasses import dataclass
from datetime import timedelta

from cases.actions.consent import default_expiry, record_consent, save_authority
from cases.actions.table_wish import add_wish
from cases.identity import identities
from cases.models import Case, Consent
from cases.papers import FORM_VERSION

YOUTH, PARENT = Consent.Person.YOUTH, Consent.Person.PARENT


@dataclass(frozen=True)
class Wish:
    first: str  # of the youth
    party: str
    wish: str
    said_by: str
    days: int  # ago


WISHES = (
    Wish("Ploon", "Buurvrouw met de kippen (verzonnen)", "ja", PARENT, 40),
    Wish("Ploon", "Begeleider van de werkplek (verzonnen)", "ja", PARENT, 40),
    Wish("Ploon", "Iemand van de vorige school", "nee", PARENT, 40),
    Wish("Marvik", "Neef die bakker is (verzonnen)", "ja", YOUTH, 30),
    Wish("Marvik", "De jeugdarts", "nee", YOUTH, 30),
    Wish("Marvik", "De jeugdarts", "ja", PARENT, 28),
    Wish("Jente", "Oma (verzonnen)", "ja", YOUTH, 12),
)
# Sixteen, and the parents decide.
DECIDED_FOR = ("Brecht", "begrijpt nog niet wat delen met een team betekent", "Verzonnen Voorbeeld, orthopedagoog")


def tell(playing, cast, cases, today):
    """`cases`: the case and the team of each youth, by first name."""
    for wish in WISHES:
        case, team = cases[wish.first]
        with playing(cast, team) as user:
            values = {"party": wish.party, "wish": wish.wish, "said_by": wish.said_by}
            add_wish(case=_fresh(case, user), by=user, values=values | {"said_on": today - timedelta(days=wish.days)})
    first, reason, name = DECIDED_FOR
    case, _ = cases[first]
    with playing(cast, "leerplicht.groningen") as user:
        case = _fresh(case, user)
        born_on = identities([case.pk], "toestemming")[case.pk].born_on
        save_authority(
            case=case,
            version=case.version,
            by=user,
            born_on=born_on,
            today=today,
            parents_with_authority=1,
            checked_how="gezagsregister",
            cannot_judge_reason=reason,
            cannot_judge_by=name,
        )
        record_consent(
            case=case,
            persons=[PARENT],
            by=user,
            born_on=born_on,
            today=today,
            purpose=Consent.Purpose.SHARE,
            answer=Consent.Answer.GIVEN,
            answered_on=today,
            expires_on=default_expiry(today),
            how=Consent.How.PAPER,
            form_version=FORM_VERSION,
        )


def _fresh(case, user):
    """As it is now, for it was shared since."""
    return Case.objects.editable_by(user).get(pk=case.pk)
