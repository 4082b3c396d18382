"""The demo tells what the programme is about, to every role, with nobody in it who exists."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent, User
from cases import journey_view
from cases.doubles import open_doubles
from cases.models import (
    Case,
    CaseMember,
    Consent,
    ContactAttempt,
    CostLine,
    Document,
    Draft,
    ExemptionTerms,
    Handover,
    HoursLine,
    Identity,
    Inclusion,
    Journey,
    LegalStatus,
    LogEntry,
    LogEntryVersion,
    Stop,
)
from cases.models.document import document_storage
from cases.rules.journey import is_complete
from cases.uploads import child
from demo.load import YOUTHS
from demo.logins import BY_KEY, DOMAIN, LOGINS, PASSWORD
from meetings.models import Bringing, Intake, Meeting, TeamMember, VoiceAnswer, VoiceDrawing, VoiceLink, WelTeam
from meetings.models.member import works_in
from meetings.preparation import blocks
from regions.models import Membership, Role
from reporting.accounts import read_accounts
from tests.database import as_owner
from tests.factories import swv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "as_demo")]

# People named in what the programme published.
REAL_NAMES = ("Sam", "Sabrina", "Yaron", "Marion", "Lazlo", "Marja", "Manou", "Gielen", "Kogelman", "Verbrugge")


def person(key):
    return User.objects.get(email=BY_KEY[key].email)


def test_loading_again_changes_nothing():
    def count():
        with as_owner():
            return [model.objects.count() for model in (User, AuditEvent, Membership)] + [
                model.objects.unscoped().count() for model in (Case, Consent, Journey, Stop, LogEntry, Inclusion)
            ]

    before = count()
    out = StringIO()

    call_command("load_demo", stdout=out)

    assert count() == before
    assert out.getvalue() == ""


def test_the_cases_follow_the_figures_of_the_programme():
    with as_owner():
        cases = list(Case.objects.unscoped())

    situations = Counter(case.situation for case in cases)
    kinds = Counter(case.exemption_kind for case in cases if case.situation == Case.Situation.EXEMPT)
    assert situations == {"5a": 26, "av": 11, "anders": 4}  # 70% and 30%, and a nevengroep
    assert kinds == {"tijdelijk": 21, "blijvend": 5}  # 81% and 19%
    assert {case.status for case in cases} == set(Case.Status.values)
    assert Counter(case.is_signal for case in cases)[True] == 4
    ages = {timezone.localdate().year - case.birth_year for case in cases}
    assert min(ages) <= 5
    assert max(ages) >= 22


def test_leerplicht_has_something_to_see_of_exemptions_and_first_contact():
    today = timezone.localdate()
    with as_owner():
        statuses = list(LegalStatus.objects.unscoped())
        results = {row.result for row in ContactAttempt.objects.unscoped()}
        asking = list(LegalStatus.objects.unscoped().asking(today, ExemptionTerms.on(today)))
        groups = Case.objects.unscoped().side_group_counts()

    assert Counter(row.duration for row in statuses if row.is_exemption) == {"tijdelijk": 21, "blijvend": 5}
    assert {row.has_plan for row in statuses} == {True, False}
    assert results >= {"niet_bereikt", "ingestemd", "geen_belangstelling"}
    assert all(any(getattr(row, name) for row in asking) for name in ("ends_soon", "needs_review", "lacks_plan"))
    assert groups == {"vier": 1, "voorschools": 1}


def test_consent_is_there_in_every_state():
    today = timezone.localdate()
    with as_owner():
        answers = {row.answer for row in Consent.objects.unscoped()}
        ended = [row for row in Consent.objects.unscoped() if row.expires_on and row.expires_on < today]
        shared = Case.objects.unscoped().filter(shared_until__gte=today)
        ending = shared.filter(shared_until=today + timedelta(days=14))
        closed_by_withdrawal = Case.objects.unscoped().filter(
            pk__in=[row.case_id for row in Consent.objects.unscoped() if row.answer == "ingetrokken"]
        )

        assert answers == set(Consent.Answer.values)
        assert ended
        assert ending.count() == 1
        assert shared.count() == 30
        assert not any(case.is_shared(today) for case in closed_by_withdrawal)


def test_the_first_region_has_three_of_five_journeys_complete_and_the_second_five_of_five():
    for key, contact, complete in (("PO2001", "swv.noord", 3), ("PO2202", "swv.zuid", 5)):
        user = person(contact)
        with acting_as(user):
            accounts = read_accounts(user=user, swv=swv(key), today=timezone.localdate())

        assert [row.line.eligible for row in accounts.progress] == [True] * 5
        assert accounts.document.complete_count == complete


def test_journeys_reach_from_empty_to_complete():
    with as_owner():
        journeys = list(Journey.objects.unscoped())
        stops = list(Stop.objects.unscoped())
        with_journey = {journey.case_id for journey in journeys}
        all_cases = set(Case.objects.unscoped().values_list("pk", flat=True))

    texts = [journey_view.journey_texts(journey) for journey in journeys]
    assert {is_complete(text) for text in texts} == {True, False}
    assert all_cases - with_journey
    assert any(stop.detour for stop in stops)
    assert any(stop.is_rest for stop in stops)
    assert {stop.state for stop in stops} == set(Stop.State.values)


def test_the_log_has_every_kind_and_reader_and_lichtjes_of_this_week():
    with as_owner():
        entries = list(LogEntry.objects.unscoped())

    assert {entry.kind for entry in entries} == set(LogEntry.Kind.values)
    assert {entry.readers for entry in entries} == set(LogEntry.Readers.values)
    week_ago = timezone.localdate() - timedelta(days=7)
    assert sum(entry.is_spark and entry.happened_on > week_ago for entry in entries) >= 5


def test_something_was_half_written_said_better_and_removed():
    with as_owner():
        assert Draft.objects.unscoped().open().count() >= 3
        changed = set(LogEntryVersion.objects.unscoped().values_list("entry", flat=True))
        removed = set(LogEntry.objects.unscoped().exclude(deleted_at=None).values_list("pk", flat=True))

    assert len(changed) >= 3
    assert len(removed) >= 3
    assert changed.isdisjoint(removed)


def test_every_jeugdige_has_one_owner():
    with as_owner():
        owned = CaseMember.objects.unscoped().filter(role=CaseMember.Role.OWNER, ends_on=None)
        named = owned.filter(user__email=BY_KEY["eigenaar"].email)

        assert owned.count() == Case.objects.unscoped().count() == len(YOUTHS)
        assert named.count() == 5


def test_one_youth_is_perhaps_known_in_both_regions():
    for key, own, other, is_shared in (
        ("coordinator.noord", "PO2001", "PO2202", True),
        ("coordinator.zuid", "PO2202", "PO2001", False),
    ):
        with acting_as(person(key)):
            (double,) = open_doubles()
        assert (double.own.swv.key, double.other.swv.key, bool(double.own.case)) == (own, other, is_shared)


def test_every_role_has_a_login_that_passes_the_password_check(rf):
    roles = {login.role for login in LOGINS}

    assert roles == set(Role.values)
    for login in LOGINS:
        request = rf.post(reverse("account_login"))
        request.session, request.request_id = {}, ""
        assert authenticate(request, email=login.email, password=PASSWORD).name == login.name


def test_somebody_logs_in_with_password_and_code(client):
    login = BY_KEY["leerplicht.groningen"]

    client.post(reverse("account_login"), {"login": login.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": login.code()})
    response = client.get(reverse("cases:list"))

    assert response.status_code == 200
    with as_owner():
        newest = Case.objects.unscoped().filter(gemeente__name="Groningen").order_by("-pk").first()
    assert newest.code in response.text


def test_the_logins_come_as_json_for_programs():
    out = StringIO()

    call_command("demo_logins", "--json", stdout=out)

    logins = json.loads(out.getvalue())
    assert [entry["email"] for entry in logins] == [login.email for login in LOGINS]
    assert {tuple(entry) for entry in logins} == {("role", "name", "email", "password", "totp")}


def test_nobody_in_the_demo_exists():
    with as_owner():
        texts = [
            str(value)
            for model in (Case, Journey, Stop, LogEntry, Consent)
            for row in model.objects.unscoped().values()
            for value in row.values()
        ]
        texts += [str(value) for row in Identity.objects.values() for value in row.values()]
    texts += [login.name for login in LOGINS]
    pattern = re.compile(rf"\b({'|'.join(REAL_NAMES)})\b")

    assert len(texts) > 1000
    assert [text for text in texts if pattern.search(text)] == []


def test_no_text_of_the_demo_is_told_twice():
    with as_owner():
        entries = list(LogEntry.objects.unscoped().values_list("text", flat=True))
        dreams = list(Journey.objects.unscoped().exclude(wensdroom="").values_list("wensdroom", flat=True))

    for texts in (entries, dreams):
        assert len(set(texts)) == len(texts)


def test_no_reis_or_log_names_the_youth_it_is_about():
    """Names stay with the identity: the demo shows how to write without one."""
    for youth in YOUTHS:
        told = repr(replace(youth, first="", last=""))
        assert not (youth.first and re.search(rf"\b{re.escape(youth.first)}\b", told)), youth.first


def test_people_come_and_go_and_jeugdigen_are_handed_over(client_of):
    with as_owner():
        found = dict(Handover.objects.values_list("case__gemeente__name", "status").distinct())
        statuses = set(Handover.objects.values_list("status", flat=True))
        lost = Case.objects.unscoped().filter(connection_lost=True).count()
        without = Case.objects.unscoped().exclude(
            pk__in=CaseMember.objects.unscoped().filter(role="eigenaar", ends_on=None).values("case")
        )
        assert list(without) == []

    assert statuses == {"gevraagd", "aangeboden", "geweigerd"}
    assert lost == 1
    assert set(found) == {"Groningen", "Borger-Odoorn"}
    today = reverse("reporting:today")
    assert "Neem je WEL-" in client_of(person("leerplicht.borger-odoorn")).get(today).text
    page = client_of(person("coordinator.noord")).get(today).text
    for words in ("Zoek een opvolger voor", "Hoe gaat het met de verbinding bij", "blijft nog hier"):
        assert words in page, words


def test_inzet_is_there_in_every_state_and_agreed_to_by_another(client_of):
    with as_owner():
        lines = list(CostLine.objects.unscoped())
        hours = HoursLine.objects.unscoped().count()

    assert {line.state[0] for line in lines} >= {"wacht", "akkoord", "niet", "begroot"}
    assert {line.case_id is None for line in lines} == {True, False}
    assert any(line.payer_id != line.swv_id for line in lines)
    assert any(line.is_own_contribution for line in lines)
    assert hours >= 3
    assert all(line.decided_by_id not in (line.entered_by_id, line.changed_by_id) for line in lines)
    page = client_of(person("swv.zuid")).get(reverse("reporting:inzet", args=["PO2202"]))
    assert [one["sums"].budget.is_nearly_used for one in page.context["budgets"]] == [True]


def test_each_swv_of_the_demo_has_a_team_with_a_chair_and_everybody_in_it_works_there():
    with as_owner():
        members = list(TeamMember.objects.unscoped().select_related("team__swv", "user"))
        with_chair = {member.team.swv.key for member in members if member.role == "voorzitter"}
        here = {
            key: set(works_in(swv(key).pk, timezone.localdate()).values_list("user", flat=True)) for key in with_chair
        }
        stopped = WelTeam.objects.unscoped().filter(ends_on__isnull=False).count()

    assert with_chair == {"PO2001", "VO2001", "PO2202", "VO2202"}
    assert [str(one) for one in members if one.user_id and one.user_id not in here[one.team.swv.key]] == []
    assert {member.email.rpartition("@")[2] for member in members if not member.user_id} == {DOMAIN}
    with as_owner():
        meetings = set(Meeting.objects.unscoped().values_list("swv__key", "status"))

    assert stopped == 1
    assert meetings == {(key, status) for key in with_chair for status in ("gepland", "afgezegd", "geweest")}


def test_the_documents_of_the_demo_open_and_name_nobody():
    with as_owner():
        found = list(Document.objects.unscoped().select_related("case"))
        names = {name for person in Identity.objects.all() for name in (person.first_name, person.last_name)}

    assert {document.file_type for document in found} == {"pdf", "docx", "png"}
    for document in found:
        with document_storage().open(document.path) as file:
            content = file.read()
        assert child.kind_of(content) == document.file_type
        assert [name for name in names if name.encode() in content] == []


def test_a_stem_came_in_one_is_half_way_and_one_link_waits():
    with as_owner():
        links = list(VoiceLink.objects.unscoped().order_by("pk"))
        answers = list(VoiceAnswer.objects.unscoped())
        drawing = VoiceDrawing.objects.unscoped().get()

    written = {link.pk: [answer for answer in answers if answer.link_id == link.pk] for link in links}
    sent, half, waiting = links
    assert [len(written[link.pk]) for link in links] == [8, 4, 0]
    assert [bool(link.sent_at) for link in (sent, half, waiting)] == [True, False, False]
    assert {answer.question for answer in answers if answer.may_table_read} == {"droom", "meedoen"}
    assert document_storage().exists(drawing.path)


def test_tables_are_prepared_in_different_states():
    """One that has just begun, one to accept, and one that may open but for what it lacks."""
    coordinator = person("coordinator.noord")
    with as_owner():
        rows = {row.case_id: row for row in Intake.objects.unscoped()}
        ready = set(Bringing.objects.unscoped().exclude(ready_at=None).values_list("case", flat=True))
    with acting_as(coordinator):
        seen = Case.objects.editable_by(coordinator).filter(pk__in=rows)
        held = {case.pk: [task.key for task in blocks(case, coordinator)] for case in seen}

    assert len(rows) == 4
    assert {row.is_entered for row in rows.values()} == {row.is_accepted for row in rows.values()} == {True, False}
    assert sorted(held.values()) == [[], [], ["bringing", "voice"]]
    assert ready == {pk for pk, tasks in held.items() if not tasks}
