"""Vandaag leaves a no at that: the few refusals in an index of their own, instead of reading every answer ever given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0029_owner_and_handover")]

    operations = [
        migrations.AddIndex(
            "consent",
            models.Index(
                fields=["case"],
                condition=models.Q(purpose="delen", answer__in=["geweigerd", "ingetrokken"]),
                name="consent_refusals",
            ),
        ),
    ]
