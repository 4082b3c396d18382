"""The SQL of 0008: a verslag is opened for one reader at a time, and put right by whoever works on the jeugdige."""

from importlib import import_module

from access import rls

TABLES = import_module("meetings.migrations._0004_sql")
LIVE = import_module("meetings.migrations._0006_sql")
READ, WORKS, TEAM, WHO, SHARED, mine = (
    TABLES.READ, TABLES.WORKS, TABLES.TEAM, TABLES.WHO, TABLES.SHARED, TABLES.mine,
)  # fmt: skip

KEYS = LIVE.KEYS.format(table="meetings_reportreader") + LIVE.SEAT.format(table="meetings_reportreader")
KEYS += """
ALTER TABLE meetings_reportreader ADD CONSTRAINT meetings_reportreader_own_report
    FOREIGN KEY (report_id, item_id) REFERENCES meetings_tablereport (id, item_id);
"""

# Of the tables at which somebody reads along anyhow (access.my_tables), those whose verslag was shared with them.
SHARED_REPORTS = """
DECLARE tables bigint[] := access.table_items();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(r.report_id), '{}')
        FROM public.meetings_reportreader r JOIN public.meetings_participant p ON p.id = r.participant_id
        WHERE p.user_id = access.who() AND p.removed_at IS NULL AND r.taken_back_at IS NULL AND r.item_id = ANY (tables));
END
"""
# Nobody without an account, and nobody who was never asked: a verslag never leaves in another way.
MAY_BE_ASKED = """EXISTS (
    SELECT FROM meetings_participant p
    WHERE p.id = meetings_reportreader.participant_id AND p.user_id IS NOT NULL AND p.invited_at IS NOT NULL
      AND p.removed_at IS NULL)"""
OWN = f"participant_id = ANY ({mine('my_seats')}) AND item_id = ANY ({mine('invited_items')})"

READERS = f"{READ} OR id = ANY ({mine('shared_reports')})"
WHOLE_TABLE = f"{READ} OR ({LIVE.AT_TABLE} AND shared_at IS NOT NULL)"
FORTH = f"""
ALTER POLICY web_select ON meetings_tablereport USING ({READERS});
ALTER POLICY web_insert ON meetings_tablereport
    WITH CHECK ({TEAM} AND closed_by_id = {WHO} AND updated_by_id IS NULL);
ALTER POLICY web_update ON meetings_tablereport USING ({WORKS}) WITH CHECK ({WORKS} AND updated_by_id = {WHO});
REVOKE UPDATE ON meetings_tablereport FROM wel_app;
GRANT UPDATE (agreed, mix, is_feasible, dissent, updated_by_id, updated_at, version) ON meetings_tablereport TO wel_app;
"""
BACK = f"""
ALTER POLICY web_select ON meetings_tablereport USING ({WHOLE_TABLE});
ALTER POLICY web_insert ON meetings_tablereport WITH CHECK ({TEAM} AND closed_by_id = {WHO});
ALTER POLICY web_update ON meetings_tablereport USING ({TEAM}) WITH CHECK ({TEAM});
REVOKE UPDATE ON meetings_tablereport FROM wel_app;
GRANT UPDATE (agreed, mix, is_feasible, advice, dissent, shared_at, version) ON meetings_tablereport TO wel_app;
"""

OPERATIONS = [
    rls.sql(KEYS),
    rls.protect(
        "meetings_reportreader",
        select=f"{READ} OR (taken_back_at IS NULL AND {OWN})",
        insert=f"{WORKS} AND {SHARED} AND shared_by_id = {WHO} AND taken_back_at IS NULL AND {MAY_BE_ASKED}",
        update_from=WORKS,
        update=f"{WORKS} AND (taken_back_at IS NOT NULL OR {SHARED} AND shared_by_id = {WHO} AND {MAY_BE_ASKED})",
        columns=("shared_at", "shared_by_id", "taken_back_at"),
    ),
    rls.gate_function("access.shared_reports() RETURNS bigint[]", SHARED_REPORTS, volatility="STABLE"),
    rls.sql(FORTH, BACK),
]
