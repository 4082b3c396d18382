"""The same tasks around people for less work: each person by number, and no SWV of others."""

from importlib import import_module

from django.db import migrations

from access import rls

BEFORE = import_module("cases.migrations._0029_sql").PEOPLE_TASKS
# Only what can be asked about: a SWV of leerplicht itself, and one account at a time instead of all of them.
SHORTER = {
    """        SELECT DISTINCT w.swv_id FROM public.regions_membership w JOIN public.access_user u ON u.id = w.user_id
        WHERE w.role = 'coordinator' AND u.is_active AND """: """        SELECT s.id FROM public.regions_samenwerkingsverband s
        WHERE (s.id = ANY (swvs) OR gemeenten <> '{}') AND EXISTS (
            SELECT FROM public.regions_membership w JOIN public.access_user u ON u.id = w.user_id
            WHERE w.swv_id = s.id AND w.role = 'coordinator' AND u.is_active AND """,
    "            JOIN public.access_user u ON u.id = p.user_id\n": """            CROSS JOIN LATERAL (
                SELECT a.name, a.is_active FROM public.access_user a WHERE a.id = p.user_id OFFSET 0) u
""",
}
PEOPLE_TASKS = BEFORE
for long, short in SHORTER.items():
    PEOPLE_TASKS = PEOPLE_TASKS.replace(long, short)
PEOPLE_TASKS = PEOPLE_TASKS.replace(
    ");\n    RETURN QUERY\n        WITH mine", "));\n    RETURN QUERY\n        WITH mine"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_refusals_index")]

    operations = [
        rls.gate_function(
            "access.people_tasks(most int) RETURNS TABLE (kind text, case_id bigint, user_id bigint, name text,"
            " last_day date)",
            PEOPLE_TASKS,
            volatility="STABLE",
            replaces=BEFORE,
        ),
    ]
