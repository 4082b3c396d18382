"""Reflecties: at a halte or on the whole, by youth, parent or team, and changed by nobody but who wrote it down."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cases.models import JourneyVersion, Reflection, Stop
from cases.models.log import KEPT
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LOOK = {"voice": "jongere", "text": "Ik mag de oven aan doen", "strengthen": "Elke vrijdag", "said_on": "1-9-2020"}


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=30))


def add(client, case, **answers):
    return client.post(reverse("cases:reflection_add", args=[case.pk]), LOOK | answers)


def only(case):
    with as_owner():
        return Reflection.objects.unscoped().get(case=case)


def test_a_reflectie_stands_in_the_reis_with_its_halte_its_voice_and_who_wrote_it_down(client_of, case):
    coordinator = factories.coordinator()
    client, stop = client_of(coordinator), factories.StopFactory(case=case, title="De bakkerij", position=1)
    add(client, case, stop=stop.pk)
    add(client, case, voice="begeleider", text="Rust was ook een stap", stop="")

    page = client.get(reverse("cases:journey", args=[case.pk]))

    body = " ".join(page.content.decode().split())
    assert "‘Ik mag de oven aan doen’" in body
    assert f"bij halte 1: De bakkerij, opgeschreven door {coordinator.short_name}" in body
    assert f"over de hele reis, door {coordinator.short_name}" in body
    assert "1 reflectie<" in body
    form = client.get(reverse("cases:reflection_add", args=[case.pk]) + f"?halte={stop.pk}").context["form"]
    assert form["stop"].value() == stop.pk


def test_nobody_writes_over_the_words_of_a_youth(client_of, case):
    first, second = factories.coordinator(), factories.coordinator()
    add(client_of(first), case)
    url = reverse("cases:reflection_edit", args=[case.pk, only(case).pk])

    for answer in (client_of(second).get(url), client_of(second).post(url, LOOK | {"text": "Anders"})):
        assert answer.status_code == 404
    assert client_of(second).post(reverse("cases:reflection_remove", args=[case.pk, only(case).pk])).status_code == 404
    assert (
        "Pas aan"
        not in client_of(second)
        .get(reverse("cases:journey", args=[case.pk]))
        .content.decode()
        .split('id="reflecties"')[1]
        .split("</section>")[0]
    )
    assert only(case).text == LOOK["text"]


def test_the_writer_changes_it_and_everybody_reads_what_it_said(client_of, case):
    first, second = factories.coordinator(), factories.coordinator()
    stop = factories.StopFactory(case=case, title="De bakkerij", position=1)
    add(client_of(first), case)
    url = reverse("cases:reflection_edit", args=[case.pk, only(case).pk])
    seen = client_of(first).get(url).context["form"]["seen"].value()
    client_of(first).post(url, LOOK | {"seen": seen, "text": "Ik deed de oven aan", "stop": stop.pk})
    assert (only(case).text, only(case).stop_id) == ("Ik deed de oven aan", stop.pk)

    page = client_of(second).get(reverse("cases:reflection_history", args=[case.pk, only(case).pk]))

    assert [dict(line.parts)["Wat zien we WEL gebeuren?"] for line in page.context["earlier"]] == [LOOK["text"]]
    assert "Ga hiermee verder" not in page.content.decode()  # for its writer alone


def test_a_halte_of_another_reis_is_no_choice(client_of, case):
    elsewhere = factories.StopFactory(case=factories.CaseFactory(shared_until=case.shared_until), position=1)

    answer = add(client_of(factories.coordinator()), case, stop=elsewhere.pk)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["stop"]


def test_what_is_removed_comes_back_for_its_writer_alone(client_of, case):
    first, second = factories.coordinator(), factories.coordinator()
    add(client_of(first), case)
    pk = only(case).pk
    gone = client_of(first).post(reverse("cases:reflection_remove", args=[case.pk, pk]), follow=True)
    assert "Zet terug" in gone.content.decode()
    assert LOOK["text"] not in client_of(second).get(reverse("cases:journey", args=[case.pk])).content.decode()
    assert LOOK["text"] not in client_of(second).get(reverse("cases:removed", args=[case.pk])).content.decode()
    assert client_of(second).post(reverse("cases:reflection_put_back", args=[case.pk, pk])).status_code == 404

    client_of(first).post(reverse("cases:reflection_put_back", args=[case.pk, pk]))

    assert LOOK["text"] in client_of(second).get(reverse("cases:journey", args=[case.pk])).content.decode()


def test_what_goes_for_good_takes_its_texts_along_and_a_reflectie_outlives_its_halte(client_of, case):
    stop = factories.StopFactory(case=case, title="De bakkerij", position=1)
    client = client_of(factories.coordinator())
    add(client, case, stop=stop.pk)
    with as_owner():
        long_ago = timezone.now() - KEPT
        Stop.objects.unscoped().filter(pk=stop.pk).update(deleted_at=long_ago)
        mate = factories.CompanionFactory(case=case, who="opa", deleted_at=long_ago)
        assert set(JourneyVersion.objects.unscoped().values_list("part", flat=True)) == {
            "halte",
            "reisgenoot",
            "reflectie",
        }
        call_command("wipe_removed")
        assert not type(mate).objects.unscoped().exists()
        assert list(JourneyVersion.objects.unscoped().values_list("part", flat=True)) == ["reflectie"]

    assert (only(case).text, only(case).stop_id) == (LOOK["text"], None)
    assert "over de hele reis" in client.get(reverse("cases:journey", args=[case.pk])).content.decode()
