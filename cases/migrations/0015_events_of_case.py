"""Leerplicht reads the log of its own jeugdigen: who looked and who changed something (architecture 6, R0.4)."""

from django.db import migrations

from access import rls

# Newest first, before a line seen earlier. Lines on a possible double name a jeugdige elsewhere, and stay closed (0008).
EVENTS_OF_CASE = """
BEGIN
    IF access.known(ARRAY[wanted]) = '{}' THEN
        RAISE EXCEPTION 'not allowed to read this log' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM access.record('case_audit_read', wanted, '', '{}', '');
    RETURN QUERY SELECT * FROM public.access_auditevent e
        WHERE e.case_id = wanted AND e.event NOT LIKE 'double%' AND (before IS NULL OR e.id < before)
        ORDER BY e.id DESC LIMIT least(most, 100);
END
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_policies_only_check")]

    operations = [
        rls.gate_function(
            "access.events_of_case(wanted bigint, before bigint, most int) RETURNS SETOF public.access_auditevent",
            EVENTS_OF_CASE,
        ),
    ]
