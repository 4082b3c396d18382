"""The commands of wel.sh, inside the environment that wel/bootstrap.py made."""

import argparse
import contextlib
import fcntl
import os
import pwd
import secrets
import shutil
import signal
import sys
import tomllib
import venv

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

from wel import launcher, roles, state
from wel.embedded import Embedded, EmbeddedError, throw_away_server
from wel.processes import start

# Commands that make tables, wipe rows, read which migrations ran, or give the first rights; the web role may not.
OWNER_COMMANDS = {
    "migrate", "makemigrations", "showmigrations", "flush", "renew_grants", "create_beheerder", "prepare_demo",
    "load_volume", "wipe_removed", "wipe_activities",
}  # fmt: skip
DEBIAN_ADMINISTRATOR = "postgresql://postgres@/postgres?host=/var/run/postgresql"
UV = "uv==0.13.9"
USAGE = """Gebruik: ./wel.sh OPDRACHT

  demo      start WEL met demogegevens op deze computer
  test      draai alle tests
  manage    een opdracht van Django, met de juiste databaserol
  database  maak de rollen en de database op een eigen PostgreSQL-server
  lock      leg de versies van alle pakketten opnieuw vast
  reset     wis de demogegevens op deze computer
"""


def main(arguments):
    commands = {"demo": run_demo, "test": test, "manage": manage, "database": database, "lock": lock, "reset": reset}
    name, *rest = arguments or ["help"]
    if name not in commands:
        print(USAGE, end="")
        return 0 if name in {"help", "-h", "--help"} else 2
    os.chdir(state.ROOT)
    try:
        return commands[name](rest)
    except (launcher.DemoError, state.StateError, EmbeddedError, roles.RolesError) as error:
        print(error, file=sys.stderr)
    except psycopg2.OperationalError as error:
        print(f"De database antwoordt niet: {str(error).strip()}", file=sys.stderr)
    return 1


def run_demo(arguments):
    parser = argparse.ArgumentParser(prog="./wel.sh demo")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    options = parser.parse_args(arguments)
    launcher.run(options.host, options.port)


def manage(arguments):
    with state.database() as (environment, server):
        if server:
            environment["WEL_DEMO"] = "1"
            if arguments[:1] == ["runserver"]:
                environment.setdefault("WEL_DEBUG", "1")  # a change shows at once: no collected files in between
        if arguments[:1] and arguments[0] in OWNER_COMMANDS:
            environment = state.as_owner(environment)
            arguments = [*arguments, "--skip-checks"]  # they refuse any other role than the web role
        return run([sys.executable, "manage.py", *arguments], environment)


# Tests


def test(arguments):
    with_checks = "--ci" in arguments
    arguments = [argument for argument in arguments if argument != "--ci"]
    in_parallel = (
        [] if any(argument.startswith("-n") or "no:xdist" in argument for argument in arguments) else ["-n", "2"]
    )
    with test_database() as urls:
        environment = {**os.environ, **urls, **dict.fromkeys(state.SECRETS, "alleen-voor-de-tests-" * 3)}
        if with_checks and (failed := run_checks(environment)):
            return failed
        environment |= {
            "WEL_TEST": "1",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }  # the browser's event loop runs beside the tests
        return run([sys.executable, "-m", "pytest", *in_parallel, *arguments], environment)


@contextlib.contextmanager
def test_database():
    """A server of one's own, made ready with `database --test`; else a throw-away one."""
    kept = {name: os.environ.get(name) for name in ("DATABASE_URL", "MIGRATE_DATABASE_URL")}
    if kept["DATABASE_URL"]:
        state.as_owner(kept)
        yield kept
        return
    with throw_away_server() as server:
        roles.create_roles(server.url(), test=True)
        yield state.addresses(server)


def run_checks(environment):
    """What a machine sees without running a test."""
    scripts = os.path.dirname(sys.executable)
    checks = [
        [f"{scripts}/ruff", "check", "--quiet"],
        [f"{scripts}/ruff", "format", "--check", "--quiet"],
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "--verbosity", "1"],
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "ERROR"],
    ]
    project = tomllib.loads((state.ROOT / "pyproject.toml").read_text())
    if "importlinter" in project["tool"]:
        checks.insert(2, [f"{scripts}/lint-imports", "--no-logo"])
    for command in checks:
        if failed := run(command, environment):
            return failed
    for lock_file in sorted((state.ROOT / "requirements").glob("*.txt")):
        if "://" in lock_file.read_text():
            print(f"{lock_file.name} noemt een server; maak het opnieuw met ./wel.sh lock", file=sys.stderr)
            return 1
    return 0


