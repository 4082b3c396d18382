"""De Reis: who reads and who writes, chapters, haltes in their order, and what must never get lost."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from access.context import acting_as
from cases.models import CaseMember, Journey, Stop, YouthWords
from tests import factories

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)
BSN = "111222333"
BAKERY = "Ik wil brood bakken dat mensen ruiken."


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=30))


@pytest.fixture
def coordinator():
    return factories.coordinator()


def rows(model, case):
    with factories.as_owner():
        return list(model.objects.unscoped().filter(case=case))


def reis(case, rest=""):
    return f"/jeugdigen/{case.code}/reis/{rest}"


def seen(client, case, chapter):
    return client.get(reis(case, f"{chapter}/")).context["form"].initial["seen"]


def save(client, case, chapter, **data):
    return client.post(reis(case, f"{chapter}/"), {"seen": seen(client, case, chapter), **data})


def seen_at(client, case, stop):
    return client.get(reis(case, f"haltes/{stop.pk}/")).context["form"].initial["seen"]


def stop_data(**changes):
    return {"title": "Keuken van oom", "state": "gemaakt", "sparks": "0", **changes}


# Who may


@pytest.mark.parametrize("part", ["", "plan/", "haltes/toevoegen/", "haltes/{stop}/", "haltes/{stop}/verwijderen/"])
def test_the_people_near_a_case_open_every_page(client_of, case, part):
    stop = factories.StopFactory(case=case)
    member = factories.UserFactory()
    factories.CaseMemberFactory(case=case, user=member, role=CaseMember.Role.BRINGER)

    for user in (factories.leerplicht(), factories.coordinator(), member):
        assert client_of(user).get(reis(case, part.format(stop=stop.pk))).status_code == 200


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "part",
    ["", "plan/", "haltes/toevoegen/", "haltes/{stop}/", "haltes/{stop}/verwijderen/", "haltes/{stop}/verplaats/"],
)
def test_a_stranger_never_learns_that_a_reis_exists(client_of, case, part, method):
    stop = factories.StopFactory(case=case)
    path = reis(case, part.format(stop=stop.pk))
    absent = path.replace(case.code, "WEL-999999")

    answers = {getattr(client_of(factories.coordinator("PO2203")), method)(url).status_code for url in (path, absent)}

    assert len(answers) == 1
    assert answers <= {404, 405}
    assert [row.pk for row in rows(Stop, case)] == [stop.pk]


def test_only_leerplicht_keeps_the_reis_when_the_consent_ends(client_of):
    case = factories.CaseFactory(shared_until=YESTERDAY)
    member = factories.UserFactory()
    factories.CaseMemberFactory(case=case, user=member)

    for user in (factories.coordinator(), factories.swv_contact(), member):
        assert client_of(user).get(reis(case)).status_code == 404
    assert client_of(factories.leerplicht()).get(reis(case)).status_code == 200


def test_a_swv_contact_reads_and_writes_nothing(client_of, case):
    factories.JourneyFactory(case=case, wensdroom=BAKERY, plan="Elke week een dag")
    stop = factories.StopFactory(case=case)
    client = client_of(factories.swv_contact())

    page = client.get(reis(case))

    assert page.status_code == 200
    assert BAKERY in page.content.decode()
    assert "Pas aan" not in page.content.decode()
    assert "Halte toevoegen" not in page.content.decode()
    for part in ("plan/", "haltes/toevoegen/", f"haltes/{stop.pk}/", f"haltes/{stop.pk}/verwijderen/"):
        assert client.get(reis(case, part)).status_code == 404
        assert client.post(reis(case, part), stop_data(plan="x", version=1)).status_code == 404
    assert client.post(reis(case, f"haltes/{stop.pk}/verplaats/"), {"kant": "later"}).status_code == 404
    assert rows(Journey, case)[0].plan == "Elke week een dag"


def test_a_halte_of_another_case_does_not_exist_here(client_of, case, coordinator):
    other = factories.StopFactory(case=factories.CaseFactory(shared_until=case.shared_until), title="Van een ander")
    client = client_of(coordinator)

    for part in ("", "verwijderen/"):
        assert client.get(reis(case, f"haltes/{other.pk}/{part}")).status_code == 404
        assert client.post(reis(case, f"haltes/{other.pk}/{part}"), stop_data(version=1)).status_code == 404
    assert client.post(reis(case, f"haltes/{other.pk}/verplaats/"), {"kant": "later"}).status_code == 404
    assert client.get(reis(case, "haltes/99999999999999999999/")).status_code == 404
    assert [row.title for row in rows(Stop, other.case)] == ["Van een ander"]


def test_an_unknown_chapter_does_not_exist(client_of, case, coordinator):
    assert client_of(coordinator).get(reis(case, "geheim/")).status_code == 404


# The page


def test_the_first_visit_asks_for_the_wensdroom_and_shows_no_halte(client_of, case, coordinator):
    page = client_of(coordinator).get(reis(case))

    assert "De reis begint. Wat is de wensdroom?" in page.content.decode()
    assert page.context["map"].nodes == ()
    assert rows(Journey, case) == []


def test_only_who_may_write_is_asked_what_is_not_there_yet(client_of, case):
    question = "Denk ook aan een onverwachte ander"

    assert question in client_of(factories.coordinator()).get(reis(case)).content.decode()
    page = client_of(factories.swv_contact()).get(reis(case)).content.decode()

    assert question not in page
    assert page.count("Nog niet opgeschreven.") >= 4


def test_the_sentence_of_the_map_says_what_is_in_the_rows(client_of, case, coordinator):
    today = timezone.localdate()
    factories.JourneyFactory(case=case, wensdroom=BAKERY, wensdroom_short="een eigen bakkerij")
    factories.StopFactory(case=case, position=1, state="gemaakt", sparks=1, happened_on=today - timedelta(days=40))
    factories.StopFactory(
        case=case, position=2, state="nu", hobble="lange busreis", detour="tante rijdt", sparks=2, happened_on=YESTERDAY
    )
    factories.StopFactory(case=case, position=3, state="gepland")
    factories.StopFactory(case=factories.CaseFactory(shared_until=case.shared_until), title="Van een ander")

    page = client_of(coordinator).get(reis(case))

    assert page.context["sentence"] == (
        f"Dit is de reis van {case.code}. Twee haltes zijn gemaakt, één is gepland. "
        "Er is één hobbel, met een olifantenpaadje eromheen. Drie keer waren er lichtjes. "
        "De wensdroom: een eigen bakkerij."
    )
    assert page.context["count_sentence"].startswith("Twee haltes gemaakt, één in zicht. De laatste halte was op ")
    assert [node.state for node in page.context["map"].nodes] == ["made", "now", "planned"]
    assert "Van een ander" not in page.content.decode()


def test_the_reis_says_what_the_subsidy_still_needs_and_where_to_write_it(client_of, case, coordinator):
    factories.JourneyFactory(
        case=case, wensdroom=BAKERY, cooperation="Elke week bellen", plan="Klein beginnen", means_needed="Vervoer"
    )
    client = client_of(coordinator)

    page = client.get(reis(case))

    assert [(gap.label, gap.chapter) for gap in page.context["gaps"]] == [
        ("Middelen en mogelijkheden: wat is er al", "middelen"),
        ("Afstand tot onderwijs bij de start", "afstand"),
        ("Afstand tot onderwijs nu", "afstand"),
    ]
    for gap in page.context["gaps"]:
        assert client.get(reis(case, f"{gap.chapter}/")).status_code == 200

    save(client, case, "middelen", means_needed="Vervoer", means_present="deels", means_note="")
    save(
        client, case, "afstand", distance_start="1", distance_start_reason="Thuis", distance_now="4",
        distance_now_reason="Mentor gezien",
    )  # fmt: skip
    page = client.get(reis(case)).content.decode()
    assert "Deze reis is compleet" in page
    assert "dichter bij onderwijs" in page


def test_the_page_asks_as_many_queries_for_three_haltes_as_for_one(
    client_of, case, coordinator, django_assert_max_num_queries
):
    client = client_of(coordinator)
    client.get(reis(case))
    counts = []
    for _ in (1, 2):
        factories.StopFactory(case=case)
        factories.CaseMemberFactory(case=case, role=CaseMember.Role.BRINGER)
        with django_assert_max_num_queries(22) as captured:
            client.get(reis(case))
        counts.append(len(captured))
        factories.StopFactory(case=case)

    assert counts[0] == counts[1]


def test_words_of_people_are_text_and_never_markup(client_of, case, coordinator):
    evil = "<script>alert(1)</script>"
    factories.JourneyFactory(case=case, wensdroom=evil, wensdroom_short=evil, luggage=evil, plan=evil, departure=evil)
    factories.StopFactory(case=case, title=evil, place=evil, note=evil, hobble=evil, detour=evil)

    for query in ("", "?beeld=woorden"):
        page = client_of(coordinator).get(reis(case, query)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


# Chapters


def test_the_first_save_begins_the_reis(client_of, case, coordinator):
    answer = save(client_of(coordinator), case, "plan", plan="Eén ochtend per week\r\nin de bakkerij")

    assert answer.status_code == 302
    [journey] = rows(Journey, case)
    assert (journey.plan, journey.version, journey.updated_by) == (
        "Eén ochtend per week\nin de bakkerij", 1, coordinator,
    )  # fmt: skip


def test_every_chapter_saves_what_it_asks(client_of, case, coordinator):
    client = client_of(coordinator)
    chapters = {
        "vertrek": {"departure": "Thuis, moe van school", "departure_on": "1-9-2025"},
        "bagage": {"luggage": "Geduld", "worked_content": "Deeg", "worked_process": "Rust", "worked_attitude": "Klik"},
        "samenwerking": {"cooperation": "Samen bellen"},
        "plan": {"plan": "Klein beginnen"},
        "middelen": {"means_needed": "Vervoer", "means_present": "niet", "means_note": "Nog zoeken"},
        "terugblik": {"look_back": "Er beweegt iets"},
    }

    for chapter, data in chapters.items():
        assert save(client, case, chapter, **data).status_code == 302

    [journey] = rows(Journey, case)
    assert journey.departure_on == date(2025, 9, 1)
    for data in chapters.values():
        for name, value in data.items():
            if name != "departure_on":
                assert getattr(journey, name) == value
    assert journey.version == len(chapters)


@pytest.mark.parametrize(
    ("chapter", "data", "field"),
    [
        ("plan", {"plan": "x" * 4001}, "plan"),
        ("plan", {"plan": "met een \0 erin"}, "plan"),
        ("plan", {"plan": f"zijn nummer is {BSN}"}, "plan"),
        ("wensdroom", {"wensdroom": "x" * 2001, "wensdroom_on": "1-9-2025"}, "wensdroom"),
        ("wensdroom", {"wensdroom": BAKERY, "wensdroom_on": "1-9-2199"}, "wensdroom_on"),
        ("wensdroom", {"wensdroom": BAKERY, "wensdroom_on": "<script>"}, "wensdroom_on"),
        ("wensdroom", {"wensdroom": BAKERY}, "wensdroom_on"),
        ("wensdroom", {"wensdroom_short": "x" * 61}, "wensdroom_short"),
        ("vertrek", {"departure_on": "31-2-2025"}, "departure_on"),
        ("vertrek", {"departure_on": "1-9-2199"}, "departure_on"),
        ("middelen", {"means_present": "<script>"}, "means_present"),
        ("middelen", {"means_present": "altijd"}, "means_present"),
        ("afstand", {"distance_start": "7"}, "distance_start"),
        ("afstand", {"distance_start": "dichtbij"}, "distance_start"),
        ("afstand", {"distance_now": "3"}, "distance_now_reason"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_not_kept(client_of, case, coordinator, chapter, data, field):
    answer = save(client_of(coordinator), case, chapter, **data)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert answer.content.decode().count("Nog even dit") == 1
    assert rows(Journey, case) == []


def test_two_people_in_one_chapter_lose_nothing(client_of, case, coordinator):
    factories.JourneyFactory(case=case, plan="Eerste plan")
    client = client_of(coordinator)
    first_seen = seen(client, case, "plan")
    save(client_of(factories.leerplicht()), case, "plan", plan="Plan van leerplicht")

    answer = client_of(coordinator).post(reis(case, "plan/"), {"seen": first_seen, "plan": "Plan van de coördinator"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ook aan" in page
    assert "Plan van leerplicht" in page
    assert page.count("Plan van de coördinator") == 3  # to read, to choose, and in the two together
    assert rows(Journey, case)[0].plan == "Plan van leerplicht"

    hidden = dict(answer.context["conflict"]["hidden"])
    again = client.post(reis(case, "plan/"), hidden | {"keuze-plan": "allebei", "allebei-plan": "Allebei de plannen"})
    assert again.status_code == 302
    assert rows(Journey, case)[0].plan == "Allebei de plannen"


def test_writing_in_another_chapter_is_no_conflict(client_of, case, coordinator):
    factories.JourneyFactory(case=case, plan="Eerste plan")
    client = client_of(coordinator)
    first_seen = seen(client, case, "samenwerking")
    save(client, case, "plan", plan="Tweede plan")

    answer = client.post(reis(case, "samenwerking/"), {"seen": first_seen, "cooperation": "Samen bellen"})

    assert answer.status_code == 302
    [journey] = rows(Journey, case)
    assert (journey.plan, journey.cooperation) == ("Tweede plan", "Samen bellen")


# R5.5: the youth's own words


def test_another_person_cannot_overwrite_the_words_of_the_youth(client_of, case, coordinator):
    save(client_of(coordinator), case, "wensdroom", wensdroom=BAKERY, wensdroom_on="1-9-2025")
    other = client_of(factories.leerplicht())

    form = other.get(reis(case, "wensdroom/")).context["form"]
    assert form.initial["wensdroom"] == ""
    answer = save(other, case, "wensdroom", wensdroom="", wensdroom_on="", wensdroom_parents="Dat hij lacht")

    assert answer.status_code == 302
    [journey] = rows(Journey, case)
    assert (journey.wensdroom, journey.wensdroom_by, journey.wensdroom_on) == (BAKERY, coordinator, date(2025, 9, 1))
    assert journey.wensdroom_parents == "Dat hij lacht"

    assert save(other, case, "wensdroom", wensdroom="Ik wil treinen rijden").status_code == 422
    save(other, case, "wensdroom", wensdroom="Ik wil treinen rijden", wensdroom_on="1-3-2026")

    assert [(said.text, said.said_on) for said in rows(YouthWords, case)] == [
        ("Ik wil treinen rijden", date(2026, 3, 1)),
        (BAKERY, date(2025, 9, 1)),
    ]
    page = other.get(reis(case)).content.decode()
    assert page.index("Ik wil treinen rijden") < page.index(BAKERY)


def test_even_the_one_who_wrote_them_down_does_not_wipe_the_words(client_of, case, coordinator):
    client = client_of(coordinator)
    save(client, case, "wensdroom", wensdroom=BAKERY, wensdroom_on="1-9-2025")

    assert save(client, case, "wensdroom", wensdroom="", wensdroom_on="").status_code == 422
    save(client, case, "wensdroom", wensdroom=f"{BAKERY} Elke dag.", wensdroom_on="1-9-2025")

    assert [said.text for said in rows(YouthWords, case)] == [f"{BAKERY} Elke dag.", BAKERY]
    assert rows(Journey, case)[0].wensdroom == f"{BAKERY} Elke dag."


def test_the_database_keeps_the_words_of_the_youth_from_everybody(case, coordinator):
    factories.JourneyFactory(case=case, wensdroom=BAKERY)
    [said] = rows(YouthWords, case)

    with acting_as(coordinator), connection.cursor() as cursor:
        for attempt in (
            "UPDATE cases_youthwords SET text = 'anders'",
            "DELETE FROM cases_youthwords",
            "INSERT INTO cases_youthwords SELECT * FROM cases_youthwords",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(attempt)
        cursor.execute("UPDATE cases_journey SET wensdroom = 'langs de regels om'")
    with acting_as(factories.coordinator("PO2203")):
        assert not YouthWords.objects.unscoped().exists()
    assert [row.text for row in rows(YouthWords, case)] == ["langs de regels om", BAKERY]
    assert rows(YouthWords, case)[0].written_by == coordinator
    assert said.written_by is None


# Haltes


def titles(case):
    return [stop.title for stop in rows(Stop, case)]


def test_a_halte_comes_where_it_belongs_on_the_road(client_of, case, coordinator):
    client = client_of(coordinator)
    for title, state in (("Plan", "gepland"), ("Eerst", "gemaakt"), ("Droom", "idee"), ("Hier", "nu")):
        answer = client.post(reis(case, "haltes/toevoegen/"), stop_data(title=title, state=state))
        assert answer.status_code == 302

    assert titles(case) == ["Eerst", "Hier", "Plan", "Droom"]


def test_there_is_one_place_where_we_are_now(client_of, case, coordinator):
    first = factories.StopFactory(case=case, position=1, title="Eerst", state="nu")
    second = factories.StopFactory(case=case, position=2, title="Toen", state="gepland")

    client = client_of(coordinator)
    answer = client.post(
        reis(case, f"haltes/{second.pk}/"), stop_data(title="Toen", state="nu", seen=seen_at(client, case, second))
    )

    assert answer.status_code == 302
    assert [(stop.pk, stop.state) for stop in rows(Stop, case)] == [(first.pk, "gemaakt"), (second.pk, "nu")]


def test_haltes_change_places_and_stop_at_the_ends(client_of, case, coordinator):
    stops = [factories.StopFactory(case=case, position=n * 10, title=t) for n, t in ((1, "A"), (2, "B"), (3, "C"))]
    client = client_of(coordinator)

    def move(stop, way):
        assert client.post(reis(case, f"haltes/{stop.pk}/verplaats/"), {"kant": way}).status_code == 302

    move(stops[2], "eerder")
    assert titles(case) == ["A", "C", "B"]
    move(stops[0], "later")
    assert titles(case) == ["C", "A", "B"]
    move(stops[2], "eerder")
    move(stops[1], "later")
    assert titles(case) == ["C", "A", "B"]
    assert client.post(reis(case, f"haltes/{stops[0].pk}/verplaats/"), {"kant": "weg"}).status_code == 404
    assert client.get(reis(case, f"haltes/{stops[0].pk}/verplaats/")).status_code == 405


def test_a_halte_is_taken_away_only_after_asking_and_not_under_a_colleague(client_of, case, coordinator):
    stop = factories.StopFactory(case=case, title="Weg")
    client = client_of(coordinator)
    asked = client.get(reis(case, f"haltes/{stop.pk}/verwijderen/"))
    client.post(reis(case, f"haltes/{stop.pk}/"), stop_data(title="Toch houden", seen=seen_at(client, case, stop)))

    for version in ("1", "", "x"):
        client.post(reis(case, f"haltes/{stop.pk}/verwijderen/"), {"version": version})
        assert titles(case) == ["Toch houden"]

    assert 'name="version" value="1"' in asked.content.decode()
    assert client.post(reis(case, f"haltes/{stop.pk}/verwijderen/"), {"version": "2"}).status_code == 302
    with acting_as(coordinator):
        assert not Stop.objects.visible_to(coordinator).filter(case=case).exists()


def test_two_people_at_one_halte_lose_nothing(client_of, case, coordinator):
    stop = factories.StopFactory(case=case, title="Les")
    client = client_of(coordinator)
    opened = seen_at(client, case, stop)
    client.post(reis(case, f"haltes/{stop.pk}/"), stop_data(title="Les aan huis", seen=opened))

    answer = client.post(reis(case, f"haltes/{stop.pk}/"), stop_data(title="Les in de bieb", seen=opened))

    assert answer.status_code == 409
    assert "Les aan huis" in answer.content.decode()
    assert "Les in de bieb" in answer.content.decode()
    assert titles(case) == ["Les aan huis"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"title": "een \0 teken"}, "title"),
        ({"note": f"bsn {BSN}"}, "note"),
        ({"note": "x" * 2001}, "note"),
        ({"place": "x" * 41}, "place"),
        ({"state": "aangekomen"}, "state"),
        ({"state": ""}, "state"),
        ({"happened_on": "gisteren"}, "happened_on"),
        ({"happened_on": "1-1-2199"}, "happened_on"),
        ({"sparks": "-1"}, "sparks"),
        ({"sparks": "100"}, "sparks"),
        ({"sparks": "veel"}, "sparks"),
        ({"detour": "tante rijdt mee"}, "hobble"),
    ],
)
def test_a_halte_that_does_not_fit_is_not_kept(client_of, case, coordinator, changes, field):
    answer = client_of(coordinator).post(reis(case, "haltes/toevoegen/"), stop_data(**changes))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert titles(case) == []
