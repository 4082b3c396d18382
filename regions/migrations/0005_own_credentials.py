"""A password, an e-mail address and a second factor are changed by their owner, also when the code forgets to ask.

Nobody known yet (logging in, an invitation, a forgotten password) proves it by a signed link or a code; whoever is known
may touch only their own. Beheer may take a lost second factor away, never set one.
"""

from django.db import migrations

from access import rls

OWN_LOGIN = """
BEGIN
    IF access.maybe_who() IS DISTINCT FROM NEW.id AND access.maybe_who() IS NOT NULL
       AND (NEW.password IS DISTINCT FROM OLD.password OR NEW.email IS DISTINCT FROM OLD.email) THEN
        RAISE EXCEPTION 'a login belongs to its owner' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
"""

OWN_FACTOR = """
DECLARE
    uid bigint := access.maybe_who();
    holder bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END;
BEGIN
    IF uid IS NOT NULL AND uid <> holder AND NOT (TG_OP = 'DELETE' AND access.has_role('beheer')) THEN
        RAISE EXCEPTION 'a second factor belongs to its owner' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0004_accounts_of_others"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        rls.gate_function("access.own_login() RETURNS trigger", OWN_LOGIN, to="wel_owner"),
        rls.gate_function("access.own_factor() RETURNS trigger", OWN_FACTOR, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER own_login BEFORE UPDATE OF password, email ON access_user"
            " FOR EACH ROW EXECUTE FUNCTION access.own_login();"
            "CREATE TRIGGER own_factor BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator"
            " FOR EACH ROW EXECUTE FUNCTION access.own_factor()",
            "DROP TRIGGER own_login ON access_user; DROP TRIGGER own_factor ON mfa_authenticator",
        ),
    ]
