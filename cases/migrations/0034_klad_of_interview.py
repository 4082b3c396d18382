"""Het klad of an answer is open only while there is a yes to the interview, and holds no quote without a yes to that."""

from django.db import migrations

from access import rls

# Closed with the answers themselves, and not wiped: when there is a yes again, nothing that was typed is lost
# (docs/decisions/0015). On top of the policies that make a klad its author's own.
ONLY_WITH_A_YES = """
CREATE POLICY interview_with_a_yes ON cases_draft AS RESTRICTIVE TO wel_app USING (
    place !~ '^(vraag|antwoord)-' OR EXISTS (
        SELECT FROM cases_interviewconsent i
        WHERE i.case_id = cases_draft.case_id AND i.interview_until >= (SELECT access.today())));
"""

# Quotes are deleted when the yes to them is taken back (0026), so what was typed to become one goes as well.
TAKE_QUOTE = """
BEGIN
    UPDATE public.cases_draft SET answers = answers - 'quote'
    WHERE case_id = NEW.case_id AND place ~ '^(vraag|antwoord)-' AND answers ? 'quote';
    RETURN NULL;
END
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0033_lichtje_of_entry")]

    operations = [
        rls.sql(ONLY_WITH_A_YES, "DROP POLICY interview_with_a_yes ON cases_draft"),
        rls.gate_function("access.take_quote_from_drafts() RETURNS trigger", TAKE_QUOTE, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER take_quote AFTER UPDATE ON cases_interviewconsent FOR EACH ROW"
            " WHEN (NEW.quotes_until < OLD.quotes_until AND NEW.quotes_until = '1900-01-01')"
            " EXECUTE FUNCTION access.take_quote_from_drafts()",
            "DROP TRIGGER take_quote ON cases_interviewconsent",
        ),
    ]
