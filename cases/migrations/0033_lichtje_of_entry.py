"""An entry of the logboek knows the halte at which its lichtje was counted, so that both go and come back together."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from access import rls

OF_CASE = import_module("cases.migrations.0028_journey_complete").OF_CASE


class Migration(migrations.Migration):
    dependencies = [("cases", "0032_let_in_needs_a_werkplek")]

    operations = [
        migrations.AddField(
            model_name="logentry",
            name="stop",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cases.stop",
            ),
        ),
        # Set when it is written and never after; only the wiping of a halte for good takes it away.
        rls.sql(
            OF_CASE.format(table="cases_logentry", column="stop", on_delete="SET NULL (stop_id)"),
            "ALTER TABLE cases_logentry DROP CONSTRAINT cases_logentry_stop;",
        ),
    ]
