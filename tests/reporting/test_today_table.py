"""Vandaag of who sits at a table, with or without other work in WEL: to answer, what is near, and what was promised."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import Participant
from tests import factories
from tests.database import as_owner
from tests.reporting.test_today import page_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def place_in(days, **more):
    until = timezone.localdate() + timedelta(days=200)
    case = factories.CaseFactory(shared_until=until)
    team = factories.WelTeamFactory(swv=case.swv)
    meeting = factories.MeetingFactory(team=team, starts_at=NOW + timedelta(days=days))
    return factories.AgendaItemFactory(case=case, meeting=meeting, **more)


def asked(user, item, **more):
    return factories.ParticipantFactory(item=item, user=user, **{"invited_at": NOW} | more)


def test_a_deelnemer_is_asked_to_answer_and_sees_what_is_near(client_of):
    guest, other = factories.UserFactory(), factories.UserFactory()
    far, near, later, refused, not_yet, taken_off, theirs = (place_in(days) for days in (40, 3, 41, 4, 5, 6, 2))
    asked(guest, far)
    asked(guest, near, answer="ja")
    asked(guest, later, answer="ja")
    asked(guest, refused, answer="nee")
    asked(guest, not_yet, invited_at=None)
    asked(guest, taken_off, removed_at=NOW)
    asked(other, theirs)

    page = page_of(client_of(guest))

    assert f"Kun je bij de tafel over {far.code} zijn?" in page
    assert f"Je zit aan tafel over {near.code}" in page
    for item in (later, refused, not_yet, taken_off, theirs):
        assert item.code not in page


def test_the_row_goes_with_the_answer_and_with_the_table(client_of):
    guest, item = factories.UserFactory(), place_in(40)
    seat = asked(guest, item)
    client = client_of(guest)
    assert item.code in page_of(client)

    with as_owner():
        Participant.objects.unscoped().filter(pk=seat.pk).update(answer="ja")

    assert item.code not in page_of(client)


def test_a_coordinator_who_is_asked_sees_it_between_the_other_work(client_of):
    coordinator, item = factories.coordinator(), place_in(20)
    asked(coordinator, item)

    assert f"Kun je bij de tafel over {item.code} zijn?" in page_of(client_of(coordinator))


def test_a_deelnemer_is_told_what_was_promised(client_of):
    guest, item = factories.UserFactory(), place_in(-3, status="besproken")
    seat = asked(guest, item, answer="ja", confidential_at=NOW)
    factories.ActionFactory(item=item, participant=seat, due_at=NOW - timedelta(days=1), text="Geheim plan")

    page = page_of(client_of(guest))

    assert f"Je beloofde iets voor {item.code}" in page
    assert "Geheim plan" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_one_table_or_three_take_as_many_questions(client_of, count, django_assert_num_queries):
    guest = factories.UserFactory()
    for _ in range(count):
        asked(guest, place_in(30))
    client = client_of(guest)
    page_of(client)

    with django_assert_num_queries(10):
        page = page_of(client)
    assert page.count("Geef antwoord") == count
