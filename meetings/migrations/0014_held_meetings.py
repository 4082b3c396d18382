"""What WEL-teams held before there was a register stands in it from now on.

A data migration on protected rows: it says that it is maintenance.
"""

from django.db import migrations

from access import rls

TO_ROWS = """
SELECT set_config('wel.maintenance', 'on', true);
INSERT INTO meetings_activity (kind, happened_on, swv_id, for_swvs, for_regions, title, organiser, trainers, worked,
    take_along, stand_for, to_do, right_people, same_way, meeting_id, updated_at, updated_by_id, version)
    SELECT m.kind, (m.starts_at AT TIME ZONE 'Europe/Amsterdam')::date, m.swv_id, ARRAY[m.swv_id], '{}', '', '', '', '',
           '', '', '', '', '', m.id, m.updated_at, m.updated_by_id, 1
    FROM meetings_meeting m
    WHERE m.status = 'geweest' AND m.kind IN ('verkennend', 'atelier', 'reisbureau', 'expert', 'opbrengst')
ON CONFLICT (meeting_id) DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0013_activities")]

    operations = [rls.sql(TO_ROWS)]
