"""Overdracht on the screen: from the question of one side to the answer of the other, and what each may press."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from cases.models import Case, Consent, Handover
from tests import factories
from tests.cases.handover_world import accept, ask, day, fresh, make_sides, offered, reaches, say
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    return make_sides()


def dutch(date):
    return f"{date:%d-%m-%Y}"


def url(sides, page="handover"):
    return reverse(f"cases:{page}", args=[sides.case.pk])


def question(**changes):
    return {
        "gemeente": factories.gemeente("Emmen").pk,
        "swv": "",
        "reason": "verhuisd",
        "moved_on": dutch(day(-3)),
        "message": "Begin met een wandeling.",
        "shows": ["wensdroom"],
        "talk_on": "",
    } | changes


def today_of(client):
    return client.get(reverse("reporting:today")).content.decode()


def the_handover():
    with as_owner():
        return Handover.objects.get()


def test_from_asking_to_taking_over(client_of, sides):
    code = sides.case.code
    response = client_of(sides.coordinator).post(url(sides), question(swv=factories.swv("PO2202").pk))
    assert (response.status_code, the_handover().status) == (302, "gevraagd")
    assert f"Toestemming voor de overdracht van {code}" in today_of(client_of(sides.leerplicht))

    client = client_of(sides.leerplicht)
    offer = client.get(url(sides, "handover_offer")).content.decode()
    assert "Er is nog een ja nodig van" in offer
    assert "Bied aan" not in offer
    assert client.post(url(sides, "handover_offer")).status_code == 409
    said = {"persons": ["jeugdige", "ouder_1"], "answer": "gegeven", "answered_on": dutch(day()), "how": "mondeling"}
    response = client.post(url(sides, "handover_consent"), said)
    assert response.url == url(sides, "handover_offer")
    offer = client.get(response.url).content.decode()
    assert "De jongere wil een eigen bakkerij." in offer
    assert "Pippeloentje" not in offer
    assert code not in today_of(client_of(sides.new_leerplicht))
    assert client_of(sides.leerplicht).post(url(sides, "handover_offer")).status_code == 302

    with as_owner():
        consent = Consent.objects.unscoped().filter(purpose="overdracht").first()
    assert consent.parties == "Emmen, PO2202"
    client = client_of(sides.new_leerplicht)
    assert f"Neem je {code} aan?" in today_of(client)
    page = reverse("cases:handover_answer", args=[the_handover().pk])
    shown = client.get(page).content.decode()
    assert "Begin met een wandeling." in shown
    for secret in ("Pippeloentje", "Verzonnen", "leest graag"):
        assert secret not in shown
    assert client.get(sides.case.get_absolute_url()).status_code == 404

    response = client.post(page, {"owner": sides.new_leerplicht.pk, "version": 2})

    assert response.url == sides.case.get_absolute_url()
    assert client.get(response.url).status_code == 200
    for user in (sides.leerplicht, sides.coordinator):
        old = client_of(fresh(user))
        assert old.get(sides.case.get_absolute_url()).status_code == 404
        assert f"{code} is warm overgedragen" in today_of(old)
        assert "De jeugdige hoort nu bij Emmen, PO2202." in old.get(page).content.decode()
        assert old.post(page, {"owner": user.pk, "version": 3}).status_code == 404


def test_a_no_reaches_the_old_side_with_its_reason(client_of, sides):
    pk = offered(sides)
    page = reverse("cases:handover_refuse", args=[pk])
    client = client_of(sides.new_leerplicht)
    empty = client.post(page, {"reason": " ", "version": 2})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["reason"])

    client.post(page, {"reason": "De jongere woont hier nog niet.", "version": 2})

    old = client_of(sides.leerplicht)
    assert f"{sides.case.code} blijft nog hier" in today_of(old)
    shown = old.get(url(sides)).content.decode()
    assert "De jongere woont hier nog niet." in shown
    assert "Naar welke gemeente?" in shown  # and it can be asked again
    assert (
        "Begin met een wandeling."
        not in client_of(sides.new_leerplicht).get(reverse("cases:handover_answer", args=[pk])).content.decode()
    )


def test_a_page_from_before_it_was_withdrawn_changes_nothing(client_of, sides):
    pk = offered(sides)
    client_of(sides.coordinator).post(url(sides, "handover_withdraw"), {"reason": "", "version": 2})

    answer = client_of(sides.new_leerplicht).post(
        reverse("cases:handover_answer", args=[pk]), {"owner": sides.new_leerplicht.pk, "version": 2}
    )

    assert answer.status_code == 409
    assert "Er is intussen iets veranderd." in answer.content.decode()
    assert reaches(sides.leerplicht, sides.case)[0]
    refused = client_of(sides.new_leerplicht).post(
        reverse("cases:handover_refuse", args=[pk]), {"reason": "x", "version": 2}
    )
    assert refused.status_code == 302
    assert the_handover().status == "ingetrokken"


WRONG = [
    ({"gemeente": ""}, ["gemeente"]),
    ({"reason": ""}, ["reason"]),
    ({"moved_on": dutch(day(-500))}, ["moved_on"]),
    ({"message": " "}, ["message"]),
    ({"message": "bsn 123456782"}, ["message"]),
    ({"shows": ["naam"]}, ["shows"]),
]


def test_where_to_and_what_for_are_asked(client_of, sides):
    client = client_of(sides.coordinator)
    here, there = factories.gemeente(), factories.swv("PO2201")
    for changes, fields in [
        *WRONG,
        ({"gemeente": here.pk, "swv": sides.case.swv_id}, ["gemeente"]),
        ({"gemeente": here.pk}, ["gemeente"]),
        ({"swv": there.pk}, ["swv"]),
    ]:
        answer = client.post(url(sides), question(**changes))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, fields), changes
    with as_owner():
        assert not Handover.objects.exists()


def test_the_consent_page_keeps_to_its_own_purposes(client_of, sides):
    ask(sides)
    client = client_of(sides.leerplicht)
    values = {"purpose": "overdracht", "persons": ["ouder_1"], "answer": "gegeven", "answered_on": dutch(day()),
              "expires_on": dutch(day(30)), "how": "mondeling"}  # fmt: skip

    answer = client.post(reverse("cases:consent", args=[sides.case.pk]), urlencode(values, doseq=True),
                         content_type="application/x-www-form-urlencoded")  # fmt: skip

    assert list(answer.context["form"].errors) == ["purpose"]
    said = {"persons": ["ouder_1"], "answer": "geweigerd", "answered_on": dutch(day()), "how": ""}
    client.post(url(sides, "handover_consent"), said)
    assert the_handover().status == "ingetrokken"


def test_consent_on_the_new_side_is_asked_as_if_nobody_was_asked_before(client_of, sides):
    accept(sides, offered(sides))
    client = client_of(fresh(sides.new_leerplicht))

    assert client.get(sides.case.get_absolute_url()).context["consent"] == {"state": "not_asked"}
    assert "Nog niet gevraagd" in client.get(reverse("cases:consent", args=[sides.case.pk])).content.decode()
    assert f"oestemming voor {sides.case.code}" not in (page := today_of(client))
    assert f"Toestemming vragen voor {sides.case.code}" in page


def test_a_signaal_and_a_closed_one_are_not_handed_over(client_of):
    client = client_of(factories.leerplicht())
    signal = factories.CaseFactory(is_signal=True, birth_month=None)
    closed = factories.CaseFactory(status="gestopt", closed_on=day())
    for case, words in ((signal, "zonder naam aangemeld"), (closed, "is afgesloten")):
        page = reverse("cases:handover", args=[case.pk])
        assert words in client.get(page).content.decode()
        assert client.post(page, question()).status_code == 302
    with as_owner():
        assert not Handover.objects.exists()
        assert Case.objects.unscoped().filter(gemeente__name="Emmen").count() == 0


def test_who_only_works_on_it_does_not_hand_it_over(client_of, sides):
    offered(sides)
    for user in (sides.owner, sides.verbinder, sides.contact):
        for page in ("handover", "handover_consent", "handover_offer", "handover_withdraw"):
            assert client_of(user).get(url(sides, page)).status_code == 404
    say(sides)  # nothing of this broke it
    for page in ("handover_consent", "handover_offer"):
        assert client_of(sides.coordinator).get(url(sides, page)).status_code == 404
