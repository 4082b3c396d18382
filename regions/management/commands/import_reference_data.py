"""`manage.py import_reference_data`: samenwerkingsverbanden, gemeenten, postcodes and regions from the CSV files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from regions import reference_data


class Command(BaseCommand):
    help = "Leest samenwerkingsverbanden, gemeenten, postcodes en regio's in; alles of niets."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="folder", type=Path, default=reference_data.DATA, metavar="MAP")
        parser.add_argument("--quiet", action="store_true", help="zeg alleen iets als het niet klopt")

    def handle(self, *, folder=reference_data.DATA, quiet=False, **options):
        try:
            rows = reference_data.read(folder)
        except reference_data.BrokenFilesError as error:
            raise CommandError(str(error)) from error
        results = reference_data.import_rows(rows)
        if not quiet:
            self.stdout.write("\n".join(str(result) for result in results))
