"""The register of activities: kept per SWV or by the project, read along by whom an activity was for."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

OPERATIONS = import_module("meetings.migrations._0013_sql").OPERATIONS


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0012_moral_card"),
        ("cases", "0036_table_consent"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("verkennend", "Verkennend gesprek"),
                            ("atelier", "Werkatelier"),
                            ("reisbureau", "Reisbureau"),
                            ("expert", "Expertsessie"),
                            ("opbrengst", "Deelbijeenkomst opbrengsten"),
                            ("gesprek", "Training ‘Het andere gesprek’"),
                            ("waarderend", "Waarderende workshop"),
                            ("reis", "Workshop ‘De Reis van de Jeugdige’"),
                            ("meepraten", "Bij- en meepraatsessie"),
                            ("handig", "Handig!-sessie"),
                            ("ziezon", "Workshop ZIEZON"),
                            ("masterclass", "Masterclass"),
                            ("spreekuur", "Digitaal spreekuur"),
                            ("anders", "Anders"),
                            ("nieuwsbrief", "Nieuwsbrief"),
                            ("praatplaat", "Praatplaat"),
                        ],
                        max_length=11,
                        verbose_name="soort",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="datum")),
                (
                    "for_swvs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="samenwerkingsverbanden",
                    ),
                ),
                (
                    "for_regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name="regio’s"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="onderwerp")),
                ("organiser", models.CharField(blank=True, max_length=120, verbose_name="organisator")),
                ("trainers", models.CharField(blank=True, max_length=200, verbose_name="trainers")),
                ("attendees", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="aanwezigheden")),
                (
                    "unique_people",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="unieke personen zonder lijst"
                    ),
                ),
                ("readers", models.PositiveIntegerField(blank=True, null=True, verbose_name="lezers")),
                ("worked", models.TextField(blank=True, max_length=800, verbose_name="wat werkte")),
                ("take_along", models.TextField(blank=True, max_length=800, verbose_name="wat nemen we mee")),
                ("stand_for", models.CharField(blank=True, max_length=300, verbose_name="waar staan we voor")),
                ("to_do", models.CharField(blank=True, max_length=300, verbose_name="wat moeten we gaan doen")),
                (
                    "right_people",
                    models.CharField(blank=True, max_length=300, verbose_name="hebben we de juiste mensen aan tafel"),
                ),
                (
                    "same_way",
                    models.CharField(blank=True, max_length=300, verbose_name="staan alle neuzen dezelfde kant op"),
                ),
                ("is_ready", models.BooleanField(blank=True, null=True, verbose_name="klaar voor casuïstiek")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="weggehaald op")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "meeting",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity",
                        to="meetings.meeting",
                        verbose_name="overleg",
                    ),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.samenwerkingsverband",
                        verbose_name="bijgehouden door",
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
                "verbose_name": "activiteit",
                "verbose_name_plural": "activiteiten",
                "ordering": ["-happened_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Professional",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="naam")),
                ("organisation", models.CharField(max_length=100, verbose_name="organisatie")),
                ("function", models.CharField(blank=True, max_length=80, verbose_name="functie")),
                (
                    "key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Concat(
                            django.db.models.functions.text.Lower("name"),
                            models.Value("|"),
                            django.db.models.functions.text.Lower("organisation"),
                        ),
                        output_field=models.CharField(max_length=201),
                        verbose_name="herkenning",
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.samenwerkingsverband",
                        verbose_name="bijgehouden door",
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
                "verbose_name": "deelnemer aan activiteiten",
                "verbose_name_plural": "deelnemers aan activiteiten",
                "ordering": ["name", "organisation", "id"],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("removed_at", models.DateTimeField(editable=False, null=True, verbose_name="van de lijst gehaald op")),
                (
                    "added_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="erbij gezet op"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="meetings.activity",
                        verbose_name="activiteit",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="meetings.professional",
                        verbose_name="deelnemer",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelname aan een activiteit",
                "verbose_name_plural": "deelnames aan activiteiten",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ProfessionalAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres van het werk")),
                (
                    "professional",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="address", to="meetings.professional"
                    ),
                ),
            ],
            options={
                "verbose_name": "e-mailadres van een deelnemer",
                "verbose_name_plural": "e-mailadressen van deelnemers",
            },
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["-happened_on", "-id"], name="activity_by_day"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attendees", None), ("attendees__lte", 5000), _connector="OR"),
                    models.Q(
                        ("unique_people", None),
                        models.Q(("attendees__isnull", False), ("unique_people__lte", models.F("attendees"))),
                        _connector="OR",
                    ),
                    models.Q(("readers", None), ("readers__lte", 1000000), _connector="OR"),
                ),
                name="activity_numbers_make_sense",
                violation_error_message="Een van de getallen is te groot.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attendees", None), ("kind__in", ["nieuwsbrief", "praatplaat"])),
                    models.Q(models.Q(("kind__in", ["nieuwsbrief", "praatplaat"]), _negated=True), ("readers", None)),
                    _connector="OR",
                ),
                name="activity_read_or_attended",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "atelier"),
                    models.Q(
                        ("is_ready__isnull", True),
                        ("right_people", ""),
                        ("same_way", ""),
                        ("stand_for", ""),
                        ("to_do", ""),
                    ),
                    _connector="OR",
                ),
                name="activity_questions_of_werkatelier",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "anders"), _negated=True), models.Q(("title", ""), _negated=True), _connector="OR"
                ),
                name="activity_other_has_name",
                violation_error_message="Schrijf op wat voor activiteit het was.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    models.Q(("organiser__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    models.Q(("trainers__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    models.Q(("worked__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    models.Q(("take_along__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    models.Q(("stand_for__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    models.Q(("to_do__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    models.Q(("right_people__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    models.Q(("same_way__iregex", "\\mWEL-?\\s?[0-9]{3,}")),
                    _connector="OR",
                    _negated=True,
                ),
                name="activity_names_no_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("swv", None), ("for_regions", []), _connector="OR"),
                name="activity_of_swv_has_no_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="professional",
            constraint=models.UniqueConstraint(fields=("swv", "key"), name="professional_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="professional",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("organisation", ""), _negated=True)
                ),
                name="professional_known_by_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(fields=("activity", "professional"), name="participation_once"),
        ),
        *OPERATIONS,
    ]
