"""In beeld: exemptions and absence per period, the first contact, nevengroepen, and why a youth was chosen."""

import django.core.validators
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from access import rls

SCOPE_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
"""

# Two periods of one jeugdige share no day. GiST compares plain numbers only with the extension btree_gist; ranges it
# knows by itself, so each number becomes a range of that number alone. Swv and gemeente are named because the database
# checks this before it checks whether the case is in that swv: an error must not tell what another SWV wrote down.
NO_OVERLAP = """
ALTER TABLE cases_legalstatus ADD CONSTRAINT legal_status_no_overlap EXCLUDE USING gist (
    int8range(case_id, case_id, '[]') WITH =,
    int8range(swv_id, swv_id, '[]') WITH =,
    int8range(gemeente_id, gemeente_id, '[]') WITH =,
    daterange(starts_on, ends_on, '[]') WITH &&
);
"""

# Terms are for everybody to read; a change of the law comes with a migration.
FIRST_TERMS = """
REVOKE INSERT, UPDATE, DELETE ON cases_exemptionterms FROM wel_app;
INSERT INTO cases_exemptionterms (starts_on, statement_months, notify_month, notify_day, warn_month, warn_day,
    review_months, ending_days) VALUES ('1900-01-01', 3, 7, 1, 5, 1, 12, 56);
