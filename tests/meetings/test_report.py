"""The verslag: what stands in it, for whom it is opened and closed again, and what another reader gets of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import InternalError, connection
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as, looking_as
from access.models import AuditEvent
from meetings.minutes import minutes_of, within
from meetings.models import Action, AgendaItem, Participant, ReportReader, TableReport
from meetings.models.agenda import forget_tables
from tests import factories
from tests.database import as_owner
from tests.mail import send_waiting_mail
from tests.meetings.test_live import Table, closing, saved
from tests.meetings.test_team_pages import errors_of, text_of

pytestmark = pytest.mark.django_db


class Held(Table):
    """A table that was closed: somebody promised, an idea was taken back, and nobody reads the verslag yet."""

    def __init__(self):
        super().__init__()
        factories.IdentityFactory(case=self.case, first_name="Pippeloentje")
        with as_owner():
            AgendaItem.objects.unscoped().update(status="besproken")
            seats = Participant.objects.unscoped()
            seats.filter(pk=self.guest.pk).update(attendance="aanwezig")
            seats.filter(pk=self.partner.pk).update(attendance="bericht")
        line = {"item": self.item, "created_by": self.coordinator}
        self.promise = factories.ActionFactory(**line, text="Vraag of oom meegaat", participant=self.guest)
        factories.ActionFactory(**line, text="Toch geen belofte", deleted_at=timezone.now())
        factories.TableNoteFactory(**line, step="werkte", text="Samen koken")
        factories.TableNoteFactory(**line, step="idee", text="Een dag in de bakkerij", participant=self.guest)
        factories.TableNoteFactory(**line, step="idee", text="Toch geen idee", deleted_at=timezone.now())
        factories.TableNoteFactory(**line, step="rondje", text="Ik bel eerder")
        self.report = factories.TableReportFactory(
            item=self.item, agreed="Woensdag beginnen we.", mix=["werk", "thuis"], is_feasible=True,
            dissent="De arts wil eerst rust.", closed_by=self.coordinator,
        )  # fmt: skip
        factories.FeedbackFactory(item=self.item, teller=self.member.user)
        self.page = self.address("report")

    def shared(self, **values):
        return factories.ReportReaderFactory(item=self.item, report=self.report, participant=self.guest, **values)


@pytest.fixture
def table():
    return Held()


def test_it_says_what_stands_with_the_wensdroom_first_and_no_name_of_the_youth(client_of, table):
    for user in (table.coordinator, table.member.user, factories.leerplicht()):
        response = client_of(user).get(table.page)
        page = text_of(response)

        order = ("Brood bakken", "Samen koken", "Een dag in de bakkerij", "Woensdag beginnen we.", "Werk, Thuis")
        order += ("De arts wil eerst rust.", "Vraag of oom meegaat", "Ik bel eerder")
        assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
        for words in ("Toch geen", "Pippeloentje"):
            assert words not in response.content.decode()
        assert "4 dagen uiterlijk" in page
        assert "Olga Jansen Deelnemer aanwezig" in page
        assert "arts, GGD Verzonnen" in page or "jeugdarts, GGD Verzonnen" in page
        assert "afwezig met bericht" in page
    with as_owner():
        assert AuditEvent.objects.filter(event="report_read", case_id=table.case.pk).count() == 3


def test_a_guest_reads_it_once_shared_and_not_after_it_was_taken_back(client_of, table):
    client, stranger = client_of(table.guest_user), factories.coordinator("PO2203")
    assert client.get(table.page).status_code == 404

    reader = table.shared()
    page = client.get(table.page)
    assert "Woensdag beginnen we." in text_of(page)
    for only_for_workers in ("Wie leest dit verslag?", "Terugkoppeling", "Pas aan", "Maak pdf", "Hoe ziet een ander"):
        assert only_for_workers not in text_of(page)
    for name in ("report_edit", "report_share", "report_preview", "report_pdf"):
        assert client.get(table.address(name)).status_code == 404
    assert client.post(table.address("report_take_back", reader.pk)).status_code == 404
    assert client_of(stranger).get(table.page).status_code == 404

    back = client_of(table.member.user).post(table.address("report_take_back", reader.pk), follow=True)
    assert "Teruggehaald." in text_of(back)
    assert client_of(table.guest_user).get(table.page).status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"confidential_at": None}, 302),  # first care, on the page of the table
        ({"answer": "nee"}, 404),
        ({"removed_at": timezone.now()}, 404),
        ({"invited_at": None, "confidential_at": None}, 404),
    ],
)
def test_shared_is_not_enough(client_of, table, change, status):
    table.shared()
    with as_owner():
        Participant.objects.unscoped().filter(pk=table.guest.pk).update(**change)

    response = client_of(table.guest_user).get(table.page)

    assert response.status_code == status
    if status == 302:
        assert response.url == table.item.get_absolute_url()
        assert "Woensdag beginnen we." not in text_of(client_of(table.guest_user).get(response.url))


def test_without_consent_it_is_closed_to_all_but_leerplicht(client_of, table):
    table.shared()
    with as_owner():
        table.case.shared_until = timezone.localdate() - timedelta(days=1)
        table.case.save(update_fields=["shared_until"])

    for user in (table.guest_user, table.coordinator, table.member.user):
        assert client_of(user).get(table.page).status_code == 404
    leerplicht = client_of(factories.leerplicht())
    assert "Deel het verslag" not in text_of(leerplicht.get(table.page))
    assert "Er is nu geen toestemming" in text_of(leerplicht.get(table.address("report_share"), follow=True))
    leerplicht.post(table.address("report_share"), {"people": [table.guest.pk]})
    assert len(saved(ReportReader)) == 1


def mails():
    mail.outbox.clear()
    send_waiting_mail()
    return {message.to[0]: message for message in mail.outbox}


def test_it_is_shared_with_whoever_was_there_and_each_hears_it_once(client_of, table):
    late = factories.ParticipantFactory(
        item=table.item, user=factories.UserFactory(name="Bo Later"), invited_at=timezone.now()
    )
    client, url = client_of(table.coordinator), table.address("report_share")

    page = client.get(url)
    assert "Verslag delen met 1 mens?" in text_of(page)
    assert "Je kunt het verslag daarna nog aanpassen, de mail niet terughalen." in text_of(page)
    assert page.context["form"]["people"].value() == [str(table.guest.pk)]  # the other was not there
    assert "Bo Later, deelnemer. Leest tot en met" in text_of(page)
    assert "jeugdarts, GGD Verzonnen: geen account" in text_of(page)
    nobody = client.post(url, {"people": []})
    assert errors_of(nobody) == {"people": ["Kies met wie je het verslag deelt."]}
    assert client.post(url, {"people": [table.partner.pk]}).status_code == 422  # no account, whatever is sent
    assert client.post(url, {"people": [10**9]}).status_code == 422
    assert (saved(ReportReader), mails()) == ([], {})

    done = client.post(url, {"people": [table.guest.pk]}, follow=True)
    assert "Gedeeld met 1 mens." in text_of(done)
    sent = mails()
    assert sent.keys() == {table.guest_user.email}
    message = sent[table.guest_user.email]
    words = message.body + message.alternatives[0][0]
    assert message.subject.startswith("Het verslag van de tafel op ")
    assert table.item.code in words
    assert table.page in words
    for content in ("Woensdag", "Brood", "bakkerij", "oom", "Pippeloentje"):
        assert content not in message.subject + words

    (reader,) = saved(ReportReader)
    client.post(table.address("report_take_back", reader.pk))
    client.post(url, {"people": [table.guest.pk, late.pk]})
    assert {row.participant_id for row in saved(ReportReader) if not row.taken_back_at} == {table.guest.pk, late.pk}
    assert mails().keys() == {late.user.email}
    assert "Wie het verslag kan lezen, heeft het al." in text_of(client.get(url))
    with as_owner():
        shared = AuditEvent.objects.filter(case_id=table.case.pk, event__startswith="report_").order_by("pk")
        lines = [(line.event, line.detail) for line in shared if line.event != "report_read"]
    assert lines == [
        ("report_shared", {"people": 1}),
        ("report_taken_back", {"people": 1}),
        ("report_shared", {"people": 2}),
    ]


def test_what_was_taken_back_before_the_mail_left_is_not_mailed(client_of, table):
    client = client_of(table.coordinator)
    client.post(table.address("report_share"), {"people": [table.guest.pk]})
    (reader,) = saved(ReportReader)

    client.post(table.address("report_take_back", reader.pk))

    assert mails() == {}


def test_closing_shares_with_whoever_was_there(client_of):
    table = Table()
    factories.ActionFactory(item=table.item)
    for user in ("Was er Niet", "Zei Nee"):
        answer = "nee" if user == "Zei Nee" else ""
        factories.ParticipantFactory(
            item=table.item, user=factories.UserFactory(name=user), invited_at=timezone.now(), answer=answer
        )

    client_of(table.coordinator).post(table.address("live_close"), closing(table))

    assert [row.participant_id for row in saved(ReportReader)] == [table.guest.pk]
    assert mails().keys() == {table.guest_user.email}
    other = Table()
    factories.ActionFactory(item=other.item)
    client_of(other.coordinator).post(other.address("live_close"), closing(other, share="team"))
    assert len(saved(ReportReader)) == 1


def test_whoever_works_on_it_puts_it_right_and_of_two_nothing_is_lost(client_of, table):
    url = table.address("report_edit")
    answers = {"agreed": "Donderdag beginnen we.", "mix": ["zorg"], "is_feasible": "", "dissent": "", "version": "1"}

    assert client_of(table.member.user).post(url, answers).status_code == 302
    late = client_of(table.coordinator).post(
        url, answers | {"agreed": "Vrijdag.", "mix": ["werk"], "is_feasible": "ja"}
    )

    (row,) = saved(TableReport)
    assert (row.agreed, row.mix, row.is_feasible, row.version) == ("Donderdag beginnen we.", ["zorg"], None, 2)
    assert row.updated_by == table.member.user
    assert late.status_code == 409
    page = text_of(late)
    assert f"{table.member.user.short_name} paste dit om" in page
    for words in ("Staat er nu Donderdag beginnen we. Jouw tekst Vrijdag.", "Staat er nu Zorg Jouw tekst Werk"):
        assert words in page
    assert "Staat er nu Weten we nog niet Jouw tekst Ja" in page
    assert late.context["form"]["agreed"].value() == "Vrijdag."
    assert late.context["form"]["mix"].value() == ["werk"]
    assert client_of(table.coordinator).post(url, answers | {"agreed": "Vrijdag.", "version": "2"}).status_code == 302
    assert f"door {table.coordinator.short_name}" in text_of(client_of(table.coordinator).get(table.page))
    with as_owner():
        changes = AuditEvent.objects.filter(event="update", detail__table="meetings_tablereport").order_by("pk")
        assert "agreed" in changes[0].detail["fields"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agreed": "x" * 2001}, "agreed"),
        ({"dissent": "111222333"}, "dissent"),
        ({"mix": ["geluk"]}, "mix"),
        ({"is_feasible": "misschien"}, "is_feasible"),
    ],
)
def test_what_is_not_right_is_said_at_its_field(client_of, table, change, field):
    answers = {"agreed": "Goed.", "mix": [], "is_feasible": "nee", "dissent": "", "version": "1"}

    response = client_of(table.coordinator).post(table.address("report_edit"), answers | change)

    assert response.status_code == 422
    assert list(errors_of(response)) == [field]
    assert saved(TableReport)[0].version == 1


def look(client, table, person):
    return client.get(table.address("report_preview"), {"lezer": person.pk})


def test_a_preview_is_the_page_of_that_reader_and_says_what_is_not_on_it(client_of, table):
    table.shared()
    client = client_of(table.coordinator)

    page = look(client, table, table.guest)

    assert "Zo ziet Olga Jansen het" in text_of(page)
    assert "Olga Jansen ziet niet: de terugkoppeling aan de jongere wie dit verslag leest de pagina van" in text_of(
        page
    )
    with acting_as(table.guest_user):
        forget_tables(table.guest_user)
        assert page.context["minutes"] == minutes_of(table.item.pk, table.guest_user)
    for not_theirs in ("vertelt de jongere", "Haal terug", "Deel het verslag"):
        assert not_theirs not in text_of(page)
        assert not_theirs in text_of(client.get(table.page)) or not_theirs == "Deel het verslag"
    with as_owner():
        (line,) = AuditEvent.objects.filter(event="report_previewed")
        assert (line.user_id, line.detail, line.case_id) == (
            table.coordinator.pk, {"user": table.guest_user.pk}, table.case.pk,
        )  # fmt: skip
        assert not AuditEvent.objects.filter(user_id=table.guest_user.pk).exists()
    assert "ziet ook wie het leest en de knoppen" in text_of(look(client, table, table.owner))


def test_a_preview_says_why_somebody_cannot_read_it(client_of, table):
    client = client_of(table.coordinator)
    changes = {
        "leest mee zodra het verslag met deze lezer is gedeeld": (False, {}),
        "belooft eerst zorgvuldigheid": (True, {"confidential_at": None}),
        "zei nee op de uitnodiging": (True, {"answer": "nee"}),
        "kreeg geen uitnodiging": (True, {"invited_at": None}),
    }
    with as_owner():
        (before,) = (
            Participant.objects.unscoped().filter(pk=table.guest.pk).values("confidential_at", "answer", "invited_at")
        )
    for words, (is_shared, change) in changes.items():
        if is_shared and not saved(ReportReader):
            table.shared()
        with as_owner():
            Participant.objects.unscoped().filter(pk=table.guest.pk).update(**before | change)
        page = text_of(look(client, table, table.guest))
        assert "Olga Jansen kan dit nog niet lezen" in page
        assert words in page
        assert "Woensdag beginnen we." not in page
    assert "heeft geen account" in text_of(look(client, table, table.partner))
    with as_owner():
        Participant.objects.unscoped().filter(pk=table.guest.pk).update(**before)
        table.guest_user.is_active = False
        table.guest_user.save(update_fields=["is_active"])
    assert "werkt hier niet meer" in text_of(look(client, table, table.guest))
    with as_owner():
        long_ago = timezone.now() - timedelta(days=150)
        AgendaItem.objects.unscoped().update(starts_at=long_ago, ends_at=long_ago + timedelta(minutes=45))
    assert "vier maanden na de tafel. Dat is voorbij" in text_of(look(client, table, table.guest))
    assert client.get(table.address("report_preview"), {"lezer": 10**9}).status_code == 302


def test_looking_as_another_writes_nothing_and_then_whoever_asked_asks_again(table):
    table.shared()
    with acting_as(table.coordinator):
        for write in ("UPDATE meetings_tablereport SET agreed = 'x'", "SELECT access.record('x', NULL, '', '{}', '')"):
            with pytest.raises(InternalError, match="read-only"), looking_as(table.guest_user):
                connection.cursor().execute(write)
        with looking_as(table.guest_user):
            assert list(TableReport.objects.visible_to(table.guest_user)) == [table.report]
            with connection.cursor() as cursor:
                cursor.execute("SELECT access.who()")
                assert cursor.fetchone() == (table.guest_user.pk,)
        with connection.cursor() as cursor:
            cursor.execute("SELECT access.who(), current_setting('transaction_read_only')")
            assert cursor.fetchone() == (table.coordinator.pk, "off")


def test_a_preview_shows_nobody_more_than_they_see_themselves(table):
    with acting_as(table.coordinator):
        most = minutes_of(table.item.pk, table.coordinator)
    hidden = {"notes": most.notes[1:], "agreed": "", "told": None, "readers": (), "works": False, "people": ()}
    mine = type(most)(**{**vars(most), **hidden})

    shown = within(most, mine)

    assert {name: getattr(shown, name) for name in hidden} == hidden
    assert shown.dissent == most.dissent


def test_the_pages_around_it_lead_to_it(client_of, table):
    places = (table.item.get_absolute_url(), reverse("actions:list"))
    with as_owner():
        Action.objects.unscoped().filter(pk=table.promise.pk).update(participant=table.owner)
    worker = client_of(table.member.user)
    for place in (*places, reverse("prepare:table", args=[table.case.pk])):
        assert f'href="{table.page}"' in worker.get(place).content.decode(), place
    with as_owner():
        Action.objects.unscoped().filter(pk=table.promise.pk).update(participant=table.guest)
    guest = client_of(table.guest_user)
    for place in places:
        assert table.page not in guest.get(place).content.decode(), place
    table.shared()
    for place in places:
        assert f'href="{table.page}"' in guest.get(place).content.decode(), place


@pytest.mark.parametrize("count", [1, 3])
def test_one_promise_or_three_take_as_many_questions(client_of, table, count, django_assert_num_queries):
    for _ in range(count):
        factories.ActionFactory(item=table.item, participant=table.guest)
        factories.ParticipantFactory(item=table.item, user=factories.UserFactory(), invited_at=timezone.now())
    table.shared()
    client = client_of(table.coordinator)
    client.get(table.page)

    with django_assert_num_queries(23):
        client.get(table.page)
    with django_assert_num_queries(39):
        look(client, table, table.guest)
