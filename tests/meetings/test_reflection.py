"""Wat vond je ervan? Asked by the coördinator the working day after, of who was there, or not at all (R9.2)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import AgendaItem, Participant, TableReflection
from meetings.rules.review import days_to_call_about, next_working_day
from reporting import today_after
from tests import factories
from tests.database import as_owner
from tests.meetings.test_live import Table, saved
from tests.meetings.test_team_pages import errors_of, text_of

pytestmark = pytest.mark.django_db
KINGS_DAY = {date(2027, 4, 27)}
NOW = timezone.now()


def test_the_next_working_day_skips_the_weekend_and_a_holiday():
    monday = date(2027, 4, 26)

    assert next_working_day(monday - timedelta(days=3), KINGS_DAY) == monday
    assert next_working_day(monday, KINGS_DAY) == date(2027, 4, 28)


def test_a_table_is_called_about_for_a_week_from_the_next_working_day():
    friday = date(2027, 4, 23)

    about = [day for day in range(1, 12) if friday in days_to_call_about(friday + timedelta(days=day), KINGS_DAY)]

    assert about == [3, 4, 5, 6, 7, 8, 9]


@pytest.fixture
def table(monkeypatch):
    """Held yesterday, whatever day that was. The eigenaar, a guest, a parent and the jongere were there; one was not."""
    table = Table()
    table.parent = factories.ParticipantFactory(item=table.item, role="ouder")
    table.youth = factories.ParticipantFactory(item=table.item, role="jongere")
    with as_owner():
        end = NOW - timedelta(days=1)
        AgendaItem.objects.unscoped().update(status="besproken", starts_at=end - timedelta(minutes=45), ends_at=end)
        there = Participant.objects.unscoped().exclude(pk=table.partner.pk)
        there.update(attendance="aanwezig")
        Participant.objects.unscoped().filter(pk=table.partner.pk).update(attendance="bericht")
    monkeypatch.setattr(today_after, "days_to_call_about", lambda today, closed: [today - timedelta(days=1)])
    return table


def page_of(table, person, name=""):
    return reverse(f"meetings:reflection{name}", args=[table.item.pk, person.pk])


def answers(**change):
    day = timezone.localdate()
    said = {"called_on": f"{day.day}-{day.month}-{day.year}", "worked": "In een uur zoveel voor elkaar.", "version": 0}
    return said | {"better": "Minder mensen.", "theme": "proces"} | change


@pytest.fixture
def calls(client_of):
    def titles(user):
        rows = client_of(user).get("/?alles=ja").context["today"].rows
        return [row.title for row in rows if row.title.startswith("Bel na")]

    return titles


def test_each_who_was_there_is_phoned_and_what_they_said_stands_on_the_place(client_of, calls, table):
    place = table.item.get_absolute_url()

    assert calls(table.coordinator) == ["Bel na: 3 mensen van de tafel van gisteren"]
    assert calls(table.member.user) == calls(factories.coordinator("PO2203")) == []
    client = client_of(table.coordinator)
    listed = client.get(place).context["calls"]
    assert [(person.pk, found) for person, found in listed] == [
        (person.pk, None) for person in (table.owner, table.guest, table.parent)
    ]
    assert client.post(page_of(table, table.guest), answers()).url == f"{place}#nabellen"
    assert calls(table.coordinator) == ["Bel na: 2 mensen van de tafel van gisteren"]
    (row,) = saved(TableReflection)
    assert (row.participant_id, row.theme, row.updated_by_id) == (table.guest.pk, "proces", table.coordinator.pk)
    shown = text_of(client_of(table.member.user).get(place))
    assert "Werkte: In een uur zoveel voor elkaar." in shown
    assert "Kan beter: Minder mensen." in shown
    client_of(table.coordinator).post(page_of(table, table.guest), answers(better="", version=1))
    assert [(row.better, row.version) for row in saved(TableReflection)] == [("", 2)]


def test_a_deelnemer_reads_of_nobody_what_they_said(client_of, table):
    factories.TableReflectionFactory(participant=table.owner, worked="Pippeloentje vond het fijn.")
    factories.TableReflectionFactory(participant=table.guest, worked="Pippeloentje zei de gast zelf.")

    page = client_of(table.guest_user).get(table.item.get_absolute_url())

    assert page.status_code == 200
    assert "Pippeloentje" not in page.content.decode()
    assert "Wat vond je ervan" not in text_of(page)
    assert text_of(client_of(table.member.user).get(table.item.get_absolute_url())).count("Pippeloentje") == 2


def test_only_the_coordinator_writes_and_only_of_who_was_there(client_of, table):
    for user in (table.member.user, table.guest_user, factories.coordinator("PO2203")):
        client = client_of(user)
        assert client.get(page_of(table, table.owner)).status_code == 404
        assert client.post(page_of(table, table.owner), answers()).status_code == 404
        assert client.post(page_of(table, table.owner, "_skip")).status_code == 404
        assert client.post(reverse("meetings:reflection_leave", args=[table.item.pk])).status_code == 404
    client = client_of(table.coordinator)
    for person in (table.partner, table.youth):
        assert client.post(page_of(table, person), answers()).status_code == 404
        assert client.post(page_of(table, person, "_skip")).status_code == 404
    assert saved(TableReflection) == []


def test_not_phoning_is_fine_and_laat_maar_is_for_all_who_are_left(client_of, calls, table):
    client = client_of(table.coordinator)

    client.post(page_of(table, table.guest), answers())
    client.post(page_of(table, table.guest, "_skip"))  # what was said stays
    client.post(page_of(table, table.owner, "_skip"))
    assert calls(table.coordinator) == ["Bel na: 1 mens van de tafel van gisteren"]
    page = client_of(table.coordinator).post(reverse("meetings:reflection_leave", args=[table.item.pk]), follow=True)
    assert "Opschrijven kan altijd nog." in text_of(page)
    assert "Laat maar" not in text_of(page)
    assert {row.participant_id: row.was_called for row in saved(TableReflection)} == {
        table.guest.pk: True,
        table.owner.pk: False,
        table.parent.pk: False,
    }
    assert calls(table.coordinator) == []
    client_of(table.coordinator).post(page_of(table, table.owner), answers(version=1))
    assert [row.was_called for row in saved(TableReflection) if row.participant_id == table.owner.pk] == [True]


def test_it_fades_after_a_week_and_does_not_ask_to_phone_oneself(client_of, calls, table, monkeypatch):
    with as_owner():
        Participant.objects.unscoped().filter(pk=table.partner.pk).update(attendance="aanwezig")
    factories.ParticipantFactory(item=table.item, user=table.coordinator, attendance="aanwezig", role="kernteam")
    assert calls(table.coordinator) == ["Bel na: 4 mensen van de tafel van gisteren"]
    assert "Dat ben jij" in text_of(client_of(table.coordinator).get(table.item.get_absolute_url()))
    monkeypatch.setattr(today_after, "days_to_call_about", lambda today, closed: [])
    assert calls(table.coordinator) == []


WRONG = [
    ({"called_on": ""}, {"called_on": ["Vul de dag in."]}),
    ({"called_on": "1-1-2001"}, {"called_on": ["Deze dag is voor de tafel."]}),
    ({"worked": "", "better": " "}, {"worked": ["Schrijf kort op wat iemand zei."]}),
    ({"theme": "sfeer"}, {"theme": ["Kies één van de mogelijkheden."]}),
    (
        {"better": "111222333"},
        {"better": ["Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg."]},
    ),
]


def test_what_is_not_right_is_said_at_its_field(client_of, table):
    client = client_of(table.coordinator)

    for change, errors in WRONG:
        response = client.post(page_of(table, table.guest), answers(**change))
        assert (response.status_code, errors_of(response)) == (422, errors)
    assert saved(TableReflection) == []


def test_of_two_who_write_at_once_none_is_lost(client_of, table):
    client = client_of(table.coordinator)
    client.post(page_of(table, table.guest), answers(worked="Van de een."))

    late = client.post(page_of(table, table.guest), answers(worked="Van de ander."))

    assert late.status_code == 409
    assert "Van de een." in text_of(late)
    assert "Van de ander." in late.content.decode()
    assert [row.worked for row in saved(TableReflection)] == ["Van de een."]
