"""Makes .venv with the locked packages and sees to the system libraries, then hands over to wel.cli.

Only the standard library, because nothing else is there yet. Run as a script by wel.sh.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# library -> Debian package; WeasyPrint draws text with Pango, Playwright's driver needs libatomic
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
APT = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]


def main(arguments):
    for_tests = arguments[:1] == ["test"]
    os.chdir(ROOT)
    make_venv(for_tests)
    # The two downloads wait for different servers, so they run side by side.
    missing = missing_packages(for_tests)
    installing = start_apt(missing) if missing else None
    try:
        install_requirements("test" if for_tests else "base")
    finally:
        if installing:
            installing.wait()
    if installing and installing.returncode:
        install_with_fresh_lists(missing)
    os.execv(PYTHON, [str(PYTHON), "-m", "wel.cli", *arguments])  # noqa: S606 - the point: become the command


def say(text):
    print(text, file=sys.stderr, flush=True)


def make_venv(for_tests):
    if PYTHON.exists() and outcome([PYTHON, "-c", "import pip"])[0]:
        return
    say("Omgeving maken in .venv ...")
    command = [sys.executable, "-m", "venv", "--clear", VENV]
    made, said = outcome(command)
    if not made and "python3-venv" in said:  # Debian ships it apart
        packages = [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", *missing_packages(for_tests)]
        if start_apt(packages).wait():
            install_with_fresh_lists(packages)
        made, said = outcome(command)
    if not made:
        sys.exit(f"De omgeving .venv kon niet gemaakt worden:\n{said}")


def install_requirements(name):
    """Exactly the locked packages; a stamp with the lock's checksum makes the next run skip this."""
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / f".{name}.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Pakketten installeren ...")
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--root-user-action", "ignore"]
    if run([*pip, "--no-compile", "--no-deps", "--require-hashes", "-r", lock]).wait():
        sys.exit("De pakketten konden niet geïnstalleerd worden; hierboven staat waarom. Start daarna opnieuw.")
    stamp.write_text(wanted)


def missing_packages(for_tests):
    libraries = LIBRARIES | (TEST_LIBRARIES if for_tests else {})
    packages = [package for library, package in libraries.items() if not can_load(library)]
    if for_tests and not any(shutil.which(browser) for browser in BROWSERS):
        packages.append("chromium")
    return packages


def can_load(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def start_apt(packages):
    """Start installing as root on Debian or Ubuntu; anyone else is told how, in one sentence."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(missing_sentence(packages, shutil.which("apt-get")))
    say(f"Installeren met apt: {' '.join(packages)} ...")
    return run(apt_install(packages), env=apt_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def install_with_fresh_lists(packages):
    """The lists of a fresh or old machine are empty or stale."""
    run([*APT, "update"], env=apt_environment(), stdout=subprocess.DEVNULL).wait()
    if run(apt_install(packages), env=apt_environment(), stdout=subprocess.DEVNULL).wait():
        sys.exit(f"apt-get kon dit niet installeren: {' '.join(packages)}. Installeer het zelf en start opnieuw.")


def missing_sentence(packages, has_apt):
    names = " ".join(packages)
    if has_apt:
        return (
            f"Er ontbreken systeempakketten. Installeer ze met: sudo apt-get install -y --no-install-recommends {names}"
        )
    return f"Er ontbreken systeembibliotheken (Debian noemt ze: {names}). Installeer ze en start opnieuw."


def apt_install(packages):
    return [*APT, "install", "-y", "--no-install-recommends", *packages]


def apt_environment():
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def run(command, **options):
    return subprocess.Popen(command, **options)  # noqa: S603 - own commands, no shell


def outcome(command):
    child = run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said, _ = child.communicate()
    return child.returncode == 0, said


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
