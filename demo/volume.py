"""Any number of invented cases over the samenwerkingsverbanden, the same for the same seed: for measurements only."""

import random
from datetime import date, timedelta
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from access.models import User
from cases.actions.consent import deciders_of
from cases.models import (
    NOT_SHARED,
    Case,
    CaseMember,
    Consent,
    Identity,
    Inclusion,
    Journey,
    LogEntry,
    Stop,
    scope_of,
)
from cases.rules.ages import school_year_end
from demo.volume_tables import make_teams, save_tables
from demo.youths import YOUTHS
from regions.actions import renew_grants
from regions.models import Gemeente, GemeenteSwv, Membership, Role, Samenwerkingsverband, Subsidy

DOMAIN = "volume.wel.test"
PASSWORD = "alleen-om-te-meten"  # noqa: S105 - these accounts never serve anybody
BATCH = 2000
STAFF = {"leerplicht": Role.LEERPLICHT, "coordinator": Role.COORDINATOR, "contact": Role.SWV_CONTACT}
SEVERAL = (10, 151)  # how many SWVs the colleagues with a large area have
CASES_PER_OWNER = 10
INCLUDED = 5  # per SWV, as the regeling asks

# Out of a hundred cases; the 70 and 30, and 81 and 19, are those of the programme.
SITUATIONS = {Case.Situation.EXEMPT: 66, Case.Situation.ABSENT: 28, Case.Situation.OTHER: 6}
KINDS = {Case.ExemptionKind.TEMPORARY: 81, Case.ExemptionKind.PERMANENT: 19}
STATUSES = {
    Case.Status.SIGNAL: 8, Case.Status.APPROACHED: 10, Case.Status.CONSENTED: 8, Case.Status.INTERVIEW: 8,
    Case.Status.PREPARING: 5, Case.Status.ENTERED: 4, Case.Status.PLANNED: 3, Case.Status.DISCUSSED: 5,
    Case.Status.UNDERWAY: 24, Case.Status.AFTERCARE: 6, Case.Status.REST: 5, Case.Status.DONE: 10,
    Case.Status.STOPPED: 4,
}  # fmt: skip
BEFORE_CONSENT = (Case.Status.SIGNAL, Case.Status.APPROACHED)
WITH_JOURNEY = tuple(STATUSES)[4:12]
CLOSED = (Case.Status.DONE, Case.Status.STOPPED)
STORIES = [youth for youth in YOUTHS if youth.has_name]
TOLD = [youth for youth in STORIES if youth.reis]


