"""Nothing typed is lost: a klad per window, the texts before a change, and what was removed for thirty days."""

from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

from access import rls

SCOPE_KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
"""

# The text as it was, for each change of what people read. Maintenance has no context: then nobody's name is with it.
KEEP_VERSION = """
BEGIN
    INSERT INTO public.cases_logentryversion
        (case_id, swv_id, gemeente_id, shared_until, entry_id, author_id, version, kind, text, happened_on, is_spark,
         readers, replaced_by_id, replaced_at)
    VALUES (OLD.case_id, OLD.swv_id, OLD.gemeente_id, OLD.shared_until, OLD.id, OLD.author_id, OLD.version, OLD.kind,
            OLD.text, OLD.happened_on, OLD.is_spark, OLD.readers, access.maybe_who(), clock_timestamp());
    RETURN NULL;
END
"""

# The policies on reading as they are, with `+ 0` (docs/decisions/0012); those on writing without.
CHECKED = import_module("cases.migrations.0010_policies_only_check")
TEXTS_BEFORE = import_module("cases.migrations.0021_names_and_looks").TEXTS
READ, WORKS = f"({CHECKED.readers(' + 0')})", f"({CHECKED.readers('')})"
OWN = f"author_id = {CHECKED.WHO}"
ENTRY_BEFORE = CHECKED.policies(" + 0")["cases_logentry"]
ENTRY_NOW = f"{READ} AND ({OWN} OR (readers <> 'ik' AND deleted_at IS NULL))"
STOP_BEFORE = CHECKED.policies(" + 0")["cases_stop"]
STOP_NOW = f"({STOP_BEFORE}) AND (deleted_at IS NULL OR {READ})"
# The subquery is under the policy of the logboek itself: who may not read the entry, reads nothing of before either.
VERSION = (
    f"{READ} AND ({OWN} OR readers <> 'ik') AND EXISTS (SELECT FROM public.cases_logentry e WHERE e.id = entry_id)"
)

# For who accounts for a Reis, a halte that was removed is not there.
STOPS = "FROM public.cases_stop s WHERE s.case_id = ANY (readable)"
TEXTS = TEXTS_BEFORE.replace(STOPS, f"{STOPS} AND s.deleted_at IS NULL")

# Thirty days begin at the moment itself: an earlier one would bring the day nearer on which a text goes for good.
OTHER_MOMENT = """
BEGIN
    RAISE EXCEPTION 'somebody removes now' USING ERRCODE = 'insufficient_privilege';
END
"""
REMOVED_NOW = """
CREATE TRIGGER removed_now BEFORE UPDATE ON {table} FOR EACH ROW
    WHEN (current_user = 'wel_app' AND NEW.deleted_at IS DISTINCT FROM OLD.deleted_at
          AND NEW.deleted_at NOT BETWEEN now() - interval '1 hour' AND now() + interval '1 hour')
    EXECUTE FUNCTION access.refuse_other_moment();
