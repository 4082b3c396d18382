"""What is said and promised at the table, what a closed table keeps, and the terugkoppeling."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from meetings.migrations._0006_sql import OPERATIONS


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0034_klad_of_interview"),
        ("meetings", "0005_intake"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="kenmerk")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="erbij gezet"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="aangepast"),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="teruggenomen")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("text", models.CharField(max_length=300, verbose_name="wat")),
                (
                    "horizon",
                    models.CharField(
                        choices=[("4u", "4 uur"), ("4d", "4 dagen"), ("4w", "4 weken"), ("4m", "4 maanden")],
                        max_length=2,
                        verbose_name="termijn",
                    ),
                ),
                ("due_at", models.DateTimeField(editable=False, verbose_name="uiterlijk")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("gedaan", "Gedaan"), ("anders", "Liep anders")],
                        default="open",
                        editable=False,
                        max_length=6,
                        verbose_name="status",
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=500, verbose_name="hoe het liep")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="klaar op")),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_rows",
                        to="cases.case",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.gemeente",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="meetings.agendaitem",
                        verbose_name="plek",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="meetings.participant",
                        verbose_name="wie",
                    ),
                ),
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
                "verbose_name": "actie",
                "verbose_name_plural": "acties",
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("status", "open")),
                        fields=["participant", "due_at"],
                        name="open_actions",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "swv", "gemeente", "key"), name="action_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status", "open"), ("ended_at__isnull", False), _connector="XOR"),
                        name="action_ended_with_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "anders"), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="action_otherwise_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("due_on", models.DateField(verbose_name="uiterlijk")),
                ("told_on", models.DateField(blank=True, null=True, verbose_name="verteld op")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gesprek", "In een gesprek"),
                            ("bellen", "Gebeld"),
                            ("bericht", "Met een bericht"),
                            ("brief", "Met een brief"),
                        ],
                        max_length=7,
                        verbose_name="hoe",
                    ),
                ),
                ("told", models.CharField(blank=True, max_length=3000, verbose_name="wat vertelde je?")),
                ("reaction", models.CharField(blank=True, max_length=1000, verbose_name="wat zei de jongere?")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_rows",
                        to="cases.case",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.gemeente",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedbacks",
                        to="meetings.agendaitem",
                        verbose_name="plek",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie vertelt het?",
                    ),
                ),
            ],
            options={
                "verbose_name": "terugkoppeling",
                "verbose_name_plural": "terugkoppelingen",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_on", None)), fields=["teller", "due_on"], name="feedback_to_give"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "swv", "gemeente"), name="feedback_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_on", None),
                            models.Q(models.Q(("channel", ""), _negated=True), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="feedback_told_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TableNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="kenmerk")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="erbij gezet"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="aangepast"),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="teruggenomen")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "step",
                    models.CharField(
                        choices=[("werkte", "Wat werkte al"), ("idee", "Wat kan WEL"), ("rondje", "Rondje")],
                        max_length=6,
                        verbose_name="stap",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="wat")),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_rows",
                        to="cases.case",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.gemeente",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="meetings.agendaitem",
                        verbose_name="plek",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="meetings.participant",
                        verbose_name="wie",
                    ),
                ),
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
                "verbose_name": "regel van de tafel",
                "verbose_name_plural": "regels van de tafel",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "swv", "gemeente", "key"), name="tablenote_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TableReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("agreed", models.CharField(blank=True, max_length=2000, verbose_name="wat spraken we af?")),
                ("mix", models.JSONField(blank=True, default=list, verbose_name="waar zit dat in?")),
                (
                    "is_feasible",
                    models.BooleanField(blank=True, null=True, verbose_name="haalbaar en zinvol voor de jongere"),
                ),
                (
                    "advice",
                    models.CharField(
                        choices=[("advies", "Een advies"), ("bindend", "Bindend")],
                        default="advies",
                        max_length=7,
                        verbose_name="wat is het?",
                    ),
                ),
                ("dissent", models.CharField(blank=True, max_length=1000, verbose_name="wie ziet het anders, en hoe?")),
                (
                    "closed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gesloten op"),
                ),
                ("shared_at", models.DateTimeField(editable=False, null=True, verbose_name="gedeeld op")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_rows",
                        to="cases.case",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.gemeente",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="meetings.agendaitem",
                        verbose_name="plek",
                    ),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.samenwerkingsverband",
                    ),
                ),
            ],
            options={
                "verbose_name": "verslag van een tafel",
                "verbose_name_plural": "verslagen van tafels",
                "constraints": [models.UniqueConstraint(fields=("item", "swv", "gemeente"), name="tablereport_once")],
            },
        ),
        *OPERATIONS,
    ]
