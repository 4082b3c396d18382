"""Invented people around a jeugdige: an eigenaar who stops, a verbinder at work, and handovers on their way."""

from cases import handovers
from cases.actions.connection import seek_contact
from cases.actions.consent import deciders_of
from cases.actions.members import leave_case
from cases.identity import identities
from cases.models import Case, Consent
from regions.models import Gemeente, Samenwerkingsverband

STOPS = ("Zilver", "eigenaar")
LOST = ("Wobke", "coordinator.noord", "eigenaar")
# By first name: who asks, where to, and the message.
OFFERED = (
    "Loek", "leerplicht.groningen", "Borger-Odoorn", "PO2202",
    "De familie woont nu bij opa. De jongere kent de weg naar het bos al. Begin buiten. Aan tafel komt later.",
)  # fmt: skip
REFUSED = (
    "Tjibbe", "leerplicht.groningen", "Emmen", "PO2202",
    "De familie zoekt een huis in Emmen. De jongere wil graag bij de dierentuin kijken.",
)  # fmt: skip
WAITING = (
    "Heije", "coordinator.zuid", "Groningen", "PO2001",
    "De jongere woont nu in de stad. De muziekles kan daar doorgaan.",
)  # fmt: skip


def tell(playing, cast, cases, today, ago):
    """By ordinary actions. `cases` holds (case, team) by first name; `ago(days)` is a day before today."""

    def case_of(first):
        return cases[first][0]

    first, owner = STOPS
    with playing(cast, owner):
        leave_case(case=case_of(first), on=ago(-20), reason="werk", note="Ik ga in een andere regio werken.")
    first, team, verbinder = LOST
    with playing(cast, team) as user:
        seek_contact(
            case=case_of(first),
            by=user,
            broken_on=ago(40),
            story="De telefoon werd niet meer opgenomen, en de deur bleef dicht.",
            connector=cast[verbinder],
            starts_on=ago(12),
            task="Een kaart schrijven, en vragen of een wandeling kan.",
            agreed_on=today,
        )
    for told in (OFFERED, REFUSED, WAITING):
        first, asker, gemeente, swv, message = told
        with playing(cast, asker):
            pk = handovers.ask(
                case=case_of(first),
                gemeente=Gemeente.objects.get(name=gemeente),
                swv=Samenwerkingsverband.objects.get(key=swv),
                reason="verhuisd",
                moved_on=ago(9),
                talk_on=ago(-6),
                message=message,
                shows=["wensdroom", "goed", "stap"],
            )
        if told is not WAITING:
            with playing(cast, asker) as user:
                _consent(pk, case_of(first), user, today)
    with playing(cast, "leerplicht.regio"):
        [offered] = handovers.handovers(case=case_of(REFUSED[0]))
        handovers.refuse(offered.id, version=offered.version, reason="Het huis in Emmen gaat niet door.")


def _consent(pk, case, user, today):
    handover = handovers.handover_of(pk)
    case = Case.objects.known_to(user).get(pk=case.pk)
    born_on = identities([case.pk], "toestemming")[case.pk].born_on
    handovers.record_answer(
        handover=handover,
        case=case,
        by=user,
        born_on=born_on,
        today=today,
        persons=deciders_of(case, born_on, today),
        answer=Consent.Answer.GIVEN,
        answered_on=today,
        how=Consent.How.SPOKEN,
    )
    handovers.offer(handover)
