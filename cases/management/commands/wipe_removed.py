"""`manage.py wipe_removed`: once a day, for what was removed and not put back in thirty days, and for old kladjes."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from access import audit
from cases.actions.draft import KEPT as DRAFT_KEPT
from cases.actions.draft import KEPT_WHEN_CLOSED
from cases.models import Companion, Draft, LogEntry, LogEntryVersion, Reflection, Stop
from cases.models.log import KEPT


class Command(BaseCommand):
    help = "Wist voorgoed wat langer dan dertig dagen geleden is verwijderd, en oude kladjes. Draai dit elke dag."

    @transaction.atomic
    def handle(self, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user = 'wel_owner', set_config('wel.maintenance', 'on', true)")
            (is_owner, _) = cursor.fetchone()
        if not is_owner:
            raise CommandError(
                "Voorgoed wissen doet alleen de eigenaar van de tabellen: zet DATABASE_URL op MIGRATE_DATABASE_URL."
            )
        now = timezone.now()
        entries = LogEntry.objects.unscoped().filter(deleted_at__lte=now - KEPT)
        stops = Stop.objects.unscoped().filter(deleted_at__lte=now - KEPT)
        companions = Companion.objects.unscoped().filter(deleted_at__lte=now - KEPT)
        reflections = Reflection.objects.unscoped().filter(deleted_at__lte=now - KEPT)
        kladjes = Draft.objects.unscoped().filter(
            Q(saved_at__lte=now - DRAFT_KEPT) | Q(closed_at__lte=now - KEPT_WHEN_CLOSED)
        )
        per_case = {
            "entries": Counter(entries.values_list("case_id", flat=True).order_by()),
            "stops": Counter(stops.values_list("case_id", flat=True).order_by()),
            "companions": Counter(companions.values_list("case_id", flat=True).order_by()),
            "reflections": Counter(reflections.values_list("case_id", flat=True).order_by()),
        }
        LogEntryVersion.objects.unscoped().filter(entry__in=entries).delete()
        entries.delete()
        # Their earlier texts go along; a reflectie on a halte that goes stays, on the whole of the Reis.
        for rows in (stops, companions, reflections):
            rows.delete()
        (drafts, _) = kladjes.delete()
        for case_id in sorted({case_id for counts in per_case.values() for case_id in counts}):
            detail = {name: counts[case_id] for name, counts in per_case.items() if counts[case_id]}
            audit.record("removed_wiped", case_id=case_id, detail=detail, on_behalf_of="WEL")
        if drafts:
            audit.record("drafts_wiped", detail={"drafts": drafts}, on_behalf_of="WEL")
        lines, haltes, people, looks = (sum(counts.values()) for counts in per_case.values())
        self.stdout.write(
            f"Voorgoed gewist: {lines} logregels, {haltes} haltes, {people} reisgenoten, {looks} reflecties,"
            f" {drafts} kladjes."
        )
