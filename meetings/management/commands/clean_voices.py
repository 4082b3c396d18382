"""`manage.py clean_voices`, once a day: what was never sent, a month after its link, and drawings without a row."""

from django.core.management.base import BaseCommand

from meetings.actions.voice import tidy


class Command(BaseCommand):
    help = "Wist antwoorden die nooit zijn verstuurd, dertig dagen na de link, en tekeningen die nergens bij horen."

    def handle(self, **options):
        self.stdout.write(f"Gewist: {tidy()} tekeningen die nergens bij hoorden.")
