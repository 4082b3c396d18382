"""De Reis in full: what every part said before, reisgenoten without names, and reflecties that only their writer changes."""

from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import CASCADE, SET_NULL

from access import rls

BEFORE = import_module("cases.migrations.0024_log_drafts")
CHECKED = import_module("cases.migrations.0010_policies_only_check")
part_fields, user_key, SCOPE_KEY, REMOVED_NOW = (
    BEFORE.part_fields, BEFORE.user_key, BEFORE.SCOPE_KEY, BEFORE.REMOVED_NOW,
)  # fmt: skip

# The policies on reading with `+ 0` (docs/decisions/0012); those on writing without.
READ, WORKS = f"({CHECKED.readers(' + 0')})", f"({CHECKED.readers('')})"
ACCOUNTS = f"({CHECKED.readers(' + 0', accounts=True)})"
OWN = f"author_id = {CHECKED.WHO}"

# Each subquery is under the policy of its own table: who may not read the part, reads nothing of before either.
VERSION = f"{READ} AND " + " AND ".join(
    f"({key} IS NULL OR EXISTS (SELECT FROM public.{table} t WHERE t.id = {key}))"
    for key, table in (
        ("stop_id", "cases_stop"),
        ("companion_id", "cases_companion"),
        ("reflection_id", "cases_reflection"),
    )
)

# Keys with the case in them: nobody ties a row to somebody else's halte, or learns which numbers exist. A reflectie
# outlives its halte; earlier texts go along with what they are of.
OF_CASE = (
    "ALTER TABLE {table} ADD CONSTRAINT {table}_{column} FOREIGN KEY ({column}_id, case_id)"
    " REFERENCES cases_{column} (id, case_id) ON DELETE {on_delete};"
)

# The fields after the first argument as they are now. A Reis from before this migration has no first text yet: then what
# stood there is kept too, without a writer, because the row only knows who wrote in any chapter last.
KEEP = """
DECLARE
    place text := TG_ARGV[0];
    watched text[] := TG_ARGV[1:];
    said jsonb;
    was jsonb := '{}';
    at_stop bigint;
    with_companion bigint;
    on_reflection bigint;
BEGIN
    said := (SELECT jsonb_object_agg(f, to_jsonb(NEW) -> f) FROM unnest(watched) f);
    IF TG_OP = 'UPDATE' THEN
        was := (SELECT jsonb_object_agg(f, to_jsonb(OLD) -> f) FROM unnest(watched) f);
    END IF;
    IF said = was OR (was = '{}' AND NOT EXISTS (
        SELECT FROM jsonb_each_text(said) f WHERE coalesce(f.value, '') NOT IN ('', 'false')))
    THEN RETURN NULL; END IF;
    CASE TG_TABLE_NAME
        WHEN 'cases_stop' THEN at_stop := NEW.id;
        WHEN 'cases_companion' THEN with_companion := NEW.id;
        WHEN 'cases_reflection' THEN on_reflection := NEW.id;
        ELSE NULL;
    END CASE;
    IF EXISTS (SELECT FROM jsonb_each_text(was) f WHERE coalesce(f.value, '') NOT IN ('', 'false'))
        AND NOT EXISTS (
            SELECT FROM public.cases_journeyversion v
            WHERE v.case_id = NEW.case_id AND v.part = place AND v.stop_id IS NOT DISTINCT FROM at_stop
              AND v.companion_id IS NOT DISTINCT FROM with_companion
              AND v.reflection_id IS NOT DISTINCT FROM on_reflection)
    THEN
        INSERT INTO public.cases_journeyversion (case_id, swv_id, gemeente_id, shared_until, part, stop_id, companion_id,
            reflection_id, texts, written_by_id, written_at)
        VALUES (NEW.case_id, NEW.swv_id, NEW.gemeente_id, NEW.shared_until, place, at_stop, with_companion,
            on_reflection, was, NULL, coalesce(OLD.updated_at, clock_timestamp()));
    END IF;
    INSERT INTO public.cases_journeyversion (case_id, swv_id, gemeente_id, shared_until, part, stop_id, companion_id,
        reflection_id, texts, written_by_id, written_at)
    VALUES (NEW.case_id, NEW.swv_id, NEW.gemeente_id, NEW.shared_until, place, at_stop, with_companion,
        on_reflection, said, coalesce(access.maybe_who(), NEW.updated_by_id), clock_timestamp());
    RETURN NULL;
END
"""

