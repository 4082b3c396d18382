"""Writes of a place at a table: planned with who is always there, prepared, and taken off the agenda again."""

from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from cases.models import CaseMember, scope_of
from meetings.mails import mail_due_invitations
from meetings.models import AgendaItem, Meeting, Participant, TeamMember
from meetings.planning import works_near
from meetings.refusals import rule_of
from meetings.rules.agenda import free_start
from meetings.rules.kinds import ABOUT_CASES

# What the database says when a colleague was first, or the meeting changed meanwhile.
NO_ROOM = (
    "agenda_is_full",
    "agenda_one_at_a_time",
    "agenda_of_planned_meeting",
    "agenda_fits_meeting",
    "agendaitem_once_per_meeting",
)


def taken_places(meetings):
    """{id of a meeting: [(begin, end), ...]}, also of a jeugdige whom the coördinator may not open."""
    taken = {meeting.pk: [] for meeting in meetings}
    if taken:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM access.taken_places(%s::bigint[])", [list(taken)])
            for meeting_id, begin, end in cursor.fetchall():
                taken[meeting_id].append((begin, end))
    return taken


def free_places_for(case, *, user):
    """Those where this jeugdige does not sit yet, as long as the consent lasts."""
    here = AgendaItem.objects.visible_to(user).standing().filter(case=case)
    return free_places(user=user, swv_id=case.swv_id, until=case.shared_until, without=here.values("meeting"))


def free_places(*, user, swv_id, until=date.max, without=(), most=6):
    """The first free place of each coming meeting about jeugdigen in this SWV until a day: (meeting, begin)."""
    meetings = Meeting.objects.editable_by(user).filter(
        swv_id=swv_id, status=Meeting.Status.PLANNED, kind__in=ABOUT_CASES, starts_at__gt=timezone.now()
    )
    meetings = list(meetings.exclude(pk__in=without).select_related("team").order_by("starts_at", "id")[:60])
    taken, found = taken_places(meetings), []
    for meeting in meetings:
        begin = free_place(meeting, taken[meeting.pk])
        if begin and timezone.localdate(begin) <= until and len(found) < most:
            found.append((meeting, begin))
    return found


def free_place(meeting, taken):
    team = meeting.team
    return free_start(
        meeting.starts_at, meeting.ends_at, taken, minutes=team.minutes_per_case, most=team.cases_per_session
    )


@transaction.atomic
def plan_item(*, case, meeting, begin, values, by, as_before=False):
    """The place with who is always there; None when it was taken or called off meanwhile.

    `as_before`: with what is known of the last table, and who was there.
    """
    previous = last_held(case, by)
    if as_before and previous:
        values = {name: getattr(previous, name) for name in ("presence", "place", "treat")} | values
    item = AgendaItem(
        **scope_of(case),
        meeting=meeting,
        team_swv_id=meeting.swv_id,
        starts_at=begin,
        ends_at=begin + timedelta(minutes=meeting.team.minutes_per_case),
        previous=previous,
        planned_by=by,
        updated_by=by,
        **values,
    )
    try:
        with transaction.atomic():
            item.save(force_insert=True)
            people = _always_there(item, case, meeting, by)
            if as_before and previous:
                people += _there_before(item, case, previous, people, by)
            for person in people:
                person.save(force_insert=True)
    except IntegrityError as error:
        if rule_of(error) not in NO_ROOM:
            raise
        return None
    return item


def last_held(case, by):
    """The table before the next one, where there was one."""
    held = AgendaItem.objects.visible_to(by).filter(case=case, status=AgendaItem.Status.DISCUSSED)
    return held.order_by("-starts_at", "-id").first()


def _always_there(item, case, meeting, by):
    """Eigenaar and inbrenger, an independent voorzitter, and the kernteam of that day (R7.4)."""
    Role, day = Participant.Role, timezone.localdate(item.starts_at)
    scope = scope_of(case) | {"item": item, "added_by": by}
    near = set(works_near(case, today=timezone.localdate()).order_by().values_list("user", flat=True))
    people, seen = [], set()
    own = CaseMember.objects.visible_to(by).filter(
        case=case, ends_on=None, role__in=(CaseMember.Role.OWNER, CaseMember.Role.BRINGER)
    )
    for member in sorted(own, key=lambda member: member.role != CaseMember.Role.OWNER):
        if member.user_id in near and member.user_id not in seen:
            seen.add(member.user_id)
            people.append(Participant(**scope, user_id=member.user_id, role=member.role))
    members = TeamMember.objects.visible_to(by).filter(team=meeting.team).active_on(day)
    members = members.exclude(role=TeamMember.Role.PARTNER)
    has_chair = False
    for member in sorted(members, key=lambda member: (member.role != TeamMember.Role.CHAIR, member.pk)):
        if member.user_id and (member.user_id in seen or member.user_id not in near):
            continue
        role = Role.CHAIR if member.role == TeamMember.Role.CHAIR and not has_chair else Role.CORE
        has_chair = has_chair or role == Role.CHAIR
        seen.add(member.user_id)
        people.append(participant_of(member, role=role, **scope))
    return people


def _there_before(item, case, previous, people, by):
    """Who came to the last table because of this jeugdige, and is not there already; the team is the team of now."""
    Role = Participant.Role
    near = set(works_near(case, today=timezone.localdate()).order_by().values_list("user", flat=True))
    users, addresses = {person.user_id for person in people}, {person.email for person in people if person.email}
    before = (
        Participant.objects.visible_to(by)
        .at_table()
        .filter(item=previous, role__in=(Role.GUEST, Role.LEERPLICHT, *Participant.NOT_MAILED))
    )
    absent = (Participant.Attendance.NOTICE, Participant.Attendance.ABSENT)
    return [
        Participant(
            **scope_of(case) | {"item": item, "added_by": by},
            **{name: getattr(person, name) for name in ("role", "user_id", "organisation", "function", "email")},
        )
        for person in before.exclude(attendance__in=absent)
        if (person.user_id is None or person.user_id in near - users) and person.email not in addresses
    ]


def participant_of(member, **values):
    """Somebody of the team at the table: with the account, or with the work that WEL knows."""
    return Participant(
        **values,
        user_id=member.user_id,
        organisation=member.organisation,
        function=member.function,
        email=member.email,
    )


def prepare_item(*, item, values, version, by):
    """How the youth takes part, the place and the treat. False when it was changed elsewhere since `version`."""
    mine = AgendaItem.objects.prepared_by(by).filter(pk=item.pk, version=version, status=AgendaItem.Status.PLANNED)
    return _update(mine, by, **values)


@transaction.atomic
def lapse_item(*, item, version, by):
    """Off the agenda; the invited hear it. False when it was changed elsewhere, or held already."""
    mine = AgendaItem.objects.editable_by(by).filter(pk=item.pk, version=version, status=AgendaItem.Status.PLANNED)
    return _update(mine, by, status=AgendaItem.Status.LAPSED)


@transaction.atomic
def _update(rows, by, **values):
    done = bool(rows.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))
    if done:
        mail_due_invitations.enqueue()
    return done


def table_page(item):
    """What who sits at the table reads of the Reis; empty for anybody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access.table_page(%s)", [item.pk])
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    return dict(zip(names, row, strict=True)) if row else {}
