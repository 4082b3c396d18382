"""`manage.py prune_mail`, once a day: what left ninety days ago; what did not leave stays until somebody saw it."""

from django.core.management.base import BaseCommand

from access.mail_queue import prune_mail


class Command(BaseCommand):
    help = "Ruimt de wachtrij op: mail die negentig dagen geleden wegging, of niet meer nodig was."

    def handle(self, **options):
        self.stdout.write(f"Opgeruimd: {prune_mail()}.")
