"""Exactly one eigenaar, a verbinder when contact broke, and the warm handover to another gemeente or SWV."""

import uuid
from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0028_journey_complete"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                (
                    "broken_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="verbroken sinds"),
                ),
                ("story", models.CharField(max_length=300, verbose_name="wat gebeurde er?")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="vanaf")),
                ("task", models.CharField(max_length=300, verbose_name="opdracht")),
                ("agreed_on", models.DateField(verbose_name="afgesproken dag")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="klaar op")),
                (
                    "is_repaired",
                    models.BooleanField(db_default=False, default=False, verbose_name="verbinding hersteld"),
                ),
                (
                    "outcome",
                    models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="wat hielp?"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "verbinding zoeken",
                "verbose_name_plural": "verbindingen zoeken",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("verhuisd", "Verhuisd"),
                            ("vo", "Van primair naar voortgezet onderwijs"),
                            ("anders", "Anders"),
                        ],
                        max_length=10,
                        verbose_name="waarom",
                    ),
                ),
                ("moved_on", models.DateField(verbose_name="vanaf")),
                ("talk_on", models.DateField(null=True, verbose_name="gesprek met elkaar")),
                ("message", models.CharField(max_length=1000, verbose_name="wat de ander moet weten")),
                (
                    "shows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("wensdroom", "De wensdroom"),
                                ("goed", "Wat al goed gaat"),
                                ("lastig", "Wat het lastig maakt"),
                                ("stap", "De volgende stap"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="mag vooraf gelezen worden",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gevraagd", "Wacht op toestemming"),
                            ("aangeboden", "Aangeboden"),
                            ("aangenomen", "Aangenomen"),
                            ("geweigerd", "Niet aangenomen"),
                            ("ingetrokken", "Ingetrokken"),
                        ],
                        max_length=12,
                        verbose_name="stand",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="gevraagd op")),
                ("offered_at", models.DateTimeField(null=True, verbose_name="aangeboden op")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="beantwoord op")),
                ("answer", models.CharField(blank=True, default="", max_length=300, verbose_name="reden")),
                ("was_shared", models.BooleanField(default=False, verbose_name="was gedeeld")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "overdracht",
                "verbose_name_plural": "overdrachten",
            },
        ),
        migrations.AddField(
            model_name="case",
            name="connection_lost",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="verbinding verbroken"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="consent_from",
            field=models.DateTimeField(editable=False, null=True, verbose_name="toestemming telt vanaf"),
        ),
        migrations.AddField(
            model_name="case",
            name="counts_elsewhere",
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name="telt elders mee"),
        ),
        migrations.AddField(
            model_name="casemember",
            name="appointed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="casemember",
            name="leaves_on",
            field=models.DateField(blank=True, null=True, verbose_name="stopt op"),
        ),
        migrations.AddField(
            model_name="casemember",
            name="note",
            field=models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="toelichting"),
        ),
        migrations.AddField(
            model_name="casemember",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("werk", "Ander werk of een andere plek"),
                    ("afwezig", "Langere tijd afwezig"),
                    ("vraag", "De jongere of de ouders vroegen erom"),
                    ("verdeling", "Het werk is anders verdeeld"),
                    ("verbinding", "Het contact lukte niet meer"),
                    ("overdracht", "Overgedragen naar een andere gemeente of SWV"),
                    ("anders", "Anders"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="waarom",
            ),
        ),
        migrations.AddField(
            model_name="costline",
            name="moved_case",
            field=models.BigIntegerField(editable=False, null=True, verbose_name="overgedragen jeugdige"),
        ),
        migrations.AddField(
            model_name="hoursline",
            name="moved_case",
            field=models.BigIntegerField(editable=False, null=True, verbose_name="overgedragen jeugdige"),
        ),
        migrations.AddField(
            model_name="inclusion",
            name="moved_case",
            field=models.BigIntegerField(editable=False, null=True, verbose_name="overgedragen jeugdige"),
        ),
        migrations.AddField(
            model_name="inclusion",
            name="was_complete",
            field=models.BooleanField(editable=False, null=True, verbose_name="reis was compleet"),
        ),
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("delen", "Delen met het WEL-team"),
                    ("contact", "Contact opnemen"),
                    ("interview", "Waarderend interview"),
                    ("tafel", "Bespreken aan de WEL-tafel"),
                    ("partijen", "Delen met genoemde partijen"),
                    ("verhaal", "Geanonimiseerd verhaal gebruiken"),
                    ("monitor", "Meetellen in de monitor"),
                    ("redenen", "Een reden of diagnose vastleggen"),
                    ("overdracht", "Overdragen aan een andere gemeente of SWV"),
                ],
                max_length=10,
                verbose_name="waarvoor",
            ),
        ),
        migrations.AlterField(
            model_name="inclusion",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inclusion_rows",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="inclusion",
            name="gemeente",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.gemeente",
            ),
        ),
        migrations.AlterField(
            model_name="inclusion",
            name="shared_until",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("moved_case", None), ("case", None), _connector="OR"), name="cost_moved_has_no_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursline",
            constraint=models.CheckConstraint(
                condition=models.Q(("moved_case", None), ("case", None), _connector="OR"),
                name="hours_moved_has_no_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="inclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("case__isnull", False),
                        ("gemeente__isnull", False),
                        ("moved_case", None),
                        ("shared_until__isnull", False),
                        ("was_complete", None),
                    ),
                    models.Q(
                        ("case", None),
                        ("gemeente", None),
                        ("moved_case__isnull", False),
                        ("shared_until", None),
                        ("was_complete__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="inclusion_of_a_case_or_moved",
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_rows",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="connector",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verbinder",
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="ended_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="gemeente",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.gemeente"
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="recorded_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="connection",
            name="swv",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.samenwerkingsverband",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="beantwoord door",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gevraagd door",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="handover",
            name="from_gemeente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.gemeente"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="from_swv",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.samenwerkingsverband"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="offered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="aangeboden door",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_gemeente",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.gemeente"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_swv",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.samenwerkingsverband"
            ),
        ),
        migrations.AddIndex(
            model_name="connection",
            index=models.Index(fields=["case", "-id"], name="connection_by_case"),
        ),
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("case", "swv", "gemeente"),
                name="connection_one_open",
                violation_error_message="Er is al een verbinder.",
            ),
        ),
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__gte", models.F("broken_on")),
                    models.Q(("ended_on", None), ("ended_on__gte", models.F("starts_on")), _connector="OR"),
                    ("agreed_on__gte", models.F("starts_on")),
                ),
                name="connection_in_order",
                violation_error_message="De dagen staan niet in volgorde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="connection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_by", None), ("ended_on", None), ("is_repaired", False)),
                    models.Q(("ended_by__isnull", False), ("ended_on__isnull", False)),
                    _connector="OR",
                ),
                name="connection_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["from_swv", "from_gemeente"], name="handover_from"),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["to_swv", "to_gemeente"], name="handover_to"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("gevraagd", "aangeboden"))),
                fields=("case",),
                name="handover_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_swv", models.F("to_swv")), _negated=True),
                    models.Q(("from_gemeente", models.F("to_gemeente")), _negated=True),
                    _connector="OR",
                ),
                name="handover_goes_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("offered_at", None), ("status", "gevraagd")),
                    models.Q(("answered_at", None), ("offered_at__isnull", False), ("status", "aangeboden")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("offered_at__isnull", False),
                        ("status__in", ("aangenomen", "geweigerd")),
                    ),
                    models.Q(("answered_at__isnull", False), ("status", "ingetrokken")),
                    _connector="OR",
                ),
                name="handover_stands_right",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "geweigerd"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="handover_refused_with_reason",
            ),
        ),
        *import_module("cases.migrations._0029_sql").OPERATIONS,
        *import_module("cases.migrations._0029_handover_sql").OPERATIONS,
    ]
