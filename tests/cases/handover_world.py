"""A jeugdige of Groningen and PO2001 with all that hangs on it, about to go to Emmen and PO2202."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from access.context import acting_as
from cases import handovers
from cases.actions.consent import record_consent
from cases.models import Case, Handover, LogEntry
from cases.models.case import member_case_ids
from regions.models import Role, forget_grants
from tests import factories
from tests.database import as_owner
from tests.interviews import allow, interview_of

DREAM = "Pippeloentje wil een eigen bakkerij."


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


@dataclass
class Sides:
    case: object
    leerplicht: object
    coordinator: object
    owner: object
    verbinder: object
    contact: object
    new_leerplicht: object
    new_coordinator: object
    new_contact: object
    subsidy: object
    new_subsidy: object


def make_sides(**to):
    """Shared, counted, paid for, with a name let in and a verbinder at work."""
    case = factories.CaseFactory(
        shared_until=day(60), strengths="Pippeloentje leest graag.", next_step="Kijken bij de bakker."
    )
    factories.IdentityFactory(case=case)
    leerplicht, coordinator = factories.leerplicht(), factories.coordinator()
    contact = factories.swv_contact()
    owner = factories.CaseMemberFactory(case=case, starts_on=day(-30)).user
    verbinder = factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv()).user
    factories.ConnectionFactory(case=case, connector=verbinder, recorded_by=coordinator)
    factories.IdentityGrantFactory(case=case, user=coordinator, granted_by=leerplicht, until=day(30))
    for person in ("jeugdige", "ouder_1"):
        factories.ConsentFactory(
            case=case, person=person, recorded_by=leerplicht, expires_on=day(60), answered_on=day(-40)
        )
    factories.JourneyFactory(case=case, wensdroom=DREAM)
    factories.StopFactory(case=case)
    factories.LogEntryFactory(case=case, author=owner)
    factories.LegalStatusFactory(case=case, stated_by=leerplicht)
    factories.ContactAttemptFactory(case=case, contact_by=leerplicht)
    factories.DocumentFactory(case=case, author=owner)
    subsidy = factories.SubsidyFactory(amount=500)
    factories.InclusionFactory(case=case, subsidy=subsidy, reason="Pippeloentje wil zo graag.")
    factories.CostLineFactory(
        case=case,
        subsidy=subsidy,
        decision="akkoord",
        amount="100.00",
        description="Bakspullen voor Pippeloentje",
        entered_by=owner,
    )
    factories.HoursLineFactory(case=case, hours="3.00", entered_by=owner)
    _write_the_rest(case, owner)
    return Sides(
        case=case,
        leerplicht=leerplicht,
        coordinator=coordinator,
        owner=owner,
        verbinder=verbinder,
        contact=contact,
        new_leerplicht=factories.leerplicht("Emmen"),
        new_coordinator=factories.coordinator("PO2202"),
        new_contact=factories.swv_contact("PO2202"),
        subsidy=subsidy,
        new_subsidy=factories.SubsidyFactory(swv=factories.swv("PO2202"), amount=500),
    )


def _write_the_rest(case, owner):
    """One row of each part that has nothing of its own to check here."""
    with as_owner():
        entry = LogEntry.objects.unscoped().filter(case=case).first()
    factories.LogEntryVersionFactory(case=case, entry=entry)
    factories.DraftFactory(case=case, author=owner)
    consent = allow(case, quotes=30, reasons=30)
    interview_of(case, recorded_by=owner)
    factories.CaseReasonFactory(case=case, reasons_until=consent.reasons_until)
    for part in ("Authority", "TableWish", "RemovalDecision", "FollowEvent", "FollowUp", "Closing", "ObstacleLink"):
        getattr(factories, f"{part}Factory")(case=case)
    for part in ("Intake", "Bringing", "Checklist", "HomeVisit", "NoVoice"):
        getattr(factories, f"{part}Factory")(case=case, updated_by=owner)
    link = factories.VoiceLinkFactory(case=case, sent_at=timezone.now())
    factories.VoiceAnswerFactory(link=link, may_table_read=True)
    factories.VoiceDrawingFactory(link=link, may_table_read=True)
    item = factories.AgendaItemFactory(case=case)
    for part in ("Participant", "Action", "TableNote", "TableReport", "Feedback", "AdviceReview"):
        getattr(factories, f"{part}Factory")(item=item)
    factories.ReportReaderFactory(item=factories.AgendaItemFactory(case=case))
    factories.TableReflectionFactory(participant__item=item)
    factories.StoryFactory(case=case, author=owner)
    factories.CompanionFactory(case=case)
    factories.ReflectionFactory(case=case, author=owner)


TO = {"gemeente": "Emmen", "swv": "PO2202"}


def ask(sides, *, by=None, gemeente="Emmen", swv="PO2202", shows=("wensdroom", "goed")):
    with acting_as(by or sides.leerplicht):
        return handovers.ask(
            case=sides.case,
            gemeente=factories.gemeente(gemeente),
            swv=factories.swv(swv),
            reason="verhuisd",
            moved_on=day(-3),
            talk_on=day(5),
            message="Begin met een wandeling.",
            shows=shows,
        )


def say(sides, answer="gegeven", persons=("jeugdige", "ouder_1"), by=None):
    """What youth and parent say about the handover."""
    by = by or sides.leerplicht
    with acting_as(by):
        record_consent(
            case=Case.objects.known_to(by).get(pk=sides.case.pk),
            persons=persons,
            by=by,
            born_on=day(-4600),
            today=day(),
            purpose="overdracht",
            answer=answer,
            answered_on=day(),
            how="mondeling" if answer == "gegeven" else "",
        )


def offered(sides, **to):
    pk = ask(sides, **to)
    say(sides)
    with acting_as(sides.leerplicht):
        assert handovers.offer(handovers.handover_of(pk)) == "vastgelegd"
    return pk


def accept(sides, pk, *, by=None, owner=None, version=2):
    by = by or sides.new_leerplicht
    with acting_as(by):
        return handovers.accept(pk, version=version, owner=owner or by)


def stored(pk):
    with as_owner():
        return Handover.objects.select_related("case").get(pk=pk)


def fresh(user):
    """Somebody at a next request, without what was remembered of the one before."""
    forget_grants(user)
    user.__dict__.pop("_member_cases", None)
    return user


def reaches(user, case):
    """Whether this person can open the case, by the code and by the database alone."""
    with acting_as(fresh(user)):
        return (
            Case.objects.visible_to(user).filter(pk=case.pk).exists(),
            Case.objects.unscoped().filter(pk=case.pk).exists(),
            case.pk in member_case_ids(user),
        )
