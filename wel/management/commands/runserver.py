"""Django's server for developers, without the look at the table of migrations: the web role may not read that."""

from django.contrib.staticfiles.management.commands.runserver import Command as Server


class Command(Server):
    def check_migrations(self):
        """`./wel.sh demo` and `migrate` bring tables up to date, as their owner."""