# Which fields make up which part: the chapters as their forms have them (a test holds the two together).
PARTS = {
    "cases_journey": {
        "wensdroom": ("wensdroom", "wensdroom_on", "wensdroom_short", "wensdroom_parents"),
        "vertrek": ("departure", "departure_on"),
        "bagage": ("luggage", "worked_content", "worked_process", "worked_attitude"),
        "samenwerking": ("cooperation",),
        "plan": ("plan", "plan_autonomy", "plan_competence", "plan_belonging", "plan_fits_family", "plan_is_safe"),
        "middelen": ("means_needed", "means_present", "means_note"),
        "afstand": ("distance_start", "distance_start_reason", "distance_now", "distance_now_reason"),
        "beweging": (
            "development_seen", "development_on", "development_evidence",
            "movement_seen", "movement_on", "movement_evidence",
        ),
        "aankomst": ("effect", "lessons", "aftercare"),
        "terugblik": ("look_back",),
    },
    "cases_stop": {"halte": ("title", "note", "place", "happened_on", "hobble", "detour")},
    "cases_companion": {
        "reisgenoot": ("who", "circle", "role", "organisation", "mandate", "meaning", "meaning_on"),
    },
    "cases_reflection": {"reflectie": ("voice", "text", "strengthen", "said_on")},
}  # fmt: skip
TRIGGERS = [(table, part, fields) for table, parts in PARTS.items() for part, fields in parts.items()]
KEEP_ALL = "".join(
    f"CREATE TRIGGER keep_{part} AFTER INSERT OR UPDATE OF {', '.join(fields)} ON {table} FOR EACH ROW"
    f" EXECUTE FUNCTION access.keep_journey_version({', '.join(repr(word) for word in (part, *fields))});"
    for table, part, fields in TRIGGERS
)
KEEP_NONE = "".join(f"DROP TRIGGER keep_{part} ON {table};" for table, part, _ in TRIGGERS)

# Names come out of what is new too. Who may know the name anyway (leerplicht, and who was let in) may ask it as well: for
# a Reis without names. Nobody else who works on it: he could lay names in the texts to see which one goes.
NEW_TEXTS = (
    "lessons", "aftercare", "development_evidence", "movement_evidence",
    "who", "role", "organisation", "mandate", "meaning", "strengthen",
)  # fmt: skip
TEXTS = (
    BEFORE.TEXTS.replace("decision_reason}", f"decision_reason,{','.join(NEW_TEXTS)}}}")
    .replace(
        "c.swv_id = ANY (swvs) AND c.shared_until >= access.today();",
        """((c.swv_id = ANY (swvs) AND c.shared_until >= access.today())
        OR c.gemeente_id = ANY (access.gemeente_scope('register_cases'))
        OR c.swv_id = ANY (access.swv_scope('register_cases')) OR c.id = ANY (access.let_in()));""",
    )
    .replace(
        "        ) t (kind, id, case_id, columns)",
        """            UNION ALL
            SELECT 'companion', r.id, r.case_id, to_jsonb(r) FROM public.cases_companion r
            WHERE r.case_id = ANY (readable) AND r.deleted_at IS NULL
            UNION ALL
            SELECT 'reflection', r.id, r.case_id, to_jsonb(r) FROM public.cases_reflection r
            WHERE r.case_id = ANY (readable) AND r.deleted_at IS NULL
        ) t (kind, id, case_id, columns)""",
    )
)

SEEN = [("ja", "Ja"), ("nog_niet", "Nog niet")]


def text(label, length):
    return models.TextField(blank=True, db_default="", default="", max_length=length, verbose_name=label)


def seen(label):
    return models.CharField(blank=True, choices=SEEN, db_default="", default="", max_length=8, verbose_name=label)


def yes(label):
    return models.BooleanField(db_default=False, default=False, verbose_name=label)


def day(label):
    return models.DateField(blank=True, null=True, verbose_name=label)


JOURNEY_FIELDS = {
    "plan_autonomy": yes("de jongere kiest mee"),
    "plan_competence": yes("de jongere kan laten zien wat al lukt"),
    "plan_belonging": yes("de jongere hoort erbij"),
    "plan_fits_family": yes("het past bij het gezin"),
    "plan_is_safe": yes("het is veilig"),
    "development_seen": seen("ontwikkeling die er al is, erkend"),
    "development_on": day("erkend op"),
    "development_evidence": text("waaraan is de ontwikkeling te zien?", 2000),
    "movement_seen": seen("nieuwe beweging"),
    "movement_on": day("beweging gezien op"),
    "movement_evidence": text("waaraan is de beweging te zien?", 2000),
    "effect": text("wat heeft het de jongere gebracht?", 4000),
    "lessons": text("wat kunnen anderen ervan leren?", 4000),
    "aftercare": text("hoe blijft het goed gaan?", 4000),
}
MOMENT = {"default": django.utils.timezone.now, "editable": False}