"""


def user_key(**kwargs):
    return models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **kwargs)


def part_fields():
    """What every part of a case begins with (cases.models.case.CasePart)."""
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("shared_until", models.DateField(editable=False)),
        (
            "case",
            models.ForeignKey(db_constraint=False, on_delete=PROTECT, related_name="%(class)s_rows", to="cases.case"),
        ),
        ("gemeente", models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.gemeente")),
        (
            "swv",
            models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"),
        ),
    ]


KINDS = [
    ("gesprek", "Gesprek"), ("huisbezoek", "Huisbezoek"), ("bericht", "Bericht"), ("lichtje", "Lichtje"),
    ("hobbel", "Hobbel"), ("besluit", "Besluit"),
]  # fmt: skip
READERS = [("ik", "Alleen ik"), ("team", "Het WEL-team"), ("tafel", "Iedereen aan tafel")]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0023_quicker_count"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                *part_fields(),
                ("place", models.CharField(max_length=40, verbose_name="waar")),
                ("token", models.UUIDField(verbose_name="venster")),
                ("step", models.PositiveIntegerField(default=0, verbose_name="beurt")),
                ("answers", models.JSONField(default=dict, verbose_name="klad")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="bewaard om")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="klaar om")),
                ("author", user_key(editable=False)),
            ],
            options={
                "verbose_name": "klad",
                "verbose_name_plural": "kladjes",
                "ordering": ["-saved_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["author", "case", "swv", "gemeente", "place", "token"], name="draft_one_per_window"
                    )
                ],
            },
        ),
        rls.sql(SCOPE_KEY.format(table="cases_draft")),
        # Without lines in the audit log: a klad is saved every few seconds and nobody else ever reads it. What comes of
        # it is logged as any other entry.
        rls.protect(
            "cases_draft",
            select=f"{OWN} AND {READ}",
            insert=f"{OWN} AND {WORKS}",
            update=f"{OWN} AND {WORKS}",
            columns=("token", "step", "answers", "saved_at", "closed_at"),
            audit=False,
        ),
        migrations.AddField("logentry", "deleted_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("logentry", "contact_before", models.DateField(editable=False, null=True)),
        migrations.CreateModel(
            name="LogEntryVersion",
            fields=[
                *part_fields(),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(choices=KINDS, max_length=10, verbose_name="soort")),
                ("text", models.TextField(max_length=8000, verbose_name="wat gebeurde er?")),
                ("happened_on", models.DateField(verbose_name="datum")),
                ("is_spark", models.BooleanField(verbose_name="lichtje")),
                ("readers", models.CharField(choices=READERS, max_length=5, verbose_name="wie mag dit lezen?")),
                ("replaced_at", models.DateTimeField(verbose_name="aangepast op")),
                ("author", user_key()),
                ("entry", models.ForeignKey(on_delete=PROTECT, related_name="earlier", to="cases.logentry")),
                ("replaced_by", user_key(null=True)),
            ],
            options={
                "verbose_name": "eerdere tekst",
                "verbose_name_plural": "eerdere teksten",
                "ordering": ["-version"],
                "indexes": [models.Index(fields=["entry", "-version"], name="cases_logen_entry_i_295c26_idx")],
            },
        ),
        rls.sql(SCOPE_KEY.format(table="cases_logentryversion")),
        # The change of the entry has its own line in the audit log.
        rls.protect("cases_logentryversion", select=VERSION, audit=False),
        rls.gate_function("access.keep_log_version() RETURNS trigger", KEEP_VERSION, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER keep_log_version AFTER UPDATE ON cases_logentry FOR EACH ROW"
            " WHEN ((OLD.kind, OLD.text, OLD.happened_on, OLD.is_spark, OLD.readers)"
            " IS DISTINCT FROM (NEW.kind, NEW.text, NEW.happened_on, NEW.is_spark, NEW.readers))"
            " EXECUTE FUNCTION access.keep_log_version()",
            "DROP TRIGGER keep_log_version ON cases_logentry",
        ),
        # An entry that its author removed is out of sight for all others at once.
        rls.sql(
            f"GRANT UPDATE (deleted_at, contact_before) ON cases_logentry TO wel_app;"
            f" ALTER POLICY web_select ON cases_logentry USING ({ENTRY_NOW});",
            f"REVOKE UPDATE (deleted_at, contact_before) ON cases_logentry FROM wel_app;"
            f" ALTER POLICY web_select ON cases_logentry USING ({ENTRY_BEFORE});",
        ),
        migrations.AddField("stop", "updated_by", user_key(editable=False, null=True)),
        migrations.AddField("stop", "updated_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("stop", "deleted_by", user_key(editable=False, null=True)),
        migrations.AddField("stop", "deleted_at", models.DateTimeField(editable=False, null=True)),
        migrations.RemoveConstraint("stop", "stop_one_now"),
        migrations.AddConstraint(
            "stop",
            models.UniqueConstraint(
                condition=Q(state="nu", deleted_at=None), fields=["case", "swv", "gemeente"], name="stop_one_now"
            ),
        ),
        # A halte too: and from now on the web role wipes nothing for good.
        rls.sql(
            f"REVOKE DELETE ON cases_stop FROM wel_app; DROP POLICY web_delete ON cases_stop;"
            f" ALTER POLICY web_select ON cases_stop USING ({STOP_NOW});",
            f"GRANT DELETE ON cases_stop TO wel_app;"
            f" CREATE POLICY web_delete ON cases_stop FOR DELETE TO wel_app USING {WORKS};"
            f" ALTER POLICY web_select ON cases_stop USING ({STOP_BEFORE});",
        ),
        rls.gate_function("access.refuse_other_moment() RETURNS trigger", OTHER_MOMENT, to="wel_owner"),
        rls.sql(
            "".join(REMOVED_NOW.format(table=table) for table in ("cases_logentry", "cases_stop")),
            "DROP TRIGGER removed_now ON cases_logentry; DROP TRIGGER removed_now ON cases_stop;",
        ),
        rls.gate_function(
            "access.texts_without_names(case_ids bigint[]) RETURNS TABLE (kind text, id bigint, texts jsonb)",
            TEXTS,
            replaces=TEXTS_BEFORE,
        ),
    ]
