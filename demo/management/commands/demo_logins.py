"""Prints who can log in to the demo, for people as a table and for programs as JSON."""

import json

from django.core.management.base import BaseCommand

from access.models import User
from demo.guard import require_demo, require_only
from demo.logins import DOMAIN, LOGINS


class Command(BaseCommand):
    help = "Toont de inlognamen van de demo."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="als lijst van objecten")

    def handle(self, *args, **options):
        require_demo()
        require_only(DOMAIN)
        known = set(User.objects.values_list("email", flat=True))
        logins = [login for login in LOGINS if login.email in known]
        if options["json"]:
            self.stdout.write(json.dumps([self._fields(login) for login in logins], ensure_ascii=False, indent=2))
            return
        lines = [("Rol", "Naam", "E-mail", "Sleutel voor de app met codes", "Code nu")]
        lines += [(login.role_label, login.name, login.email, login.secret, login.code()) for login in logins]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            self.stdout.write("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
        if logins:
            self.stdout.write(f"\nHet wachtwoord is voor iedereen: {logins[0].password}")
            self.stdout.write("Een code werkt een halve minuut. Een nieuwe: ./wel.sh manage demo_logins")

    @staticmethod
    def _fields(login):
        return {
            "role": login.role_label,
            "name": login.name,
            "email": login.email,
            "password": login.password,
            "totp": login.secret,
        }
