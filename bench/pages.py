"""CPU and queries per page beside the least Django can do, at two sizes: `python -m bench.pages [rounds]`."""

import os
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

import django

SIZES = (10_000, 100_000)
BLOCK = 5  # rounds before changing to the other database, so that both see the same weather
MINIMAL = "minimaal"
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "SELECT set_config('wel.")


def pages_of(size):
    """Name, who looks, where: one SWV, whose list is full at both sizes."""
    from access.context import acting_as
    from cases.models import Case, Inclusion

    coordinator, leerplicht, contact = (person(job) for job in ("coordinator", "leerplicht", "contact"))
    with acting_as(coordinator):
        shared = Case.objects.editable_by(coordinator)
        included = Inclusion.objects.visible_to(coordinator).values("case")
        case = shared.filter(pk__in=included).order_by("-pk").first().code
        assert shared.count() >= 25, size
    return (
        ("Jeugdigen (coördinator)", coordinator, "/jeugdigen/"),
        ("Jeugdigen (leerplicht)", leerplicht, "/jeugdigen/"),
        ("Overzicht (coördinator)", coordinator, f"/jeugdigen/{case}/"),
        ("Overzicht (leerplicht)", leerplicht, f"/jeugdigen/{case}/"),
        ("Reis (coördinator)", coordinator, f"/jeugdigen/{case}/reis/"),
        ("Logboek (coördinator)", coordinator, f"/jeugdigen/{case}/logboek/"),
        ("Vandaag (coördinator)", coordinator, "/"),
        ("Vandaag (leerplicht)", leerplicht, "/"),
        ("Vandaag (SWV-contact)", contact, "/"),
        ("Verantwoording (SWV-contact)", contact, "/verantwoording/PO2001/"),
    )


def person(job):
    from access.models import User
    from demo.volume import DOMAIN

    return User.objects.get(email=f"{job}.po2001@{DOMAIN}")


def client_of(user):
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


class Visit:
    """One page for one person: its own client, so that middleware is loaded once."""

    def __init__(self, name, user, url):
        from django.test import override_settings

        from bench import minimal

        self.name, self.url, self.client = name, url, client_of(user)
        with override_settings(**({"MIDDLEWARE": minimal.MIDDLEWARE} if name == MINIMAL else {})):
            self.client.handler.load_middleware()

    def get(self):
        from django.db import connection

        backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        before, own = int(backend.read_text().split()[0]), time.process_time_ns()
        response = self.client.get(self.url)
        own = time.process_time_ns() - own
        database = int(backend.read_text().split()[0]) - before
        if response.status_code != 200:
            raise SystemExit(f"{self.name}: {response.status_code} on {self.url}")
        return own / 1e6, database / 1e6, len(response.content)


def queries_of(visit):
    from django.db import connection

    seen = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(NOT_COUNTED):
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        visit.get()
    return seen


def measure(rounds):
    from bench.database import use

    visits, costs, queries = {}, defaultdict(list), {}
    for size in SIZES:
        use(size)
        visits[size] = [Visit(MINIMAL, person("coordinator"), "/")]
        visits[size] += [Visit(*page) for page in pages_of(size)]
        for visit in visits[size]:
            visit.get()
            queries[visit.name, size] = queries_of(visit)
    for _ in range(rounds // BLOCK):
        for size in SIZES:
            use(size)
            for visit in visits[size]:
                visit.get()
            for _ in range(BLOCK):
                for visit in visits[size]:
                    costs[visit.name, size].append(visit.get())
    return costs, queries


def report(costs, queries, rounds):
    from bench.database import machine

    small, large = SIZES
    print(f"{machine()}; {rounds} keer per pagina, om en om; mediaan\n")
    print("| pagina | vragen | kB | CPU Python + PostgreSQL, ms, 10.000 | 100.000 | keer minimaal | groei |")
    print("|---|---|---|---|---|---|---|")
    total = {key: statistics.median(own + base for own, base, _ in rows) for key, rows in costs.items()}
    for name in dict.fromkeys(name for name, _ in costs):
        cells = [name, str(len(queries[name, large])), f"{costs[name, large][-1][2] / 1024:.0f}"]
        for size in SIZES:
            own = statistics.median(row[0] for row in costs[name, size])
            base = statistics.median(row[1] for row in costs[name, size])
            cells.append(f"{own:.1f} + {base:.1f}")
        cells.append(f"{total[name, large] / total[MINIMAL, large]:.1f}")
        cells.append(f"{total[name, large] / total[name, small]:.2f}")
        print("| " + " | ".join(cells) + " |")


def main(rounds):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wel.settings")
    django.setup()
    costs, queries = measure(rounds)
    report(costs, queries, rounds)
    if os.environ.get("BENCH_QUERIES"):
        for (name, size), seen in queries.items():
            if size == SIZES[-1]:
                print(f"\n{name}", *(f"  {sql[:160]}" for sql in seen), sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
