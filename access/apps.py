from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccessConfig(AppConfig):
    name = "access"
    verbose_name = "Toegang"

    def ready(self):
        from access import checks  # noqa: F401  (registers the system check)
        from access.context import store_context_key

        post_migrate.connect(store_context_key, sender=self)
