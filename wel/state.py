"""What the launcher keeps in .wel: the embedded server, its addresses and the secrets of this checkout."""

import contextlib
import json
import os
import secrets
from pathlib import Path

from wel import roles
from wel.embedded import Embedded

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".wel"
SECRETS = ("WEL_SECRET_KEY", "WEL_CONTEXT_KEY")


class StateError(Exception):
    """Says in Dutch what is missing."""


def embedded_server():
    make_state_folder()
    return Embedded(STATE / "pg")


@contextlib.contextmanager
def database():
    """The environment for children and the embedded server; that is None when DATABASE_URL names a kept server."""
    if os.environ.get("DATABASE_URL"):
        yield dict(os.environ), None
        return
    with embedded_server() as server:
        roles.create_roles(server.url())
        urls = addresses(server)
        for name, url in urls.items():
            write_private(STATE / name.lower(), url)
        yield {**os.environ, **urls, **own_secrets()}, server


def addresses(server):
    return {
        "DATABASE_URL": server.url(roles.APP, "wel"),
        "MIGRATE_DATABASE_URL": server.url(roles.MIGRATE, "wel", options=f"-c role={roles.OWNER}"),
    }


def as_owner(environment):
    """The same environment for a command that changes tables."""
    if not environment.get("MIGRATE_DATABASE_URL"):
        raise StateError("Zet naast DATABASE_URL ook MIGRATE_DATABASE_URL; ./wel.sh database maakt ze allebei.")
    return {**environment, "DATABASE_URL": environment["MIGRATE_DATABASE_URL"]}


def own_secrets():
    """The secrets in the environment, else those of this checkout, made once."""
    path = STATE / "secrets.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    found = {name: os.environ.get(name) or kept.get(name) or secrets.token_urlsafe(48) for name in SECRETS}
    make_state_folder()
    write_private(path, json.dumps(found))
    return found


def make_state_folder():
    if not STATE.exists():
        STATE.mkdir()
        # As root the server runs under another account, which has to pass through; each file is closed by itself.
        STATE.chmod(0o711 if os.geteuid() == 0 else 0o700)


def write_private(path, text):
    """Whole or not at all, and readable by nobody else."""
    if path.exists() and path.read_text() == text:
        return
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
