"""Tellen: which rows count in which schooljaar, for whom, and that page, list and file say the same."""

import csv
import io
import json
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.journey_view import journey_texts
from cases.models import Case
from cases.rules import journey as rules
from regions.models import Role
from reporting.monitor import reading
from reporting.monitor.counters import COUNTERS
from reporting.monitor.export import HEADER
from reporting.monitor.splits import SPLITS, Person, band_of
from tests import factories
from tests.database import as_owner
from tests.interviews import allow, interview_of
from tests.reporting import pdf_structure

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YEAR, NEXT = "2024-2025", "2025-2026"
FIRST, LAST, AFTER = date(2024, 8, 1), date(2025, 7, 31), date(2025, 8, 1)
COMPLETE = {
    "wensdroom": "bakken", "cooperation": "samen", "plan": "klein", "means_needed": "een oven", "means_present": "deels",
    "distance_start": 1, "distance_now": 2,
}  # fmt: skip


def shared(**fields):
    return factories.CaseFactory(**{"shared_until": TODAY + timedelta(days=30), "registered_on": FIRST, **fields})


def at(day, hour=10):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def table(case, day, **fields):
    meeting = factories.MeetingFactory(
        team=factories.WelTeamFactory(swv=case.swv), starts_at=at(day), status="geweest", **fields.pop("meeting", {})
    )
    return factories.AgendaItemFactory(case=case, meeting=meeting, status="besproken", **fields)


def figures(user, year=YEAR, **place):
    with acting_as(user):
        return reading.read_figures(user, reading.Scope.of(year, **place), timezone.now(), TODAY)


def number(user, key, year=YEAR, **place):
    return figures(user, year, **place).count(key).number


def part(user, key, year=YEAR):
    count = figures(user, year).count(key)
    return count.number, count.of


@pytest.fixture
def leerplicht():
    return factories.leerplicht()


@pytest.fixture
def coordinator():
    return factories.coordinator()


def test_the_last_of_july_and_the_first_of_august_are_two_schooljaren(leerplicht):
    shared(registered_on=LAST, closed_on=LAST)
    shared(registered_on=AFTER)
    shared(registered_on=FIRST - timedelta(days=1), closed_on=AFTER)

    assert (number(leerplicht, "in-beeld"), number(leerplicht, "in-beeld", NEXT)) == (2, 2)


def test_a_jeugdige_at_two_tables_is_discussed_once(coordinator):
    case, other = shared(), shared()
    first = table(case, LAST)
    table(case, LAST, previous=first)
    table(other, FIRST, meeting={"kind": "tweede"})
    table(case, FIRST, meeting={"kind": "reisbureau"})  # no table
    table(shared(), AFTER)
    factories.AgendaItemFactory(case=case)  # still to come

    count = figures(coordinator).count("tafels")
    assert number(coordinator, "besproken") == 2
    assert (count.number, {key: total for key, _, total in count.kinds}) == (3, {"eerste": 1, "vervolg": 2})
    assert number(coordinator, "besproken", NEXT) == 1


def test_just_after_midnight_here_is_the_new_schooljaar(coordinator):
    """Half past midnight on 1 August in the Netherlands is still 31 July in UTC."""
    case = shared()
    meeting = factories.MeetingFactory(
        team=factories.WelTeamFactory(), starts_at=at(AFTER, 0) + timedelta(minutes=30), status="geweest"
    )
    factories.AgendaItemFactory(case=case, meeting=meeting, status="besproken")

    assert (number(coordinator, "besproken"), number(coordinator, "besproken", NEXT)) == (0, 1)


def test_who_moved_counts_where_it_is_now_and_nowhere_else(leerplicht, coordinator):
    case = shared()
    table(case, FIRST)
    factories.ContactAttemptFactory(case=case, made_on=FIRST)
    there, here = factories.coordinator("PO2203"), factories.leerplicht("Emmen")
    place = {"swv": factories.swv("PO2203"), "gemeente": factories.gemeente("Emmen")}
    keys = ("in-beeld", "benaderd", "besproken")
    assert [number(coordinator, key) for key in keys] == [1, 1, 1] == [number(leerplicht, key) for key in keys]

    with as_owner():
        Case.objects.unscoped().filter(pk=case.pk).update(**place)

    for user in (coordinator, leerplicht):
        assert [number(user, key) for key in keys] == [0, 0, 0]
    for user in (there, here):
        assert [number(user, key) for key in keys] == [1, 1, 1]


