"""A samenwerkingsverband is edited by staff and by the import; the version tells that a form has become stale."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_scopes")]

    operations = [
        migrations.AddField(
            model_name="samenwerkingsverband",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
