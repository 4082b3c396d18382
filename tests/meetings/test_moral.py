"""The card of a moreel beraad: a question of the team, in which nobody stands (R8.4)."""

import pytest

from cases.rules.learning import CODE
from meetings.models import Meeting, MoralCard
from tests import factories
from tests.meetings.test_agenda_pages import url
from tests.meetings.test_live import saved
from tests.meetings.test_team_pages import errors_of, text_of

pytestmark = pytest.mark.django_db
ANSWERS = {
    "question": "Mogen we wachten tot de jongere zelf wil?", "leader": "ethicus, Hogeschool Verzinsel",
    "method": "socratisch", "method_other": "", "perspective_1": "ouders", "weighed_1": "Rust helpt thuis.",
    "perspective_2": "", "weighed_2": "", "perspective_3": "school", "weighed_3": "Een plek blijft niet vrij.",
    "conclusion": "Wachten met een afspraak.", "policy": "Het protocol krijgt een rustpunt.", "version": 0,
}  # fmt: skip


@pytest.fixture
def beraad():
    return factories.MeetingFactory(team=factories.WelTeamFactory(name="Team Noord"), kind="moreel")


def test_the_coordinator_writes_it_and_who_knows_the_team_reads_it(client_of, beraad):
    coordinator = factories.coordinator()
    client, edit = client_of(coordinator), url("moral_edit", beraad.pk)

    assert "Geen namen en geen code: dit gaat over de vraag, niet over een jeugdige." in text_of(client.get(edit))
    assert client.post(edit, ANSWERS).url == url("moral", beraad.pk)

    (card,) = saved(MoralCard)
    assert (card.swv_id, card.method, card.updated_by_id) == (beraad.swv_id, "socratisch", coordinator.pk)
    assert card.considerations == [
        {"perspective": "ouders", "text": "Rust helpt thuis."},
        {"perspective": "school", "text": "Een plek blijft niet vrij."},
    ]
    for reader in (coordinator, factories.leerplicht(), factories.swv_contact()):
        page = text_of(client_of(reader).get(url("moral", beraad.pk)))
        for words in ("Socratisch gesprek", "ouders Rust helpt thuis.", "Het protocol krijgt een rustpunt."):
            assert words in page
        assert ("Pas aan" in page) == (reader == coordinator)
        assert "Mogen we wachten" in text_of(client_of(reader).get(url("detail", beraad.pk)))
    for stranger in (factories.coordinator("PO2203"), factories.swv_contact("PO2203")):
        assert client_of(stranger).get(url("moral", beraad.pk)).status_code == 404
        assert client_of(stranger).get(edit).status_code == 404
    assert client_of(factories.swv_contact()).post(edit, ANSWERS).status_code == 404


def test_there_is_always_room_for_more_and_what_is_emptied_goes(client_of, beraad):
    client, edit = client_of(factories.coordinator()), url("moral_edit", beraad.pk)
    assert list(client.get(edit).context["form"].numbers) == [1, 2, 3]
    client.post(edit, ANSWERS)

    form = client.get(edit).context["form"]
    assert list(form.numbers) == [1, 2, 3, 4]
    assert form["perspective_2"].value() == "school"
    client.post(edit, ANSWERS | {"version": 1, "perspective_1": "", "weighed_1": "", "weighed_4": "x" * 9,
                                 "perspective_4": "de jongere"})  # fmt: skip
    assert [each["perspective"] for each in saved(MoralCard)[0].considerations] == ["school", "de jongere"]


WRONG = [
    ({"question": ""}, {"question": ["Schrijf de vraag op."]}),
    ({"leader": ""}, {"leader": ["Vul in wie het gesprek leidde."]}),
    ({"method": ""}, {"method": ["Kies een methode."]}),
    ({"method": "anders"}, {"method_other": ["Schrijf op welke methode het was."]}),
    ({"perspective_1": ""}, {"perspective_1": ["Schrijf op door wiens ogen dit is."]}),
    ({"weighed_3": ""}, {"weighed_3": ["Schrijf de overweging op."]}),
    (
        {"conclusion": "111222333"},
        {"conclusion": ["Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg."]},
    ),
]


def test_no_code_no_bsn_and_nothing_half(client_of, beraad):
    client, edit = client_of(factories.coordinator()), url("moral_edit", beraad.pk)

    for change, errors in WRONG:
        response = client.post(edit, ANSWERS | change)
        assert (response.status_code, errors_of(response)) == (422, errors)
    for name in ("question", "leader", "perspective_1", "weighed_1", "conclusion", "policy"):
        for code in ("Het gaat over WEL-0142.", "over wel 0142"):
            assert CODE.search(code)
            said = errors_of(client.post(edit, ANSWERS | {name: code}))
            assert said[name][0].startswith("Haal de code weg."), name
    assert saved(MoralCard) == []


def test_only_a_moreel_beraad_has_one_and_then_it_stays_that(client_of, beraad):
    coordinator = factories.coordinator()
    client, atelier = client_of(coordinator), factories.MeetingFactory(team=beraad.team, kind="atelier")
    off = factories.MeetingFactory(team=beraad.team, kind="moreel", status="afgezegd", cancel_reason="Ziek.")

    for name in ("moral", "moral_edit"):
        assert client.get(url(name, atelier.pk)).status_code == 404
    assert client.get(url("moral_edit", off.pk)).status_code == 404
    client.post(url("moral_edit", beraad.pk), ANSWERS)
    form = client.get(url("edit", beraad.pk)).context["form"]
    again = {name: form[name].value() or "" for name in form.fields} | {"begin": "10.00", "end": "11.00"}
    day = form.initial["day"]
    answer = client.post(
        url("edit", beraad.pk), again | {"kind": "atelier", "day": f"{day.day}-{day.month}-{day.year}"}
    )
    assert errors_of(answer) == {"kind": ["Hier hoort een kaart van een moreel beraad bij. Laat de soort zo."]}
    assert {meeting.kind for meeting in saved(Meeting) if meeting.pk == beraad.pk} == {"moreel"}


def test_of_two_who_write_at_once_none_is_lost(client_of, beraad):
    client, edit = client_of(factories.coordinator()), url("moral_edit", beraad.pk)
    client.post(edit, ANSWERS)

    late = client.post(edit, ANSWERS | {"weighed_1": "Wat ik ook nog vond.", "conclusion": "Anders."})

    assert late.status_code == 409
    said = text_of(late)
    for words in ("ouders: Rust helpt thuis.", "ouders: Wat ik ook nog vond.", "Wachten met een afspraak."):
        assert words in said
    assert saved(MoralCard)[0].conclusion == "Wachten met een afspraak."
    assert late.context["form"]["weighed_1"].value() == "Wat ik ook nog vond."
