"""Fills an empty database with any number of invented cases, for measurements; as owner of the tables."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from access.models import User
from cases.models import Case
from demo import volume
from demo.guard import require_only


class Command(BaseCommand):
    help = "Vult een lege database met verzonnen jeugdigen om snelheid te meten."

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=10_000, help="hoeveel jeugdigen")
        parser.add_argument("--swvs", type=int, default=151, help="over hoeveel samenwerkingsverbanden")
        parser.add_argument("--seed", type=int, default=1, help="een ander getal geeft een andere verdeling")

    def handle(self, *args, **options):
        require_only(volume.DOMAIN)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user, set_config('wel.maintenance', 'on', true)")
            if cursor.fetchone()[0] != "wel_owner":
                raise CommandError("Dit kan alleen als eigenaar van de tabellen: zet MIGRATE_DATABASE_URL.")
            if User.objects.exists() or Case.objects.unscoped().exists():
                raise CommandError("Deze database is niet leeg. Er is niets veranderd.")
            volume.load(cases=options["cases"], swvs=options["swvs"], seed=options["seed"], say=self.stdout.write)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
