"""The embedded server: what was committed survives every kill, and nothing is left behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from wel import embedded, processes
from wel.embedded import Embedded, EmbeddedError, throw_away_server

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def made_once():
    """A data folder as initdb makes it, to copy; its path has a space in it."""
    with folder() as place, Embedded(place / "pg", throw_away=True) as server:
        server.stop()
        yield server


@pytest.fixture
def server(made_once):
    with folder() as place:
        subprocess.run(["cp", "-a", made_once.data, place / "pg"], check=True)
        server = Embedded(place / "pg")
        yield server
        server.stop_any()
        shutil.rmtree(server.sockets, ignore_errors=True)


class folder:
    def __enter__(self):
        self.path = Path(tempfile.mkdtemp(prefix="wel setup ", dir="/tmp"))
        self.path.chmod(0o711)
        return self.path

    def __exit__(self, *error):
        shutil.rmtree(self.path)


def query(server, statement):
    with closing(psycopg2.connect(server.url())) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_a_killed_server_starts_again_with_every_committed_row(server):
    server.start()
    query(server, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")

    server.process.send_signal(signal.SIGKILL)
    server.process.wait()

    assert server.keep_running() is True
    assert query(server, "SELECT count(*) FROM kept") == [(1000,)]
    assert server.keep_running() is False


def test_the_server_stops_cleanly_when_its_launcher_is_killed(server):
    script = (
        "import sys, time; from wel.embedded import Embedded;"
        "server = Embedded(sys.argv[1]).start(); print(1, flush=True); time.sleep(60)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", script, server.data], stdout=subprocess.PIPE, cwd=ROOT)
    launcher.stdout.readline()
    assert server.answers()

    launcher.kill()
    launcher.wait()
    launcher.stdout.close()

    assert wait_until(lambda: not (server.data / "postmaster.pid").exists())
    assert "database system is shut down" in server.log.read_text()


def test_a_second_launcher_borrows_the_server_and_takes_over_when_the_first_stops(server):
    server.start()
    second = Embedded(server.data).start()
    assert second.process is None

    second.stop()
    assert server.answers()

    second.start()
    server.stop()
    assert second.keep_running() is True
    assert query(second, "SELECT 1") == [(1,)]
    second.stop()


def test_a_pid_file_that_names_another_program_does_not_stop_the_start(server):
    stranger = processes.start(["sleep", "60"], account=server.account, cwd="/")
    pid_file = server.data / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n{server.data}\n1\n5432\n{server.sockets}\n\n  1 1\nready\n")
    if server.account:
        os.chown(pid_file, *server.account)

    server.start()

    assert query(server, "SELECT 1") == [(1,)]
    assert stranger.poll() is None
    processes.stop(stranger)


def test_sorting_and_capitals_do_not_depend_on_the_machine(server):
    server.start()

    assert query(server, "SELECT lower('ÉÏ'), upper('ij'), 'a' > 'Z', current_setting('TimeZone')") == [
        ("éï", "IJ", True, "Europe/Amsterdam")
    ]


def test_the_socket_is_closed_to_other_users(server):
    server.start()

    assert server.sockets.stat().st_mode & 0o077 == 0


def test_data_of_another_version_are_left_alone(server):
    (server.data / "PG_VERSION").write_text("16\n")

    with pytest.raises(EmbeddedError, match="PostgreSQL 16"):
        server.start()


def test_a_start_that_was_cut_off_is_done_again():
    with folder() as place:
        (place / "pg.new").mkdir()
        (place / "pg.new" / "PG_VERSION").write_text("18\n")

        with Embedded(place / "pg", throw_away=True) as server:
            assert query(server, "SELECT 1") == [(1,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server under another account")
def test_root_in_a_closed_folder_changes_no_modes(server):
    place = server.data.parent
    shutil.rmtree(server.data)
    place.chmod(0o700)

    elsewhere = Embedded(place / "pg").start()

    assert query(elsewhere, "SELECT 1") == [(1,)]
    assert place.stat().st_mode & 0o777 == 0o700
    assert place not in elsewhere.data.parents
    elsewhere.remove()
    assert not elsewhere.data.parent.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of someone else")
def test_a_socket_folder_of_someone_else_is_refused(server):
    server.sockets.mkdir()
    os.chown(server.sockets, 12345, 12345)

    with pytest.raises(EmbeddedError, match="andere gebruiker"):
        server.start()


def test_folders_of_killed_test_runs_are_cleared(tmp_path):
    abandoned = tmp_path / "wel-test-abandoned"
    abandoned.mkdir()
    (abandoned / "in-use").touch()

    embedded._remove_abandoned(tmp_path)

    assert not abandoned.exists()


def test_a_throw_away_server_leaves_nothing_behind():
    with throw_away_server() as server:
        assert query(server, "SELECT 1") == [(1,)]
        place = server.data.parent

    assert not place.exists()
