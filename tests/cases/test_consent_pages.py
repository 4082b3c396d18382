"""Toestemming: recorded by leerplicht, decided by the rules, read along by the team."""

from datetime import timedelta

import pytest

from access.models import AuditEvent
from tests import factories
from tests.cases.consent_world import case_of, is_open, said, stored, text_of, today, url
from tests.database import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("years", "persons", "opens"),
    [
        (11, ["ouder_1"], True),
        (11, ["jeugdige"], False),
        (12, ["ouder_1"], False),
        (12, ["jeugdige"], False),
        (15, ["jeugdige", "ouder_1"], True),
        (16, ["ouder_1"], False),
        (16, ["jeugdige"], True),
        (18, ["jeugdige"], True),
    ],
)
def test_who_must_agree_follows_age(client_of, years, persons, opens):
    case = case_of(years)

    response = client_of(factories.leerplicht()).post(url(case), said(*persons))

    assert response.status_code == 302
    assert is_open(case) == opens
    assert stored(case)[0].status == ("toestemming" if opens else "benaderd")


def test_what_was_recorded_is_said_about_what_it_was_for(client_of):
    client, case = client_of(factories.leerplicht()), case_of(11)

    def told(**answers):
        page = client.post(url(case), said("ouder_1", **answers), follow=True)
        return [str(message) for message in page.context["messages"]]

    assert told(answer="gevraagd", expires_on="", how="", form_version="") == [
        f"Vastgelegd. {case.code} is niet gedeeld met het WEL-team."
    ]
    assert told() == [f"Vastgelegd. Het WEL-team kan {case.code} nu openen."]
    assert told(purpose="interview") == ["Vastgelegd bij ‘Waarderend interview’."]


def test_a_youth_of_sixteen_decides_also_when_the_parents_refuse(client_of):
    case = case_of(16)
    client = client_of(factories.leerplicht())

    client.post(url(case), said("ouder_1", answer="geweigerd"))
    client.post(url(case), said("jeugdige"))
    assert is_open(case)
    client.post(url(case), said("ouder_1", answer="geweigerd"))

    assert is_open(case)


def test_a_youth_of_fourteen_who_says_no_closes_it(client_of):
    case = case_of(14)

    client_of(factories.leerplicht()).post(url(case), said("ouder_1"))
    client_of(factories.leerplicht()).post(url(case), said("jeugdige", answer="geweigerd"))

    assert not is_open(case)


def test_two_parents_with_authority_both_agree(client_of):
    case = case_of(8)
    client = client_of(factories.leerplicht())
    client.post(url(case, "wie-beslist/"), {"parents_with_authority": "2", "version": "1"})

    client.post(url(case), said("ouder_1"))
    assert not is_open(case)
    client.post(url(case), said("ouder_2"))
    assert is_open(case)


def test_a_second_parent_on_record_closes_what_one_had_opened(client_of):
    case = case_of(8)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("ouder_1"))
    version = stored(case)[0].version

    assert (
        client.post(url(case, "wie-beslist/"), {"parents_with_authority": "2", "version": version}).status_code == 302
    )

    assert not is_open(case)


def test_who_cannot_judge_is_decided_for_with_a_reason(client_of):
    case = case_of(17)
    client = client_of(factories.leerplicht())
    data = {
        "parents_with_authority": "1",
        "cannot_judge_reason": "begrijpt niet wat delen betekent",
        "cannot_judge_by": "arts Verzonnen",
        "version": "1",
    }
    client.post(url(case, "wie-beslist/"), data)

    client.post(url(case), said("jeugdige"))
    assert not is_open(case)
    client.post(url(case), said("ouder_1"))
    assert is_open(case)


def test_a_stale_change_of_who_decides_shows_both_and_changes_nothing(client_of):
    case = case_of(8)
    client = client_of(factories.leerplicht())
    client.post(url(case, "wie-beslist/"), {"parents_with_authority": "2", "version": "1"})

    response = client.post(url(case, "wie-beslist/"), {"parents_with_authority": "0", "version": "1"})

    assert response.status_code == 409
    assert "Een collega paste dit ook aan. Nu staat er: 2 met gezag" in response.content.decode()
    assert stored(case)[0].parents_with_authority == 2


