"""What keeps the demo running: a port that is free, services that come back, marks that do not lie."""

import signal
import socket
import sys
import time
from contextlib import closing

import psycopg2
import pytest

from wel import launcher, roles, state
from wel.embedded import throw_away_server


@pytest.fixture(autouse=True)
def _own_state(monkeypatch, tmp_path):
    monkeypatch.setattr(state, "STATE", tmp_path)


def test_a_port_in_use_is_passed_over():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with launcher.listen("127.0.0.1", port) as listener:
            assert port < listener.getsockname()[1] < port + launcher.PORTS_TO_TRY


def test_a_killed_service_is_started_again():
    service = launcher.Service("sleeper", ["sleep", "60"], {})
    service.start()
    first = service.process
    first.send_signal(signal.SIGKILL)
    first.wait()

    service.keep_running()

    assert service.process.pid != first.pid
    assert service.process.poll() is None
    service.stop()
    assert service.process.poll() == -signal.SIGTERM


def test_a_service_that_keeps_dying_says_where_to_look():
    service = launcher.Service("broken", [sys.executable, "-c", "raise SystemExit('no')"], {})
    service.start()

    def keep_trying():
        while True:
            service.process.wait()
            service.keep_running()

    with pytest.raises(launcher.DemoError, match=r"broken\.log"):
        keep_trying()


def test_a_web_server_that_does_not_start_says_why():
    web = launcher.Service(
        "web", [sys.executable, "-c", "raise SystemExit('Er staan echte gegevens in deze database.')"], {}
    )
    web.start()

    with launcher.listen("127.0.0.1", 0) as listener, pytest.raises(launcher.DemoError, match="echte gegevens"):
        launcher.wait_for_login_page(listener, web)


def test_the_mark_on_the_tables_follows_migrations_and_context_key():
    with throw_away_server() as server:
        roles.create_roles(server.url())
        environment = state.as_owner(state.addresses(server)) | {"WEL_CONTEXT_KEY": "a"}
        assert not launcher.tables_are_current(environment)

        launcher.mark_tables_current(environment)
        assert launcher.tables_are_current(environment)
        assert not launcher.tables_are_current(environment | {"WEL_CONTEXT_KEY": "b"})

        with closing(psycopg2.connect(environment["DATABASE_URL"])) as connection, connection:
            connection.cursor().execute(
                "CREATE TABLE django_migrations AS SELECT 'cases' AS app, '0001_initial' AS name"
            )
        assert not launcher.tables_are_current(environment)


def test_static_files_are_collected_again_when_one_changes(monkeypatch, tmp_path):
    monkeypatch.setattr(state, "ROOT", tmp_path)
    for name in ("requirements/base.txt", "static/site.css"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("a")
    before = launcher.static_checksum()
    assert launcher.static_checksum() == before

    time.sleep(0.01)
    (tmp_path / "static" / "site.css").write_text("b")

    assert launcher.static_checksum() != before
