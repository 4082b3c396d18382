"""Reminders: one mail for what falls on one day, sent once, at the moment that somebody chose."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection

from access import reminders
from access.models import MailJob, Reminder, User
from access.reminders import Choice, Due, ReminderKind, Said, leaves_at, queue_reminders
from tests.database import as_owner
from tests.factories import UserFactory
from tests.mail import send_waiting_mail

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 7, tzinfo=UTC)  # eight o'clock here
HOUR = timedelta(hours=1)


class Fake:
    """A kind of reminder that falls due as `dues` say, of which `over` does not stand any more."""

    def __init__(self, key):
        self.key, self.dues, self.over = key, [], set()

    def find(self, since, until):
        return [due for due in self.dues if since < due.falls_at <= until]

    def say(self, user, numbers):
        return [
            Said(f"{self.key} {number}", "notice", f"Alleen {self.key} {number}", {"what": f"{self.key} {number}"})
            for number in numbers
            if number not in self.over
        ]

    def kind(self):
        return ReminderKind(self.key, self.key, f"dingen van {self.key}", "actions:list", self.find, self.say)


@pytest.fixture
def fakes(monkeypatch):
    found = Fake("appel"), Fake("peer")
    kinds = [fake.kind() for fake in found]
    monkeypatch.setattr(reminders, "reminder_kinds", lambda: kinds)
    return found


def subjects():
    send_waiting_mail()
    return [(message.to[0], message.subject) for message in mail.outbox]


def test_one_thing_is_a_mail_of_its_own_and_leaves_once(fakes):
    user = UserFactory()
    fakes[0].dues = [Due(user.pk, 7, WEDNESDAY)]

    assert queue_reminders(WEDNESDAY - timedelta(minutes=1)) == 0
    assert [queue_reminders(WEDNESDAY + minutes * HOUR) for minutes in range(3)] == [1, 0, 0]
    assert subjects() == [(user.email, "Alleen appel 7")]
    job = MailJob.objects.get()
    assert job.arguments == {"user_id": user.pk, "things": [["appel", 7]]}
    assert job.key == f"herinnering-{user.pk}-appel-7-20261125T0700Z"


def test_what_falls_on_one_day_is_one_mail_with_lines_and_one_link(fakes):
    user, other = UserFactory(name="Olga Jansen"), UserFactory()
    fakes[0].dues = [Due(user.pk, 1, WEDNESDAY), Due(user.pk, 2, WEDNESDAY + 6 * HOUR), Due(other.pk, 3, WEDNESDAY)]

    assert queue_reminders(WEDNESDAY) == 2
    assert subjects() == [(user.email, "Vandaag: 2 dingen van appel"), (other.email, "Alleen appel 3")]
    text, html = mail.outbox[0].body, mail.outbox[0].alternatives[0].content
    for words in (text, html):
        assert "Olga Jansen" in words
        assert words.index("appel 1") < words.index("appel 2")
        assert "appel 3" not in words
    assert text.count("http") == 1
    assert "Vragen?" not in text  # nobody who knows all of it
    assert "/acties/" in text

    # What is agreed later that day could not come along.
    fakes[0].dues.append(Due(user.pk, 4, WEDNESDAY + 7 * HOUR))
    assert queue_reminders(WEDNESDAY + 6 * HOUR) == 0
    assert queue_reminders(WEDNESDAY + 7 * HOUR) == 1


def test_of_two_kinds_the_subject_says_so(fakes):
    user = UserFactory()
    for fake in fakes:
        fake.dues = [Due(user.pk, 1, WEDNESDAY)]

    queue_reminders(WEDNESDAY)

    assert subjects() == [(user.email, "Vandaag: 2 dingen die op jou wachten")]


def test_what_does_not_stand_any_more_is_not_in_the_mail(fakes):
    user, nothing_left = UserFactory(), UserFactory()
    fakes[0].dues = [Due(user.pk, 1, WEDNESDAY), Due(user.pk, 2, WEDNESDAY), Due(nothing_left.pk, 1, WEDNESDAY)]

    queue_reminders(WEDNESDAY)
    fakes[0].over = {1}

    assert subjects() == [(user.email, "Alleen appel 2")]
    assert sorted(MailJob.objects.values_list("status", flat=True)) == ["verstuurd", "vervallen"]


def test_everybody_chooses_when_for_each_kind(fakes):
    daily = UserFactory(mail_choices={"appel": "dag"})
    never = UserFactory(mail_choices={"appel": "niet"})
    odd = UserFactory(mail_choices={"appel": "nooitgehoord"})
    afternoon = WEDNESDAY + 6 * HOUR
    fakes[0].dues = [Due(user.pk, 1, afternoon) for user in (daily, never, odd)]
    fakes[1].dues = [Due(never.pk, 1, afternoon)]

    assert queue_reminders(afternoon) == 2
    assert subjects() == [(never.email, "Alleen peer 1"), (odd.email, "Alleen appel 1")]
    assert queue_reminders(WEDNESDAY + timedelta(days=1)) == 1
    assert subjects()[2:] == [(daily.email, "Alleen appel 1")]


def test_who_chose_otherwise_since_or_whose_account_is_off_gets_nothing(fakes):
    chose, left = UserFactory(), UserFactory()
    fakes[0].dues = [Due(user.pk, 1, WEDNESDAY) for user in (chose, left, UserFactory(is_active=False))]

    assert queue_reminders(WEDNESDAY) == 2
    with as_owner():
        User.objects.filter(pk=chose.pk).update(mail_choices={"appel": "niet"})
        User.objects.filter(pk=left.pk).update(is_active=False)

    assert subjects() == []


def test_a_worker_that_stood_still_catches_up_a_week(fakes):
    user = UserFactory()
    fakes[0].dues = [Due(user.pk, 1, WEDNESDAY), Due(user.pk, 2, WEDNESDAY + timedelta(days=3))]

    queue_reminders(WEDNESDAY + timedelta(days=8))

    assert list(Reminder.objects.values_list("number", flat=True)) == [2]


def test_the_daily_mail_waits_for_a_working_morning():
    friday = datetime(2026, 12, 18, 14, tzinfo=UTC)
    before_christmas = datetime(2026, 12, 24, 14, tzinfo=UTC)

    assert leaves_at(Choice.DAILY, WEDNESDAY) == WEDNESDAY
    assert leaves_at(Choice.DAILY, friday) == datetime(2026, 12, 21, 7, tzinfo=UTC)
    assert leaves_at(Choice.DAILY, before_christmas) == datetime(2026, 12, 28, 7, tzinfo=UTC)
    assert leaves_at(Choice.AT_ONCE, friday) == friday


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_each_thing_is_in_one_mail(fakes):
    user, start = UserFactory(), Barrier(2)
    fakes[0].dues = [Due(user.pk, number, WEDNESDAY) for number in range(4)]

    def work():
        start.wait()
        queue_reminders(WEDNESDAY)
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(thing for job in MailJob.objects.all() for thing in job.arguments["things"]) == [
        ["appel", number] for number in range(4)
    ]
