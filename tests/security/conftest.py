"""A world with two regions, and a login as the web role past Django: what an SQL injection would have."""

import hashlib
import hmac
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import psycopg2
import pytest
from django.conf import settings
from django.utils import timezone

from access import audit
from regions.models import Membership, Role
from tests import factories
from tests.database import as_owner, empty, login_dsn
from tests.interviews import allow, interview_of


@dataclass
class World:
    leerplicht: object
    coordinator: object
    owner: object
    contact: object
    project: object
    fg: object
    beheer: object
    interviewer: object  # a coördinator who may see reasons too
    stranger: object
    own: object  # shared, in the coördinator's SWV
    closed: object  # same SWV, not shared
    foreign: object  # shared, in another SWV
    own_parts: dict
    foreign_parts: dict


def incoming(elsewhere, case):
    """A jeugdige of `elsewhere`, offered to the side of `case` with consent."""
    there = {"to_swv": case.swv, "to_gemeente": case.gemeente}
    handover = factories.HandoverFactory(case=elsewhere, message=f"geheim aanbod {case.pk}", **there)
    factories.ConsentFactory(case=elsewhere, purpose="overdracht", recorded_by=handover.asked_by)
    return handover


def voice_of(case, author):
    """What a youth sent: one answer for the table, one and a drawing for the eigenaar alone, and one not sent yet."""
    over = factories.VoiceLinkFactory(case=case, made_by=author, expires_on=timezone.localdate() - timedelta(days=9))
    factories.VoiceAnswerFactory(link=over, text=f"geheim woord {case.pk} van eerst")
    link = factories.VoiceLinkFactory(case=case, made_by=author, sent_at=timezone.now(), changed_at=timezone.now())
    return {
        "voice": link,
        "voice_shared": factories.VoiceAnswerFactory(link=link, text=f"geheime stem {case.pk}", may_table_read=True),
        "voice_private": factories.VoiceAnswerFactory(link=link, question="lastig", text=f"geheim woord {case.pk}"),
        "voice_drawing": factories.VoiceDrawingFactory(link=link, content=b"geheim woord " + str(case.pk).encode()),
    }


def held_of(case, team, writer):
    """A table of a month ago, somebody who was there and was phoned, and what came of its advice."""
    meeting = factories.MeetingFactory(team=team, starts_at=timezone.now() - timedelta(days=30), status="geweest")
    held = factories.AgendaItemFactory(case=case, meeting=meeting, status="besproken", planned_by=writer)
    present = factories.ParticipantFactory(item=held, attendance="aanwezig")
    moral = factories.MeetingFactory(team=team, kind="moreel", starts_at=timezone.now() - timedelta(days=3))
    weighed = [{"perspective": f"geheim perspectief {case.pk}", "text": "Rust helpt."}]
    return {
        "moral": moral,
        "moral_card": factories.MoralCardFactory(
            meeting=moral, question=f"geheime vraag {case.pk}", considerations=weighed, updated_by=writer
        ),
        "held_meeting": meeting,
        "held": held,
        "present": present,
        "review": factories.AdviceReviewFactory(item=held, happened=f"geheime terugblik {case.pk}", updated_by=writer),
        "called": factories.TableReflectionFactory(
            participant=present, worked=f"geheim oordeel {case.pk}", updated_by=writer
        ),
    }