def test_the_no_of_one_is_shown_and_found_after_a_later_yes_of_another(client_of):
    case, waiting = case_of(13), case_of(13)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("jeugdige", answer="geweigerd", answered_on=f"{today() - timedelta(days=3):%d-%m-%Y}"))
    for each in (case, waiting):
        client.post(url(each), said("ouder_1"), follow=True)  # reads the message with its code, too

    refused, asked = (text_of(client.get("/jeugdigen/", {"toestemming": s})) for s in ("ingetrokken", "gevraagd"))

    assert (case.code in refused, waiting.code in refused) == (True, False)
    assert (case.code in asked, waiting.code in asked) == (False, True)
    assert "Toestemming ingetrokken" in text_of(client.get(url(case)))
    assert "Toestemming gevraagd" in text_of(client.get(url(waiting)))


def test_the_team_reads_along_and_records_nothing(client_of):
    case = case_of(10)
    client_of(factories.leerplicht()).post(url(case), said("ouder_1"))
    client = client_of(factories.coordinator())

    page = client.get(url(case)).content.decode()

    assert "Het WEL-team kan" in page
    assert "Gegeven" in page
    assert "Leg vast" not in page
    assert "Trek in" not in page
    assert "Pippeloentje" not in page
    assert client.post(url(case), said("ouder_1")).status_code == 404
    for part in ("wie-beslist/", "laat-toe/", "1/trek-in/", "toegang/1/trek-in/"):
        assert [client.get(url(case, part)).status_code, client.post(url(case, part)).status_code] == [404, 404]


def test_reading_the_exact_age_is_on_record(client_of):
    case, user = case_of(10), factories.leerplicht()

    client_of(user).get(url(case))

    with as_owner():
        looks = AuditEvent.objects.filter(event="identity_seen").values_list("user_id", "case_id", "ground")
        assert list(looks) == [(user.pk, case.pk, "toestemming")]


def test_a_signal_has_nobody_to_ask(client_of):
    case = factories.CaseFactory(is_signal=True)
    client = client_of(factories.leerplicht())

    assert "zonder naam" in client.get(url(case)).content.decode()
    assert client.post(url(case), said("ouder_1")).status_code == 404
    assert stored(case)[1] == []


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"purpose": ""}, "purpose", "Kies waarvoor."),
        ({"purpose": "alles"}, "purpose", "Kies iets uit de lijst."),
        ({"persons": []}, "persons", "Kies wie antwoord gaf."),
        ({"persons": ["buurvrouw"]}, "persons", "Kies iets uit de lijst."),
        ({"persons": ["ouder_2"]}, "persons", "Kies iets uit de lijst."),
        ({"answer": ""}, "answer", "Kies een antwoord."),
        ({"answer": "ingetrokken"}, "answer", "Kies iets uit de lijst."),
        ({"answered_on": ""}, "answered_on", "Vul in op welke dag dit was."),
        ({"answered_on": "1-1-2199"}, "answered_on", "Deze datum ligt in de toekomst."),
        ({"answered_on": "1-1-2000"}, "answered_on", "Deze datum ligt voor de geboortedatum."),
        ({"expires_on": ""}, "expires_on", "Vul in tot wanneer de toestemming geldt."),
        ({"expires_on": "1-1-2020"}, "expires_on", "Deze datum is al voorbij."),
        ({"expires_on": "1-1-2199"}, "expires_on", "Toestemming geldt hoogstens 2 jaar. Vraag het daarna opnieuw."),
        ({"how": ""}, "how", "Kies hoe de toestemming is gegeven."),
        ({"how": "telepathie"}, "how", "Kies iets uit de lijst."),
        ({"form_version": ""}, "form_version", "Kies welk formulier is ondertekend."),
        ({"form_version": "1999-1"}, "form_version", "Kies iets uit de lijst."),
        ({"purpose": "partijen"}, "parties", "Schrijf op met wie."),
        ({"purpose": "partijen", "parties": "x" * 301}, "parties", "Dit is te lang. Er passen 300 tekens."),
        ({"purpose": "partijen", "parties": "school\x00"}, "parties", "Null-tekens zijn niet toegestaan."),
        (
            {"purpose": "partijen", "parties": "123456782"},
            "parties",
            "Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg.",
        ),
    ],
)
def test_wrong_input_is_refused_at_the_field(client_of, changes, field, error):
    case = case_of(10)

    response = client_of(factories.leerplicht()).post(url(case), said("ouder_1", **changes))

    errors = {name: list(texts) for name, texts in response.context["form"].errors.items()}
    assert response.status_code == 422
    assert error in errors[field]
    assert stored(case)[1] == []
    assert not is_open(case)
