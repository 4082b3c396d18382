"""Loads the demo once; run at every start of the demo, as the web role."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from access.models import User
from demo import load
from demo.guard import require_demo, require_only
from demo.logins import BEHEERDER, DOMAIN
from meetings.series import keep_series


class Command(BaseCommand):
    help = "Laadt verzonnen mensen en hun reizen, als ze er nog niet zijn."

    def handle(self, *args, **options):
        require_demo()
        require_only(DOMAIN)
        if load.is_loaded():
            return
        if not User.objects.filter(email=BEHEERDER.email).exists():
            raise CommandError(
                "De beheerder van de demo ontbreekt. Draai eerst prepare_demo, als eigenaar van de tabellen."
            )
        load.load(timezone.localdate())
        keep_series(timezone.localdate())
        self.stdout.write(f"Er zijn {len(load.YOUTHS)} verzonnen jeugdigen en hun reizen geladen.")
