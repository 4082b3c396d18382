"""Makes .venv with the locked packages and sees to the system libraries, then hands over to wel.cli.

Only the standard library, because nothing else is there yet. Run as a script by wel.sh.
"""

import ctypes
import hashlib
import os
import shlex
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
    make_venv()
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
    os.execv(PYTHON, [str(PYTHON), "-m", "wel.cli", *arguments])


def say(text):
    print(text, file=sys.stderr, flush=True)


def make_venv():
    if PYTHON.exists() and run_quietly([PYTHON, "-c", "import pip"]).returncode == 0:
        return
    say("Omgeving maken in .venv ...")
    command = [sys.executable, "-m", "venv", "--clear", VENV]
    made = run_quietly(command)
    if made.returncode and "python3-venv" in made.stdout + made.stderr:  # Debian ships it apart
        packages = [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]
        installing = start_apt(packages)
        if installing.wait():
            install_with_fresh_lists(packages)
        made = run_quietly(command)
    if made.returncode:
        sys.exit(f"De omgeving .venv kon niet gemaakt worden:\n{made.stdout}{made.stderr}")


def install_requirements(name):
    """Exactly the locked packages; a stamp with the lock's checksum makes the next run skip this."""
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / f".{name}.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Pakketten installeren ...")
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--no-compile"]
    command += ["--no-deps", "--require-hashes", "--root-user-action", "ignore", "-r", lock]
    if subprocess.run(command).returncode:
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
    return subprocess.Popen(apt_install(packages), env=apt_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def install_with_fresh_lists(packages):
    """The lists of a fresh or old machine are empty or stale."""
    subprocess.run([*APT, "update"], env=apt_environment(), stdout=subprocess.DEVNULL)
    if subprocess.run(apt_install(packages), env=apt_environment(), stdout=subprocess.DEVNULL).returncode:
        sys.exit(f"apt-get kon dit niet installeren: {' '.join(packages)}. Installeer het zelf en start opnieuw.")


def missing_sentence(packages, has_apt):
    names = " ".join(packages)
    if has_apt:
        return f"Er ontbreken systeempakketten. Installeer ze met: sudo apt-get install -y --no-install-recommends {names}"
    return f"Er ontbreken systeembibliotheken (Debian noemt ze: {names}). Installeer ze en start opnieuw."


def apt_install(packages):
    return [*APT, "install", "-y", "--no-install-recommends", *packages]


def apt_environment():
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def run_quietly(command):
    return subprocess.run(command, capture_output=True, text=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Dit ging mis: {shlex.join(map(str, error.cmd))}")
