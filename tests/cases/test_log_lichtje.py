"""A lichtje that was written down with its halte: it shines there as long as the entry stands in the logboek."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import LogEntry, Stop
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=30))


@pytest.fixture
def stop(case):
    return factories.StopFactory(case=case, title="Bakkerij", sparks=1)


@pytest.fixture
def client(client_of):
    return client_of(factories.coordinator())


def page(case, rest):
    return f"/jeugdigen/{case.code}/{rest}"


def answers(**changes):
    return {
        "kind": "lichtje",
        "text": "‘Nog een keer?’",
        "happened_on": f"{TODAY:%d-%m-%Y}",
        "readers": "team",
    } | changes


def write(client, case, stop, **changes):
    data = answers(is_spark="on", stop=stop.pk, **changes)
    assert client.post(page(case, "logboek/schrijf-op/"), data).status_code == 302
    with as_owner():
        return LogEntry.objects.unscoped().latest("pk")


def press(client, entry, what):
    assert client.post(page(entry.case, f"logboek/{entry.pk}/{what}/")).status_code == 302


def sparks(stop):
    with as_owner():
        return Stop.objects.unscoped().get(pk=stop.pk).sparks


def test_it_goes_with_the_entry_and_comes_back_with_zet_terug(client, case, stop):
    entry = write(client, case, stop)
    assert "2 lichtjes" in client.get(page(case, "reis/")).content.decode()

    press(client, entry, "verwijderen")
    assert sparks(stop) == 1
    assert "1 lichtje<" in client.get(page(case, "reis/")).content.decode()
    client.post(page(case, f"logboek/{entry.pk}/verwijderen/"))  # again, from an old page
    assert sparks(stop) == 1

    press(client, entry, "terug")
    assert sparks(stop) == 2


def test_an_entry_that_is_no_lichtje_any_more_puts_it_out(client, case, stop):
    entry = write(client, case, stop, kind="gesprek")

    def change(**changes):
        seen = client.get(page(case, f"logboek/{entry.pk}/")).context["form"]["seen"].value()
        client.post(page(case, f"logboek/{entry.pk}/"), answers(kind="gesprek", seen=seen, **changes))

    change()
    assert sparks(stop) == 1
    press(client, entry, "verwijderen")
    press(client, entry, "terug")
    assert sparks(stop) == 1
    change(is_spark="on", text="Toch wel.")
    assert sparks(stop) == 2


def test_a_halte_that_was_away_meanwhile_comes_back_with_the_right_number(client, case, stop):
    entry = write(client, case, stop)
    client.post(page(case, f"reis/haltes/{stop.pk}/verwijderen/"), {"version": 2})
    with as_owner():
        assert Stop.objects.unscoped().get(pk=stop.pk).deleted_at

    press(client, entry, "verwijderen")

    assert sparks(stop) == 1


@pytest.mark.parametrize(("there", "after_writing", "after_removing"), [(99, 99, 99), (0, 1, 0)])
def test_a_halte_keeps_its_limits(client, case, there, after_writing, after_removing):
    full = factories.StopFactory(case=case, title="Vol", sparks=there)

    entry = write(client, case, full)

    assert sparks(full) == after_writing
    press(client, entry, "verwijderen")
    assert sparks(full) == after_removing


def test_a_number_that_somebody_wrote_meanwhile_never_falls_below_none(client, case, stop):
    entry = write(client, case, stop)
    with as_owner():
        Stop.objects.unscoped().filter(pk=stop.pk).update(sparks=0)

    press(client, entry, "verwijderen")

    assert sparks(stop) == 0
