"""Random worlds of people, places, periods and consent: the queryset, PostgreSQL and a plain reading of the rules agree.

The third opinion is written from the access matrix (docs: who may see what), on tuples and dates, and knows neither ORM
nor SQL. `WEL_WORLDS=10000` tries more worlds than the few of every run.
"""

import os
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from access.context import set_context
from access.models import User
from cases.identity import identities, search_names
from cases.in_reach import in_reach
from cases.models import NOT_SHARED, Case, CaseMember, Identity, IdentityGrant, LogEntry, Stop, scope_of
from cases.page import is_leerplicht_for, may_see_name, works_on
from cases.viewers import viewers_of
from regions.actions import renew_grants
from regions.models import Gemeente, Membership, Role, Samenwerkingsverband, SamenwerkingsverbandGrant, grants_of
from regions.roles import OBJECT_RIGHTS
from tests.database import as_owner

pytestmark = pytest.mark.django_db

WORLDS = int(os.environ.get("WEL_WORLDS", "60"))
TODAY = 0
# Days from today: long gone, until yesterday, until today, today only, from today, open, from tomorrow, far ahead.
PERIODS = ((-60, -30), (-30, -1), (-30, 0), (0, 0), (0, 30), (-30, None), (1, 30), (40, None))
PLACES = (("PO2001", "Groningen"), ("VO2001", "Groningen"), ("PO2203", "Emmen"))  # of the cases
SWVS = sorted({swv for swv, _ in PLACES})
GEMEENTEN = sorted({gemeente for _, gemeente in PLACES})


@dataclass(frozen=True)
class Work:
    role: str
    swv: str | None
    gemeente: str | None
    period: tuple


@dataclass(frozen=True)
class Person:
    active: bool
    works: tuple


@dataclass(frozen=True)
class Near:
    """A row of a case about one person: a role in it, being let in, something written."""

    who: int
    what: str = ""
    period: tuple = (0, None)
    gone: bool = False


@dataclass(frozen=True)
class Youth:
    swv: str
    gemeente: str
    shared_until: int | None
    members: tuple
    let_in: tuple
    written: tuple


# Worlds

PEOPLE = 3
work = st.builds(
    lambda role, swv, gemeente, whole, period: Work(
        role,
        swv
        if role in (Role.COORDINATOR, Role.SWV_CONTACT, Role.CASEWORKER, Role.INTERVIEWER)
        or (role == Role.LEERPLICHT and whole)
        else None,
        gemeente if role == Role.LEERPLICHT and not whole else None,
        period,
    ),
    st.sampled_from([Role.LEERPLICHT, Role.LEERPLICHT, Role.COORDINATOR, Role.COORDINATOR, Role.SWV_CONTACT, *Role]),
    st.sampled_from(SWVS),
    st.sampled_from(GEMEENTEN),
    st.booleans(),
    st.sampled_from(PERIODS),
)
people = st.lists(
    st.builds(Person, st.sampled_from([True, True, True, False]), st.lists(work, min_size=1, max_size=2).map(tuple)),
    min_size=PEOPLE,
    max_size=PEOPLE,
)
who = st.integers(0, PEOPLE - 1)
member = st.builds(Near, who, st.sampled_from(["inbrenger", "verbinder", "deelnemer"]), st.sampled_from(PERIODS))
let_in = st.builds(Near, who, period=st.sampled_from([(-9, -1), (-9, 0), (-9, 9)]), gone=st.booleans())
written = st.builds(Near, who, st.sampled_from(["ik", "team", "tafel"]))


def youth_in(place):
    return st.builds(
        lambda *rest: Youth(*place, *rest),
        st.sampled_from([None, -1, 0, 30]),
        st.lists(member, max_size=2).map(tuple),
        st.lists(let_in, max_size=2).map(tuple),
        st.lists(written, max_size=2).map(tuple),
    )


youths = st.tuples(*map(youth_in, PLACES))  # one in each place, so that every right meets a case


# What the rules say


def in_force(period):
    start, end = period
    return start <= TODAY and (end is None or end >= TODAY)


class Rules:
    """The access matrix for one person."""

    def __init__(self, number, person):
        self.number = number
        self.works = [work for work in person.works if in_force(work.period)] if person.active else []
        self.active = person.active

    def has(self, role, youth):
        return any(
            work.role == role and (work.swv == youth.swv or work.gemeente == youth.gemeente) for work in self.works
        )

    def is_shared(self, youth):
        return youth.shared_until is not None and youth.shared_until >= TODAY

    def is_near(self, youth):
        works_here = any(self.has(role, youth) for role in (Role.LEERPLICHT, Role.COORDINATOR, Role.CASEWORKER))
        return works_here and any(
            near.who == self.number and near.what != "deelnemer" and in_force(near.period) for near in youth.members
        )

    def edits(self, youth):
        team = self.is_shared(youth) and (self.has(Role.COORDINATOR, youth) or self.is_near(youth))
        return self.has(Role.LEERPLICHT, youth) or team

    def sees(self, youth):
        return self.edits(youth) or (self.is_shared(youth) and self.has(Role.SWV_CONTACT, youth))

    def knows(self, youth):
        opened = self.active and any(
            near.who == self.number and not near.gone and in_force(near.period) for near in youth.let_in
        )
        return self.has(Role.LEERPLICHT, youth) or (opened and self.edits(youth))

    def reads(self, youth, entry):
        return self.edits(youth) and (entry.who == self.number or entry.what != "ik")


