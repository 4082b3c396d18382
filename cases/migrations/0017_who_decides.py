"""Who decides about consent: both parents unless it is on record that one does (R2.2), and only leerplicht changes it.

Cases from before keep the number that they have.
"""

from importlib import import_module

from django.db import migrations, models

from access import rls

BEFORE = import_module("cases.migrations.0003_policies")

# From these columns follows whose yes is needed, so they are part of consent, which is for leerplicht of the case.
DECIDING = ("birth_year", "birth_month", "is_signal", "parents_with_authority", "cannot_judge_reason")
CHANGED = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in DECIDING)

KEEP_DECIDERS = """
BEGIN
    IF access.known(ARRAY[OLD.id]) = '{}' THEN
        RAISE EXCEPTION 'not allowed to change who decides' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
"""

# As in cases/forms/consent.py: nothing is shared for longer than two years without asking again.
SHARE = BEFORE.SHARE.replace(
    """
    IF until >= access.today() AND NOT EXISTS (""",
    """
    IF until IS NULL OR until > (access.today() + interval '2 years')::date THEN
        RAISE EXCEPTION 'shared for too long' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF until >= access.today() AND NOT EXISTS (""",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_status_history")]

    operations = [
        migrations.AlterField(
            "case", "parents_with_authority", models.PositiveSmallIntegerField("ouders met gezag", default=2)
        ),
        migrations.AlterField(
            "consent",
            "how",
            models.CharField(
                "hoe",
                max_length=10,
                blank=True,
                choices=[
                    ("papier", "Op papier, ondertekend"),
                    ("mondeling", "Mondeling, in een gesprek"),
                    ("bericht", "In een bericht of mail"),
                    ("aanmelden", "Gemeld bij het aanmelden"),
                ],
            ),
        ),
        rls.gate_function("access.keep_deciders() RETURNS trigger", KEEP_DECIDERS, to="wel_owner"),
        # The condition is asked as who updates, so maintenance by the owner of the tables passes.
        rls.sql(
            f"CREATE TRIGGER keep_deciders BEFORE UPDATE ON cases_case FOR EACH ROW"
            f" WHEN (current_user <> 'wel_owner' AND ({CHANGED})) EXECUTE FUNCTION access.keep_deciders()",
            "DROP TRIGGER keep_deciders ON cases_case",
        ),
        rls.gate_function("access.share_case(for_case bigint, until date) RETURNS void", SHARE, replaces=BEFORE.SHARE),
    ]
