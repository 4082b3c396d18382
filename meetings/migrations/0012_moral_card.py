"""The card of a moreel beraad: read and written as the meeting, of that kind only, and no text names a code."""

from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

from access import rls

TEAM = import_module("meetings.migrations.0001_initial")
CODE = r"\mWEL-?\s?[0-9]{3,}"
OWN_MEETING = r"""
ALTER TABLE meetings_meeting ADD CONSTRAINT meeting_of_kind UNIQUE (id, swv_id, kind);
ALTER TABLE meetings_moralcard ADD CONSTRAINT moralcard_own_meeting FOREIGN KEY (meeting_id, swv_id, kind)
    REFERENCES meetings_meeting (id, swv_id, kind);
ALTER TABLE meetings_moralcard ADD CONSTRAINT moralcard_weighs_no_case
    CHECK (jsonb_typeof(considerations) = 'array' AND considerations::text !~* '\mWEL-?\s?[0-9]{3,}');
"""
NO_OWN_MEETING = """
ALTER TABLE meetings_moralcard DROP CONSTRAINT moralcard_weighs_no_case, DROP CONSTRAINT moralcard_own_meeting;
ALTER TABLE meetings_meeting DROP CONSTRAINT meeting_of_kind;
"""
COLUMNS = (
    "question", "leader", "method", "method_other", "considerations", "conclusion", "policy", "updated_at",
    "updated_by_id", "version",
)  # fmt: skip


def words(label, length, **options):
    return models.TextField(label, max_length=length, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0011_after_the_table"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "MoralCard",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField("soort overleg", default="moreel", editable=False, max_length=10),
                ),
                ("question", words("ethische vraag", 1000)),
                ("leader", models.CharField("gespreksleider", max_length=120)),
                (
                    "method",
                    models.CharField(
                        "methode",
                        max_length=10,
                        choices=[
                            ("dilemma", "Dilemmamethode"),
                            ("socratisch", "Socratisch gesprek"),
                            ("utrecht", "Utrechts stappenplan"),
                            ("anders", "Anders"),
                        ],
                    ),
                ),
                ("method_other", models.CharField("welke andere methode", max_length=120, blank=True)),
                ("considerations", models.JSONField("overwegingen", default=list, blank=True)),
                ("conclusion", words("conclusie", 2000, blank=True)),
                ("policy", words("betekenis voor beleid", 1000, blank=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "meeting",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="moral_cards", to="meetings.meeting"
                    ),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            {
                "verbose_name": "kaart van een moreel beraad",
                "verbose_name_plural": "kaarten van moreel beraad",
                "constraints": [
                    models.UniqueConstraint(fields=["meeting", "swv"], name="moralcard_once"),
                    models.CheckConstraint(name="moralcard_of_moral", condition=Q(kind="moreel")),
                    models.CheckConstraint(
                        name="moralcard_method_known",
                        condition=Q(method="anders") & ~Q(method_other="") | ~Q(method="anders") & Q(method_other=""),
                    ),
                    models.CheckConstraint(
                        name="moralcard_names_no_case",
                        condition=~Q(question__iregex=CODE)
                        & ~Q(leader__iregex=CODE)
                        & ~Q(method_other__iregex=CODE)
                        & ~Q(conclusion__iregex=CODE)
                        & ~Q(policy__iregex=CODE),
                    ),
                ],
            },
        ),
        rls.sql(OWN_MEETING, NO_OWN_MEETING),
        rls.protect(
            "meetings_moralcard",
            select=TEAM.READERS,
            insert=TEAM.WRITES,
            update_from=TEAM.COORDINATOR,
            update=TEAM.WRITES,
            columns=COLUMNS,
        ),
    ]
