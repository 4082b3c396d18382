"""What is there before a table, and what is still to be done: ten tasks, of which four hold it closed.

One small function for each task.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from access.dutch_dates import date_text
from access.prepared import execute_prepared
from cases.actions.consent import still_counting
from cases.models import NOT_SHARED, Case, CaseMember, Consent, InterviewConsent, last_answers
from cases.views.members import manages
from meetings.models import AgendaItem, Bringing, Checklist, HomeVisit, Intake, NoVoice
from meetings.rules.intake import STEPS
from regions.models import CASE_ROLES, Membership

NOT_YET, NEEDED = "Nog niet", "Nog nodig"
KINDS = (InterviewConsent, Intake, Bringing, Checklist, HomeVisit, NoVoice, AgendaItem)
ROWS = """
SELECT (SELECT to_jsonb(u) FROM cases_interviewconsent u WHERE u.case_id = %(case)s),
       (SELECT to_jsonb(i) FROM meetings_intake i WHERE i.case_id = %(case)s ORDER BY i.id DESC LIMIT 1),
       (SELECT to_jsonb(b) - 'answers' FROM meetings_bringing b WHERE b.case_id = %(case)s),
       (SELECT to_jsonb(c) FROM meetings_checklist c WHERE c.case_id = %(case)s),
       (SELECT to_jsonb(h) FROM meetings_homevisit h WHERE h.case_id = %(case)s),
       (SELECT to_jsonb(n) FROM meetings_novoice n WHERE n.case_id = %(case)s),
       (SELECT to_jsonb(i) FROM meetings_agendaitem i
        WHERE i.case_id = %(case)s AND i.status = 'gepland' ORDER BY i.starts_at LIMIT 1),
       (SELECT max(l.sent_at)::date FROM meetings_voicelink l WHERE l.case_id = %(case)s AND l.wiped_at IS NULL),
       (SELECT jsonb_build_object('asked', count(*), 'invited', count(p.invited_at))
        FROM meetings_participant p JOIN meetings_agendaitem i ON i.id = p.item_id AND i.status = 'gepland'
        WHERE p.case_id = %(case)s AND p.removed_at IS NULL AND p.role NOT IN ('jongere', 'ouder'))
