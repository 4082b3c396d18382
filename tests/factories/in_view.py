"""In beeld: the law that holds for a jeugdige, and the first contact."""

from datetime import date

import factory

from cases.models import ContactAttempt, LegalStatus
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory


class LegalStatusFactory(PartFactory):
    """A temporary exemption of the school year 2025-2026, without a plan."""

    class Meta:
        model = LegalStatus

    kind = LegalStatus.Kind.EXEMPT
    duration = LegalStatus.Duration.TEMPORARY
    starts_on = date(2025, 8, 1)
    ends_on = date(2026, 7, 31)
    stated_by = factory.SubFactory(UserFactory)


class ContactAttemptFactory(PartFactory):
    class Meta:
        model = ContactAttempt

    channel = ContactAttempt.Channel.PHONE
    result = ContactAttempt.Result.WANTS_TALK
    contact_by = factory.SubFactory(UserFactory)
    recorded_by = factory.SelfAttribute("contact_by")
