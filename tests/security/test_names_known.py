"""Who was let in to a name keeps it as long as they work there: every function that knows names, asked as the web role."""

from datetime import timedelta

from django.utils import timezone

from cases.models import CaseMember
from regions.models import Membership, Role, SamenwerkingsverbandGrant
from tests import factories
from tests.database import as_owner


def names_known(session, person, case):
    """What each function says that knows who was let in; each in a transaction of its own."""
    session.connection.rollback()
    session.become(person.pk)
    asked = {
        "let_in": ("SELECT unnest(access.let_in())",),
        "identities": ("SELECT case_id FROM access.identities(ARRAY[%s::bigint], 'toch')", case.pk),
        "search": ("SELECT case_id FROM access.search_identities('geheim')",),
    }
    answers = {name: [pk for (pk,) in session.run(*statement)] for name, statement in asked.items()}
    session.connection.rollback()
    return answers


KNOWN_BY_ALL = ("let_in", "identities", "search")


def everywhere(*case_ids):
    return {function: list(case_ids) for function in KNOWN_BY_ALL}


def end_yesterday(rows):
    yesterday = timezone.localdate() - timedelta(days=1)
    with as_owner():
        rows.update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)


def test_who_leaves_the_team_of_a_swv_leaves_the_names(fresh_world, session):
    own, coordinator = fresh_world.own, fresh_world.coordinator
    factories.IdentityGrantFactory(case=own, user=coordinator, until=own.shared_until)
    assert names_known(session, coordinator, own) == everywhere(own.pk)

    end_yesterday(Membership.objects.filter(user=coordinator))
    end_yesterday(SamenwerkingsverbandGrant.objects.filter(user=coordinator))

    assert names_known(session, coordinator, own) == everywhere()


def test_who_stops_working_on_a_case_leaves_its_name(fresh_world, session):
    own, owner = fresh_world.own, fresh_world.owner
    factories.IdentityGrantFactory(case=own, user=owner, until=own.shared_until)
    assert names_known(session, owner, own) == everywhere(own.pk)

    end_yesterday(CaseMember.objects.unscoped().filter(user=owner))

    assert names_known(session, owner, own) == everywhere()


def test_a_coordinator_who_is_eigenaar_too_keeps_the_name_by_either(fresh_world, session):
    """access.case_scope() leaves such a case out, because the SWV opens it."""
    own, coordinator = fresh_world.own, fresh_world.coordinator
    factories.IdentityGrantFactory(case=own, user=coordinator, until=own.shared_until)
    factories.CaseMemberFactory(case=own, user=coordinator, role="verbinder")
    factories.MembershipFactory(user=coordinator, role=Role.CASEWORKER, swv=own.swv)
    assert names_known(session, coordinator, own) == everywhere(own.pk)

    end_yesterday(Membership.objects.filter(user=coordinator, role=Role.COORDINATOR))
    end_yesterday(SamenwerkingsverbandGrant.objects.filter(user=coordinator))
    assert names_known(session, coordinator, own) == everywhere(own.pk)

    end_yesterday(Membership.objects.filter(user=coordinator))
    assert names_known(session, coordinator, own) == everywhere()


def test_who_was_let_in_and_works_elsewhere_or_otherwise_knows_no_name(fresh_world, session):
    own = fresh_world.own
    guest = factories.CaseMemberFactory(case=own, role="deelnemer").user
    others = [guest, fresh_world.contact, fresh_world.stranger, fresh_world.project, factories.coordinator("PO2203")]
    for person in others:
        factories.IdentityGrantFactory(case=own, user=person, until=own.shared_until)

    assert [names_known(session, person, own) for person in others] == [everywhere()] * len(others)


def test_an_account_that_was_switched_off_knows_no_name(fresh_world, session):
    own, coordinator = fresh_world.own, fresh_world.coordinator
    factories.IdentityGrantFactory(case=own, user=coordinator, until=own.shared_until)
    with as_owner():
        type(coordinator).objects.filter(pk=coordinator.pk).update(is_active=False)

    assert names_known(session, coordinator, own) == everywhere()


def test_a_right_that_stayed_behind_opens_no_name_without_a_werkplek(fresh_world, session):
    """The page is closed and so is the function, whatever is left of rights, of work on the case and of being let in."""
    own = fresh_world.own
    people = [fresh_world.coordinator, fresh_world.owner]
    for person in people:
        factories.IdentityGrantFactory(case=own, user=person, until=own.shared_until)
        assert names_known(session, person, own) == everywhere(own.pk)

    end_yesterday(Membership.objects.filter(user__in=people))

    with as_owner():
        assert SamenwerkingsverbandGrant.objects.filter(user=fresh_world.coordinator, ends_on=None).exists()
        assert CaseMember.objects.unscoped().filter(user=fresh_world.owner, ends_on=None).exists()
    assert [names_known(session, person, own) for person in people] == [everywhere()] * 2
