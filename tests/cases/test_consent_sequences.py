"""Random sequences of what people say, through the actions and the database: who may open it is what a plain reading says.

The reading below knows neither the rules nor SQL. Ages lie away from the birthdays, which tests/cases/test_rules_consent.py
walks. `WEL_SEQUENCES=1000` tries more than the few of every run.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from access.context import set_context
from cases.actions.consent import record_consent, save_authority
from cases.actions.members import let_in
from cases.identity import identities
from cases.models import NOT_SHARED, Case, RemovalDecision
from tests import factories

pytestmark = pytest.mark.django_db

SEQUENCES = int(os.environ.get("WEL_SEQUENCES", "25"))
YOUTH, PARENTS = "jeugdige", ("ouder_1", "ouder_2")
YES, NO, BACK, ASKED = "gegeven", "geweigerd", "ingetrokken", "gevraagd"


@dataclass(frozen=True)
class Said:
    persons: tuple
    answer: str
    ago: int = 0
    lasts: int = 60  # days from today that a yes lasts
    purpose: str = "delen"


@dataclass(frozen=True)
class Decides:
    parents: int
    cannot_judge: bool


@dataclass(frozen=True)
class LetIn:
    pass


events = st.one_of(
    st.builds(
        Said,
        persons=st.lists(st.sampled_from((YOUTH, *PARENTS)), min_size=1, max_size=3, unique=True).map(tuple),
        answer=st.sampled_from((YES, YES, YES, NO, BACK, ASKED)),
        ago=st.sampled_from((0, 0, 10, 300)),
        lasts=st.sampled_from((-1, 0, 60, 300)),
        purpose=st.sampled_from(("delen", "delen", "delen", "verhaal")),
    ),
    st.builds(Decides, parents=st.integers(0, 2), cannot_judge=st.booleans()),
    st.builds(LetIn),
)


@dataclass
class Reading:
    """What holds after the events so far, in so many words."""

    age: int
    parents: int = 2
    cannot_judge: bool = False
    said: list = field(default_factory=list)
    knows_name: bool = False
    decision_waits: bool = False

    def last_word(self, person, purpose):
        words = [(-said.ago, place, said) for place, said in enumerate(self.said)
                 if said.purpose == purpose and person in said.persons and said.answer != ASKED]  # fmt: skip
        return max(words, key=lambda word: word[:2])[2] if words else None

    def needed(self):
        if self.age >= 16 and not self.cannot_judge:
            return [YOUTH]
        parents = list(PARENTS[: self.parents]) or ["nobody known"]
        return parents if self.age < 12 or self.cannot_judge else [YOUTH, *parents]

    def days_left(self, purpose="delen"):
        """How many days it lasts from today; None when it may not be done."""
        words = [self.last_word(person, purpose) for person in self.needed()]
        if any(word is None or word.answer != YES or word.lasts < 0 for word in words):
            return None
        return min(word.lasts for word in words)

    def hear(self, event):
        if isinstance(event, Decides):
            self.parents, self.cannot_judge = event.parents, event.cannot_judge
        elif isinstance(event, LetIn):
            self.knows_name = True
        else:
            before = self.days_left(event.purpose)
            self.said.append(event)
            if event.answer in (NO, BACK):
                self.knows_name = self.knows_name and event.purpose != "delen"
                was_allowed = before is not None or event.answer == BACK
                self.decision_waits |= was_allowed and self.days_left(event.purpose) is None


class Played:
    """The same events by leerplicht in WEL, looked at by a coördinator."""

    def __init__(self, age):
        self.today = timezone.localdate()
        day = self.today - timedelta(days=40)
        self.born_on = day.replace(year=day.year - age, day=min(day.day, 28))
        self.case = factories.CaseFactory(
            birth_year=self.born_on.year, birth_month=self.born_on.month, parents_with_authority=2
        )
        factories.IdentityFactory(case=self.case, born_on=self.born_on)
        self.leerplicht, self.coordinator = factories.leerplicht(), factories.coordinator()

    def play(self, event):
        set_context(self.leerplicht.pk)
        who = {"by": self.leerplicht, "born_on": self.born_on, "today": self.today}
        if isinstance(event, Decides):
            reason = ("verzonnen", "arts Verzonnen") if event.cannot_judge else ("", "")
            assert save_authority(
                case=self.case,
                version=self.stored().version,
                parents_with_authority=event.parents,
                cannot_judge_reason=reason[0],
                cannot_judge_by=reason[1],
                **who,
            )
        elif isinstance(event, LetIn):
            let_in(case=self.stored(), user=self.coordinator, purpose="x", until=self.today, by=self.leerplicht)
        else:
            record_consent(
                case=self.case,
                persons=event.persons,
                purpose=event.purpose,
                answer=event.answer,
                answered_on=self.today - timedelta(days=event.ago),
                expires_on=self.today + timedelta(days=event.lasts) if event.answer == YES else None,
                **who,
            )

    def stored(self):
        return Case.objects.known_to(self.leerplicht).get(pk=self.case.pk)

    def look(self):
        """(last day of sharing or None, what the team opens, whether it knows the name, whether a decision waits)."""
        set_context(self.leerplicht.pk)
        until = self.stored().shared_until
        waits = RemovalDecision.objects.visible_to(self.leerplicht).open().count()
        set_context(self.coordinator.pk)
        opens = Case.objects.visible_to(self.coordinator).filter(pk=self.case.pk).exists()
        knows = bool(identities([self.case.pk], "proef"))
        return (until if until >= self.today else None, opens, knows, waits)


GAVE_AND_TOOK = (Said((YOUTH, *PARENTS), YES), LetIn(), Said((PARENTS[1],), BACK), Said((PARENTS[1],), YES, lasts=300))


@given(age=st.sampled_from((9, 13, 17)), played=st.lists(events, min_size=1, max_size=9))
@example(age=13, played=list(GAVE_AND_TOOK))
@example(age=9, played=[Said(PARENTS, YES), Said(PARENTS[:1], NO)])
@example(age=17, played=[*GAVE_AND_TOOK, Decides(1, True), Said(("ouder_1",), NO, ago=300)])
@settings(
    max_examples=SEQUENCES,
    deadline=None,
    database=None,
    derandomize=SEQUENCES <= 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_every_event_the_database_says_what_was_said(db, age, played):
    with transaction.atomic():
        wel, reading, status = Played(age), Reading(age), None
        for event in played:
            if isinstance(event, LetIn) and reading.days_left() is None:
                continue  # there is no way to let somebody in to what is not shared
            wel.play(event)
            reading.hear(event)

            left = reading.days_left()
            until = None if left is None else wel.today + timedelta(days=left)
            is_open = until is not None
            assert wel.look() == (until, is_open, is_open and reading.knows_name, reading.decision_waits), event
            set_context(wel.leerplicht.pk)
            steps = list(Case.Status)
            now = steps.index(wel.stored().status)
            assert status is None or now >= status
            status = now
        transaction.set_rollback(True)


def test_the_reading_can_tell_a_difference():
    reading = Reading(13)
    found = []
    for event in GAVE_AND_TOOK:
        reading.hear(event)
        found.append((reading.days_left(), reading.knows_name, reading.decision_waits))

    assert found == [(60, False, False), (60, True, False), (None, False, True), (60, False, True)]
    assert timezone.localdate() > NOT_SHARED
