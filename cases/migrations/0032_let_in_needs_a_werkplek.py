"""Being let in to a name holds only with a werkplek of today, also when a right that followed from one was left behind."""

from importlib import import_module

from django.db import migrations

from access import rls

BEFORE = import_module("cases.migrations.0021_names_and_looks")

# The werkplek itself is asked and not only the right that was made from it, so that a right that stayed opens no name.
HERE = (
    f"(g.swv_id IN ({BEFORE.WORKPLACES.format(column='swv_id')})"
    f" OR g.gemeente_id IN ({BEFORE.WORKPLACES.format(column='gemeente_id')}))"
)
LET_IN = BEFORE.LET_IN.replace("AND g.until >= day", f"AND {HERE}\n          AND g.until >= day")


class Migration(migrations.Migration):
    dependencies = [("cases", "0031_quicker_people")]

    operations = [
        rls.gate_function("access.let_in() RETURNS bigint[]", LET_IN, volatility="STABLE", replaces=BEFORE.LET_IN),
    ]
