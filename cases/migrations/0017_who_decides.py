"""Both parents decide unless it is on record that one does (R2.2); cases from before keep the number they have."""

from django.db import migrations, models


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
    ]
