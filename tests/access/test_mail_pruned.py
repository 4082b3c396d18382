"""What left long ago is pruned; what did not leave stays until somebody says that it was seen."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from access.models import MailJob, Reminder
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def told(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_ninety_days_after_it_left_a_mail_is_gone_and_what_did_not_leave_stays():
    now = timezone.now()
    old, young = now - timedelta(days=91), now - timedelta(days=89)
    for status in MailJob.Status.values:
        for name, moment in (("oud", old), ("jong", young)):
            sent = {"sent_at": moment} if status == "verstuurd" else {}
            MailJob.objects.create(
                kind="x", arguments={}, key=f"{name} {status}", not_before=old, created_at=old, tried_at=moment,
                status=status, **sent,
            )  # fmt: skip
    user = UserFactory()
    for number, moment in enumerate((old, young)):
        Reminder.objects.create(user=user, kind="actie", number=number, falls_at=moment)

    assert told("prune_mail") == "Opgeruimd: 2.\n"
    assert told("prune_mail") == "Opgeruimd: 0.\n"

    kept = set(MailJob.objects.values_list("key", flat=True))
    everything = {f"{name} {status}" for status in MailJob.Status.values for name in ("oud", "jong")}
    assert everything - kept == {"oud verstuurd", "oud vervallen"}
    assert list(Reminder.objects.values_list("number", flat=True)) == [1]


def test_what_was_seen_need_not_leave_and_is_pruned_too():
    now = timezone.now()
    stuck, left = (
        MailJob.objects.create(
            kind="x", arguments={}, key=status, not_before=now, tried_at=now - timedelta(days=91), status=status
        )
        for status in ("mislukt", "verstuurd")
    )

    with pytest.raises(CommandError, match=f"Staat niet in de lijst: {left.pk}. Er is niets veranderd."):
        told("mail", "--gezien", str(stuck.pk), str(left.pk))
    assert "./wel.sh manage mail --gezien" in told("mail")
    assert told("mail", "--gezien", str(stuck.pk)) == "1 mail als gezien gezet.\n"

    assert MailJob.objects.get(pk=stuck.pk).status == "vervallen"
    assert told("prune_mail") == "Opgeruimd: 2.\n"
