"""Invented data never comes beside real data, and only the owner makes the first beheerder."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import resolve
from django.utils import timezone

from access.models import AuditEvent, User
from regions.models import Membership, Role
from tests.database import as_owner
from tests.factories import MembershipFactory, UserFactory, national, swv

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["prepare_demo", "load_demo", "demo_logins"])
def test_nothing_of_the_demo_runs_outside_the_demo(settings, command):
    settings.DEMO = False

    with pytest.raises(CommandError, match=r"\./wel\.sh demo"):
        call_command(command)


@pytest.mark.parametrize(
    ("command", "options"),
    [("prepare_demo", {}), ("prepare_demo", {"check": True}), ("load_demo", {}), ("demo_logins", {})],
)
def test_a_database_with_one_real_account_is_refused_and_stays_as_it_was(as_demo, command, options):
    UserFactory(email="iemand@gemeente.example")

    with as_owner(), pytest.raises(CommandError, match="Er is niets veranderd"):
        call_command(command, **options)

    assert list(User.objects.values_list("email", flat=True)) == ["iemand@gemeente.example"]


def test_an_address_that_only_looks_like_the_demo_is_real(as_demo):
    UserFactory(email="iemand@demo.wel.test.example")

    with pytest.raises(CommandError):
        call_command("prepare_demo", check=True)


def test_whoever_was_invited_in_the_demo_does_not_keep_it_from_starting(as_demo):
    with as_owner():
        call_command("prepare_demo")
    beheerder = User.objects.get()
    MembershipFactory(user=UserFactory(email="iemand@gemeente.example"), swv=swv(), given_by=beheerder)

    call_command("prepare_demo", check=True)
    with as_owner():
        call_command("prepare_demo", check=True)


def test_one_stranger_among_the_invited_is_enough_to_refuse(as_demo):
    with as_owner():
        call_command("prepare_demo")
    beheerder = User.objects.get()
    MembershipFactory(user=UserFactory(email="iemand@gemeente.example"), swv=swv(), given_by=beheerder)
    UserFactory(email="vreemde@gemeente.example")

    with pytest.raises(CommandError, match="Er is niets veranderd"):
        call_command("prepare_demo", check=True)


def test_loading_needs_the_beheerder_that_only_the_owner_makes(as_demo):
    with pytest.raises(CommandError, match="prepare_demo"):
        call_command("load_demo")


def test_preparing_twice_makes_one_beheerder(as_demo):
    with as_owner():
        call_command("prepare_demo")
        call_command("prepare_demo")

    assert User.objects.count() == 1


def create(**options):
    out = StringIO()
    with as_owner():
        call_command("create_beheerder", stdout=out, **options)
    return out.getvalue()


def test_the_first_beheerder_gets_a_link_that_works(client):
    answer = create(email="Beheer@Gemeente.example", naam="Wie Dan Ook")

    with as_owner():
        membership = Membership.objects.get()
        assert membership.role == Role.BEHEER
        assert AuditEvent.objects.filter(event="membership_given").count() == 1
    assert membership.user.email == "beheer@gemeente.example"
    path = re.search(r"https?://[^/]+(/\S+)", answer)[1]
    assert resolve(path)
    assert client.get(path).status_code == 200


def test_asking_again_gives_a_new_link_and_no_second_role():
    create(email="beheer@gemeente.example", naam="Wie Dan Ook")

    assert "http" in create(email="beheer@gemeente.example", naam="Wie Dan Ook")
    with as_owner():
        assert Membership.objects.count() == 1


def test_a_second_beheerder_is_made_only_when_asked_for():
    national(Role.BEHEER)

    with pytest.raises(CommandError, match="al een beheerder"):
        create(email="tweede@gemeente.example", naam="Nog Iemand")

    create(email="tweede@gemeente.example", naam="Nog Iemand", extra=True)
    with as_owner():
        assert Membership.objects.in_force(timezone.localdate()).filter(role=Role.BEHEER).count() == 2


def test_an_address_that_is_none_is_refused():
    with pytest.raises(CommandError, match="e-mailadres"):
        create(email="geen adres", naam="Wie Dan Ook")


def test_the_web_role_makes_no_beheerder():
    with pytest.raises(CommandError, match="eigenaar van de tabellen"):
        call_command("create_beheerder", email="beheer@gemeente.example", naam="Wie Dan Ook")

    assert not User.objects.exists()
