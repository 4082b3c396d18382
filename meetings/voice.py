"""The stem van de jongere as it stands: what the holder of a link sees of it, and what the people around may know."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import connection
from django.utils import timezone

from meetings.models import VoiceLink
from meetings.rules.voice import last_day


def new_token():
    """What stands in a link: 256 random bits."""
    return secrets.token_urlsafe(32)


def secret_of(token):
    """What opens a link in the database: its hash, never the link itself (migrations/_0003_sql.py)."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@dataclass(frozen=True)
class Answer:
    choice: str = ""
    text: str = ""
    may_table_read: bool = False
    version: int = 0


@dataclass(frozen=True)
class Voice:
    """What the form shows, to whoever holds the link."""

    token: str
    reader: str  # first name of the eigenaar
    phone: str
    expires_on: date
    closes_at: datetime | None
    sent_at: datetime | None
    answers: dict
    drawing: bool | None  # whether the table may see it; None when there is none

    @property
    def secret(self):
        return secret_of(self.token)

    @property
    def last_day(self):
        return last_day(self.expires_on, self.closes_at and timezone.localdate(self.closes_at))

    @property
    def has_begun(self):
        return bool(self.answers) or self.drawing is not None

    def answer(self, question):
        return self.answers.get(question.key, Answer())


def read_voice(token):
    """None for a link that does not work, whatever the reason."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access.voice_read(%s)", [secret_of(token)])
        row = cursor.fetchone()
    if row is None:
        return None
    reader, phone, expires, closes_at, sent_at, answers, drawing = row
    answers = json.loads(answers) if isinstance(answers, str) else answers
    return Voice(
        token=token,
        reader=first_name(reader),
        phone=phone,
        expires_on=expires,
        closes_at=closes_at,
        sent_at=sent_at,
        answers={one.pop("question"): Answer(**one) for one in answers},
        drawing=drawing,
    )


def first_name(name):
    return (name.split() or [""])[0]


class State(StrEnum):
    NONE = "none"
    INVITED = "invited"
    BEGUN = "begun"  # known to the eigenaar only
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class VoiceState:
    kind: State
    on: date | None = None  # received: sent on; withdrawn, expired: since; invited, begun: made on
    link: VoiceLink | None = None  # the newest one

    @property
    def is_received(self):
        return self.kind == State.RECEIVED


def voice_state(case, user):
    """How far the stem of `case` is, for somebody who may open it: one query, and one more before it was sent.

    What came in stays in, also when the link is over; what the youth wiped was never there.
    """
    links = list(VoiceLink.objects.visible_to(user).filter(case=case).newest())
    newest = links[0] if links else None
    sent = next((link for link in links if link.sent_at and not link.wiped_at), None)
    now = timezone.now()
    if sent:
        return VoiceState(State.RECEIVED, timezone.localdate(sent.sent_at), newest)
    if newest is None or newest.wiped_at:
        return VoiceState(State.NONE, link=newest)
    if newest.withdrawn_at:
        return VoiceState(State.WITHDRAWN, timezone.localdate(newest.withdrawn_at), newest)
    if not newest.is_open(now):
        closed = newest.closes_at and timezone.localdate(newest.closes_at)
        return VoiceState(State.EXPIRED, last_day(newest.expires_on, closed), newest)
    begun = has_begun(case)
    return VoiceState(State.BEGUN if begun else State.INVITED, timezone.localdate(newest.made_at), newest)


def has_begun(case):
    """Whether there is something that was not sent yet; False for everybody but the eigenaar."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.voice_begun(%s)", [case.pk])
        return cursor.fetchone()[0]
