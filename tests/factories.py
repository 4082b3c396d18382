"""Rows that are valid and dull; written as the owner of the tables, so that no policy stands in the way of a fixture."""

import uuid
from datetime import date, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from access.models import User
from cases.actions.inzet import scope_without_case
from cases.models import (
    Agreement,
    Answer,
    Authority,
    BankEntry,
    Case,
    CaseMember,
    CaseReason,
    Closing,
    Companion,
    Connection,
    Consent,
    ContactAttempt,
    CostLine,
    Document,
    Draft,
    FollowEvent,
    FollowUp,
    Handover,
    HoursLine,
    Identity,
    IdentityGrant,
    Inclusion,
    Interview,
    InterviewConsent,
    Journey,
    LegalStatus,
    LogEntry,
    LogEntryVersion,
    Obstacle,
    ObstacleLink,
    PossibleDouble,
    Quote,
    Reflection,
    RemovalDecision,
    Solution,
    Stop,
    Story,
    TableWish,
    scope_of,
)
from cases.models.document import document_storage
from regions.actions import renew_grants
from regions.models import Gemeente, Membership, Role, Samenwerkingsverband, Subsidy
from reporting.models import AccountabilityReport
from tests.database import as_owner

PASSWORD = "een-lang-wachtwoord"


def swv(key="PO2001"):
    return Samenwerkingsverband.objects.get(key=key)


def gemeente(name="Groningen"):
    return Gemeente.objects.get(name=name)


class OwnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            return super()._create(model_class, *args, **kwargs)


