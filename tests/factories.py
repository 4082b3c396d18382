"""Rows that are valid and dull; written as the owner of the tables, so that no policy stands in the way of a fixture."""

import uuid

import factory
from django.utils import timezone

from access.models import User
from cases.models import (
    Case,
    CaseMember,
    Consent,
    Draft,
    Identity,
    IdentityGrant,
    Inclusion,
    Journey,
    LogEntry,
    LogEntryVersion,
    PossibleDouble,
    Stop,
    scope_of,
)
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
    class Meta:
        model = CaseMember

    user = factory.SubFactory(UserFactory)
    role = CaseMember.Role.OWNER


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
