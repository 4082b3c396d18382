"""The Django side of starting the demo: several commands in one interpreter, because each start costs a second."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def tables():
    """As wel_migrate. A database that holds anything but the demo is refused before it is touched."""
    call_command("prepare_demo", check=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("prepare_demo")


def static_files():
    # Compressing is for visitors from afar; here it would only make the first start slower. The names stay the same.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    call_command("collectstatic", interactive=False, verbosity=0)


def demo_data():
    """As the web role; leaves the table of logins where the launcher reads it."""
    call_command("prepare_demo", check=True)
    call_command("import_reference_data", quiet=True)
    call_command("load_demo", stdout=sys.stderr)
    path = Path(os.environ["WEL_DEMO_LOGINS"])
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        call_command("demo_logins", stdout=file)


if __name__ == "__main__":
    django.setup()
    for step in sys.argv[1:]:
        {"tables": tables, "static_files": static_files}[step]()
