"""Two windows in one text: what merges by itself, what is asked, and that no character is lost meanwhile."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from access.context import acting_as
from cases import conflict
from cases.actions import journey as journey_actions
from cases.actions import log as log_actions
from cases.models import Journey, LogEntry, LogEntryVersion, Stop
from tests import factories
from tests.connections import at_the_same_time

TODAY = timezone.localdate()
FIELDS = ["luggage", "worked_content", "worked_process"]


def row(*texts):
    return Journey(**dict(zip(FIELDS, texts, strict=True)))


def merged(before, now, mine, together=()):
    """`before` is the row as both opened it."""
    seen = conflict.fingerprint(row(*before), FIELDS)
    return conflict.merge(row(*now), dict(zip(FIELDS, mine, strict=True)), seen, together)


@pytest.mark.parametrize(
    ("before", "now", "mine", "values", "overlapping", "taken_over"),
    [
        ("abc", "abc", "Abc", "Abc", "", ""),  # nobody else
        ("abc", "aBc", "Abc", "ABc", "", "b"),  # another field
        ("abc", "aBc", "abc", "aBc", "", "b"),  # only the other
        ("abc", "Xbc", "Xbc", "Xbc", "", ""),  # both the same
        ("abc", "Xbc", "Ybc", None, "a", ""),  # both, and differently
        ("abc", "XBc", "Ybc", None, "a", "b"),  # one to choose, one by itself
        ("abc", "abc", " bc", " bc", "", ""),  # wiped by me
        ("abc", " bc", "Ybc", None, "a", ""),  # wiped by the other
    ],
)
def test_per_field_it_is_known_who_changed_it(before, now, mine, values, overlapping, taken_over):
    names = dict(zip("abc", FIELDS, strict=True))

    found = merged(*([text.strip() for text in texts] for texts in (before, now, mine)))

    assert found.overlapping == tuple(names[letter] for letter in overlapping)
    assert found.taken_over == tuple(names[letter] for letter in taken_over)
    if values:
        assert list(found.values.values()) == [text.strip() for text in values]


def test_what_only_makes_sense_together_is_asked_together():
    stop = Stop(hobble="lange busreis", detour="", title="Les")
    seen = conflict.fingerprint(stop, ["hobble", "detour"])
    stop.hobble = ""

    found = conflict.merge(stop, {"hobble": "lange busreis", "detour": "tante rijdt"}, seen, (("hobble", "detour"),))

    assert found.overlapping == ("hobble", "detour")


@pytest.mark.parametrize("seen", ["", "x", "a.b", "a.b.c.d", "0" * 200])
def test_without_a_usable_fingerprint_everything_that_differs_is_asked(seen):
    mine = dict(zip(FIELDS, "abd", strict=True))

    assert conflict.merge(row("a", "b", "c"), mine, seen).overlapping == ("worked_process",)


def test_the_choices_of_the_page_become_the_answers_of_the_form():
    data = QueryDict(
        "keuze-a=mijn&mijn-a=1&hun-a=2&keuze-b=hun&mijn-b=3&hun-b=4&keuze-c=allebei&allebei-c=5&mijn-c=6&hun-c=7"
        "&keuze-d=onzin&mijn-d=8&hun-d=9&e=10"
    )

    assert conflict.resolved(data).dict() == {"a": "1", "b": "4", "c": "5", "d": "8", "e": "10"}


# The pages


@pytest.fixture
def case(db):
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=30))


@pytest.fixture
def coordinator(db):
    return factories.coordinator(user__name="Merel Verzonnen")


def chapter(case, key):
    return f"/jeugdigen/{case.code}/reis/{key}/"


def opened(client, path):
    form = client.get(path).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def page_data(answer, **chosen):
    """What the browser sends from the page of a conflict when nothing is touched but `chosen`."""
    shown = answer.context["conflict"]
    data = dict(shown["hidden"])
    for field in shown["fields"]:
        name = field["name"]
        choice = "allebei" if field["is_long"] else "mijn"
        data |= {f"keuze-{name}": choice, f"hun-{name}": field["theirs_raw"], f"mijn-{name}": field["mine_raw"]}
        data |= {f"allebei-{name}": field["both"]} if field["is_long"] else {}
    return data | chosen


def test_two_colleagues_in_one_chapter(client_of, case, coordinator):
    factories.JourneyFactory(case=case, luggage="eerst", worked_content="inhoud")
    client, path = client_of(coordinator), chapter(case, "bagage")
    mine = opened(client, path)
    karin = client_of(factories.leerplicht(user__name="Karin Verzonnen"))
    karin.post(path, opened(karin, path) | {"luggage": "van Karin", "worked_process": "proces van Karin"})

    client = client_of(coordinator)
    answer = client.post(path, mine | {"luggage": "van Merel", "worked_content": "inhoud van Merel"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Karin V. paste dit om " in page
    assert "Kies bij 1 onderdeel welke tekst blijft." in page
    assert "Al samengevoegd: ‘Wat werkte: proces’." in page
    assert "Tekst van Karin V." in page
    assert [field["name"] for field in answer.context["conflict"]["fields"]] == ["luggage"]
    with factories.as_owner():
        assert Journey.objects.unscoped().get(case=case).luggage == "van Karin"

    client.post(path, page_data(answer))

    with factories.as_owner():
        journey = Journey.objects.unscoped().get(case=case)
    assert (journey.luggage, journey.worked_content, journey.worked_process) == (
        "van Karin\n\nvan Merel", "inhoud van Merel", "proces van Karin",
    )  # fmt: skip


@pytest.mark.parametrize(("choice", "kept"), [("hun", "van Karin"), ("mijn", "van Merel")])
def test_one_of_the_two_can_stay(client_of, case, coordinator, choice, kept):
    factories.JourneyFactory(case=case, plan="eerst")
    client, path = client_of(coordinator), chapter(case, "plan")
    mine = opened(client, path)
    client.post(path, mine | {"plan": "van Karin"})
    answer = client.post(path, mine | {"plan": "van Merel"})

    client.post(path, page_data(answer, **{"keuze-plan": choice}))

    with factories.as_owner():
        assert Journey.objects.unscoped().get(case=case).plan == kept


def test_a_third_change_meanwhile_is_asked_again(client_of, case, coordinator):
    factories.JourneyFactory(case=case, plan="eerst")
    client, path = client_of(coordinator), chapter(case, "plan")
    mine = opened(client, path)
    client.post(path, mine | {"plan": "twee"})
    answer = client.post(path, mine | {"plan": "drie"})
    client.post(path, opened(client, path) | {"plan": "vier"})

    again = client.post(path, page_data(answer))

    assert again.status_code == 409
    assert again.context["conflict"]["fields"][0]["both"] == "vier\n\ntwee\n\ndrie"


def test_what_merged_by_itself_is_said(client_of, case, coordinator):
    factories.JourneyFactory(case=case, luggage="eerst")
    client, path = client_of(coordinator), chapter(case, "bagage")
    mine = opened(client, path)
    karin = client_of(factories.leerplicht(user__name="Karin Verzonnen"))
    karin.post(path, opened(karin, path) | {"worked_process": "proces van Karin"})

    answer = client_of(coordinator).post(path, mine | {"luggage": "van Merel"}, follow=True)

    assert "Karin V. paste ook iets aan. Dat bleef staan: ‘Wat werkte: proces’." in answer.content.decode()
    with factories.as_owner():
        journey = Journey.objects.unscoped().get(case=case)
    assert (journey.luggage, journey.worked_process) == ("van Merel", "proces van Karin")


def test_two_together_that_do_not_fit_are_still_in_the_form(client_of, case, coordinator):
    factories.JourneyFactory(case=case, plan="eerst")
    client, path = client_of(coordinator), chapter(case, "plan")
    mine = opened(client, path)
    client.post(path, mine | {"plan": "a" * 3000})
    answer = client.post(path, mine | {"plan": "b" * 3000})

    refused = client.post(path, page_data(answer))

    assert refused.status_code == 422
    assert refused.context["form"]["plan"].value() == "a" * 3000 + "\n\n" + "b" * 3000


def test_the_same_entry_in_two_windows(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator, text="eerst", happened_on=date(2025, 9, 1))
    client, path = client_of(coordinator), f"/jeugdigen/{case.code}/logboek/{entry.pk}/"
    mine = opened(client, path) | {"happened_on": "1-9-2025"}
    client.post(path, mine | {"text": "venster een", "readers": "tafel"})

    answer = client.post(path, mine | {"text": "venster twee", "happened_on": "2-9-2025"})

    page = answer.content.decode()
    assert "Je paste dit om " in page
    assert "Tekst uit het andere venster" in page
    assert "Al samengevoegd: ‘Wie mag dit lezen?’." in page
    client.post(path, page_data(answer))
    with factories.as_owner():
        changed = LogEntry.objects.unscoped().get(pk=entry.pk)
        before = list(LogEntryVersion.objects.unscoped().filter(entry=entry).values_list("version", "text"))
    assert (changed.text, changed.readers, changed.happened_on) == (
        "venster een\n\nvenster twee", "tafel", date(2025, 9, 2),
    )  # fmt: skip
    assert before == [(2, "venster een"), (1, "eerst")]


def test_a_choice_that_is_no_text_has_no_both(client_of, case, coordinator):
    stop = factories.StopFactory(case=case, position=1, title="Les", state="gepland")
    client, path = client_of(coordinator), f"/jeugdigen/{case.code}/reis/haltes/{stop.pk}/"
    mine = opened(client, path)
    client.post(path, mine | {"state": "gemaakt"})

    answer = client.post(path, mine | {"state": "idee", "title": "Les in de bieb"})

    page = answer.content.decode()
    assert "Keuze uit het andere venster" in page
    assert "Jouw keuze" in page
    assert 'value="allebei"' not in page
    client.post(path, page_data(answer, **{"keuze-state": "hun"}))
    with factories.as_owner():
        assert Stop.objects.unscoped().values_list("title", "state").get(pk=stop.pk) == ("Les in de bieb", "gemaakt")


# Two connections at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_two_connections_lose_no_update_of_an_entry(_round):
    case = factories.CaseFactory(shared_until=TODAY + timedelta(days=30))
    author = factories.coordinator()
    entry = factories.LogEntryFactory(case=case, author=author, text="eerst")
    fields = ["kind", "text", "happened_on", "is_spark", "readers"]
    before = {name: getattr(entry, name) for name in fields}
    seen = conflict.fingerprint(entry, fields)

    def change(**values):
        def act():
            with acting_as(author):
                mine = LogEntry.objects.editable_by(author).select_related("case").get(pk=entry.pk)
                return log_actions.change_entry(entry=mine, values=before | values, seen=seen, by=author)

        return act

    one, two, three = at_the_same_time(change(text="een"), change(text="twee"), change(readers="tafel"))

    assert {one.is_settled, two.is_settled} == {True, False}
    assert three.is_settled
    with factories.as_owner():
        now = LogEntry.objects.unscoped().get(pk=entry.pk)
        assert now.readers == "tafel"
        assert now.text == ("een" if one.is_settled else "twee")
        assert now.version == 3
        assert LogEntryVersion.objects.unscoped().filter(entry=entry).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_connections_lose_no_update_of_a_chapter():
    case = factories.CaseFactory(shared_until=TODAY + timedelta(days=30))
    factories.JourneyFactory(case=case, luggage="eerst")
    people = [factories.coordinator(), factories.leerplicht()]
    before = {"luggage": "eerst", "worked_content": "", "worked_process": "", "worked_attitude": ""}
    seen = conflict.fingerprint(Journey(luggage="eerst"), list(before))

    def change(user, **values):
        def act():
            with acting_as(user):
                return journey_actions.save_chapter(case=case, values=before | values, seen=seen, by=user)

        return act

    found = at_the_same_time(
        change(people[0], luggage="een", worked_content="inhoud"),
        change(people[1], luggage="twee", worked_process="proces"),
    )

    assert sorted(one.is_settled for one in found) == [False, True]
    first = 0 if found[0].is_settled else 1
    assert found[1 - first].row.luggage == ("een", "twee")[first]
    with factories.as_owner():
        journey = Journey.objects.unscoped().get(case=case)
    assert journey.luggage == ("een", "twee")[first]
    assert (journey.worked_content, journey.worked_process) == (("inhoud", ""), ("", "proces"))[first]
