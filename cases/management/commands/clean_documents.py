"""`manage.py clean_documents`, once a day: what was removed thirty days ago goes for good, and files without a row."""

from datetime import timedelta

from django.core.management.base import BaseCommand

from cases.actions.document import delete_orphans, purge_documents

# A form that is being sent at this moment has its file before its row.
STILL_COMING = timedelta(days=1)


class Command(BaseCommand):
    help = "Wist documenten die dertig dagen geleden zijn verwijderd, en bestanden die nergens bij horen."

    def handle(self, **options):
        purged, orphans = purge_documents(), delete_orphans(older_than=STILL_COMING)
        self.stdout.write(f"Gewist: {purged} documenten, en {orphans} bestanden die nergens bij hoorden.")
