"""The same youth registered in two places: the database finds it, and tells the coördinatoren of both sides only.

Registering does nothing but put the name on a list, always, whatever stands elsewhere: what is not looked up cannot be
told, not by a message, the time it takes, a number from a sequence or the statistics of PostgreSQL. The comparing is
done when a coördinator, anybody's, opens Vandaag.
"""

import uuid
from importlib import import_module

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from access import rls

BEFORE = import_module("cases.migrations.0003_policies")

SAVE_IDENTITY = """
BEGIN
    IF access.known(ARRAY[for_case]) = '{}' THEN
        RAISE EXCEPTION 'not allowed to write this identity' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.cases_identity AS i (case_id, first_name, last_name, born_on, parent_name, contact)
    VALUES (for_case, first, last, born, parent, reach)
    ON CONFLICT (case_id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name,
        born_on = excluded.born_on, parent_name = excluded.parent_name, contact = excluded.contact;
    INSERT INTO public.cases_uncomparedidentity (case_id, saved_by_id, saved_on)
    VALUES (for_case, access.who(), access.today())
    ON CONFLICT (case_id) DO UPDATE SET saved_by_id = excluded.saved_by_id, saved_on = excluded.saved_on;
    PERFORM access.record('identity_saved', for_case, '', '{}', '');
END
"""

# Somebody with the same birth date and a name in common, where whoever saved the name has no business: what that person
# may know was shown while registering (access.lookalikes). Twins fit too; people can tell them apart, a rule cannot.
COMPARE = """
DECLARE pair record;
BEGIN
    FOR pair IN
        WITH saved AS (
            DELETE FROM public.cases_uncomparedidentity WHERE case_id IN (
                SELECT u.case_id FROM public.cases_uncomparedidentity u ORDER BY u.case_id LIMIT 200
                FOR UPDATE SKIP LOCKED)
            RETURNING case_id, saved_by_id, saved_on
        ), found AS (
            SELECT greatest(c.id, o.id) AS newer_id, least(c.id, o.id) AS older_id, min(saved.saved_on) AS found_on
            FROM saved
            JOIN public.cases_case c ON c.id = saved.case_id
            JOIN public.cases_identity i ON i.case_id = c.id
            JOIN public.cases_identity j ON j.born_on = i.born_on AND j.case_id <> i.case_id
            JOIN public.cases_case o ON o.id = j.case_id
            WHERE (access.plain(j.first_name) = access.plain(i.first_name) AND access.plain(i.first_name) <> ''
                   OR access.plain(j.last_name) = access.plain(i.last_name) AND access.plain(i.last_name) <> '')
              AND NOT EXISTS (
                SELECT FROM public.regions_samenwerkingsverbandgrant g
                JOIN public.auth_permission p ON p.id = g.permission_id
                WHERE g.user_id = saved.saved_by_id AND p.codename = 'register_cases' AND g.content_object_id = o.swv_id
                  AND g.starts_on <= access.today() AND (g.ends_on IS NULL OR g.ends_on >= access.today()))
              AND NOT EXISTS (
                SELECT FROM public.regions_gemeentegrant g
                JOIN public.auth_permission p ON p.id = g.permission_id
                WHERE g.user_id = saved.saved_by_id AND p.codename = 'register_cases'
                  AND g.content_object_id = o.gemeente_id
                  AND g.starts_on <= access.today() AND (g.ends_on IS NULL OR g.ends_on >= access.today()))
            GROUP BY 1, 2
        )
        INSERT INTO public.cases_possibledouble AS d
            (id, newer_id, newer_swv_id, older_id, older_swv_id, found_on, answer)
        SELECT gen_random_uuid(), f.newer_id, n.swv_id, f.older_id, o.swv_id, f.found_on, ''
        FROM found f
        JOIN public.cases_case n ON n.id = f.newer_id
        JOIN public.cases_case o ON o.id = f.older_id
        ON CONFLICT (newer_id, older_id) DO NOTHING
        RETURNING d.newer_id, d.older_id
    LOOP
        PERFORM access.record('double_found', pair.newer_id, '', jsonb_build_object('case', pair.older_id), 'WEL');
        PERFORM access.record('double_found', pair.older_id, '', jsonb_build_object('case', pair.newer_id), 'WEL');
    END LOOP;
END
"""

