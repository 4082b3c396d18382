"""Mail about a meeting: when and where, and nothing about anybody."""

from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.dutch_dates import date_text
from access.mail import Message, absolute_url
from access.mail_queue import mail_kind
from access.models import User
from meetings.models import Meeting, TeamMember

SAID = {
    "gepland": ("Er staat een overleg gepland", "staat gepland op"),
    "veranderd": ("Een overleg is veranderd", "is nu op"),
    "afgezegd": ("Een overleg gaat niet door", "gaat niet door. Het stond gepland op"),
}


def tell_core_team(meeting, by, what):
    """To voorzitter and kernteam of that day, but not to who did it; a mail each, so that none waits for another."""
    members = TeamMember.objects.visible_to(by).filter(team=meeting.team).exclude(role=TeamMember.Role.PARTNER)
    members = members.active_on(timezone.localdate(meeting.starts_at)).exclude(user=by)
    for member in members:
        meeting_news.queue(
            key=f"overleg-{meeting.pk}-{meeting.version}-{what}-{member.pk}",
            meeting_id=meeting.pk,
            member_id=member.pk,
            user_id=by.pk,
            what=what,
        )


@mail_kind
def meeting_news(meeting_id, member_id, user_id, what):
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
        "asked": by.name,
    }
    return Message("meeting", f"{subject} – WEL", member.address, context)
