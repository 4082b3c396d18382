"""The commands of wel.sh: which role a command gets, what is kept and when it is wiped."""

import fcntl
import json
import os
from contextlib import contextmanager

import pytest

from wel import cli, state


@pytest.fixture(autouse=True)
def _own_state(monkeypatch, tmp_path):
    monkeypatch.setattr(state, "STATE", tmp_path / ".wel")
    for name in state.SECRETS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def started(monkeypatch):
    """What `manage` would have started, without starting it."""
    runs = []

    @contextmanager
    def database():
        yield {"DATABASE_URL": "of the web role", "MIGRATE_DATABASE_URL": "of the owner"}, None

    monkeypatch.setattr(state, "database", database)
    monkeypatch.setattr(
        cli, "run", lambda command, environment: runs.append((command[2:], environment["DATABASE_URL"]))
    )
    return runs


@pytest.mark.parametrize(
    ("arguments", "url"),
    [
        (["migrate", "cases"], "of the owner"),
        (["renew_grants"], "of the owner"),
        (["makemigrations", "--check"], "of the owner"),
        (["showmigrations"], "of the owner"),
        (["runserver"], "of the web role"),
        (["wipe_removed"], "of the owner"),
        (["wipe_activities"], "of the owner"),
        (["shell"], "of the web role"),
        (["import_reference_data"], "of the web role"),
    ],
)
def test_only_commands_that_change_tables_run_as_owner(started, arguments, url):
    cli.main(["manage", *arguments])

    [(command, used)] = started
    assert command[: len(arguments)] == arguments
    assert used == url


def test_a_kept_server_without_an_address_for_the_owner_is_told_so(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://wel_app@db.example/wel")
    monkeypatch.delenv("MIGRATE_DATABASE_URL", raising=False)

    assert cli.main(["manage", "migrate"]) == 1
    assert "MIGRATE_DATABASE_URL" in capsys.readouterr().err


def test_secrets_are_made_once_and_readable_by_nobody_else():
    first = state.own_secrets()

    assert state.own_secrets() == first
    assert (state.STATE / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert len(set(first.values())) == 2
    assert min(map(len, first.values())) >= 64


def test_a_secret_in_the_environment_wins(monkeypatch):
    monkeypatch.setenv("WEL_SECRET_KEY", "from the environment")

    assert state.own_secrets()["WEL_SECRET_KEY"] == "from the environment"


def test_reset_wipes_only_after_the_word(monkeypatch):
    state.own_secrets()
    monkeypatch.setattr("builtins.input", lambda question: "ja")
    assert cli.main(["reset"]) == 1
    assert state.STATE.exists()

    monkeypatch.setattr("builtins.input", lambda question: "wis")
    assert cli.main(["reset"]) == 0
    assert not state.STATE.exists()


def test_reset_refuses_while_the_demo_runs(capsys):
    state.make_state_folder()
    with open(state.STATE / "demo.lock", "w") as mark:
        fcntl.flock(mark, fcntl.LOCK_SH)

        assert cli.main(["reset", "--yes"]) == 1

    assert "De demo draait nog" in capsys.readouterr().err
    assert state.STATE.exists()


def test_a_file_is_written_whole_or_not_at_all(monkeypatch):
    state.make_state_folder()
    path = state.STATE / "address"
    state.write_private(path, json.dumps("old"))

    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError))
    with pytest.raises(OSError):  # noqa: PT011 - any failure halfway
        state.write_private(path, json.dumps("new"))

    assert path.read_text() == json.dumps("old")


def test_an_unknown_command_shows_the_commands(capsys):
    assert cli.main(["start"]) == 2
    assert "./wel.sh OPDRACHT" in capsys.readouterr().out


def test_the_state_folder_is_closed():
    state.make_state_folder()

    others = state.STATE.stat().st_mode & 0o077
    assert others == (0o011 if os.geteuid() == 0 else 0)
