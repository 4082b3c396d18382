"""What somebody was reminded of and who wants which mail; mail that left long ago is pruned."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from access import rls

# Which mail somebody wants, nobody else decides.
OWN_CHOICES = """
BEGIN
    IF access.maybe_who() IS DISTINCT FROM NEW.id THEN
        RAISE EXCEPTION 'everybody chooses their own mail' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
"""
TRIGGER = """
GRANT UPDATE (mail_choices) ON access_user TO wel_app;
CREATE TRIGGER own_choices AFTER UPDATE OF mail_choices ON access_user FOR EACH ROW
    WHEN (current_user = 'wel_app' AND OLD.mail_choices IS DISTINCT FROM NEW.mail_choices)
    EXECUTE FUNCTION access.own_choices();
"""
# What left, or was not needed any more. What did not leave stays until a person has seen it (manage mail --gezien).
PRUNE_MAIL = """
DECLARE number bigint;
BEGIN
    DELETE FROM public.access_mailjob j
    WHERE j.status IN ('verstuurd', 'vervallen')
      AND coalesce(j.sent_at, j.tried_at, j.created_at) < now() - interval '90 days';
    GET DIAGNOSTICS number = ROW_COUNT;
    DELETE FROM public.access_reminder r WHERE r.falls_at < now() - interval '90 days';
    RETURN number;
END
"""
# No row level security: numbers, written by the worker before anybody is known. The web role adds, and changes nothing.
GRANTS = """
REVOKE UPDATE, DELETE ON access_reminder FROM wel_app;
GRANT SELECT, DELETE ON access_mailjob, access_reminder TO wel_gate;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_mail_queue"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="mail_choices",
            field=models.JSONField(blank=True, db_default={}, default=dict, verbose_name="meldingen"),
        ),
        rls.gate_function("access.own_choices() RETURNS trigger", OWN_CHOICES, to="wel_owner"),
        rls.sql(
            TRIGGER, "DROP TRIGGER own_choices ON access_user; REVOKE UPDATE (mail_choices) ON access_user FROM wel_app"
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="soort")),
                ("number", models.BigIntegerField(verbose_name="waarover")),
                ("falls_at", models.DateTimeField(verbose_name="wanneer")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie",
                    ),
                ),
            ],
            options={
                "verbose_name": "herinnering",
                "verbose_name_plural": "herinneringen",
                "indexes": [models.Index(fields=["falls_at"], name="reminder_by_moment")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind", "number", "falls_at"), name="reminder_once")
                ],
            },
        ),
        rls.sql(GRANTS, "REVOKE SELECT, DELETE ON access_mailjob, access_reminder FROM wel_gate"),
        rls.gate_function("access.prune_mail() RETURNS bigint", PRUNE_MAIL),
    ]
