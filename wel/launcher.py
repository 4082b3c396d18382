"""`./wel.sh demo`: database, tables, demo data, web server and worker, kept running until Ctrl-C."""

import contextlib
import fcntl
import hashlib
import http.client
import ipaddress
import os
import signal
import socket
import sys
import time
from contextlib import closing

import psycopg2

from wel import state
from wel.processes import start, start_apart, stop

PORTS_TO_TRY = 50
LOGIN_PAGE = "/inloggen/"
SECONDS_TO_ANSWER = 120  # the first start loads the demo data on the way
QUICK_DEATH = 5  # seconds; a service that dies sooner than this, this many times in a row, will not recover by itself
LOG_LIMIT = 10 * 2**20


class DemoError(Exception):
    """Says in Dutch why the demo does not start."""


def run(host, port):
    started_at = time.monotonic()
    with contextlib.ExitStack() as cleanup:
        leave_on_signal()
        cleanup.enter_context(running_mark())
        environment, server = cleanup.enter_context(state.database())
        logins = state.STATE / "logins"
        environment |= state.own_secrets() | {"WEL_DEMO": "1", "WEL_DEMO_LOGINS": str(logins)}
        environment["DJANGO_SETTINGS_MODULE"] = "wel.settings"
        prepare(environment)

        listener = cleanup.enter_context(listen(host, port))
        web, worker = web_service(listener, environment), worker_service(environment)
        cleanup.callback(web.stop)
        web.start()
        wait_for_login_page(listener, web)
        # After the first page: loading the application twice at once would keep the visitor waiting.
        cleanup.callback(worker.stop)
        worker.start()
        host, port = listener.getsockname()[:2]
        print(f"\nWEL draait op http://{host}:{port}/ (na {time.monotonic() - started_at:.1f} s). Stoppen: Ctrl-C.\n")
        print(logins.read_text(), flush=True)
        keep_running(server, [web, worker])


def leave_on_signal():
    """One signal stops everything in order; a second one does not cut that off."""

    def leave(number, _frame):
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        print("\nStoppen ...", flush=True)
        sys.exit(0 if number == signal.SIGINT else 128 + number)

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, leave)


@contextlib.contextmanager
def running_mark():
    """Held by every running demo, so that `reset` sees it."""
    state.make_state_folder()
    with open(state.STATE / "demo.lock", "w") as mark:
        fcntl.flock(mark, fcntl.LOCK_SH)
        yield


# Preparing


def prepare(environment):
    """Bring tables and static files up to date, if they are not."""
    owner = state.as_owner(environment)
    steps = []
    if not tables_are_current(owner):
        steps.append("tables")
    if not static_files_are_current():
        steps.append("static_files")
    if not steps:
        return
    if start([sys.executable, "-m", "wel.prepare", *steps], cwd=state.ROOT, env=owner).wait():
        raise DemoError("De demo kon niet klaargezet worden; hierboven staat waarom.")
    mark_tables_current(owner)
    state.write_private(static_mark(), static_checksum())


def tables_are_current(environment):
    """Whether the mark in the database fits the migrations in this checkout and those applied."""
    with closing(psycopg2.connect(environment["DATABASE_URL"])) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[0] == tables_mark(cursor, environment)


def mark_tables_current(environment):
    """The mark lies in the database itself, so it can never outlive it."""
    url = environment["DATABASE_URL"]
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_database())")
        (name,) = cursor.fetchone()
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [tables_mark(cursor, environment)])


def tables_mark(cursor, environment):
    cursor.execute("SELECT to_regclass('django_migrations')")
    applied = []
    if cursor.fetchone()[0]:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        applied = cursor.fetchall()
    written = sorted(str(path.relative_to(state.ROOT)) for path in state.ROOT.glob("*/migrations/*.py"))
    lock = (state.ROOT / "requirements" / "base.txt").read_text()  # stands for the migrations of packages
    # Migrating also hands the context key to the database.
    return "wel " + checksum(repr(applied), repr(written), lock, environment["WEL_CONTEXT_KEY"])


def static_files_are_current():
    collected = state.ROOT / "staticfiles" / "staticfiles.json"
    return collected.exists() and static_mark().exists() and static_mark().read_text() == static_checksum()


def static_mark():
    return state.STATE / "static.sha256"


def static_checksum():
    folders = [state.ROOT / "static", *state.ROOT.glob("*/static")]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    seen = [(str(path.relative_to(state.ROOT)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return checksum(repr(seen), (state.ROOT / "requirements" / "base.txt").read_text())


def checksum(*parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


# Running


class Service:
    """A child that is started again when it dies."""

    def __init__(self, name, command, environment, pass_fds=()):
        self.name, self.command, self.environment, self.pass_fds = name, command, environment, pass_fds
        self.log = state.STATE / f"{name}.log"
        self.process, self.started_at, self.quick_deaths = None, 0, 0

    def start(self):
        self.started_at = time.monotonic()
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            if log.tell() > LOG_LIMIT:
                log.truncate(0)
            self.process = start_apart(
                self.command, cwd=state.ROOT, env=self.environment, stdout=log, stderr=log, pass_fds=self.pass_fds
            )

    def keep_running(self):
        if self.process.poll() is None:
            return
        died_quickly = time.monotonic() - self.started_at < QUICK_DEATH
        self.quick_deaths = self.quick_deaths + 1 if died_quickly else 0
        if self.quick_deaths >= QUICK_DEATH:
            raise DemoError(f"{self.name} stopt telkens weer. Waarom staat in {self.log}.")
        self.start()

    def last_lines(self):
        return self.log.read_text(errors="replace")[-800:]

    def stop(self):
        stop(self.process)


def listen(host, port):
    """The first free port; the launcher holds it, so that a restarted web server finds its visitors waiting."""
    for candidate in range(port, port + PORTS_TO_TRY):
        with contextlib.suppress(OSError):
            return socket.create_server((host, candidate), backlog=512)
    raise DemoError(f"Op {host} is geen poort vrij vanaf {port}.")


def web_service(listener, environment):
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "wel/demo_gunicorn.py",
        "--bind",
        f"fd://{listener.fileno()}",
    ]
    return Service("web", [*command, "wel.wsgi"], environment, pass_fds=[listener.fileno()])


def worker_service(environment):
    return Service("worker", [sys.executable, "manage.py", "db_worker", "--no-startup-delay"], environment)


def wait_for_login_page(listener, web):
    host, port = listener.getsockname()[:2]
    reachable = "localhost" if ipaddress.ip_address(host).is_unspecified else host
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        if web.process.poll() is not None:
            raise DemoError(f"De webserver start niet. De laatste regels van {web.log}:\n{web.last_lines()}")
        with contextlib.suppress(OSError, http.client.HTTPException):
            with closing(http.client.HTTPConnection(reachable, port, timeout=2)) as connection:
                connection.request("GET", LOGIN_PAGE)
                status = connection.getresponse().status
            if status == 200:
                return
            raise DemoError(f"De inlogpagina geeft status {status}. Waarom staat in {web.log}.")
        time.sleep(0.05)
    raise DemoError(f"De inlogpagina antwoordt niet. Waarom staat in {web.log}.")


def keep_running(server, services):
    while True:
        if server and server.keep_running():
            print("PostgreSQL was gestopt en draait weer.", flush=True)
        for service in services:
            service.keep_running()
        time.sleep(0.25)