def parts_of(case, author, writer):
    """One row in every table that hangs on a case, with text that would betray it."""
    subsidy = factories.SubsidyFactory(swv=case.swv)
    team = factories.WelTeamFactory(swv=case.swv, name=f"geheim team {case.pk}")
    table = factories.MeetingFactory(team=team)
    item = factories.AgendaItemFactory(case=case, meeting=table, place=f"geheime plek {case.pk}", planned_by=writer)
    allow(case, quotes=30, reasons=30)
    interview, answer, quote = interview_of(case, recorded_by=writer)
    elsewhere = factories.CaseFactory(gemeente=factories.gemeente("Amsterdam"), swv=factories.swv("PO2707"))
    with as_owner():
        membership = Membership.objects.get(user=writer)
    entry = factories.LogEntryFactory(case=case, author=writer, text=f"geheim verslag {case.pk}")
    obstacle = factories.ObstacleFactory(swv=case.swv, author=author)
    member = factories.CaseMemberFactory(case=case)
    return {
        "identity": factories.IdentityFactory(case=case, last_name=f"Geheim{case.pk}"),
        "consent": factories.ConsentFactory(case=case, recorded_by=author),
        "member": member,
        "let_in": factories.IdentityGrantFactory(case=case, granted_by=author),
        "journey": factories.JourneyFactory(case=case, wensdroom=f"geheime droom {case.pk}"),
        "stop": factories.StopFactory(case=case, title=f"geheime halte {case.pk}"),
        "log": entry,
        "subsidy": subsidy,
        "membership": membership,
        "report": factories.AccountabilityReportFactory(swv=case.swv, made_by=author),
        "inclusion": factories.InclusionFactory(case=case, subsidy=subsidy),
        "status": factories.LegalStatusFactory(case=case, stated_by=author),
        "contact": factories.ContactAttemptFactory(case=case, contact_by=author),
        "document": factories.DocumentFactory(
            case=case, author=writer, content=b"%PDF-1.4 geheim document " + str(case.pk).encode()
        ),
        "removed_document": factories.DocumentFactory(
            case=case, author=writer, removed_at=timezone.now(), removed_by=writer
        ),
        "double": factories.PossibleDoubleFactory(cases=[case, elsewhere]),
        "cost": factories.CostLineFactory(
            case=case, subsidy=subsidy, entered_by=writer, description=f"geheime aankoop {case.pk}"
        ),
        "swv_cost": factories.CostLineFactory(
            subsidy=subsidy, entered_by=writer, description=f"geheime scholing {case.pk}"
        ),
        "hours": factories.HoursLineFactory(case=case, entered_by=writer),
        "swv_hours": factories.SwvHoursLineFactory(swv=case.swv, entered_by=writer),
        "agreement": factories.AgreementFactory(subsidy=subsidy, party=f"geheime partij {case.pk}"),
        "draft": factories.DraftFactory(case=case, author=writer, answers={"text": f"geheim verslag {case.pk}"}),
        "earlier": factories.LogEntryVersionFactory(case=case, entry=entry, text=f"geheim verslag {case.pk} van eerst"),
        "removed_log": factories.LogEntryFactory(
            case=case, author=writer, text=f"geheim verslag {case.pk}", deleted_at=timezone.now()
        ),
        "removed_stop": factories.StopFactory(
            case=case, title=f"geheime halte {case.pk}", deleted_at=timezone.now(), deleted_by=writer
        ),
        "interview": interview,
        "answer": answer,
        "quote": quote,
        "reason": factories.CaseReasonFactory(case=case, reasons_until=quote.quotes_until, recorded_by=writer),
        "event": factories.FollowEventFactory(case=case, recorded_by=writer, note=f"geheime gebeurtenis {case.pk}"),
        "moment": factories.FollowUpFactory(case=case),
        "closing": factories.ClosingFactory(case=case, updated_by=writer, keeper=f"geheime oom {case.pk}"),
        "story": factories.StoryFactory(case=case, author=writer, what_worked=f"geheim verhaal {case.pk}"),
        "obstacle": obstacle,
        "obstacle_link": factories.ObstacleLinkFactory(case=case, obstacle=obstacle, linked_by=author),
        "solution": factories.SolutionFactory(swv=case.swv, author=author, title=f"geheime oplossing {case.pk}"),
        "bank_entry": factories.BankEntryFactory(),
        "authority": factories.AuthorityFactory(
            case=case, recorded_by=author, checked_how=f"geheime navraag {case.pk}"
        ),
        "wish": factories.TableWishFactory(case=case, recorded_by=writer, party=f"geheime buur {case.pk}"),
        "removal": factories.RemovalDecisionFactory(case=case),
        "connection": factories.ConnectionFactory(
            case=case, story=f"geheime breuk {case.pk}", agreed_on=timezone.localdate() + timedelta(days=90)
        ),
        "handover": factories.HandoverFactory(
            case=case, to_swv=factories.swv("PO2202"), asked_by=author, message=f"geheime overdracht {case.pk}"
        ),
        "incoming": incoming(elsewhere, case),
        "companion": factories.CompanionFactory(case=case, who=f"geheime reisgenoot {case.pk}"),
        "removed_companion": factories.CompanionFactory(
            case=case, who=f"geheime reisgenoot {case.pk}", deleted_at=timezone.now(), deleted_by=writer
        ),
        "reflection": factories.ReflectionFactory(case=case, author=writer, text=f"geheime reflectie {case.pk}"),
        "removed_reflection": factories.ReflectionFactory(
            case=case, author=writer, text=f"geheime reflectie {case.pk}", deleted_at=timezone.now()
        ),
        "team": team,
        "colleague": factories.TeamMemberFactory(team=team, user=writer, function=f"geheime functie {case.pk}"),
        "meeting": factories.MeetingFactory(team=team, topic=f"geheim overleg {case.pk}"),
        "partner": factories.TeamMemberFactory(team=team, organisation=f"geheime partner {case.pk}"),
        **voice_of(case, author),
        "intake": factories.IntakeFactory(
            case=case, steps=3, mdo_skip=f"geheime stap {case.pk}", contact_with=writer, updated_by=writer
        ),
        "bringing": factories.BringingFactory(case=case, begun_by=writer, texts=[f"geheime inbreng {case.pk}"]),
        "checklist": factories.ChecklistFactory(case=case, lead_remark=f"geheime regie {case.pk}", updated_by=writer),
        "home_visit": factories.HomeVisitFactory(case=case, place=f"geheime plek {case.pk}", updated_by=writer),
        "no_voice": factories.NoVoiceFactory(case=case, note=f"geheime poging {case.pk}", updated_by=writer),
        "table": table,
        "item": item,
        "owner_at_table": factories.ParticipantFactory(item=item, role="eigenaar", user=member.user),
        "guest": factories.ParticipantFactory(
            item=item, role="voorzitter", organisation=f"geheime gast {case.pk}", invited_at=timezone.now()
        ),
        "action": factories.ActionFactory(item=item, text=f"geheime belofte {case.pk}", created_by=writer),
        "note": factories.TableNoteFactory(item=item, text=f"geheim idee {case.pk}", created_by=writer),
        "feedback": factories.FeedbackFactory(item=item, teller=member.user, told=f"geheime terugkoppeling {case.pk}"),
        **verslag_of(case, item, writer),
        **held_of(case, team, writer),
        **register_of(case),
    }


