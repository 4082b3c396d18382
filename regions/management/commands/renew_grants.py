"""`manage.py renew_grants`: once a day, for people with a werkplek that begins or has ended.

An ended werkplek gives nothing from its last day on, because its grants carry that day. What waits for this command is
a second period in the same place: there is room for one grant at a time.
"""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from access import audit
from access.models import User
from regions.actions import renew_grants


class Command(BaseCommand):
    help = "Werkt rechten bij waar een werkplek begint of eindigde. Draai dit elke dag, kort na middernacht."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=31, help="zoveel dagen terug (standaard 31)")

    @transaction.atomic
    def handle(self, *, days, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = 'wel_owner', set_config('wel.maintenance', 'on', true)")
            (is_owner, _) = cursor.fetchone()
        if not is_owner:
            raise CommandError(
                "Rechten geeft alleen de eigenaar van de tabellen: zet DATABASE_URL op MIGRATE_DATABASE_URL."
            )
        today = timezone.localdate()
        since = today - timedelta(days=days)
        begins = Q(memberships__starts_on__range=(since, today))
        ended = Q(memberships__ends_on__range=(since, today))
        people = list(User.objects.filter(begins | ended).distinct())
        for person in people:
            renew_grants(person)
        audit.record("grants_renewed", detail={"people": len(people)})
        self.stdout.write(f"Rechten bijgewerkt van {len(people)} mensen.")
