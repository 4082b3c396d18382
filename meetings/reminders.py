"""Reminders after a table: what somebody promised (R8.2), and that the youth is waiting to hear (R9.1)."""

from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from access.dutch_dates import date_text, time_text
from access.mail import absolute_url
from access.reminders import Due, ReminderKind, Said
from access.working_time import closed_days
from meetings.models import Action, AgendaItem, Feedback, Participant
from meetings.rules.due import Horizon
from meetings.rules.remind import feedback_reminders, promise_reminder

# The longest time between a term and the morning of its reminder: days on which nobody works, Christmas among them.
AROUND = timedelta(days=10)


def promises_due(since, until):
    found, holidays = [], closed_days()
    for number, user_id, horizon, ends_at, due_at in _ask(
        "SELECT * FROM access.promises_due(%s, %s)", since - AROUND, until + AROUND
    ):
        moment = promise_reminder(horizon, ends_at=ends_at, due_at=due_at, holidays=holidays)
        found.append(Due(user_id, number, moment))
    return [due for due in found if since < due.falls_at <= until]


def feedback_due(since, until):
    found, holidays = [], closed_days()
    days = timezone.localdate(since) - AROUND, timezone.localdate(until) + AROUND
    for number, user_id, table_on, due_on in _ask("SELECT * FROM access.feedback_due(%s, %s)", *days):
        moments = feedback_reminders(table_on=table_on, due_on=due_on, holidays=holidays)
        found += [Due(user_id, number, moment) for moment in moments if moment]
    return [due for due in found if since < due.falls_at <= until]


def say_promises(user, numbers):
    """Those that are still open and that this person may still open; leerplicht too only while it is shared."""
    mine = Action.objects.visible_to(user).of(user).open().filter(pk__in=numbers)
    return [_promise(action, user) for action in _while_shared(mine).order_by("due_at", "id")]


def say_feedback(user, numbers):
    mine = Feedback.objects.editable_by(user).waiting().filter(teller=user, pk__in=numbers)
    return [_feedback(row, user) for row in _while_shared(mine).order_by("due_on", "id")]


def _while_shared(rows):
    standing = rows.filter(shared_until__gte=timezone.localdate()).exclude(item__status=AgendaItem.Status.LAPSED)
    return standing.select_related("item__planned_by")


def _promise(action, user):
    code, due = action.item.code, timezone.localtime(action.due_at)
    by = date_text(due.date(), timezone.localdate())
    if action.horizon == Horizon.HOURS:
        by += f", {time_text(due)}"
    return Said(
        line=f"{code}, uiterlijk {by}",
        template="promise",
        subject=f"Je beloofde iets voor {code}",
        context={
            "code": code,
            "by": by,
            "url": absolute_url(reverse("actions:detail", args=[action.pk])),
            "asked": asked(action.item, user),
        },
    )


def _feedback(row, user):
    today = timezone.localdate()
    code, by = row.item.code, date_text(row.due_on, today)
    return Said(
        line=f"{code}, vertel wat er is bedacht, uiterlijk {by}",
        template="feedback",
        subject=f"Vertel {code} wat er is bedacht",
        context={
            "held": date_text(timezone.localdate(row.item.starts_at), today),
            "by": by,
            "is_over_time": row.due_on < today,
            "url": absolute_url(reverse("meetings:feedback", args=[row.item_id])),
            "asked": asked(row.item, user),
        },
    )


def asked(item, user):
    """Whom to ask: who planned the table, else its eigenaar; nobody when that is who reads it."""
    owners = Participant.objects.visible_to(user).at_table().filter(item=item, role=Participant.Role.OWNER)
    people = [item.planned_by, *(owner.user for owner in owners.select_related("user"))]
    person = next((one for one in people if one.is_active and one != user), None)
    return ", ".join(part for part in (person.name, person.phone) if part) if person else ""


def _ask(statement, since, until):
    with connection.cursor() as cursor:
        cursor.execute(statement, [since, until])
        return cursor.fetchall()


PROMISE = ReminderKind(
    key="actie",
    label="Wat ik beloofde aan een tafel",
    things="dingen die je beloofde",
    page="actions:list",
    find=promises_due,
    say=say_promises,
)
FEEDBACK = ReminderKind(
    key="terugkoppeling",
    label="Wat ik een jongere nog vertel na een tafel",
    things="jongeren die iets willen horen",
    page="actions:list",
    find=feedback_due,
    say=say_feedback,
)
