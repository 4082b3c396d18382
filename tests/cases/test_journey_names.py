"""The Reis on screen has no names for who only accounts for it, as in the pdf; who works on it reads what was written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from access.models import AuditEvent
from cases.models import Journey, YouthWords
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_contact_reads_the_reis_without_names_and_the_team_as_it_was_written(client_of):
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=9))
    factories.IdentityFactory(case=case)
    factories.JourneyFactory(case=case, wensdroom="Pippeloentje wil bakken", plan="Moeder Verzonnen belt")
    factories.StopFactory(case=case, title="Bij oom van Pippeloentje", state="gemaakt")
    with as_owner():
        Journey.objects.unscoped().update(wensdroom="Pippeloentje wil varen")
        assert YouthWords.objects.unscoped().count() > 1
    contact, coordinator = factories.swv_contact(), factories.coordinator()
    url = reverse("cases:journey", args=[case.pk])

    page = client_of(contact).get(url).content.decode()

    assert "de jongere" in page.lower()
    assert "wil bakken" in page  # what was said earlier
    assert "Pippeloentje" not in page
    assert "Verzonnen" not in page
    assert "Pippeloentje wil varen" in client_of(coordinator).get(url).content.decode()
    with as_owner():
        lines = AuditEvent.objects.filter(event="journey_read").order_by("pk").values_list("user_id", "case_id")
        assert list(lines) == [(contact.pk, case.pk), (coordinator.pk, case.pk)]
