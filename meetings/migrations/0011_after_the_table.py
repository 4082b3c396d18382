"""After a table: did the advice work, and what did who sat there think of it. Read by who works on the jeugdige."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

from access import rls

TABLES = import_module("meetings.migrations._0004_sql")
LIVE = import_module("meetings.migrations._0006_sql")
INTERVIEW = import_module("cases.migrations.0026_interview")
READ, WORKS, TEAM, WHO = TABLES.READ, TABLES.WORKS, TABLES.TEAM, TABLES.WHO
OWN = f"updated_by_id = {WHO}"
FELT = [("ja", "Ja"), ("deels", "Deels"), ("nee", "Nee"), ("onbekend", "Weet ik niet")]
# The web role reads these tables by their own policies here too.
HELD = "EXISTS (SELECT FROM meetings_agendaitem i WHERE i.id = item_id AND i.status = 'besproken')"
WAS_THERE = "EXISTS (SELECT FROM meetings_participant p WHERE p.id = participant_id AND p.attendance = 'aanwezig')"
STAMP = ("updated_by_id", "updated_at", "version")
REVIEW = (
    "held_on", "worked", "happened", "autonomy", "autonomy_note", "competence", "competence_note", "belonging",
    "belonging_note", "next_step", "needs_table",
)  # fmt: skip


def part(*fields):
    return INTERVIEW.part(
        ("updated_at", INTERVIEW.moment("aangepast op")),
        ("version", models.PositiveIntegerField(default=1, editable=False)),
        *fields,
        ("updated_by", INTERVIEW.person()),
    )


def ours(model, name, words):
    return models.ForeignKey(
        db_constraint=False, on_delete=PROTECT, related_name=name, to=f"meetings.{model}", verbose_name=words
    )


def need(label):
    return models.CharField(label, max_length=8, choices=FELT)


def note(label, length=500):
    return models.CharField(label, max_length=length, blank=True)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0010_reminders_due"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "AdviceReview",
            part(
                (
                    "moment",
                    models.CharField("moment", max_length=2, choices=[("4w", "Na 4 weken"), ("4m", "Na 4 maanden")]),
                ),
                ("held_on", models.DateField("teruggekeken op")),
                (
                    "worked",
                    models.CharField(
                        "werkte ons advies?",
                        max_length=5,
                        choices=[("ja", "Ja"), ("deels", "Deels"), ("nee", "Nee"), ("nog", "Nog niet te zeggen")],
                    ),
                ),
                ("happened", models.TextField("wat gebeurde er?", max_length=2000)),
                ("autonomy", need("autonomie: kan zelf kiezen")),
                ("autonomy_note", note("over autonomie")),
                ("competence", need("competentie: merkt dat iets lukt")),
                ("competence_note", note("over competentie")),
                ("belonging", need("verbondenheid: hoort erbij")),
                ("belonging_note", note("over verbondenheid")),
                ("next_step", note("volgende kleine stap", 300)),
                ("needs_table", models.BooleanField("tweede tafel nodig")),
                ("item", ours("agendaitem", "reviews", "plek")),
            ),
            {
                "verbose_name": "terugblik op een tafel",
                "verbose_name_plural": "terugblikken op tafels",
                "ordering": ["item", "moment"],
                "indexes": [
                    models.Index(fields=["swv", "item"], name="review_asks_table", condition=Q(needs_table=True))
                ],
                "constraints": [
                    models.UniqueConstraint(fields=["item", "moment", "swv", "gemeente"], name="advicereview_once"),
                    models.CheckConstraint(name="advicereview_moment", condition=Q(moment__in=["4w", "4m"])),
                    models.CheckConstraint(name="advicereview_says_what", condition=~Q(happened="")),
                ],
            },
        ),
        migrations.CreateModel(
            "TableReflection",
            part(
                ("called_on", models.DateField("gebeld op", null=True, blank=True)),
                ("worked", note("wat werkte", 1000)),
                ("better", note("wat kan beter", 1000)),
                (
                    "theme",
                    models.CharField(
                        "thema",
                        max_length=8,
                        choices=[("inhoud", "Inhoud"), ("proces", "Proces"), ("houding", "Houding en gedrag")],
                        blank=True,
                    ),
                ),
                ("item", ours("agendaitem", "reflections", "plek")),
                ("participant", ours("participant", "reflections", "wie")),
            ),
            {
                "verbose_name": "reflectie op een tafel",
                "verbose_name_plural": "reflecties op tafels",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=["participant", "swv", "gemeente"], name="tablereflection_once"),
                    models.CheckConstraint(
                        name="tablereflection_called_or_not",
                        condition=Q(called_on=None, worked="", better="", theme="")
                        | Q(called_on__isnull=False) & ~Q(worked="", better=""),
                    ),
                ],
            },
        ),
        rls.sql(
            LIVE.KEYS.format(table="meetings_advicereview")
            + LIVE.KEYS.format(table="meetings_tablereflection")
            + LIVE.SEAT.format(table="meetings_tablereflection")
        ),
        rls.protect(
            "meetings_advicereview",
            select=READ,
            insert=f"{WORKS} AND {OWN} AND {HELD}",
            update_from=WORKS,
            update=f"{WORKS} AND {OWN}",
            columns=(*REVIEW, *STAMP),
        ),
        rls.protect(
            "meetings_tablereflection",
            select=READ,
            insert=f"{TEAM} AND {OWN} AND {HELD} AND {WAS_THERE}",
            update_from=TEAM,
            update=f"{TEAM} AND {OWN}",
            columns=("called_on", "worked", "better", "theme", *STAMP),
        ),
    ]
