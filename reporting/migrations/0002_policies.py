"""Who sees the accountability reports: the SWV that accounts, and project staff; earlier versions never change."""

from django.db import migrations

from access import rls

ACCOUNTS = (
    f"(swv_id = ANY ({rls.scope('access.swv_scope', 'account_for_subsidies')}) OR (SELECT access.has_role('project')))"
)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("regions", "0002_scopes")]

    operations = [
        rls.protect(
            "reporting_accountabilityreport",
            select=ACCOUNTS,
            insert=f"{ACCOUNTS} AND made_by_id = (SELECT access.who())",
            update=f"{ACCOUNTS} AND made_by_id = (SELECT access.who())",
            # A finished report stays what it is.
            update_from=f"{ACCOUNTS} AND made_by_id = (SELECT access.who()) AND status <> 'klaar'",
            columns=("status", "finished_at", "file", "size", "sha256", "figures"),
        ),
    ]
