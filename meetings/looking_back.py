"""What a table that was held leads to: what people thought of it, whether the advice worked, and the next table."""

import json
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from access.models import User
from meetings.models import AdviceReview, AgendaItem, Participant, TableReflection
from meetings.preparation import from_json
from meetings.rules.kinds import Kind
from meetings.rules.review import Moment, review_on

ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde")
# What is on an agenda and is no table of the team.
NO_TABLE = (Kind.HOME_VISIT, Kind.PARENTS)

# For a place and a jeugdige that the reader works on; the policies say so again. A meeting in a SWV where the jeugdige
# no longer is cannot be seen: what was held there stays a table.
ROWS = """
SELECT (SELECT jsonb_agg(to_jsonb(r) || jsonb_build_object('who', u.name))
        FROM meetings_advicereview r JOIN access_user u ON u.id = r.updated_by_id WHERE r.item_id = %(item)s),
       (SELECT jsonb_agg(to_jsonb(f)) FROM meetings_tablereflection f WHERE f.item_id = %(item)s),
       (SELECT jsonb_agg(to_jsonb(i) ORDER BY i.starts_at, i.id)
        FROM meetings_agendaitem i LEFT JOIN meetings_meeting m ON m.id = i.meeting_id
        WHERE i.case_id = %(case)s AND i.status <> 'vervallen' AND NOT coalesce(m.kind = ANY (%(no_table)s), false))
"""


@dataclass(frozen=True)
class Look:
    """One moment to look back, and what was written then; `review` is None as long as nobody did."""

    moment: str
    label: str
    due_on: date
    is_due: bool
    review: AdviceReview | None


@dataclass(frozen=True)
class LookingBack:
    looks: list[Look]
    reflections: dict[int, TableReflection]  # by participant
    tables: list[tuple[str, AgendaItem]]  # ("Eerste tafel", place), ... of one jeugdige, held and to come, in order

    @property
    def asks_table(self):
        """Whether the last that somebody wrote says that another table is needed."""
        written = sorted((look.review for look in self.looks if look.review), key=lambda row: (row.held_on, row.pk))
        return bool(written) and written[-1].needs_table

    @property
    def next_word(self):
        """ "tweede", when there was one table."""
        return _ordinal(sum(place.status == AgendaItem.Status.DISCUSSED for _, place in self.tables) + 1)

    def has_later(self, item):
        return any(place.starts_at > item.starts_at for _, place in self.tables)

    def calls(self, people):
        """(participant, what is written down or None) of `people` who were there; the jongere is not phoned here."""
        return [
            (person, self.reflections.get(person.pk))
            for person in people
            if person.attendance == Participant.Attendance.PRESENT and person.role != Participant.Role.YOUTH
        ]


def look_back(item):
    """In one statement; `item` was found for somebody who works on the jeugdige."""
    with connection.cursor() as cursor:
        values = {"item": item.pk, "case": item.case_id, "no_table": [str(kind) for kind in NO_TABLE]}
        cursor.execute(ROWS, values)
        reviews, reflections, places = (_rows(found) for found in cursor.fetchone())
    written, today = {row["moment"]: _review(row) for row in reviews}, timezone.localdate()
    looks = [
        Look(moment, moment.label, due_on, due_on <= today, written.get(moment))
        for moment in Moment
        for due_on in [review_on(moment, item.ends_at)]
    ]
    said = [from_json(TableReflection, row) for row in reflections]
    tables = [
        (f"{_ordinal(number).capitalize()} tafel", from_json(AgendaItem, row)) for number, row in enumerate(places, 1)
    ]
    return LookingBack(looks, {each.participant_id: each for each in said}, tables)


def _rows(found):
    return json.loads(found) if isinstance(found, str) else found or []


def _review(row):
    name = row.pop("who")
    review = from_json(AdviceReview, row)
    review.updated_by = User(pk=review.updated_by_id, name=name)
    return review


def _ordinal(number):
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}e"
