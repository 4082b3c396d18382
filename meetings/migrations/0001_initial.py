"""WEL-teams and their members: read by who works in that SWV or accounts for it, written by its coördinator."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from access import rls

WHO = "(SELECT access.who())"
# Who works with jeugdigen in the SWV, or accounts for its subsidy; the answer of meetings.models.team_swvs().
READERS = (
    "(swv_id + 0 = ANY ((SELECT access.learning_swvs())::bigint[])"
    f" OR swv_id + 0 = ANY ({rls.scope('access.swv_scope', 'account_for_subsidies')}))"
)
COORDINATOR = f"swv_id = ANY ({rls.scope('access.swv_scope', 'work_on_cases')})"
WRITES = f"{COORDINATOR} AND updated_by_id = {WHO}"
# With an account: a werkplek in this SWV today, or as leerplicht in one of its gemeenten (meetings.models.member.works_in).
WORKS_THERE = """(user_id IS NULL OR EXISTS (
    SELECT FROM regions_membership m
    WHERE m.user_id = meetings_teammember.user_id
      AND m.starts_on <= access.today() AND (m.ends_on IS NULL OR m.ends_on >= access.today())
      AND (m.swv_id = meetings_teammember.swv_id OR m.role = 'leerplicht' AND m.gemeente_id IN (
          SELECT g.gemeente_id FROM regions_gemeenteswv g
          WHERE g.swv_id = meetings_teammember.swv_id AND NOT g.is_doubtful))))"""
OWN_TEAM = """
ALTER TABLE meetings_teammember ADD CONSTRAINT meetings_teammember_own_swv FOREIGN KEY (team_id, swv_id)
    REFERENCES meetings_welteam (id, swv_id)
