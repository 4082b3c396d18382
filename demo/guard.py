"""Invented data never comes beside real data: the address of every account tells which it is."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from access.models import User


def require_only(domain):
    """Stop unless the database holds no account but those of `domain`; each case was registered by some account.

    A database without tables is empty too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('access_user') IS NULL")
        if cursor.fetchone()[0]:
            return
    if User.objects.exclude(email__endswith=f"@{domain}").exists():
        raise CommandError(
            f"In deze database staan accounts die niet op @{domain} eindigen. Verzonnen gegevens komen daar nooit bij."
            " Er is niets veranderd. Gebruik een andere, lege database."
        )


def require_demo():
    if not settings.DEMO:
        raise CommandError("Dit kan alleen in de demo. Start die met ./wel.sh demo.")
