"""`manage.py propose_removals`, once a day: whose bewaartermijn is over is put on record, and nothing is removed."""

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.actions.follow import propose_removals


class Command(BaseCommand):
    help = "Stelt voor om te wissen wat lang genoeg is bewaard. Er wordt niets gewist: op Vandaag beslist iemand."

    def handle(self, **options):
        with transaction.atomic():
            found = propose_removals()
        self.stdout.write(f"Voorgesteld: {found}. Er is niets gewist.")
