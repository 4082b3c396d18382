"""Only beheer opens or closes an account, and never its own; the owner of the tables may write in the log."""

from django.db import migrations

from access import rls

# A save that leaves is_active alone passes: a login, an invitation that is used, a new password.
KEEP_ACTIVE = """
BEGIN
    IF NEW.is_active IS DISTINCT FROM OLD.is_active
       AND NOT (session_user = 'wel_migrate' AND current_setting('role') = 'wel_owner')
       AND (NEW.id = access.who() OR NOT access.has_role('beheer')) THEN
        RAISE EXCEPTION 'only beheer may open or close the account of somebody else'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0003_samenwerkingsverband_version")]

    operations = [
        rls.gate_function("access.keep_active() RETURNS trigger", KEEP_ACTIVE, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER keep_active BEFORE UPDATE OF is_active ON access_user"
            " FOR EACH ROW EXECUTE FUNCTION access.keep_active()",
            "DROP TRIGGER keep_active ON access_user",
        ),
        rls.sql(
            "SET ROLE wel_gate;"
            "GRANT EXECUTE ON FUNCTION access.record(text, bigint, text, jsonb, text) TO wel_owner;"
            "GRANT EXECUTE ON FUNCTION access.broken_link() TO wel_owner;"
            "SET ROLE wel_owner;",
            "SET ROLE wel_gate;"
            "REVOKE EXECUTE ON FUNCTION access.record(text, bigint, text, jsonb, text) FROM wel_owner;"
            "REVOKE EXECUTE ON FUNCTION access.broken_link() FROM wel_owner;"
            "SET ROLE wel_owner;",
        ),
    ]
