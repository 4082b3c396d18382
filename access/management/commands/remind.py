"""`manage.py remind`, every quarter of an hour: mail to who promised something that falls due."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from access.reminders import queue_reminders


class Command(BaseCommand):
    help = "Zet herinneringen in de wachtrij: wat op één dag valt voor één mens, is één mail."

    def handle(self, **options):
        self.stdout.write(f"In de wachtrij: {queue_reminders(timezone.now())}.")
