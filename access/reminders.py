"""Reminders by mail: what falls on one day for one person is one mail, at the moment that this person chose.

An app brings in a kind of its own: a `ReminderKind`, named in settings.REMINDERS. It says in numbers what falls due,
asked by nobody, and in words what of that still stands, asked with the eyes of the person. Grouping, choosing, sending
once and the page Profiel then follow.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from access.context import acting_as
from access.mail import Message, absolute_url
from access.mail_queue import mail_kind
from access.models import Reminder, User
from access.working_time import closed_days, next_morning

# A worker that stood still catches up this far; what is older is no news.
LATE = timedelta(days=7)


class Choice(models.TextChoices):
    AT_ONCE = "meteen", "Op het moment zelf"
    DAILY = "dag", "Eén keer per dag, ’s ochtends"
    NEVER = "niet", "Niet"


@dataclass(frozen=True)
class Due:
    """`number` is the row of the kind; at `falls_at` its mail may leave."""

    user_id: int
    number: int
    falls_at: datetime


@dataclass(frozen=True)
class Said:
    """One thing that still stands: codes and dates, no name of a youth and nothing of what is in it.

    `line` is what a mail about more than one thing says; the rest is the mail about this one alone. `asked` in its
    context is whom to call.
    """

    line: str
    template: str
    subject: str
    context: dict


@dataclass(frozen=True)
class ReminderKind:
    """`find(since, until)` gives every Due between; `say(user, numbers)` what of these still stands for that person."""

    key: str
    label: str  # on Profiel
    things: str  # "dingen die je beloofde": the subject of a mail about several
    page: str  # name of the page where they stand together
    find: Callable[[datetime, datetime], list[Due]]
    say: Callable[[User, list[int]], list[Said]]
    default: Choice = Choice.AT_ONCE

    def choice_of(self, user):
        chosen = user.mail_choices.get(self.key)
        return Choice(chosen) if chosen in Choice.values else self.default


def reminder_kinds():
    return [import_string(path) for path in settings.REMINDERS]


def queue_reminders(now):
    """How many mails now wait. Run it as often as you like: each thing falls into one mail, ever.

    A mail takes along what falls later that day, so that nobody gets more than one for what was known in the morning.
    """
    midnight = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    found = defaultdict(list)
    for kind in reminder_kinds():
        for due in kind.find(now - LATE, midnight):
            found[due.user_id].append((kind, due))
    told = set(Reminder.objects.filter(falls_at__gte=now - LATE).values_list("user_id", "kind", "number", "falls_at"))
    number = 0
    for user in User.objects.filter(pk__in=found, is_active=True).order_by("pk"):
        waiting = [
            (leaves_at(kind.choice_of(user), due.falls_at), kind.key, due)
            for kind, due in found[user.pk]
            if kind.choice_of(user) != Choice.NEVER and (user.pk, kind.key, due.number, due.falls_at) not in told
        ]
        if any(moment <= now for moment, _, _ in waiting):
            number += _queue(user, [(key, due) for moment, key, due in waiting if moment <= midnight])
    return number


def leaves_at(choice, falls_at):
    return next_morning(falls_at, closed_days()) if choice == Choice.DAILY else falls_at


@transaction.atomic
def _queue(user, things):
    """Whether there is a mail; of two workers at once, each thing is of the first that wrote it down."""
    new = [
        (key, due)
        for key, due in sorted(things, key=lambda thing: (thing[1].falls_at, thing[0], thing[1].number))
        if Reminder.objects.get_or_create(user=user, kind=key, number=due.number, falls_at=due.falls_at)[1]
    ]
    if new:
        key, first = new[0]
        reminder.queue(
            key=f"herinnering-{user.pk}-{key}-{first.number}-{first.falls_at:%Y%m%dT%H%MZ}",
            user_id=user.pk,
            things=[[key, due.number] for key, due in new],
        )
    return bool(new)


@mail_kind
def reminder(user_id, things):
    """What still stands when it leaves: alone with its own words, or together in one list."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    said = []
    with acting_as(user):
        for kind in reminder_kinds():
            numbers = [number for key, number in things if key == kind.key]
            if numbers and kind.choice_of(user) != Choice.NEVER:
                said += [(kind, one) for one in kind.say(user, numbers)]
    if not said:
        return None
    if len(said) == 1:
        one = said[0][1]
        return Message(one.template, one.subject, user.email, one.context | {"name": user.name})
    return _together(user, said)


def _together(user, said):
    kinds = {kind.key: kind for kind, _ in said}
    only = next(iter(kinds.values())) if len(kinds) == 1 else None
    pages = {kind.page for kind in kinds.values()}
    subject = f"Vandaag: {len(said)} {only.things if only else 'dingen die op jou wachten'}"
    lines = Counter(one.line for _, one in said)
    asked = {one.context.get("asked", "") for _, one in said}
    context = {
        "name": user.name,
        "subject": subject,
        "lines": [f"{line} ({number} keer)" if number > 1 else line for line, number in lines.items()],
        "asked": asked.pop() if len(asked) == 1 else "",  # nobody knows all of several tables
        "url": absolute_url(reverse(pages.pop() if len(pages) == 1 else "reporting:today")),
    }
    return Message("reminders", subject, user.email, context)