def load(*, cases, swvs, seed=1, say=print):
    """Make accounts, cases and all that hangs on them. As owner of the tables, in maintenance."""
    draw = random.Random(seed)  # noqa: S311 - the same figures again is the point
    today = timezone.localdate()
    places = list(Samenwerkingsverband.objects.order_by("key")[:swvs])
    staff = _make_staff(places, today)
    _make_owners(staff, places, today, 1 + cases // len(places) // CASES_PER_OWNER)
    subsidies = {row.swv_id: row for row in _make_subsidies(places)}
    teams = make_teams(places, staff)
    inside = _gemeenten_of(places)
    everywhere = list(Gemeente.objects.values_list("pk", flat=True))
    included = dict.fromkeys([place.pk for place in places], 0)

    def tell(number):
        swv = places[number % len(places)]
        gemeente = draw.choice(inside.get(swv.pk) or everywhere)
        return _Invented(draw, today, swv, gemeente, staff[swv.pk], number)

    numbers = iter(range(cases))
    done = 0
    while batch := [tell(number) for number in islice(numbers, BATCH)]:
        _save(batch, subsidies, included)
        save_tables(batch, teams)
        done += len(batch)
        if done % 20_000 == 0 or done == cases:
            say(f"{done} jeugdigen")


def _make_staff(places, today):
    encoded = make_password(PASSWORD)
    wanted = [(f"{job}.{swv.key.lower()}", role, [swv]) for swv in places for job, role in STAFF.items()]
    wanted += [(f"{job}.{count}", role, places[:count]) for count in SEVERAL for job, role in STAFF.items()]
    users = User.objects.bulk_create(
        User(email=f"{local}@{DOMAIN}", name=f"Verzonnen {local.replace('.', ' ').title()}", password=encoded)
        for local, _, _ in wanted
    )
    start = today - timedelta(days=1000)
    Membership.objects.bulk_create(
        Membership(user=user, role=role, swv=swv, starts_on=start)
        for user, (_, role, its_places) in zip(users, wanted, strict=True)
        for swv in its_places
    )
    for user in users:
        renew_grants(user)
    own = {}
    for user, (local, _, its_places) in zip(users, wanted, strict=True):
        if local.partition(".")[2] == its_places[0].key.lower():
            own.setdefault(its_places[0].pk, {})[local.partition(".")[0]] = user
    return own


def _make_owners(staff, places, today, per_swv):
    """The people who own most cases; they hold no right but on those."""
    users = User.objects.bulk_create(
        User(email=f"eigenaar{n}.{swv.key.lower()}@{DOMAIN}", name=f"Verzonnen Eigenaar {n}")
        for swv in places
        for n in range(per_swv)
    )
    owners = dict(zip([swv.pk for swv in places], batched(users, per_swv), strict=True))
    Membership.objects.bulk_create(
        Membership(user=user, role=Role.CASEWORKER, swv_id=swv_id, starts_on=today - timedelta(days=1000))
        for swv_id, its_own in owners.items()
        for user in its_own
    )
    for swv_id, its_own in owners.items():
        staff[swv_id]["owners"] = its_own


def batched(rows, size):
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _make_subsidies(places):
    return Subsidy.objects.bulk_create(
        Subsidy(
            swv=swv, round=Subsidy.Round.ONE, amount=40_000, status=Subsidy.Status.RUNNING, starts_on=date(2022, 12, 1)
        )
        for swv in places
    )


def _gemeenten_of(places):
    found = {}
    rows = GemeenteSwv.objects.filter(swv__in=places, is_doubtful=False).order_by("swv", "gemeente")
    for swv_id, gemeente_id in rows.values_list("swv_id", "gemeente_id"):
        found.setdefault(swv_id, []).append(gemeente_id)
    return found


def _pick(draw, weights):
    return draw.choices(list(weights), list(weights.values()))[0]


class _Invented:
    """One case and everything that belongs to it, not saved yet."""

    def __init__(self, draw, today, swv, gemeente_id, staff, number):
        self.draw, self.today, self.staff, self.number = draw, today, staff, number
        ages = (5, 12) if swv.kind == Samenwerkingsverband.Kind.PO else (12, 21)
        self.born_on = today - timedelta(days=draw.randint(ages[0] * 366, ages[1] * 366))
        self.registered_on = today - timedelta(days=draw.randint(20, 1000))
        situation = _pick(draw, SITUATIONS)
        status = _pick(draw, STATUSES)
        self.is_shared = status not in BEFORE_CONSENT and draw.random() < 0.9
        self.story = draw.choice(TOLD if status in WITH_JOURNEY else STORIES)
        spoken = status not in BEFORE_CONSENT and draw.random() < 0.9
        self.case = Case(
            swv=swv,
            gemeente_id=gemeente_id,
            birth_year=self.born_on.year,
            birth_month=self.born_on.month,
            is_signal=status == Case.Status.SIGNAL and draw.random() < 0.5,
            situation=situation,
            since=self.registered_on.replace(day=1) - timedelta(days=draw.randint(30, 400)),
            exemption_kind=_pick(draw, KINDS) if situation == Case.Situation.EXEMPT else "",
            strengths=self.story.strengths,
            hardship=self.story.hardship,
            next_step=self.story.next_step,
            status=status,
            parents_with_authority=draw.choice((1, 2, 2)),
            shared_until=self._shared_until() if self.is_shared else NOT_SHARED,
            registered_by=staff["leerplicht"],
            registered_on=self.registered_on,
            last_contact_on=today - timedelta(days=draw.randint(0, 120)) if spoken else None,
            closed_on=today - timedelta(days=draw.randint(0, 200)) if status in CLOSED else None,
        )

    def _shared_until(self):
        """Mostly the end of a school year; some within a month, some already over."""
        near = self.draw.random()
        if near < 0.08:
            return self.today + timedelta(days=self.draw.randint(0, 30))
        if near < 0.12:
            return self.today - timedelta(days=self.draw.randint(1, 60))
        end = school_year_end(self.today)
        return end.replace(year=end.year + 1) if (end - self.today).days < 60 else end

    def identity(self):
        if self.case.is_signal:
            return []
        return [
            Identity(
                case=self.case,
                first_name=self.story.first,
                last_name=f"{self.story.last} {self.number}",
                born_on=self.born_on,
                parent_name=f"Ouder {self.story.last}",
                contact=f"ouder{self.number}@{DOMAIN}",
            )
        ]

    def consents(self):
        if self.case.is_signal or self.case.status == Case.Status.SIGNAL:
            return []
        answer = Consent.Answer.GIVEN if self.is_shared else Consent.Answer.ASKED
        persons = deciders_of(self.case, self.born_on, self.today)
        return [
            Consent(
                **scope_of(self.case),
                purpose=Consent.Purpose.SHARE,
                person=person,
                answer=answer,
                answered_on=self.registered_on + timedelta(days=10),
                expires_on=self.case.shared_until if self.is_shared else None,
                recorded_by=self.staff["leerplicht"],
            )
            for person in persons
        ]

    def owner(self):
        """The one eigenaar: leerplicht until it is shared, then somebody close by, or now and then the coördinator."""
        owner, days = self.staff["leerplicht"], 0
        if self.is_shared:
            near = self.draw.random() >= 0.1
            owner, days = (self.draw.choice(self.staff["owners"]) if near else self.staff["coordinator"]), 15
        self.owner_rows = [
            CaseMember(
                **scope_of(self.case),
                user=owner,
                role=CaseMember.Role.OWNER,
                starts_on=self.registered_on + timedelta(days=days),
            )
        ]
        return self.owner_rows

    def journey(self):
        if self.case.status not in WITH_JOURNEY:
            return []
        coordinator = self.staff["coordinator"]
        return [
            Journey(
                **scope_of(self.case),
                **self.story.reis,
                departure_on=self.registered_on,
                wensdroom_on=self.registered_on + timedelta(days=20),
                wensdroom_by=coordinator,
                updated_by=coordinator,
            )
        ]

    def stops(self):
        if self.case.status not in WITH_JOURNEY:
            return []
        return [
            Stop(
                **scope_of(self.case),
                position=position,
                title=halte.title,
                state=halte.state,
                note=halte.note,
                place=halte.place,
                hobble=halte.hobble,
                detour=halte.detour,
                is_rest=halte.rest,
                sparks=halte.sparks,
                happened_on=self.today - timedelta(days=halte.days) if halte.days is not None else None,
            )
            for position, halte in enumerate(self.story.haltes, 1)
        ]

    def log(self):
        if self.case.status in BEFORE_CONSENT:
            return []
        kinds = [LogEntry.Kind.TALK, LogEntry.Kind.VISIT, LogEntry.Kind.MESSAGE, LogEntry.Kind.SPARK]
        entries = []
        for _ in range(self.draw.randint(0, 4)):
            kind = self.draw.choice(kinds)
            entries.append(
                LogEntry(
                    **scope_of(self.case),
                    author=self.staff["coordinator" if self.is_shared else "leerplicht"],
                    kind=kind,
                    text=f"{self.story.strengths} {self.story.next_step}.",
                    happened_on=self.today - timedelta(days=self.draw.randint(0, 400)),
                    is_spark=kind == LogEntry.Kind.SPARK,
                )
            )
        return entries

    def inclusion(self, subsidies, included):
        case = self.case
        if included[case.swv_id] == INCLUDED or case.status not in WITH_JOURNEY or not case.is_shared(self.today):
            return []
        included[case.swv_id] += 1
        return [
            Inclusion(
                **scope_of(case),
                subsidy=subsidies[case.swv_id],
                included_on=self.registered_on + timedelta(days=20),
                situation=case.situation,
                outcome="vrijstelling_5a" if case.situation == Case.Situation.EXEMPT else "absoluut_verzuim",
                is_eligible=case.situation != Case.Situation.OTHER,
                included_by=self.staff["coordinator"],
            )
        ]


def _save(batch, subsidies, included):
    Case.objects.bulk_create([told.case for told in batch])
    for model, rows in (
        (Identity, [row for told in batch for row in told.identity()]),
        (Consent, [row for told in batch for row in told.consents()]),
        (CaseMember, [row for told in batch for row in told.owner()]),
        (Journey, [row for told in batch for row in told.journey()]),
        (Stop, [row for told in batch for row in told.stops()]),
        (LogEntry, [row for told in batch for row in told.log()]),
        (Inclusion, [row for told in batch for row in told.inclusion(subsidies, included)]),
    ):
        model.objects.bulk_create(rows)
