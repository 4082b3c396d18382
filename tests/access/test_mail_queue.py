"""The queue of mail: sent in the background, tried again, and never twice."""

from datetime import timedelta
from io import StringIO
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from access.account_mails import account_notice
from access.mail_queue import PAUSES, send_mail_job
from access.models import MailJob
from tests.factories import UserFactory
from tests.mail import send_waiting_mail

pytestmark = pytest.mark.django_db
NO_SERVER = OSError("no route")


class Backend(EmailBackend):
    """A mail server that does as `opens` and `sends` say: an exception each, or nothing."""

    opens = sends = None

    def open(self):
        if Backend.opens:
            raise Backend.opens

    def send_messages(self, messages):
        if Backend.sends:
            raise Backend.sends
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Backend"
    monkeypatch.setattr(Backend, "opens", None)
    monkeypatch.setattr(Backend, "sends", None)
    return Backend


def queued(**fields):
    return account_notice.queue(user_id=UserFactory().pk, what="Er is iets veranderd.", **fields)


def told(*arguments):
    out = StringIO()
    call_command("mail", *arguments, stdout=out)
    return out.getvalue()


def test_what_waits_is_numbers_and_leaves_once(server):
    user = UserFactory(email="vogel@nest.test", name="Vogel Nest")

    job = account_notice.queue(user_id=user.pk, what="Er is iets veranderd.")
    assert mail.outbox == []
    row = str(list(MailJob.objects.values()) + list(DBTaskResult.objects.values()))
    send_mail_job.call(job.pk)
    send_mail_job.call(job.pk)  # a task that ran twice

    (message,) = mail.outbox
    job.refresh_from_db()
    assert (job.status, job.attempts) == ("verstuurd", 1)
    assert message.to == ["vogel@nest.test"]
    assert message.extra_headers["Message-ID"] == f"<{job.key}@localhost>"
    assert "nest" not in row.lower()


def test_the_same_key_is_one_mail(server):
    first, second = queued(key="overleg-1"), queued(key="overleg-1")

    send_waiting_mail()

    assert first.pk == second.pk
    assert len(mail.outbox) == 1


def test_a_mail_for_later_waits_for_its_moment(server):
    job = queued(not_before=timezone.now() + timedelta(hours=3))

    send_mail_job.call(job.pk)

    assert mail.outbox == []
    assert DBTaskResult.objects.get().run_after == job.not_before


def test_what_is_no_longer_needed_does_not_leave(server):
    job = account_notice.queue(user_id=UserFactory(is_active=False).pk, what="Er is iets veranderd.")

    send_waiting_mail()

    job.refresh_from_db()
    assert (job.status, mail.outbox) == ("vervallen", [])


@pytest.mark.parametrize(
    ("opens", "sends", "status"),
    [
        (NO_SERVER, None, "wacht"),
        (None, SMTPDataError(451, b"later"), "wacht"),
        (None, SMTPRecipientsRefused({"a@b.test": (450, b"vol")}), "wacht"),
        (None, SMTPDataError(554, b"nee"), "mislukt"),
        (None, SMTPRecipientsRefused({"a@b.test": (550, b"onbekend")}), "mislukt"),
        (None, SMTPServerDisconnected("weg"), "onzeker"),
        (None, TimeoutError("stil"), "onzeker"),
    ],
)
def test_what_the_server_says_decides_whether_it_is_tried_again(server, opens, sends, status, caplog):
    server.opens, server.sends = opens, sends
    job = queued()

    send_mail_job.call(job.pk)

    job.refresh_from_db()
    assert (job.status, job.attempts, job.error) == (status, 1, type(opens or sends).__name__)
    assert ("b.test" in caplog.text, "onbekend" in caplog.text) == (False, False)
    waits = DBTaskResult.objects.filter(run_after__gt=timezone.now(), run_after__lt=timezone.now() + PAUSES[0])
    assert waits.count() == (1 if status == "wacht" and job.not_before > timezone.now() else 0)


def test_it_is_tried_six_times_and_then_a_person_looks(server):
    server.opens = NO_SERVER
    job = queued()

    for _ in range(9):
        MailJob.objects.update(not_before=timezone.now())
        send_mail_job.call(job.pk)

    job.refresh_from_db()
    assert (job.status, job.attempts) == ("mislukt", 1 + len(PAUSES))
    assert "niet verstuurd  account_notice  6 keer geprobeerd  OSError" in told()
    server.opens = None
    assert told("--opnieuw", "mislukt") == "1 mail in de wachtrij gezet.\n"
    send_waiting_mail()
    assert len(mail.outbox) == 1


def test_one_that_fails_stops_no_other(server):
    server.sends = SMTPDataError(554, b"nee")
    send_mail_job.call(queued().pk)
    server.sends = None

    send_mail_job.call(queued().pk)

    assert len(mail.outbox) == 1


def test_what_was_stopped_half_way_is_not_sent_again_by_itself(server):
    job = queued()
    MailJob.objects.update(status="bezig", tried_at=timezone.now() - timedelta(hours=1))

    send_mail_job.call(job.pk)

    assert mail.outbox == []
    assert "misschien verstuurd" in told()
    assert told("--opnieuw", "mislukt") == "0 mails in de wachtrij gezet.\n"  # only what surely did not leave
    told("--opnieuw", str(job.pk))
    send_waiting_mail()
    assert len(mail.outbox) == 1


def test_only_what_is_in_the_list_is_sent_again(server):
    job = queued()
    send_waiting_mail()

    with pytest.raises(CommandError, match=f"Staat niet in de lijst: {job.pk}"):
        call_command("mail", "--opnieuw", str(job.pk))
    with pytest.raises(CommandError, match="Geef nummers"):
        call_command("mail", "--opnieuw", "alles")

    assert "verstuurd: 1" in told()


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_mail_send_it_once(server):
    job, start = queued(), Barrier(2)

    def work():
        start.wait()
        send_mail_job.call(job.pk)
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(mail.outbox) == 1
