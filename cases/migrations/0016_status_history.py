"""Every step of a jeugdige is kept: a trigger writes it, so no change of status is without date and person (R3.1)."""

from importlib import import_module

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from access import rls

READERS = import_module("cases.migrations.0010_policies_only_check").readers

SCOPE_KEY = """
ALTER TABLE cases_statuschange ADD CONSTRAINT cases_statuschange_scope
    FOREIGN KEY (case_id, swv_id, gemeente_id, shared_until)
    REFERENCES cases_case (id, swv_id, gemeente_id, shared_until) ON UPDATE CASCADE;
CREATE INDEX cases_statuschange_scope ON cases_statuschange (case_id, swv_id, gemeente_id, shared_until);
"""

# Why and since when come from a setting that cases/actions/status.py fills for one UPDATE; who is who asks. Without
# words the step is of today, as when consent moves a jeugdige on; a registration is of the day it was registered.
KEEP_STEP = """
DECLARE words jsonb := coalesce(nullif(current_setting('wel.status', true), ''), '{}')::jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.status = OLD.status THEN RETURN NULL; END IF;
    INSERT INTO public.cases_statuschange
        (case_id, swv_id, gemeente_id, shared_until, before, after, "on", reason, note, changed_by_id, changed_at)
    VALUES (NEW.id, NEW.swv_id, NEW.gemeente_id, NEW.shared_until,
            CASE WHEN TG_OP = 'UPDATE' THEN OLD.status ELSE '' END, NEW.status,
            coalesce((words ->> 'on')::date,
                     CASE WHEN TG_OP = 'INSERT' THEN NEW.registered_on ELSE access.today() END),
            coalesce(words ->> 'reason', ''), coalesce(words ->> 'note', ''), access.maybe_who(), clock_timestamp());
    RETURN NULL;
END
"""

STATUSES = [
    ("signaal", "Signaal"),
    ("benaderd", "Benaderd"),
    ("toestemming", "Toestemming"),
    ("interview", "Interview"),
    ("voorbereiding", "Voorbereiding"),
    ("aangemeld", "Aangemeld WEL-tafel"),
    ("gepland", "Gepland"),
    ("besproken", "Besproken"),
    ("uitvoering", "In ontwikkeling"),
    ("nazorg", "Nazorg"),
    ("rustpunt", "Rustpunt"),
    ("afgerond", "Afgerond"),
    ("gestopt", "Gestopt"),
]
REASONS = [
    ("toestemming", "Geen toestemming meer"),
    ("verhuisd", "Verhuisd"),
    ("ingeschreven", "Ingeschreven op een school"),
    ("23", "23 jaar geworden"),
    ("overleden", "Overleden"),
    ("anders", "Anders"),
]


def key(to, **options):
    return models.ForeignKey(on_delete=PROTECT, to=to, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_events_of_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shared_until", models.DateField(editable=False)),
                ("before", models.CharField(blank=True, choices=STATUSES, max_length=16, verbose_name="van")),
                ("after", models.CharField(choices=STATUSES, max_length=16, verbose_name="naar")),
                ("on", models.DateField(verbose_name="sinds")),
                ("reason", models.CharField(blank=True, choices=REASONS, max_length=12, verbose_name="reden")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="toelichting")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("case", key("cases.case", db_constraint=False, related_name="%(class)s_rows")),
                ("gemeente", key("regions.gemeente", editable=False, related_name="+")),
                ("swv", key("regions.samenwerkingsverband", editable=False, related_name="+")),
                ("changed_by", key(settings.AUTH_USER_MODEL, null=True, related_name="+")),
            ],
            options={
                "verbose_name": "stap",
                "verbose_name_plural": "stappen",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["case", "-id"], name="cases_statu_case_id_8d2414_idx")],
                "constraints": [
                    models.CheckConstraint(
                        name="status_stopped_with_reason",
                        condition=~models.Q(after="gestopt") | ~models.Q(reason="") | models.Q(changed_by=None),
                        violation_error_message="Kies waarom het stopt.",
                    ),
                    models.CheckConstraint(
                        name="status_reason_only_when_stopped",
                        condition=models.Q(reason="") | models.Q(after="gestopt"),
                    ),
                ],
            },
        ),
        rls.sql(SCOPE_KEY),
        rls.protect("cases_statuschange", select=READERS(" + 0"), audit=False),
        rls.gate_function("access.keep_step() RETURNS trigger", KEEP_STEP, to="wel_owner"),
        rls.sql(
            "CREATE TRIGGER keep_step AFTER INSERT OR UPDATE OF status ON cases_case"
            " FOR EACH ROW EXECUTE FUNCTION access.keep_step()",
            "DROP TRIGGER keep_step ON cases_case",
        ),
    ]
