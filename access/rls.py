"""Row-level security as migration operations: what the web role may see and write of a table with personal data."""

from django.db.migrations.operations import RunSQL

# Every protected table: the web role only through its policies, the gate role reads and writes for the functions it
# owns, and the owner itself sees nothing unless a data migration says that it is maintenance.
_PROTECT = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
REVOKE ALL ON {table} FROM wel_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO wel_gate;
CREATE POLICY gate ON {table} TO wel_gate USING (true) WITH CHECK (true);
CREATE POLICY upkeep ON {table} TO wel_owner
    USING (current_setting('wel.maintenance', true) = 'on')
    WITH CHECK (current_setting('wel.maintenance', true) = 'on');
"""
_AUDIT = """
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION access.log_change();
"""


def sql(forward, reverse=RunSQL.noop):
    return RunSQL(forward, reverse)


def protect(table, *, select=None, insert=None, update=None, update_from=None, columns=None, delete=None, audit=True):
    """FORCE row-level security on `table` with one policy per command for the web role.

    Each argument is an SQL condition on the row; None means that the web role may not do it at all.
    `columns` limits UPDATE to these columns, `update_from` to rows that are
    still as it says. With `audit` each change leaves a line in the audit log.
    """
    parts = [_PROTECT.format(table=table)]
    if select:
        parts.append(f"GRANT SELECT ON {table} TO wel_app;")
        parts.append(f"CREATE POLICY web_select ON {table} FOR SELECT TO wel_app USING ({select});")
    if insert:
        parts.append(f"GRANT INSERT ON {table} TO wel_app;")
        parts.append(f"CREATE POLICY web_insert ON {table} FOR INSERT TO wel_app WITH CHECK ({insert});")
    if update:
        only = f" ({', '.join(columns)})" if columns else ""
        parts.append(f"GRANT UPDATE{only} ON {table} TO wel_app;")
        parts.append(
            f"CREATE POLICY web_update ON {table} FOR UPDATE TO wel_app"
            f" USING ({update_from or update}) WITH CHECK ({update});"
        )
    if delete:
        parts.append(f"GRANT DELETE ON {table} TO wel_app;")
        parts.append(f"CREATE POLICY web_delete ON {table} FOR DELETE TO wel_app USING ({delete});")
    if audit:
        parts.append(_AUDIT.format(table=table))
    reverse = (  # table names come from migrations, never from outside
        f"DO $$ DECLARE p name; BEGIN FOR p IN SELECT policyname FROM pg_policies WHERE tablename = '{table}' LOOP"  # noqa: S608
        f" EXECUTE format('DROP POLICY %I ON {table}', p); END LOOP; END $$;"
        f"DROP TRIGGER IF EXISTS audit ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    )
    return sql("\n".join(parts), reverse)


SEARCH_PATH = ("search_path", "pg_catalog, pg_temp")


def gate_function(signature, body, *, to="wel_app", volatility="VOLATILE", replaces=None, plan_once=False):
    """A SECURITY DEFINER function owned by the gate role: `signature` up to and including RETURNS, `body` in plpgsql.

    The search path is pinned; nobody may run it but the role `to` (None: only other gate functions). `replaces` is the
    body of an earlier migration, which comes back when this one is undone. `plan_once` plans its queries once per
    connection, instead of for each list of ids anew.
    """
    arguments = _argument_types(signature.split(" RETURNS ")[0])
    grant = f"GRANT EXECUTE ON FUNCTION {arguments} TO {to};" if to else ""

    def with_body(text, *settings):
        pinned = " ".join(f"SET {name} = {value}" for name, value in (SEARCH_PATH, *settings))
        return f"""
SET ROLE wel_gate;
CREATE OR REPLACE FUNCTION {signature}
LANGUAGE plpgsql {volatility} SECURITY DEFINER PARALLEL RESTRICTED {pinned} AS $gate$
{text}
$gate$;
REVOKE ALL ON FUNCTION {arguments} FROM PUBLIC;
{grant}
SET ROLE wel_owner;
"""

    create = with_body(body, ("plan_cache_mode", "force_generic_plan")) if plan_once else with_body(body)
    if replaces:
        return sql(create, with_body(replaces))
    return sql(create, f"SET ROLE wel_gate; DROP FUNCTION {arguments}; SET ROLE wel_owner;")


def _argument_types(declaration):
    """`access.f(a int, b text DEFAULT '')` -> `access.f(int, text)`."""
    name, _, rest = declaration.partition("(")
    arguments = [part.split(" DEFAULT ")[0].split() for part in rest.rstrip(") ").split(",") if part.strip()]
    return f"{name.strip()}({', '.join(' '.join(words[1:]) for words in arguments)})"


def scope(function, right):
    """A list of ids, fetched once per query: `x = ANY (scope(...))`. The inner SELECT makes it an InitPlan."""
    return f"((SELECT {function}('{right}'))::bigint[])"
