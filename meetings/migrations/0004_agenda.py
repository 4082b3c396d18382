"""Places at a table for a jeugdige, who is asked to them, and what they may read of that jeugdige until when."""

import uuid
from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.deletion import PROTECT

from meetings.migrations._0004_sql import OPERATIONS

PARTS = import_module("cases.migrations.0024_log_drafts")
SWV = "regions.samenwerkingsverband"
PRESENCE = [
    ("erbij", "Is erbij"),
    ("online", "Is er online bij"),
    ("iemand", "Iemand praat namens de jongere"),
    ("daarna", "Hoort het daarna"),
]
ROLES = [
    ("voorzitter", "Voorzitter"),
    ("eigenaar", "Eigenaar"),
    ("inbrenger", "Inbrenger"),
    ("kernteam", "Kernteam"),
    ("leerplicht", "Leerplicht"),
    ("deelnemer", "Deelnemer"),
    ("jongere", "De jongere"),
    ("ouder", "Ouder of verzorger"),
]
ATTENDANCE = [
    ("", "Nog niet bekend"),
    ("aanwezig", "Aanwezig"),
    ("bericht", "Afwezig met bericht"),
    ("afwezig", "Afwezig"),
]
YOUTH_OR_PARENT = Q(role__in=["jongere", "ouder"])
KNOWN = Q(user__isnull=False, email="") | Q(user=None) & ~Q(organisation="") & ~Q(function="") & ~Q(email="")
ONCE = (
    ("once", ["user"], Q(user__isnull=False)),
    ("address_once", ["email"], ~Q(email="")),
    ("one_chair", [], Q(role="voorzitter")),
    ("one_owner", [], Q(role="eigenaar")),
    ("one_youth", [], Q(role="jongere")),
)


def moment(label, **kwargs):
    return models.DateTimeField(label, editable=False, null=True, **kwargs)


def part_of(model, **kwargs):
    return models.ForeignKey(db_constraint=False, on_delete=PROTECT, to=f"meetings.{model}", **kwargs)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_voice"),
        ("cases", "0034_klad_of_interview"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("meeting", "series_on", models.DateField("dag van de reeks", editable=False, null=True)),
        migrations.AddConstraint(
            "meeting", models.UniqueConstraint(fields=["team", "series_on"], name="meeting_once_in_series")
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                *PARTS.part_fields(),
                ("meeting", part_of("meeting", related_name="agenda", verbose_name="overleg")),
                ("team_swv", models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to=SWV)),
                ("holds_cases", models.BooleanField("gaat over jeugdigen", default=True, editable=False)),
                ("starts_at", models.DateTimeField("begin")),
                ("ends_at", models.DateTimeField("einde")),
                (
                    "presence",
                    models.CharField("hoe doet de jongere mee?", max_length=8, choices=PRESENCE, blank=True),
                ),
                ("place", models.CharField("plek die de jongere koos", max_length=120, blank=True)),
                ("treat", models.CharField("iets lekkers", max_length=120, blank=True)),
                ("previous", part_of("agendaitem", related_name="later", blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        "status",
                        max_length=10,
                        choices=[("gepland", "Gepland"), ("besproken", "Besproken"), ("vervallen", "Gaat niet door")],
                        default="gepland",
                        editable=False,
                    ),
                ),
                ("uid", models.UUIDField("kenmerk in de agenda", default=uuid.uuid4, editable=False, unique=True)),
                ("planned_by", PARTS.user_key(editable=False)),
                ("updated_by", PARTS.user_key(editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "plek aan tafel",
                "verbose_name_plural": "plekken aan tafel",
                "ordering": ["starts_at", "id"],
                "indexes": [models.Index(fields=["meeting", "starts_at"], name="agenda_of_meeting")],
                "constraints": [
                    models.UniqueConstraint(fields=["id", "case"], name="agendaitem_of_case"),
                    models.UniqueConstraint(
                        fields=["meeting", "case", "swv", "gemeente"],
                        condition=~Q(status="vervallen"),
                        name="agendaitem_once_per_meeting",
                    ),
                    models.CheckConstraint(name="agendaitem_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
                    models.CheckConstraint(name="agendaitem_holds_case", condition=Q(holds_cases=True)),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                *PARTS.part_fields(),
                ("item", part_of("agendaitem", related_name="participants", verbose_name="plek")),
                ("role", models.CharField("rol", max_length=10, choices=ROLES, default="deelnemer")),
                ("user", PARTS.user_key(blank=True, null=True)),
                ("organisation", models.CharField("organisatie", max_length=100, blank=True)),
                ("function", models.CharField("functie", max_length=80, blank=True)),
                ("email", models.EmailField("e-mailadres van het werk", max_length=254, blank=True)),
                ("invited_at", moment("uitgenodigd op")),
                (
                    "sequence",
                    models.PositiveIntegerField("versie van de uitnodiging", default=0, editable=False),
                ),
                ("told", models.IntegerField("gemailde versie", default=-1, editable=False)),
                ("token_hash", models.CharField("link", max_length=64, null=True, unique=True, editable=False)),
                (
                    "answer",
                    models.CharField(
                        "antwoord",
                        max_length=3,
                        choices=[("", "Nog geen antwoord"), ("ja", "Komt"), ("nee", "Komt niet")],
                        blank=True,
                        editable=False,
                    ),
                ),
                ("answered_at", moment("geantwoord op")),
                ("confidential_at", moment("zorgvuldigheid beloofd op")),
                ("attendance", models.CharField("aanwezig", max_length=8, choices=ATTENDANCE, blank=True)),
                ("removed_at", moment("van tafel gehaald op")),
                ("added_by", PARTS.user_key(editable=False)),
                (
                    "added_at",
                    models.DateTimeField("gevraagd op", default=django.utils.timezone.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "iemand aan tafel",
                "verbose_name_plural": "mensen aan tafel",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["user", "item"], name="tables_of_user")],
                "constraints": [
                    models.CheckConstraint(
                        name="participant_known_by_account_or_work",
                        condition=Q(role__in=["jongere", "ouder"], user=None, organisation="", function="", email="")
                        & Q(invited_at=None)
                        | ~YOUTH_OR_PARENT & KNOWN,
                        violation_error_message="Vul de organisatie, de functie en het e-mailadres van het werk in.",
                    ),
                    models.CheckConstraint(
                        name="participant_owner_has_account",
                        condition=~Q(role__in=["eigenaar", "inbrenger"]) | Q(user__isnull=False),
                    ),
                    models.CheckConstraint(name="participant_told_what_stands", condition=Q(told__lte=F("sequence"))),
                    *(
                        models.UniqueConstraint(
                            fields=["item", "swv", "gemeente", *fields],
                            condition=Q(removed_at=None) & condition,
                            name=f"participant_{name}",
                        )
                        for name, fields, condition in ONCE
                    ),
                ],
            },
        ),
        *OPERATIONS,
    ]
