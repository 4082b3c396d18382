"""Texts before a change, and what was removed: who reads it, how it comes back, and when it is gone for good."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.models import Case, Draft, LogEntry, LogEntryVersion, Stop
from regions.models import Role
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=30))


@pytest.fixture
def coordinator():
    return factories.coordinator()


def page(case, rest=""):
    return f"/jeugdigen/{case.code}/{rest}"


def change(client, case, entry, **changes):
    path = page(case, f"logboek/{entry.pk}/")
    form = client.get(path).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"happened_on": "1-9-2025"} | changes
    answer = client.post(path, {name: value for name, value in data.items() if value not in (None, False)})
    assert answer.status_code == 302
    return answer


# Eerdere teksten


def test_each_change_keeps_the_text_before_it_with_who_and_when(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator, text="Eerst dit")
    client = client_of(coordinator)
    change(client, case, entry, text="Toen dat")
    change(client, case, entry, text="En nu zo", kind="huisbezoek")

    colleague = client_of(factories.leerplicht())
    assert f"logboek/{entry.pk}/eerder/" in colleague.get(page(case, "logboek/")).content.decode()
    shown = colleague.get(page(case, f"logboek/{entry.pk}/eerder/"))

    versions = [line["version"] for line in shown.context["earlier"]]
    assert [(one.version, one.text, one.kind, one.replaced_by) for one in versions] == [
        (2, "Toen dat", "gesprek", coordinator), (1, "Eerst dit", "gesprek", coordinator),
    ]  # fmt: skip
    assert all(timezone.now() - one.replaced_at < timedelta(minutes=1) for one in versions)
    assert "En nu zo" in shown.content.decode()
    with acting_as(factories.national(Role.FG)):
        assert AuditEvent.objects.filter(event="log_history_read", case_id=case.pk).count() == 1


def test_saving_without_a_change_makes_no_version(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator, text="Zo", happened_on="2025-09-01")
    change(client_of(coordinator), case, entry)

    with as_owner():
        assert not LogEntryVersion.objects.unscoped().exists()
        assert LogEntry.objects.unscoped().get(pk=entry.pk).edited_at is None


def test_a_text_from_when_it_was_for_oneself_stays_for_oneself(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator, text="Alleen voor mij", readers="ik")
    client = client_of(coordinator)
    change(client, case, entry, text="Voor het team", readers="team")
    path = page(case, f"logboek/{entry.pk}/eerder/")

    assert "Alleen voor mij" in client.get(path).content.decode()
    colleague = factories.leerplicht()
    shown = client_of(colleague).get(path).content.decode()
    assert "Voor het team" in shown
    assert "Alleen voor mij" not in shown
    assert "was, staat hier niet." in shown
    with acting_as(colleague):
        assert not LogEntryVersion.objects.unscoped().exists()

    change(client_of(coordinator), case, entry, text="Toch weer voor mij", readers="ik")
    assert client_of(colleague).get(path).status_code == 404
    with acting_as(colleague):
        assert not LogEntryVersion.objects.unscoped().exists()


def test_removing_and_putting_back_hides_nothing_of_before(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator, text="Eerst dit")
    client = client_of(coordinator)
    change(client, case, entry, text="Toen dat")
    client.post(page(case, f"logboek/{entry.pk}/verwijderen/"))
    client.post(page(case, f"logboek/{entry.pk}/terug/"))

    shown = client_of(factories.leerplicht()).get(page(case, f"logboek/{entry.pk}/eerder/")).content.decode()
    assert "Eerst dit" in shown
    assert "staat hier niet." not in shown


# Verwijderd


def test_an_entry_is_removed_for_all_at_once_and_put_back_in_one_press(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator, text="Per ongeluk opgeschreven", is_spark=True)
    change(client_of(coordinator), case, entry, text="Per ongeluk aangepast")
    reader = factories.leerplicht()

    removed = client_of(coordinator).post(page(case, f"logboek/{entry.pk}/verwijderen/"), follow=True).content.decode()
    assert "Verwijderd." in removed
    assert f"logboek/{entry.pk}/terug/" in removed
    assert "Per ongeluk" not in removed
    for path in ("logboek/", "", f"logboek/{entry.pk}/eerder/", "verwijderd/", "logboek/?soort=lichtje"):
        assert "Per ongeluk" not in client_of(reader).get(page(case, path)).content.decode(), path
    assert "Per ongeluk" not in client_of(reader).get("/").content.decode()
    assert client_of(reader).post(page(case, f"logboek/{entry.pk}/terug/")).status_code == 404
    with acting_as(reader):
        assert not LogEntry.objects.unscoped().exists()
        assert not LogEntryVersion.objects.unscoped().exists()

    client = client_of(coordinator)
    assert client.get(page(case, f"logboek/{entry.pk}/")).status_code == 404
    assert "Per ongeluk aangepast" in client.get(page(case, "verwijderd/")).content.decode()
    client.post(page(case, f"logboek/{entry.pk}/terug/"))
    assert "Per ongeluk aangepast" in client_of(reader).get(page(case, "logboek/")).content.decode()


def test_what_was_removed_is_no_contact_and_vandaag_asks_again(client_of, case, coordinator):
    typed = TODAY - timedelta(days=70)
    with as_owner():
        Case.objects.unscoped().filter(pk=case.pk).update(last_contact_on=typed)
    client = client_of(coordinator)
    entry = {"kind": "gesprek", "text": "Bij de verkeerde opgeschreven", "readers": "team"}
    client.post(page(case, "logboek/schrijf-op/"), entry | {"happened_on": f"{TODAY - timedelta(days=1):%d-%m-%Y}"})
    with as_owner():
        [written] = LogEntry.objects.unscoped()
    change(client, case, written, happened_on=f"{TODAY:%d-%m-%Y}")

    def last_contact():
        with as_owner():
            return Case.objects.unscoped().get(pk=case.pk).last_contact_on

    asked = f"Vraag hoe het gaat met {case.code}"
    assert (last_contact(), asked in client.get("/").content.decode()) == (TODAY, False)
    client.post(page(case, f"logboek/{written.pk}/verwijderen/"))
    assert (last_contact(), asked in client.get("/").content.decode()) == (typed, True)
    client.post(page(case, f"logboek/{written.pk}/terug/"))
    assert (last_contact(), asked in client.get("/").content.decode()) == (TODAY, False)

    # Another talk of that day stays one
    factories.LogEntryFactory(case=case, happened_on=TODAY)
    client.post(page(case, f"logboek/{written.pk}/verwijderen/"))
    assert last_contact() == TODAY


def test_only_the_author_removes(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case)

    assert client_of(coordinator).post(page(case, f"logboek/{entry.pk}/verwijderen/")).status_code == 404
    with as_owner():
        assert LogEntry.objects.unscoped().get(pk=entry.pk).deleted_at is None


def test_a_halte_comes_back_at_its_place(client_of, case, coordinator):
    _, second, _ = (
        factories.StopFactory(case=case, position=n, title=title, state="gemaakt", version=1)
        for n, title in ((1, "Een"), (2, "Busreis"), (3, "Drie"))
    )
    client = client_of(coordinator)

    removed = client.post(page(case, f"reis/haltes/{second.pk}/verwijderen/"), {"version": 1}, follow=True)
    assert f"reis/haltes/{second.pk}/terug/" in removed.content.decode()
    assert [line["stop"].title if isinstance(line, dict) else line.stop.title for line in removed.context["stops"]] == [
        "Een",
        "Drie",
    ]
    client.post(page(case, "reis/haltes/toevoegen/"), {"title": "Vier", "state": "gepland"})
    contact = factories.swv_contact()
    assert "Busreis" not in client_of(contact).get(page(case, "reis/")).content.decode()
    with acting_as(contact):
        assert set(Stop.objects.unscoped().values_list("title", flat=True)) == {"Een", "Drie", "Vier"}

    # A colleague who works on it may put it back too
    colleague = client_of(factories.leerplicht())
    assert "Busreis" in colleague.get(page(case, "verwijderd/")).content.decode()
    colleague.post(page(case, f"reis/haltes/{second.pk}/terug/"))
    with acting_as(coordinator):
        assert list(Stop.objects.visible_to(coordinator).values_list("title", flat=True)) == [
            "Een",
            "Busreis",
            "Drie",
            "Vier",
        ]


def test_here_we_are_now_is_one_place_also_after_putting_back(client_of, case, coordinator):
    stop = factories.StopFactory(case=case, position=1, title="Toen", state="nu")
    client = client_of(coordinator)
    client.post(page(case, f"reis/haltes/{stop.pk}/verwijderen/"), {"version": 1})
    client.post(page(case, "reis/haltes/toevoegen/"), {"title": "Hier", "state": "nu"})

    assert client.post(page(case, f"reis/haltes/{stop.pk}/terug/")).status_code == 302

    with acting_as(coordinator):
        found = dict(Stop.objects.visible_to(coordinator).values_list("title", "state"))
    assert found == {"Toen": "gemaakt", "Hier": "nu"}


def test_after_thirty_days_it_is_gone_for_good_and_the_log_says_so(client_of, case, coordinator):
    long_ago, lately = timezone.now() - timedelta(days=30, minutes=1), timezone.now() - timedelta(days=29)
    gone = factories.LogEntryFactory(case=case, author=coordinator, deleted_at=long_ago)
    factories.LogEntryVersionFactory(case=case, entry=gone)
    kept = [factories.LogEntryFactory(case=case, author=coordinator, deleted_at=when) for when in (None, lately)]
    halte = factories.StopFactory(case=case, deleted_at=long_ago)
    factories.StopFactory(case=case, title="Blijft")
    _, _, fresh = (
        factories.DraftFactory(case=case, saved_at=saved_at, closed_at=closed_at)
        for saved_at, closed_at in ((long_ago, None), (lately, lately), (lately, None))
    )
    client = client_of(coordinator)
    assert client.post(page(case, f"logboek/{gone.pk}/terug/")).status_code == 404
    assert client.post(page(case, f"reis/haltes/{halte.pk}/terug/")).status_code == 404

    with as_owner():
        call_command("wipe_removed")
        assert set(LogEntry.objects.unscoped()) == set(kept)
        assert not LogEntryVersion.objects.unscoped().exists()
        assert [stop.title for stop in Stop.objects.unscoped()] == ["Blijft"]
        assert list(Draft.objects.unscoped()) == [fresh]

    with acting_as(factories.national(Role.FG)):
        lines = AuditEvent.objects.filter(event__in=("removed_wiped", "drafts_wiped")).order_by("pk")
        assert [(line.event, line.case_id, line.detail) for line in lines] == [
            ("removed_wiped", case.pk, {"entries": 1, "stops": 1}),
            ("drafts_wiped", None, {"drafts": 2}),
        ]


def test_the_web_role_wipes_nothing():
    with pytest.raises(CommandError, match="eigenaar van de tabellen"):
        call_command("wipe_removed")
