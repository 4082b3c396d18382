"""An address that somebody typed is in the queue of mail only until the mail left, or need not leave any more."""

from django.db import migrations

from access import rls

FORGET_ADDRESS = """
BEGIN
    NEW.arguments := NEW.arguments - 'address';
    RETURN NEW;
END
"""
TRIGGER = """
CREATE TRIGGER forget_address BEFORE UPDATE OF status ON access_mailjob FOR EACH ROW
    WHEN (NEW.status IN ('verstuurd', 'vervallen')) EXECUTE FUNCTION access.forget_address();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_reminders"),
    ]

    operations = [
        rls.gate_function("access.forget_address() RETURNS trigger", FORGET_ADDRESS, to="wel_owner"),
        rls.sql(TRIGGER, "DROP TRIGGER forget_address ON access_mailjob"),
    ]