"""
# Not the SWV, and of a member neither the team nor the person: who is another is another row.
TEAM_COLUMNS = (
    "name", "table_word", "rhythm", "every_weeks", "month_week", "weekday", "starts_at", "place_kind", "default_place",
    "cases_per_session", "minutes_per_case", "soft_maximum", "feedback_days", "advice_is_binding", "starts_on", "ends_on",
    "updated_at", "updated_by_id", "version",
)  # fmt: skip
MEMBER_COLUMNS = (
    "role", "organisation", "function", "email", "starts_on", "ends_on", "updated_at", "updated_by_id", "version",
)  # fmt: skip


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("regions", "0007_interviewer"),
        ("cases", "0027_learning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WelTeam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="naam van het team")),
                ("table_word", models.CharField(default="WEL-tafel", max_length=40, verbose_name="naam van de tafel")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("weken", "Elke week, of om de zoveel weken"),
                            ("maand", "Elke maand"),
                            ("verzoek", "Als iemand erom vraagt"),
                        ],
                        default="weken",
                        max_length=8,
                        verbose_name="hoe vaak",
                    ),
                ),
                (
                    "every_weeks",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="om de hoeveel weken"),
                ),
                (
                    "month_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "eerste"), (2, "tweede"), (3, "derde"), (4, "vierde"), (5, "laatste")],
                        null=True,
                        verbose_name="welke week van de maand",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "maandag"),
                            (2, "dinsdag"),
                            (3, "woensdag"),
                            (4, "donderdag"),
                            (5, "vrijdag"),
                            (6, "zaterdag"),
                            (7, "zondag"),
                        ],
                        null=True,
                        verbose_name="dag",
                    ),
                ),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="begint om")),
                (
                    "place_kind",
                    models.CharField(
                        choices=[
                            ("online", "Online"),
                            ("fysiek", "Bij elkaar"),
                            ("beide", "Bij elkaar, en online kan ook"),
                        ],
                        default="online",
                        max_length=6,
                        verbose_name="online of bij elkaar",
                    ),
                ),
                ("default_place", models.CharField(blank=True, max_length=120, verbose_name="vaste plek")),
                ("cases_per_session", models.PositiveSmallIntegerField(default=2, verbose_name="jeugdigen per keer")),
                ("minutes_per_case", models.PositiveSmallIntegerField(default=45, verbose_name="minuten per jeugdige")),
                ("soft_maximum", models.PositiveSmallIntegerField(default=5, verbose_name="mensen aan tafel")),
                (
                    "feedback_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="dagen tot de terugkoppeling"),
                ),
                ("advice_is_binding", models.BooleanField(default=False, verbose_name="advies is bindend")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="vanaf")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "swv",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wel_teams",
                        to="regions.samenwerkingsverband",
                        verbose_name="samenwerkingsverband",
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
                "verbose_name": "WEL-team",
                "verbose_name_plural": "WEL-teams",
                "ordering": ["swv", "name", "id"],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("voorzitter", "Voorzitter"),
                            ("kernteam", "Kernteam"),
                            ("partner", "Partner, sluit aan als het past"),
                        ],
                        max_length=10,
                        verbose_name="rol",
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=100, verbose_name="organisatie")),
                ("function", models.CharField(blank=True, max_length=80, verbose_name="functie")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres van het werk")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="vanaf")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="meetings.welteam",
                        verbose_name="WEL-team",
                    ),
                ),
            ],
            options={
                "verbose_name": "teamlid",
                "verbose_name_plural": "teamleden",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="welteam",
            constraint=models.UniqueConstraint(fields=("id", "swv"), name="welteam_scope"),
        ),
        migrations.AddConstraint(
            model_name="welteam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("every_weeks__isnull", False),
                        ("month_week", None),
                        ("rhythm", "weken"),
                        ("starts_at__isnull", False),
                        ("weekday__isnull", False),
                    ),
                    models.Q(
                        ("every_weeks", None),
                        ("month_week__isnull", False),
                        ("rhythm", "maand"),
                        ("starts_at__isnull", False),
                        ("weekday__isnull", False),
                    ),
                    models.Q(
                        ("every_weeks", None),
                        ("month_week", None),
                        ("rhythm", "verzoek"),
                        ("starts_at", None),
                        ("weekday", None),
                    ),
                    _connector="OR",
                ),
                name="welteam_rhythm_complete",
                violation_error_message="Vul de dag en de tijd in die bij het ritme horen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="welteam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("default_place", ""), ("place_kind", "online")),
                    models.Q(
                        models.Q(("place_kind", "online"), _negated=True),
                        models.Q(("default_place", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="welteam_place_known",
                violation_error_message="Vul de plek in waar jullie bij elkaar komen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="welteam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cases_per_session__range", (1, 8)),
                    ("minutes_per_case__range", (15, 180)),
                    ("soft_maximum__range", (2, 20)),
                    ("feedback_days__range", (1, 14)),
                    models.Q(("every_weeks", None), ("every_weeks__range", (1, 12)), _connector="OR"),
                    models.Q(("month_week", None), ("month_week__range", (1, 5)), _connector="OR"),
                    models.Q(("weekday", None), ("weekday__range", (1, 7)), _connector="OR"),
                ),
                name="welteam_numbers_make_sense",
                violation_error_message="Een van de getallen is te groot of te klein.",
            ),
        ),
        migrations.AddConstraint(
            model_name="welteam",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="welteam_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email", ""), ("user__isnull", False)),
                    models.Q(
                        ("user", None),
                        models.Q(("organisation", ""), _negated=True),
                        models.Q(("function", ""), _negated=True),
                        models.Q(("email", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="teammember_known_by_account_or_work",
                violation_error_message="Vul de organisatie, de functie en het e-mailadres van het werk in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="teammember_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("user__isnull", False)),
                fields=("team", "user"),
                name="teammember_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("user", None)),
                fields=("team", "email"),
                name="teammember_partner_once",
            ),
        ),
        rls.sql(OWN_TEAM, "ALTER TABLE meetings_teammember DROP CONSTRAINT meetings_teammember_own_swv"),
        rls.protect(
            "meetings_welteam",
            select=READERS,
            insert=WRITES,
            update_from=COORDINATOR,
            update=WRITES,
            columns=TEAM_COLUMNS,
        ),
        rls.protect(
            "meetings_teammember",
            select=READERS,
            insert=f"{WRITES} AND {WORKS_THERE}",
            update_from=COORDINATOR,
            update=WRITES,
            columns=MEMBER_COLUMNS,
        ),
    ]