def register_of(case):
    """An activity of the SWV with somebody on its list; and the one that everybody reads who keeps a register."""
    activity = factories.ActivityFactory(swv=case.swv, title=f"geheime activiteit {case.pk}")
    attendant = factories.ParticipationFactory(activity=activity)
    factories.ProfessionalAddressFactory(
        professional=attendant.professional, email=f"geheim.adres.{case.pk}@voorbeeld.test"
    )
    return {"activity": activity, "attendant": attendant}


def national_register():
    """Read by all who keep one, the address of who came by the project only."""
    seat = factories.ParticipationFactory()
    factories.ProfessionalAddressFactory(professional=seat.professional, email=NATIONAL_ADDRESS)
    return seat


def verslag_of(case, item, writer):
    """The verslag of a table, shared with somebody there who promised care and does not work on the jeugdige."""
    now = timezone.now()
    seat = factories.ParticipantFactory(
        item=item, user=factories.UserFactory(), invited_at=now, confidential_at=now, attendance="aanwezig"
    )
    report = factories.TableReportFactory(item=item, agreed=f"geheime afspraak {case.pk}", closed_by=writer)
    return {
        "table_report": report,
        "reader_seat": seat,
        "report_reader": factories.ReportReaderFactory(item=item, report=report, participant=seat, shared_by=writer),
    }


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all tests of a module that commit nothing."""
    with django_db_blocker.unblock():
        yield make_world()
        empty()


@pytest.fixture
def fresh_world(transactional_db):
    """A world of its own for a test that commits."""
    return make_world()


NATIONAL_ADDRESS = "geheim.landelijk@voorbeeld.test"


def make_world():
    until = timezone.localdate() + timedelta(days=30)
    emmen = {"gemeente": factories.gemeente("Emmen"), "swv": factories.swv("PO2203")}
    with as_owner():
        audit.record("login_refused")
    leerplicht = factories.leerplicht()
    own = factories.CaseFactory(shared_until=until)
    foreign = factories.CaseFactory(shared_until=until, **emmen)
    coordinator = factories.coordinator()
    own_parts = parts_of(own, leerplicht, coordinator) | {"national": national_register()}
    owner = factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv()).user
    factories.CaseMemberFactory(case=own, user=owner, role="inbrenger")
    return World(
        leerplicht=leerplicht,
        coordinator=coordinator,
        owner=owner,
        contact=factories.swv_contact(),
        project=factories.national(Role.PROJECT),
        fg=factories.national(Role.FG),
        beheer=factories.national(Role.BEHEER),
        interviewer=factories.interviewer(),
        stranger=factories.UserFactory(),
        own=own,
        closed=factories.IdentityFactory(case=factories.CaseFactory()).case,
        foreign=foreign,
        own_parts=own_parts,
        foreign_parts=parts_of(foreign, factories.leerplicht("Emmen"), factories.coordinator("PO2203")),
    )


class Session:
    """A connection that logged in as wel_app, with or without the context of a person."""

    def __init__(self, connection):
        self.connection = connection

    def become(self, user_id):
        pid = self.connection.info.backend_pid
        key = hashlib.sha256(settings.CONTEXT_KEY.encode()).digest()
        signature = hmac.new(key, f"{user_id}:{pid}".encode(), "sha256").hexdigest()
        self.run("SELECT set_config('wel.who', %s, true)", f"{user_id}:{signature}")
        return self

    def run(self, statement, *arguments):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, arguments or None)
            return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.fixture
def session(django_db_setup):
    """Log in as wel_app; what a test does is rolled back unless it commits."""
    with closing(psycopg2.connect(**login_dsn())) as connection:
        yield Session(connection)
