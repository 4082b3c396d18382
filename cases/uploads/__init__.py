"""From what somebody sent to a file that may be kept: right kind and size, nothing harmful, nothing about its maker.

The file itself is opened in a child process only (child.py), with limits on time and memory, without our settings.
"""

import json
import os
import subprocess
import sys
import tempfile

from django.conf import settings

from cases.uploads import child, scanner

KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx"

CPU_SECONDS = 20
MEMORY_BYTES = 400 * 1024**2
WALL_SECONDS = 60  # the same work on a busy machine
# What the dynamic linker needs; the rest, secrets among it, stays here.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH")

EMPTY = "Dit bestand is leeg. Kies een ander bestand."
WRONG_KIND = "Dit soort bestand kan niet. Wel: pdf, jpg, png, docx."
OTHER_KIND = "In dit bestand zit iets anders dan de naam zegt. Sla het opnieuw op als pdf, jpg, png of docx."
DAMAGED = "Dit bestand is beschadigd of niet compleet. Open het, sla het opnieuw op en kies het dan nog een keer."
UNSAFE = "We vonden iets onveiligs in dit bestand. Het is niet bewaard."
TOO_MUCH = "In dit bestand past te veel om het te controleren. Maak het kleiner en kies het dan nog een keer."
LOCKED = "Er zit een wachtwoord op dit bestand. Haal het wachtwoord eraf en kies het dan nog een keer."
NO_SCANNER = (
    "We kunnen dit bestand nu niet controleren. Het is niet bewaard. Probeer het over een paar minuten opnieuw."
)
REASONS = {
    child.UNSAFE: UNSAFE,
    child.TOO_MUCH: TOO_MUCH,
    child.OUT_OF_TIME: TOO_MUCH,
    child.LOCKED: LOCKED,
    child.UNKNOWN_KIND: WRONG_KIND,
    child.OTHER_KIND: OTHER_KIND,
    child.ACTIVE_PDF: f"{UNSAFE} In een pdf mogen geen scripts of bijlagen zitten.",
    child.ACTIVE_DOCX: f"{UNSAFE} In een docx mogen geen macro’s, ingevoegde bestanden of verwijzingen naar buiten"
    " zitten. Je kunt het opslaan als pdf.",
}


class FileRefused(Exception):
    """Not kept; the message is Dutch and fit to show."""


def kind_named(name):
    """The kind that the end of a name promises, or None. The rest of the name is never used."""
    _, dot, extension = name.lower().rpartition(".")
    kind = "jpg" if extension == "jpeg" else extension
    return kind if dot and kind in KINDS else None


def too_large(size):
    most = settings.UPLOAD_MAX_BYTES
    # Rounded up, so that it never says that 10 MB is more than 10 MB.
    megabytes = -(-size // 1024**2)
    return f"Dit bestand is {megabytes} MB. Maximaal {most // 1024**2} MB kan." if size > most else ""


def checked(upload):
    """Kind and content of what may be kept of `upload`; FileRefused otherwise."""
    if not upload.size:
        raise FileRefused(EMPTY)
    if message := too_large(upload.size):
        raise FileRefused(message)
    kind = kind_named(upload.name)
    if kind is None:
        raise FileRefused(WRONG_KIND)
    content = upload.read()
    if len(content) != upload.size:  # more files came than one form has: this one was cut off
        raise FileRefused(DAMAGED)
    refuse_infected(content)
    code, rebuilt = in_child(content, kind)
    if code:
        raise FileRefused(REASONS.get(code, DAMAGED))
    return kind, rebuilt


def refuse_infected(content):
    if not settings.CLAMD:
        return
    try:
        infected = scanner.is_infected(content, settings.CLAMD)
    except scanner.ScannerError:
        raise FileRefused(NO_SCANNER) from None
    if infected:
        raise FileRefused(UNSAFE)


def in_child(content, kind, *, cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES):
    """What `child.outcome` says, from a process of its own within these limits of time and memory."""
    order = {"kind": kind, "cpu_seconds": cpu_seconds, "memory_bytes": memory_bytes}
    with tempfile.TemporaryDirectory(prefix="wel-file-") as directory:
        try:
            process = subprocess.run(  # noqa: S603 - our own interpreter and our own file
                # -I: no PYTHON* variables, no current directory on the path.
                [sys.executable, "-I", child.__file__],
                input=json.dumps(order).encode() + b"\n" + content,
                capture_output=True,
                timeout=WALL_SECONDS,
                cwd=directory,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
                | {"TMPDIR": directory, "LC_ALL": "C.UTF-8"},
            )
        except subprocess.TimeoutExpired:
            return child.OUT_OF_TIME, b""
    return process.returncode, process.stdout  # stderr may quote the document, so it is neither shown nor logged
