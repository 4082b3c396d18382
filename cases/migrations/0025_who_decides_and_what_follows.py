"""Who decides, with a reason and a name for leerplicht alone; whom parents want at the table; what follows a withdrawal.

Why somebody cannot judge stood on the case, where everybody who may open it reads along. Now the case says only that it
is so. What was written before is kept word for word; the name of who established it was part of that text.
"""

from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from access import rls

BEFORE = import_module("cases.migrations.0017_who_decides")

PARTS = ("cases_authority", "cases_removaldecision", "cases_tablewish")

SCOPE_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
"""

FIRST_TERMS = """
REVOKE INSERT, UPDATE, DELETE ON cases_consentterms FROM wel_app;
INSERT INTO cases_consentterms (starts_on, grace_days, removal_days) VALUES ('1900-01-01', 30, 30);
"""

TO_ROWS = """
SELECT set_config('wel.maintenance', 'on', true);
INSERT INTO cases_authority (case_id, swv_id, gemeente_id, shared_until, parents_with_authority, checked_how,
    cannot_judge_reason, cannot_judge_by, recorded_by_id, recorded_at)
    SELECT id, swv_id, gemeente_id, shared_until, parents_with_authority, '', cannot_judge_reason,
        'staat bij de reden', registered_by_id, now() FROM cases_case WHERE cannot_judge_reason <> '';
UPDATE cases_case SET cannot_judge = true WHERE cannot_judge_reason <> '';
SET CONSTRAINTS ALL IMMEDIATE;
"""
FROM_ROWS = """
SELECT set_config('wel.maintenance', 'on', true);
UPDATE cases_case c SET cannot_judge_reason = a.cannot_judge_reason
    FROM (SELECT DISTINCT ON (case_id) case_id, cannot_judge_reason FROM cases_authority ORDER BY case_id, id DESC) a
    WHERE a.case_id = c.id AND a.cannot_judge_reason <> '';
SET CONSTRAINTS ALL IMMEDIATE;
"""

DECIDING = ("birth_year", "birth_month", "is_signal", "parents_with_authority", "cannot_judge")
CHANGED = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in DECIDING)
TRIGGER = (
    "CREATE TRIGGER keep_deciders BEFORE UPDATE ON cases_case FOR EACH ROW"
    " WHEN (current_user <> 'wel_owner' AND ({condition})) EXECUTE FUNCTION access.keep_deciders()"
)

# The case follows what was put on record: first a row that says so, with a name where there is a reason.
KEEP_DECIDERS = BEFORE.KEEP_DECIDERS.replace(
    """
    RETURN NEW;""",
    """
    IF (NEW.parents_with_authority, NEW.cannot_judge)
            IS DISTINCT FROM (OLD.parents_with_authority, OLD.cannot_judge)
        AND NOT EXISTS (
            SELECT FROM (
                SELECT a.parents_with_authority AS parents, a.cannot_judge_reason <> '' AS cannot_judge
                FROM public.cases_authority a WHERE a.case_id = NEW.id ORDER BY a.id DESC LIMIT 1
            ) newest
            WHERE newest.parents = NEW.parents_with_authority AND newest.cannot_judge = NEW.cannot_judge)
    THEN
        RAISE EXCEPTION 'nothing on record says so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;""",
)

WHO = "(SELECT access.who())"


def leerplicht(offset=""):
    return (
        f"gemeente_id{offset} = ANY ({rls.scope('access.gemeente_scope', 'register_cases')})"
        f" OR swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'register_cases')})"
    )