def test_after_a_withdrawal_only_leerplicht_counts(leerplicht, coordinator):
    case = shared()
    table(case, FIRST)
    contact = factories.swv_contact()
    assert [number(user, "besproken") for user in (leerplicht, coordinator, contact)] == [1, 1, 1]

    with as_owner():
        Case.objects.unscoped().filter(pk=case.pk).update(shared_until=TODAY - timedelta(days=1))

    for key in ("in-beeld", "besproken", "tafels"):
        assert [number(user, key) for user in (leerplicht, coordinator, contact)] == [1, 0, 0]


def test_an_interview_counts_while_the_yes_to_it_holds(leerplicht, coordinator):
    case = shared()
    allow(case, since=-2000)
    interview_of(case, held_on=LAST)
    interview_of(case, held_on=AFTER)
    contact = factories.swv_contact()
    everybody = (leerplicht, coordinator, contact)
    assert [number(user, "interviews") for user in everybody] == [1, 1, 1]
    assert [number(user, "bereikt") for user in everybody] == [1, 1, 1]

    allow(case, interview=-1, since=-2000)

    assert [number(user, "interviews") for user in everybody] == [1, 0, 0]
    assert [number(user, "bereikt") for user in everybody] == [1, 0, 0]


def test_the_last_answer_of_the_schooljaar_tells_who_is_in_conversation(leerplicht):
    said = {
        "stays": [(FIRST, "gesprek"), (LAST, "niet_bereikt")],
        "later no": [(FIRST, "ingestemd"), (LAST, "geen_belangstelling")],
        "no next year": [(LAST, "gesprek"), (AFTER, "geen_belangstelling")],
        "never reached": [(FIRST, "niet_bereikt")],
    }
    for answers in said.values():
        case = shared()
        for day, result in answers:
            factories.ContactAttemptFactory(case=case, made_on=day, result=result)

    found = figures(leerplicht)
    assert [found.count(key).number for key in ("benaderd", "bereikt", "in-gesprek")] == [4, 3, 2]
    found = figures(leerplicht, NEXT)
    assert [found.count(key).number for key in ("benaderd", "bereikt", "in-gesprek")] == [1, 1, 0]


def test_the_coordinator_counts_the_first_contact_and_gets_no_list(client_of, coordinator):
    case = shared()
    factories.ContactAttemptFactory(case=case, made_on=FIRST)
    factories.ContactAttemptFactory(case=factories.CaseFactory(registered_on=FIRST), made_on=FIRST)  # not shared

    count = figures(coordinator).count("benaderd")
    assert (count.number, count.may_list) == (1, False)
    assert client_of(coordinator).get(f"/monitor/lijst/?teller=benaderd&schooljaar={YEAR}").status_code == 404


def test_an_action_a_minute_after_its_term_is_not_within_it(coordinator):
    item = table(shared(), FIRST)
    due = at(FIRST + timedelta(days=4))
    ends = {
        "in time": {"status": "gedaan", "ended_at": due},
        "a minute late": {"status": "gedaan", "ended_at": due + timedelta(minutes=1)},
        "otherwise": {"status": "anders", "ended_at": due - timedelta(days=1), "outcome": "anders"},
        "open, and past": {},
        "taken back": {"deleted_at": due},
    }
    for fields in ends.values():
        factories.ActionFactory(item=item, due_at=due, **fields)
    coming = timezone.now() + timedelta(days=1)
    factories.ActionFactory(item=item, due_at=coming)
    year = f"{reading.school_year_end(timezone.localdate(coming)).year - 1}"
    this_year = f"{year}-{int(year) + 1}"

    assert part(coordinator, "acties") == (1, 4)
    assert part(coordinator, "acties", this_year) == (0, 0)  # nobody knows yet


def test_the_seventh_day_is_in_time_and_the_eighth_is_not(coordinator):
    for days in (0, 7, 8, None):
        told = {} if days is None else {
            "told_on": FIRST + timedelta(days=days), "channel": "gesprek", "recorded_by": factories.UserFactory()
        }  # fmt: skip
        factories.FeedbackFactory(item=table(shared(), FIRST), **told)

    assert part(coordinator, "terugkoppeling") == (2, 4)


