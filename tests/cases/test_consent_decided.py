"""Who decides and what follows: reasons with a name, wishes for the table, withdrawal and the decision after it."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from cases.models import Authority, Case, Consent, RemovalDecision, TableWish
from cases.rules.consent import month_told, turning
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def case_of(years, **fields):
    day = today() - timedelta(days=40)
    born_on = day.replace(year=day.year - years, day=min(day.day, 28))
    case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month, **fields)
    factories.IdentityFactory(case=case, born_on=born_on)
    return case


def url(case, page=""):
    return f"/jeugdigen/{case.code}/toestemming/{page}"


def text_of(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def yes(client, case, *persons, answer="gegeven", purpose="delen"):
    until = today() + timedelta(days=60)
    data = {"purpose": purpose, "persons": persons, "answer": answer, "answered_on": f"{today():%d-%m-%Y}",
            "expires_on": f"{until:%d-%m-%Y}", "how": "mondeling"}  # fmt: skip
    assert client.post(url(case), data).status_code == 302


def rows(model, **filters):
    with as_owner():
        return list(model.objects.unscoped().filter(**filters).order_by("pk"))


def withdraw_url(case, person):
    (given,) = rows(Consent, case_id=case.pk, person=person, answer="gegeven")
    return url(case, f"{given.pk}/trek-in/")


def decide(client, case, **answers):
    version = rows(Case, pk=case.pk)[0].version
    return client.post(url(case, "wie-beslist/"), {"parents_with_authority": "1", "version": version, **answers})


REASON = {"cannot_judge_reason": "begrijpt delen nog niet", "cannot_judge_by": "arts Verzonnen"}


@pytest.mark.parametrize(
    ("missing", "error"),
    [
        ("cannot_judge_by", "Schrijf op wie dit vaststelde."),
        ("cannot_judge_reason", "Schrijf op waarom de jongere dit niet kan overzien."),
    ],
)
def test_that_a_youth_cannot_judge_takes_a_reason_and_a_name(client_of, missing, error):
    case = case_of(17)

    response = decide(client_of(factories.leerplicht()), case, **REASON | {missing: ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors[missing]) == [error]
    assert rows(Authority) == []


def test_why_somebody_cannot_judge_is_for_leerplicht_and_that_it_is_so_for_the_team(client_of):
    case = case_of(17)
    leerplicht = client_of(factories.leerplicht())
    assert decide(leerplicht, case, checked_how="gezagsregister", **REASON).status_code == 302
    yes(leerplicht, case, "ouder_1")

    def read(client):
        return [text_of(client.get(url(case, page))) for page in ("", "geschiedenis/")]

    pages = {"leerplicht": read(leerplicht)}
    pages["team"] = read(client_of(factories.coordinator()))

    assert "Waarom: begrijpt delen nog niet. Vastgesteld door arts Verzonnen." in pages["leerplicht"][0]
    assert "begrijpt delen nog niet. Vastgesteld door arts Verzonnen." in pages["leerplicht"][1]
    assert "De jongere kan eigen belangen niet overzien." in pages["team"][0]
    for page in pages["team"]:
        assert "begrijpt delen" not in page
        assert "arts Verzonnen" not in page
    assert rows(Case)[0].cannot_judge


def test_what_was_decided_before_stays_in_the_history(client_of):
    case, client = case_of(17), client_of(factories.leerplicht())
    decide(client, case, **REASON)
    decide(client, case, parents_with_authority="2")

    page = text_of(client.get(url(case, "geschiedenis/")))

    assert [row.cannot_judge_by for row in rows(Authority)] == ["arts Verzonnen", ""]
    assert not rows(Case)[0].cannot_judge
    assert page.index("Twee ouders met gezag") < page.index("arts Verzonnen")


def test_the_history_says_all_of_each_answer_and_who_recorded_it(client_of):
    case, somebody = case_of(10), factories.leerplicht(user__name="Wieke Verzonnen")
    client = client_of(somebody)
    data = {"purpose": "partijen", "persons": ["ouder_1"], "answer": "gegeven", "answered_on": f"{today():%d-%m-%Y}",
            "expires_on": f"{today() + timedelta(days=60):%d-%m-%Y}", "how": "papier", "form_version": "2026-1",
            "parties": "Zorgboerderij"}  # fmt: skip
    client.post(url(case), data)
    yes(client, case, "ouder_1", answer="geweigerd", purpose="verhaal")
    client.post(withdraw_url(case, "ouder_1"))

    page = text_of(client.get(url(case, "geschiedenis/")))

    for words in ("met Zorgboerderij", "Op papier, ondertekend, versie 2026-1", "Geweigerd", "Ingetrokken"):
        assert words in page
    assert page.count("Wieke V.") >= 3


WISH = {"party": "De buurvrouw", "wish": "ja", "said_by": "ouder_1", "said_on": "1-9-2020"}


def test_who_works_on_a_case_keeps_whom_they_want_at_the_table(client_of):
    case = case_of(10, shared_until=today())
    team = client_of(factories.coordinator())

    assert team.post(url(case, "aan-tafel/toevoegen/"), WISH).status_code == 302
    (wish,) = rows(TableWish)
    changed = WISH | {"wish": "nee", "said_by": "jeugdige", "version": 1}
    assert team.post(url(case, f"aan-tafel/{wish.pk}/"), changed).status_code == 302
    page = text_of(client_of(factories.leerplicht()).get(url(case, "aan-tafel/")))

    assert "De buurvrouw Nee, liever niet Jeugdige" in page
    assert team.get(url(case, f"aan-tafel/{wish.pk}/haal-weg/")).status_code == 200
    assert len(rows(TableWish)) == 1
    team.post(url(case, f"aan-tafel/{wish.pk}/haal-weg/"))
    assert rows(TableWish) == []


def test_a_wish_that_a_colleague_changed_shows_both(client_of):
    case = case_of(10)
    wish = factories.TableWishFactory(case=case, party="Oom Piet", version=2)

    response = client_of(factories.leerplicht()).post(
        url(case, f"aan-tafel/{wish.pk}/"), WISH | {"party": "Oom Kees", "version": 1}
    )

    page = text_of(response)
    assert response.status_code == 409
    assert "Oom Piet" in page
    assert "Oom Kees" in page
    assert rows(TableWish)[0].party == "Oom Piet"


def test_names_around_a_youth_are_not_for_who_accounts(client_of):
    case = case_of(10, shared_until=today())
    wish = factories.TableWishFactory(case=case)
    contact = client_of(factories.swv_contact())

    assert contact.get(f"/jeugdigen/{case.code}/reis/").status_code == 200
    for page in ("aan-tafel/", "aan-tafel/toevoegen/", f"aan-tafel/{wish.pk}/", f"aan-tafel/{wish.pk}/haal-weg/"):
        assert contact.get(url(case, page)).status_code == 404, page


def test_before_taking_back_it_names_exactly_who_loses_it_and_then_they_do(client_of):
    case = case_of(10)
    leerplicht = factories.leerplicht(user__name="Blijft Leerplicht")
    near = [
        factories.coordinator(user__name="Verliest Coördinator"),
        factories.CaseMemberFactory(case=case, user__name="Verliest Eigenaar").user,
        factories.swv_contact(user__name="Verliest Contact"),
    ]
    elsewhere = factories.coordinator("PO2203", user__name="Ziet Niets")
    client = client_of(leerplicht)
    yes(client, case, "ouder_1")
    factories.IdentityGrantFactory(case=rows(Case)[0], user=near[0])

    def may_open(user):
        return client_of(user).get(f"/jeugdigen/{case.code}/reis/").status_code == 200

    assert [may_open(user) for user in (leerplicht, *near, elsewhere)] == [True, True, True, True, False]
    asked = client_of(leerplicht).get(withdraw_url(case, "ouder_1"))
    named = {viewer.user for viewer in asked.context["consequences"].lose_access}
    page = text_of(asked)

    assert named == set(near)
    assert "Verliest Coördinator (Coördinator WEL-team), weet nu ook de naam" in page
    assert "Blijft Leerplicht" not in page.partition("Meteen")[2]
    client_of(leerplicht).post(withdraw_url(case, "ouder_1"))
    assert [may_open(user) for user in (leerplicht, *near, elsewhere)] == [True, False, False, False, False]


def test_who_knows_the_name_loses_that_also_when_sharing_goes_on(client_of):
    case = case_of(17)
    client = client_of(factories.leerplicht())
    yes(client, case, "ouder_1", "jeugdige")
    let_in = factories.coordinator(user__name="Kent De Naam")
    factories.IdentityGrantFactory(case=rows(Case)[0], user=let_in)

    page = client.get(withdraw_url(case, "ouder_1"))

    assert [viewer.user for viewer in page.context["consequences"].lose_name] == [let_in]
    assert page.context["consequences"].lose_access == []
    assert "Deze mensen mogen de naam dan niet meer zien: Kent De Naam" in text_of(page)
    assert "Daarna een besluit" not in text_of(page)


def test_taking_back_starts_one_decision_that_waits_on_vandaag_and_is_taken_once(client_of):
    case = case_of(13)
    client = client_of(factories.leerplicht())
    yes(client, case, "ouder_1", "jeugdige")
    for person in ("jeugdige", "ouder_1"):
        client.post(withdraw_url(case, person))

    (decision,) = rows(RemovalDecision)
    vandaag = reverse("reporting:today")
    assert decision.decide_by == today() + timedelta(days=30)
    assert f"Besluit wat er blijft van {case.code}" in text_of(client.get(vandaag))
    assert "Er wacht een besluit" in text_of(client.get(url(case)))
    assert "Er wacht een besluit" not in text_of(client_of(factories.coordinator()).get(vandaag))

    client = client_of(factories.leerplicht())
    answers = {"outcome": "team", "reason": "de ouders vroegen erom"}
    assert client.post(url(case, "besluit/"), {"outcome": "team"}).status_code == 422
    client.post(url(case, "besluit/"), answers)
    client.post(url(case, "besluit/"), answers | {"outcome": "bewaren"})

    assert [row.outcome for row in rows(RemovalDecision)] == ["team"]
    assert f"Besluit wat er blijft van {case.code}" not in text_of(client.get(vandaag))
    history = text_of(client.get(url(case, "geschiedenis/")))
    assert "Wissen wat het WEL-team opschreef: de ouders vroegen erom" in history


@pytest.mark.parametrize(
    ("years", "person", "starts"), [(10, "ouder_1", True), (17, "ouder_1", False), (17, "jeugdige", True)]
)
def test_a_no_that_ends_what_was_allowed_asks_for_a_decision_and_another_does_not(client_of, years, person, starts):
    case = case_of(years)
    client = client_of(factories.leerplicht())
    yes(client, case, "ouder_1", "jeugdige")

    yes(client, case, person, answer="geweigerd")

    assert bool(rows(RemovalDecision)) == starts


def test_a_no_where_nothing_was_allowed_asks_for_no_decision(client_of):
    case = case_of(10)
    client = client_of(factories.leerplicht())

    yes(client, case, "ouder_1", answer="geweigerd")

    assert rows(RemovalDecision) == []


def turns(years, months_ahead):
    month = (today().replace(day=1) + timedelta(days=31 * months_ahead)).replace(day=1)
    case = factories.CaseFactory(
        birth_year=month.year - years,
        birth_month=month.month,
        last_contact_on=today(),
        shared_until=month_told(month, 30),
    )
    factories.IdentityFactory(case=case, born_on=date(month.year - years, month.month, 20))
    return case


@pytest.mark.parametrize(
    ("years", "words"), [(12, "ook van de jongere zelf"), (16, "van de jongere zelf"), (18, "van de jongere zelf")]
)
def test_turning_an_age_is_a_task_on_vandaag_and_on_the_case_with_the_month_only(client_of, years, words):
    case = turns(years, 0)
    note = f"Wordt deze maand {years} jaar. Een nieuw ja is nodig, {words}."

    for user in (factories.leerplicht(), factories.coordinator()):
        client = client_of(user)
        assert note in text_of(client.get(reverse("reporting:today")))
        assert note in text_of(client.get(f"/jeugdigen/{case.code}/"))
        assert note in text_of(client.get(url(case)))
    assert f"20-{case.birth_month}-" not in text_of(client.get(url(case)))


def test_an_answer_that_ends_by_itself_is_no_birthday(client_of):
    case = turns(12, 0)
    with as_owner():
        Case.objects.unscoped().filter(pk=case.pk).update(shared_until=today().replace(day=27))

    with_birthday = text_of(client_of(factories.leerplicht()).get(f"/jeugdigen/{turns(12, 0).code}/"))
    page = text_of(client_of(factories.leerplicht()).get(f"/jeugdigen/{case.code}/"))

    assert "nieuw ja" in with_birthday
    assert "nieuw ja" not in page


def test_the_grace_is_a_term_with_a_first_day(client_of):
    """Two months of grace from today on: the end of sharing moves by a month, and a row to come changes nothing yet."""
    month = (today() + timedelta(days=62)).replace(day=1)
    case = factories.CaseFactory(birth_year=month.year - 12, birth_month=month.month)
    factories.IdentityFactory(case=case, born_on=date(month.year - 12, month.month, 15))
    client, found = client_of(factories.leerplicht()), []
    data = {"purpose": "delen", "persons": ["ouder_1"], "answer": "gegeven", "answered_on": f"{today():%d-%m-%Y}",
            "expires_on": f"{today() + timedelta(days=600):%d-%m-%Y}", "how": "mondeling"}  # fmt: skip
    for first_day in (None, today() + timedelta(days=1), today()):
        if first_day:
            with as_owner(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO cases_consentterms (starts_on, grace_days, removal_days) VALUES (%s, 61, 5)",
                               [first_day])  # fmt: skip
        client.post(url(case), data)
        found.append(rows(Case)[0].shared_until)

    assert found == [month_told(month, 30), month_told(month, 30), month_told(month, 61)]
    assert found[2] > found[0]


@pytest.mark.parametrize("grace_days", [0, 1, 10, 27, 30, 31, 45, 61, 90])
def test_the_month_told_is_within_every_grace_and_the_same_for_all_birthdays(grace_days):
    for month in (date(2026, number, 1) for number in range(1, 13)):
        told = month_told(month, grace_days)

        assert (told + timedelta(days=1)).day == 1
        assert told <= month + timedelta(days=grace_days)
        assert (told + timedelta(days=1)) + timedelta(days=31) > month + timedelta(days=grace_days)


def test_only_the_end_that_a_birthday_gives_is_taken_for_one():
    assert turning(2010, 3, date(2026, 3, 31)) == (16, date(2026, 3, 1))
    assert turning(2010, 3, date(2026, 2, 28)) == (16, date(2026, 3, 1))
    assert turning(2010, 3, date(2026, 4, 30)) is None
    assert turning(2010, None, date(2026, 3, 31)) is None
