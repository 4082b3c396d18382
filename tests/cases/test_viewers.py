"""Wie kan dit zien: people by name, why and until when; and for leerplicht who looked."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access import audit
from access.context import acting_as
from cases.actions.members import let_in
from cases.reasons import reasons_of
from regions.models import Role
from tests import factories
from tests.database import as_owner
from tests.interviews import allow

pytestmark = pytest.mark.django_db


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def shared(**fields):
    return factories.CaseFactory(shared_until=day(30), **fields)


def page_of(client, case, query=""):
    return client.get(reverse("cases:viewers", args=[case.pk]) + query)


def lines(response):
    """Per person: why, whether more than De Reis, whether the name, until when."""
    return {
        viewer.user: ([reason.why for reason in viewer.reasons], viewer.works, viewer.knows_name, viewer.until)
        for viewer in response.context["viewers"]
    }


def test_everybody_who_can_open_it_stands_there_with_why_and_until_when(client_of):
    case = shared()
    leerplicht = factories.leerplicht()
    office = factories.MembershipFactory(role=Role.LEERPLICHT, swv=factories.swv(), ends_on=day(9)).user
    coordinator = factories.coordinator(ends_on=day(5))
    contact = factories.swv_contact()
    owner = factories.CaseMemberFactory(case=case).user
    connector = factories.CaseMemberFactory(case=case, role="verbinder", ends_on=day(3)).user
    factories.IdentityGrantFactory(case=case, user=coordinator, until=day(2))
    # Nobody of these: elsewhere, ended, to come, at the table only, switched off
    factories.coordinator("PO2203")
    factories.leerplicht("Emmen")
    factories.coordinator(starts_on=day(-9), ends_on=day(-1))
    factories.coordinator(starts_on=day(1))
    factories.CaseMemberFactory(case=case, role="deelnemer")
    factories.CaseMemberFactory(case=shared())
    gone = factories.coordinator()
    with as_owner():
        type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    expected = {
        leerplicht: (["Leerplichtambtenaar"], True, True, None),
        office: (["Leerplichtambtenaar"], True, True, day(9)),
        coordinator: (["Coördinator WEL-team"], True, True, day(5)),
        contact: (["SWV-contact / financiën"], False, False, day(30)),
        owner: (["Eigenaar"], True, False, day(30)),
        connector: (["Verbinder"], True, False, day(3)),
    }

    assert lines(page_of(client_of(leerplicht), case)) == expected
    assert lines(page_of(client_of(owner), case)) == expected


def test_before_consent_only_leerplicht_stands_there(client_of):
    case = factories.CaseFactory()
    leerplicht = factories.leerplicht()
    factories.coordinator()
    factories.CaseMemberFactory(case=case)

    assert set(lines(page_of(client_of(leerplicht), case))) == {leerplicht}


def test_somebody_with_two_reasons_stays_until_the_last_one_ends(client_of):
    case = shared()
    person = factories.coordinator(ends_on=day(2))
    factories.CaseMemberFactory(case=case, user=person)
    client = client_of(factories.leerplicht())

    why, _, _, until = lines(page_of(client, case))[person]
    assert (sorted(why), until) == (["Coördinator WEL-team", "Eigenaar"], day(2))  # the only werkplek ends

    factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv(), user=person)
    why, _, _, until = lines(page_of(client, case))[person]
    assert (sorted(why), until) == (["Coördinator WEL-team", "Eigenaar"], day(30))


def test_a_jeugdige_without_a_name_has_no_name_to_know(client_of):
    case = factories.CaseFactory(is_signal=True)
    leerplicht = factories.leerplicht()

    assert lines(page_of(client_of(leerplicht), case))[leerplicht][2] is False


def test_project_staff_are_named_once_the_reis_counts(client_of):
    case = shared()
    client = client_of(factories.leerplicht())
    assert "Projectmedewerkers" not in page_of(client, case).content.decode()

    factories.InclusionFactory(case=case)

    assert "Projectmedewerkers zien De Reis alleen in de verantwoording" in page_of(client, case).content.decode()


def test_leerplicht_reads_who_looked_and_others_do_not(client_of):
    case, other = shared(), shared()
    coordinator, leerplicht = factories.coordinator(), factories.leerplicht()
    client_of(coordinator).get(case.get_absolute_url())
    client_of(coordinator).get(other.get_absolute_url())

    page = page_of(client_of(leerplicht), case)

    assert [(look["who"], look["what"]) for look in page.context["looks"]][:3] == [
        (leerplicht.name, "Logboek inzage van jeugdige gelezen"),
        (leerplicht.name, "Bekeken wie dit kan zien"),
        (coordinator.name, "Jeugdige bekeken"),
    ]
    assert other.code not in page.content.decode()
    assert "looks" not in page_of(client_of(coordinator), case).context
    assert "Wie keek" not in page_of(client_of(coordinator), case).content.decode()


def test_until_when_a_name_was_opened_is_a_day_as_people_write_it(client_of):
    case, leerplicht, coordinator = shared(), factories.leerplicht(), factories.coordinator()
    with acting_as(leerplicht):
        let_in(case=case, user=coordinator, purpose="bellen", until=day(5), by=leerplicht)

    page = page_of(client_of(leerplicht), case)

    (line,) = [look["detail"] for look in page.context["looks"] if look["what"] == "Naam vrijgegeven aan iemand"]
    assert line == f"persoon: {coordinator.name}; tot en met: {day(5).day}-{day(5).month}-{day(5).year}"


def test_a_possible_double_elsewhere_is_not_told(client_of):
    case, elsewhere = shared(), shared(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"))
    with as_owner():
        audit.record("double_found", case_id=case.pk, detail={"case": elsewhere.pk})

    page = page_of(client_of(factories.leerplicht()), case)

    assert "Misschien dubbel" not in page.content.decode()
    assert elsewhere.code not in page.content.decode()


def test_older_lines_follow_page_by_page(client_of):
    case = shared()
    with as_owner():
        for number in range(30):
            audit.record("case_read", case_id=case.pk, ground=f"keer {number}")
    client = client_of(factories.leerplicht())

    first = page_of(client, case)
    second = page_of(client, case, f"?voor={first.context['older']}")

    seen = [look["ground"] for page in (first, second) for look in page.context["looks"] if look["ground"]]
    assert seen == [f"keer {number}" for number in reversed(range(30))]
    assert second.context["older"] is None


@pytest.mark.parametrize("value", ["x", "-1", "0", "9" * 30, "%00"])
def test_a_line_that_cannot_be_is_404(client_of, value):
    assert page_of(client_of(factories.leerplicht()), shared(), f"?voor={value}").status_code == 404


def test_the_log_of_a_jeugdige_elsewhere_is_refused_in_the_database():
    case = shared()
    with as_owner():
        audit.record("case_read", case_id=case.pk)
    for user in (
        factories.leerplicht("Emmen"),
        factories.coordinator(),
        factories.swv_contact(),
        factories.UserFactory(),
    ):
        refused = pytest.raises(ProgrammingError, match="not allowed to read this log")
        with refused, acting_as(user), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM access.events_of_case(%s, NULL, 10)", [case.pk])


def test_asking_is_itself_on_record():
    case, leerplicht = shared(), factories.leerplicht()

    with acting_as(leerplicht), connection.cursor() as cursor:
        cursor.execute("SELECT event FROM access.events_of_case(%s, NULL, 10)", [case.pk])
        assert cursor.fetchall() == [("case_audit_read",)]


def test_one_viewer_or_three_take_as_many_questions(client_of):
    case = shared()
    client = client_of(factories.leerplicht())

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert page_of(client, case).status_code == 200
        return len(queries)

    count()
    one = count()
    for role in ("verbinder", "inbrenger", "inbrenger"):
        factories.coordinator()
        factories.IdentityGrantFactory(case=case, user=factories.CaseMemberFactory(case=case, role=role).user)

    assert count() == one


# The name and the reasons: each behind a lock of its own


def may_be_seen(case, *, reasons=20):
    factories.CaseReasonFactory(case=case, kind="ass", reasons_until=allow(case, reasons=reasons).reasons_until)


def interviewer(user, **work):
    factories.MembershipFactory(role=Role.INTERVIEWER, swv=factories.swv(), user=user, **work)
    return user


def test_who_sees_reasons_stands_there_until_the_first_end_and_the_database_agrees(client_of):
    case = shared()
    may_be_seen(case)
    leerplicht = factories.leerplicht()
    coordinator, leaving, plain = (interviewer(factories.coordinator()), interviewer(factories.coordinator(), ends_on=day(4)),
                                   factories.coordinator())  # fmt: skip
    owner = interviewer(factories.CaseMemberFactory(case=case).user)
    # None of these: without work on the case, elsewhere, ended, De Reis only
    stray = interviewer(factories.UserFactory())
    past = interviewer(factories.coordinator(), starts_on=day(-9), ends_on=day(-1))
    contact = interviewer(factories.swv_contact())

    response = page_of(client_of(leerplicht), case)

    shown = {viewer.user: viewer.reasons_until for viewer in response.context["viewers"] if viewer.sees_reasons}
    assert shown == {coordinator: day(20), leaving: day(4), owner: day(20)}
    for user in (leerplicht, coordinator, leaving, plain, owner, stray, past, contact):
        with acting_as(user):
            assert reasons_of(case) == (["ass"] if user in shown else []), user
    assert "geen toestemming" not in response.content.decode()
    assert "Autisme" not in response.content.decode()


def test_without_a_yes_to_reasons_nobody_sees_them_and_it_says_so(client_of):
    case = shared()
    may_be_seen(case, reasons=-1)
    interviewer(factories.coordinator())

    response = page_of(client_of(factories.leerplicht()), case)

    assert not any(viewer.sees_reasons for viewer in response.context["viewers"])
    assert "Voor redenen of een diagnose is er nu geen toestemming." in response.content.decode()


def test_the_name_has_an_end_of_its_own(client_of):
    case = shared()
    twice, soon = factories.coordinator(), factories.coordinator(ends_on=day(3))
    for user, until in ((twice, 2), (twice, 9), (soon, 9)):
        factories.IdentityGrantFactory(case=case, user=user, until=day(until))
    leerplicht = factories.leerplicht()

    response = page_of(client_of(leerplicht), case)

    ends = {viewer.user: (viewer.knows_name, viewer.name_until) for viewer in response.context["viewers"]}
    assert ends == {leerplicht: (True, None), twice: (True, day(9)), soon: (True, day(3))}