@pytest.mark.parametrize(("days", "whole"), [(7, 0), (8, 1)])
def test_until_the_seventh_day_is_over_a_terugkoppeling_can_be_in_time(coordinator, days, whole):
    day = TODAY - timedelta(days=days)
    factories.FeedbackFactory(item=table(shared(registered_on=day), day))

    start = reading.school_year_end(day).year - 1
    assert part(coordinator, "terugkoppeling", f"{start}-{start + 1}") == (0, whole)


@pytest.mark.parametrize("empty", [None, *COMPLETE])
def test_a_reis_is_complete_as_the_rules_say(coordinator, empty):
    texts = {name: value for name, value in COMPLETE.items() if name != empty}
    if empty and not empty.startswith("distance"):
        texts[empty] = " \n"
    journey = factories.JourneyFactory(case=shared(), **texts)

    assert number(coordinator, "reizen") == int(rules.is_complete(journey_texts(journey))) == int(empty is None)


def test_development_and_movement_count_on_their_day_and_without_one_when_it_was_saved(coordinator):
    seen = {"development_seen": "ja", "movement_seen": "ja"}
    factories.JourneyFactory(case=shared(), **seen, development_on=LAST, movement_on=AFTER)
    factories.JourneyFactory(case=shared(), **seen, updated_at=at(FIRST))
    factories.JourneyFactory(case=shared(), development_seen="nog_niet", development_on=LAST)

    assert [number(coordinator, key) for key in ("ontwikkeling", "beweging")] == [2, 1]
    assert [number(coordinator, key, NEXT) for key in ("ontwikkeling", "beweging")] == [0, 1]


def test_knelpunten_count_by_status_and_stay_of_their_swv(coordinator):
    addressed = {"status": "geadresseerd", "addressee": "rijk", "addressed_on": LAST}
    factories.ObstacleFactory(created_at=at(LAST))
    factories.ObstacleFactory(created_at=at(FIRST), **addressed)
    factories.ObstacleFactory(created_at=at(AFTER))
    factories.ObstacleFactory(created_at=at(LAST), swv=factories.swv("PO2203"))

    for user in (coordinator, factories.swv_contact(), factories.leerplicht()):
        count = figures(user, swv=factories.swv()).count("knelpunten")
        assert (count.number, [total for _, _, total in count.kinds]) == (2, [1, 0, 1, 0, 0, 0])


@pytest.mark.parametrize(
    ("born", "day", "band"),
    [
        ((2020, 9), date(2024, 9, 20), "4"),
        ((2020, 9), date(2025, 8, 31), "4"),
        ((2019, 9), date(2025, 7, 31), "5-11"),
        ((2012, 7), date(2025, 7, 31), "12-15"),
        ((2007, 7), date(2025, 7, 31), "18-22"),
        ((2002, 7), date(2025, 7, 31), "buiten"),
        ((2008, None), date(2025, 7, 31), "16-17"),
        ((2026, 1), date(2025, 7, 31), "buiten"),
        ((None, None), date(2025, 7, 31), "onbekend"),
    ],
)
def test_the_age_is_that_of_the_peildatum(born, day, band):
    assert band_of(Person(1, "PO", "av", "", "", *born), day) == band


def test_every_split_adds_up_and_a_group_has_its_list(client_of, leerplicht):
    shared(situation="5a", exemption_kind="tijdelijk", birth_year=2020)
    shared(situation="5a", birth_year=2009)
    shared(situation="anders", side_group="wlz", swv=factories.swv("VO2001"))
    shared()

    count = figures(leerplicht).count("in-beeld")
    groups = {one.split.key: {key: total for key, _, total in one.groups if total} for one in count.splits}
    assert groups["situatie"] == {"5a": 2, "nevengroep": 1, "av": 1}
    assert groups["duur"] == {"tijdelijk": 1, "onbekend": 1, "geen": 2}
    assert groups["onderwijs"] == {"po": 3, "vo": 1}
    assert {sum(found.values()) for found in groups.values()} == {4}
    client = client_of(leerplicht)
    for key, found in groups.items():
        for group, total in found.items():
            answer = client.get(f"/monitor/lijst/?teller=in-beeld&deel={key}&groep={group}&schooljaar={YEAR}")
            assert len(answer.context["cases"]) == answer.context["number"] == total, (key, group)


