"""The Django side of starting the demo: several commands in one interpreter, because each start costs a second."""

import sys

import django
from django.core.management import call_command


def tables():
    """As wel_migrate."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def static_files():
    call_command("collectstatic", interactive=False, verbosity=0)


def demo_data():
    """As the web role; prints the logins, which the launcher shows when the site answers."""
    call_command("import_reference_data", quiet=True, stdout=sys.stderr)
    call_command("load_demo", stdout=sys.stderr)
    call_command("demo_logins")


if __name__ == "__main__":
    django.setup()
    for step in sys.argv[1:]:
        {"tables": tables, "static_files": static_files, "demo_data": demo_data}[step]()
