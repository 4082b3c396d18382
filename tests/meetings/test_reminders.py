"""Mail to who promised something at a table, and to who tells the youth: on its day, and only while it stands."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import MailJob, User
from access.reminders import queue_reminders
from access.working_time import closed_days, next_morning
from meetings.models import Action, AgendaItem, Feedback, Participant
from meetings.reminders import FEEDBACK, PROMISE
from regions.models import Membership
from tests import factories
from tests.database import as_owner
from tests.mail import send_waiting_mail
from tests.meetings.test_live import Table
from tests.meetings.test_team_pages import text_of

pytestmark = pytest.mark.django_db
# Whatever the day of the test, somebody works then; and the table is over.
MORNING = next_morning(timezone.now() + timedelta(hours=2), closed_days())
LONG_AGO = "1900-01-01"


@pytest.fixture
def table():
    """One with a promise of the guest that is due on MORNING, and a terugkoppeling of which the reminder falls then."""
    table = Table()
    with as_owner():
        User.objects.filter(pk=table.item.planned_by_id).update(name="Jikke Voorbeeld", phone="0501234567")
        AgendaItem.objects.unscoped().update(status="besproken")
    factories.IdentityFactory(case=table.case, first_name="Pippeloentje")
    table.action = factories.ActionFactory(
        item=table.item, participant=table.guest, text="Vraag of oom meegaat", due_at=MORNING, horizon="4w"
    )
    factories.ActionFactory(item=table.item, text="Nog van niemand", due_at=MORNING, horizon="4w")
    factories.ActionFactory(item=table.item, participant=table.partner, text="Zonder account", due_at=MORNING)
    return table


def sent(now=MORNING):
    queue_reminders(now)
    send_waiting_mail()
    found, mail.outbox = mail.outbox, []
    return [message for message in found if message.subject]


def change(model, pk, **values):
    with as_owner():
        model.objects.unscoped().filter(pk=pk).update(**values)


def test_who_promised_gets_one_mail_on_the_day_with_a_link_and_no_contents(table):
    early = sent(MORNING - timedelta(minutes=1))
    (message,) = sent()
    again = sent(MORNING + timedelta(hours=3))

    code = table.case.code
    assert early == again == []
    assert (message.to, message.subject) == ([table.guest_user.email], f"Je beloofde iets voor {code}")
    html = message.alternatives[0].content
    for words in (message.body, html):
        assert "Hoi Olga Jansen" in words
        assert f"zou je iets doen voor {code}. Bekijk wat het was en vink het af:" in words
        assert reverse("actions:detail", args=[table.action.pk]) in words
        assert "Vragen? Jikke Voorbeeld, 0501234567" in words
        assert "oom" not in words
        assert "Pippeloentje" not in words


STOPS = {
    "it is done": lambda table: change(Action, table.action.pk, status="gedaan", ended_at=timezone.now()),
    "it went otherwise": lambda table: change(
        Action, table.action.pk, status="anders", outcome="x", ended_at=timezone.now()
    ),
    "it was taken back": lambda table: change(Action, table.action.pk, deleted_at=timezone.now()),
    "somebody else does it": lambda table: change(Action, table.action.pk, participant=table.owner),
    "the table was called off": lambda table: change(AgendaItem, table.item.pk, status="vervallen"),
    "not at the table any more": lambda table: change(Participant, table.guest.pk, removed_at=timezone.now()),
    "the table was four months ago": lambda table: change(
        AgendaItem, table.item.pk, starts_at=MORNING - timedelta(days=130, hours=1),
        ends_at=MORNING - timedelta(days=130),
    ),
    "no werkplek any more": lambda table: Membership.objects.filter(user=table.guest_user).update(
        starts_on="2020-01-01", ends_on="2020-01-02"
    ),
    "consent was withdrawn": lambda table: change(type(table.case), table.case.pk, shared_until=LONG_AGO),
    "the account is off": lambda table: _off(table.guest_user),
}  # fmt: skip


def _off(user):
    with as_owner():
        User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("why", STOPS)
def test_what_is_over_when_it_leaves_is_not_mailed(table, why):
    assert queue_reminders(MORNING) == 1

    with as_owner():
        STOPS[why](table)
    send_waiting_mail()

    assert mail.outbox == []
    assert MailJob.objects.get().status == MailJob.Status.DROPPED


@pytest.mark.parametrize("why", sorted(set(STOPS) - {"no werkplek any more", "the table was four months ago"}))
def test_what_is_over_before_is_not_even_queued_for_that_person(table, why):
    with as_owner():
        STOPS[why](table)

    queue_reminders(MORNING)

    assert not MailJob.objects.filter(arguments__user_id=table.guest_user.pk).exists()


def test_open_again_is_reminded_of_and_leerplicht_without_consent_is_not(table):
    change(Action, table.action.pk, status="gedaan", ended_at=timezone.now())
    assert queue_reminders(MORNING) == 0
    change(Action, table.action.pk, status="open", ended_at=None)
    assert queue_reminders(MORNING) == 1
    # Leerplicht opens its jeugdigen with or without consent; a mail about the table is another matter.
    officer = factories.leerplicht(table.case.gemeente.name)
    seat = factories.ParticipantFactory(item=table.item, user=officer)
    change(Action, table.action.pk, participant=seat)
    assert [one.subject for one in _said(PROMISE, officer, table.action)] == [
        f"Je beloofde iets voor {table.case.code}"
    ]
    change(type(table.case), table.case.pk, shared_until=LONG_AGO)
    assert _said(PROMISE, officer, table.action) == []


def _said(kind, user, row):
    user = User.objects.get(pk=user.pk)
    with acting_as(user):
        return kind.say(user, [row.pk])


def test_four_hours_are_reminded_of_the_same_day_with_the_time(table):
    change(Action, table.action.pk, horizon="4u", due_at=MORNING + timedelta(hours=2))

    assert sent(MORNING) == []
    (message,) = sent(MORNING + timedelta(hours=2))

    assert "10.00 uur zou je iets doen" in message.body


def test_several_on_one_day_are_one_mail_with_codes_and_dates(table):
    for number in range(2):
        factories.ActionFactory(
            item=table.item, participant=table.guest, text=f"Geheim {number}", due_at=MORNING + timedelta(hours=number)
        )

    (message,) = sent()

    assert message.subject == "Vandaag: 3 dingen die je beloofde"
    assert message.body.count(table.case.code) == 1
    assert "(3 keer)" in message.body
    assert "Geheim" not in message.body
    assert "Vragen? Jikke Voorbeeld, 0501234567" in message.body
    assert "/acties/" in message.body


def feedback_of(table, *, told_on=None):
    """Its first reminder falls on MORNING: two days before the last one."""
    day = timezone.localdate(MORNING)
    values = {"teller": table.member.user, "due_on": day + timedelta(days=2)}
    if told_on:
        values |= {"told_on": told_on, "channel": "bellen", "recorded_by": table.member.user}
    begins = MORNING - timedelta(days=5)
    change(AgendaItem, table.item.pk, starts_at=begins, ends_at=begins + timedelta(minutes=45))
    return factories.FeedbackFactory(item=table.item, **values)


def test_who_tells_the_youth_hears_of_it_on_day_five_and_once_after_the_week(table):
    row = feedback_of(table)
    change(Action, table.action.pk, deleted_at=timezone.now())
    after = next_morning(MORNING + timedelta(days=3), closed_days())

    (first,) = sent()
    between = sent(after - timedelta(minutes=1))
    (second,) = sent(after)
    later = sent(after + timedelta(days=4))

    assert between == later == []
    for message in (first, second):
        assert (message.to, message.subject) == (
            [table.member.user.email],
            f"Vertel {table.case.code} wat er is bedacht",
        )
        assert "Wie ernaar uitkijkt, wil het snel horen." in message.body
        assert reverse("meetings:feedback", args=[table.item.pk]) in message.body
        assert "Vragen? Jikke Voorbeeld, 0501234567" in message.alternatives[0].content
        assert "Pippeloentje" not in message.body
    assert "Lukt het vandaag?" not in first.body
    with as_owner():
        Feedback.objects.unscoped().filter(pk=row.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert _said(FEEDBACK, table.member.user, row)[0].context["is_over_time"]


def test_what_was_told_or_is_no_longer_theirs_is_not_mailed(table):
    row = feedback_of(table)
    change(Action, table.action.pk, deleted_at=timezone.now())
    assert queue_reminders(MORNING) == 1

    for values in (
        {"told_on": timezone.localdate(), "channel": "bellen", "recorded_by": table.member.user},
        {"teller": table.coordinator},
    ):
        assert len(_said(FEEDBACK, table.member.user, row)) == 1
        before = {name: getattr(row, name) for name in values}
        change(Feedback, row.pk, **values)
        assert _said(FEEDBACK, table.member.user, row) == []
        change(Feedback, row.pk, **before)
    change(type(table.case), table.case.pk, shared_until=LONG_AGO)
    assert _said(FEEDBACK, table.member.user, row) == []
    send_waiting_mail()
    assert mail.outbox == []


def test_a_promise_and_a_terugkoppeling_of_one_person_are_one_mail_to_acties(client_of, table):
    feedback_of(table)
    change(Action, table.action.pk, participant=table.owner)

    (message,) = sent()

    assert message.subject == "Vandaag: 2 dingen die op jou wachten"
    assert f"- {table.case.code}, vertel wat er is bedacht, uiterlijk" in message.body
    page = text_of(client_of(table.member.user).get("/acties/"))
    assert f"Vertel {table.case.code} wat er is bedacht" in page
    assert "Vraag of oom meegaat" in page


def test_the_page_behind_the_link_changes_nothing_until_its_button(client_of, table):
    address = reverse("actions:detail", args=[table.action.pk])
    client = client_of(table.guest_user)

    for _ in range(2):
        page = text_of(client.get(address))
    with as_owner():
        assert Action.objects.unscoped().get(pk=table.action.pk).status == "open"
    assert "Wat je beloofde" in page
    assert "Vraag of oom meegaat" in page
    done = client.post(reverse("actions:done", args=[table.action.pk]), {"next": address}, follow=True)
    assert done.redirect_chain == [(address, 302)]
    assert "Gedaan. Mooi." in text_of(done)
    assert "Zet terug" in text_of(done)
    assert client_of(factories.coordinator("PO2203")).get(address).status_code == 404
    assert client_of(factories.UserFactory()).get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_one_terugkoppeling_or_three_take_as_many_questions(client_of, table, count, django_assert_num_queries):
    row = feedback_of(table)
    for number in range(1, count):
        begins = MORNING - timedelta(days=5 + number)
        meeting = factories.MeetingFactory(team=table.item.meeting.team, starts_at=begins)
        item = factories.AgendaItemFactory(case=table.case, meeting=meeting, status="besproken")
        factories.FeedbackFactory(item=item, teller=row.teller)
    client = client_of(table.member.user)
    client.get("/acties/")

    with django_assert_num_queries(14):  # what a guest takes (test_after.py), these, and which verslagen there are
        page = client.get("/acties/")
    assert text_of(page).count("Koppel terug") == count
