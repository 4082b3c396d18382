"""Object grants follow memberships, also when two beheerders change the same person at the same moment."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from access.context import acting_as
from regions.actions import end_membership, give_membership
from regions.models import Membership, Role, SamenwerkingsverbandGrant
from tests import factories
from tests.at_once import at_once
from tests.database import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


def grants(person):
    with as_owner():
        rows = SamenwerkingsverbandGrant.objects.filter(user=person)
        return {(grant.permission.codename, grant.content_object.key) for grant in rows.select_related()}


def test_a_werkplek_that_ends_while_another_is_given_leaves_no_rights():
    person = factories.coordinator()
    first, second = factories.national(Role.BEHEER), factories.national(Role.BEHEER)
    with as_owner():
        membership = Membership.objects.get(user=person)
    yesterday = timezone.localdate() - timedelta(days=1)

    def end():
        with acting_as(first):
            end_membership(membership=membership, ends_on=yesterday, by=first)
            time.sleep(0.5)  # the other one reads now, and this is not saved yet

    def give():
        time.sleep(0.2)
        with acting_as(second):
            give_membership(user=person, role=Role.SWV_CONTACT, swv=factories.swv("PO2203"), by=second)

    assert at_once(end, give) == []
    assert {key for _, key in grants(person)} == {"PO2203"}


def test_two_werkplekken_given_at_once_both_count():
    person = factories.UserFactory()
    givers = [factories.national(Role.BEHEER), factories.national(Role.BEHEER)]

    def give(by, key):
        with acting_as(by):
            give_membership(user=person, role=Role.COORDINATOR, swv=factories.swv(key), by=by)

    assert (
        at_once(*(lambda by=by, key=key: give(by, key) for by, key in zip(givers, ("PO2001", "PO2203"), strict=True)))
        == []
    )
    assert {key for _, key in grants(person)} == {"PO2001", "PO2203"}
