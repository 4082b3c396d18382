"""The mail to the table: one per person, what calendars make of it, and no more than a code in it."""

from datetime import timedelta
from smtplib import SMTPDataError

import ics
import pytest
import vobject
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from access.context import acting_as
from access.models import MailJob
from meetings.actions import agenda, participant
from meetings.actions.meeting import cancel_meeting, change_meeting
from meetings.mails import invitation_token, mail_due_invitations
from meetings.models import Participant
from tests import factories
from tests.database import as_owner
from tests.mail import send_waiting_mail

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + timedelta(days=60)


@pytest.fixture
def table():
    """(coördinator, place, partner, colleague): both asked to the table of a jeugdige."""
    by = factories.coordinator(user=factories.UserFactory(name="Coördinator Verzonnen", phone="050 0000000"))
    case = factories.IdentityFactory(case=factories.CaseFactory(shared_until=SOON)).case
    team = factories.WelTeamFactory(table_word="MDO+")
    meeting = factories.MeetingFactory(team=team, place_kind="fysiek", place="Buurthuis De Brug")
    item = factories.AgendaItemFactory(case=case, meeting=meeting, planned_by=by)
    partner = factories.ParticipantFactory(item=item, function="wijkagent", role="voorzitter")
    user = factories.UserFactory(name="Collega Verzonnen")
    return by, item, partner, factories.ParticipantFactory(item=item, user=user)


def deliver():
    """As the worker does: nobody in particular, one job per mail."""
    mail_due_invitations.call()
    mail.outbox.clear()
    send_waiting_mail()
    return {message.to[0]: message for message in mail.outbox}


def calendar_of(message):
    (name, text, kind) = message.attachments[0]
    assert name == "uitnodiging.ics"
    return text, kind


def read_by_vobject(text):
    calendar = vobject.readOne(text)
    event = calendar.vevent
    return {
        "method": calendar.method.value, "uid": event.uid.value, "sequence": int(event.sequence.value),
        "starts": event.dtstart.value, "ends": event.dtend.value, "place": event.location.value,
        "title": event.summary.value, "status": event.status.value,
    }  # fmt: skip


def read_by_ics(text):
    calendar = ics.Calendar(text)
    (event,) = calendar.events
    sequence = next(line.value for line in event.extra if line.name == "SEQUENCE")
    return {
        "method": calendar.method, "uid": event.uid, "sequence": int(sequence), "starts": event.begin.datetime,
        "ends": event.end.datetime, "place": event.location, "title": event.name, "status": event.status,
    }  # fmt: skip


def invited(by, item):
    with acting_as(by):
        return participant.invite(item=item, by=by)


def test_two_other_calendars_read_the_invitation_its_change_and_its_end(table):
    by, item, _, colleague = table
    assert invited(by, item) == 2
    first = deliver()[colleague.user.email]
    meeting, later = item.meeting, timedelta(days=7, hours=1)
    moved = {"kind": "tafel", "topic": "", "place_kind": "online", "place": "",
             "starts_at": meeting.starts_at + later, "ends_at": meeting.ends_at + later}  # fmt: skip
    with acting_as(by):
        assert change_meeting(meeting=meeting, values=moved, version=1, by=by)
    second = deliver()[colleague.user.email]
    with acting_as(by):
        assert cancel_meeting(meeting=meeting, reason="ziek", version=2, by=by)
    third = deliver()[colleague.user.email]

    versions = []
    for message in (first, second, third):
        text, kind = calendar_of(message)
        read = read_by_vobject(text)
        assert read == read_by_ics(text)
        assert kind == f"text/calendar; method={read['method']}"
        assert f"text/calendar; method={read['method']}; charset=" in message.message().as_string().replace('"', "")
        versions.append(read)
    assert {read["uid"] for read in versions} == {f"{item.uid}@wel"}
    assert [read["method"] for read in versions] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [read["status"] for read in versions] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    numbers = [read["sequence"] for read in versions]
    assert numbers == sorted(set(numbers))  # each higher than the one before
    assert numbers[0] == 0
    starts, ends = item.starts_at.replace(microsecond=0), item.ends_at.replace(microsecond=0)
    assert [(read["starts"], read["ends"]) for read in versions] == [
        (starts, ends), (starts + later, ends + later), (starts + later, ends + later),
    ]  # fmt: skip
    assert [read["place"] for read in versions] == ["Buurthuis De Brug", "online", "online"]
    assert {read["title"] for read in versions} == {f"MDO+, {item.code}"}


