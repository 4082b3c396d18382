"""Who decides about sharing at which age, and until when their answers allow it.

The ages come from care practice and are the strictest reading of the sources; every number here is an
argument, so that an organisation with another ground can set it.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from cases.rules.ages import age_on, birthday

# Turning one of these ages means: arrange consent again.
THRESHOLDS = (12, 16, 18)
GRACE_DAYS = 30


@dataclass(frozen=True)
class Terms:
    """How long consent from before a threshold lasts, and how long a withdrawal may wait for its decision."""

    grace_days: int = GRACE_DAYS
    removal_days: int = 30


# The one who is spoken about, among persons that are otherwise the parents' own keys.
YOUTH = "jeugdige"
# Stands in as long as no parent with authority is on record, so that nobody to ask is never consent.
UNKNOWN_PARENT = "ouder met gezag"


class Answer(StrEnum):
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    GIVEN = "given"
    ASKED = "asked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Statement:
    """One row of what one person said about one purpose; ``number`` orders rows of the same day."""

    person: Hashable
    purpose: str
    answer: Answer
    answered_on: date
    expires_on: date | None = None
    number: int = 0


@dataclass(frozen=True)
class Consent:
    """``valid_until`` is the last day that sharing is allowed: None when it is not, or has no end (``has_end``).

    ``ends_at_age`` is the age because of which that is the last day; None when an answer itself ends then.
    """

    state: State
    valid_until: date | None
    missing: tuple
    ends_at_age: int | None = None

    @property
    def is_valid(self):
        return self.state is State.GIVEN

    @property
    def has_end(self):
        return self.valid_until is not None


def deciders(age, parents_with_authority, cannot_judge=False):
    """Who must all agree: under 12 the parents, from 12 the jeugdige and the parents, from 16 the jeugdige.

    ``parents_with_authority`` holds both parents unless it is on record that one decides, and the
    legal representative from 18. ``cannot_judge``: the jeugdige "kan eigen belangen niet overzien"
    (NVO), then they decide at every age.
    """
    parents = frozenset(parents_with_authority) or frozenset({UNKNOWN_PARENT})
    if cannot_judge or age < 12:
        return parents
    if age < 16:
        return parents | {YOUTH}
    return frozenset({YOUTH})


def deciders_text(age, cannot_judge=False):
    if cannot_judge and age >= 18:
        return "de wettelijk vertegenwoordiger"
    if cannot_judge or age < 12:
        return "de ouders met gezag"
    return "de jongere en de ouders met gezag" if age < 16 else "de jongere"


def needed_at_age_text(age, cannot_judge=False):
    """Whose yes is needed anew from the birthday on which `age` is reached; completes "dan is opnieuw een ja nodig"."""
    if cannot_judge:
        return f"van {deciders_text(age, cannot_judge)}"
    return "ook van de jongere zelf" if age < 16 else "van de jongere zelf"


def asked_again_on(born_on, today):
    """The latest birthday, up to ``today``, since which consent has to be arranged again; None under 12."""
    reached = [birthday(born_on, age) for age in THRESHOLDS if birthday(born_on, age) <= today]
    return reached[-1] if reached else None


def consent_state(
    statements,
    purpose,
    born_on,
    parents_with_authority,
    cannot_judge,
    today,
    *,
    grace_days=GRACE_DAYS,
    renew_at=THRESHOLDS,
):
    """Whether sharing for ``purpose`` is allowed on ``today``, until when, and whose yes is missing.

    Per person the latest answer counts; being asked again leaves an earlier answer standing. A yes
    from before one of the ``renew_at`` birthdays lasts ``grace_days`` beyond it, for those who had
    all agreed before it; a refusal by anyone who decides now closes at once. ``missing`` in a
    valid consent are those to ask within the grace. Statements dated after ``today`` do not count.
    """
    rows = [row for row in statements if row.purpose == purpose and row.answered_on <= today]
    ledger = _Ledger(rows, born_on, parents_with_authority, cannot_judge, grace_days, renew_at)
    missing = tuple(sorted(ledger.missing(today), key=str))
    if ledger.is_open(today):
        last_day = ledger.last_open_day(today)
        return Consent(State.GIVEN, last_day, missing, ledger.age_behind(last_day))
    return Consent(ledger.closed_state(today), None, missing)


def told_by_month(consent, born_on, today, *, grace_days=GRACE_DAYS):
    """``consent`` with a last day that tells no more than the month of birth, for who may not know the birthday.

    Where an age ends it, counting back from the day would give the birthday away. After a grace it becomes the last
    end of a month that lies within it whatever the birthday, on the eve the end of the month before: never later than
    the rules allow, and the same day for all who were born in that month. When that has gone by it is over.
    """
    age = consent.ends_at_age
    if age is None:
        return consent
    month = date(born_on.year + age, born_on.month, 1)
    has_grace = consent.valid_until >= birthday(born_on, age)
    last_day = month_told(month, grace_days if has_grace else 0)
    if last_day < today:
        return replace(consent, state=State.EXPIRED, valid_until=None)
    return replace(consent, valid_until=last_day)


def month_told(month, grace_days):
    """The last end of a month that is within the grace of every birthday in `month`, given as its first day."""
    day_after = month + timedelta(days=grace_days + 1)
    return day_after.replace(day=1) - timedelta(days=1)


def turning(birth_year, birth_month, shared_until, *, grace_days=GRACE_DAYS):
    """(age, first day of the month) when sharing ends on `shared_until` because of a birthday; None otherwise.

    From the month of birth alone, so it tells who works on a case nothing that is not on the page already.
    """
    if birth_month is None:
        return None
    for age in THRESHOLDS:
        month = date(birth_year + age, birth_month, 1)
        if shared_until in (month_told(month, grace_days), month_told(month, 0)):
            return age, month
    return None


def _order(row):
    return row.answered_on, row.number


class _Ledger:
    """The answers to one purpose, asked about any day from the day they were read."""

    def __init__(self, rows, born_on, parents, cannot_judge, grace_days, renew_at):
        self.rows = sorted(rows, key=_order)
        self.latest = {row.person: row for row in self.rows if row.answer is not Answer.ASKED}
        self.born_on = born_on
        self.parents = tuple(parents)
        self.cannot_judge = cannot_judge
        self.grace = timedelta(days=grace_days)
        self.renew_at = frozenset(renew_at)

    def deciders(self, day):
        return deciders(age_on(self.born_on, day), self.parents, self.cannot_judge)

    def band_start(self, day):
        """The birthday from which the present deciders decide: the last threshold reached."""
        return asked_again_on(self.born_on, day) or self.born_on

    def counts_from(self, day):
        """Only a yes from this day on counts by itself on ``day``."""
        reached = [age for age in self.renew_at if birthday(self.born_on, age) <= day]
        return birthday(self.born_on, max(reached)) if reached else date.min

    def agrees(self, answers, person, day):
        row = answers.get(person)
        return (
            row is not None
            and row.answer is Answer.GIVEN
            and not _expired(row, day)
            and row.answered_on >= self.counts_from(day)
        )

    def missing(self, day):
        return {person for person in self.deciders(day) if not self.agrees(self.latest, person, day)}

    def is_open(self, day):
        return not self.missing(day) or self.is_in_grace(day)

    def is_in_grace(self, day):
        """Everyone had agreed on the eve of the birthday, and nobody who decides now says otherwise."""
        start = self.band_start(day)
        if start == self.born_on or day > start + self.grace:
            return False
        eve = start - timedelta(days=1)
        before = {row.person: row for row in self.rows if row.answered_on <= eve and row.answer is not Answer.ASKED}
        then = self.deciders(eve)
        had_all = all(self.agrees(before, person, eve) for person in then)
        still_lasts = not any(_expired(before[person], day) for person in then) if had_all else False
        now = [self.latest[person] for person in self.deciders(day) if person in self.latest]
        return still_lasts and all(row.answer is Answer.GIVEN and not _expired(row, day) for row in now)

    def last_open_day(self, day):
        """Openness can only end after an expiry, on a threshold birthday, or after its grace."""
        birthdays = [birthday(self.born_on, age) for age in THRESHOLDS]
        ends = {row.expires_on for row in self.rows if row.expires_on}
        ends |= {start - timedelta(days=1) for start in birthdays}
        ends |= {start + self.grace for start in birthdays}
        for end in sorted(ends):
            if end >= day and (end == date.max or not self.is_open(end + timedelta(days=1))):
                return end
        return None

    def age_behind(self, end):
        """The threshold that ends sharing on `end`: on the eve of that birthday, or after its grace."""
        if any(row.expires_on == end for row in self.latest.values()):
            return None
        for age in THRESHOLDS:
            start = birthday(self.born_on, age)
            if end in (start - timedelta(days=1), start + self.grace):
                return age
        return None

    def closed_state(self, day):
        """The weightiest thing said by those who decide; one yes out of two is still waiting, so ASKED."""
        said = {self.said(person, day) for person in self.missing(day)}
        for state in (State.WITHDRAWN, State.REFUSED, State.EXPIRED, State.ASKED):
            if state in said:
                return state
        has_any_answer = any(person in self.latest for person in self.deciders(day))
        return State.ASKED if has_any_answer else State.NOT_ASKED

    def said(self, person, day):
        """Someone who said yes once but is missing said it too long ago, by date or by age."""
        rows = [row for row in self.rows if row.person == person]
        if not rows:
            return State.NOT_ASKED
        return State.EXPIRED if rows[-1].answer is Answer.GIVEN else State(rows[-1].answer)


def _expired(row, day):
    return row.expires_on is not None and row.expires_on < day
