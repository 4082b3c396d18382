"""A verslag is opened for each reader by itself, and whoever works on the jeugdige puts it right."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from meetings.migrations._0008_sql import OPERATIONS


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0036_table_consent"),
        ("meetings", "0007_stem_at_table"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                (
                    "shared_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gedeeld op"),
                ),
                ("taken_back_at", models.DateTimeField(editable=False, null=True, verbose_name="teruggehaald op")),
            ],
            options={
                "verbose_name": "lezer van een verslag",
                "verbose_name_plural": "lezers van verslagen",
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="tablereport",
            name="updated_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="aangepast"),
        ),
        migrations.AddField(
            model_name="tablereport",
            name="updated_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="tablereport",
            constraint=models.UniqueConstraint(fields=("id", "item"), name="tablereport_of_item"),
        ),
        migrations.AddField(
            model_name="reportreader",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_rows",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="reportreader",
            name="gemeente",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.gemeente"
            ),
        ),
        migrations.AddField(
            model_name="reportreader",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="reportreader",
            name="participant",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.participant",
                verbose_name="lezer",
            ),
        ),
        migrations.AddField(
            model_name="reportreader",
            name="report",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readers",
                to="meetings.tablereport",
                verbose_name="verslag",
            ),
        ),
        migrations.AddField(
            model_name="reportreader",
            name="shared_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reportreader",
            name="swv",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.samenwerkingsverband",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportreader",
            constraint=models.UniqueConstraint(
                fields=("report", "participant", "swv", "gemeente"), name="reportreader_once"
            ),
        ),
        *OPERATIONS,
    ]
