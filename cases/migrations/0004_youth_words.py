"""What the youth said stays: every wensdroom in a Reis is also kept in a table that nobody can change (R5.5)."""

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from access import rls

SCOPE_KEY = """
ALTER TABLE cases_youthwords ADD CONSTRAINT cases_youthwords_scope
    FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX cases_youthwords_scope ON cases_youthwords (case_id, swv_id, gemeente_id, shared_until);
"""

# Who wrote it down is who is asking; maintenance, which has no context, takes the name from the Reis.
KEEP_WORDS = """
BEGIN
    IF NEW.wensdroom = '' THEN RETURN NULL; END IF;
    IF TG_OP = 'UPDATE' AND NEW.wensdroom = OLD.wensdroom AND NEW.wensdroom_on IS NOT DISTINCT FROM OLD.wensdroom_on
    THEN RETURN NULL; END IF;
    INSERT INTO public.cases_youthwords
        (case_id, swv_id, gemeente_id, shared_until, text, said_on, written_by_id, created_at)
    VALUES (NEW.case_id, NEW.swv_id, NEW.gemeente_id, NEW.shared_until, NEW.wensdroom, NEW.wensdroom_on,
            coalesce(access.maybe_who(), NEW.wensdroom_by_id), clock_timestamp());
    RETURN NULL;
END
"""

# The same readers as the Reis itself (0003).
SHARED = "shared_until >= (SELECT access.today())"
READERS = (
    f"gemeente_id = ANY ({rls.scope('access.gemeente_scope', 'register_cases')})"
    f" OR swv_id = ANY ({rls.scope('access.swv_scope', 'register_cases')})"
    f" OR ({SHARED} AND (swv_id = ANY ({rls.scope('access.swv_scope', 'work_on_cases')})"
    f" OR swv_id = ANY ({rls.scope('access.swv_scope', 'view_journeys')})"
    " OR case_id = ANY ((SELECT access.case_scope())::bigint[])))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_policies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="YouthWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("text", models.TextField(max_length=2000, verbose_name="eigen woorden")),
                ("said_on", models.DateField(null=True, verbose_name="gezegd op")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False, on_delete=PROTECT, related_name="%(class)s_rows", to="cases.case"
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(editable=False, on_delete=PROTECT, related_name="+", to="regions.gemeente"),
                ),
                (
                    "swv",
                    models.ForeignKey(
                        editable=False, on_delete=PROTECT, related_name="+", to="regions.samenwerkingsverband"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "uitspraak van de jongere",
                "verbose_name_plural": "uitspraken van de jongere",
                "ordering": ["-id"],
            },
        ),
        rls.sql(SCOPE_KEY),
        rls.protect("cases_youthwords", select=READERS),
        rls.gate_function("access.keep_youth_words() RETURNS trigger", KEEP_WORDS, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER keep_youth_words AFTER INSERT OR UPDATE OF wensdroom, wensdroom_on ON cases_journey"
            " FOR EACH ROW EXECUTE FUNCTION access.keep_youth_words()",
            "DROP TRIGGER keep_youth_words ON cases_journey",
        ),
    ]
