"""The table behind Django's cache: rate limits must count over all web processes."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS wel_cache")


class Migration(migrations.Migration):
    dependencies = [("access", "0002_who_is_asking")]

    operations = [migrations.RunPython(create, drop)]