# The same world in the database


def day(offset):
    return None if offset is None else timezone.localdate() + timedelta(days=offset)


def period(near):
    start, end = near.period
    return {"starts_on": day(start), "ends_on": day(end)}


class Built:
    def __init__(self, people, youths):
        swvs = {swv.key: swv for swv in Samenwerkingsverband.objects.filter(key__in=SWVS)}
        gemeenten = {gemeente.name: gemeente for gemeente in Gemeente.objects.filter(name__in=GEMEENTEN)}
        with as_owner():
            self.users = User.objects.bulk_create(
                User(email=f"w{number}@voorbeeld.test", name=f"W {number}", is_active=person.active)
                for number, person in enumerate(people)
            )
            Membership.objects.bulk_create(
                Membership(
                    user=user,
                    role=work.role,
                    swv=swvs.get(work.swv),
                    gemeente=gemeenten.get(work.gemeente),
                    **period(work),
                )
                for user, person in zip(self.users, people, strict=True)
                for work in person.works
            )
            for user in self.users:
                renew_grants(user)
            self.cases = Case.objects.bulk_create(
                Case(
                    swv=swvs[youth.swv],
                    gemeente=gemeenten[youth.gemeente],
                    birth_year=2014,
                    situation=Case.Situation.ABSENT,
                    shared_until=NOT_SHARED if youth.shared_until is None else day(youth.shared_until),
                    registered_by=self.users[0],
                )
                for youth in youths
            )
            pairs = list(zip(self.cases, youths, strict=True))
            Identity.objects.bulk_create(
                Identity(case=case, first_name="Pip", last_name="Verzonnen", born_on=day(-4000)) for case, _ in pairs
            )
            self.stops = Stop.objects.bulk_create(
                Stop(**scope_of(case), position=1, title="halte") for case, _ in pairs
            )
            CaseMember.objects.bulk_create(
                CaseMember(**scope_of(case), user=self.users[near.who], role=near.what, **period(near))
                for case, youth in pairs
                for near in youth.members
            )
            IdentityGrant.objects.bulk_create(
                IdentityGrant(
                    **scope_of(case),
                    user=self.users[near.who],
                    purpose="contact",
                    until=day(near.period[1]),
                    granted_by=self.users[0],
                    revoked_at=timezone.now() if near.gone else None,
                )
                for case, youth in pairs
                for near in youth.let_in
            )
            self.entries = LogEntry.objects.bulk_create(
                LogEntry(**scope_of(case), author=self.users[near.who], kind="gesprek", text="tekst", readers=near.what)
                for case, youth in pairs
                for near in youth.written
            )
        self.pairs = pairs
        self.written = [(youth, near) for _, youth in pairs for near in youth.written]

    def where(self, says):
        return {case.pk for case, youth in self.pairs if says(youth)}

    def stops_where(self, says):
        return {stop.pk for stop, (_, youth) in zip(self.stops, self.pairs, strict=True) if says(youth)}

    def entries_where(self, says):
        return {entry.pk for entry, (youth, near) in zip(self.entries, self.written, strict=True) if says(youth, near)}


def ids(queryset):
    return set(queryset.values_list("pk", flat=True))


