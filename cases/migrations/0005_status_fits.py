"""Room for the longest status: "voorbereiding" has thirteen letters."""

from django.db import migrations, models

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


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_youth_words")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.CharField(choices=STATUSES, default="signaal", max_length=16, verbose_name="status"),
        ),
    ]
