"""What is there before a table, and what is still to be done: ten tasks, of which four hold it closed.

One small function for each task. What is about the agenda of a meeting is not known here yet, and says so.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from access.dutch_dates import date_text
from cases.actions.consent import still_counting
from cases.models import NOT_SHARED, Case, CaseMember, Consent, InterviewConsent, last_answers
from cases.views.members import manages
from meetings.models import Bringing, Checklist, HomeVisit, Intake, NoVoice
from meetings.rules.intake import STEPS

NOT_YET, NEEDED = "Nog niet", "Nog nodig"
KINDS = (InterviewConsent, Intake, Bringing, Checklist, HomeVisit, NoVoice)
ROWS = """
SELECT (SELECT to_jsonb(u) FROM cases_interviewconsent u WHERE u.case_id = %(case)s),
       (SELECT to_jsonb(i) FROM meetings_intake i WHERE i.case_id = %(case)s ORDER BY i.id DESC LIMIT 1),
       (SELECT to_jsonb(b) - 'answers' FROM meetings_bringing b WHERE b.case_id = %(case)s),
       (SELECT to_jsonb(c) FROM meetings_checklist c WHERE c.case_id = %(case)s),
       (SELECT to_jsonb(h) FROM meetings_homevisit h WHERE h.case_id = %(case)s),
       (SELECT to_jsonb(n) FROM meetings_novoice n WHERE n.case_id = %(case)s)
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
    manages: bool  # may appoint the eigenaar and a verbinder


def read_facts(case, user, *, members=None):
    """`case` was found for this user; `members` where the page has them already."""
    today = timezone.localdate()
    if members is None:
        members = owners_of(case, user)
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"case": case.pk})
        found = zip(KINDS, cursor.fetchone(), strict=True)
    rows = [from_json(model, row) for model, row in found]
    owner = next((member for member in members if member.role == CaseMember.Role.OWNER), None)
    return Facts(case, today, owner, said_of_table(case, user), *rows, manages=manages(user, case))


def owners_of(case, user):
    found = CaseMember.objects.visible_to(user).filter(case=case, role=CaseMember.Role.OWNER, ends_on=None)
    return list(found.select_related("user"))


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
    is_known = facts.owner is not None and facts.owner.user.is_active
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


def voice_received(facts):
    """When the answers of the youth came in; None: not yet. The table of the stem joins here."""
    return None


def voice(facts):
    received, reason = voice_received(facts), facts.no_voice
    task = partial(Task, "voice", "Stem van de jongere binnen", url=page("prepare:no_voice", facts), is_blocking=True)
    if received:
        return task(is_done=True, status=f"Binnen op {day(received, facts)}")
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
    return Task("participants", "Deelnemers gevraagd", False, NOT_YET)


def place(facts):
    """Chosen at the visit; the place of a meeting joins here."""
    chosen = facts.visit.place if facts.visit else ""
    return Task(
        "place", "Plek gekozen door de jongere", bool(chosen), chosen or NOT_YET, page("prepare:home_visit", facts)
    )


def treats(facts):
    return Task("treats", "Iets lekkers geregeld", False, NOT_YET)


def invitation(facts):
    return Task("invitation", "Uitnodiging verstuurd", False, NOT_YET)


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
