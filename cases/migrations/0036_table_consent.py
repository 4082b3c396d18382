"""Until when a jeugdige may be discussed at a WEL-tafel: counted out by leerplicht, and read by who works on the case."""

from importlib import import_module

from django.db import migrations, models

from access import rls

LONG_AGO = import_module("cases.models").NOT_SHARED

# As keep_interview_consent() of 0026: only leerplicht, not for long, and only on a standing yes.
KEEP = """
DECLARE day date := access.today();
BEGIN
    IF access.known(ARRAY[for_case]) = '{}' THEN
        RAISE EXCEPTION 'not allowed to set this consent' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF until IS NULL OR until > (day + interval '2 years')::date THEN
        RAISE EXCEPTION 'consent for too long' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF until >= day AND NOT access.standing_yes(for_case, 'tafel', until) THEN
        RAISE EXCEPTION 'no consent for this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.cases_interviewconsent AS i (case_id, swv_id, gemeente_id, shared_until, interview_since,
        interview_until, quotes_until, reasons_until, table_until)
    SELECT c.id, c.swv_id, c.gemeente_id, c.shared_until, '1900-01-01', '1900-01-01', '1900-01-01', '1900-01-01', until
    FROM public.cases_case c WHERE c.id = for_case
    ON CONFLICT (case_id, swv_id, gemeente_id) DO UPDATE SET table_until = excluded.table_until
    WHERE i.table_until IS DISTINCT FROM excluded.table_until;
END
"""

# A no closes at once, also when nobody counts the consequences out afterwards.
CLOSE = """
BEGIN
    UPDATE public.cases_interviewconsent SET table_until = '1900-01-01' WHERE case_id = NEW.case_id;
    RETURN NULL;
END
"""

# A yes to the team of one SWV is none to that of another (R11.2).
MOVED = """
BEGIN
    NEW.table_until := '1900-01-01';
    RETURN NEW;
END
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0035_question_list_kind")]

    operations = [
        migrations.AddField(
            "interviewconsent",
            "table_until",
            models.DateField("tafel tot en met", default=LONG_AGO, db_default=LONG_AGO, editable=False),
        ),
        rls.gate_function("access.keep_table_consent(for_case bigint, until date) RETURNS void", KEEP),
        rls.gate_function("access.close_table_consent() RETURNS trigger", CLOSE, to="wel_owner"),
        rls.gate_function("access.end_table_consent() RETURNS trigger", MOVED, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER close_table_consent AFTER INSERT ON cases_consent FOR EACH ROW"
            " WHEN (NEW.purpose = 'tafel' AND NEW.answer IN ('geweigerd', 'ingetrokken'))"
            " EXECUTE FUNCTION access.close_table_consent();"
            "CREATE TRIGGER end_table_consent BEFORE UPDATE ON cases_interviewconsent FOR EACH ROW"
            " WHEN (NEW.swv_id <> OLD.swv_id OR NEW.gemeente_id <> OLD.gemeente_id)"
            " EXECUTE FUNCTION access.end_table_consent();",
            "DROP TRIGGER end_table_consent ON cases_interviewconsent; DROP TRIGGER close_table_consent ON cases_consent;",
        ),
    ]
