"""What the policies ask: in which SWVs and gemeenten somebody holds a right, and which national roles."""

from django.db import migrations

from access import rls

SCOPE = """
DECLARE uid bigint := access.who();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(g.content_object_id), '{{}}')
        FROM public.{table} g JOIN public.auth_permission p ON p.id = g.permission_id
        WHERE g.user_id = uid AND p.codename = wanted AND access.is_active(uid)
          AND g.starts_on <= access.today() AND (g.ends_on IS NULL OR g.ends_on >= access.today())
    ){extra};
END
"""

# The one SWV whose accounts a projectmedewerker opened in this transaction (see OPEN_ACCOUNTS).
OPENED = """
DECLARE opened text := nullif(current_setting('wel.accounts', true), '');
BEGIN
    IF opened IS NULL THEN RETURN '{}'; END IF;
    IF access.signature('accounts:' || split_part(opened, ':', 1) || ':' || access.who() || ':' || pg_backend_pid()
                        || ':' || pg_current_xact_id_if_assigned())
       IS DISTINCT FROM split_part(opened, ':', 2) THEN
        RAISE EXCEPTION 'invalid accounts context' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN ARRAY[split_part(opened, ':', 1)::bigint];
END
"""

HAS_ROLE = """
DECLARE uid bigint := access.who();
BEGIN
    RETURN access.is_active(uid) AND EXISTS (
        SELECT FROM public.regions_membership m
        WHERE m.user_id = uid AND m.role = wanted
          AND m.starts_on <= access.today() AND (m.ends_on IS NULL OR m.ends_on >= access.today()));
END
"""

# A projectmedewerker sees no journeys, but exports the accounts of any SWV: that SWV only, this transaction only,
# and the line in the log comes first.
OPEN_ACCOUNTS = """
BEGIN
    IF NOT access.has_role('project') THEN
        RAISE EXCEPTION 'not allowed to open accounts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM access.record('accounts_opened', NULL, ground, jsonb_build_object('swv', swv), '');
    PERFORM set_config('wel.accounts', swv || ':'
        || access.signature('accounts:' || swv || ':' || access.who() || ':' || pg_backend_pid()
                            || ':' || pg_current_xact_id()), true);
END
"""

KNOWN = "(SELECT access.who()) IS NOT NULL"
MANAGES_OTHERS = "(SELECT access.has_role('beheer')) AND user_id <> (SELECT access.who())"
ACCOUNTS = f"swv_id = ANY ({rls.scope('access.swv_scope', 'account_for_subsidies')})"


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0001_initial"),
        ("access", "0002_who_is_asking"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
    ]

    operations = [
        rls.gate_function("access.has_role(wanted text) RETURNS boolean", HAS_ROLE, volatility="STABLE"),
        rls.gate_function("access.opened_accounts() RETURNS bigint[]", OPENED, to=None, volatility="STABLE"),
        rls.gate_function(
            "access.swv_scope(wanted text) RETURNS bigint[]",
            SCOPE.format(
                table="regions_samenwerkingsverbandgrant",
                extra="\n    || CASE WHEN wanted = 'view_journeys' THEN access.opened_accounts() ELSE '{}' END",
            ),
            volatility="STABLE",
        ),
        rls.gate_function(
            "access.gemeente_scope(wanted text) RETURNS bigint[]",
            SCOPE.format(table="regions_gemeentegrant", extra=""),
            volatility="STABLE",
        ),
        rls.gate_function("access.open_accounts(swv bigint, ground text) RETURNS void", OPEN_ACCOUNTS),
        rls.protect("regions_membership", select=KNOWN, insert=MANAGES_OTHERS, update=MANAGES_OTHERS),
        *(
            rls.protect(table, select=KNOWN, insert=MANAGES_OTHERS, delete=MANAGES_OTHERS)
            for table in ("regions_samenwerkingsverbandgrant", "regions_gemeentegrant")
        ),
        rls.sql(
            "REVOKE INSERT, UPDATE, DELETE ON guardian_userobjectpermission, guardian_groupobjectpermission FROM wel_app"
        ),
        rls.protect(
            "regions_subsidy",
            select=(
                f"{ACCOUNTS} OR swv_id = ANY ({rls.scope('access.swv_scope', 'work_on_cases')})"
                " OR (SELECT access.has_role('project'))"
            ),
            insert=ACCOUNTS,
            update=ACCOUNTS,
        ),
        rls.sql(
            "GRANT SELECT ON access_auditevent TO wel_app;"
            "CREATE POLICY web_select ON access_auditevent FOR SELECT TO wel_app"
            " USING ((SELECT access.has_role('fg')));",
            "DROP POLICY web_select ON access_auditevent",
        ),
    ]
