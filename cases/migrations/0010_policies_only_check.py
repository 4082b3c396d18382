"""The same readers for less work: the policies on reading stop looking for indexes, and a whole list is counted at once.

The first wall narrows each query by literal ids, on an index. The policy then only has to check the rows that are left.
With `+ 0` PostgreSQL does not also plan a way to the rows for each of its conditions, which took longer than reading
them (docs/decisions/0012).
"""

from django.db import migrations, models
from django.db.models import Q

from access import rls

# How many rows `Case.objects.editable_by` has. Each right apart and none counted twice, so that the index with the
# columns of the policy answers alone; the widest rights first, because they then need no exception.
COUNT_CASES = """
DECLARE
    uid bigint := access.who();
    day date := access.today();
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    team bigint[] := access.swv_scope('work_on_cases');
    mine bigint[];
    total bigint := 0;
    part bigint;
BEGIN
    IF swvs <> '{}' THEN
        SELECT count(*) INTO total FROM public.cases_case c WHERE c.swv_id = ANY (swvs);
        team := ARRAY (SELECT unnest(team) EXCEPT SELECT unnest(swvs));
    END IF;
    IF team <> '{}' THEN
        SELECT count(*) INTO part FROM public.cases_case c WHERE c.swv_id = ANY (team) AND c.shared_until >= day;
        total := total + part;
    END IF;
    IF gemeenten <> '{}' THEN
        SELECT count(*) INTO part FROM public.cases_case c
        WHERE c.gemeente_id = ANY (gemeenten) AND NOT c.swv_id = ANY (swvs)
          AND NOT (c.swv_id = ANY (team) AND c.shared_until >= day);
        total := total + part;
    END IF;
    SELECT coalesce(array_agg(m.case_id), '{}') INTO mine FROM public.cases_casemember m
    WHERE m.user_id = uid AND m.role IN ('eigenaar', 'inbrenger', 'verbinder') AND access.is_active(uid)
      AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day)
      AND NOT m.swv_id = ANY (swvs) AND NOT m.swv_id = ANY (team) AND NOT m.gemeente_id = ANY (gemeenten);
    IF mine <> '{}' THEN
        SELECT count(*) INTO part FROM public.cases_case c WHERE c.id = ANY (mine) AND c.shared_until >= day;
        total := total + part;
    END IF;
    RETURN total;
END
"""

# Who owns a case that the asker works on: the choices of the filter on eigenaar.
CASE_OWNERS = """
DECLARE
    day date := access.today();
    gemeenten bigint[] := access.gemeente_scope('register_cases');
    swvs bigint[] := access.swv_scope('register_cases');
    team bigint[] := access.swv_scope('work_on_cases');
    mine bigint[] := access.case_scope();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT m.user_id), '{}') FROM (
            SELECT o.user_id FROM public.cases_casemember o
            WHERE o.role = 'eigenaar' AND o.ends_on IS NULL AND o.gemeente_id = ANY (gemeenten)
            UNION ALL
            SELECT o.user_id FROM public.cases_casemember o
            WHERE o.role = 'eigenaar' AND o.ends_on IS NULL AND o.swv_id = ANY (swvs)
            UNION ALL
            SELECT o.user_id FROM public.cases_casemember o
            WHERE o.role = 'eigenaar' AND o.ends_on IS NULL AND o.swv_id = ANY (team) AND o.shared_until >= day
            UNION ALL
            SELECT o.user_id FROM public.cases_casemember o
            WHERE o.role = 'eigenaar' AND o.ends_on IS NULL AND o.case_id = ANY (mine) AND o.shared_until >= day
        ) m);
END
"""


def readers(offset, *, case_id="case_id", accounts=False):
    """Leerplicht always; while it is shared the SWV's team, the people of the case, and perhaps who accounts for it."""
    near = [
        f"swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'work_on_cases')})",
        f"{case_id}{offset} = ANY ((SELECT access.case_scope())::bigint[])",
    ]
    if accounts:
        near.append(f"swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'view_journeys')})")
    return (
        f"gemeente_id{offset} = ANY ({rls.scope('access.gemeente_scope', 'register_cases')})"
        f" OR swv_id{offset} = ANY ({rls.scope('access.swv_scope', 'register_cases')})"
        f" OR (shared_until >= (SELECT access.today()) AND ({' OR '.join(near)}))"
    )


WHO = "(SELECT access.who())"
OPEN_OWNER = Q(role="eigenaar", ends_on=None)


def policies(offset):
    """Per table who reads a row; with an empty `offset` what the migrations before this one say, in fewer words."""
    work, accounts = readers(offset), readers(offset, accounts=True)
    return {
        "cases_case": readers(offset, case_id="id", accounts=True),
        "cases_casemember": f"user_id = {WHO} OR {accounts}",
        "cases_identitygrant": f"user_id = {WHO} OR {work}",
        "cases_consent": work,
        "cases_journey": accounts,
        "cases_stop": accounts,
        "cases_inclusion": accounts,
        "cases_youthwords": accounts,
        "cases_logentry": f"({work}) AND (author_id = {WHO} OR readers <> 'ik')",
    }


def statements(offset):
    return "\n".join(
        f"ALTER POLICY web_select ON {table} USING ({condition});" for table, condition in policies(offset).items()
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_let_in_follows_work"), ("regions", "0006_quicker_scopes")]

    operations = [
        # What is shared stands together, so that counting it passes over the rest.
        migrations.RemoveIndex("case", "case_by_swv"),
        migrations.AddIndex("case", models.Index(fields=["swv", "shared_until", "gemeente", "id"], name="case_by_swv")),
        migrations.RemoveIndex("case", "cases_case_swv_id_7ba54f_idx"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["swv", "status"], include=["gemeente", "shared_until", "id"], name="case_by_swv_status"
            ),
        ),
        migrations.AddIndex(
            "casemember",
            models.Index(fields=["swv", "shared_until", "user"], condition=OPEN_OWNER, name="open_owner_by_swv"),
        ),
        migrations.AddIndex(
            "casemember", models.Index(fields=["gemeente", "user"], condition=OPEN_OWNER, name="open_owner_by_gemeente")
        ),
        rls.gate_function("access.count_cases() RETURNS bigint", COUNT_CASES, volatility="STABLE"),
        rls.gate_function("access.case_owners() RETURNS bigint[]", CASE_OWNERS, volatility="STABLE"),
        rls.sql(statements(offset=" + 0"), statements(offset="")),
    ]
