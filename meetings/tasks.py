"""Mail about a meeting, in the background: when and where, and nothing about anybody."""

from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from access.context import acting_as
from access.dutch_dates import date_text
from access.mail import absolute_url, send_mail
from access.models import User
from meetings.models import Meeting, TeamMember

SAID = {
    "gepland": ("Er staat een overleg gepland", "staat gepland op"),
    "veranderd": ("Een overleg is veranderd", "is nu op"),
    "afgezegd": ("Een overleg gaat niet door", "gaat niet door. Het stond gepland op"),
}


@task()
def mail_about_meeting(meeting_id, user_id, what):
    """To voorzitter and kernteam of that day, but not to who did it. A queue row in another's name finds nothing."""
    by = User.objects.get(pk=user_id)
    with acting_as(by):
        meeting = Meeting.objects.editable_by(by).select_related("team").get(pk=meeting_id)
        day = timezone.localdate(meeting.starts_at)
        members = TeamMember.objects.visible_to(by).filter(team=meeting.team).exclude(role=TeamMember.Role.PARTNER)
        members = list(members.active_on(day).exclude(user=by).exclude(user__is_active=False).select_related("user"))
    subject, words = SAID[what]
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    when = f"{date_text(day, timezone.localdate())}, {start.hour}.{start:%M} tot {end.hour}.{end:%M} uur"
    where = "online" if meeting.place_kind == "online" else meeting.place
    for member in members:
        send_mail(
            "meeting",
            subject=f"{subject} – WEL",
            to=member.address,
            context={
                "name": member.user.name if member.user else "",
                "what": f"{meeting} van {meeting.team.name} {words} {when}.",
                "where": "" if what == "afgezegd" else where,
                "url": absolute_url(reverse("meetings:detail", args=[meeting.pk])) if member.user else "",
                "asked": by.name,
            },
        )
