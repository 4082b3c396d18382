"""Reads the figures of one schooljaar and place for one reader: finished numbers for page, file and pdf alike.

Two questions. The rows that the reader may open are asked under the policies, narrowed to literal ids as everywhere; so
each of those numbers has its list. What somebody may count and not open comes from the database without anybody in it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from access.prepared import execute_prepared
from access.school_year import school_year_end
from cases.models.learning import learning_swvs
from regions.models import Gemeente, Samenwerkingsverband, grants_of
from reporting.monitor.counters import CONTACT, COUNTERS, JOURNEY, OBSTACLE, Counter
from reporting.monitor.splits import SPLITS, Person, Split

IN_PERIOD = """
f.first_day <= %(last)s AND f.last_day >= %(first)s AND (f.next_day IS NULL OR f.next_day > %(last)s)
  AND (f.over_at IS NULL OR f.over_at < %(now)s)"""
IN_PLACE = """
(%(swv)s::bigint IS NULL OR f.swv_id = %(swv)s::bigint)
  AND (%(gemeente)s::bigint IS NULL OR f.gemeente_id IS NULL OR f.gemeente_id = %(gemeente)s::bigint)"""
# Leerplicht everything of its area; the team what is shared, without the first contact; who accounts for it the Reis.
READABLE = """
CASE WHEN f.source = 'knelpunt' THEN f.swv_id = ANY (%(learning)s::bigint[])
  ELSE f.gemeente_id = ANY (%(gemeenten)s::bigint[]) OR f.swv_id = ANY (%(swvs)s::bigint[])
    OR (f.open_until >= %(today)s AND (
      (f.swv_id = ANY (%(team)s::bigint[]) AND NOT f.source = ANY (%(contact)s::text[]))
      OR (f.swv_id = ANY (%(figures)s::bigint[]) AND f.source = ANY (%(journey)s::text[])))) END"""
# Said apart from what each row may be used for, so that PostgreSQL takes it into each table.
NEAR = """
(f.swv_id = ANY (%(all_swvs)s::bigint[]) OR f.gemeente_id = ANY (%(gemeenten)s::bigint[]))"""
FACTS = f"""
SELECT f.source, f.mark, f.row_id, f.case_id, s.kind, c.situation, c.side_group, c.exemption_kind, c.birth_year,
  c.birth_month
FROM reporting_fact f
JOIN regions_samenwerkingsverband s ON s.id = f.swv_id
LEFT JOIN cases_case c ON c.id = f.case_id
WHERE {NEAR} AND {IN_PLACE} AND {IN_PERIOD} AND {READABLE}
"""  # noqa: S608 -- constants only
UNREAD = f"""
SELECT f.source, f.mark, NULL, f.person, s.kind, f.situation, f.side_group, f.exemption_kind, f.birth_year,
  f.birth_month
