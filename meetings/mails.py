"""Mail about a meeting and about a place at its table: when and where, and nobody's name but that in the greeting."""

import hashlib
from types import SimpleNamespace

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_tasks import task

from access.context import acting_as
from access.dutch_dates import date_text, time_text
from access.mail import Message, absolute_url
from access.mail_queue import mail_kind
from access.models import User
from meetings.calendar import Entry, attachment
from meetings.models import Meeting, Participant, ReportReader, TeamMember

SAID = {
    "gepland": ("Er staat een overleg gepland", "staat gepland op"),
    "veranderd": ("Een overleg is veranderd", "is nu op"),
    "afgezegd": ("Een overleg gaat niet door", "gaat niet door. Het stond gepland op"),
}


def tell_core_team(meeting, by, what, by_itself=False):
    """To voorzitter and kernteam of that day, but not to who did it; a mail each, so that none waits for another.

    What WEL did by itself goes to everybody; `by` is then whose eyes the mail is written with.
    """
    members = TeamMember.objects.visible_to(by).filter(team=meeting.team).exclude(role=TeamMember.Role.PARTNER)
    members = members.active_on(timezone.localdate(meeting.starts_at))
    for member in members if by_itself else members.exclude(user=by):
        meeting_news.queue(
            key=f"overleg-{meeting.pk}-{meeting.version}-{what}-{member.pk}",
            meeting_id=meeting.pk,
            member_id=member.pk,
            user_id=by.pk,
            what=what,
            by_itself=by_itself,
        )


@mail_kind
def meeting_news(meeting_id, member_id, user_id, what, by_itself=False):
    """As the meeting stands when the mail leaves. A row in the name of who may not plan it finds nothing."""
    by = User.objects.get(pk=user_id)
    with acting_as(by):
        meeting = Meeting.objects.editable_by(by).select_related("team").get(pk=meeting_id)
        member = TeamMember.objects.visible_to(by).select_related("user").get(pk=member_id)
    if member.user and not member.user.is_active:
        return None
    subject, words = SAID[what]
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    when = f"{date_text(start.date(), timezone.localdate())}, {start.hour}.{start:%M} tot {end.hour}.{end:%M} uur"
    context = {
        "name": member.user.name if member.user else "",
        "what": f"{meeting} van {meeting.team.name} {words} {when}.",
        "where": "" if what == "afgezegd" else meeting.place or "online",
        "url": absolute_url(reverse("meetings:detail", args=[meeting.pk])) if member.user else "",
        "asked": "je coördinator" if by_itself else by.name,
    }
    return Message("meeting", f"{subject} – WEL", member.address, context)


WHAT = {
    "nieuw": ("{table} op {day}, {time}", "Fijn dat je meedoet."),
    "anders": ("Veranderd: {table} op {day}, {time}", "De tafel is veranderd. Hieronder staat hoe het nu is."),
    "af": ("Gaat niet door: {table} op {day}, {time}", "Deze tafel gaat niet door, of je hoeft er niet bij te zijn."),
}


@task()
def mail_due_invitations():
    """One mail for each version of each invitation that did not leave yet. It is nobody who asks: numbers only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT participant, wanted FROM access.invitations_due()")
        due = cursor.fetchall()
    for participant_id, version in due:
        invitation_to_table.queue(
            key=f"uitnodiging-{participant_id}-{version}", participant_id=participant_id, version=version
        )


@mail_kind
def invitation_to_table(participant_id, version):
    """The invitation of one person; nothing when a later version stands, or when it is over."""
    token = invitation_token(participant_id)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access.take_invitation(%s, %s, %s)", [participant_id, version, hash_of(token)])
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    if row is None:
        return None
    row = SimpleNamespace(**dict(zip(names, row, strict=True)))

    def told():
        with connection.cursor() as cursor:
            cursor.execute("SELECT access.invitation_told(%s, %s, %s)", [participant_id, version, row.what])

    return _invitation(row, token, told)


def _invitation(row, token, told):
    today = timezone.localdate()
    start = timezone.localtime(row.starts_at)
    day, time = date_text(start.date(), today), time_text(start)
    title, opening = WHAT[row.what]
    is_off = row.what == "af"
    code = f"WEL-{row.case_id:04d}"
    minutes = round((row.ends_at - row.starts_at).total_seconds() / 60)
    place = row.place or "online"
    if row.place_kind == "beide":
        place += ", of online"
    answer = absolute_url(reverse("meetings:answer", args=[token]))
    page = absolute_url(reverse("meetings:item", args=[row.item])) if row.has_account else ""
    context = {
        "name": row.name,
        "opening": opening,
        "is_off": is_off,
        "when": f"{day}, {time}",
        "minutes": minutes,
        "code": code,
        "place": place,
        "role": dict(Participant.Role.choices)[row.role].lower(),
        "yes": f"{answer}?keuze=ja",
        "no": f"{answer}?keuze=nee",
        "url": page,
        "asked": ", ".join(part for part in (row.asked, row.phone) if part),
    }
    entry = Entry(
        uid=row.uid,
        sequence=row.sequence,
        title=f"{row.table_word}, {code}",
        text=opening if is_off else f"We denken {minutes} minuten mee met één jongere ({code}). Kun je? {answer}",
        place=place,
        url="" if is_off else page,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        to=row.address,
        is_off=is_off,
    )
    subject = title.format(table=row.table_word, day=day, time=time)
    return Message("table", subject, row.address, context, (attachment(entry),), told)


def invitation_token(participant_id):
    """The same link in every mail about this place; 256 bits that only the key of this installation gives."""
    return salted_hmac("meetings.invitation", str(participant_id), algorithm="sha256").hexdigest()


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


@mail_kind
def report_ready(reader_id, user_id):
    """A verslag can be read: a code, a day and a link. Nothing when it was taken back before the mail left."""
    by = User.objects.get(pk=user_id)
    with acting_as(by):
        found = (
            ReportReader.objects.visible_to(by).reading().filter(pk=reader_id, shared_until__gte=timezone.localdate())
        )
        reader = found.select_related("participant__user", "item").first()
    user = reader and reader.participant.user
    if not user or not user.is_active or reader.participant.removed_at:
        return None
    day = date_text(timezone.localdate(reader.item.starts_at), timezone.localdate())
    context = {
        "name": user.name,
        "day": day,
        "code": reader.item.code,
        "url": absolute_url(reverse("meetings:report", args=[reader.item_id])),
        "asked": ", ".join(part for part in (by.name, by.phone) if part),
    }
    return Message("report", f"Het verslag van de tafel op {day} staat klaar – WEL", user.email, context)
