"""Refuses a database role that could walk around row-level security."""

from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

_ROLE = """
SELECT current_user,
       r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid),
       EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid),
       has_database_privilege(current_database(), 'TEMP'),
       has_database_privilege(current_database(), 'CREATE'),
       has_schema_privilege('public', 'CREATE')
FROM pg_roles r WHERE r.rolname = current_user
"""
_FAULTS = (
    "is superuser",
    "heeft BYPASSRLS",
    "mag rollen maken",
    "mag databases maken",
    "is lid van een andere rol",
    "bezit tabellen",
    "mag tijdelijke tabellen maken",
    "mag schema's maken",
    "mag tabellen maken",
)


def role_faults():
    """What makes the connected role unfit for serving requests, in words; empty when it is confined."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        role, *faults = cursor.fetchone()
    return [f"De databaserol {role} {text}." for text, found in zip(_FAULTS, faults, strict=True) if found]


def require_confined_role():
    """Stop the start of a web process or worker whose role could bypass the policies."""
    if faults := role_faults():
        raise ImproperlyConfigured(" ".join(faults) + " Verbind als wel_app (zie docs/beheer.md).")


@register(Tags.database)
def confined_role(app_configs, databases, **kwargs):
    if not databases:
        return []
    return [Error(fault, id="access.E001") for fault in role_faults()]