"""

WHO = "(SELECT access.who())"


def leerplicht(offset=""):
    return (
        f"gemeente_id{offset} = ANY ({rls.scope('access.gemeente_scope', 'register_cases')})"
        f" OR swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'register_cases')})"
    )


# A correction is a statement too, so it carries the name of who made it; the audit log knows who stated it before.
STATUS_COLUMNS = (
    "kind", "duration", "ground", "starts_on", "ends_on", "notified_on", "statement_on", "statement_by", "independence",
    "has_swv_advice", "has_plan", "review_on", "stated_by_id", "stated_at", "version",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_who_decides"),
        ("regions", "0006_quicker_scopes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("made_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="datum")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("telefoon", "Telefoon"),
                            ("brief", "Brief"),
                            ("bericht", "Mail of bericht"),
                            ("huisbezoek", "Huisbezoek"),
                            ("kantoor", "Gesprek op een andere plek"),
                        ],
                        max_length=10,
                        verbose_name="hoe",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("niet_bereikt", "Niet bereikt"),
                            ("geen_belangstelling", "Geen belangstelling"),
                            ("nadenken", "Wil nadenken"),
                            ("gesprek", "Wil een gesprek"),
                            ("passende_plek", "Heeft een passende plek, geen vraag"),
                            ("ingestemd", "Stemt in"),
                        ],
                        max_length=20,
                        verbose_name="uitkomst",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "eerste contact",
                "verbose_name_plural": "eerste contacten",
                "ordering": ["-made_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ExemptionTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(unique=True, verbose_name="geldt vanaf")),
                (
                    "statement_months",
                    models.PositiveSmallIntegerField(verbose_name="maanden dat een verklaring geldig is"),
                ),
                (
                    "notify_month",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="kennisgeving vóór, maand",
                    ),
                ),
                (
                    "notify_day",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="kennisgeving vóór, dag",
                    ),
                ),
                (
                    "warn_month",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="melding vanaf, maand",
                    ),
                ),
                (
                    "warn_day",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="melding vanaf, dag",
                    ),
                ),
                ("review_months", models.PositiveSmallIntegerField(verbose_name="maanden tot opnieuw kijken")),
                (
                    "ending_days",
                    models.PositiveSmallIntegerField(verbose_name="dagen dat een einde vooraf wordt gemeld"),
                ),
            ],
            options={
                "verbose_name": "termijnen van de vrijstelling",
                "verbose_name_plural": "termijnen van de vrijstelling",
                "ordering": ["starts_on"],
            },
        ),
        migrations.CreateModel(
            name="LegalStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("5a", "Vrijstelling 5 onder a"), ("av", "Absoluut verzuim")],
                        max_length=2,
                        verbose_name="wat is vastgesteld?",
                    ),
                ),
                (
                    "duration",
                    models.CharField(
                        blank=True,
                        choices=[("tijdelijk", "Tijdelijk"), ("blijvend", "Blijvend")],
                        max_length=10,
                        verbose_name="duur",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lichamelijk", "Lichamelijke gronden"),
                            ("psychisch", "Psychische gronden"),
                            ("beide", "Lichamelijke en psychische gronden"),
                        ],
                        max_length=12,
                        verbose_name="grond",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("notified_on", models.DateField(blank=True, null=True, verbose_name="kennisgeving van de ouders")),
                ("statement_on", models.DateField(blank=True, null=True, verbose_name="datum van de verklaring")),
                (
                    "statement_by",
                    models.CharField(
                        blank=True,
                        choices=[("arts", "Arts"), ("pedagoog", "Pedagoog"), ("psycholoog", "Psycholoog")],
                        max_length=10,
                        verbose_name="verklaring van",
                    ),
                ),
                (
                    "independence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bevestigd", "Niet de behandelaar, dat is nagegaan"),
                            ("onbekend", "Nog niet nagegaan"),
                        ],
                        max_length=10,
                        verbose_name="behandelt die de jeugdige?",
                    ),
                ),
                ("has_swv_advice", models.BooleanField(default=False, verbose_name="advies van het SWV")),
                ("has_plan", models.BooleanField(default=False, verbose_name="plan voor ontwikkeling")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="opnieuw kijken op")),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "wat leerplicht vaststelde",
                "verbose_name_plural": "wat leerplicht vaststelde",
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="side_group",
            field=models.CharField(
                blank=True,
                choices=[
                    ("vier", "4 jaar, nog niet ingeschreven"),
                    ("thuiszitter", "Ingeschreven, en langer dan 4 weken niet op school"),
                    ("voorschools", "Op een voorschoolse voorziening"),
                    ("wlz", "Zorg uit de Wet langdurige zorg (Wlz)"),
                    ("somatisch", "Lichamelijk ziek"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="nevengroep",
            ),
        ),
        migrations.AddField(
            model_name="inclusion",
            name="reason",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=300, verbose_name="waarom deze jeugdige?"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("side_group", ""), ("situation", "anders"), _connector="OR"),
                name="case_side_group_is_other",
                violation_error_message="Een nevengroep hoort bij de situatie ‘Anders’.",
            ),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="case",
            field=models.ForeignKey(
                db_constraint=False, on_delete=PROTECT, related_name="%(class)s_rows", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="gemeente",
            field=models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.gemeente"),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="contact_by",
            field=models.ForeignKey(
                on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="door wie"
            ),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="recorded_by",
            field=models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="swv",
            field=models.ForeignKey(
                editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
            ),
        ),
        migrations.AddField(
            model_name="legalstatus",
            name="case",
            field=models.ForeignKey(
                db_constraint=False, on_delete=PROTECT, related_name="%(class)s_rows", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="legalstatus",
            name="gemeente",
            field=models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.gemeente"),
        ),
        migrations.AddField(
            model_name="legalstatus",
            name="stated_by",
            field=models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="legalstatus",
            name="swv",
            field=models.ForeignKey(
                editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
            ),
        ),
        migrations.AddIndex(
            model_name="contactattempt",
            index=models.Index(
                models.F("case"),
                models.OrderBy(models.F("made_on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="contact_newest_of_case",
            ),
        ),
        migrations.AddIndex(
            model_name="legalstatus",
            index=models.Index(
                condition=models.Q(("kind", "5a")), fields=["gemeente", "ends_on"], name="exemption_by_gemeente"
            ),
        ),
        migrations.AddIndex(
            model_name="legalstatus",
            index=models.Index(condition=models.Q(("kind", "5a")), fields=["swv", "ends_on"], name="exemption_by_swv"),
        ),
        migrations.AddConstraint(
            model_name="legalstatus",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="legal_status_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalstatus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duration", "tijdelijk"), _negated=True), ("ends_on__isnull", False), _connector="OR"
                ),
                name="legal_status_temporary_ends",
                violation_error_message="Een tijdelijke vrijstelling heeft een laatste dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalstatus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duration", "blijvend"), _negated=True), ("review_on__isnull", False), _connector="OR"
                ),
                name="legal_status_permanent_review",
                violation_error_message="Kies wanneer je opnieuw kijkt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalstatus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duration__in", ("tijdelijk", "blijvend")), ("kind", "5a")),
                    models.Q(("duration", ""), ("kind", "av")),
                    _connector="OR",
                ),
                name="legal_status_duration_of_exemption",
                violation_error_message="Alleen een vrijstelling is tijdelijk of blijvend.",
            ),
        ),
        *(rls.sql(SCOPE_KEY.format(table=table)) for table in ("cases_legalstatus", "cases_contactattempt")),
        rls.sql(NO_OVERLAP),
        rls.sql(FIRST_TERMS),
        # Only leerplicht, shared or not: what the team needs of it stands on the case itself.
        rls.protect(
            "cases_legalstatus",
            select=leerplicht(" + 0"),
            insert=f"({leerplicht()}) AND stated_by_id = {WHO}",
            update=f"({leerplicht()}) AND stated_by_id = {WHO}",
            update_from=leerplicht(),
            columns=STATUS_COLUMNS,
        ),
        rls.protect(
            "cases_contactattempt",
            select=leerplicht(" + 0"),
            insert=f"({leerplicht()}) AND recorded_by_id = {WHO}",
        ),
        rls.sql(
            "GRANT UPDATE (side_group) ON cases_case TO wel_app",
            "REVOKE UPDATE (side_group) ON cases_case FROM wel_app",
        ),
    ]
