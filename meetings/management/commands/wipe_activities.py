"""`manage.py wipe_activities`: once a day, for what was removed from the register and not put back in thirty days."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from meetings.models import Activity, Participation, Professional, ProfessionalAddress
from meetings.models.activity import KEPT


class Command(BaseCommand):
    help = (
        "Wist voorgoed activiteiten en deelnames die langer dan dertig dagen geleden zijn verwijderd, en wie daarna"
        " op geen enkele lijst meer staat. Draai dit elke dag."
    )

    @transaction.atomic
    def handle(self, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = 'wel_owner', set_config('wel.maintenance', 'on', true)")
            (is_owner, _) = cursor.fetchone()
        if not is_owner:
            raise CommandError(
                "Voorgoed wissen doet alleen de eigenaar van de tabellen: zet DATABASE_URL op MIGRATE_DATABASE_URL."
            )
        before = timezone.now() - KEPT
        gone = Activity.objects.unscoped().filter(deleted_at__lte=before)
        off = Participation.objects.unscoped().filter(
            Q(removed_at__lte=before) | Q(activity__in=list(gone.values_list("pk", flat=True)))
        )
        people = list(off.order_by().values_list("professional", flat=True))
        (lists, _), (activities, _) = off.delete(), gone.delete()
        nowhere = Professional.objects.unscoped().filter(pk__in=people, participations=None)
        ids = list(nowhere.values_list("pk", flat=True))
        ProfessionalAddress.objects.unscoped().filter(professional__in=ids).delete()
        Professional.objects.unscoped().filter(pk__in=ids).delete()
        self.stdout.write(f"Voorgoed gewist: {activities} activiteiten, {lists} deelnames, {len(ids)} deelnemers.")
