"""Reisgenoten: who travels along, told without a name; the youth's own words on them stay."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Companion, JourneyVersion
from cases.models.log import KEPT
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
MATE = {
    "who": "buurvrouw",
    "circle": "naast",
    "role": "Geeft thee",
    "meaning": "Ze vraagt niks",
    "meaning_on": "1-9-2020",
}


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=30))


def add(client, case, **answers):
    return client.post(reverse("cases:companion_add", args=[case.pk]), MATE | answers)


def change(client, companion, **answers):
    url = reverse("cases:companion_edit", args=[companion.case_id, companion.pk])
    seen = client.get(url).context["form"]["seen"].value()
    return client.post(url, {"seen": seen, "who": companion.who, "circle": companion.circle} | answers)


def only(case):
    with as_owner():
        return Companion.objects.unscoped().get(case=case)


def test_an_unexpected_other_stands_on_both_pages_and_on_the_map(client_of, case):
    client = client_of(factories.coordinator())
    add(client, case, is_unexpected="on")

    for name in ("cases:companions", "cases:journey"):
        body = client.get(reverse(name, args=[case.pk])).content.decode()
        for words in ("Buurvrouw", "onverwachte ander", "Geeft thee", "‘Ze vraagt niks’"):
            assert words in body, (name, words)
    assert '<g class="route-map-companion"' in body


def test_the_own_circle_comes_before_those_who_come_from_work(client_of, case):
    client = client_of(factories.coordinator())
    add(client, case, who="begeleider", circle="beroep")
    add(client, case)

    page = client.get(reverse("cases:companions", args=[case.pk]))

    assert [companion.who for companion, _ in page.context["companions"]] == ["buurvrouw", "begeleider"]


def test_somebody_else_adds_a_saying_and_the_first_one_is_kept(client_of, case):
    first, second = factories.coordinator(), factories.coordinator()
    add(client_of(first), case)
    client = client_of(second)

    assert change(client, only(case), role="Rijdt mee", meaning="").status_code == 302
    assert (only(case).meaning, only(case).meaning_by) == ("Ze vraagt niks", first)

    assert change(client, only(case), meaning="Ze lacht om me", meaning_on="2-9-2021").status_code == 302
    assert (only(case).meaning, only(case).meaning_by) == ("Ze lacht om me", second)
    with as_owner():
        kept = JourneyVersion.objects.unscoped().filter(part="reisgenoot").order_by("pk")
        assert [row.texts["meaning"] for row in kept] == ["Ze vraagt niks", "Ze vraagt niks", "Ze lacht om me"]


def test_own_words_are_not_emptied_by_who_wrote_them_down(client_of, case):
    client = client_of(factories.coordinator())
    add(client, case)

    answer = change(client, only(case), meaning="")

    assert answer.status_code == 422
    assert "blijven staan" in answer.content.decode()
    assert only(case).meaning == "Ze vraagt niks"


def test_own_words_need_the_day_they_were_said(client_of, case):
    answer = add(client_of(factories.coordinator()), case, meaning_on="")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["meaning_on"]


def test_two_people_write_about_one_reisgenoot_and_nothing_goes(client_of, case):
    first, second = factories.coordinator(), factories.coordinator()
    add(client_of(first), case)
    companion = only(case)
    url = reverse("cases:companion_edit", args=[case.pk, companion.pk])
    client = client_of(second)
    seen = client.get(url).context["form"]["seen"].value()
    change(client_of(first), companion, role="Rijdt op dinsdag", meaning=MATE["meaning"], meaning_on=MATE["meaning_on"])

    answer = client_of(second).post(
        url, MATE | {"seen": seen, "role": "Rijdt op vrijdag", "meaning": "", "meaning_on": ""}
    )

    assert answer.status_code == 409
    assert "Rijdt op dinsdag" in answer.content.decode()
    assert "Rijdt op vrijdag" in answer.content.decode()
    assert only(case).role == "Rijdt op dinsdag"


def test_what_is_taken_away_comes_back_for_thirty_days(client_of, case):
    client = client_of(factories.coordinator())
    add(client, case)
    companion = only(case)
    gone = client.post(reverse("cases:companion_remove", args=[case.pk, companion.pk]), follow=True)
    assert "Zet terug" in gone.content.decode()
    assert "Buurvrouw" not in client.get(reverse("cases:journey", args=[case.pk])).content.decode()
    assert "Buurvrouw" in client.get(reverse("cases:removed", args=[case.pk])).content.decode()
    # Its texts of before are as far away as itself.
    assert client.get(reverse("cases:companion_history", args=[case.pk, companion.pk])).status_code == 404

    client.post(reverse("cases:companion_put_back", args=[case.pk, companion.pk]))
    assert "Buurvrouw" in client.get(reverse("cases:companions", args=[case.pk])).content.decode()

    with as_owner():
        Companion.objects.unscoped().update(deleted_at=timezone.now() - KEPT)
    assert client.post(reverse("cases:companion_put_back", args=[case.pk, companion.pk])).status_code == 404


def test_a_contact_reads_who_travels_along_without_names_and_organisations(client_of, case):
    factories.IdentityFactory(case=case)
    factories.CompanionFactory(
        case=case, who="tante Verzonnen", organisation="Bakkerij De Bedachte", meaning="Pippeloentje lacht daar"
    )
    contact = client_of(factories.swv_contact())

    body = contact.get(reverse("cases:journey", args=[case.pk])).content.decode()

    assert "Tante de jongere" in body
    for words in ("Verzonnen", "Pippeloentje", "Bakkerij"):
        assert words not in body
    assert contact.get(reverse("cases:companions", args=[case.pk])).status_code == 404