"""


@dataclass(frozen=True)
class Task:
    """`status` are the words at the right; `is_blocking`: the table stays closed as long as this is not done."""

    key: str
    title: str
    is_done: bool
    status: str
    url: str = ""
    hint: str = ""
    is_blocking: bool = False

    @property
    def blocks(self):
        return self.is_blocking and not self.is_done


@dataclass(frozen=True)
class Facts:
    case: Case
    today: date
    owner: CaseMember | None
    said: list[Consent]  # about being discussed at the table
    allowed: InterviewConsent | None  # until when, as leerplicht counted it out
    intake: Intake | None
    bringing: Bringing | None
    checklist: Checklist | None
    visit: HomeVisit | None
    no_voice: NoVoice | None
    item: AgendaItem | None  # the next place at a table
    voice_on: date | None  # the day on which the youth sent the answers
    asked: int  # how many are asked to that table, and how many of them got their invitation
    invited: int
    manages: bool  # may appoint the eigenaar and a verbinder


def read_facts(case, user, *, members=None):
    """`case` was found for this user; `members` where the page has them already."""
    today = timezone.localdate()
    if members is None:
        members = owners_of(case, user)
    with connection.cursor() as cursor:
        execute_prepared(cursor, ROWS, {"case": case.pk})
        *found, voice_on, people = cursor.fetchone()
    rows = [from_json(model, row) for model, row in zip(KINDS, found, strict=True)]
    people = json.loads(people) if isinstance(people, str) else people
    owner = next((member for member in members if member.role == CaseMember.Role.OWNER), None)
    return Facts(
        case, today, owner, said_of_table(case, user), *rows, voice_on=voice_on, **people, manages=manages(user, case)
    )


def owners_of(case, user):
    """With whether each still works here: who left a werkplek opens the jeugdigen there no more."""
    here = Membership.objects.in_force(timezone.localdate()).filter(
        Q(swv_id=case.swv_id) | Q(gemeente_id=case.gemeente_id), user=OuterRef("user"), role__in=CASE_ROLES
    )
    found = CaseMember.objects.visible_to(user).filter(case=case, role=CaseMember.Role.OWNER, ends_on=None)
    return list(found.annotate(works_here=Exists(here.order_by())).select_related("user"))


def from_json(model, found):
    if found is None:
        return None
    found = json.loads(found) if isinstance(found, str) else found
    fields = {field.column: field for field in model._meta.concrete_fields}
    return model(**{fields[name].attname: fields[name].to_python(value) for name, value in found.items()})


def said_of_table(case, user):
    """The answers on being discussed at the table that count here, newest first."""
    said = Consent.objects.visible_to(user).filter(case=case, purpose=Consent.Purpose.TABLE)
    return still_counting(case, list(said), Consent.Purpose.TABLE)


# The four that hold the table closed


def owner(facts):
    is_known = facts.owner is not None and facts.owner.user.is_active and facts.owner.works_here
    return Task(
        "owner",
        "Eigenaar bekend",
        is_known,
        facts.owner.user.short_name if is_known else NEEDED,
        page("cases:owner", facts) if facts.manages else "",
        hint="" if is_known else "Wie houdt contact met de jongere en de ouders?",
        is_blocking=True,
    )


def bringing(facts):
    row = facts.bringing
    is_ready = row is not None and row.is_ready
    status = f"Klaar op {day(row.ready_at, facts)}" if is_ready else "Begonnen" if row else NEEDED
    return Task("bringing", "Casusinbreng klaar", is_ready, status, page("prepare:bringing", facts), is_blocking=True)


def voice(facts):
    reason = facts.no_voice
    task = partial(Task, "voice", "Stem van de jongere binnen", url=page("prepare:no_voice", facts), is_blocking=True)
    if facts.voice_on:
        status = f"Binnen op {date_text(facts.voice_on, facts.today)}"
        return task(is_done=True, status=status, url=page("voice:voice", facts))
    if reason is None or not reason.holds:
        return task(is_done=False, status=NEEDED, hint="Waarom lukt dit niet?")
    if reason.why == NoVoice.Why.BROKEN and not facts.case.connection_lost:
        url = page("cases:connection", facts)
        return task(is_done=False, status="Verbinder nodig", hint="Wie zoekt opnieuw verbinding?", url=url)
    status = "Verbinder zoekt contact" if reason.why == NoVoice.Why.BROKEN else reason.get_why_display()
    return task(is_done=True, status=status)


def consent(facts):
    is_given = facts.allowed is not None and facts.allowed.allows_table(facts.today)
    is_valid = is_given and facts.case.is_shared(facts.today)
    if is_valid:
        status = f"Tot en met {date_text(min(facts.allowed.table_until, facts.case.shared_until), facts.today)}"
    else:
        status = "Delen mag nu niet" if is_given else _consent_words(facts)
    return Task(
        "consent",
        "Toestemming geldig",
        is_valid,
        status,
        page("cases:consent", facts),
        hint="" if is_valid else "Voor bespreken aan de WEL-tafel. Leerplicht legt die vast.",
        is_blocking=True,
    )


def _consent_words(facts):
    answers = {row.answer for row in last_answers(facts.said).values()}
    for answer in (Consent.Answer.WITHDRAWN, Consent.Answer.REFUSED):
        if answer in answers:
            return answer.label
    if facts.allowed and facts.allowed.table_until != NOT_SHARED:
        return "Verlopen"
    return "Nog niet van iedereen" if facts.said else "Nog niet gevraagd"


# The rest never holds anything up


def step(key, title, facts):
    row = facts.intake
    is_done = row is not None and row.is_done(key)
    held_on = row and getattr(row, f"{STEPS[key].name}_on")
    status = date_text(held_on, facts.today) if held_on else "Niet van toepassing" if is_done else NOT_YET
    may_do = row.may_do(key) if row else not STEPS[key].before
    return Task(key, title, is_done, status, page("prepare:intake_step" if may_do else "prepare:intake", facts, key))


def participants(facts):
    if facts.item is None:
        return Task("participants", "Deelnemers gevraagd", False, NOT_YET, page("meetings:plan_case", facts))
    status = f"{facts.asked} mens{'en' if facts.asked != 1 else ''}"
    return Task("participants", "Deelnemers gevraagd", facts.asked > 0, status, facts.item.get_absolute_url())


def place(facts):
    """On the agenda, or chosen at the visit before it."""
    chosen = (facts.item and facts.item.place) or (facts.visit.place if facts.visit else "")
    url = facts.item.get_absolute_url() if facts.item else page("prepare:home_visit", facts)
    return Task("place", "Plek gekozen door de jongere", bool(chosen), chosen or NOT_YET, url)


def treats(facts):
    treat = facts.item.treat if facts.item else ""
    url = facts.item.get_absolute_url() if facts.item else ""
    return Task("treats", "Iets lekkers geregeld", bool(treat), treat or NOT_YET, url)


def invitation(facts):
    """To everybody who is asked."""
    url = facts.item.get_absolute_url() if facts.item else ""
    to_do = facts.asked - facts.invited
    if not facts.invited:
        return Task("invitation", "Uitnodiging verstuurd", False, NOT_YET, url)
    return Task("invitation", "Uitnodiging verstuurd", not to_do, f"Nog {to_do}" if to_do else "Verstuurd", url)


TASKS = (
    owner,
    partial(step, "mdo", "MDO op school geweest"),
    partial(step, "swv", "Samenwerkingsverband betrokken"),
    bringing,
    voice,
    consent,
    participants,
    place,
    treats,
    invitation,
)


def tasks_of(facts):
    return [task(facts) for task in TASKS]


def blocks(case, user):
    """The tasks that hold the table of this jeugdige closed now; planning asks this."""
    return [task for task in tasks_of(read_facts(case, user)) if task.blocks]


def page(name, facts, *rest):
    return reverse(name, args=[facts.case.pk, *(rest if name == "prepare:intake_step" else ())])


def day(moment, facts):
    return date_text(timezone.localdate(moment), facts.today)
