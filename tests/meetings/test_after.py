"""After a table: promises kept with one click, and the youth who hears what was thought of."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import Action, AgendaItem, Feedback
from meetings.rules.draft import feedback_draft
from tests import factories
from tests.database import as_owner
from tests.meetings.test_live import Table, saved
from tests.meetings.test_team_pages import errors_of, text_of

pytestmark = pytest.mark.django_db
ACTIONS = "/acties/"
TOMORROW = f"{timezone.localdate() + timedelta(days=1):%d-%m-%Y}"


@pytest.fixture
def table():
    """One that was held and closed, with a promise of the guest and a terugkoppeling by the eigenaar."""
    table = Table()
    with as_owner():
        AgendaItem.objects.unscoped().update(status="besproken")
    table.action = factories.ActionFactory(item=table.item, participant=table.guest, text="Vraag of oom meegaat")
    factories.ActionFactory(item=table.item, participant=table.owner, text="Van een ander")
    table.feedback = factories.FeedbackFactory(
        item=table.item, teller=table.member.user, due_on=timezone.localdate() + timedelta(days=7)
    )
    table.report = factories.TableReportFactory(item=table.item, agreed="Woensdag beginnen we.")
    table.telling = reverse("meetings:feedback", args=[table.item.pk])
    return table


def act(name, action):
    return reverse(f"actions:{name}", args=[action.pk])


def state(action):
    with as_owner():
        row = Action.objects.unscoped().get(pk=action.pk)
    return row.status, bool(row.ended_at), row.outcome


def test_a_guest_keeps_a_promise_with_one_click_and_undoes_it_with_one(client_of, table):
    client = client_of(table.guest_user)

    page = text_of(client.get(ACTIONS))
    assert "Vraag of oom meegaat" in page
    assert "Van een ander" not in page
    assert "Gedaan. Mooi." in text_of(client.post(act("done", table.action), follow=True))
    assert state(table.action) == ("gedaan", True, "")
    assert "Gedaan op" in text_of(client.get(ACTIONS))
    client.post(act("reopen", table.action))
    assert state(table.action) == ("open", False, "")


def test_it_may_go_otherwise_and_then_says_how(client_of, table):
    client = client_of(table.guest_user)

    empty = client.post(act("otherwise", table.action), {"outcome": ""})
    client.post(act("otherwise", table.action), {"outcome": "Oom was ziek. Zijn buurman gaat mee."})

    assert errors_of(empty) == {"outcome": ["Vul in hoe het liep."]}
    assert state(table.action) == ("anders", True, "Oom was ziek. Zijn buurman gaat mee.")
    assert "Liep anders: Oom was ziek." in text_of(client.get(ACTIONS))


def test_only_who_promised_or_works_on_it_ticks_it_off(client_of, table):
    of_owner = Action.objects.unscoped().exclude(pk=table.action.pk)
    with as_owner():
        other = of_owner.get()
    for name in ("done", "reopen", "otherwise"):
        assert client_of(table.guest_user).post(act(name, other), {"outcome": "x"}).status_code == 404
        assert client_of(factories.coordinator("PO2203")).post(act(name, table.action)).status_code == 404
    assert state(other) == ("open", False, "")
    assert client_of(table.member.user).post(act("done", table.action)).status_code == 302


def test_over_time_comes_first_and_says_so(client_of, table):
    with as_owner():
        Action.objects.unscoped().filter(pk=table.action.pk).update(due_at=timezone.now() - timedelta(days=2))
    factories.ActionFactory(item=table.item, participant=table.guest, text="Later")

    page = text_of(client_of(table.guest_user).get(ACTIONS))

    assert page.index("Vraag of oom meegaat") < page.index("Later")
    assert page.count("over tijd") == 1


def test_the_eigenaar_tells_it_within_two_clicks_from_vandaag(client_of, table):
    client = client_of(table.member.user)
    code = table.case.code

    today = client.get("/")
    assert f"Vertel {code} wat er is bedacht" in text_of(today)
    assert table.telling in today.content.decode()
    form = client.get(table.telling).context["form"]
    draft = form["told"].value()
    assert "We dachten aan tafel mee over wat jij wilt: ‘Brood bakken’." in draft
    assert "Woensdag beginnen we." in draft
    assert "- Vraag of oom meegaat (uiterlijk" in draft
    assert "Olga" not in draft
    day = timezone.localdate()
    answers = {
        "told_on": f"{day.day}-{day.month}-{day.year}",
        "channel": "gesprek",
        "told": "We gaan het doen.",
        "reaction": "Eindelijk!",
        "version": 1,
    }
    assert client.post(table.telling, answers).status_code == 302

    (row,) = saved(Feedback)
    assert (row.told_on, row.channel, row.reaction, row.recorded_by_id) == (
        day,
        "gesprek",
        "Eindelijk!",
        table.member.user_id,
    )
    assert f"Vertel {code}" not in text_of(client.get("/"))
    assert "De jongere zei: ‘Eindelijk!’" in text_of(client.get(table.item.get_absolute_url()))
    late = client.post(table.telling, answers | {"told": "Mijn woorden"})
    assert late.status_code == 409
    assert "Mijn woorden" in late.content.decode()


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"told_on": ""}, {"told_on": ["Vul in wanneer je het vertelde."]}),
        ({"told_on": TOMORROW}, {"told_on": ["Deze datum ligt in de toekomst."]}),
        ({"told_on": "1-1-2001"}, {"told_on": ["Deze dag is voor de tafel."]}),
        ({"channel": ""}, {"channel": ["Kies hoe je het vertelde."]}),
        ({"told": "x" * 3001}, {"told": ["Maak de tekst korter: hier passen 3000 tekens. Het zijn er nu 3001."]}),
        (
            {"reaction": "111222333"},
            {"reaction": ["Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg."]},
        ),
    ],
)
def test_what_is_not_right_is_said_at_its_field(client_of, table, change, errors):
    day = timezone.localdate()
    answers = {"told_on": f"{day.day}-{day.month}-{day.year}", "channel": "bellen", "told": "x", "reaction": ""}

    response = client_of(table.member.user).post(table.telling, answers | {"version": 1} | change)

    assert response.status_code == 422
    assert errors_of(response) == errors
    assert saved(Feedback)[0].told_on is None


def test_a_guest_reads_no_terugkoppeling(client_of, table):
    client = client_of(table.guest_user)

    assert client.get(table.telling).status_code == 404
    assert "Terugkoppeling" not in text_of(client.get(table.item.get_absolute_url()))


def test_vandaag_counts_what_is_due_and_not_what_can_wait(client_of, table):
    client = client_of(table.member.user)
    with as_owner():
        mine = Action.objects.unscoped().filter(participant=table.owner)
        mine.update(due_at=timezone.now() + timedelta(days=20))
    assert "Je beloofde" not in text_of(client.get("/"))
    with as_owner():
        mine.update(due_at=timezone.now())
    assert f"Je beloofde iets voor {table.case.code}" in text_of(client.get("/"))


@pytest.mark.parametrize("count", [1, 3])
def test_one_promise_or_three_take_as_many_questions(client_of, table, count, django_assert_num_queries):
    for _ in range(count):
        factories.ActionFactory(item=table.item, participant=table.guest)
    client = client_of(table.guest_user)
    client.get(ACTIONS)

    with django_assert_num_queries(12):  # eight questions, two savepoints and the context
        client.get(ACTIONS)


def test_a_draft_without_a_wensdroom_is_still_a_sentence():
    assert feedback_draft(wensdroom="", promises=[]) == "We dachten aan tafel mee.\nWat vind jij ervan?"
    assert "‘Iedereen mag er zitten.’\n" in feedback_draft(wensdroom="Iedereen mag er zitten.", promises=[])
