"""Tables by the rhythm of a team, and none without a jeugdige: planned once, called off in time, with word of it."""

from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from access.models import AuditEvent
from meetings.models import Meeting, WelTeam
from meetings.series import days, is_near
from tests import factories
from tests.database import as_owner
from tests.mail import send_waiting_mail

TODAY = timezone.localdate()


def run():
    said = StringIO()
    call_command("keep_meetings", stdout=said)
    return said.getvalue().strip()


def meetings_of(team):
    with as_owner():
        return list(Meeting.objects.unscoped().filter(team=team).order_by("starts_at"))


def at(day, hour=9):
    return timezone.make_aware(datetime.combine(day, time(hour, 30)))


def test_the_days_of_a_rhythm_are_working_days_and_never_too_near():
    team = WelTeam(rhythm="weken", every_weeks=5, weekday=1, starts_on=date(2026, 3, 2), ends_on=date(2026, 5, 11))

    # 6 April is Easter Monday, and 15 June is after the last day of the team.
    assert list(days(team, date(2026, 3, 2))) == [date(2026, 5, 11)]
    assert list(days(team, date(2026, 2, 24))) == [date(2026, 3, 2), date(2026, 5, 11)]
    assert list(days(team, date(2026, 2, 25))) == [date(2026, 5, 11)]  # three working days before
    team.ends_on = None
    assert list(days(team, date(2026, 3, 20))) == [date(2026, 5, 11), date(2026, 6, 15)]


def test_three_working_days_know_the_dutch_holidays():
    monday_after_ascension = date(2026, 5, 18)

    assert not is_near(monday_after_ascension, date(2026, 5, 11))
    assert is_near(monday_after_ascension, date(2026, 5, 12))  # 12, 13 and 15 May: Thursday is free
    assert is_near(date(2026, 12, 28), date(2026, 12, 22))  # Christmas and a weekend between


@pytest.mark.django_db
def test_three_months_are_planned_once_and_by_nobody():
    factories.coordinator()
    team = factories.WelTeamFactory(
        every_weeks=2, weekday=(TODAY + timedelta(days=8)).isoweekday(), starts_at=time(9, 30), starts_on=TODAY,
        place_kind="fysiek", default_place="Buurthuis", minutes_per_case=40,
    )  # fmt: skip
    factories.WelTeamFactory(rhythm="verzoek", every_weeks=None, weekday=None, starts_at=None)
    over = factories.WelTeamFactory(starts_on=TODAY - timedelta(days=90), ends_on=TODAY - timedelta(days=1))
    lonely = factories.WelTeamFactory(swv=factories.swv("PO2203"), starts_on=TODAY)  # nobody coordinates there
    expected = list(days(team, TODAY))
    by_hand, expected_by_hand = expected[1], expected[:1] + expected[2:]
    factories.MeetingFactory(team=team, starts_at=at(by_hand, 14))

    assert run() == f"Gepland: {len(expected_by_hand)}. Afgezegd: 0."
    first = meetings_of(team)[0]
    with as_owner():  # somebody moves it to another day
        Meeting.objects.unscoped().filter(pk=first.pk).update(
            starts_at=first.starts_at + timedelta(days=1), ends_at=first.ends_at + timedelta(days=1)
        )
    assert run() == "Gepland: 0. Afgezegd: 0."

    planned = [row for row in meetings_of(team) if row.series_on]
    assert [row.series_on for row in planned] == expected_by_hand
    assert len(planned) >= 3
    assert meetings_of(over) == meetings_of(lonely) == []
    last = planned[-1]
    start = timezone.localtime(last.starts_at)
    assert (start.date(), start.time(), last.ends_at - last.starts_at) == (
        last.series_on, time(9, 30), timedelta(minutes=80),
    )  # fmt: skip
    assert (last.place_kind, last.place, last.is_by_itself) == ("fysiek", "Buurthuis", True)
    with as_owner():
        lines = AuditEvent.objects.filter(event="insert", detail__table="meetings_meeting", user_id=None)
        assert lines.count() == len(planned)


@pytest.fixture
def near():
    """A table of the series tomorrow, of a team that meets on request by now."""
    factories.coordinator()
    team = factories.WelTeamFactory(
        starts_on=TODAY - timedelta(days=300), every_weeks=12, weekday=(TODAY + timedelta(days=3)).isoweekday()
    )
    day = TODAY + timedelta(days=1)
    return factories.MeetingFactory(team=team, series_on=day, starts_at=at(day))


@pytest.mark.django_db
def test_a_table_without_a_jeugdige_is_called_off_in_time_with_word(near):
    colleague = factories.TeamMemberFactory(
        team=near.team, user=factories.UserFactory(email="collega@voorbeeld.test"), starts_on=TODAY
    )
    far = TODAY + timedelta(days=13)
    far = factories.MeetingFactory(team=near.team, series_on=far, starts_at=at(far))
    by_hand = factories.MeetingFactory(team=near.team, starts_at=at(TODAY + timedelta(days=1), 14))

    first, second = run(), run()

    assert (first.partition(". ")[2], second.partition(". ")[2]) == ("Afgezegd: 1.", "Afgezegd: 0.")
    found = {row.pk: (row.status, row.cancel_reason, row.is_by_itself) for row in meetings_of(near.team)}
    assert found[near.pk] == ("afgezegd", "Er is geen jeugdige voor deze tafel.", True)
    assert found[by_hand.pk] == ("gepland", "", False)  # that was somebody's choice
    assert is_near(timezone.localdate(far.starts_at), TODAY) or found[far.pk][0] == "gepland"
    send_waiting_mail()
    assert [message.to for message in mail.outbox] == [[colleague.user.email]]
    assert "gaat niet door" in mail.outbox[0].body


@pytest.mark.django_db
def test_a_table_with_a_jeugdige_stays_until_the_consent_is_gone(near):
    case = factories.CaseFactory(shared_until=TODAY + timedelta(days=90))
    factories.AgendaItemFactory(case=case, meeting=near)

    assert run().endswith("Afgezegd: 0.")
    with as_owner():
        type(case).objects.unscoped().filter(pk=case.pk).update(shared_until="1900-01-01")
    assert run().endswith("Afgezegd: 1.")
