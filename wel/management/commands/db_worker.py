"""The worker of django-tasks-db, refusing a database role that could bypass the policies."""

from django_tasks_db.management.commands.db_worker import Command as Worker

from access.checks import require_confined_role


class Command(Worker):
    def handle(self, *args, **options):
        require_confined_role()
        super().handle(*args, **options)
