"""In beeld, the first contact: four questions, what counts as contact, who is in gesprek; and a signaal that gets a name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.actions.contact import name_signal
from cases.identity import Person, identities
from cases.models import NOT_SHARED, Case, Consent, ContactAttempt
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def day(ago):
    return timezone.localdate() - timedelta(days=ago)


def dutch(moment):
    return f"{moment:%d-%m-%Y}"


@pytest.fixture
def official():
    return factories.leerplicht()


def url(case, page=""):
    return f"/jeugdigen/{case.code}/in-beeld/{page}"


def fresh(case):
    with as_owner():
        return Case.objects.unscoped().get(pk=case.pk)


def attempts(case):
    with as_owner():
        return list(ContactAttempt.objects.unscoped().filter(case=case))


def record(client, official, case, **answers):
    values = {"made_on": dutch(day(3)), "channel": "telefoon", "contact_by": official.pk, "result": "gesprek"}
    return client.post(url(case, "contact/"), values | answers)


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_a_contact_is_recorded_with_who_made_it(client_of, official):
    case, colleague = factories.CaseFactory(), factories.leerplicht()

    response = record(client_of(official), official, case, contact_by=colleague.pk)

    assert response.status_code == 302
    (attempt,) = attempts(case)
    assert (attempt.made_on, attempt.channel, attempt.result) == (day(3), "telefoon", "gesprek")
    assert (attempt.contact_by, attempt.recorded_by) == (colleague, official)
    page = client_of(official).get(url(case)).content.decode()
    assert "Wil een gesprek" in page


def test_the_form_asks_four_things(client_of, official):
    form = client_of(official).get(url(factories.CaseFactory(), "contact/")).context["form"]
    assert len(form.visible_fields()) == 4


@pytest.mark.parametrize("result", ContactAttempt.Result.values)
def test_only_a_real_contact_is_the_last_contact(client_of, official, result):
    case = factories.CaseFactory()

    record(client_of(official), official, case, result=result)

    assert fresh(case).last_contact_on == (None if result == "niet_bereikt" else day(3))
    assert fresh(case).status == Case.Status.APPROACHED


def test_an_earlier_contact_does_not_move_the_last_one_or_the_status_back(client_of, official):
    case = factories.CaseFactory(last_contact_on=day(1), status=Case.Status.INTERVIEW)

    record(client_of(official), official, case)

    assert (fresh(case).last_contact_on, fresh(case).status) == (day(1), Case.Status.INTERVIEW)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"made_on": dutch(day(-1))}, "made_on"),
        ({"made_on": "1-2-2014"}, "made_on"),
        ({"channel": "duif"}, "channel"),
        ({"result": ""}, "result"),
        ({"contact_by": ""}, "contact_by"),
    ],
)
def test_what_is_missing_is_said_at_its_field(client_of, official, answers, field):
    case = factories.CaseFactory()

    response = record(client_of(official), official, case, **answers)

    assert (response.status_code, list(errors(response)), attempts(case)) == (422, [field], [])


@pytest.mark.parametrize("somebody", [factories.coordinator, lambda: factories.leerplicht("Emmen")])
def test_first_contact_is_by_leerplicht_of_the_own_area(client_of, official, somebody):
    other, case = somebody(), factories.CaseFactory()

    response = record(client_of(official), official, case, contact_by=other.pk)

    assert list(errors(response)) == ["contact_by"]


# Ouders in gesprek


def test_ouders_in_gesprek_counts_each_jeugdige_once_by_its_last_contact(official):
    results = {
        "wants to talk": ["niet_bereikt", "gesprek"],
        "agreed": ["gesprek", "nadenken", "ingestemd"],
        "no longer": ["gesprek", "geen_belangstelling"],
        "thinks": ["nadenken"],
        "fits": ["passende_plek"],
        "not reached": ["niet_bereikt"],
        "not reached again": ["gesprek", "niet_bereikt"],
    }
    cases = {}
    for name, found in results.items():
        cases[name] = factories.CaseFactory()
        for ago, result in enumerate(reversed(found)):
            factories.ContactAttemptFactory(case=cases[name], result=result, made_on=day(ago))
    elsewhere = factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"))
    factories.ContactAttemptFactory(case=elsewhere)

    with acting_as(official):
        in_conversation = ContactAttempt.objects.visible_to(official).parents_in_conversation()
        assert {row.case_id for row in in_conversation} == {
            cases[name].pk for name in ("wants to talk", "agreed", "not reached again")
        }
        assert in_conversation.count() == 3


def test_of_two_contacts_on_one_day_the_one_written_down_last_counts(official):
    case = factories.CaseFactory()
    factories.ContactAttemptFactory(case=case, result="gesprek", made_on=day(0))
    factories.ContactAttemptFactory(case=case, result="geen_belangstelling", made_on=day(0))

    with acting_as(official):
        assert ContactAttempt.objects.visible_to(official).parents_in_conversation().count() == 0


# A signaal gets a name

NAME = {"first_name": "Sprokkel", "last_name": "Verzonneling", "born_on": "3-4-2015"}


def signal(**fields):
    return factories.CaseFactory(is_signal=True, birth_month=None, birth_year=2014, **fields)


def test_a_signaal_gets_a_name_and_nothing_is_shared(client_of, official):
    case = signal()
    client = client_of(official)
    assert "Nog zonder naam" in client.get(url(case)).content.decode()

    response = client.post(url(case, "naam/"), NAME)

    assert response.status_code == 302
    now = fresh(case)
    assert (now.is_signal, now.birth_year, now.birth_month, now.shared_until) == (False, 2015, 4, NOT_SHARED)
    with as_owner():
        assert not Consent.objects.unscoped().filter(case=case).exists()
        saved = AuditEvent.objects.filter(event="identity_saved", case_id=case.pk)
        assert [event.user_id for event in saved] == [official.pk]
    with acting_as(official):
        assert str(identities([case.pk], "test")[case.pk]) == "Sprokkel Verzonneling"
    page = client.get(url(case)).content.decode()
    assert "Nog zonder naam" not in page
    assert "Sprokkel" not in page


def test_a_look_alike_is_asked_about_first(client_of, official):
    case, known = signal(), factories.CaseFactory()
    factories.IdentityFactory(case=known, born_on="2015-04-03")
    client = client_of(official)

    response = client.post(url(case, "naam/"), NAME)

    assert response.status_code == 422
    assert [match["code"] for match in response.context["matches"]] == [known.code]
    assert fresh(case).is_signal
    assert client.post(url(case, "naam/"), NAME | {"other": str(known.pk)}).status_code == 302
    assert not fresh(case).is_signal


def test_a_look_alike_elsewhere_is_not_told(client_of, official):
    case = signal()
    elsewhere = factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"))
    factories.IdentityFactory(case=elsewhere, first_name="Sprokkel", last_name="Verzonneling", born_on="2015-04-03")

    assert client_of(official).post(url(case, "naam/"), NAME).status_code == 302


@pytest.mark.parametrize(
    ("answers", "field"),
    [({"first_name": ""}, "first_name"), ({"last_name": ""}, "last_name"), ({"born_on": "3-4-1990"}, "born_on")],
)
def test_a_name_is_complete(client_of, official, answers, field):
    case = signal()

    response = client_of(official).post(url(case, "naam/"), NAME | answers)

    assert (response.status_code, list(errors(response)), fresh(case).is_signal) == (422, [field], True)


def test_a_name_that_is_there_is_not_written_over(client_of, official):
    case = factories.CaseFactory()
    factories.IdentityFactory(case=case)

    assert client_of(official).post(url(case, "naam/"), NAME).status_code == 302
    with acting_as(official):
        assert not name_signal(case=case, person=Person("Ander", "Iemand", day(4000)), by=official)
        assert identities([case.pk], "test")[case.pk].first_name == "Pippeloentje"