def test_a_mail_says_what_where_and_which_role_and_names_no_other(table):
    by, item, partner, colleague = table
    invited(by, item)

    sent = deliver()

    assert sent.keys() == {partner.email, colleague.user.email}
    everything = {
        to: message.body + message.alternatives[0][0] + calendar_of(message)[0] for to, message in sent.items()
    }
    for text in everything.values():
        assert item.code in text
        for never in ("Pippeloentje", "Verzonnen Ouder", "2014", "Groningen"):
            assert never not in text
    theirs, ours = sent[partner.email].body, sent[colleague.user.email].body
    assert sent[partner.email].subject.startswith("MDO+ op ")
    assert "We denken 45 minuten mee met één jongere" in theirs
    assert "Plek: Buurthuis De Brug" in theirs
    assert "Je rol: voorzitter" in theirs
    assert "Je rol: deelnemer" in ours
    assert "Vragen? Coördinator Verzonnen, 050 0000000" in theirs
    link = f"/wel-tafels/antwoord/{invitation_token(partner.pk)}/"
    assert f"{link}?keuze=ja" in theirs
    assert f"{link}?keuze=nee" in theirs
    assert link not in ours
    assert f"/wel-tafels/plek/{item.pk}/" in ours
    assert f"/wel-tafels/plek/{item.pk}/" not in theirs  # has no account to look with
    assert colleague.user.name not in everything[partner.email]
    assert partner.email not in everything[colleague.user.email]


def test_a_mail_that_fails_stops_no_other_and_goes_later(table, monkeypatch):
    by, item, partner, colleague = table
    invited(by, item)
    mail_due_invitations.call()
    send = EmailBackend.send_messages

    def refuse(self, messages):
        if messages[0].to == [partner.email]:
            raise SMTPDataError(451, b"later")
        return send(self, messages)

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        send_waiting_mail()
    assert [message.to for message in mail.outbox] == [[colleague.user.email]]

    MailJob.objects.update(not_before=timezone.now())
    assert deliver().keys() == {partner.email}
    assert deliver() == {}  # nothing twice


def test_what_changed_while_the_mail_waited_is_told_once(table):
    by, item, partner, _ = table
    invited(by, item)
    mail_due_invitations.call()
    values = {"presence": "", "place": "De voetbalkantine", "treat": ""}
    with acting_as(by):
        assert agenda.prepare_item(item=item, values=values, version=1, by=by)

    sent = deliver()

    assert len(mail.outbox) == 2
    assert "Plek: De voetbalkantine" in sent[partner.email].body
    assert "Fijn dat je meedoet." in sent[partner.email].body  # it is the first that they hear


def test_only_who_was_invited_hears_that_it_is_off(table):
    by, item, partner, colleague = table
    with acting_as(by):
        participant.invite(item=item, by=by)
        late = factories.ParticipantFactory(item=item)
        participant.remove_participant(participant=late, version=1, by=by)
    deliver()

    with acting_as(by):
        assert participant.remove_participant(participant=colleague, version=2, by=by)
    gone = deliver()
    assert gone.keys() == {colleague.user.email}
    assert gone[colleague.user.email].subject.startswith("Gaat niet door")
    with acting_as(by):
        assert agenda.lapse_item(item=item, version=1, by=by)
    assert deliver().keys() == {partner.email}  # the other heard it already


def test_another_treat_is_no_news_and_another_place_is(table):
    by, item, partner, _ = table
    invited(by, item)
    deliver()

    values = {"presence": "erbij", "place": "", "treat": "taart"}
    with acting_as(by):
        assert agenda.prepare_item(item=item, values=values, version=1, by=by)
    assert deliver() == {}
    with acting_as(by):
        assert agenda.prepare_item(item=item, values=values | {"place": "De voetbalkantine"}, version=2, by=by)
    assert "Plek: De voetbalkantine" in deliver()[partner.email].body
    with as_owner():
        assert set(Participant.objects.unscoped().values_list("sequence", "told")) == {(1, 1)}
