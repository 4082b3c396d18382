"""`manage.py keep_meetings`: tables by the rhythm of each team, off without a jeugdige, and mail that is to go."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from meetings.series import keep_series


class Command(BaseCommand):
    help = (
        "Plant de tafels van elk WEL-team voor drie maanden, en zegt af wat drie werkdagen ervoor geen jeugdige heeft."
    )

    def handle(self, **options):
        planned, called_off = keep_series(timezone.localdate())
        self.stdout.write(f"Gepland: {planned}. Afgezegd: {called_off}.")
