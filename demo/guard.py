"""Invented data never comes beside real data: the address of every account tells which it is."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from access.context import acting_as
from access.models import User
from regions.models import Membership


def require_only(domain):
    """Stop unless every account in the database is one of `domain`, or was invited by one of them.

    Each case was registered by some account, so this holds for the cases too. A database without tables is empty.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('access_user') IS NULL")
        if cursor.fetchone()[0]:
            return
    others = set(User.objects.exclude(email__endswith=f"@{domain}").values_list("pk", flat=True))
    if others and others - _invited_by(domain, others):
        raise CommandError(
            f"In deze database staan accounts die niet op @{domain} eindigen. Verzonnen gegevens komen daar nooit bij."
            " Er is niets veranderd. Gebruik een andere, lege database."
        )


def _invited_by(domain, others):
    """Who got a place from an account of `domain`: somebody trying out the demo may invite any address."""
    host = User.objects.filter(email__endswith=f"@{domain}").first()
    if host is None:
        return set()
    with acting_as(host), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wel.maintenance', 'on', true)")  # the owner of the tables asks this too
        given = Membership.objects.filter(user__in=others, given_by__email__endswith=f"@{domain}")
        return set(given.values_list("user_id", flat=True))


def require_demo():
    if not settings.DEMO:
        raise CommandError("Dit kan alleen in de demo. Start die met ./wel.sh demo.")
