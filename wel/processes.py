"""Children that never outlive the launcher: started with a death signal, stopped with patience and then without."""

import ctypes
import os
import signal
import subprocess
import sys
from typing import NamedTuple

PR_SET_PDEATHSIG = 1
# Loaded here and not after the fork, where little is safe to call.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Account(NamedTuple):
    uid: int
    gid: int


def leave_with_parent(death_signal=signal.SIGTERM, account=None):
    """What a new child does before its program starts: drop to `account`, then ask the kernel for a death signal.

    The order matters: changing the user clears the death signal. The kernel sends it when the *thread* that
    started the child ends, so children are started from the main thread only.
    """
    launcher = os.getpid()

    def prepare():
        if account:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
        if LIBC:
            LIBC.prctl(PR_SET_PDEATHSIG, death_signal)
            if os.getppid() != launcher:  # it died between the fork and the request
                os._exit(1)

    return prepare


def start(command, *, death_signal=signal.SIGTERM, account=None, **options):
    """Start a child that shares the launcher's terminal and never outlives it."""
    prepare = leave_with_parent(death_signal, account)
    return subprocess.Popen(command, preexec_fn=prepare, **options)  # noqa: S603 - own commands, no shell


def start_apart(command, **options):
    """The same in a session of its own, so that Ctrl-C reaches only the launcher, which stops the rest in order."""
    return start(command, stdin=subprocess.DEVNULL, start_new_session=True, **options)


def stop(process, *, ask=signal.SIGTERM, insist=signal.SIGKILL, patience=10):
    if process is None or process.poll() is not None:
        return
    process.send_signal(ask)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.send_signal(insist)
        process.wait()
