"""Volgen, nazorg and afronden (R11); stories, knelpunten and the bank of solutions (R12)."""

import uuid
from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from access import rls

SQL = import_module("cases.migrations._0027_functions")
LISTS = import_module("cases.migrations._0027_choices")
READERS = import_module("cases.migrations.0010_policies_only_check").readers

PARTS = ("cases_followevent", "cases_followup", "cases_closing", "cases_story", "cases_obstaclelink")

WHO = "(SELECT access.who())"
WORKS = f"({READERS('')})"
LEARNING = "swv_id{} = ANY ((SELECT access.learning_swvs())::bigint[])"
NUMBER = (
    "id",
    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
)


def key(to, **options):
    return models.ForeignKey(on_delete=PROTECT, to=to, **options)


def trigger(name, table, when, function):
    return rls.sql(
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION access.{function}()", f"DROP TRIGGER {name} ON {table}"
    )


def by_web(table):
    return f"BEFORE UPDATE ON {table} FOR EACH ROW WHEN (current_user = 'wel_app')"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0026_interview"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BankEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=LISTS.SOLUTIONS, max_length=16, verbose_name="wat is het?")),
                ("title", models.CharField(max_length=120, verbose_name="in één zin")),
                ("description", models.TextField(max_length=2000, verbose_name="hoe werkt het?")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="welke organisatie of plek?")),
                ("domain", models.CharField(choices=LISTS.DOMAINS, max_length=14, verbose_name="waar gaat het over?")),
                ("month", models.DateField(verbose_name="gedeeld in")),
            ],
            options={
                "verbose_name": "oplossing in de bank",
                "verbose_name_plural": "oplossingenbank",
                "ordering": ["-month", "id"],
            },
        ),
        migrations.CreateModel(
            name="Obstacle",
            fields=[
                NUMBER,
                ("title", models.CharField(max_length=120, verbose_name="wat wringt er?")),
                ("description", models.TextField(blank=True, max_length=2000, verbose_name="toelichting")),
                ("level", models.CharField(choices=LISTS.LEVELS, max_length=8, verbose_name="op welk niveau?")),
                ("theme", models.CharField(choices=LISTS.THEMES, max_length=8, verbose_name="thema")),
                ("domain", models.CharField(choices=LISTS.DOMAINS, max_length=14, verbose_name="waar gaat het over?")),
                (
                    "status",
                    models.CharField(choices=LISTS.STEPS, default="verzameld", max_length=14, verbose_name="stap"),
                ),
                (
                    "addressee",
                    models.CharField(
                        blank=True, choices=LISTS.ADDRESSEES, max_length=10, verbose_name="wie kan dit oplossen?"
                    ),
                ),
                ("addressee_name", models.CharField(blank=True, max_length=120, verbose_name="welke organisatie?")),
                ("addressed_on", models.DateField(blank=True, null=True, verbose_name="gevraagd op")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="antwoord")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="antwoord gekregen op")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("author", key(settings.AUTH_USER_MODEL, editable=False, related_name="+")),
                ("swv", key("regions.samenwerkingsverband", related_name="+", verbose_name="SWV")),
            ],
            options={
                "verbose_name": "knelpunt",
                "verbose_name_plural": "knelpunten",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ObstacleLink",
            fields=[
                NUMBER,
                ("shared_until", models.DateField(editable=False)),
                ("case", key("cases.case", db_constraint=False, related_name="%(class)s_rows")),
                ("gemeente", key("regions.gemeente", editable=False, related_name="+")),
                ("linked_by", key(settings.AUTH_USER_MODEL, editable=False, related_name="+")),
                ("obstacle", key("cases.obstacle", related_name="links")),
                ("swv", key("regions.samenwerkingsverband", editable=False, related_name="+")),
            ],
            options={
                "verbose_name": "knelpunt bij een jeugdige",
                "verbose_name_plural": "knelpunten bij een jeugdige",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Solution",
            fields=[
                NUMBER,
                ("kind", models.CharField(choices=LISTS.SOLUTIONS, max_length=16, verbose_name="wat is het?")),
                ("title", models.CharField(max_length=120, verbose_name="in één zin")),
                ("description", models.TextField(max_length=2000, verbose_name="hoe werkt het?")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="welke organisatie of plek?")),
                ("domain", models.CharField(choices=LISTS.DOMAINS, max_length=14, verbose_name="waar gaat het over?")),
                ("bank_id", models.UUIDField(editable=False, null=True)),
                ("shared_version", models.PositiveIntegerField(editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("author", key(settings.AUTH_USER_MODEL, editable=False, related_name="+")),
                ("shared_by", key(settings.AUTH_USER_MODEL, editable=False, null=True, related_name="+")),
                ("swv", key("regions.samenwerkingsverband", related_name="+", verbose_name="SWV")),
            ],
            options={
                "verbose_name": "oplossing",
                "verbose_name_plural": "oplossingen",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                NUMBER,
                ("shared_until", models.DateField(editable=False)),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="wat werkte, in één zin")),
                ("what_worked", models.TextField(max_length=3000, verbose_name="het verhaal")),
                ("hobble", models.CharField(blank=True, max_length=200, verbose_name="hobbel")),
                ("detour", models.CharField(blank=True, max_length=200, verbose_name="olifantenpaadje")),
                ("theme", models.CharField(choices=LISTS.THEMES, max_length=8, verbose_name="thema")),
                ("perspective", models.CharField(choices=LISTS.EYES, max_length=12, verbose_name="door wiens ogen?")),
                ("is_ready", models.BooleanField(default=False, verbose_name="klaar voor de tweede lezer")),
                ("approved_version", models.PositiveIntegerField(editable=False, null=True)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
                ("public_until", models.DateField(editable=False, null=True, verbose_name="te lezen tot en met")),
                (
                    "returned_note",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="wat de tweede lezer vroeg"
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("approved_by", key(settings.AUTH_USER_MODEL, editable=False, null=True, related_name="+")),
                ("author", key(settings.AUTH_USER_MODEL, editable=False, related_name="+")),
                ("case", key("cases.case", db_constraint=False, related_name="%(class)s_rows")),
                ("gemeente", key("regions.gemeente", editable=False, related_name="+")),
                ("swv", key("regions.samenwerkingsverband", editable=False, related_name="+")),
            ],
            options={
                "verbose_name": "verhaal",
                "verbose_name_plural": "verhalen",
                "ordering": ["-updated_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                NUMBER,
                ("shared_until", models.DateField(editable=False)),
                ("keeper", models.CharField(blank=True, max_length=200, verbose_name="wie blijft contact houden?")),
                ("exception", models.CharField(blank=True, max_length=300, verbose_name="waarom toch afronden?")),
                ("remove_on", models.DateField(blank=True, null=True, verbose_name="bewaren tot")),
                ("hold_reason", models.CharField(blank=True, max_length=200, verbose_name="waarom langer bewaren?")),
                ("proposed_on", models.DateField(editable=False, null=True, verbose_name="wissen voorgesteld op")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("case", key("cases.case", db_constraint=False, related_name="%(class)s_rows")),
                ("gemeente", key("regions.gemeente", editable=False, related_name="+")),
                ("swv", key("regions.samenwerkingsverband", editable=False, related_name="+")),
                ("updated_by", key(settings.AUTH_USER_MODEL, editable=False, related_name="+")),
            ],
            options={
                "verbose_name": "afronding",
                "verbose_name_plural": "afrondingen",
                "indexes": [models.Index(fields=["remove_on"], name="closing_remove_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "swv", "gemeente"), name="closing_one_per_case")
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowEvent",
            fields=[
                NUMBER,
                ("shared_until", models.DateField(editable=False)),
                ("kind", models.CharField(choices=LISTS.EVENTS, max_length=12, verbose_name="wat")),
                ("happened_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="datum")),
                (
                    "movement",
                    models.CharField(choices=LISTS.MOVEMENTS, default="gelijk", max_length=8, verbose_name="beweging"),
                ),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="school, plek of gemeente")),
                ("is_partial", models.BooleanField(default=False, verbose_name="voor een deel van de week")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="wat zie je gebeuren?")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("case", key("cases.case", db_constraint=False, related_name="%(class)s_rows")),
                ("gemeente", key("regions.gemeente", editable=False, related_name="+")),
                ("recorded_by", key(settings.AUTH_USER_MODEL, editable=False, related_name="+")),
                ("swv", key("regions.samenwerkingsverband", editable=False, related_name="+")),
            ],
            options={
                "verbose_name": "gebeurtenis",
                "verbose_name_plural": "gebeurtenissen",
                "ordering": ["-happened_on", "-id"],
                "indexes": [models.Index(fields=["case", "-happened_on", "-id"], name="follow_event_by_case")],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                NUMBER,
                ("shared_until", models.DateField(editable=False)),
                ("kind", models.CharField(choices=LISTS.MOMENTS, max_length=10, verbose_name="wat")),
                ("due_on", models.DateField(verbose_name="uiterlijk")),
                (
                    "outcome",
                    models.CharField(blank=True, choices=LISTS.OUTCOMES, max_length=10, verbose_name="hoe gaat het?"),
                ),
                ("note", models.TextField(blank=True, max_length=500, verbose_name="toelichting")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="gesproken op")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("case", key("cases.case", db_constraint=False, related_name="%(class)s_rows")),
                ("done_by", key(settings.AUTH_USER_MODEL, editable=False, null=True, related_name="+")),
                ("gemeente", key("regions.gemeente", editable=False, related_name="+")),
                ("swv", key("regions.samenwerkingsverband", editable=False, related_name="+")),
            ],
            options={
                "verbose_name": "nazorgmoment",
                "verbose_name_plural": "nazorgmomenten",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(fields=["case", "due_on"], name="follow_up_by_case"),
                    models.Index(condition=models.Q(("outcome", "")), fields=["due_on"], name="follow_up_open"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by", None), ("done_on", None), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("done_by__isnull", False),
                                ("done_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_done_by_somebody",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="obstacle",
            index=models.Index(fields=["swv", "-id"], name="obstacle_by_swv"),
        ),
        migrations.AddConstraint(
            model_name="obstacle",
            constraint=models.UniqueConstraint(fields=("id", "swv"), name="obstacle_scope"),
        ),
        migrations.AddConstraint(
            model_name="obstacle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("geadresseerd", "antwoord", "opgelost", "niet")), _negated=True),
                    models.Q(models.Q(("addressee", ""), _negated=True), ("addressed_on__isnull", False)),
                    _connector="OR",
                ),
                name="obstacle_addressed_to_somebody",
                violation_error_message="Kies wie dit kan oplossen, en wanneer dat is gevraagd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="obstacle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "antwoord"), _negated=True),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)),
                    _connector="OR",
                ),
                name="obstacle_answer_complete",
                violation_error_message="Schrijf het antwoord op, en de dag waarop het kwam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="obstaclelink",
            constraint=models.UniqueConstraint(
                fields=("case", "swv", "gemeente", "obstacle"), name="obstacle_link_once"
            ),
        ),
        migrations.AddIndex(
            model_name="solution",
            index=models.Index(fields=["swv", "-id"], name="solution_by_swv"),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shared_by", None), models.Q(("shared_by", models.F("author")), _negated=True), _connector="OR"
                ),
                name="solution_shared_by_another",
                violation_error_message="Iemand anders dan de schrijver deelt de oplossing.",
            ),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(fields=["case", "-updated_at"], name="story_by_case"),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("approved_version__isnull", False)), fields=["public_until"], name="story_out"
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None), models.Q(("approved_by", models.F("author")), _negated=True), _connector="OR"
                ),
                name="story_read_by_another",
                violation_error_message="Iemand anders dan de schrijver leest het verhaal na.",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at", None), ("approved_by", None), ("approved_version", None), ("public_until", None)
                    ),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("approved_version__isnull", False),
                        ("public_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="story_approved_complete_or_absent",
            ),
        ),
        *(rls.sql(SQL.SCOPE_KEY.format(table=table)) for table in PARTS),
        rls.sql(
            "ALTER TABLE cases_obstaclelink ADD CONSTRAINT cases_obstaclelink_own_swv FOREIGN KEY (obstacle_id, swv_id)"
            " REFERENCES cases_obstacle (id, swv_id)",
            "ALTER TABLE cases_obstaclelink DROP CONSTRAINT cases_obstaclelink_own_swv",
        ),
        rls.sql(
            "GRANT SELECT ON regions_gemeenteswv TO wel_gate", "REVOKE SELECT ON regions_gemeenteswv FROM wel_gate"
        ),
        rls.gate_function("access.learning_swvs() RETURNS bigint[]", SQL.LEARNING_SWVS, volatility="STABLE"),
        rls.gate_function("access.learns() RETURNS boolean", SQL.LEARNS, volatility="STABLE"),
        # Who works on the case, as the logboek; a SWV-contact reads none of it.
        rls.protect(
            "cases_followevent",
            select=READERS(" + 0"),
            insert=f"{WORKS} AND recorded_by_id = {WHO}",
            update_from=WORKS,
            update=f"{WORKS} AND recorded_by_id = {WHO}",
            columns=SQL.EVENT_COLUMNS,
        ),
        rls.protect(
            "cases_followup",
            select=READERS(" + 0"),
            insert=f"{WORKS} AND outcome = ''",
            update_from=f"{WORKS} AND outcome = ''",
            update=f"{WORKS} AND (outcome = '' OR done_by_id = {WHO})",
            columns=("due_on", "outcome", "note", "done_on", "done_by_id", "version"),
        ),
        rls.protect(
            "cases_closing",
            select=READERS(" + 0"),
            insert=f"{WORKS} AND updated_by_id = {WHO} AND proposed_on IS NULL",
            update_from=WORKS,
            update=f"{WORKS} AND updated_by_id = {WHO}",
            columns=SQL.CLOSING_COLUMNS,
        ),
        rls.protect(
            "cases_story",
            select=READERS(" + 0"),
            insert=f"{WORKS} AND author_id = {WHO} AND approved_version IS NULL AND returned_note = ''",
            update=f"{WORKS} AND author_id = {WHO}",
            columns=SQL.STORY_COLUMNS,
        ),
        rls.protect("cases_obstaclelink", select=READERS(" + 0"), insert=f"{WORKS} AND linked_by_id = {WHO}"),
        # Of a SWV: no jeugdige stands in these.
        rls.protect(
            "cases_obstacle",
            select=LEARNING.format(" + 0"),
            insert=f"{LEARNING.format('')} AND author_id = {WHO}",
            update=LEARNING.format(""),
            columns=SQL.OBSTACLE_COLUMNS,
        ),
        rls.protect(
            "cases_solution",
            select=LEARNING.format(" + 0"),
            insert=f"{LEARNING.format('')} AND author_id = {WHO} AND bank_id IS NULL AND shared_version IS NULL",
            update=LEARNING.format(""),
            columns=("kind", "title", "description", "place", "domain", "version"),
        ),
        rls.protect("cases_bankentry", select="(SELECT access.learns())"),
        rls.gate_function(
            "access.story_allowed(for_case bigint, until date) RETURNS boolean",
            SQL.STORY_ALLOWED,
            to=None,
            volatility="STABLE",
        ),
        rls.gate_function("access.take_back_stories() RETURNS trigger", SQL.TAKE_BACK, to="wel_owner"),
        trigger(
            "take_back_stories",
            "cases_consent",
            "AFTER INSERT ON cases_consent FOR EACH ROW"
            " WHEN (NEW.purpose = 'verhaal' AND NEW.answer IN ('geweigerd', 'ingetrokken'))",
            "take_back_stories",
        ),
        rls.gate_function("access.keep_story() RETURNS trigger", SQL.KEEP_STORY, to="wel_owner"),
        trigger("keep_story", "cases_story", by_web("cases_story"), "keep_story"),
        rls.gate_function("access.keep_version() RETURNS trigger", SQL.KEEP_VERSION, to="wel_owner"),
        trigger("keep_version", "cases_solution", by_web("cases_solution"), "keep_version"),
        rls.gate_function(
            "access.story_for_reader(wanted bigint) RETURNS public.cases_story", SQL.STORY_FOR_READER, to=None
        ),
        rls.gate_function(
            "access.names_left(story public.cases_story) RETURNS TABLE (field text, cleaned text)",
            SQL.NAMES_LEFT,
            to=None,
            volatility="STABLE",
        ),
        rls.gate_function(
            "access.check_story(wanted bigint) RETURNS TABLE (field text, cleaned text)", SQL.CHECK_STORY
        ),
        rls.gate_function(
            "access.approve_story(wanted bigint, seen integer, until date) RETURNS text", SQL.APPROVE_STORY
        ),
        rls.gate_function(
            "access.return_story(wanted bigint, seen integer, why text) RETURNS boolean", SQL.RETURN_STORY
        ),
        rls.gate_function(
            "access.stories(term text, wanted_theme text, wanted_perspective text, skip integer) RETURNS TABLE"
            " (public_id uuid, title text, what_worked text, hobble text, detour text, theme text, perspective text,"
            " told_in date, total bigint)",
            SQL.STORIES,
        ),
        rls.gate_function(
            "access.without_linked_names(of_obstacle bigint, body text) RETURNS text",
            SQL.WITHOUT_LINKED_NAMES,
            to=None,
            volatility="STABLE",
        ),
        rls.gate_function(
            "access.obstacles(wanted bigint, in_status text, in_level text, in_domain text, skip integer) RETURNS TABLE"
            " (id bigint, swv_id bigint, title text, description text, level text, theme text, domain text, status text,"
            " addressee text, addressee_name text, addressed_on date, answer text, answered_on date, is_own boolean,"
            " total bigint)",
            SQL.OBSTACLES,
            volatility="STABLE",
        ),
        rls.gate_function("access.share_solution(wanted bigint, seen integer) RETURNS boolean", SQL.SHARE_SOLUTION),
        rls.gate_function("access.withdraw_solution(wanted bigint) RETURNS void", SQL.WITHDRAW_SOLUTION),
        rls.gate_function("access.keep_closing() RETURNS trigger", SQL.KEEP_CLOSING, to="wel_owner"),
        trigger(
            "keep_closing",
            "cases_case",
            "BEFORE UPDATE OF status ON cases_case FOR EACH ROW WHEN (current_user = 'wel_app'"
            " AND NEW.status = 'afgerond' AND OLD.status <> 'afgerond')",
            "keep_closing",
        ),
        rls.gate_function("access.propose_removals() RETURNS bigint", SQL.PROPOSE_REMOVALS),
    ]
