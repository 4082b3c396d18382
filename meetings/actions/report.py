"""Writes about a verslag: put right, and opened or closed for one reader at a time."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from access import audit
from meetings.actions.live import scope_of_item
from meetings.mails import report_ready
from meetings.models import Participant, ReportReader, TableReport


def change_report(*, report, values, version, by):
    """False, and nothing changed, when somebody else changed it since `version`."""
    mine = TableReport.objects.editable_by(by).filter(pk=report.pk, version=version)
    return bool(mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))


def may_be_asked(people):
    """Those with whom a verslag can be shared: with an account, invited, and they did not say no."""
    return [p for p in people if p.user_id and p.invited_at and not p.removed_at and p.answer != Participant.Answer.NO]


@transaction.atomic
def share_report(*, report, item, people, by):
    """Open it to these people at the table, and a mail to each for whom it is new; how many could not read it before.

    Whoever had a mail once gets no second one, also when it was taken back in between.
    """
    now = timezone.now()
    rows = ReportReader.objects.editable_by(by).filter(report=report)
    known = {row.participant_id: row for row in rows}
    again = [row.pk for row in known.values() if row.taken_back_at and row.participant_id in {p.pk for p in people}]
    number = rows.filter(pk__in=again).update(taken_back_at=None, shared_at=now, shared_by=by)
    fresh = [
        ReportReader(**scope_of_item(item), item=item, report=report, participant=person, shared_at=now, shared_by=by)
        for person in people
        if person.pk not in known
    ]
    # Of two who share at once the second opens nothing twice.
    ReportReader.objects.bulk_create(fresh, ignore_conflicts=True)
    number += len(fresh)
    if number:
        audit.record("report_shared", case_id=item.case_id, detail={"people": number})
    for row in rows.reading().filter(participant__in=[person.pk for person in people]):
        report_ready.queue(key=f"verslag-{report.pk}-{row.participant_id}", reader_id=row.pk, user_id=by.pk)
    return number


@transaction.atomic
def take_back(*, reader, by):
    """Closed at once; False when it was closed before."""
    mine = ReportReader.objects.editable_by(by).reading().filter(pk=reader.pk)
    if not mine.update(taken_back_at=timezone.now()):
        return False
    audit.record("report_taken_back", case_id=reader.case_id, detail={"people": 1})
    return True
