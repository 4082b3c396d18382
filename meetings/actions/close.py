"""Closing a table: all that is agreed at once, or nothing (R8.1-R8.3, R9.1)."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from meetings.actions.live import scope_of_item
from meetings.actions.report import may_be_asked, share_report
from meetings.models import AgendaItem, Feedback, Participant, TableReport
from meetings.refusals import rule_of


class NotYet(Exception):
    """Nobody promised anything yet, or a colleague closed it first."""


@transaction.atomic
def close_table(*, item, by, values):
    """`values` as CloseForm cleans them. Raises NotYet, and then nothing is changed."""
    now = timezone.now()
    report = TableReport(
        **scope_of_item(item),
        item=item,
        closed_by=by,
        updated_at=now,
        advice=TableReport.Advice.BINDING if item.meeting.team.advice_is_binding else TableReport.Advice.ADVICE,
        **{name: values[name] for name in ("agreed", "mix", "is_feasible", "dissent")},
    )
    report.save(force_insert=True)
    Feedback(**scope_of_item(item), item=item, teller=values["teller"], due_on=values["due_on"]).save(force_insert=True)
    people = Participant.objects.editable_by(by).at_table().filter(item=item)
    present = people.filter(pk__in=values["present"])
    present.update(attendance=Participant.Attendance.PRESENT, version=F("version") + 1)
    said_no = people.exclude(pk__in=values["present"]).filter(answer=Participant.Answer.NO)
    said_no.update(attendance=Participant.Attendance.NOTICE, version=F("version") + 1)
    people.exclude(pk__in=values["present"]).exclude(answer=Participant.Answer.NO).update(
        attendance=Participant.Attendance.ABSENT, version=F("version") + 1
    )
    if values["share"] == "tafel":
        readers = [person for person in may_be_asked(present) if person.user_id != by.pk]
        share_report(report=report, item=item, people=readers, by=by)
    planned = AgendaItem.objects.editable_by(by).filter(pk=item.pk, status=AgendaItem.Status.PLANNED)
    if not planned.update(status=AgendaItem.Status.DISCUSSED, updated_by=by, updated_at=now, version=F("version") + 1):
        raise NotYet


def try_to_close(**arguments):
    """True when the table is closed; False when there is nothing to close yet, or any more."""
    try:
        with transaction.atomic():
            close_table(**arguments)
    except NotYet:
        return False
    except IntegrityError as error:
        if rule_of(error) in ("table_closes_complete", "tablereport_once", "feedback_once"):
            return False
        raise
    return True