def kept_with(model):
    return models.ForeignKey(db_constraint=False, null=True, on_delete=CASCADE, related_name="+", to=f"cases.{model}")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0027_learning"),
        ("regions", "0007_interviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(migrations.AddField("journey", name, field) for name, field in JOURNEY_FIELDS.items()),
        migrations.AddConstraint("stop", models.UniqueConstraint(fields=["id", "case"], name="stop_of_case")),
        migrations.CreateModel(
            name="Companion",
            fields=[
                *part_fields(),
                ("who", models.CharField(max_length=60, verbose_name="wie is het voor de jongere?")),
                (
                    "circle",
                    models.CharField(
                        choices=[("naast", "Uit de eigen kring"), ("beroep", "Vanuit het werk")],
                        max_length=8,
                        verbose_name="kring",
                    ),
                ),
                ("is_unexpected", models.BooleanField(default=False, verbose_name="onverwachte ander")),
                ("role", models.CharField(blank=True, max_length=200, verbose_name="wat doet deze reisgenoot?")),
                ("organisation", models.CharField(blank=True, max_length=80, verbose_name="organisatie")),
                (
                    "mandate",
                    models.CharField(blank=True, max_length=200, verbose_name="wat mag deze reisgenoot beslissen?"),
                ),
                ("joins_table", models.BooleanField(default=False, verbose_name="komt aan tafel")),
                (
                    "meaning",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="wat betekent deze reisgenoot, in eigen woorden"
                    ),
                ),
                ("meaning_on", day("gezegd op")),
                ("meaning_by", user_key(editable=False, null=True)),
                ("updated_by", user_key(editable=False, null=True)),
                ("updated_at", models.DateTimeField(**MOMENT)),
                ("deleted_by", user_key(editable=False, null=True)),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "reisgenoot zonder account",
                "verbose_name_plural": "reisgenoten zonder account",
                "ordering": ["-circle", "id"],
                "constraints": [models.UniqueConstraint(fields=["id", "case"], name="companion_of_case")],
            },
        ),
        rls.sql(SCOPE_KEY.format(table="cases_companion")),
        rls.protect(
            "cases_companion",
            select=f"{ACCOUNTS} AND (deleted_at IS NULL OR {READ})",
            insert=WORKS,
            update=WORKS,
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                *part_fields(),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("jongere", "De jongere"),
                            ("ouder", "Een ouder of verzorger"),
                            ("begeleider", "Iemand van het team"),
                        ],
                        max_length=10,
                        verbose_name="van wie is dit?",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="wat zien we WEL gebeuren?")),
                ("strengthen", models.TextField(blank=True, max_length=2000, verbose_name="hoe versterken we dat?")),
                ("said_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="datum")),
                ("created_at", models.DateTimeField(**MOMENT)),
                ("updated_at", models.DateTimeField(**MOMENT)),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("author", user_key(editable=False)),
                ("updated_by", user_key(editable=False, null=True)),
                (
                    "stop",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=SET_NULL,
                        related_name="+",
                        to="cases.stop",
                        verbose_name="halte",
                    ),
                ),
            ],
            options={
                "verbose_name": "reflectie",
                "ordering": ["-said_on", "-id"],
                "constraints": [models.UniqueConstraint(fields=["id", "case"], name="reflection_of_case")],
            },
        ),
        rls.sql(
            SCOPE_KEY.format(table="cases_reflection")
            + OF_CASE.format(table="cases_reflection", column="stop", on_delete="SET NULL (stop_id)")
        ),
        rls.protect(
            "cases_reflection",
            select=f"{ACCOUNTS} AND (deleted_at IS NULL OR ({OWN} AND {READ}))",
            insert=f"{OWN} AND {WORKS}",
            update=f"{OWN} AND {WORKS}",
            columns=(
                "stop_id",
                "voice",
                "text",
                "strengthen",
                "said_on",
                "updated_by_id",
                "updated_at",
                "deleted_at",
                "version",
            ),  # fmt: skip
        ),
        migrations.CreateModel(
            name="JourneyVersion",
            fields=[
                *part_fields(),
                ("part", models.CharField(max_length=20, verbose_name="onderdeel")),
                ("stop", kept_with("stop")),
                ("companion", kept_with("companion")),
                ("reflection", kept_with("reflection")),
                ("texts", models.JSONField(verbose_name="teksten")),
                ("written_at", models.DateTimeField(verbose_name="opgeschreven op")),
                ("written_by", user_key(null=True)),
            ],
            options={
                "verbose_name": "eerdere tekst van de reis",
                "verbose_name_plural": "eerdere teksten van de reis",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["case", "part", "-id"], name="journey_version_by_part")],
            },
        ),
        rls.sql(
            SCOPE_KEY.format(table="cases_journeyversion")
            + "".join(
                OF_CASE.format(table="cases_journeyversion", column=column, on_delete="CASCADE")
                for column in ("stop", "companion", "reflection")
            )
        ),
        # The change of the part has its own line in the audit log.
        rls.protect("cases_journeyversion", select=VERSION, audit=False),
        rls.gate_function("access.keep_journey_version() RETURNS trigger", KEEP, to="wel_owner"),
        rls.sql(KEEP_ALL, KEEP_NONE),
        rls.sql(
            "".join(REMOVED_NOW.format(table=table) for table in ("cases_companion", "cases_reflection")),
            "DROP TRIGGER removed_now ON cases_companion; DROP TRIGGER removed_now ON cases_reflection;",
        ),
        rls.gate_function(
            "access.texts_without_names(case_ids bigint[]) RETURNS TABLE (kind text, id bigint, texts jsonb)",
            TEXTS,
            replaces=BEFORE.TEXTS,
        ),
    ]
