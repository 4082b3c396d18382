"""Makes an empty database a demo database: its first beheerder, the one account that only the owner can make."""

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from access.models import User
from demo.guard import require_demo, require_only
from demo.load import make_account
from demo.logins import BEHEERDER, DOMAIN, PASSWORD
from regions.actions import give_membership


class Command(BaseCommand):
    help = "Maakt de beheerder van de demo in een lege database (als eigenaar van de tabellen)."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="kijk alleen of deze database een demo mag zijn")

    def handle(self, *args, **options):
        require_demo()
        if options["check"]:
            require_only(DOMAIN)
            return
        with transaction.atomic():
            require_only(DOMAIN)
            if User.objects.filter(email=BEHEERDER.email).exists():
                return
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('wel.maintenance', 'on', true)")
            user = make_account(BEHEERDER, make_password(PASSWORD))
            give_membership(user=user, role=BEHEERDER.role, by=None)
