"""Status en verloop: every step with date, person and reason, also when consent or SQL makes it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from cases.actions.status import change_status
from cases.models import Case, StatusChange
from cases.rules.status import fault_in, movement
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def day(offset=0):
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=day(30), status="interview", registered_on=day(-40))


def stored(case):
    with as_owner():
        return Case.objects.unscoped().get(pk=case.pk)


def steps(case):
    with as_owner():
        rows = StatusChange.objects.unscoped().filter(case=case).order_by("id")
        return [(row.before, row.after, row.on, row.reason, row.note, row.changed_by) for row in rows]


def send(client, case, **changes):
    values = {"status": "uitvoering", "on": f"{day():%d-%m-%Y}", "version": case.version} | changes
    return client.post(reverse("cases:status", args=[case.pk]), values)


def test_a_step_is_kept_with_day_person_and_words(client_of, case):
    coordinator = factories.coordinator()

    response = send(client_of(coordinator), case, on=f"{day(-3):%d-%m-%Y}", note="De eerste ochtend in de bakkerij.")

    assert (response.status_code, response.url) == (302, reverse("cases:status", args=[case.pk]))
    assert (stored(case).status, stored(case).closed_on, stored(case).version) == ("uitvoering", None, 2)
    assert steps(case)[-1] == ("interview", "uitvoering", day(-3), "", "De eerste ochtend in de bakkerij.", coordinator)


def test_stopping_says_why_and_closes_on_its_day_and_coming_back_opens_again(client_of, case):
    client = client_of(factories.coordinator())

    send(client, case, status="gestopt", reason="verhuisd", on=f"{day(-2):%d-%m-%Y}")
    assert (stored(case).status, stored(case).closed_on) == ("gestopt", day(-2))
    send(client, stored(case), status="interview")

    assert (stored(case).status, stored(case).closed_on) == ("interview", None)
    page = client.get(reverse("cases:status", args=[case.pk])).content.decode()
    assert (
        page.index("Weer geopend: Interview") < page.index("Afgesloten: Gestopt") < page.index("Aangemeld: Interview")
    )
    assert "Verhuisd" in page


def test_registering_and_consent_are_steps_too(client_of):
    leerplicht = factories.leerplicht()
    values = {
        "first_name": "Pippeloentje", "last_name": "Verzonnen", "born_on": "14-3-2014", "situation": "av",
        "gemeente": factories.gemeente().pk, "swv": factories.swv().pk, "consent": "gegeven",
    }  # fmt: skip
    client_of(leerplicht).post(reverse("cases:register"), values)

    with as_owner():
        case = Case.objects.unscoped().get()
    moves = [(before, after, person) for before, after, *_, person in steps(case)]
    assert moves[0] == ("", "signaal", leerplicht)
    assert moves[-1][1] == case.status
    assert case.status != "signaal"


def test_no_change_of_status_escapes_the_history(case):
    coordinator = factories.coordinator()
    with acting_as(coordinator):
        Case.objects.editable_by(coordinator).filter(pk=case.pk).update(status="nazorg")

    assert steps(case)[-1] == ("interview", "nazorg", day(), "", "", coordinator)


def test_the_words_of_one_step_do_not_reach_the_next(case):
    coordinator = factories.coordinator()
    with acting_as(coordinator):
        change_status(case=case, version=1, by=coordinator, status="rustpunt", on=day(-5), note="Even rust.")
        Case.objects.editable_by(coordinator).filter(pk=case.pk).update(status="uitvoering")

    assert [step[2:5] for step in steps(case)[-2:]] == [(day(-5), "", "Even rust."), (day(), "", "")]


def test_stopping_without_a_reason_is_refused_by_the_database(case):
    coordinator = factories.coordinator()

    with pytest.raises(IntegrityError, match="status_stopped_with_reason"), acting_as(coordinator):
        change_status(case=case, version=1, by=coordinator, status="gestopt", on=day())

    assert stored(case).status == "interview"


def test_a_stale_page_changes_nothing_and_says_where_it_stands(client_of, case):
    client = client_of(factories.coordinator())
    send(client, case, status="rustpunt")

    response = send(client, case, status="uitvoering", note="Mijn woorden")

    page = response.content.decode()
    assert response.status_code == 409
    assert "De status is nu: Rustpunt." in page
    assert "Mijn woorden" in page
    assert stored(case).status == "rustpunt"
    assert f'name="version" value="{stored(case).version}"' in page


@pytest.mark.parametrize(
    ("values", "field", "error"),
    [
        ({"status": ""}, "status", "Kies waar de jongere nu staat."),
        ({"status": "verdwenen"}, "status", "Kies iets uit de lijst."),
        ({"status": "interview"}, "status", "Hier staat de jongere al."),
        ({"status": "gestopt"}, "reason", "Kies waarom het stopt."),
        ({"status": "gestopt", "reason": "moe"}, "reason", "Kies iets uit de lijst."),
        ({"status": "gestopt", "reason": "anders"}, "note", "Schrijf kort op waarom het stopt."),
        ({"reason": "verhuisd"}, "reason", "Een reden hoort alleen bij Gestopt."),
        ({"on": ""}, "on", "Vul in sinds welke dag."),
        ({"on": "1-1-2199"}, "on", "Deze datum ligt in de toekomst."),
        ({"on": "1-1-2020"}, "on", "Deze dag ligt voor de vorige stap."),
        ({"note": "x" * 201}, "note", "Dit is te lang. Er passen 200 tekens."),
        (
            {"note": "bsn 123456782"},
            "note",
            "Dit lijkt op een burgerservicenummer. Dat bewaren we hier niet. Haal het weg.",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_the_field(client_of, case, values, field, error):
    response = send(client_of(factories.coordinator()), case, **values)

    assert (response.status_code, response.context["form"].errors) == (422, {field: [error]})
    assert len(steps(case)) == 1
    assert stored(case).version == 1


def test_who_only_accounts_reads_no_steps(client_of, case):
    client = client_of(factories.swv_contact())

    assert client.get(reverse("cases:status", args=[case.pk])).status_code == 404
    assert send(client, case).status_code == 404


def test_history_stays_what_it_is_for_the_web_role(case):
    coordinator = factories.coordinator()
    with acting_as(coordinator), connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.table_privileges"
            " WHERE table_name = 'cases_statuschange' AND grantee = 'wel_app'"
        )
        assert cursor.fetchall() == [("SELECT",)]


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("", "signaal", "Aangemeld"),
        ("interview", "uitvoering", ""),
        ("nazorg", "afgerond", "Afgesloten"),
        ("afgerond", "gestopt", ""),
        ("gestopt", "interview", "Weer geopend"),
    ],
)
def test_a_movement_has_a_word(before, after, word):
    assert movement(before, after) == word


def test_a_step_on_the_day_of_the_previous_one_is_right():
    today = date(2026, 3, 18)
    step = {"before": "interview", "after": "uitvoering", "reason": "", "note": "", "on": today, "today": today}

    assert fault_in(**step, not_before=today) is None
    assert fault_in(**step, not_before=None) is None
