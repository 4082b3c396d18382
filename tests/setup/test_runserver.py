"""`manage.py runserver` for a developer, in the role that the web has."""

import pytest
from django.contrib.staticfiles.management.commands.runserver import Command as DjangoServer
from django.core.management import get_commands, load_command_class
from django.db import DatabaseError, transaction

pytestmark = pytest.mark.django_db


def test_runserver_starts_without_reading_the_table_of_migrations():
    assert get_commands()["runserver"] == "wel"
    with pytest.raises(DatabaseError, match="django_migrations"), transaction.atomic():
        DjangoServer().check_migrations()

    load_command_class("wel", "runserver").check_migrations()
