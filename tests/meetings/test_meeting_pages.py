"""Meetings on the screen and in the mail: planned, changed, called off and held."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import MailJob
from meetings.actions.meeting import change_meeting
from meetings.mails import meeting_news, tell_core_team
from meetings.models import Meeting
from meetings.rules.kinds import Kind, holds_cases
from tests import factories
from tests.database import as_owner
from tests.mail import send_waiting_mail
from tests.meetings.test_team_pages import READERS, day, errors_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/wel-tafels/"


def address(name, *args):
    return reverse(f"meetings:{name}", args=args)


def typed(moment):
    return f"{moment.day}-{moment.month}-{moment.year}"


def answers(**changes):
    filled = {"kind": "tafel", "topic": "", "day": typed(day(9)), "begin": "13.30", "end": "15.00"}
    return filled | {"place_kind": "online", "place": ""} | changes


def saved():
    with as_owner():
        return list(Meeting.objects.unscoped())


def queued():
    """(meeting, what) of each mail that waits."""
    rows = MailJob.objects.filter(kind="meetings.mails.meeting_news")
    return [(row.arguments["meeting_id"], row.arguments["what"]) for row in rows]


def test_planning_begins_with_the_next_day_of_the_rhythm(client_of):
    team = factories.WelTeamFactory(starts_on=day(-1), weekday=day(-1).isoweekday(), table_word="MDO+")
    factories.TeamMemberFactory(team=team, role="voorzitter")
    client = client_of(factories.coordinator())

    form = client.get(address("plan", team.pk)).context["form"]
    guess = {name: form[name].value() for name in ("day", "begin", "end")}
    response = client.post(address("plan", team.pk), answers(day=guess["day"]))

    (meeting,) = saved()
    assert guess["day"] == typed(day(20))  # three weeks after the first
    assert (f"{guess['begin']:%H.%M}", f"{guess['end']:%H.%M}") == ("13.30", "15.00")  # two times 45 minutes
    assert response.url == address("detail", meeting.pk)
    assert timezone.localtime(meeting.starts_at).strftime("%H.%M") == "13.30"
    assert (meeting.holds_cases, meeting.status) == (True, "gepland")
    assert queued() == [(meeting.pk, "gepland")]
    assert "MDO+" in text_of(client.get(LIST))


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"end": "13.30"}, {"end": ["Deze tijd ligt voor het begin."]}),
        ({"place_kind": "fysiek"}, {"place": ["Vul de plek in waar jullie bij elkaar komen."]}),
        ({"topic": "Over wel-0142"}, {"topic": ["Haal de code weg. Iedereen die het team ziet, leest dit."]}),
        ({"day": "1-1-2001"}, {"day": ["Op deze dag werkt dit team niet."]}),
        ({"kind": ""}, {"kind": ["Kies wat voor overleg het is."]}),
    ],
)
def test_what_is_not_right_yet_is_said_at_its_field(client_of, change, errors):
    team = factories.WelTeamFactory()

    response = client_of(factories.coordinator()).post(address("plan", team.pk), answers(**change))

    assert errors_of(response) == errors
    assert (saved(), queued()) == ([], [])


@pytest.mark.parametrize("make", READERS.values(), ids=READERS)
def test_who_works_in_the_swv_reads_what_is_planned_and_changes_nothing(client_of, make):
    meeting = factories.MeetingFactory(kind="atelier", topic="Waar staan we voor?")
    factories.MeetingFactory(topic="Elders", team=factories.WelTeamFactory(swv=factories.swv("PO2203")))
    client = client_of(make())

    listed, page = client.get(LIST), client.get(address("detail", meeting.pk))

    assert "Waar staan we voor?" in text_of(listed)
    assert "Elders" not in text_of(listed)
    assert "In dit overleg gaat het niet over één jeugdige." in text_of(page)
    for body in (listed.content.decode(), page.content.decode()):
        assert "/plan/" not in body
        assert "zeg-af" not in body


def test_calling_off_says_why_to_the_kernteam_and_stays_to_be_read(client_of):
    meeting = factories.MeetingFactory()
    factories.TeamMemberFactory(team=meeting.team, role="voorzitter")
    client = client_of(factories.coordinator())

    silent = client.post(address("cancel", meeting.pk), {"version": 1})
    client.post(address("cancel", meeting.pk), {"cancel_reason": "Er is geen jeugdige.", "version": 1})

    assert errors_of(silent) == {"cancel_reason": ["Vul in waarom het niet doorgaat."]}
    shown = text_of(client.get(address("detail", meeting.pk)))
    assert "Waarom afgezegd Er is geen jeugdige." in shown
    assert "Geweest of afgezegd" in text_of(client.get(LIST))
    assert queued() == [(meeting.pk, "afgezegd")]
    for late in (
        client.get(address("edit", meeting.pk), follow=True),
        client.post(address("close", meeting.pk), follow=True),
    ):
        assert "Je kunt het niet meer aanpassen." in text_of(late)


def test_a_meeting_is_held_once_it_has_begun(client_of):
    begun = factories.MeetingFactory(starts_at=timezone.now() - timedelta(minutes=5))
    later = factories.MeetingFactory(team=begun.team)
    client = client_of(factories.coordinator())

    for meeting in (begun, later):
        client.post(address("close", meeting.pk))

    assert {meeting.pk: meeting.status for meeting in saved()} == {begun.pk: "geweest", later.pk: "gepland"}
    assert "Dit is geweest" not in client.get(address("detail", later.pk)).content.decode()


def test_only_news_is_mailed(client_of):
    team = factories.WelTeamFactory()
    factories.TeamMemberFactory(team=team, role="voorzitter")
    client = client_of(factories.coordinator())
    client.post(address("plan", team.pk), answers())
    (meeting,) = saved()

    client.post(address("edit", meeting.pk), answers(kind="reisbureau", topic="Eigen jeugdigen", version=1))
    client.post(address("edit", meeting.pk), answers(begin="14.00", version=2))

    assert queued() == [(meeting.pk, "gepland"), (meeting.pk, "veranderd")]


def test_two_coordinators_at_once_lose_nothing(client_of):
    meeting = factories.MeetingFactory()
    first, client = factories.coordinator(user__name="Merel Eerst"), client_of(factories.coordinator())
    values = {"starts_at": meeting.starts_at + timedelta(days=1), "ends_at": meeting.ends_at + timedelta(days=1)}
    with acting_as(first):
        values |= {"place_kind": "fysiek", "place": "Bij Merel"}
        assert change_meeting(meeting=meeting, values=values, version=1, by=first)

    refused = client.post(address("edit", meeting.pk), answers(topic="Van mij", version=1))

    told = text_of(refused)
    assert refused.status_code == 409
    for words in ("Merel E. paste dit", "Bij Merel", "Wanneer"):
        assert words in told
    assert refused.context["form"]["topic"].value() == "Van mij"
    again = {name: refused.context["form"][name].value() for name in [*answers(), "version"]}
    assert client.post(address("edit", meeting.pk), again).status_code == 302
    assert [(row.topic, row.place) for row in saved()] == [("Van mij", "")]


def test_the_mail_goes_to_the_kernteam_of_that_day_and_names_nobody_else():
    coordinator = factories.coordinator(user__name="Merel Mailt")
    team = factories.WelTeamFactory(name="Team Noord", table_word="MDO+")
    meeting = factories.MeetingFactory(team=team, place_kind="fysiek", place="Buurthuis", topic="Zomer")
    colleague = factories.leerplicht(user__name="Wieke Kern")
    factories.TeamMemberFactory(team=team, user=colleague)
    factories.TeamMemberFactory(team=team, user=coordinator)  # knows it
    chair = factories.TeamMemberFactory(team=team, role="voorzitter", email="voorzitter@voorbeeld.test")
    factories.TeamMemberFactory(team=team)  # a partner, who comes when it fits
    factories.TeamMemberFactory(team=team, role="kernteam", starts_on=day(-9), ends_on=day(0))
    factories.TeamMemberFactory(team=team, user=factories.coordinator(user__is_active=False))

    with acting_as(coordinator):
        tell_core_team(meeting, coordinator, "gepland")
        tell_core_team(meeting, coordinator, "afgezegd")
    send_waiting_mail()

    planned, cancelled = mail.outbox[:2], mail.outbox[2:]
    assert {to for message in planned for to in message.to} == {colleague.email, chair.email}
    assert {message.subject for message in planned} == {"Er staat een overleg gepland – WEL"}
    by_address = {message.to[0]: message.body for message in planned}
    for body in by_address.values():
        assert "MDO+ van Team Noord staat gepland op" in body
        assert "Waar: Buurthuis." in body
        assert "Vragen? Stel ze aan Merel Mailt." in body
        assert "Zomer" not in body
    assert f"/wel-tafels/overleg/{meeting.pk}/" in by_address[colleague.email]
    assert "/wel-tafels/" not in by_address[chair.email]  # has no account to look with
    assert all("gaat niet door. Het stond gepland op" in message.body for message in cancelled)
    assert not any("Waar:" in message.body for message in cancelled)


def test_a_mail_asked_for_in_the_name_of_a_reader_is_not_sent():
    meeting = factories.MeetingFactory()
    member = factories.TeamMemberFactory(team=meeting.team, role="voorzitter")

    meeting_news.queue(meeting_id=meeting.pk, member_id=member.pk, user_id=factories.leerplicht().pk, what="afgezegd")
    with pytest.raises(Meeting.DoesNotExist):
        send_waiting_mail()

    assert mail.outbox == []
    assert MailJob.objects.get().status == "mislukt"


def test_the_kind_decides_what_a_meeting_may_hold_in_the_database_too():
    for kind in Kind:
        factories.MeetingFactory(kind=kind)
    found = {meeting.kind: meeting.holds_cases for meeting in saved()}

    assert found == {kind.value: holds_cases(kind) for kind in Kind}
    with pytest.raises(IntegrityError, match="meeting_names_no_case"), transaction.atomic():
        factories.MeetingFactory(kind=Kind.WORKSHOP, topic="WEL-0142 aan tafel")
