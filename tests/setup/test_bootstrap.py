"""The way from a bare machine to .venv: what is installed, and the one sentence when that cannot be done."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from wel import bootstrap

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def bare_machine(tmp_path):
    """A PATH with nothing but what a minimal Debian has; `become(uid)` says who is asking."""
    for name in ("dirname", "cat", "chmod"):
        (tmp_path / name).symlink_to(shutil.which(name))

    def become(uid):
        program(tmp_path / "id", f"echo {uid}")
        return tmp_path

    return become


def program(path, body):
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def wel_sh(path, *arguments):
    return subprocess.run(
        ["/bin/sh", ROOT / "wel.sh", *arguments], env={"PATH": str(path)}, capture_output=True, text=True, check=False
    )


def test_without_python_an_ordinary_user_gets_one_sentence_with_the_command(bare_machine):
    result = wel_sh(bare_machine(1000), "demo")

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        "WEL heeft Python 3.11, 3.12, 3.13 of 3.14 nodig."
        " Installeer het met: sudo apt-get install -y python3 python3-venv\n"
    )


def test_without_python_root_installs_it_and_goes_on(bare_machine):
    path = bare_machine(0)
    program(path / "installed", 'case "$1" in -c) exit 0;; *) echo "started $*";; esac')
    program(
        path / "apt-get",
        f'case "$*" in *install*) cat {path}/installed > {path}/python3; chmod +x {path}/python3;; esac',
    )

    result = wel_sh(path, "demo", "--port", "9000")

    assert result.stdout == "started -I -B wel/bootstrap.py demo --port 9000\n"


def test_a_python_that_is_too_old_is_passed_over(bare_machine):
    path = bare_machine(1000)
    program(path / "python3", "exit 1")
    program(path / "python3.12", 'case "$1" in -c) exit 0;; *) echo "started";; esac')

    assert wel_sh(path).stdout == "started\n"


def test_a_missing_library_is_one_sentence_for_an_ordinary_user(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get")

    with pytest.raises(SystemExit) as stopped:
        bootstrap.start_apt(["libpango-1.0-0"])

    assert (
        str(stopped.value) == "Er ontbreken systeempakketten."
        " Installeer ze met: sudo apt-get install -y --no-install-recommends libpango-1.0-0"
    )


def test_only_what_is_missing_is_installed(monkeypatch):
    monkeypatch.setattr(bootstrap, "can_load", lambda name: name not in {"libpango-1.0.so.0", "libatomic.so.1"})
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert bootstrap.missing_packages(for_tests=False) == ["libpango-1.0-0"]
    assert bootstrap.missing_packages(for_tests=True) == ["libpango-1.0-0", "libatomic1", "chromium"]


def test_packages_are_installed_once_per_lock(monkeypatch, tmp_path):
    lock = tmp_path / "requirements" / "base.txt"
    lock.parent.mkdir()
    lock.write_text("django==5.2")
    installs = []
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)

    class Pip:
        def __init__(self, command):
            installs.append(command)

        def wait(self):
            return 0

    monkeypatch.setattr(bootstrap, "run", Pip)

    bootstrap.install_requirements("base")
    bootstrap.install_requirements("base")
    lock.write_text("django==5.2.1")
    bootstrap.install_requirements("base")

    assert len(installs) == 2
    assert all({"--require-hashes", "--no-deps"} <= set(command) for command in installs)


@pytest.mark.parametrize("name", ["base.txt", "test.txt"])
def test_a_lock_names_no_server(name):
    assert "://" not in (ROOT / "requirements" / name).read_text()


def test_psycopg_3_is_in_no_lock():
    """Django would silently take it instead of psycopg2."""
    locks = [path.read_text() for path in (ROOT / "requirements").glob("*.txt")]

    assert len(locks) == 2
    assert all("\npsycopg==" not in lock for lock in locks)
