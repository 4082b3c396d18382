"""Vandaag: what each role is shown, that a number is the list behind it, and that it stays few queries."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from regions.models import Role
from reporting.today import quote_in
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page_of(client):
    return re.sub(r"\s+", " ", strip_tags(client.get(reverse("reporting:today")).content.decode()))


def test_leerplicht_is_shown_consent_to_ask_a_first_talk_and_who_was_quiet(client_of):
    asked = factories.CaseFactory()
    factories.ConsentFactory(case=asked, answer="gevraagd")
    ending = factories.CaseFactory(shared_until=TODAY + timedelta(days=9), last_contact_on=TODAY)
    quiet = factories.CaseFactory(shared_until=TODAY + timedelta(days=90), last_contact_on=TODAY - timedelta(days=50))
    elsewhere = factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"))

    page = page_of(client_of(factories.leerplicht()))

    assert f"Toestemming voor {asked.code} Er is om gevraagd." in page
    assert f"Vraag opnieuw toestemming voor {ending.code}" in page
    assert f"Vraag hoe het gaat met {quiet.code}" in page
    assert f"Maak kennis met {asked.code}" in page
    assert elsewhere.code not in page
    assert "Jeugdige aanmelden" in page


def said(case, person, answer, days_ago):
    factories.ConsentFactory(case=case, person=person, answer=answer, answered_on=TODAY - timedelta(days=days_ago))


def test_leerplicht_is_asked_to_ask_again_what_ran_out_and_not_what_was_refused(client_of):
    over = factories.CaseFactory(shared_until=TODAY - timedelta(days=1))
    said(over, "ouder_1", "gegeven", 90)
    never = factories.CaseFactory()
    refused, withdrawn, changed = (factories.CaseFactory() for _ in range(3))
    said(refused, "jeugdige", "geweigerd", 5)
    said(refused, "ouder_1", "gegeven", 2)
    said(withdrawn, "ouder_1", "gegeven", 9)
    said(withdrawn, "ouder_1", "ingetrokken", 5)
    said(withdrawn, "ouder_1", "gevraagd", 1)
    said(changed, "jeugdige", "geweigerd", 5)
    said(changed, "jeugdige", "gegeven", 2)

    page = page_of(client_of(factories.leerplicht()))

    assert f"Vraag opnieuw toestemming voor {over.code}" in page
    assert f"Toestemming vragen voor {never.code}" in page
    assert f"Toestemming voor {changed.code} Er is om gevraagd. Is er antwoord?" in page
    for case in (refused, withdrawn):
        assert f"Maak kennis met {case.code}" in page
        assert not re.search(rf"[Tt]oestemming( vragen)? voor {case.code}", page)


def test_a_coordinator_sees_nothing_of_what_is_not_shared_and_cannot_register(client_of):
    closed = factories.CaseFactory()
    shared = factories.CaseFactory(shared_until=TODAY + timedelta(days=90))

    page = page_of(client_of(factories.coordinator()))

    assert closed.code not in page
    assert f"Maak kennis met {shared.code}" in page
    assert "Jeugdige aanmelden" not in page


def test_every_number_is_the_length_of_the_list_behind_it(client_of):
    for days, status in ((90, "uitvoering"), (90, "afgerond"), (-3, "signaal"), (20, "nazorg")):
        closed_on = TODAY if status == "afgerond" else None
        factories.CaseFactory(shared_until=TODAY + timedelta(days=days), status=status, closed_on=closed_on)
    client = client_of(factories.leerplicht())

    html = client.get(reverse("reporting:today")).content.decode()
    tiles = re.findall(r'<a class="count-tile" href="([^"]+)">\s*<span class="count-tile__number">(\d+)</span>', html)

    assert len(tiles) == 3
    for url, number in tiles:
        behind = strip_tags(client.get(url.replace("&amp;", "&")).content.decode())
        assert re.search(rf"\b{number} jeugdigen?\b", behind), url


def test_lichtjes_of_this_week_show_the_words_and_never_an_entry_for_oneself(client_of):
    case = factories.CaseFactory(shared_until=TODAY + timedelta(days=90))
    factories.LogEntryFactory(case=case, is_spark=True, text="Hij zei: ‘Mag ik morgen weer?’ en lachte.")
    factories.LogEntryFactory(case=case, is_spark=True, readers="ik", text="‘geheim lichtje’")
    factories.LogEntryFactory(case=case, is_spark=True, happened_on=TODAY - timedelta(days=8), text="‘oud lichtje’")

    page = page_of(client_of(factories.coordinator()))

    assert "‘Mag ik morgen weer?’" in page
    assert "geheim lichtje" not in page
    assert "oud lichtje" not in page


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Hij zei: ‘Mag dat?’", "Mag dat?"),
        ("Ze lachte.", "Ze lachte."),
        ("’t Was leuk", "’t Was leuk"),
        ("‘’", "‘’"),
    ],
)
def test_a_quote_is_what_stands_between_the_marks(text, quote):
    assert quote_in(text) == quote


def test_nobody_else_sees_a_code(client_of):
    case = factories.CaseFactory(shared_until=TODAY + timedelta(days=9))
    with as_owner():
        factories.SubsidyFactory()
    for user in (
        factories.swv_contact(),
        factories.national(Role.PROJECT),
        factories.national(Role.FG),
        factories.national(Role.BEHEER),
        factories.UserFactory(),
    ):
        page = page_of(client_of(user))
        assert case.code not in page
        assert "aandacht" in page


@pytest.mark.parametrize("count", [1, 3])
def test_one_jeugdige_or_three_take_as_many_questions(client_of, count, django_assert_num_queries):
    for _ in range(count):
        case = factories.CaseFactory(shared_until=TODAY + timedelta(days=9))
        factories.LogEntryFactory(case=case, is_spark=True)
    client = client_of(factories.leerplicht())
    client.get(reverse("reporting:today"))

    with django_assert_num_queries(14):  # ten questions, two savepoints and the context
        client.get(reverse("reporting:today"))


def test_open_invitations_are_those_of_people_without_a_password(client_of):
    factories.UserFactory()  # never logged in, and no invitation either
    with as_owner():
        invited = factories.UserFactory()
        invited.set_unusable_password()
        invited.save()

    page = page_of(client_of(factories.national(Role.BEHEER)))

    assert "1 open Uitnodigingen die nog niet zijn gebruikt" in page
