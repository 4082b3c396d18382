"""Mail that waits in the queue, sent as the worker does."""

from access.mail_queue import send_mail_job
from access.models import MailJob


def send_waiting_mail():
    for pk in MailJob.objects.filter(status=MailJob.Status.WAITING).values_list("pk", flat=True):
        send_mail_job.call(pk)