def test_a_stem_that_was_sent_reaches_and_one_that_was_wiped_does_not(coordinator):
    factories.VoiceLinkFactory(case=shared(), sent_at=at(LAST))
    factories.VoiceLinkFactory(case=shared(), sent_at=at(LAST), wiped_at=at(AFTER))
    factories.VoiceLinkFactory(case=shared())

    assert number(coordinator, "bereikt") == 1


def test_the_list_of_knelpunten_has_as_many_as_the_number(client_of, coordinator):
    addressed = {"status": "geadresseerd", "addressee": "rijk", "addressed_on": LAST}
    asked = factories.ObstacleFactory(created_at=at(FIRST), title="Wie betaalt de bus?", **addressed)
    factories.ObstacleFactory(created_at=at(LAST), title="Geen plek")
    factories.ObstacleFactory(created_at=at(AFTER), title="Later")
    client, here = client_of(coordinator), f"/monitor/lijst/?teller=knelpunten&schooljaar={YEAR}"

    page = client.get(f"/monitor/?schooljaar={YEAR}")
    assert page.context["figures"].count("knelpunten").number == len(client.get(here).context["obstacles"]) == 2
    (row,) = client.get(f"{here}&groep=geadresseerd").context["obstacles"]
    assert row == asked


def test_a_swv_contact_gets_the_numbers_and_only_the_lists_it_may_open(client_of):
    case = shared()
    table(case, FIRST)
    client = client_of(factories.swv_contact())

    page = client.get(f"/monitor/?schooljaar={YEAR}")
    links = {count.counter.key: bool(url) for count, url, _ in page.context["rows"]}
    assert page.context["figures"].count("besproken").number == 1
    assert {key for key, has_link in links.items() if has_link} == {"in-beeld", "ontwikkeling", "beweging", "reizen"}
    for counter in COUNTERS:
        status = client.get(f"/monitor/lijst/?teller={counter.key}&schooljaar={YEAR}").status_code
        assert status == (200 if links[counter.key] else 404), counter.key
    (line,) = client.get(f"/monitor/lijst/?schooljaar={YEAR}").context["cases"]
    assert line["url"] == f"/jeugdigen/{case.code}/reis/"
    assert client.get(line["url"]).status_code == 200


def test_the_chart_says_nothing_that_the_numbers_do_not(client_of, coordinator):
    """Movement in a schooljaar in which the jeugdige was no longer in view."""
    gone = shared(registered_on=FIRST - timedelta(days=9), closed_on=FIRST - timedelta(days=1))
    factories.JourneyFactory(case=gone, movement_seen="ja", movement_on=LAST)

    page = client_of(coordinator).get(f"/monitor/?schooljaar={YEAR}")

    assert page.context["finding"] == "Bij 1 jeugdige kwam nieuwe beweging, 0 jeugdigen in beeld"
    assert {bar["label"]: bar["percent"] for bar in page.context["bars"]}["Jeugdigen met nieuwe beweging"] == 100


def test_nothing_counted_is_no_tile_full_of_zeros(client_of, coordinator):
    body = client_of(coordinator).get(f"/monitor/?schooljaar={YEAR}").content.decode()

    assert "hier nog niets geteld" in body
    assert "count-tile__number" not in body


def test_a_place_that_is_not_ones_own_is_no_choice(client_of, coordinator):
    shared(swv=factories.swv("PO2203"), gemeente=factories.gemeente("Emmen"))
    client = client_of(coordinator)

    assert client.get("/monitor/?swv=PO2203").status_code == 422
    assert client.get("/monitor/?schooljaar=2031-2032").status_code == 422
    assert client.get("/monitor/?gemeente=x%00").status_code == 422
    assert client.get("/monitor/lijst/?swv=PO2203").status_code == 404
    assert client.get("/monitor/bestand/?swv=PO2203&waarvoor=eigen").status_code == 422
    for query in ("teller=x", "deel=x&groep=po", "deel=onderwijs&groep=x", "groep=eerste", "deel=onderwijs"):
        assert client.get(f"/monitor/lijst/?{query}").status_code == 404, query


