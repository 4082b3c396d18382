"""Jeugdigen: what each sees in the list, and that a name never reaches a URL."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.models import AuditEvent
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
URL = "/jeugdigen/"
MOST_QUERIES = 12


def codes(response):
    return [row["case"].code for row in response.context["rows"]]


def shared(**fields):
    return factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=100), **fields)


def elsewhere(**fields):
    return shared(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2202"), **fields)


def test_everybody_sees_the_own_jeugdigen_only(client_of):
    hidden, open_ = factories.CaseFactory(), shared()
    elsewhere()
    owned = elsewhere()
    owner = factories.CaseMemberFactory(case=owned).user

    assert codes(client_of(factories.leerplicht()).get(URL)) == [open_.code, hidden.code]
    assert codes(client_of(factories.coordinator()).get(URL)) == [open_.code]
    assert codes(client_of(owner).get(URL)) == [owned.code]
    assert codes(client_of(factories.leerplicht("Assen")).get(URL)) == []


def test_who_has_no_work_here_gets_404(client_of):
    shared()

    for user in (factories.swv_contact(), *(factories.national(role) for role in ("project", "fg", "beheer"))):
        client = client_of(user)
        assert [client.get(URL).status_code, client.post(URL, {"term": "1"}).status_code] == [404, 404]


def test_a_coordinator_hears_how_many_are_not_shared_and_nothing_else(client_of):
    shared()
    hidden = [factories.CaseFactory(next_step="Geheim"), factories.CaseFactory()]
    factories.CaseFactory(closed_on=timezone.localdate())

    page = client_of(factories.coordinator()).get(URL).content.decode()

    assert "2 jeugdigen zijn nog niet gedeeld." in page
    assert not any(case.code in page for case in hidden)
    assert "Geheim" not in page
    assert "Jeugdige aanmelden" not in page


def test_the_row_says_where_things_stand(client_of):
    case = shared(status="uitvoering", next_step="Bel de bakker", last_contact_on=timezone.localdate())
    factories.JourneyFactory(case=case, wensdroom="Ik wil bakker worden.", wensdroom_short="Een bakkerij")
    factories.CaseMemberFactory(case=case, user=factories.UserFactory(name="Youssef Aydin"))

    page = client_of(factories.coordinator()).get(URL).content.decode()

    for words in (case.code, "Op reis", "Een bakkerij", "Youssef A.", "Bel de bakker", "1 jeugdige"):
        assert words in page


def test_the_number_of_queries_does_not_grow_with_the_rows(client_of):
    def fill(number):
        for _ in range(number):
            case = shared()
            factories.JourneyFactory(case=case, wensdroom_short="Een bakkerij")
            factories.CaseMemberFactory(case=case)

    def count(user):
        client = client_of(user)
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        return len([q for q in queries if "SAVEPOINT" not in q["sql"]])

    users = factories.leerplicht(), factories.coordinator()
    fill(1)
    with_one = [count(user) for user in users]
    fill(2)

    assert [count(user) for user in users] == with_one
    assert max(with_one) <= MOST_QUERIES


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c"}),
        ("status=op_reis", {"a"}),
        ("status=op_reis&status=rustpunt", {"a", "b"}),
        ("situatie=5a", {"b"}),
        ("eigenaar=ik", {"a"}),
        ("eigenaar=niemand", {"b", "c"}),
        ("contact=nooit", {"c"}),
        ("contact=14", {"b", "c"}),
        ("contact=42", {"b", "c"}),
        ("toestemming=geldig", {"a", "b"}),
        ("toestemming=loopt_af", {"b"}),
        ("toestemming=gevraagd", set()),
        ("toestemming=ingetrokken", {"c"}),
        ("toestemming=niet", set()),
        ("status=op_reis&situatie=5a", set()),
    ],
)
def test_filters_narrow(client_of, query, found):
    today, user = timezone.localdate(), factories.leerplicht()
    cases = {
        "a": shared(status="nazorg", last_contact_on=today),
        "b": factories.CaseFactory(
            status="rustpunt",
            situation="5a",
            last_contact_on=today - timedelta(days=43),
            shared_until=today + timedelta(days=30),
        ),
        "c": factories.CaseFactory(status="signaal"),
    }
    factories.CaseMemberFactory(case=cases["a"], user=user)
    factories.ConsentFactory(case=cases["c"], answer="gevraagd")
    factories.ConsentFactory(case=cases["c"], answer="geweigerd")

    response = client_of(user).get(f"{URL}?{query}")

    assert response.status_code == 200
    assert set(codes(response)) == {cases[name].code for name in found}


@pytest.mark.parametrize(
    "query", ["status=x", "situatie=%00", "eigenaar=999999", "toestemming=1", "contact=-1", "sort=x", "q=Pippeloentje"]
)
def test_an_unknown_filter_is_refused_and_shows_nothing(client_of, query):
    shared()

    response = client_of(factories.coordinator()).get(f"{URL}?{query}")

    assert (response.status_code, codes(response)) == (422, [])


@pytest.mark.parametrize("page", ["0", "99", "x", ""])
def test_a_page_that_is_not_there_becomes_one_that_is(client_of, page):
    shared()

    assert len(codes(client_of(factories.coordinator()).get(f"{URL}?page={page}"))) == 1


def test_twenty_five_on_a_page_and_the_filters_stay(client_of):
    for _ in range(26):
        shared(status="rustpunt")

    client = client_of(factories.coordinator())
    first, second = client.get(f"{URL}?status=rustpunt"), client.get(f"{URL}?status=rustpunt&page=2")

    assert (len(codes(first)), len(codes(second))) == (25, 1)
    assert "?status=rustpunt&amp;page=2" in first.content.decode()
    assert "26 jeugdigen" in first.content.decode()


def test_headers_sort_and_turn_round(client_of):
    today = timezone.localdate()
    late, early = shared(last_contact_on=today, status="rustpunt"), shared(last_contact_on=today - timedelta(days=9))
    client = client_of(factories.coordinator())

    assert codes(client.get(URL)) == [early.code, late.code]
    assert codes(client.get(f"{URL}?sort=code")) == [late.code, early.code]
    assert codes(client.get(f"{URL}?sort=contact")) == [early.code, late.code]
    assert codes(client.get(f"{URL}?sort=-status")) == [late.code, early.code]
    assert 'aria-sort="ascending"' in client.get(f"{URL}?sort=contact").content.decode()


def test_htmx_gets_the_results_alone(client_of):
    shared()

    response = client_of(factories.coordinator()).get(
        f"{URL}?q=&status=in_beeld&contact=", headers={"HX-Request": "true"}
    )
    page = response.content.decode()

    assert response["HX-Push-Url"] == f"{URL}?status=in_beeld"
    assert page.strip().startswith("<section")
    assert "<html" not in page


def test_a_chip_takes_one_filter_away(client_of):
    response = client_of(factories.coordinator()).get(f"{URL}?status=rustpunt&status=op_reis&contact=nooit")

    assert [(chip["label"], chip["url"]) for chip in response.context["chips"]] == [
        ("Status: rustpunt", "?status=op_reis&contact=nooit"),
        ("Status: op reis", "?status=rustpunt&contact=nooit"),
        ("Laatste contact: nog geen contact", "?status=rustpunt&status=op_reis"),
    ]
    assert "Geen jeugdigen gevonden met" in response.content.decode()


def test_the_first_use_offers_the_first_step(client_of):
    leerplicht = client_of(factories.leerplicht()).get(URL).content.decode()
    coordinator = client_of(factories.coordinator()).get(URL).content.decode()

    assert "Hier komen de jeugdigen van jouw team. Begin met één." in leerplicht
    assert "zodra er toestemming is om te delen" in coordinator


# Search


@pytest.mark.parametrize("term", ["WEL-{:04d}", "wel {}", "{}", " {:04d} "])
def test_a_code_is_found_in_the_query_string(client_of, term):
    case = shared()
    shared()

    response = client_of(factories.coordinator()).post(URL, {"term": term.format(case.pk)}, follow=True)

    assert response.redirect_chain == [(f"{URL}?q={case.code}", 302)]
    assert codes(response) == [case.code]


def test_leerplicht_finds_by_name_without_a_trace_in_the_url(client_of):
    case = factories.IdentityFactory(first_name="Zoë", last_name="Verzonnen", case=factories.CaseFactory()).case
    factories.IdentityFactory(first_name="Zoë", case=elsewhere())
    user = factories.leerplicht()

    response = client_of(user).post(URL, {"term": "zoe ver"})

    assert (response.status_code, codes(response)) == (200, [case.code])
    assert "Verzonnen" not in response.content.decode()
    with as_owner():
        events = AuditEvent.objects.filter(event="identity_searched").values_list("user_id", "case_id", "detail")
        assert list(events) == [(user.pk, case.pk, {})]


def test_each_jeugdige_that_a_name_fits_gets_a_line_and_none_says_so_too(client_of):
    people = [factories.IdentityFactory(case=factories.CaseFactory()) for _ in range(3)]
    factories.IdentityFactory(case=elsewhere())
    client = client_of(factories.leerplicht())

    def on_record():
        with as_owner():
            events = AuditEvent.objects.filter(event="identity_searched")
            return sorted(events.values_list("case_id", flat=True), key=lambda pk: pk or 0)

    client.post(URL, {"term": "Pippeloentje"})
    assert on_record() == [person.case_id for person in people]

    client.post(URL, {"term": "niemand heet zo"})
    assert on_record() == [None, *(person.case_id for person in people)]
    assert "Op naam gezocht" in client.get(f"/jeugdigen/{people[0].case.code}/wie-kan-dit-zien/").content.decode()


def test_who_may_not_know_names_cannot_search_them(client_of):
    case = factories.IdentityFactory(case=shared()).case
    coordinator = factories.coordinator()

    refused = client_of(coordinator).post(URL, {"term": "Pippeloentje"})
    assert refused.status_code == 422
    assert "Namen zijn hier verborgen." in refused.content.decode()

    factories.IdentityGrantFactory(case=case, user=coordinator, until=timezone.localdate())
    factories.IdentityFactory(case=shared())
    assert codes(client_of(coordinator).post(URL, {"term": "Pippeloentje"})) == [case.code]


@pytest.mark.parametrize("term", ["", "x", "x" * 81, "Pip\x00", "123456782"])
def test_a_search_that_cannot_be_says_so(client_of, term):
    factories.IdentityFactory()

    response = client_of(factories.leerplicht()).post(URL, {"term": term})

    assert response.status_code in (302, 422)
    if response.status_code == 422:
        assert response.context["search"].errors["term"]


@pytest.mark.parametrize("term", ["%", "_", "%%", "\\"])
def test_wildcards_are_letters(client_of, term):
    factories.IdentityFactory()

    response = client_of(factories.leerplicht()).post(URL, {"term": f"{term}{term}"})

    assert codes(response) == []


def test_the_filter_offers_the_owners_of_the_own_jeugdigen_and_nobody_else(client_of):
    own, colleague = shared(), shared()
    hidden, far, former = factories.CaseFactory(), elsewhere(), shared()
    for case, name in ((own, "Zoë Eigen"), (colleague, "Aad Naast"), (hidden, "Hidde Dicht"), (far, "Vera Ver")):
        factories.CaseMemberFactory(case=case, user=factories.UserFactory(name=name))
    factories.CaseMemberFactory(
        case=former, user=factories.UserFactory(name="Toon Toen"), starts_on="2020-01-01", ends_on="2020-02-01"
    )
    factories.CaseMemberFactory(case=own, role="verbinder", user=factories.UserFactory(name="Vin Verbinder"))

    def offered(user):
        return [label for value, label in client_of(user).get(URL).context["form"].fields["eigenaar"].choices[3:]]

    assert offered(factories.coordinator()) == ["Aad Naast", "Zoë Eigen"]
    assert offered(factories.leerplicht()) == ["Aad Naast", "Hidde Dicht", "Zoë Eigen"]
    assert offered(factories.leerplicht("Emmen")) == ["Vera Ver"]


@pytest.mark.parametrize("query", ["", "?sort=status", "?situatie=av", "?status=in_beeld&toestemming=geldig"])
def test_the_number_above_the_list_is_the_length_of_the_list(client_of, query):
    """Without a filter one function counts, with a filter the query does."""
    for _ in range(2):
        shared()
        elsewhere()
        factories.CaseFactory()
    both = factories.leerplicht()
    factories.MembershipFactory(user=both, swv=factories.swv("PO2202"))

    context = client_of(both).get(URL + query).context

    assert context["count"] == len(context["rows"]) == (4 if "geldig" in query else 6)
