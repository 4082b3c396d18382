"""What was shared with a whole table is from now on shared with each of those who sat there and could read it.

A data migration on personal rows: it says that it is maintenance, and mails nobody.
"""

from django.db import migrations

from access import rls

TO_ROWS = """
SELECT set_config('wel.maintenance', 'on', true);
INSERT INTO meetings_reportreader (case_id, swv_id, gemeente_id, shared_until, item_id, report_id, participant_id, shared_at,
    shared_by_id)
    SELECT r.case_id, r.swv_id, r.gemeente_id, r.shared_until, r.item_id, r.id, p.id, r.shared_at, r.closed_by_id
    FROM meetings_tablereport r JOIN meetings_participant p ON p.item_id = r.item_id
    WHERE r.shared_at IS NOT NULL AND p.user_id IS NOT NULL AND p.invited_at IS NOT NULL AND p.removed_at IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_report_readers")]

    operations = [
        rls.sql(TO_ROWS),
        migrations.RemoveField("tablereport", "shared_at"),
    ]
