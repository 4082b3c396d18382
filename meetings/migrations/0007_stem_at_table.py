"""The stem follows the table: it closes when the table begins, and who sits there reads what the youth gave the table."""

from importlib import import_module

from django.db import migrations

from access import rls

STEM = import_module("meetings.migrations._0003_sql")
TABLES = import_module("meetings.migrations._0004_sql")

# The first table that is still to come. A stem that closed when its table began stays closed.
FIRST_TABLE = (
    "(SELECT min(i.starts_at) FROM public.meetings_agendaitem i"
    " WHERE i.case_id = NEW.case_id AND i.status = 'gepland' AND i.starts_at > now())"
)
FOLLOWS = """
DECLARE begins timestamptz := FIRST_TABLE;
BEGIN
    UPDATE public.meetings_voicelink l SET closes_at = begins
    WHERE l.case_id = NEW.case_id AND l.withdrawn_at IS NULL AND l.wiped_at IS NULL
      AND (l.closes_at IS NULL OR l.closes_at > now()) AND l.closes_at IS DISTINCT FROM begins;
    RETURN NULL;
END
""".replace("FIRST_TABLE", FIRST_TABLE)
BEGINS_WITH = """
BEGIN
    NEW.closes_at := coalesce(NEW.closes_at, FIRST_TABLE);
    RETURN NEW;
END
""".replace("FIRST_TABLE", FIRST_TABLE)
TRIGGERS = """
CREATE TRIGGER stem_follows AFTER INSERT OR UPDATE OF starts_at, status ON meetings_agendaitem
    FOR EACH ROW EXECUTE FUNCTION access.stem_follows_table();
CREATE TRIGGER stem_of_table BEFORE INSERT ON meetings_voicelink
    FOR EACH ROW EXECUTE FUNCTION access.stem_of_table();
"""
AT_TABLE = (
    f"(case_id + 0 = ANY ({TABLES.mine('table_cases')}) AND may_table_read AND sent_at IS NOT NULL AND {TABLES.SHARED})"
)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_live")]

    operations = [
        rls.gate_function("access.stem_follows_table() RETURNS trigger", FOLLOWS, to="wel_owner"),
        rls.gate_function("access.stem_of_table() RETURNS trigger", BEGINS_WITH, to="wel_owner"),
        rls.sql(
            TRIGGERS,
            "DROP TRIGGER stem_follows ON meetings_agendaitem; DROP TRIGGER stem_of_table ON meetings_voicelink;",
        ),
        rls.sql(
            f"ALTER POLICY web_select ON meetings_voiceanswer USING (({STEM.SENT}) OR {AT_TABLE});",
            f"ALTER POLICY web_select ON meetings_voiceanswer USING ({STEM.SENT});",
        ),
    ]