FROM access.unread_figures(%(first)s, %(last)s, %(now)s) f
JOIN regions_samenwerkingsverband s ON s.id = f.swv_id
WHERE {IN_PLACE}
"""  # noqa: S608 -- constants only


@dataclass(frozen=True)
class Scope:
    """What is counted: a schooljaar, and where; nothing chosen is everywhere that the reader counts."""

    first: date
    last: date
    name: str  # "2025-2026"
    place: str  # in words
    swv: Samenwerkingsverband | None = None
    gemeente: Gemeente | None = None

    @classmethod
    def of(cls, name, place="", *, swv=None, gemeente=None):
        first = date(int(name[:4]), 8, 1)
        return cls(first, school_year_end(first), name, place, swv, gemeente)

    def reference_day(self, today):
        """Of the ages: the last day of the schooljaar, and until then today."""
        return min(self.last, today)

    @property
    def query(self):
        """As in a link."""
        chosen = {"schooljaar": self.name}
        if self.swv:
            chosen["swv"] = self.swv.key
        if self.gemeente:
            chosen["gemeente"] = self.gemeente.code
        return chosen


@dataclass(frozen=True)
class Fact:
    """One row that counts; `person` is None for what is of no jeugdige, and `row` where the reader may not open it."""

    source: str
    mark: str
    row: int | None
    person: Person | None


@dataclass(frozen=True)
class SplitCount:
    split: Split
    groups: tuple[tuple[str, str, int], ...]  # key, name, number


@dataclass(frozen=True)
class Count:
    counter: Counter
    number: int
    of: int | None  # how many it is a part of
    kinds: tuple[tuple[str, str, int], ...]  # key, name, number
    splits: tuple[SplitCount, ...]
    may_list: bool  # this reader may open all that is counted


@dataclass(frozen=True)
class Figures:
    school_year: str
    place: str
    reference_day: date
    made_on: date
    counts: tuple[Count, ...]

    def count(self, key):
        return next(one for one in self.counts if one.counter.key == key)


def read_figures(user, scope, now, today):
    """All counters at once."""
    facts = defaultdict(list)
    for fact in (*readable_facts(user, scope, now, today), *_unread_facts(user, scope, now)):
        facts[fact.source].append(fact)
    day = scope.reference_day(today)
    return Figures(
        school_year=scope.name,
        place=scope.place,
        reference_day=day,
        made_on=today,
        counts=tuple(
            _count(counter, facts[counter.source], day, may_list(user, scope, counter)) for counter in COUNTERS
        ),
    )


def _count(counter, facts, day, listed):
    if counter.is_persons:
        people = persons_of(facts)
        splits = tuple(_split(split, people, day) for split in SPLITS)
        return Count(counter, len(people), None, (), splits, listed)
    counted = [fact for fact in facts if not counter.counts or fact.mark == counter.counts]
    kinds = tuple((key, name, sum(fact.mark == key for fact in counted)) for key, name in counter.kinds)
    return Count(counter, len(counted), len(facts) if counter.of else None, kinds, (), listed)


def persons_of(facts):
    """Each once."""
    return list({fact.person.key: fact.person for fact in facts}.values())


def _split(split, people, day):
    numbers = defaultdict(int)
    for person in people:
        numbers[split.group_of(person, day)] += 1
    return SplitCount(split, tuple((key, name, numbers[key]) for key, name in split.groups))


def split_rows(figures):
    """Per split its groups, and in each the number of every counter of persons; a group without anybody is left out."""
    counts = [count for count in figures.counts if count.counter.is_persons]
    found = []
    for place, split in enumerate(SPLITS):
        rows = [
            (key, name, [count.splits[place].groups[at][2] for count in counts])
            for at, (key, name) in enumerate(split.groups)
        ]
        found.append((split, [row for row in rows if any(row[2])]))
    return found


def readable_facts(user, scope, now, today):
    """The rows that `user` may open, and so may see the list of."""
    grants = grants_of(user)
    figures = grants.swvs("view_figures")
    learning = _obstacle_swvs(user)
    values = _values(scope, now) | {
        "gemeenten": list(grants.gemeenten("register_cases")),
        "swvs": list(grants.swvs("register_cases")),
        "team": list(grants.swvs("work_on_cases")),
        "figures": list(figures),
        "learning": list(learning),
        "all_swvs": list(figures | learning),
        "today": today,
        "contact": list(CONTACT),
        "journey": list(JOURNEY),
    }
    return _ask(FACTS, values)


def _obstacle_swvs(user):
    """Where `user` reads the knelpunten and counts: the own SWVs, and for a gemeente those around it."""
    grants = grants_of(user)
    around = learning_swvs(user)
    return around if grants.gemeenten("view_figures") else around & grants.swvs("view_figures")


def _unread_facts(user, scope, now):
    if not grants_of(user).swvs("view_figures"):
        return []
    return _ask(UNREAD, _values(scope, now))


def _values(scope, now):
    return {
        "first": scope.first,
        "last": scope.last,
        "now": now,
        "swv": scope.swv and scope.swv.pk,
        "gemeente": scope.gemeente and scope.gemeente.pk,
    }


def _ask(statement, values):
    with connection.cursor() as cursor:
        execute_prepared(cursor, statement, values)
        rows = cursor.fetchall()
    return [Fact(source, mark, pk, key and Person(key, *attributes)) for source, mark, pk, key, *attributes in rows]


def may_list(user, scope, counter):
    """Whether `user` may open every row of this counter in this place, and so sees the list behind the number."""
    grants = grants_of(user)
    figures = grants.swvs("view_figures")
    if scope.swv:
        figures &= {scope.swv.pk}
    if counter.source == OBSTACLE:
        return figures <= _obstacle_swvs(user)
    if scope.gemeente and scope.gemeente.pk in grants.gemeenten("register_cases"):
        return True
    if counter.source in JOURNEY:
        return True
    right = grants.swvs("register_cases")
    if counter.source not in CONTACT:
        right |= grants.swvs("work_on_cases")
    return figures <= right
