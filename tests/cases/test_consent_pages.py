"""Toestemming: recorded by leerplicht, decided by the rules, closed at once by whoever takes it back."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from access.context import acting_as
from access.dutch_dates import date_text
from access.models import AuditEvent
from cases.actions.consent import record_consent
from cases.models import NOT_SHARED, Case, Consent, IdentityGrant
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


def today():
    # The database asks its own clock what is shared, so these tests live in the present.
    return timezone.localdate()


def born(years, *, days=40):
    """A birth date of somebody who turned `years` some time ago, away from every threshold."""
    day = today() - timedelta(days=days)
    return day.replace(year=day.year - years, day=min(day.day, 28))


def case_of(years, **fields):
    born_on = born(years)
    case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month, **fields)
    factories.IdentityFactory(case=case, born_on=born_on)
    return case


def url(case, page=""):
    return f"/jeugdigen/{case.code}/toestemming/{page}"


def said(*persons, answer="gegeven", **changes):
    until = today() + timedelta(days=60)
    data = {
        "purpose": "delen",
        "persons": persons,
        "answer": answer,
        "answered_on": f"{today():%d-%m-%Y}",
        "expires_on": f"{until:%d-%m-%Y}",
        "how": "papier",
        "form_version": "2026-1",
    }
    return data | changes


def stored(case):
    with as_owner():
        rows = Consent.objects.unscoped().filter(case_id=case.pk).order_by("pk")
        return Case.objects.unscoped().get(pk=case.pk), [(row.person, row.answer) for row in rows]


def is_open(case):
    return stored(case)[0].shared_until >= today()


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


def test_the_team_sees_it_after_consent_and_404_right_after_withdrawal(client_of, client):
    case = case_of(10)
    leerplicht, coordinator = factories.leerplicht(), factories.coordinator()
    page = f"/jeugdigen/{case.code}/"

    assert client_of(coordinator).get(page).status_code == 404
    client_of(leerplicht).post(url(case), said("ouder_1"))
    assert client_of(coordinator).get(page).status_code == 200
    with as_owner():
        given = Consent.objects.unscoped().get(case_id=case.pk)
    factories.IdentityGrantFactory(case=stored(case)[0], user=coordinator, until=today())
    assert client_of(coordinator).post(f"{page}naam/").status_code == 200

    asked = client_of(leerplicht).get(url(case, f"{given.pk}/trek-in/"))
    assert "Toestemming intrekken?" in asked.content.decode()
    assert is_open(case)
    client_of(leerplicht).post(url(case, f"{given.pk}/trek-in/"))

    assert client_of(coordinator).get(page).status_code == 404
    assert client_of(coordinator).post(f"{page}naam/").status_code == 404
    assert stored(case)[1] == [("ouder_1", "gegeven"), ("ouder_1", "ingetrokken")]
    with as_owner():
        assert IdentityGrant.objects.unscoped().get().revoked_at is not None


def test_a_statement_is_withdrawn_once(client_of):
    case = case_of(10)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("ouder_1"))
    with as_owner():
        given = Consent.objects.unscoped().get(case_id=case.pk)

    for _ in range(2):
        assert client.post(url(case, f"{given.pk}/trek-in/")).status_code == 302

    assert len(stored(case)[1]) == 2


def given_by(case, person):
    with as_owner():
        return Consent.objects.unscoped().get(case_id=case.pk, person=person, answer="gegeven", purpose="delen")


def test_a_yes_can_still_be_withdrawn_after_it_was_asked_again(client_of):
    case = case_of(10)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("ouder_1"))
    client.post(url(case), said("ouder_1", answer="gevraagd"))
    withdraw = url(case, f"{given_by(case, 'ouder_1').pk}/trek-in/")
    page = text_of(client.get(url(case)))

    assert is_open(case)
    assert f'href="{withdraw}"' in page
    assert f"Opnieuw gevraagd op {date_text(today(), today())}." in page
    assert "Toestemming intrekken?" in client.get(withdraw).content.decode()
    client.post(withdraw)

    assert not is_open(case)
    assert "Opnieuw gevraagd" not in text_of(client.get(url(case)))


def test_before_a_parent_of_a_seventeen_year_old_takes_it_back_it_says_that_sharing_goes_on(client_of):
    case = case_of(17)
    client = client_of(factories.leerplicht())
    client.post(url(case), said("ouder_1", "jeugdige"))
    parent, youth = (url(case, f"{given_by(case, who).pk}/trek-in/") for who in ("ouder_1", "jeugdige"))

    told = {who: text_of(client.get(page)) for who, page in (("parent", parent), ("youth", youth))}
    client.post(parent)

    until = date_text(today() + timedelta(days=60), today())
    assert (
        f"Wie nu beslist: de jongere. Het WEL-team kan deze jeugdige daarom openen tot en met {until}."
        in (told["parent"])
    )
    assert "niet meer openen" not in told["parent"]
    assert "Het WEL-team kan deze jeugdige daarna niet meer openen." in told["youth"]
    assert is_open(case)
    client.post(youth)
    assert not is_open(case)


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


def test_the_statement_of_another_case_cannot_be_withdrawn_here(client_of):
    case, other = case_of(10), case_of(10)
    client = client_of(factories.leerplicht())
    client.post(url(other), said("ouder_1"))
    with as_owner():
        given = Consent.objects.unscoped().get(case_id=other.pk)

    assert client.post(url(case, f"{given.pk}/trek-in/")).status_code == 404
    assert is_open(other)


def turning(years, *, days):
    """Somebody who turns `years` in some days, or turned it some days ago, with the birthday on the record."""
    day = today() + timedelta(days=days)
    born_on = day.replace(year=day.year - years, day=min(day.day, 28))
    case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month)
    factories.IdentityFactory(case=case, born_on=born_on)
    return case, born_on.replace(year=day.year)


def in_a_year(**changes):
    return said("ouder_1", expires_on=f"{today() + timedelta(days=360):%d-%m-%Y}", **changes)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


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


def test_consent_that_ends_closes_by_itself(client_of):
    case = case_of(10)
    client_of(factories.leerplicht()).post(url(case), said("ouder_1", expires_on=f"{today():%d-%m-%Y}"))

    assert stored(case)[0].shared_until == today()
    assert stored(case)[0].is_shared(today())
    assert not stored(case)[0].is_shared(today() + timedelta(days=1))


def test_two_answers_at_once_are_both_counted():
    """Each parent says yes on another connection; neither may decide on half of the answers."""
    case = case_of(8, parents_with_authority=2)
    leerplicht = factories.leerplicht()
    born_on, failures = born(8), []
    barrier = threading.Barrier(2)

    def say_yes(person):
        try:
            barrier.wait(timeout=10)
            with acting_as(leerplicht):
                record_consent(
                    case=case,
                    persons=[person],
                    by=leerplicht,
                    born_on=born_on,
                    today=today(),
                    purpose="delen",
                    answer="gegeven",
                    expires_on=today() + timedelta(days=60),
                )
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=say_yes, args=[person]) for person in ("ouder_1", "ouder_2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert failures == []
    assert is_open(case)


def test_a_yes_and_a_withdrawal_at_once_never_leave_it_open():
    case = case_of(8)
    leerplicht = factories.leerplicht()
    barrier, failures = threading.Barrier(2), []

    def say(answer, until):
        try:
            barrier.wait(timeout=10)
            with acting_as(leerplicht):
                record_consent(
                    case=case,
                    persons=["ouder_1"],
                    by=leerplicht,
                    born_on=born(8),
                    today=today(),
                    purpose="delen",
                    answer=answer,
                    expires_on=until,
                )
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=say, args=["gegeven", today() + timedelta(days=60)]),
        threading.Thread(target=say, args=["ingetrokken", None]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    case, statements = stored(case)
    assert failures == []
    assert (case.shared_until == NOT_SHARED) == (statements[-1][1] == "ingetrokken")
