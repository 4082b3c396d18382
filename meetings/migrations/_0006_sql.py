"""The SQL of 0006: who writes at the table and reads it, what a closed table keeps, and who tells the youth."""

from importlib import import_module

from access import rls

TABLES = import_module("meetings.migrations._0004_sql")
READ, WORKS, TEAM, WHO, mine = TABLES.READ, TABLES.WORKS, TABLES.TEAM, TABLES.WHO, TABLES.mine

KEYS = """
ALTER TABLE {table} ADD CONSTRAINT {table}_scope FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX {table}_scope ON {table} (case_id, swv_id, gemeente_id, shared_until);
ALTER TABLE {table} ADD CONSTRAINT {table}_own_item
    FOREIGN KEY (item_id, case_id) REFERENCES meetings_agendaitem (id, case_id);
"""
# Whoever promises sits at that table.
SEAT = """
ALTER TABLE {table} ADD CONSTRAINT {table}_own_seat
    FOREIGN KEY (participant_id, item_id) REFERENCES meetings_participant (id, item_id);
"""
TABLES_OF_CASE = ("meetings_action", "meetings_tablenote", "meetings_tablereport", "meetings_feedback")
ALL_KEYS = (
    "ALTER TABLE meetings_participant ADD CONSTRAINT participant_of_item UNIQUE (id, item_id);"
    + "".join(KEYS.format(table=table) for table in TABLES_OF_CASE)
    + "".join(SEAT.format(table=table) for table in TABLES_OF_CASE[:2])
)

MY_SEATS = """
BEGIN
    RETURN (
        SELECT coalesce(array_agg(p.id), '{}') FROM public.meetings_participant p
        WHERE p.user_id = access.who() AND p.removed_at IS NULL);
END
"""
# After the table is closed its ideas stand. A promise can still be kept, or go otherwise.
TABLE_IS_OPEN = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.meetings_agendaitem i WHERE i.id = NEW.item_id AND i.status = 'gepland' FOR SHARE)
    THEN
        RAISE EXCEPTION 'this table is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'table_is_open';
    END IF;
    RETURN NULL;
END
"""
# A table closes with one promise at least (R8.2), what was agreed, and who tells the youth by when (R9.1). Only where it is
# closed itself: one that was not run from the screen is over with its meeting.
CLOSE_COMPLETE = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.meetings_action a WHERE a.item_id = NEW.id AND a.deleted_at IS NULL)
    OR NOT EXISTS (SELECT FROM public.meetings_feedback f WHERE f.item_id = NEW.id)
    OR NOT EXISTS (SELECT FROM public.meetings_tablereport r WHERE r.item_id = NEW.id)
    THEN
        RAISE EXCEPTION 'a table closes with a promise and a terugkoppeling'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'table_closes_complete';
    END IF;
    RETURN NULL;
END
"""
AT_TABLE = f"item_id = ANY ({mine('table_items')})"
OWN_LINE = f"({AT_TABLE} AND (created_by_id = {WHO} OR participant_id = ANY ({mine('my_seats')})))"
NEW_LINE = f"({WORKS} OR {AT_TABLE}) AND created_by_id = {WHO} AND updated_by_id = {WHO} AND deleted_at IS NULL"
LINE = ("text", "participant_id", "deleted_at", "updated_by_id", "updated_at", "version")
TRIGGERS = """
CREATE TRIGGER table_is_open AFTER INSERT OR UPDATE OF text, horizon, due_at, participant_id, deleted_at ON meetings_action
    FOR EACH ROW WHEN (current_user <> 'wel_owner') EXECUTE FUNCTION access.table_is_open();
CREATE TRIGGER table_is_open AFTER INSERT OR UPDATE ON meetings_tablenote
    FOR EACH ROW WHEN (current_user <> 'wel_owner') EXECUTE FUNCTION access.table_is_open();
CREATE TRIGGER close_complete AFTER UPDATE OF status ON meetings_agendaitem
    FOR EACH ROW WHEN (current_user = 'wel_app' AND NEW.status = 'besproken') EXECUTE FUNCTION access.close_complete();
"""
NO_TRIGGERS = """
DROP TRIGGER close_complete ON meetings_agendaitem;
DROP TRIGGER table_is_open ON meetings_tablenote; DROP TRIGGER table_is_open ON meetings_action;
"""

OPERATIONS = [
    rls.sql(ALL_KEYS),
    rls.gate_function("access.my_seats() RETURNS bigint[]", MY_SEATS, volatility="STABLE"),
    rls.protect(
        "meetings_action",
        select=f"{READ} OR {AT_TABLE}",
        insert=f"{NEW_LINE} AND status = 'open'",
        update_from=f"{WORKS} OR {OWN_LINE}",
        update=f"({WORKS} OR {AT_TABLE}) AND updated_by_id = {WHO}",
        columns=(*LINE, "horizon", "due_at", "status", "outcome", "ended_at"),
    ),
    rls.protect(
        "meetings_tablenote",
        select=f"{READ} OR {AT_TABLE}",
        insert=NEW_LINE,
        update_from=f"{WORKS} OR {OWN_LINE}",
        update=f"({WORKS} OR {AT_TABLE}) AND updated_by_id = {WHO}",
        columns=LINE,
    ),
    rls.protect(
        "meetings_tablereport",
        select=f"{READ} OR ({AT_TABLE} AND shared_at IS NOT NULL)",
        insert=f"{TEAM} AND closed_by_id = {WHO}",
        update=TEAM,
        columns=("agreed", "mix", "is_feasible", "advice", "dissent", "shared_at", "version"),
    ),
    rls.protect(
        "meetings_feedback",
        select=READ,
        insert=f"{TEAM} AND told_on IS NULL AND recorded_by_id IS NULL",
        update_from=WORKS,
        update=f"{WORKS} AND (recorded_by_id IS NULL OR recorded_by_id = {WHO})",
        columns=("teller_id", "due_on", "told_on", "channel", "told", "reaction", "recorded_by_id", "version"),
    ),
    rls.gate_function("access.table_is_open() RETURNS trigger", TABLE_IS_OPEN, to="wel_owner"),
    rls.gate_function("access.close_complete() RETURNS trigger", CLOSE_COMPLETE, to="wel_owner"),
    rls.sql(TRIGGERS, NO_TRIGGERS),
]
