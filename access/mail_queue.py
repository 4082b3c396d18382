"""The queue of mail in PostgreSQL: what waits is numbers; words and addresses are looked up when it leaves, once."""

import logging
import uuid
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.core.exceptions import SuspiciousOperation
from django.core.mail import get_connection
from django.db import connection
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from access.models import MailJob

logger = logging.getLogger(__name__)

# After each time that it did not get away, how long until the next; then a person looks (manage mail).
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)]
# Sending takes seconds: who is at it this long, was stopped half way.
UNCERTAIN_AFTER = timedelta(minutes=10)


class MailKind:
    """A function from numbers to a Message, or to None when it is no longer needed, that can be queued."""

    def __init__(self, build):
        self.build = build
        self.path = f"{build.__module__}.{build.__name__}"

    def queue(self, *, key="", not_before=None, **arguments):
        """Send later, in the background, after this transaction. With the same `key` it is sent only once, ever."""
        job, is_new = MailJob.objects.get_or_create(
            key=key or str(uuid.uuid4()),
            defaults={
                "kind": self.path,
                "arguments": arguments,
                "not_before": not_before or timezone.now(),
            },
        )
        if is_new:
            _wake(job)
        return job


mail_kind = MailKind


def _wake(job):
    later = job.not_before if job.not_before > timezone.now() else None
    (send_mail_job.using(run_after=later) if later else send_mail_job).enqueue(job.pk)


@task()
def send_mail_job(job_id):
    """Send what waits, if it still does. Whatever happens half way, it never leaves by itself a second time."""
    now = timezone.now()
    waiting = MailJob.objects.filter(pk=job_id, status=MailJob.Status.WAITING, not_before__lte=now)
    if not waiting.update(status=MailJob.Status.SENDING, attempts=F("attempts") + 1, tried_at=now):
        return
    job = MailJob.objects.get(pk=job_id)
    try:
        message = _kind(job.kind).build(**job.arguments)
    except Exception as error:
        _end(job, MailJob.Status.FAILED, error)
        raise
    if message is None:
        _end(job, MailJob.Status.DROPPED)
        return
    try:
        server = get_connection()
        server.open()
    except OSError as error:  # nothing was said yet
        _later(job, error)
        return
    try:
        server.send_messages([message.render(job.key, server)])
    except SMTPServerDisconnected as error:
        _uncertain(job, error)
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        (_later if _is_passing(error) else _refused)(job, error)
    except OSError as error:
        _uncertain(job, error)
    else:
        MailJob.objects.filter(pk=job.pk).update(status=MailJob.Status.SENT, sent_at=timezone.now(), error="")
        if message.when_sent:
            message.when_sent()
    finally:
        server.close()


def send_again(job):
    """By hand: what failed, or perhaps left. False when it is not one of those."""
    stuck = MailJob.objects.filter(pk=job.pk).filter(needs_a_person(timezone.now()))
    if not stuck.update(status=MailJob.Status.WAITING, attempts=0, not_before=timezone.now(), error=""):
        return False
    job.refresh_from_db()
    _wake(job)
    return True


def was_seen(job):
    """By hand: it need not leave any more. False when it is not one that waits for a person."""
    stuck = MailJob.objects.filter(pk=job.pk).filter(needs_a_person(timezone.now()))
    return bool(stuck.update(status=MailJob.Status.DROPPED))


def prune_mail():
    """How many rows of mail went that left, or was not needed any more, ninety days ago."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.prune_mail()")
        return cursor.fetchone()[0]


def needs_a_person(now):
    """Mail that failed for good, and mail of which nobody knows whether it left."""
    stopped = Q(status=MailJob.Status.SENDING, tried_at__lt=now - UNCERTAIN_AFTER)
    return Q(status__in=[MailJob.Status.FAILED, MailJob.Status.UNCERTAIN]) | stopped


def _kind(path):
    kind = import_string(path)
    if not isinstance(kind, MailKind):
        raise SuspiciousOperation(f"{path} is no mail")
    return kind


def _is_passing(error):
    """Whether the server said "not now" (4xx), which may be otherwise in a while."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code < 500 for code, _ in error.recipients.values())
    return error.smtp_code < 500


def _later(job, error):
    if job.attempts > len(PAUSES):
        _refused(job, error)
        return
    job.not_before = timezone.now() + PAUSES[job.attempts - 1]
    MailJob.objects.filter(pk=job.pk).update(
        status=MailJob.Status.WAITING, not_before=job.not_before, error=type(error).__name__
    )
    _wake(job)


def _refused(job, error):
    _end(job, MailJob.Status.FAILED, error)


def _uncertain(job, error):
    _end(job, MailJob.Status.UNCERTAIN, error)


def _end(job, status, error=None):
    """The kind of error only: its text may hold the address."""
    name = type(error).__name__ if error else ""
    MailJob.objects.filter(pk=job.pk).update(status=status, error=name)
    if error:
        logger.warning("mail %s %s: %s", job.pk, status, name)
