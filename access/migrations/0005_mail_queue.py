"""The queue of mail: each mail in numbers, and how sending went."""

import django.utils.timezone
from django.db import migrations, models

from access import rls


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_quicker_context"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=100, verbose_name="soort")),
                ("arguments", models.JSONField(verbose_name="waarover")),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="sleutel")),
                ("not_before", models.DateTimeField(verbose_name="niet voor")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("wacht", "Wacht"),
                            ("bezig", "Bezig"),
                            ("verstuurd", "Verstuurd"),
                            ("vervallen", "Niet meer nodig"),
                            ("onzeker", "Misschien verstuurd"),
                            ("mislukt", "Niet verstuurd"),
                        ],
                        default="wacht",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="keer geprobeerd")),
                ("error", models.CharField(blank=True, max_length=60, verbose_name="wat er misging")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gemaakt")),
                ("tried_at", models.DateTimeField(null=True, verbose_name="geprobeerd")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="verstuurd")),
            ],
            options={
                "verbose_name": "mail in de wachtrij",
                "verbose_name_plural": "mail in de wachtrij",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["verstuurd", "vervallen"]), _negated=True),
                        fields=["status"],
                        name="mail_not_sent",
                    )
                ],
            },
        ),
        # No row level security: it holds numbers, and the worker reads it before anybody is known. What a mail is about
        # stays as it was queued, and how sending went is not wiped.
        rls.sql(
            "REVOKE UPDATE, DELETE ON access_mailjob FROM wel_app;"
            "GRANT UPDATE (status, attempts, error, not_before, tried_at, sent_at) ON access_mailjob TO wel_app"
        ),
    ]