def test_within_the_own_swv_one_gemeente_can_be_chosen(client_of, coordinator):
    near, elsewhere = factories.gemeente("Westerkwartier"), factories.gemeente("Het Hogeland")
    shared(gemeente=near)
    shared()
    factories.CaseFactory(registered_on=FIRST)  # not shared

    answer = client_of(coordinator).get(f"/monitor/?schooljaar={YEAR}&gemeente={near.code}")

    assert answer.context["figures"].count("in-beeld").number == 1
    assert answer.context["figures"].place == f"{factories.swv()}, gemeente Westerkwartier"
    assert number(coordinator, "in-beeld", gemeente=elsewhere) == 0
    whole = client_of(coordinator).get(f"/monitor/?schooljaar={YEAR}")
    assert whole.context["figures"].count("in-beeld").number == 2
    assert "Eén jeugdige is nog niet gedeeld" in whole.content.decode()


def test_project_staff_see_no_number_yet(client_of):
    shared(registered_on=TODAY)
    client = client_of(factories.national(Role.PROJECT))

    body = client.get("/monitor/").content.decode()

    assert "Hier komen de landelijke aantallen" in body
    assert "count-tile" not in body
    assert [client.get(f"/monitor/{rest}").status_code for rest in ("lijst/", "bestand/?waarvoor=eigen")] == [404, 404]


def test_the_file_asks_what_it_is_for_and_is_on_record(client_of, coordinator):
    table(shared(), FIRST)
    client, query = client_of(coordinator), f"schooljaar={YEAR}"

    refused = client.get(f"/monitor/bestand/?{query}")
    assert (refused.status_code, refused["Content-Type"]) == (422, "text/html; charset=utf-8")
    assert "Kies waarvoor het bestand is." in refused.content.decode()
    answer = client.get(f"/monitor/bestand/?{query}&waarvoor=overleg")

    assert answer["Content-Disposition"] == 'attachment; filename="tellen-po2001-2024-2025.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [
        (row["Aantal"], row["Van"]) for row in rows if row["Teller"] == "besproken" and not row["Uitsplitsing"]
    ] == [("1", "")]
    with acting_as(factories.national(Role.FG)):
        (event,) = AuditEvent.objects.filter(event="figures_exported")
    assert (event.user_id, event.ground) == (coordinator.pk, "Overleg met partners")
    assert event.detail == {"school_year": YEAR, "file": "csv", "swv": factories.swv().pk}


def test_the_pdf_says_what_the_page_says_and_has_a_structure_to_follow(client_of, coordinator):
    table(shared(birth_year=2020, situation="5a"), FIRST)
    factories.ObstacleFactory(created_at=at(LAST))
    client = client_of(coordinator)
    shown = client.get(f"/monitor/?schooljaar={YEAR}").context["figures"]

    answer = client.get(f"/monitor/bestand/?schooljaar={YEAR}&waarvoor=overleg&soort=pdf")

    assert answer["Content-Disposition"] == 'attachment; filename="tellen-po2001-2024-2025.pdf"'
    assert pdf_structure.check(answer.content) == []
    paper = " ".join(pdf_structure.text(answer.content).replace("\u00ad", "").split())
    for count in shown.counts:
        whole = f" van {count.of}" if count.of is not None else ""
        kinds = "".join(f" {name}: {number}" for _, name, number in count.kinds if number)
        words = f"{count.counter.name} {count.number}{whole}{kinds} {count.counter.definition}"
        assert words.replace(" ", "") in paper.replace(" ", ""), count.counter.key
    assert "5 tot en met 11 jaar 1 0 0 1 0 0 0 0" in paper
    with as_owner():
        assert AuditEvent.objects.get(event="figures_exported").detail["file"] == "pdf"


def test_the_definitions_are_the_same_on_the_page_and_for_a_machine(client_of, coordinator):
    shared()
    client = client_of(coordinator)
    page = client.get(f"/monitor/?schooljaar={YEAR}").content.decode()
    document = json.loads(client.get(f"/monitor/bestand/definities/?schooljaar={YEAR}").content)

    assert [column["titles"] for column in document["tableSchema"]["columns"]] == list(HEADER)
    assert document["url"] == "tellen-po2001-2024-2025.csv"
    definitions = [note["definitie"] for note in document["notes"]]
    for words in (*(counter.definition for counter in COUNTERS), *(split.definition for split in SPLITS)):
        assert words in definitions
        assert words in page
