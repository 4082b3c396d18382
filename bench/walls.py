"""What both walls cost: list and count as the web role beside a fixed-SWV query on a copy without security.

`python -m bench.walls [runs] [cases]`
"""

import os
import statistics
import sys
import time

import django
from django.db.models import QuerySet

AREAS = ("po2001", "10", "151")  # one SWV, ten, all of them
JOBS = ("coordinator", "leerplicht")
NEWEST = 50


def statements(user, right):
    """Per question the SQL with both walls and the bare one: newest 50 of one status, the count of the whole list as
    the page asks it (access.count_cases), and the count of the list with a filter, which goes by the policies."""
    from bench.minimal import PlainCase
    from cases.models import Case
    from regions.models import grants_of

    columns = [field.name for field in PlainCase._meta.fields]
    secured = Case.objects.editable_by(user)
    bare = PlainCase.objects.filter(swv_id__in=sorted(grants_of(user).swvs(right)))

    def underway(rows):
        return rows.filter(status=Case.Status.UNDERWAY)

    def newest(rows):
        return list(underway(rows).order_by("-pk").values_list(*columns)[:NEWEST])

    return {
        "lijst": (sql_of(newest, secured), sql_of(newest, bare)),
        "telling": (("SELECT access.count_cases()", None), sql_of(QuerySet.count, bare)),
        "telling met filter": (sql_of(QuerySet.count, underway(secured)), sql_of(QuerySet.count, underway(bare))),
    }


def sql_of(ask, rows):
    """The last statement that a question sends, with its values."""
    from django.db import connection

    sent = []

    def note(execute, sql, params, many, context):
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask(rows)
    return sent[-1]


def timings(queries, runs):
    """Milliseconds per query, the pair in turn, from sending to the last row."""
    from django.db import connection

    times = [[] for _ in queries]
    with connection.cursor() as cursor:
        for run in range(runs + 3):
            for (sql, params), into in zip(queries, times, strict=True):
                start = time.perf_counter()
                cursor.execute(sql, params)
                cursor.fetchall()
                if run >= 3:
                    into.append((time.perf_counter() - start) * 1000)
    return times


def main(runs, size):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wel.settings")
    django.setup()
    from access.context import acting_as
    from access.models import User
    from bench.database import machine, use
    from demo.volume import DOMAIN

    use(size)
    print(f"{machine()}; {size} jeugdigen, {runs} keer om en om; laagste (mediaan) in ms\n")
    print("| vraag | wie | beide muren | zonder beveiliging | keer |")
    print("|---|---|---|---|---|")
    rights = dict(zip(JOBS, ("work_on_cases", "register_cases"), strict=True))
    for job in JOBS:
        for area in AREAS:
            user = User.objects.get(email=f"{job}.{area}@{DOMAIN}")
            with acting_as(user):
                for question, queries in statements(user, rights[job]).items():
                    secured, bare = timings(queries, runs)
                    times = f"{min(secured):.2f} ({statistics.median(secured):.2f})"
                    times += f" | {min(bare):.2f} ({statistics.median(bare):.2f})"
                    who = f"{job}, {'1' if area == 'po2001' else area} SWV"
                    print(f"| {question} | {who} | {times} | {min(secured) / min(bare):.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60, int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
