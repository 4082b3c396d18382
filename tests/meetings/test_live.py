"""The live table: written by several at once, each line once, nothing typed lost, and closed with a promise."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from access.models import AuditEvent
from meetings.models import Action, AgendaItem, Feedback, Participant, ReportReader, TableNote, TableReport
from tests import factories
from tests.database import as_owner
from tests.meetings.test_team_pages import errors_of, text_of

pytestmark = pytest.mark.django_db


class Table:
    """A table that began a quarter of an hour ago, with its coördinator, eigenaar, and a guest who promised care."""

    def __init__(self, **promise):
        self.coordinator = factories.coordinator(user__name="Jikke Voorbeeld")
        self.case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=200))
        self.member = factories.CaseMemberFactory(case=self.case)
        factories.JourneyFactory(case=self.case, wensdroom="Brood bakken", wensdroom_on=timezone.localdate())
        meeting = factories.MeetingFactory(
            team=factories.WelTeamFactory(swv=self.case.swv, feedback_days=7),
            starts_at=timezone.now() - timedelta(minutes=15),
        )
        self.item = factories.AgendaItemFactory(case=self.case, meeting=meeting)
        self.owner = factories.ParticipantFactory(item=self.item, role="eigenaar", user=self.member.user)
        self.guest_user = factories.UserFactory(name="Olga Jansen")
        promise = {"confidential_at": timezone.now(), "invited_at": timezone.now(), "answer": "ja"} | promise
        self.guest = factories.ParticipantFactory(item=self.item, user=self.guest_user, **promise)
        self.partner = factories.ParticipantFactory(item=self.item, function="jeugdarts")
        self.url = reverse("meetings:live", args=[self.item.pk])

    def address(self, name, *args):
        return reverse(f"meetings:{name}", args=[self.item.pk, *args])


@pytest.fixture
def table():
    return Table()


def saved(model=Action):
    with as_owner():
        return list(model.objects.unscoped())


def words_of(fragment):
    return " ".join(strip_tags(fragment.content.decode()).split())


def test_the_board_shows_the_wensdroom_and_no_name_of_the_youth_in_every_step(client_of, table):
    factories.IdentityFactory(case=table.case, first_name="Pippeloentje")

    for user in (table.coordinator, table.member.user, table.guest_user):
        client = client_of(user)
        for step in ("welkom", "wensdroom", "werkte", "kan", "wie", "rondje"):
            page = client.get(f"{table.url}?stap={step}")
            assert page.status_code == 200, (user, step)
            assert "‘Brood bakken’" in text_of(page)
            assert "Pippeloentje" not in page.content.decode()
    with as_owner():
        assert AuditEvent.objects.filter(event="table_live", case_id=table.case.pk).count() == 18


def test_people_talk_at_a_table_for_longer_than_half_an_hour(client_of, table, time_machine):
    start = table.item.starts_at
    time_machine.move_to(start, tick=False)
    client = client_of(table.coordinator)

    def after(minutes, url, **headers):
        time_machine.shift(timedelta(minutes=minutes))
        return client.get(url, headers=headers)

    client.get(table.url)
    assert 'data-end-after="5400"' in after(80, table.url).content.decode()
    assert client.post("/blijf/").status_code == 204
    after(10, table.address("live_lines"), **{"X-Background": "1"})
    assert after(75, "/acties/").status_code == 200  # not at the table: from here on half an hour
    assert after(31, "/acties/").url.startswith("/inloggen/")


def test_a_table_of_another_day_is_a_page_like_any_other(client_of, table, time_machine):
    time_machine.move_to(table.item.starts_at + timedelta(days=1), tick=False)
    client = client_of(table.coordinator)

    assert 'data-end-after="1800"' in client.get(table.url).content.decode()


@pytest.mark.parametrize("promise", [{"confidential_at": None}, {"answer": "nee"}])
def test_who_did_not_promise_care_or_said_no_does_not_open_it(client_of, promise):
    table = Table(**promise)
    client = client_of(table.guest_user)

    for address in (table.url, table.address("live_lines"), table.address("live_close")):
        assert client.get(address).status_code == 404
    assert client.post(table.url, {"line": "Ook iets"}).status_code == 404
    assert saved() == []


def test_a_line_says_who_and_when_and_is_due_from_the_end_of_the_slot(client_of, table):
    response = client_of(table.coordinator).post(
        table.url, {"stap": "wie", "line": "Vraag of oom meegaat @olga 4w", "horizon": "4d"}
    )

    (action,) = saved()
    assert response.status_code == 302
    assert (action.text, action.horizon, action.participant_id) == ("Vraag of oom meegaat", "4w", table.guest.pk)
    assert action.due_at == table.item.ends_at + timedelta(days=28)


def test_the_line_of_a_step_is_a_note_there(client_of, table):
    client = client_of(table.guest_user)

    for step, text in (("werkte", "Samen koken"), ("kan", "Een dag mee"), ("rondje", "Ik bel eerder @olga")):
        client.post(table.url, {"stap": step, "line": text})

    assert {(note.step, note.text, note.participant_id) for note in saved(TableNote)} == {
        ("werkte", "Samen koken", None),
        ("idee", "Een dag mee", None),
        ("rondje", "Ik bel eerder", table.guest.pk),
    }
    assert saved() == []


def test_the_same_line_sent_again_is_there_once(client_of, table):
    client, key = client_of(table.coordinator), str(uuid.uuid4())

    for _ in range(3):
        response = client.post(table.url, {"stap": "wie", "line": "Bel de bakker", "key": key}, headers={"X-Live": "1"})

    assert response.status_code == 200
    assert "Erbij: Bel de bakker, 4 dagen" in words_of(response)
    assert "Ongedaan maken" in words_of(response)
    assert "Wie pakt dit op?" in words_of(response)
    assert len(saved()) == 1


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("", "Schrijf op wat er gebeurt."),
        ("   4d @olga", "Schrijf ook op wat er gebeurt."),
        ("x" * 301, "Dit is te lang. Er passen 300 tekens."),
        ("x" * 401, "Dit is te lang. Er passen 400 tekens."),
        ("Zijn nummer is 111222333", "Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg."),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_saved(client_of, table, line, error):
    client = client_of(table.coordinator)

    page = client.post(table.url, {"stap": "wie", "line": line})
    fragment = client.post(table.url, {"stap": "wie", "line": line}, headers={"X-Live": "1"})

    assert (page.status_code, fragment.status_code) == (422, 422)
    assert error in text_of(page)
    assert error in words_of(fragment)
    assert saved() == []


def test_what_is_taken_back_is_gone_for_everybody(client_of, table):
    action = factories.ActionFactory(item=table.item, created_by=table.guest_user, text="Toch niet")
    note = factories.TableNoteFactory(item=table.item, created_by=table.guest_user, text="Ook niet")
    client = client_of(table.guest_user)

    client.post(table.address("live_undo_action", action.pk), {"stap": "wie"})
    client.post(table.address("live_undo_note", note.pk), {"stap": "kan"})

    other = client_of(table.coordinator)
    assert "Toch niet" not in words_of(other.get(table.address("live_lines"), {"stap": "wie"}))
    assert "Ook niet" not in words_of(other.get(table.address("live_lines"), {"stap": "kan"}))


def test_a_guest_changes_own_lines_and_own_promises_only(client_of, table):
    of_others = factories.ActionFactory(item=table.item, participant=table.owner, text="Van een ander")
    promised = factories.ActionFactory(item=table.item, participant=table.guest, text="Van mij")
    client = client_of(table.guest_user)

    assert client.get(table.address("live_change", of_others.pk)).status_code == 404
    assert client.post(table.address("live_undo_action", of_others.pk)).status_code == 404
    assert client.get(table.address("live_change", promised.pk)).status_code == 200


def test_another_horizon_is_another_moment_and_two_at_once_lose_nothing(client_of, table):
    action = factories.ActionFactory(item=table.item, text="Bel de bakker")
    client = client_of(table.coordinator)
    url = table.address("live_change", action.pk)
    answers = {"text": "Bel de bakker in Leek", "horizon": "4m", "participant": table.owner.pk, "version": 1}

    assert client.post(url, answers).status_code == 302
    late = client.post(url, answers | {"text": "Bel de bakkers"})

    (row,) = saved()
    assert (row.text, row.horizon, row.participant_id) == ("Bel de bakker in Leek", "4m", table.owner.pk)
    assert row.version == 2
    assert row.due_at > table.item.ends_at + timedelta(days=100)
    assert late.status_code == 422
    assert "paste dit net ook aan: ‘Bel de bakker in Leek’" in text_of(late)
    assert "Bel de bakkers" in late.content.decode()
    assert client.post(url, answers | {"participant": 10**9}).status_code == 422


def closing(table, **changes):
    day = timezone.localdate() + timedelta(days=7)
    return {
        "teller": table.member.user_id,
        "due_on": f"{day.day}-{day.month}-{day.year}",
        "share": "tafel",
        "present": [table.owner.pk, table.guest.pk],
        "agreed": "Woensdag beginnen we.",
        "mix": ["werk", "thuis"],
        "is_feasible": "ja",
        "dissent": "",
    } | changes


def test_a_table_closes_with_a_promise_and_says_who_tells_the_youth(client_of, table):
    client, url = client_of(table.coordinator), table.address("live_close")

    early = client.post(url, closing(table))
    assert early.status_code == 422
    assert "Er is nog geen actie. Wat is de kleinste stap?" in text_of(early)
    assert (saved(Feedback), saved(TableReport)) == ([], [])

    factories.ActionFactory(item=table.item)
    response = client.post(url, closing(table))

    assert response.status_code == 302
    with as_owner():
        item = AgendaItem.objects.unscoped().get()
        report, feedback = TableReport.objects.unscoped().get(), Feedback.objects.unscoped().get()
        attendance = dict(Participant.objects.unscoped().values_list("pk", "attendance"))
    assert item.status == "besproken"
    assert (report.agreed, report.mix, report.is_feasible) == ("Woensdag beginnen we.", ["werk", "thuis"], True)
    assert [reader.participant_id for reader in saved(ReportReader)] == [table.guest.pk]  # the eigenaar was not invited
    assert (feedback.teller, feedback.due_on) == (table.member.user, timezone.localdate() + timedelta(days=7))
    assert attendance == {table.owner.pk: "aanwezig", table.guest.pk: "aanwezig", table.partner.pk: "afwezig"}


def test_a_table_that_has_yet_to_begin_is_not_closed(client_of, table):
    factories.ActionFactory(item=table.item)
    with as_owner():
        later = timezone.now() + timedelta(minutes=30)
        AgendaItem.objects.unscoped().update(starts_at=later, ends_at=later + timedelta(minutes=45))
    day = timezone.localdate() + timedelta(days=8)

    response = client_of(table.coordinator).post(
        table.address("live_close"), closing(table, due_on=f"{day.day}-{day.month}-{day.year}")
    )

    assert response.status_code == 422
    assert "Deze tafel moet nog beginnen." in text_of(response)
    assert (saved(Feedback), saved(TableReport)) == ([], [])


def test_after_closing_nothing_is_added_and_what_was_typed_is_still_there(client_of, table):
    factories.ActionFactory(item=table.item)
    assert client_of(table.coordinator).post(table.address("live_close"), closing(table)).status_code == 302

    late = client_of(table.guest_user).post(table.url, {"stap": "wie", "line": "Nog één ding"})

    assert late.status_code == 422
    assert "Deze tafel is gesloten." in text_of(late)
    assert "Nog één ding" in late.content.decode()
    assert len(saved()) == 1
    again = client_of(table.coordinator).get(table.address("live_close"), follow=True)
    assert "Deze tafel is al gesloten." in text_of(again)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"teller": 10**9}, "teller"),
        ({"due_on": "31-2-2026"}, "due_on"),
        ({"due_on": "1-1-2020"}, "due_on"),
        ({"share": "iedereen"}, "share"),
        ({"present": ["999999"]}, "present"),
        ({"mix": ["geluk"]}, "mix"),
        ({"agreed": "x" * 2001}, "agreed"),
        ({"dissent": "111222333"}, "dissent"),
    ],
)
def test_closing_says_at_the_field_what_is_not_right(client_of, table, change, field):
    factories.ActionFactory(item=table.item)

    response = client_of(table.coordinator).post(table.address("live_close"), closing(table, **change))

    assert response.status_code == 422
    assert list(errors_of(response)) == [field]
    assert saved(TableReport) == []


def test_only_the_coordinator_closes(client_of, table):
    for user in (table.guest_user, table.member.user):
        assert client_of(user).get(table.address("live_close")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_one_line_or_three_take_as_many_questions(client_of, table, count, django_assert_num_queries):
    for _ in range(count):
        factories.ActionFactory(item=table.item, participant=table.guest)
    client = client_of(table.coordinator)
    client.get(table.url)

    with django_assert_num_queries(17):  # thirteen questions, two savepoints, the line in the audit log and the context
        client.get(f"{table.url}?stap=wie")