# A row for each side that is the asker's: the own code while that one is shared, of the other side the SWV and no more.
# Without `wanted` all that are open; with it that one, settled or not.
POSSIBLE_DOUBLES = """
#variable_conflict use_column
DECLARE
    swvs bigint[] := access.swv_scope('work_on_cases');
    side record;
BEGIN
    IF swvs = '{}' THEN RETURN; END IF;
    IF wanted IS NULL THEN PERFORM access.compare_identities(); END IF;
    FOR side IN
        SELECT d.*, s.own_id, s.own_swv_id, s.elsewhere_id, c.shared_until
        FROM public.cases_possibledouble d
        CROSS JOIN LATERAL (VALUES
            (d.newer_id, d.newer_swv_id, d.older_swv_id), (d.older_id, d.older_swv_id, d.newer_swv_id)
        ) s (own_id, own_swv_id, elsewhere_id)
        JOIN public.cases_case c ON c.id = s.own_id
        WHERE (d.newer_swv_id = ANY (swvs) OR d.older_swv_id = ANY (swvs)) AND s.own_swv_id = ANY (swvs)
          AND (d.id = wanted OR wanted IS NULL AND d.answer = '')
        ORDER BY d.found_on DESC, d.id, s.own_id
    LOOP
        double_id := side.id;
        found_on := side.found_on;
        swv_id := side.own_swv_id;
        case_id := CASE WHEN side.shared_until >= access.today() THEN side.own_id END;
        other_swv_id := side.elsewhere_id;
        answer := side.answer;
        settled_by_id := side.settled_by_id;
        settled_at := side.settled_at;
        IF wanted IS NOT NULL THEN PERFORM access.record('double_seen', side.own_id, '', '{}', ''); END IF;
        RETURN NEXT;
    END LOOP;
    IF FOUND AND wanted IS NULL THEN PERFORM access.record('doubles_listed', NULL, '', '{}', ''); END IF;
END
"""

# False, and nothing changed, when somebody answered since `seen`. An answer may be put right; the log keeps them all.
SETTLE_DOUBLE = """
DECLARE
    swvs bigint[] := access.swv_scope('work_on_cases');
    pair public.cases_possibledouble;
BEGIN
    SELECT * INTO pair FROM public.cases_possibledouble d
    WHERE d.id = wanted AND (d.newer_swv_id = ANY (swvs) OR d.older_swv_id = ANY (swvs))
    FOR UPDATE;
    IF NOT FOUND OR coalesce(said, '') NOT IN ('zelfde', 'ander') THEN
        RAISE EXCEPTION 'not allowed to settle this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF pair.answer = said THEN RETURN true; END IF;
    IF pair.answer IS DISTINCT FROM seen THEN RETURN false; END IF;
    UPDATE public.cases_possibledouble
    SET answer = said, settled_by_id = access.who(), settled_at = clock_timestamp()
    WHERE id = wanted;
    PERFORM access.record('double_settled', pair.newer_id, '', jsonb_build_object('answer', said), '');
    PERFORM access.record('double_settled', pair.older_id, '', jsonb_build_object('answer', said), '');
    RETURN true;
END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_shorter_way_to_cases"),
        ("regions", "0005_own_credentials"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UncomparedIdentity",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=PROTECT, primary_key=True, related_name="+", serialize=False, to="cases.case"
                    ),
                ),
                ("saved_on", models.DateField()),
                (
                    "saved_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "naam die nog niet is vergeleken",
                "verbose_name_plural": "namen die nog niet zijn vergeleken",
            },
        ),
        migrations.CreateModel(
            name="PossibleDouble",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("found_on", models.DateField(verbose_name="opgemerkt op")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("zelfde", "Het is dezelfde"), ("ander", "Het is een ander")],
                        max_length=6,
                        verbose_name="antwoord",
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("newer", models.ForeignKey(on_delete=PROTECT, related_name="+", to="cases.case")),
                (
                    "newer_swv",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"),
                ),
                ("older", models.ForeignKey(on_delete=PROTECT, related_name="+", to="cases.case")),
                (
                    "older_swv",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "misschien dubbel",
                "verbose_name_plural": "misschien dubbel",
                "constraints": [
                    models.CheckConstraint(name="double_newer_first", condition=models.Q(newer__gt=models.F("older"))),
                    models.UniqueConstraint(fields=["newer", "older"], name="double_once"),
                    models.CheckConstraint(
                        name="double_settled_by_somebody",
                        condition=models.Q(answer="", settled_by=None, settled_at=None)
                        | (~models.Q(answer="") & models.Q(settled_by__isnull=False, settled_at__isnull=False)),
                    ),
                ],
            },
        ),
        # The lines in the log are written by the functions: a trigger would say it in the name of whoever registers.
        rls.protect("cases_uncomparedidentity", audit=False),
        rls.protect("cases_possibledouble", audit=False),
        rls.gate_function(
            "access.save_identity(for_case bigint, first text, last text, born date, parent text, reach text) RETURNS void",
            SAVE_IDENTITY,
            replaces=BEFORE.SAVE_IDENTITY,
        ),
        rls.gate_function("access.compare_identities() RETURNS void", COMPARE, to=None),
        rls.gate_function(
            "access.possible_doubles(wanted uuid DEFAULT NULL) RETURNS TABLE (double_id uuid, found_on date,"
            " swv_id bigint, case_id bigint, other_swv_id bigint, answer text, settled_by_id bigint,"
            " settled_at timestamptz)",
            POSSIBLE_DOUBLES,
        ),
        rls.gate_function("access.settle_double(wanted uuid, said text, seen text) RETURNS boolean", SETTLE_DOUBLE),
    ]
