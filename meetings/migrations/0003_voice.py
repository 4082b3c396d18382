"""The stem van de jongere: a link, answers and a drawing that only the youth writes, and who may read them."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

OPERATIONS = import_module("meetings.migrations._0003_sql").OPERATIONS


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0034_klad_of_interview"),
        ("meetings", "0002_meetings"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VoiceLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True, verbose_name="kenmerk")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt op")),
                ("expires_on", models.DateField(verbose_name="geldig tot en met")),
                ("closes_at", models.DateTimeField(null=True, verbose_name="de tafel begint op")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="ingetrokken op")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="verstuurd op")),
                ("changed_at", models.DateTimeField(null=True, verbose_name="veranderd op")),
                ("read_at", models.DateTimeField(null=True, verbose_name="gelezen op")),
                ("wiped_at", models.DateTimeField(null=True, verbose_name="gewist op")),
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gemaakt door",
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
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ingetrokken door",
                    ),
                ),
            ],
            options={
                "verbose_name": "link voor de stem",
                "verbose_name_plural": "links voor de stem",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="VoiceDrawing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("stored_as", models.UUIDField(editable=False, unique=True, verbose_name="bestand")),
                ("file_type", models.CharField(editable=False, max_length=4, verbose_name="bestandssoort")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="grootte")),
                ("may_table_read", models.BooleanField(default=False, verbose_name="de tafel mag dit zien")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="verstuurd op")),
                ("changed_at", models.DateTimeField(null=True, verbose_name="veranderd op")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="toegevoegd op")),
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
                    "swv",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.samenwerkingsverband",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drawings",
                        to="meetings.voicelink",
                    ),
                ),
            ],
            options={
                "verbose_name": "tekening van de jongere",
                "verbose_name_plural": "tekeningen van de jongere",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="VoiceAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("naam", "Hoe wil je dat we je noemen?"),
                            ("gaat", "Hoe gaat het nu met je?"),
                            ("blij", "Waar word je blij van?"),
                            ("droom", "Wat is je wensdroom?"),
                            ("goed", "Wat gaat al goed, of wat kun je goed?"),
                            ("lastig", "Wat maakt het soms lastig?"),
                            ("wie", "Wie wil je erbij?"),
                            ("meedoen", "Hoe wil je meedoen?"),
                        ],
                        max_length=8,
                        verbose_name="vraag",
                    ),
                ),
                ("choice", models.CharField(blank=True, max_length=12, verbose_name="keuze")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="antwoord")),
                ("may_table_read", models.BooleanField(default=False, verbose_name="de tafel mag dit lezen")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="verstuurd op")),
                ("changed_at", models.DateTimeField(null=True, verbose_name="veranderd op")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="bewaard op")),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "swv",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.samenwerkingsverband",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="meetings.voicelink",
                    ),
                ),
            ],
            options={
                "verbose_name": "antwoord van de jongere",
                "verbose_name_plural": "antwoorden van de jongere",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="voicelink",
            index=models.Index(fields=["case", "-id"], name="voice_link_by_case"),
        ),
        migrations.AddIndex(
            model_name="voicelink",
            index=models.Index(
                condition=models.Q(
                    ("changed_at__isnull", False),
                    ("wiped_at", None),
                    models.Q(("read_at", None), ("read_at__lt", models.F("changed_at")), _connector="OR"),
                ),
                fields=["case"],
                name="voice_link_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="voicelink",
            constraint=models.UniqueConstraint(fields=("id", "case"), name="voice_link_of_case"),
        ),
        migrations.AddConstraint(
            model_name="voicelink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="voice_withdrawn_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="voicedrawing",
            constraint=models.UniqueConstraint(fields=("link", "swv", "gemeente"), name="voice_one_drawing"),
        ),
        migrations.AddConstraint(
            model_name="voicedrawing",
            constraint=models.CheckConstraint(
                condition=models.Q(("file_type__in", ["jpg", "png"])), name="voice_drawing_file_type"
            ),
        ),
        migrations.AddConstraint(
            model_name="voiceanswer",
            constraint=models.UniqueConstraint(fields=("link", "question", "swv", "gemeente"), name="voice_one_answer"),
        ),
        *OPERATIONS,
    ]
