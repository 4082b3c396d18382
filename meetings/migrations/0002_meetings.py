"""Meetings: read and written as their team; network meetings hold no jeugdige, and no text names a code."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from access import rls

TEAM = import_module("meetings.migrations.0001_initial")
OWN_TEAM = """
ALTER TABLE meetings_meeting ADD CONSTRAINT meetings_meeting_own_swv FOREIGN KEY (team_id, swv_id)
    REFERENCES meetings_welteam (id, swv_id)
"""
COLUMNS = (
    "kind", "topic", "starts_at", "ends_at", "place_kind", "place", "status", "cancel_reason", "updated_at",
    "updated_by_id", "version",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tafel", "WEL-tafel"),
                            ("tweede", "Tweede WEL-tafel"),
                            ("reisbureau", "Reisbureau"),
                            ("huisbezoek", "Huisbezoek"),
                            ("ouders", "Oudergesprek"),
                            ("verkennend", "Verkennend gesprek"),
                            ("atelier", "Werkatelier"),
                            ("moreel", "Moreel beraad"),
                            ("expert", "Expertsessie"),
                            ("kernteam", "Kernteamoverleg"),
                            ("opbrengst", "Deelbijeenkomst opbrengsten"),
                        ],
                        default="tafel",
                        max_length=10,
                        verbose_name="soort overleg",
                    ),
                ),
                (
                    "holds_cases",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("kind__in", ["tafel", "tweede", "reisbureau", "huisbezoek", "ouders"])),
                        output_field=models.BooleanField(),
                        verbose_name="gaat over jeugdigen",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=120, verbose_name="onderwerp")),
                ("starts_at", models.DateTimeField(verbose_name="begin")),
                ("ends_at", models.DateTimeField(verbose_name="einde")),
                (
                    "place_kind",
                    models.CharField(
                        choices=[
                            ("online", "Online"),
                            ("fysiek", "Bij elkaar"),
                            ("beide", "Bij elkaar, en online kan ook"),
                        ],
                        max_length=6,
                        verbose_name="online of bij elkaar",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="plek")),
                (
                    "status",
                    models.CharField(
                        choices=[("gepland", "Gepland"), ("geweest", "Geweest"), ("afgezegd", "Afgezegd")],
                        default="gepland",
                        editable=False,
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                (
                    "cancel_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="waarom afgezegd"),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.samenwerkingsverband",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="meetings.welteam",
                        verbose_name="WEL-team",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "overleg",
                "verbose_name_plural": "overleggen",
                "ordering": ["starts_at", "id"],
                "indexes": [models.Index(fields=["swv", "starts_at"], name="meeting_by_swv")],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "swv", "holds_cases"), name="meeting_scope"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="meeting_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), ("place_kind", "online")),
                            models.Q(
                                models.Q(("place_kind", "online"), _negated=True),
                                models.Q(("place", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_place_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "afgezegd"), models.Q(("cancel_reason", ""), _negated=True)),
                            models.Q(models.Q(("status", "afgezegd"), _negated=True), ("cancel_reason", "")),
                            _connector="OR",
                        ),
                        name="meeting_cancelled_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("topic__iregex", "\\mWEL-?\\s?[0-9]{3,}"), _negated=True),
                            models.Q(("place__iregex", "\\mWEL-?\\s?[0-9]{3,}"), _negated=True),
                            models.Q(("cancel_reason__iregex", "\\mWEL-?\\s?[0-9]{3,}"), _negated=True),
                        ),
                        name="meeting_names_no_case",
                    ),
                ],
            },
        ),
        rls.sql(OWN_TEAM, "ALTER TABLE meetings_meeting DROP CONSTRAINT meetings_meeting_own_swv"),
        # What was held or called off is over: nobody makes it planned again.
        rls.protect(
            "meetings_meeting",
            select=TEAM.READERS,
            insert=f"{TEAM.WRITES} AND status = 'gepland'",
            update_from=f"{TEAM.COORDINATOR} AND status = 'gepland'",
            update=TEAM.WRITES,
            columns=COLUMNS,
        ),
    ]
