"""Being let in to a name holds only while one can open the jeugdige: who leaves the team, leaves the name."""

from importlib import import_module

from django.db import migrations

from access import rls

BEFORE = import_module("cases.migrations.0003_policies")

# The whole rule on who works on a case, so not access.case_scope(): that leaves out what a SWV opens anyway (0007).
LET_IN = """
DECLARE
    uid bigint := access.who();
    team bigint[] := access.swv_scope('work_on_cases');
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM public.cases_identitygrant g
        WHERE g.user_id = uid AND access.is_active(uid) AND g.revoked_at IS NULL
          AND g.until >= access.today() AND g.shared_until >= access.today()
          AND (g.swv_id = ANY (team) OR EXISTS (
              SELECT FROM public.cases_casemember m
              WHERE m.case_id = g.case_id AND m.user_id = uid AND m.role IN ('eigenaar', 'inbrenger', 'verbinder')
                AND m.starts_on <= access.today() AND (m.ends_on IS NULL OR m.ends_on >= access.today()))));
END
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_possible_doubles")]

    operations = [
        rls.gate_function("access.let_in() RETURNS bigint[]", LET_IN, volatility="STABLE", replaces=BEFORE.LET_IN),
    ]