def touched(table):
    """The rows that an UPDATE past the ORM reaches."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET version = version RETURNING id")
        return {pk for (pk,) in cursor.fetchall()}


@dataclass(frozen=True)
class Answers:
    """What one wall says: rows to read, rows to change, and whose name."""

    cases: set
    cases_to_edit: set
    stops: set
    stops_to_edit: set
    entries: set
    entries_to_edit: set


def by_the_code(user):
    """The first wall alone: asked as the owner of the tables, whom no policy stops."""
    with as_owner():
        return Answers(
            ids(Case.objects.visible_to(user)),
            ids(Case.objects.editable_by(user)),
            ids(Stop.objects.visible_to(user)),
            ids(Stop.objects.editable_by(user)),
            ids(LogEntry.objects.visible_to(user)),
            ids(LogEntry.objects.editable_by(user)),
        )


def by_the_database():
    """The second wall alone: nobody filters."""
    return Answers(
        ids(Case.objects.unscoped()),
        touched("cases_case"),
        ids(Stop.objects.unscoped()),
        touched("cases_stop"),
        ids(LogEntry.objects.unscoped()),
        touched("cases_logentry"),
    )


def by_the_rules(built, rules):
    return Answers(
        built.where(rules.sees),
        built.where(rules.edits),
        built.stops_where(rules.sees),
        built.stops_where(rules.edits),
        built.entries_where(rules.reads),
        built.entries_where(lambda youth, near: rules.edits(youth) and near.who == rules.number),
    )


def check(built, number, person):
    rules = Rules(number, person)
    user = User.objects.get(pk=built.users[number].pk)
    set_context(user.pk)
    expected = by_the_rules(built, rules)

    assert by_the_database() == expected
    assert by_the_code(user) == expected
    assert {case.pk for case in built.cases if works_on(user, case)} == expected.cases_to_edit
    assert in_reach().total == len(expected.cases_to_edit)

    # Who it is: the function knows whom to tell, and the page asks for more
    knows = built.where(rules.knows)
    leerplicht = built.where(lambda youth: rules.has(Role.LEERPLICHT, youth))
    assert set(identities([case.pk for case in built.cases], "toets")) == knows
    assert set(search_names("verzonnen")) == knows
    assert {case.pk for case in built.cases if may_see_name(user, case)} == knows
    assert {case.pk for case in built.cases if is_leerplicht_for(user, case)} == leerplicht
    with as_owner():
        assert ids(Case.objects.known_to(user)) == leerplicht
        seen_by = [{viewer.user.pk: viewer for viewer in viewers_of(case, user, day(0))} for case in built.cases]
    for (case, youth), viewers in zip(built.pairs, seen_by, strict=True):
        if case.pk in expected.cases_to_edit:  # who works on it is told about everybody, so about the asker as well
            assert (user.pk in viewers) == rules.sees(youth)
            assert viewers[user.pk].works == rules.edits(youth)
            assert viewers[user.pk].knows_name == (case.pk in (knows & expected.cases_to_edit))
        elif rules.sees(youth):
            assert not viewers[user.pk].works

    # Guardian knows no periods; apart from grants to come it says the same
    if user.is_active:
        to_come = SamenwerkingsverbandGrant.objects.filter(user=user, starts_on__gt=timezone.localdate())
        later = set(to_come.values_list("permission__codename", "content_object_id"))
        for right in {
            work.role: right for work in person.works for right in OBJECT_RIGHTS.get(work.role, ())[:1]
        }.values():
            granted = get_objects_for_user(
                user, right, klass=Samenwerkingsverband, accept_global_perms=False, with_superuser=False
            )
            assert {pk for pk in ids(granted) if (right, pk) not in later} == grants_of(user).swvs(right)


@given(people=people, youths=youths)
@settings(
    max_examples=WORLDS,
    deadline=None,
    database=None,
    derandomize=WORLDS <= 60,
    phases=(Phase.generate,),  # looking for the smallest world takes minutes, and a world of this size can be read
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_three_answers_are_one(db, people, youths):
    with transaction.atomic():
        built = Built(people, youths)
        for number, person in enumerate(people):
            check(built, number, person)
        transaction.set_rollback(True)


def test_the_oracle_can_tell_a_difference(db):
    """A world in which everything matters, and the same with one thing changed: the walls answer differently."""
    today = Near(0, "inbrenger", (0, 0))
    person = Person(True, (Work(Role.CASEWORKER, "PO2001", None, (0, None)),))
    shared = Youth("PO2001", "Groningen", 0, (today,), (Near(0, period=(-9, 0)),), (Near(0, "ik"),))

    def seen(person, youth):
        with transaction.atomic():
            user = Built([person], [youth]).users[0]
            set_context(user.pk)
            found = Case.objects.unscoped().count(), LogEntry.objects.unscoped().count()
            transaction.set_rollback(True)
        return found

    assert seen(person, shared) == (1, 1)
    assert seen(replace(person, active=False), shared) == (0, 0)
    assert seen(replace(person, works=(Work(Role.CASEWORKER, "PO2001", None, (-9, -1)),)), shared) == (0, 0)
    assert seen(replace(person, works=(Work(Role.CASEWORKER, "PO2203", None, (0, None)),)), shared) == (0, 0)
    assert seen(replace(person, works=(Work(Role.SWV_CONTACT, "PO2203", None, (0, None)),)), shared) == (0, 0)
    assert seen(person, replace(shared, shared_until=-1)) == (0, 0)
    assert seen(person, replace(shared, members=(replace(today, period=(-9, -1)),))) == (0, 0)
    assert seen(person, replace(shared, members=(replace(today, what="deelnemer"),))) == (0, 0)
