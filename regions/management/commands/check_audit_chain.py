"""`manage.py check_audit_chain`: recompute the chain of the audit log; exit code 1 when a line does not fit."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Rekent de keten van het logboek inzage na."

    def handle(self, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT access.broken_link()")
            (broken,) = cursor.fetchone()
        if broken:
            raise CommandError(f"De keten klopt niet vanaf regel {broken}.")
        self.stdout.write("De keten klopt.")
