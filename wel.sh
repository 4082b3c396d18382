#!/bin/sh
# The one way in: ./wel.sh demo | test | manage ... | lock | reset | database ...
# Finds a Python that fits (as root on Debian or Ubuntu: installs it) and hands over to wel/bootstrap.py.
set -eu
cd "$(dirname "$0")"

find_python() {
    for candidate in "${WEL_PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14; do
        [ -n "$candidate" ] || continue
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null || continue
        echo "$candidate"
        return 0
    done
    return 1
}

install_python() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
        install -y --no-install-recommends python3 python3-venv >/dev/null 2>&1
}

if ! python=$(find_python); then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Python installeren ..." >&2
        install_python || { apt-get -qq -o DPkg::Lock::Timeout=300 update && install_python; } || true
        python=$(find_python) || {
            echo "Python 3.11 tot en met 3.14 is hier niet te installeren met apt-get; installeer het zelf en start opnieuw." >&2
            exit 1
        }
    else
        echo "WEL heeft Python 3.11, 3.12, 3.13 of 3.14 nodig. Installeer het met: sudo apt-get install -y python3 python3-venv" >&2
        exit 1
    fi
fi
exec "$python" -I -B wel/bootstrap.py "$@"