class UserFactory(OwnerFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"medewerker{n}@voorbeeld.test")
    name = factory.Sequence(lambda n: f"Medewerker Nummer{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            return model_class.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)


class MembershipFactory(OwnerFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    starts_on = factory.LazyFunction(timezone.localdate)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            membership = model_class.objects.create(**kwargs)
            renew_grants(membership.user)
        return membership


def leerplicht(name="Groningen", **fields):
    """A leerplichtambtenaar of one gemeente."""
    return MembershipFactory(role=Role.LEERPLICHT, gemeente=gemeente(name), **fields).user


def coordinator(key="PO2001", **fields):
    return MembershipFactory(role=Role.COORDINATOR, swv=swv(key), **fields).user


def interviewer(key="PO2001", **fields):
    """A coördinator who may also see reasons."""
    return MembershipFactory(role=Role.INTERVIEWER, swv=swv(key), user=coordinator(key), **fields).user


def swv_contact(key="PO2001", **fields):
    return MembershipFactory(role=Role.SWV_CONTACT, swv=swv(key), **fields).user


def national(role, **fields):
    """Project staff, FG or beheer."""
    return MembershipFactory(role=role, **fields).user


class CaseFactory(OwnerFactory):
    """A jeugdige in Groningen, PO2001, not shared unless `shared_until` is given."""

    class Meta:
        model = Case

    gemeente = factory.LazyFunction(gemeente)
    swv = factory.LazyFunction(swv)
    birth_year = 2014
    birth_month = 3
    parents_with_authority = 1  # put on record, so that the yes of one parent is enough
    situation = Case.Situation.ABSENT
    registered_by = factory.SubFactory(UserFactory)


class PartFactory(OwnerFactory):
    class Meta:
        abstract = True

    case = factory.SubFactory(CaseFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return super()._create(model_class, *args, **{**kwargs, **scope_of(kwargs["case"])})


class IdentityFactory(OwnerFactory):
    class Meta:
        model = Identity

    case = factory.SubFactory(CaseFactory)
    first_name = "Pippeloentje"
    last_name = "Verzonnen"
    born_on = "2014-03-14"
    parent_name = "Ouder Verzonnen"
    contact = "0612345678"


class PossibleDoubleFactory(OwnerFactory):
    """Say which two: `PossibleDoubleFactory(cases=[own, elsewhere])`."""

    class Meta:
        model = PossibleDouble

    found_on = factory.LazyFunction(timezone.localdate)

    @classmethod
    def _create(cls, model_class, *args, cases, **kwargs):
        older, newer = sorted(cases, key=lambda case: case.pk)
        sides = {"older": older, "older_swv": older.swv, "newer": newer, "newer_swv": newer.swv}
        return super()._create(model_class, *args, **sides, **kwargs)


class CaseMemberFactory(PartFactory):
    """Somebody without any werkplek gets one in the SWV of the case: nobody is near a case without working there."""

    class Meta:
        model = CaseMember

    user = factory.SubFactory(UserFactory)
    role = CaseMember.Role.OWNER

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            works = Membership.objects.filter(user=kwargs["user"]).exists()
        if not works:
            MembershipFactory(role=Role.CASEWORKER, swv=kwargs["case"].swv, user=kwargs["user"])
        return super()._create(model_class, *args, **kwargs)


class ConsentFactory(PartFactory):
    class Meta:
        model = Consent

    purpose = Consent.Purpose.SHARE
    person = Consent.Person.PARENT
    answer = Consent.Answer.GIVEN
    recorded_by = factory.SubFactory(UserFactory)


class IdentityGrantFactory(PartFactory):
    class Meta:
        model = IdentityGrant

    user = factory.SubFactory(UserFactory)
    purpose = "contact met ouders"
    until = factory.LazyFunction(timezone.localdate)
    granted_by = factory.SubFactory(UserFactory)


class JourneyFactory(PartFactory):
    class Meta:
        model = Journey


class StopFactory(PartFactory):
    class Meta:
        model = Stop

    position = factory.Sequence(lambda n: n + 1)
    title = "Keuken van oom"


class CompanionFactory(PartFactory):
    class Meta:
        model = Companion

    who = "oom"
    circle = Companion.Circle.NEAR


class ReflectionFactory(PartFactory):
    class Meta:
        model = Reflection

    author = factory.SubFactory(UserFactory)
    voice = Reflection.Voice.YOUTH
    text = "Het mag langzaam."


class LogEntryFactory(PartFactory):
    class Meta:
        model = LogEntry

    author = factory.SubFactory(UserFactory)
    kind = LogEntry.Kind.TALK
    text = "We maakten kennis."


class SubsidyFactory(OwnerFactory):
    class Meta:
        model = Subsidy

    swv = factory.LazyFunction(swv)
    round = Subsidy.Round.ONE


class InclusionFactory(PartFactory):
    class Meta:
        model = Inclusion

    subsidy = factory.SubFactory(SubsidyFactory)
    situation = Case.Situation.ABSENT
    outcome = "absoluut verzuim"
    is_eligible = True
    included_by = factory.SubFactory(UserFactory)


class AccountabilityReportFactory(OwnerFactory):
    class Meta:
        model = AccountabilityReport

    swv = factory.LazyFunction(swv)
    school_year = "2024-2025"
    version = 1
    made_by = factory.SubFactory(UserFactory)


class LegalStatusFactory(PartFactory):
    """A temporary exemption of the school year 2025-2026, without a plan."""

    class Meta:
        model = LegalStatus

    kind = LegalStatus.Kind.EXEMPT
    duration = LegalStatus.Duration.TEMPORARY
    starts_on = date(2025, 8, 1)
    ends_on = date(2026, 7, 31)
    stated_by = factory.SubFactory(UserFactory)


class ContactAttemptFactory(PartFactory):
    class Meta:
        model = ContactAttempt

    channel = ContactAttempt.Channel.PHONE
    result = ContactAttempt.Result.WANTS_TALK
    contact_by = factory.SubFactory(UserFactory)
    recorded_by = factory.SelfAttribute("contact_by")


class AgreementFactory(OwnerFactory):
    class Meta:
        model = Agreement

    subsidy = factory.SubFactory(SubsidyFactory)
    swv = factory.SelfAttribute("subsidy.swv")
    party = "Gemeente Verzonnen"
    signed_on = factory.LazyFunction(timezone.localdate)
    amount = "1000.00"
    purpose = "Begeleiding in de buurt"
    entered_by = factory.SubFactory(UserFactory)


class CostLineFactory(OwnerFactory):
    """Of a `case`, or with `case=None` casusoverstijgend; paid by its `subsidy`."""

    class Meta:
        model = CostLine

    subsidy = factory.SubFactory(SubsidyFactory)
    case = None
    kind = CostLine.Kind.BOOKS
    stage = CostLine.Stage.SPENT
    spent_on = factory.LazyFunction(timezone.localdate)
    amount = "100.00"
    entered_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        subsidy, case = kwargs["subsidy"], kwargs.pop("case")
        place = scope_of(case) if case else scope_without_case(subsidy.swv)
        if kwargs.get("decision"):
            kwargs = {"decided_by": UserFactory(), "decided_at": timezone.now(), **kwargs}
        kwargs = {"changed_by": kwargs["entered_by"], "payer": subsidy.swv, **kwargs}
        return super()._create(model_class, *args, **{**kwargs, **place})


class HoursLineFactory(PartFactory):
    class Meta:
        model = HoursLine

    activity = HoursLine.Activity.PARENTS
    role = HoursLine.Role.SWV
    done_on = factory.LazyFunction(timezone.localdate)
    hours = "2.00"
    entered_by = factory.SubFactory(UserFactory)


class SwvHoursLineFactory(OwnerFactory):
    """Of a SWV, without a jeugdige."""

    class Meta:
        model = HoursLine

    swv = factory.LazyFunction(swv)
    activity = HoursLine.Activity.CHAIR
    role = HoursLine.Role.SWV
    done_on = factory.LazyFunction(timezone.localdate)
    hours = "3.00"
    entered_by = factory.SubFactory(UserFactory)


class DocumentFactory(PartFactory):
    """A row and its file; `content` is what the store holds."""

    class Meta:
        model = Document

    author = factory.SubFactory(UserFactory)
    kind = Document.Kind.REPORT
    file_type = "pdf"

    @classmethod
    def _create(cls, model_class, *args, content=b"%PDF-1.4", **kwargs):
        document = super()._create(model_class, *args, size=len(content), **kwargs)
        document_storage().save(document.path, ContentFile(content))
        return document


class DraftFactory(PartFactory):
    class Meta:
        model = Draft

    author = factory.SubFactory(UserFactory)
    place = "logboek"
    token = factory.LazyFunction(uuid.uuid4)
    answers = factory.LazyFunction(lambda: {"kind": "gesprek", "text": "Nog niet af."})


class LogEntryVersionFactory(PartFactory):
    class Meta:
        model = LogEntryVersion

    entry = factory.SubFactory(LogEntryFactory)
    author = factory.SelfAttribute("entry.author")
    version = 1
    kind = LogEntry.Kind.TALK
    text = "Zoals het eerst was."
    happened_on = factory.LazyFunction(timezone.localdate)
    is_spark = False
    readers = LogEntry.Readers.TEAM
    replaced_at = factory.LazyFunction(timezone.now)


class InterviewConsentFactory(PartFactory):
    """tests/interviews.py makes one together with what hangs on it."""

    class Meta:
        model = InterviewConsent


class InterviewFactory(PartFactory):
    class Meta:
        model = Interview

    with_youth = True
    situation = factory.SelfAttribute("case.situation")
    interviewer = factory.SelfAttribute("recorded_by")
    recorded_by = factory.SubFactory(UserFactory)
    changed_by = factory.SelfAttribute("recorded_by")


class AnswerFactory(PartFactory):
    class Meta:
        model = Answer

    perspective = "jeugdige"
    text = "Ik bak graag."
    written_by = factory.SubFactory(UserFactory)
    changed_by = factory.SelfAttribute("written_by")


class QuoteFactory(PartFactory):
    class Meta:
        model = Quote

    text = "Brood ruikt naar morgen."
    written_by = factory.SubFactory(UserFactory)


class CaseReasonFactory(PartFactory):
    class Meta:
        model = CaseReason

    kind = CaseReason.Kind.AUTISM
    recorded_by = factory.SubFactory(UserFactory)


class FollowEventFactory(PartFactory):
    class Meta:
        model = FollowEvent

    kind = FollowEvent.Kind.STEP
    movement = FollowEvent.Movement.UP
    recorded_by = factory.SubFactory(UserFactory)


class FollowUpFactory(PartFactory):
    """Open, and due today."""

    class Meta:
        model = FollowUp

    kind = FollowUp.Kind.AFTERCARE
    due_on = factory.LazyFunction(timezone.localdate)


class ClosingFactory(PartFactory):
    class Meta:
        model = Closing

    keeper = "de mentor"
    updated_by = factory.SubFactory(UserFactory)


class StoryFactory(PartFactory):
    """Ready for a second reader; `approved_by` makes it one that others read."""

    class Meta:
        model = Story

    title = "Eerst meelopen, dan pas leren"
    what_worked = "Elke week dezelfde ochtend."
    theme = "proces"
    perspective = Story.Perspective.PARENT
    is_ready = True
    author = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("approved_by"):
            moment = timezone.now()
            read = {"approved_version": 1, "approved_at": moment, "public_until": moment.date() + timedelta(days=90)}
            kwargs = {**read, **kwargs}
        return super()._create(model_class, *args, **kwargs)


class ObstacleFactory(OwnerFactory):
    class Meta:
        model = Obstacle

    swv = factory.LazyFunction(swv)
    title = "Niemand mag de les op de zorgplek betalen"
    level = "systeem"
    theme = "proces"
    domain = "financiering"
    author = factory.SubFactory(UserFactory)


class ObstacleLinkFactory(PartFactory):
    class Meta:
        model = ObstacleLink

    obstacle = factory.LazyAttribute(lambda link: ObstacleFactory(swv=link.case.swv))
    linked_by = factory.SubFactory(UserFactory)


class SolutionFactory(OwnerFactory):
    class Meta:
        model = Solution

    swv = factory.LazyFunction(swv)
    kind = Solution.Kind.PLACE
    title = "Leren bij een bakker in de buurt"
    description = "Vraag of iemand een ochtend mag meelopen."
    domain = "samenwerking"
    author = factory.SubFactory(UserFactory)


class BankEntryFactory(OwnerFactory):
    class Meta:
        model = BankEntry

    kind = Solution.Kind.PLACE
    title = "Leren bij een boer"
    description = "Een vaste ochtend, met een vaste begeleider."
    domain = "samenwerking"
    month = date(2026, 9, 1)


class AuthorityFactory(PartFactory):
    """What the case of CaseFactory says: one parent decides."""

    class Meta:
        model = Authority

    parents_with_authority = 1
    recorded_by = factory.SubFactory(UserFactory)


class TableWishFactory(PartFactory):
    class Meta:
        model = TableWish

    party = "De buurvrouw"
    wish = TableWish.Wish.YES
    said_by = Consent.Person.PARENT
    recorded_by = factory.SubFactory(UserFactory)


class RemovalDecisionFactory(PartFactory):
    """One that waits, for thirty days."""

    class Meta:
        model = RemovalDecision

    decide_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class ConnectionFactory(PartFactory):
    """A verbinder at work, who works in the SWV of the case."""

    class Meta:
        model = Connection

    story = "Er kwam geen antwoord meer."
    connector = factory.SubFactory(UserFactory)
    task = "Opnieuw kennismaken."
    agreed_on = factory.LazyFunction(timezone.localdate)
    recorded_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            works = Membership.objects.filter(user=kwargs["connector"]).exists()
        if not works:
            MembershipFactory(role=Role.CASEWORKER, swv=kwargs["case"].swv, user=kwargs["connector"])
        return super()._create(model_class, *args, **kwargs)


class HandoverFactory(OwnerFactory):
    """Offered by the side of its case to Emmen and PO2202."""

    class Meta:
        model = Handover

    from_swv = factory.SelfAttribute("case.swv")
    from_gemeente = factory.SelfAttribute("case.gemeente")
    to_swv = factory.LazyFunction(lambda: swv("PO2202"))
    to_gemeente = factory.LazyFunction(lambda: gemeente("Emmen"))
    reason = Handover.Reason.MOVED
    moved_on = factory.LazyFunction(timezone.localdate)
    message = "Begin met een wandeling."
    shows = ("wensdroom",)
    status = Handover.Status.OFFERED
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)
    offered_by = factory.SelfAttribute("asked_by")
    offered_at = factory.LazyFunction(timezone.now)
