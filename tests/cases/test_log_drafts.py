"""Het klad: one's own, one per window, and gone once it is saved."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.actions.draft import finish_drafts, keep_draft
from cases.models import Draft, Journey, LogEntry
from regions.models import Role
from tests import factories
from tests.connections import at_the_same_time

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
BSN = "111222333"
BACKGROUND = {"x-background": "1"}


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=30))


@pytest.fixture
def coordinator():
    return factories.coordinator()


def kladjes(case):
    with factories.as_owner():
        return list(Draft.objects.unscoped().filter(case=case).order_by("pk"))


def path(case, place="logboek"):
    return f"/jeugdigen/{case.code}/klad/{place}/"


def write(case):
    return f"/jeugdigen/{case.code}/logboek/schrijf-op/"


def typed(user, token=None, step=1, **answers):
    token = token or uuid.uuid4()
    return {"klad": token, "klad_wie": user.pk, "klad_stand": step, "kind": "gesprek", **answers}


def keep(client, case, place="logboek", **data):
    return client.post(path(case, place), data, headers=BACKGROUND)


def test_what_is_typed_is_kept_and_offered_to_its_writer_only(client_of, case, coordinator):
    client = client_of(coordinator)

    answer = keep(client, case, **typed(coordinator, text="Half af\r\nnog"))

    [draft] = kladjes(case)
    assert answer.json() == {"om": f"{timezone.localtime(draft.saved_at):%H.%M}"}
    assert (draft.author, draft.place, draft.answers) == (
        coordinator,
        "logboek",
        {"kind": "gesprek", "text": "Half af\nnog"},
    )
    assert "Je was hier gebleven" in client.get(write(case)).content.decode()
    page = client.get(write(case), {"klad": draft.token})
    assert page.context["form"]["text"].value() == "Half af\nnog"
    assert "Je was hier gebleven" not in page.content.decode()
    for user in (factories.leerplicht(), factories.coordinator()):
        other = client_of(user)
        for page in (other.get(write(case)), other.get(write(case), {"klad": draft.token})):
            assert "Half af" not in page.content.decode()
            assert "Je was hier gebleven" not in page.content.decode()


def test_a_box_that_was_cleared_stays_cleared(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator, is_spark=True)
    client = client_of(coordinator)
    keep(client, case, f"logboek-{entry.pk}", **typed(coordinator, text="Zonder lichtje"))

    [draft] = kladjes(case)
    form = client.get(f"/jeugdigen/{case.code}/logboek/{entry.pk}/", {"klad": draft.token}).context["form"]
    assert not form["is_spark"].value()


def test_a_later_save_of_the_same_window_wins_and_one_that_was_underway_does_not(client_of, case, coordinator):
    client, token = client_of(coordinator), uuid.uuid4()

    for step, text in ((1, "een"), (3, "drie"), (2, "twee")):
        assert keep(client, case, **typed(coordinator, token, step, text=text)).status_code == 200

    assert [(draft.step, draft.answers["text"]) for draft in kladjes(case)] == [(3, "drie")]


def test_two_windows_keep_each_their_own(client_of, case, coordinator):
    client = client_of(coordinator)

    for text in ("venster een", "venster twee"):
        keep(client, case, **typed(coordinator, text=text))

    assert [draft.answers["text"] for draft in kladjes(case)] == ["venster een", "venster twee"]
    page = client.get(write(case)).content.decode()
    assert page.count("Ga verder") == 2


def test_going_on_moves_the_klad_along(client_of, case, coordinator):
    client, first, second = client_of(coordinator), uuid.uuid4(), uuid.uuid4()
    keep(client, case, **typed(coordinator, first, 9, text="begin"))

    keep(client, case, **typed(coordinator, second, 1, text="begin en verder", klad_van=first))

    assert [(draft.token, draft.answers["text"]) for draft in kladjes(case)] == [(second, "begin en verder")]


def test_saving_leaves_no_text_behind_and_a_late_save_cannot_bring_it_back(client_of, case, coordinator):
    client, token, source = client_of(coordinator), uuid.uuid4(), uuid.uuid4()
    keep(client, case, **typed(coordinator, source, text="eerst"))
    day = f"{TODAY.day}-{TODAY.month}-{TODAY.year}"
    entry = {"text": "Af", "happened_on": day, "readers": "team"}

    saved = client.post(write(case), typed(coordinator, token, klad_van=source) | entry)
    late = keep(client, case, **typed(coordinator, token, 7, text="Af"))

    assert saved.status_code == 302
    assert late.status_code == 409
    assert uuid.UUID(late.json()["klad"]) not in (token, source)
    assert [draft.answers for draft in kladjes(case)] == [{}, {}]
    assert "Je was hier gebleven" not in client.get(write(case)).content.decode()


def test_a_form_with_an_error_keeps_its_klad(client_of, case, coordinator):
    client, token = client_of(coordinator), uuid.uuid4()
    keep(client, case, **typed(coordinator, token, text="zonder datum"))

    answer = client.post(write(case), typed(coordinator, token, text="zonder datum"))

    assert answer.status_code == 422
    assert f'name="klad" value="{token}"' in answer.content.decode()
    assert kladjes(case)[0].answers["text"] == "zonder datum"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"nummer {BSN}", "Dit lijkt op een burgerservicenummer."),
        ("een \0 teken", "In deze tekst staat een teken"),
        ("x" * 60_001, "Deze tekst is te lang"),
    ],
)
def test_what_wel_keeps_nowhere_is_not_in_a_klad_either(client_of, case, coordinator, text, reason):
    client = client_of(coordinator)

    answer = keep(client, case, **typed(coordinator, text=text))
    without_script = client.post(write(case), typed(coordinator, text=text) | {"als_klad": "1"})

    assert answer.status_code == without_script.status_code == 422
    assert answer.json()["waarom"].startswith(reason)
    assert without_script.context["form"].errors["text"]
    assert kladjes(case) == []


def test_only_the_fields_of_the_form_are_kept(client_of, case, coordinator):
    keep(client_of(coordinator), case, **typed(coordinator, text="ja", anders="nee", csrfmiddlewaretoken="geheim"))

    assert set(kladjes(case)[0].answers) == {"kind", "text"}


def test_without_javascript_a_button_keeps_it(client_of, case, coordinator):
    client = client_of(coordinator)

    answer = client.post(write(case), typed(coordinator, text="Later verder") | {"als_klad": "1"}, follow=True)

    assert "Bewaard als klad om " in answer.content.decode()
    assert answer.context["form"]["text"].value() == "Later verder"
    with factories.as_owner():
        assert not LogEntry.objects.unscoped().exists()


def test_thrown_away_can_be_put_back_and_saved_cannot(client_of, case, coordinator):
    client, token = client_of(coordinator), uuid.uuid4()
    keep(client, case, **typed(coordinator, token, text="weg hiermee"))

    away = client.post(f"{path(case)}weg/", {"klad": token}, follow=True).content.decode()
    assert "Klad weggegooid." in away
    assert "weg hiermee" not in away
    assert "weg hiermee" not in client.get(write(case)).content.decode()
    back = client.post(f"{path(case)}weg/", {"klad": token, "terug": "1"}, follow=True).content.decode()
    assert "weg hiermee" in back

    with acting_as(coordinator):
        finish_drafts(case=case, place="logboek", tokens=[token], by=coordinator)
    client.post(f"{path(case)}weg/", {"klad": token, "terug": "1"})
    assert "Je was hier gebleven" not in client.get(write(case)).content.decode()


@pytest.mark.parametrize(
    "place", ["logboek-{theirs}", "logboek-999999", "reis-nergens", "halte-1x", "halte-0", "elders", "logboek-"]
)
def test_a_klad_is_only_where_its_writer_may_write(client_of, case, coordinator, place):
    theirs = factories.LogEntryFactory(case=case)
    place = place.format(theirs=theirs.pk)

    assert keep(client_of(coordinator), case, place, **typed(coordinator, text="x")).status_code == 404
    assert kladjes(case) == []


def test_the_window_of_somebody_who_logged_out_is_not_kept_under_another_name(client_of, case, coordinator):
    answer = keep(client_of(factories.leerplicht()), case, **typed(coordinator, text="van de coördinator"))

    assert answer.status_code == 403
    assert kladjes(case) == []


def test_a_withdrawal_closes_a_klad_with_all_the_rest_and_a_new_consent_opens_it(client_of, case, coordinator):
    client = client_of(coordinator)
    data = typed(coordinator, text="nog niet af")
    keep(client, case, **data)

    def share(until):
        with factories.as_owner():
            type(case).objects.unscoped().filter(pk=case.pk).update(shared_until=until)

    share(TODAY - timedelta(days=1))
    assert keep(client, case, **data).status_code == 404
    assert client.get(write(case)).status_code == 404
    with acting_as(coordinator):
        assert not Draft.objects.visible_to(coordinator).exists()
        assert not Draft.objects.unscoped().exists()
    share(TODAY + timedelta(days=1))
    assert "nog niet af" in client.get(write(case)).content.decode()


def test_a_klad_leaves_no_line_in_the_log_of_looks(client_of, case, coordinator):
    keep(client_of(coordinator), case, **typed(coordinator, text="nog niet af"))

    with acting_as(factories.national(Role.FG)):
        assert not AuditEvent.objects.filter(case_id=case.pk, event__in=("insert", "update")).exists()


def test_a_chapter_and_a_halte_have_a_klad_too(client_of, case, coordinator):
    stop = factories.StopFactory(case=case, position=1)
    client = client_of(coordinator)

    for place, page, name in (
        ("reis-plan", "reis/plan/", "plan"),
        ("reis-wensdroom", "reis/wensdroom/", "wensdroom"),
        ("halte", "reis/haltes/toevoegen/", "note"),
        (f"halte-{stop.pk}", f"reis/haltes/{stop.pk}/", "note"),
    ):
        token, seen = uuid.uuid4(), client.get(f"/jeugdigen/{case.code}/{page}").context["form"]["seen"].value()
        half = typed(coordinator, token, seen=seen, **{name: "half plan"})
        assert keep(client, case, place, **half).status_code == 200
        form = client.get(f"/jeugdigen/{case.code}/{page}", {"klad": token}).context["form"]
        assert form[name].value() == "half plan"
        more = {"title": "Halte", "state": "gepland", "wensdroom_on": "1-9-2025", "seen": form["seen"].value() or ""}
        saved = client.post(f"/jeugdigen/{case.code}/{page}", more | {"klad": token, name: "heel"})
        assert saved.status_code == 302
    with factories.as_owner():
        journey = Journey.objects.unscoped().get(case=case)
    assert (journey.plan, journey.wensdroom) == ("heel", "heel")
    assert [draft.answers for draft in kladjes(case)] == [{}] * 4


@pytest.mark.django_db(transaction=True)
def test_a_save_and_a_klad_that_meet_on_two_connections_leave_no_text_behind():
    case = factories.CaseFactory(shared_until=TODAY + timedelta(days=30))
    author = factories.coordinator()
    tokens = [uuid.uuid4() for _ in range(6)]

    def act(write, **values):
        def run():
            with acting_as(author):
                return write(case=case, place="logboek", by=author, **values)

        return run

    for token in tokens:
        outcomes = at_the_same_time(
            act(keep_draft, token=token, answers={"text": "nog onderweg"}, step=1),
            act(finish_drafts, tokens=[token]),
        )
        assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes

    found = kladjes(case)
    assert {draft.token for draft in found} == set(tokens)
    assert [draft.answers for draft in found] == [{}] * len(tokens)
