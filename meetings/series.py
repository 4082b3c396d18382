"""The series of a team: tables by its rhythm for three months, and none without a jeugdige (R7.2).

Nobody does this: the database plans and calls off by its own rules (access.plan_series, access.call_off_empty), so that
no colleague's name stands under it. What has to be read first is read with the eyes of a coördinator of that SWV.
"""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from access.context import acting_as
from access.models import User
from access.working_time import closed_days
from meetings.mails import mail_due_invitations, tell_core_team
from meetings.models import Meeting, WelTeam
from meetings.models.meeting import NO_CASE
from meetings.rules.agenda import working_days_before
from meetings.rules.next_time import next_day

AHEAD = timedelta(days=91)
NOTICE = 3  # working days
LONGEST_NOTICE = timedelta(days=14)  # three working days around Christmas are many days


def keep_series(today):
    """(planned, called off): how many. Run it as often as you like; it does nothing twice."""
    planned = called_off = 0
    for team_id, user_id in _ask_all("SELECT * FROM access.series_teams()"):
        if user_id is None:  # nobody coordinates there any more
            continue
        reader = User.objects.get(pk=user_id)
        with acting_as(reader):
            team = WelTeam.objects.visible_to(reader).get(pk=team_id)
            empty = list(_coming(team, reader, today))
        planned += sum(_ask("SELECT access.plan_series(%s, %s)", team.pk, day) is not None for day in days(team, today))
        for meeting in empty:
            day = timezone.localdate(meeting.starts_at)
            if is_near(day, today) and _ask("SELECT access.call_off_empty(%s, %s)", meeting.pk, NO_CASE):
                called_off += 1
                with acting_as(reader):
                    off = Meeting.objects.visible_to(reader).get(pk=meeting.pk)
                    tell_core_team(off, reader, "afgezegd", by_itself=True)
    # Also what changed elsewhere: a consent that was withdrawn took a jeugdige off an agenda.
    mail_due_invitations.enqueue()
    return planned, called_off


def days(team, today):
    """The days of the rhythm in the coming three months that are working days here."""
    day = today
    while True:
        day = next_day(
            team.rhythm,
            weekday=team.weekday,
            every_weeks=team.every_weeks,
            month_week=team.month_week,
            first=team.starts_on,
            after=day,
        )
        if day is None or day > today + AHEAD:
            return
        # What would be called off tomorrow is not planned today.
        if day not in closed_days() and team.is_active_on(day) and not is_near(day, today):
            yield day


def is_near(day, today):
    """Three working days or fewer from now."""
    return working_days_before(day, NOTICE, closed_days()) <= today


def _coming(team, reader, today):
    """Of its series what is near; whether somebody is on the agenda, the database knows."""
    found = Meeting.objects.visible_to(reader).filter(team=team, status=Meeting.Status.PLANNED, series_on__isnull=False)
    now = timezone.now()
    return found.filter(starts_at__gt=now, starts_at__lt=now + LONGEST_NOTICE)


def _ask(statement, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchone()[0]


def _ask_all(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
