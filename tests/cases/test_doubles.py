"""Misschien dubbel: what fits, who hears of it, and what the two coördinatoren see and answer."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from access.context import acting_as
from access.models import AuditEvent
from cases.actions.register import register_signal
from cases.doubles import double_of, open_doubles
from cases.identity import Person, save_identity
from cases.models import PossibleDouble, UncomparedIdentity
from regions.models import Role
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BORN = date(2014, 3, 14)
URL = "/jeugdigen/aanmelden/"


@pytest.fixture
def leerplicht():
    return factories.leerplicht("Groningen")


@pytest.fixture
def here():
    return factories.coordinator("PO2001", user__name="Jikke Hierna", user__phone="050 000 00 01")


@pytest.fixture
def there():
    return factories.coordinator("PO2203", user__name="Aron Daarginds", user__phone="0591 00 00 02")


def emmen(**fields):
    return factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"), **fields)


def known(case, first="Pippeloentje", last="Verzonnen", born=BORN):
    return factories.IdentityFactory(case=case, first_name=first, last_name=last, born_on=born).case


def save(user, case, first="Pippeloentje", last="Verzonnen", born=BORN):
    with acting_as(user):
        save_identity(case.pk, Person(first, last, born))
    return case


def seen_by(user):
    with acting_as(user):
        return [(double.own.swv.key, double.other.swv.key) for double in open_doubles()]


def pairs():
    with as_owner():
        return [(row.older_id, row.newer_id, row.answer) for row in PossibleDouble.objects.order_by("older", "newer")]


def text_of(response):
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


def today_of(client):
    return text_of(client.get(reverse("reporting:today")))


# What fits


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Pippeloentje", "Verzonnen"),
        ("PIPPELOENTJE", "verzónnen"),
        ("Pippeloentje", "Anders"),  # a name after a divorce
        ("Pip", "Verzonnen"),
        ("Pi\u0301ppeloentje", "Anders"),
    ],
)
def test_the_same_birth_date_and_a_name_in_common_is_told_to_both_sides(leerplicht, here, there, first, last):
    old = known(emmen())
    new = save(leerplicht, factories.CaseFactory(), first, last)

    assert seen_by(here) == [("PO2001", "PO2203")]
    assert seen_by(there) == [("PO2203", "PO2001")]
    assert pairs() == [(old.pk, new.pk, "")]


@pytest.mark.parametrize(
    ("first", "last", "born"),
    [
        ("Pippeloentje", "Verzonnen", date(2014, 3, 15)),
        ("Pip", "Anders", BORN),
        ("Verzonnen", "Pippeloentje", BORN),
        ("", "Anders", BORN),
    ],
)
def test_another_day_or_no_name_in_common_does_not_fit(leerplicht, here, first, last, born):
    known(emmen())
    known(emmen(), first="")
    save(leerplicht, factories.CaseFactory(), first, last, born)

    assert seen_by(here) == []


def test_what_who_registers_may_know_was_asked_while_registering(here, there):
    both = factories.leerplicht("Groningen")
    factories.MembershipFactory(user=both, role=Role.LEERPLICHT, swv=factories.swv("PO2203"))
    known(emmen())
    save(both, factories.CaseFactory())

    assert seen_by(here) == seen_by(there) == []


def test_a_right_that_ended_does_not_count(here):
    moved = factories.leerplicht("Groningen")
    factories.MembershipFactory(
        user=moved,
        role=Role.LEERPLICHT,
        gemeente=factories.gemeente("Emmen"),
        starts_on=TODAY - timedelta(days=9),
        ends_on=TODAY - timedelta(days=1),
    )
    known(emmen())
    save(moved, factories.CaseFactory())

    assert seen_by(here) == [("PO2001", "PO2203")]


def test_two_gemeenten_in_one_swv_are_told_to_its_coordinator_once(client_of):
    coordinator = factories.coordinator("PO2202")
    swv = factories.swv("PO2202")
    known(factories.CaseFactory(gemeente=factories.gemeente("Borger-Odoorn"), swv=swv))
    save(factories.leerplicht("Emmen"), factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=swv))

    page = today_of(client_of(coordinator))

    assert page.count("Een jeugdige van PO2202 is misschien twee keer aangemeld Bel") == 1
    assert seen_by(coordinator) == [("PO2202", "PO2202")]


def test_a_signaal_has_no_name_to_compare(leerplicht, here):
    known(emmen())
    with acting_as(leerplicht):
        register_signal(
            by=leerplicht,
            today=TODAY,
            birth_year=2014,
            gemeente=factories.gemeente(),
            swv=factories.swv(),
            situation="av",
        )

    assert seen_by(here) == []


def test_a_name_that_is_put_right_is_compared_again_and_a_pair_is_noted_once(leerplicht, here):
    old = known(emmen())
    new = save(leerplicht, factories.CaseFactory(), "Pip", "Anders")
    assert seen_by(here) == []

    for _ in range(2):
        save(leerplicht, new, "Pip", "Verzonnen")
        assert seen_by(here) == [("PO2001", "PO2203")]
    save(factories.leerplicht("Emmen"), old)

    assert seen_by(here) == [("PO2001", "PO2203")]
    assert pairs() == [(old.pk, new.pk, "")]


def test_two_names_written_on_one_day_make_one_pair(leerplicht, here):
    one = save(leerplicht, factories.CaseFactory())
    two = save(factories.leerplicht("Emmen"), emmen())

    assert seen_by(here) == [("PO2001", "PO2203")]
    assert pairs() == [(one.pk, two.pk, "")]


def test_three_places_are_three_pairs_and_each_coordinator_sees_those_of_the_own_swv(leerplicht, here, there):
    known(emmen())
    known(factories.CaseFactory(gemeente=factories.gemeente("Amsterdam"), swv=factories.swv("PO2707")))
    save(leerplicht, factories.CaseFactory())

    assert sorted(seen_by(here)) == [("PO2001", "PO2203"), ("PO2001", "PO2707")]
    assert seen_by(there) == [("PO2203", "PO2001")]


def test_comparing_waits_for_a_coordinator_and_nobody_else(leerplicht, there):
    known(emmen())
    save(leerplicht, factories.CaseFactory())

    for user in (leerplicht, factories.swv_contact(), factories.national(Role.PROJECT), factories.UserFactory()):
        assert seen_by(user) == []
    assert pairs() == []
    # Anybody's: the finding does not depend on the one of the two who looks first
    assert seen_by(factories.coordinator("VO2001")) == []
    assert len(pairs()) == 1
    with as_owner():
        assert not UncomparedIdentity.objects.exists()


def test_the_day_is_that_on_which_the_name_was_written_down(leerplicht, here):
    known(emmen())
    save(leerplicht, factories.CaseFactory())
    with as_owner():
        UncomparedIdentity.objects.update(saved_on=TODAY - timedelta(days=8))

    with acting_as(here):
        assert [double.found_on for double in open_doubles()] == [TODAY - timedelta(days=8)]


# Who registers learns nothing

FORM = {"first_name": "Pippeloentje", "last_name": "Verzonnen", "born_on": "14-3-2014", "situation": "av",
        "consent": "gegeven", "parent_name": "Ouder Verzonnen", "contact": "0612345678"}  # fmt: skip


class Undone(Exception):
    pass


def registering(client):
    """All that comes back of a registration, and all that was asked of the database; then it never happened."""
    numbers = re.compile(r"WEL-\d+|\b\d+\b|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}|s\d+_x\d+")
    data = FORM | {"gemeente": factories.gemeente().pk, "swv": factories.swv().pk}
    try:
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            quiet = client.post(reverse("cases:register_lookalikes"), data, headers={"HX-Request": "true"})
            saved = client.post(URL, data)
            page = client.get(saved.url)
            said = [str(message) for message in get_messages(saved.wsgi_request)]
            today = client.get(reverse("reporting:today"))
            with as_owner():
                log = list(AuditEvent.objects.order_by("pk").values_list("event", "ground", "on_behalf_of"))
            raise Undone
    except Undone:
        answers = [quiet, saved, page, today]
    return (
        [(answer.status_code, numbers.sub("#", answer.content.decode())) for answer in answers],
        numbers.sub("#", str(said)),
        [numbers.sub("#", re.sub("'[^']*'", "?", query["sql"])) for query in asked],
        log,
    )


def test_a_match_elsewhere_changes_nothing_for_who_registers(client_of, leerplicht, here):
    client = client_of(leerplicht)
    client.get(reverse("reporting:today"))

    without = registering(client)
    known(emmen(shared_until=TODAY + timedelta(days=90)))
    match = registering(client)

    assert match == without
    assert [status for status, _ in match[0]] == [200, 302, 200, 200]
    # And a match it was
    with acting_as(leerplicht):
        save_identity(factories.CaseFactory().pk, Person("Pippeloentje", "Verzonnen", BORN))
    assert seen_by(here) == [("PO2001", "PO2203")]


# The page


@pytest.fixture
def pair():
    own = known(factories.CaseFactory(shared_until=TODAY + timedelta(days=90)))
    elsewhere = known(emmen())
    return factories.PossibleDoubleFactory(cases=[own, elsewhere])


def page_of(pair):
    return reverse("cases:possible_double", args=[pair.pk])


def test_each_side_is_told_its_own_code_once_shared_and_of_the_other_only_whom_to_call(client_of, here, there, pair):
    own, elsewhere = pair.older, pair.newer
    client = client_of(here)
    row = today_of(client)
    response = client.get(page_of(pair))
    page = text_of(response)

    assert "Een jeugdige van PO2001 is misschien ook bekend bij PO2203" in row
    assert page_of(pair) in client.get(reverse("reporting:today")).content.decode()
    assert f"Bij PO2001 {own.code}" in page
    assert f'href="{own.get_absolute_url()}"' in response.content.decode()
    assert "Bij PO2203 een jeugdige die dat team kent" in page
    assert "Aron Daarginds: 0591 00 00 02" in page
    assert 'href="tel:0591000002"' in response.content.decode()
    assert "Jikke Hierna (jij): 050 000 00 01" in page
    assert elsewhere.code not in page + row

    page = text_of(client_of(there).get(page_of(pair)))
    assert "Bij PO2203 een jeugdige die nog niet is gedeeld" in page
    assert "Bij PO2001 een jeugdige die dat team kent" in page
    assert own.code not in page
    assert elsewhere.code not in page


def test_a_code_is_gone_again_when_the_consent_is(client_of, here, pair):
    with as_owner():
        type(pair.older).objects.unscoped().filter(pk=pair.older.pk).update(shared_until=TODAY - timedelta(days=1))

    page = text_of(client_of(here).get(page_of(pair)))

    assert pair.older.code not in page
    assert "Bij PO2001 een jeugdige die nog niet is gedeeld" in page


def test_people_who_left_are_not_to_be_called(client_of, here, pair):
    gone = factories.coordinator("PO2203", user__name="Vera Vertrokken", ends_on=TODAY)
    off = factories.coordinator("PO2203", user__name="Otto Uitgezet", user__is_active=False)
    with as_owner():
        gone.memberships.update(starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=1))

    page = text_of(client_of(here).get(page_of(pair)))

    assert gone.name not in page
    assert off.name not in page
    assert "Dit samenwerkingsverband heeft nog geen coördinator in WEL." in page


def test_everybody_who_can_be_called_is_named(client_of, here, there, pair):
    factories.coordinator("PO2203", user__name="Berend Daarook", user__phone="0591 00 00 03")

    page = text_of(client_of(here).get(page_of(pair)))

    assert "Aron Daarginds: 0591 00 00 02 Berend Daarook: 0591 00 00 03" in page


def test_without_a_number_there_is_an_address(client_of, here, pair):
    other = factories.coordinator("PO2203")

    page = text_of(client_of(here).get(page_of(pair)))

    assert f"{other.name}: geen telefoonnummer in WEL. {other.email}" in page


@pytest.mark.parametrize(("answer", "words"), [("zelfde", "het is dezelfde"), ("ander", "het is een ander")])
def test_one_answer_settles_both_sides_and_says_whose_it_was(client_of, here, there, pair, answer, words):
    response = client_of(there).post(page_of(pair), {"answer": answer, "seen": ""}, follow=True)

    assert response.redirect_chain == [(page_of(pair), 302)]
    assert f"Vastgelegd: {words}." in text_of(response)
    for user in (here, there):
        client = client_of(user)
        assert "misschien ook bekend" not in today_of(client)
        page = text_of(client.get(page_of(pair)))
        assert re.search(rf"Aron Daarginds legde op .+ vast: {words}\. Dat geldt voor beide kanten\.", page)
    assert pairs() == [(pair.older_id, pair.newer_id, answer)]


def test_an_answer_may_be_put_right_and_the_log_keeps_both(client_of, here, there, pair):
    client_of(there).post(page_of(pair), {"answer": "ander", "seen": ""})

    response = client_of(here).post(page_of(pair), {"answer": "zelfde", "seen": "ander"}, follow=True)

    assert "Jikke Hierna legde op" in text_of(response)
    with as_owner():
        lines = AuditEvent.objects.filter(event="double_settled").order_by("pk")
        assert list(lines.values_list("user_id", "case_id", "detail")) == [
            (user.pk, case, {"answer": answer})
            for user, answer in ((there, "ander"), (here, "zelfde"))
            for case in (pair.newer_id, pair.older_id)
        ]


def test_who_is_second_sees_what_the_first_said_and_loses_nothing(client_of, here, there, pair):
    client_of(there).post(page_of(pair), {"answer": "ander", "seen": ""})
    client = client_of(here)

    response = client.post(page_of(pair), {"answer": "zelfde", "seen": ""})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Aron Daarginds legde vast: het is een ander." in text_of(response)
    assert re.search(r'value="zelfde"[^>]*checked', page)
    assert 'name="seen" value="ander"' in page
    assert pairs() == [(pair.older_id, pair.newer_id, "ander")]

    # The same answer from both is no conflict, and stays that of the first
    same = client.post(page_of(pair), {"answer": "ander", "seen": ""}, follow=True)
    assert "Aron Daarginds legde op" in text_of(same)


def test_no_answer_is_asked_again(client_of, here, pair):
    response = client_of(here).post(page_of(pair), {"seen": ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {"answer": ["Kies wat eruit kwam."]}
    assert pairs() == [(pair.older_id, pair.newer_id, "")]


def test_for_anybody_else_it_does_not_exist(client_of, pair):
    users = [
        factories.leerplicht(),
        factories.leerplicht("Emmen"),
        factories.coordinator("VO2001"),
        factories.swv_contact(),
        factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv()).user,
        *(factories.national(role) for role in (Role.PROJECT, Role.FG, Role.BEHEER)),
        factories.UserFactory(),
    ]
    factories.CaseMemberFactory(case=pair.older, user=users[4], role="inbrenger")
    for user in users:
        client = client_of(user)
        assert client.get(page_of(pair)).status_code == 404
        assert client.post(page_of(pair), {"answer": "zelfde", "seen": ""}).status_code == 404
        assert "Misschien dubbel" not in today_of(client)
        with acting_as(user):
            assert double_of(pair.pk) is None
    assert pairs() == [(pair.older_id, pair.newer_id, "")]


def test_a_look_is_on_record_at_the_own_side_only(client_of, here, pair):
    client = client_of(here)
    client.get(reverse("reporting:today"))
    client.get(page_of(pair))

    with as_owner():
        lines = AuditEvent.objects.filter(event__startswith="double").order_by("pk")
        assert list(lines.values_list("event", "user_id", "case_id", "detail")) == [
            ("doubles_listed", here.pk, None, {}),
            ("double_seen", here.pk, pair.older_id, {}),
        ]


def test_a_find_is_on_record_at_both_sides_on_behalf_of_nobody_who_registered(leerplicht, here):
    old = known(emmen())
    new = save(leerplicht, factories.CaseFactory())
    seen_by(here)

    with as_owner():
        lines = AuditEvent.objects.filter(event="double_found").order_by("pk")
        assert list(lines.values_list("user_id", "on_behalf_of", "case_id", "detail")) == [
            (here.pk, "WEL", new.pk, {"case": old.pk}),
            (here.pk, "WEL", old.pk, {"case": new.pk}),
        ]
