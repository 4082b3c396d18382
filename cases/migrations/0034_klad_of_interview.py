"""Het klad of an answer goes with the yes to the interview: taken back, and nothing that was typed stays."""

from django.db import migrations

from access import rls

# Also at a handover, which lets go of the yes in the same way. Of a yes to quotes that was taken back only the quote goes.
# A yes that ends by itself closes the pages, and what was typed is wiped with the other old kladjes.
WIPE = """
BEGIN
    IF NEW.interview_until = '1900-01-01' THEN
        UPDATE public.cases_draft SET answers = '{}', closed_at = coalesce(closed_at, clock_timestamp())
        WHERE case_id = NEW.case_id AND (place LIKE 'vraag-%' OR place LIKE 'antwoord-%') AND answers <> '{}';
    ELSE
        UPDATE public.cases_draft SET answers = answers - 'quote'
        WHERE case_id = NEW.case_id AND (place LIKE 'vraag-%' OR place LIKE 'antwoord-%') AND answers ? 'quote';
    END IF;
    RETURN NULL;
END
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0033_lichtje_of_entry")]

    operations = [
        rls.gate_function("access.wipe_interview_drafts() RETURNS trigger", WIPE, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER wipe_drafts AFTER UPDATE ON cases_interviewconsent FOR EACH ROW"
            " WHEN ((NEW.interview_until < OLD.interview_until AND NEW.interview_until = '1900-01-01')"
            " OR (NEW.quotes_until < OLD.quotes_until AND NEW.quotes_until = '1900-01-01'))"
            " EXECUTE FUNCTION access.wipe_interview_drafts()",
            "DROP TRIGGER wipe_drafts ON cases_interviewconsent",
        ),
    ]