# A server of one's own


def database(arguments):
    parser = argparse.ArgumentParser(prog="./wel.sh database")
    parser.add_argument("admin_url", nargs="?", default=DEBIAN_ADMINISTRATOR, metavar="ADMIN_URL")
    parser.add_argument("--name", default="wel", help="naam van de database")
    parser.add_argument("--new-passwords", action="store_true", help="vervang ook bestaande wachtwoorden")
    parser.add_argument("--test", action="store_true", help="alleen voor een server die niets dan tests bevat")
    options = parser.parse_args(arguments)
    with as_system_account(options.admin_url):
        chosen = roles.LOGIN_ROLES if options.new_passwords else roles.roles_without_password(options.admin_url)
        passwords = {role: secrets.token_urlsafe(24) for role in chosen}
        roles.create_roles(options.admin_url, options.name, passwords=passwords, test=options.test)
    if not passwords:
        print("De rollen zijn in orde. De eerdere adressen en wachtwoorden blijven gelden (nieuw: --new-passwords).")
        return
    print_addresses(options.admin_url, options.name, passwords)


@contextlib.contextmanager
def as_system_account(admin_url):
    """On Debian only the system account postgres gets in as postgres, by the socket; root can be it for a moment."""
    dsn = parse_dsn(make_dsn(admin_url))
    account = None
    if os.geteuid() == 0 and dsn.get("host", "/").startswith("/"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(dsn.get("user", ""))
    if account:
        os.seteuid(account.pw_uid)
    try:
        yield
    finally:
        if account:
            os.seteuid(0)


def print_addresses(admin_url, name, passwords):
    """Only here and only now: the passwords are kept nowhere."""
    server = reachable_server(admin_url, name, passwords)
    for variable, role, parameters in (
        ("DATABASE_URL", roles.APP, {}),
        ("MIGRATE_DATABASE_URL", roles.MIGRATE, {"options": f"-c role={roles.OWNER}"}),
        ("BACKUP_DATABASE_URL", roles.BACKUP, {}),
    ):
        if role in passwords:
            print(f"{variable}={roles.login_url(server, role, passwords[role], name, **parameters)}")
    print("Bewaar deze regels op een veilige plek; WEL toont ze niet nog een keer.", file=sys.stderr)


def reachable_server(admin_url, name, passwords):
    """The administrator's server, or localhost where a password does not open the socket (as on Debian)."""
    role, password = next(iter(passwords.items()))
    dsn = parse_dsn(make_dsn(admin_url))
    if not dsn.get("host", "/").startswith("/"):
        return admin_url
    for server in (admin_url, f"postgresql://localhost:{dsn.get('port', '5432')}/"):
        with contextlib.suppress(psycopg2.OperationalError):
            psycopg2.connect(roles.login_url(server, role, password, name)).close()
            return server
    return admin_url


# Keeping house


def lock(arguments):
    """Compile both locks without a word about where the packages came from."""
    uv = shutil.which("uv") or own_uv()
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet", *arguments]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
    for name, group in (("base", []), ("test", ["--group", "test"])):
        command = [
            uv,
            "pip",
            "compile",
            "pyproject.toml",
            *group,
            *options,
            "--output-file",
            f"requirements/{name}.txt",
        ]
        if failed := run(command, dict(os.environ)):
            return failed


def own_uv():
    state.make_state_folder()
    folder = state.STATE / "uv"
    venv.create(folder, with_pip=True)
    if run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", UV], dict(os.environ)):
        raise state.StateError(f"{UV} kon niet geïnstalleerd worden.")
    return str(folder / "bin" / "uv")


def reset(arguments):
    if not state.STATE.exists():
        print("Er zijn geen demogegevens om te wissen.")
        return 0
    with open(state.STATE / "demo.lock", "w") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("De demo draait nog. Stop die eerst met Ctrl-C.", file=sys.stderr)
            return 1
        if "--yes" not in arguments and not confirmed():
            print("Er is niets gewist.")
            return 1
        Embedded(state.STATE / "pg").remove()
        shutil.rmtree(state.STATE)
    print("De demogegevens zijn gewist.")
    return 0


def confirmed():
    try:
        return input("Dit wist alle demogegevens op deze computer. Typ wis om door te gaan: ").strip() == "wis"
    except EOFError:
        return False


def run(command, environment):
    """Run a child that shares the terminal: Ctrl-C is for the child, and the launcher waits for it to end."""
    child = start(command, env=environment)
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