def works(offset=""):
    """Leerplicht always; while it is shared the SWV's team and the people of the case."""
    return (
        f"{leerplicht(offset)} OR (shared_until >= (SELECT access.today())"
        f" AND (swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'work_on_cases')})"
        f" OR case_id{offset} = ANY ((SELECT access.case_scope())::bigint[])))"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_log_drafts"),
        ("regions", "0006_quicker_scopes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(unique=True, verbose_name="geldt vanaf")),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(verbose_name="dagen om opnieuw te vragen na 12, 16 of 18 worden"),
                ),
                ("removal_days", models.PositiveSmallIntegerField(verbose_name="dagen om te beslissen na intrekken")),
            ],
            options={
                "verbose_name": "termijnen van toestemming",
                "verbose_name_plural": "termijnen van toestemming",
                "ordering": ["starts_on"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="cannot_judge",
            field=models.BooleanField(db_default=False, default=False, verbose_name="kan belangen niet overzien"),
        ),
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("parents_with_authority", models.PositiveSmallIntegerField(verbose_name="ouders met gezag")),
                ("checked_how", models.CharField(blank=True, max_length=200, verbose_name="hoe nagegaan")),
                (
                    "cannot_judge_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="kan belangen niet overzien, want"),
                ),
                ("cannot_judge_by", models.CharField(blank=True, max_length=120, verbose_name="vastgesteld door")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False, on_delete=PROTECT, related_name="%(class)s_rows", to="cases.case"
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.gemeente"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
            ],
            options={
                "verbose_name": "wie beslist",
                "verbose_name_plural": "wie beslist",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["case", "-id"], name="authority_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parents_with_authority__range", (0, 2))),
                        name="authority_one_or_two",
                        violation_error_message="Kies hoeveel ouders gezag hebben: geen, één of twee.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cannot_judge_by", ""), ("cannot_judge_reason", "")),
                            models.Q(
                                models.Q(("cannot_judge_reason", ""), _negated=True),
                                models.Q(("cannot_judge_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="authority_reason_has_a_name",
                        violation_error_message="Schrijf op waarom, en wie het vaststelde.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RemovalDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("started_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="begonnen op")),
                ("decide_by", models.DateField(verbose_name="beslissen uiterlijk op")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bewaren", "Bewaren tot de bewaartermijn"),
                            ("team", "Wissen wat het WEL-team opschreef"),
                            ("alles", "Alles wissen wat leerplicht niet moet bewaren"),
                        ],
                        max_length=8,
                        verbose_name="besluit",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="waarom")),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False, on_delete=PROTECT, related_name="%(class)s_rows", to="cases.case"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False, null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.gemeente"),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
            ],
            options={
                "verbose_name": "besluit na intrekken",
                "verbose_name_plural": "besluiten na intrekken",
                "ordering": ["decide_by", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")),
                        fields=["gemeente", "decide_by"],
                        name="removal_open_by_gemeente",
                    ),
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["swv", "decide_by"], name="removal_open_by_swv"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("case", "swv", "gemeente"),
                        name="removal_one_open",
                        violation_error_message="Er wacht al een besluit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("outcome", ""), ("reason", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="removal_decided_by_somebody_because",
                        violation_error_message="Schrijf op waarom.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TableWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("party", models.CharField(max_length=120, verbose_name="wie (naam of rol)")),
                (
                    "wish",
                    models.CharField(
                        choices=[("ja", "Ja, graag aan tafel"), ("nee", "Nee, liever niet")],
                        max_length=3,
                        verbose_name="wens",
                    ),
                ),
                (
                    "said_by",
                    models.CharField(
                        choices=[
                            ("jeugdige", "Jeugdige"),
                            ("ouder_1", "Ouder of verzorger"),
                            ("ouder_2", "Tweede ouder of verzorger"),
                        ],
                        max_length=10,
                        verbose_name="gezegd door",
                    ),
                ),
                ("said_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="gezegd op")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False, on_delete=PROTECT, related_name="%(class)s_rows", to="cases.case"
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.gemeente"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
            ],
            options={
                "verbose_name": "wens voor de tafel",
                "verbose_name_plural": "wensen voor de tafel",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["case", "id"], name="table_wish_of_case")],
            },
        ),
        *(rls.sql(SCOPE_KEY.format(table=table)) for table in PARTS),
        rls.sql(FIRST_TERMS),
        # The condition of the trigger names the column that goes, so the trigger goes first.
        rls.sql("DROP TRIGGER keep_deciders ON cases_case", TRIGGER.format(condition=BEFORE.CHANGED)),
        rls.sql(TO_ROWS, FROM_ROWS),
        rls.sql(
            "GRANT UPDATE (cannot_judge) ON cases_case TO wel_app",
            "GRANT UPDATE (cannot_judge_reason) ON cases_case TO wel_app",
        ),
        migrations.RemoveField("case", "cannot_judge_reason"),
        rls.gate_function(
            "access.keep_deciders() RETURNS trigger", KEEP_DECIDERS, to="wel_owner", replaces=BEFORE.KEEP_DECIDERS
        ),
        rls.sql(TRIGGER.format(condition=CHANGED), "DROP TRIGGER keep_deciders ON cases_case"),
        # Why somebody cannot judge, and what is decided after a withdrawal: for leerplicht, shared or not.
        rls.protect(
            "cases_authority",
            select=leerplicht(" + 0"),
            insert=f"({leerplicht()}) AND recorded_by_id = {WHO}",
        ),
        rls.protect(
            "cases_removaldecision",
            select=leerplicht(" + 0"),
            insert=f"({leerplicht()}) AND outcome = ''",
            update_from=f"({leerplicht()}) AND outcome = ''",
            update=f"({leerplicht()}) AND decided_by_id = {WHO}",
            columns=("outcome", "reason", "decided_by_id", "decided_at"),
        ),
        # Whom parents want at the table: for who invites, so for everybody who works on the case.
        rls.protect(
            "cases_tablewish",
            select=works(" + 0"),
            insert=f"({works()}) AND recorded_by_id = {WHO}",
            update_from=works(),
            update=f"({works()}) AND recorded_by_id = {WHO}",
            columns=("party", "wish", "said_by", "said_on", "recorded_by_id", "recorded_at", "version"),
            delete=works(),
        ),
    ]
