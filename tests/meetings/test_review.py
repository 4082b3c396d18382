"""Werkte ons advies? After four weeks and four months, once each, by who works on the jeugdige (R9.3)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from access.dutch_dates import date_text
from cases.models import Draft
from meetings.models import AdviceReview, AgendaItem
from meetings.rules.review import Moment, review_on
from tests import factories
from tests.database import as_owner
from tests.meetings.test_live import Table, saved
from tests.meetings.test_team_pages import errors_of, text_of

ANSWERS = {
    "worked": "deels", "happened": "Twee ochtenden bij de bakker. De derde was te veel.", "autonomy": "ja",
    "autonomy_note": "Koos zelf de bakker.", "competence": "deels", "competence_note": "", "belonging": "onbekend",
    "belonging_note": "", "next_step": "Eén ochtend, met oom erbij", "needs_table": "nee", "version": 0,
}  # fmt: skip


def held_table(days_ago=30):
    table = Table()
    with as_owner():
        start = timezone.now() - timedelta(days=days_ago)
        AgendaItem.objects.unscoped().update(status="besproken", starts_at=start, ends_at=start + timedelta(minutes=45))
        table.item = AgendaItem.objects.unscoped().select_related("case").get(pk=table.item.pk)
    return table


@pytest.fixture
def table(db):
    return held_table()


def page_of(table, moment="4w"):
    return reverse("meetings:review", args=[table.item.pk, moment])


def answers(**change):
    day = timezone.localdate()
    return ANSWERS | {"held_on": f"{day.day}-{day.month}-{day.year}"} | change


@pytest.mark.parametrize(
    ("ends_at", "weeks", "months"),
    [
        (datetime(2025, 10, 31, 14, 0, tzinfo=UTC), date(2025, 11, 28), date(2026, 2, 28)),  # the month is clipped
        (datetime(2027, 10, 31, 22, 30, tzinfo=UTC), date(2027, 11, 28), date(2028, 2, 29)),  # a leap year
        (datetime(2026, 3, 8, 23, 30, tzinfo=UTC), date(2026, 4, 6), date(2026, 7, 9)),  # the next day here
    ],
)
def test_the_days_count_from_the_end_of_the_slot(ends_at, weeks, months):
    assert (review_on(Moment.WEEKS, ends_at), review_on(Moment.MONTHS, ends_at)) == (weeks, months)


def test_who_works_on_it_looks_back_with_the_plan_in_sight(client_of, table):
    factories.TableReportFactory(item=table.item, agreed="Woensdag beginnen we.")
    factories.ActionFactory(item=table.item, participant=table.guest, text="Vraag of oom meegaat")
    client = client_of(table.member.user)

    page = text_of(client.get(page_of(table)))
    assert page.index("‘Brood bakken’") < page.index("Woensdag beginnen we.") < page.index("Vraag of oom meegaat")
    assert client.post(page_of(table), answers()).url == table.item.get_absolute_url()

    (row,) = saved(AdviceReview)
    assert (row.moment, row.worked, row.needs_table, row.updated_by_id) == ("4w", "deels", False, table.member.user_id)
    shown = text_of(client.get(table.item.get_absolute_url()))
    for words in ("Deels", "Twee ochtenden bij de bakker.", "Autonomie Kan zelf kiezen: ja. Koos zelf de bakker.",
                  "Volgende kleine stap Eén ochtend, met oom erbij"):  # fmt: skip
        assert words in shown
    again = client.get(page_of(table)).context["form"]
    assert again["needs_table"].value() == "nee"
    assert client.post(page_of(table), answers(worked="ja", version=1)).status_code == 302
    assert [(row.worked, row.version) for row in saved(AdviceReview)] == [("ja", 2)]


@pytest.mark.django_db
def test_two_who_look_back_at_once_both_see_what_the_other_wrote(client_of, table):
    client_of(table.coordinator).post(page_of(table), answers(happened="Van de coördinator."))

    late = client_of(table.member.user).post(page_of(table), answers(happened="Van de eigenaar."))

    assert late.status_code == 409
    assert "Van de coördinator." in text_of(late)
    assert "Van de eigenaar." in late.content.decode()
    assert [row.happened for row in saved(AdviceReview)] == ["Van de coördinator."]
    mine = answers(happened="Van ons allebei.", version=late.context["form"]["version"].value())
    assert client_of(table.member.user).post(page_of(table), mine).status_code == 302
    assert [row.happened for row in saved(AdviceReview)] == ["Van ons allebei."]


WRONG = [
    ({"held_on": ""}, {"held_on": ["Vul de dag in."]}),
    ({"held_on": "1-1-2001"}, {"held_on": ["Deze dag is voor de tafel."]}),
    ({"held_on": "1-1-2101"}, {"held_on": ["Deze datum ligt in de toekomst."]}),
    ({"worked": ""}, {"worked": ["Kies een antwoord."]}),
    ({"happened": " "}, {"happened": ["Schrijf op wat er gebeurde."]}),
    ({"belonging": ""}, {"belonging": ["Kies een antwoord."]}),
    ({"needs_table": ""}, {"needs_table": ["Kies een antwoord."]}),
    (
        {"next_step": "111222333"},
        {"next_step": ["Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg."]},
    ),
]


def test_what_is_not_right_is_said_at_its_field(client_of, table):
    client = client_of(table.member.user)

    for change, errors in WRONG:
        response = client.post(page_of(table), answers(**change))
        assert (response.status_code, errors_of(response)) == (422, errors)
    assert saved(AdviceReview) == []


def test_not_by_a_guest_not_elsewhere_and_not_before_it_was_held(client_of, table):
    url = page_of(table)
    for user in (table.guest_user, factories.coordinator("PO2203"), factories.swv_contact()):
        assert client_of(user).get(url).status_code == 404
        assert client_of(user).post(url, answers()).status_code == 404
    assert client_of(table.member.user).get(page_of(table, "4d")).status_code == 404
    assert "Werkte ons advies" not in text_of(client_of(table.guest_user).get(table.item.get_absolute_url()))
    to_come = factories.AgendaItemFactory(case=table.case)
    assert client_of(table.member.user).get(reverse("meetings:review", args=[to_come.pk, "4w"])).status_code == 404
    assert saved(AdviceReview) == []


def test_what_was_typed_waits_as_a_klad(client_of, table):
    client = client_of(table.member.user)
    page = client.get(page_of(table))
    desk = page.context["draft"]
    half = {"klad": desk.token, "klad_wie": desk.who, "klad_stand": 1, "happened": "Half", "needs_table": "ja"}

    assert client.post(desk.url, half).status_code == 200
    assert client_of(table.coordinator).get(page_of(table)).context["draft"].offers == []
    again = client_of(table.member.user).get(f"{page_of(table)}?klad={desk.token}").context["form"]
    assert (again["happened"].value(), again["needs_table"].value()) == ("Half", "ja")
    client_of(table.member.user).post(page_of(table), answers(klad=desk.token))
    assert [row.answers for row in saved(Draft)] == [{}]


@pytest.fixture
def on_vandaag(client_of):
    def rows(user):
        shown = client_of(user).get("/?alles=ja").context["today"].rows
        return [row for row in shown if "advies" in row.title]

    return rows


def test_vandaag_asks_the_eigenaar_from_the_day_on_and_nobody_else(client_of, on_vandaag, db):
    table = held_table(days_ago=27)
    with as_owner():
        items = AgendaItem.objects.unscoped()
        ends = timezone.now()
    owner, code = table.member.user, table.case.code

    def held(days):
        with as_owner():
            items.update(starts_at=ends - timedelta(days=days, minutes=45), ends_at=ends - timedelta(days=days))
            return items.get()

    assert on_vandaag(owner) == []
    item = held(28)
    (row,) = on_vandaag(owner)
    assert (row.title, row.url) == (f"Werkte ons advies voor {code}?", page_of(table))
    assert row.when == date_text(review_on("4w", item.ends_at), timezone.localdate())
    assert on_vandaag(table.coordinator) == []
    item = held(40)
    (row,) = on_vandaag(owner)
    assert row.note.startswith("Het kan nog steeds.")
    item = held(124)
    (row,) = on_vandaag(owner)  # one of the two: the other would be about the same time
    assert (row.url, row.when_note) == (page_of(table, "4m"), "na 4 maanden")
    assert row.when == date_text(review_on("4m", item.ends_at), timezone.localdate())
    client_of(owner).post(page_of(table, "4m"), answers())
    assert on_vandaag(owner) == []


def test_the_place_says_from_when(client_of, table):
    page = text_of(client_of(table.coordinator).get(table.item.get_absolute_url()))

    today = timezone.localdate()
    assert f"Sinds {date_text(review_on('4w', table.item.ends_at), today)}." in page
    assert f"Vanaf {date_text(review_on('4m', table.item.ends_at), today)}." in page
