"""What the tests of the pages of Beheer look at."""

from access.context import acting_as
from access.models import AuditEvent
from regions.models import Membership
from tests.database import as_owner


def events(*names):
    """(event, detail) of the log as the owner of the tables sees it, oldest first."""
    with as_owner():
        return list(AuditEvent.objects.filter(event__in=names).order_by("pk").values_list("event", "detail"))


def alerts(response):
    return response.content.decode().replace("&#x27;", "'")


def person_membership(reader, person):
    with acting_as(reader):
        return Membership.objects.get(user=person)
