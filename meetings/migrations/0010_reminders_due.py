"""What the worker asks to remind people: which promises and which terugkoppelingen fall due, in numbers."""

from django.db import migrations

from access import rls

# Nobody asks: who it is about and what was promised, the mail looks up with the eyes of the person (meetings/reminders.py).
ONLY_WORKER = """
    IF access.maybe_who() IS NOT NULL THEN
        RAISE EXCEPTION 'only the worker reminds' USING ERRCODE = 'insufficient_privilege';
    END IF;
"""
PROMISES_DUE = """
#variable_conflict use_column
BEGIN
ONLY_WORKER
    RETURN QUERY
        SELECT a.id, p.user_id, a.horizon::text, i.ends_at, a.due_at
        FROM public.meetings_action a
        JOIN public.meetings_participant p ON p.id = a.participant_id AND p.removed_at IS NULL
        JOIN public.meetings_agendaitem i ON i.id = a.item_id AND i.status <> 'vervallen'
        WHERE a.status = 'open' AND a.deleted_at IS NULL AND a.due_at BETWEEN since AND until
          AND p.user_id IS NOT NULL AND a.shared_until >= access.today()
        ORDER BY a.due_at, a.id;
END
"""
FEEDBACK_DUE = """
#variable_conflict use_column
BEGIN
ONLY_WORKER
    RETURN QUERY
        SELECT f.id, f.teller_id, (i.starts_at AT TIME ZONE 'Europe/Amsterdam')::date, f.due_on
        FROM public.meetings_feedback f
        JOIN public.meetings_agendaitem i ON i.id = f.item_id AND i.status <> 'vervallen'
        WHERE f.told_on IS NULL AND f.due_on BETWEEN since AND until AND f.shared_until >= access.today()
        ORDER BY f.due_on, f.id;
END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_shared_with_whom"),
        ("access", "0006_reminders"),
    ]

    operations = [
        rls.gate_function(
            "access.promises_due(since timestamptz, until timestamptz) RETURNS TABLE (action_id bigint, user_id bigint,"
            " horizon text, ends_at timestamptz, due_at timestamptz)",
            PROMISES_DUE.replace("ONLY_WORKER", ONLY_WORKER),
            volatility="STABLE",
        ),
        rls.gate_function(
            "access.feedback_due(since date, until date) RETURNS TABLE (feedback_id bigint, user_id bigint, table_on date,"
            " due_on date)",
            FEEDBACK_DUE.replace("ONLY_WORKER", ONLY_WORKER),
            volatility="STABLE",
        ),
    ]
