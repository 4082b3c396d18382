"""What the list of jeugdigen says beyond its rows, asked of PostgreSQL in one call."""

import json
from dataclasses import dataclass

from django.db import connection

IN_REACH = """
SELECT access.count_cases(), (SELECT coalesce(sum(total), 0) FROM access.count_unshared()),
    cardinality(access.let_in()) > 0,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(u.id, u.name) ORDER BY u.name), '[]')
     FROM access_user u WHERE u.id = ANY ((SELECT access.case_owners())::bigint[]))
"""


@dataclass(frozen=True)
class InReach:
    total: int  # jeugdigen that the asker works on, as `Case.objects.editable_by` has them
    unshared: int  # those of the own team that are not shared
    is_let_in: bool  # whether the asker was let in to a name anywhere
    owners: list[list]  # id and name of who is eigenaar of one of them, by name


def in_reach():
    """For whoever is asking in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(IN_REACH)
        total, unshared, is_let_in, owners = cursor.fetchone()
    return InReach(total, int(unshared), is_let_in, json.loads(owners))
