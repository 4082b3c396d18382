"""Toestemming that ends by itself: on its last day, or because of a birthday, and who is told which."""

from datetime import timedelta

import pytest

from access.dutch_dates import date_text
from tests import factories
from tests.cases.consent_world import case_of, in_a_year, is_open, said, stored, text_of, today, turning, url
from tests.database import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


def test_leerplicht_reads_that_a_birthday_ends_it_and_until_when_a_new_yes_can_wait(client_of):
    case, day = turning(12, days=40)
    client = client_of(factories.leerplicht())
    client.post(url(case), in_a_year())

    page = text_of(client.get(url(case)))

    last = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    assert stored(case)[0].shared_until == last
    assert (
        f"Op {date_text(day, today())} wordt de jongere 12 jaar. Dan is opnieuw een ja nodig, ook van de jongere zelf,"
        f" uiterlijk op {date_text(last, today())}." in page
    )


@pytest.mark.parametrize(("years", "persons"), [(12, ["ouder_1"]), (16, ["ouder_1", "jeugdige"])])
def test_the_last_day_is_the_same_for_all_who_are_born_in_a_month(client_of, years, persons):
    """With the month of birth in the same row, a day counted from the birthday would be the birthday."""
    client, found = client_of(factories.leerplicht()), set()
    month = (today() + timedelta(days=62)).replace(day=1)
    days = [month + timedelta(days=n) for n in range(31) if (month + timedelta(days=n)).month == month.month]
    for day in (days[0], days[13], days[-1]):
        born_on = day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
        case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month)
        factories.IdentityFactory(case=case, born_on=born_on)
        client.post(url(case), in_a_year() | {"persons": persons})
        found.add(stored(case)[0].shared_until)

    assert found == {days[-1]}


def test_within_the_grace_but_past_the_month_it_is_over_and_says_so(client_of):
    before = today().replace(day=1) - timedelta(days=1)  # the last day of the month before, so within the grace
    born_on = before.replace(year=before.year - 12, day=min(before.day, 28))
    case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month)
    factories.IdentityFactory(case=case, born_on=born_on)
    with as_owner():
        factories.ConsentFactory(case=case, answered_on=born_on.replace(year=born_on.year + 11),
                                 expires_on=today() + timedelta(days=300))  # fmt: skip
    client = client_of(factories.leerplicht())

    client.post(url(case), said("ouder_1", answer="gevraagd"))

    page = text_of(client.get(url(case)))
    assert not is_open(case)
    assert "Verlopen" in page
    assert "Nog nodig: een ja van de jeugdige" in page


def test_after_the_birthday_it_says_why_a_new_yes_is_needed_now(client_of):
    case, day = turning(16, days=-10)
    with as_owner():
        for person in ("jeugdige", "ouder_1"):
            factories.ConsentFactory(case=case, person=person, answered_on=today() - timedelta(days=60),
                                     expires_on=today() + timedelta(days=360))  # fmt: skip

    page = text_of(client_of(factories.leerplicht()).get(url(case)))

    assert f"Op {date_text(day, today())} werd de jongere 16 jaar. Daarom is opnieuw een ja nodig" in page


def test_no_birthday_is_named_when_the_answers_end_first(client_of):
    case, _ = turning(12, days=40)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("ouder_1", expires_on=f"{today() + timedelta(days=60):%d-%m-%Y}"))

    page = text_of(client.get(url(case)))

    assert "tot en met" in page
    assert "wordt de jongere" not in page


def test_who_reads_along_is_not_told_the_birthday(client_of):
    case, day = turning(12, days=40)
    client_of(factories.leerplicht()).post(url(case), in_a_year())
    assert date_text(day, today()) in text_of(client_of(factories.leerplicht()).get(url(case)))

    page = text_of(client_of(factories.coordinator()).get(url(case)))

    assert "Dat is eerder dan bij de antwoorden staat. Leerplicht weet waarom en vraagt het op tijd opnieuw." in page
    assert "12 jaar" not in page
    assert date_text(day, today()) not in page


def test_who_reads_along_reads_nothing_of_it_when_the_answers_say_the_same_day(client_of):
    case = case_of(10)
    client_of(factories.leerplicht()).post(url(case), said("ouder_1"))

    page = text_of(client_of(factories.coordinator()).get(url(case)))

    assert "Het WEL-team kan" in page
    assert "eerder dan" not in page


def test_consent_that_ends_closes_by_itself(client_of):
    case = case_of(10)
    client_of(factories.leerplicht()).post(url(case), said("ouder_1", expires_on=f"{today():%d-%m-%Y}"))

    assert stored(case)[0].shared_until == today()
    assert stored(case)[0].is_shared(today())
    assert not stored(case)[0].is_shared(today() + timedelta(days=1))
