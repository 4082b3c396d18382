"""WEL-teams on the screen: who reads, who changes, and what happens when two do so at once."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from meetings.actions.team import add_member, change_team
from meetings.models import TeamMember, WelTeam
from regions.models import Membership, Role
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db

LIST = "/wel-tafels/teams/"
WEEKS = {"rhythm": "weken", "every_weeks": "3", "weekday": "2", "starts_at": "13.30"}
NUMBERS = {"cases_per_session": "2", "minutes_per_case": "45", "soft_maximum": "5", "feedback_days": "7"}
TEAM = {
    "name": "Team Noord",
    "table_word": "MDO+",
    "starts_on": "1-9-2026",
    "place_kind": "online",
    **WEEKS,
    **NUMBERS,
}


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def text_of(response):
    body = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", body)))


def saved_teams():
    with as_owner():
        return list(WelTeam.objects.unscoped())


def saved_members():
    with as_owner():
        return list(TeamMember.objects.unscoped())


def address(name, *args):
    return reverse(f"meetings:{name}", args=args)


def errors_of(response):
    assert response.status_code == 422
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_the_coordinator_adds_a_team_with_what_the_programme_advises(client_of):
    coordinator = factories.coordinator()
    client = client_of(coordinator)

    form = client.get(address("team_add")).context["form"]
    filled = {name: form[name].value() for name in NUMBERS}
    response = client.post(address("team_add"), TEAM | {"swv": factories.swv().pk})

    (team,) = saved_teams()
    assert filled == {"cases_per_session": 2, "minutes_per_case": 45, "soft_maximum": 5, "feedback_days": 7}
    assert (form["table_word"].value(), form["rhythm"].value()) == ("WEL-tafel", "weken")
    assert form["starts_on"].value() == f"{day(0).day}-{day(0).month}-{day(0).year}"
    assert response.url == address("team_detail", team.pk)
    assert (team.name, team.table_word, team.swv, team.updated_by) == (
        "Team Noord",
        "MDO+",
        factories.swv(),
        coordinator,
    )
    assert team.rhythm_text == "elke 3 weken op dinsdag, 13.30 uur"


def test_a_swv_has_more_than_one_team_but_no_two_with_one_name(client_of):
    factories.WelTeamFactory(name="Team Noord")
    factories.WelTeamFactory(name="Team Zuid", swv=factories.swv("VO2001"))
    client = client_of(factories.coordinator())
    new = TEAM | {"swv": factories.swv().pk}

    refused = client.post(address("team_add"), new | {"name": "team noord"})
    elsewhere = client.post(address("team_add"), new | {"name": "Team Zuid"})  # that one is of another SWV

    assert errors_of(refused) == {"name": ["Er is al een team met deze naam. Kies een andere."]}
    assert elsewhere.status_code == 302
    assert sorted(team.name for team in saved_teams()) == ["Team Noord", "Team Zuid", "Team Zuid"]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"every_weeks": ""}, {"every_weeks": ["Vul in om de hoeveel weken."]}),
        ({"weekday": "", "starts_at": ""}, {"weekday": ["Kies een dag."], "starts_at": ["Vul de tijd in."]}),
        ({"rhythm": "maand"}, {"month_week": ["Kies welke week van de maand."]}),
        ({"starts_at": "25.00"}, {"starts_at": ["Schrijf de tijd als 13.30."]}),
        ({"place_kind": "fysiek"}, {"default_place": ["Vul de plek in waar jullie bij elkaar komen."]}),
        ({"minutes_per_case": "5"}, {"minutes_per_case": ["Vul een getal in van 15 tot en met 180."]}),
        ({"feedback_days": "0"}, {"feedback_days": ["Vul een getal in van 1 tot en met 14."]}),
    ],
)
def test_what_belongs_to_a_rhythm_or_a_place_is_asked_at_its_field(client_of, change, errors):
    response = client_of(factories.coordinator()).post(address("team_add"), TEAM | {"swv": factories.swv().pk} | change)

    assert errors_of(response) == errors
    assert saved_teams() == []


def test_what_does_not_belong_to_the_rhythm_or_the_place_is_left_out(client_of):
    client = client_of(factories.coordinator())
    filled = TEAM | {"swv": factories.swv().pk, "month_week": "2", "default_place": "De Verzonnen Zaal"}

    client.post(address("team_add"), filled | {"name": "Weken"})
    client.post(address("team_add"), filled | {"name": "Maand", "rhythm": "maand", "place_kind": "beide"})
    client.post(address("team_add"), filled | {"name": "Verzoek", "rhythm": "verzoek"})

    found = {
        team.name: (team.every_weeks, team.month_week, team.weekday, bool(team.starts_at), team.default_place)
        for team in saved_teams()
    }
    assert found == {
        "Weken": (3, None, 2, True, ""),
        "Maand": (None, 2, 2, True, "De Verzonnen Zaal"),
        "Verzoek": (None, None, None, False, ""),
    }


READERS = {
    "leerplicht": factories.leerplicht,
    "eigenaar": lambda: factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv()).user,
    "SWV-contact": factories.swv_contact,
}


@pytest.mark.parametrize("make", READERS.values(), ids=READERS)
def test_who_works_in_the_swv_reads_the_team_and_changes_nothing(client_of, make):
    team = factories.WelTeamFactory(name="Team Noord")
    factories.TeamMemberFactory(team=team, function="jeugdarts")
    factories.WelTeamFactory(name="Team Elders", swv=factories.swv("PO2203"))
    client = client_of(make())

    listed, page = client.get(LIST), client.get(address("team_detail", team.pk))

    assert "Team Noord" in text_of(listed)
    assert "Team Elders" not in text_of(listed)
    assert "jeugdarts" in text_of(page)
    assert 'href="/wel-tafels/"' in page.content.decode()
    for body in (answer.content.decode().partition("<main")[2] for answer in (listed, page)):
        assert "toevoegen" not in body
        assert "wijzig/" not in body


def test_without_a_team_the_coordinator_may_begin_and_others_hear_who_can(client_of):
    begin = client_of(factories.coordinator()).get(LIST).content.decode()
    wait = client_of(factories.leerplicht()).get(LIST).content.decode()

    assert f'href="{address("team_add")}"' in begin
    assert address("team_add") not in wait
    assert "De coördinator van het samenwerkingsverband kan er een toevoegen." in wait


@pytest.mark.parametrize("role", [Role.PROJECT, Role.FG, Role.BEHEER])
def test_national_roles_have_no_teams_in_their_menu(client_of, role):
    client = client_of(factories.national(role))

    assert 'href="/wel-tafels/"' not in client.get("/").content.decode()
    assert [client.get(path).status_code for path in (LIST, "/wel-tafels/")] == [404, 404]


def test_a_team_stops_and_stays_to_be_read(client_of):
    team = factories.WelTeamFactory(name="Team Noord", starts_on=day(-30))
    client = client_of(factories.coordinator())

    too_early = client.post(address("team_end", team.pk), {"ends_on": f"{day(-31):%d-%m-%Y}", "version": 1})
    client.post(address("team_end", team.pk), {"ends_on": f"{day(-1):%d-%m-%Y}", "version": 1})

    assert errors_of(too_early) == {"ends_on": ["De laatste dag ligt voor de eerste."]}
    assert "Gestopt" in text_of(client.get(LIST))
    assert "gestopt, laatste dag" in text_of(client.get(address("team_detail", team.pk)))
    # It goes on after all.
    client.post(address("team_end", team.pk), {"ends_on": "", "version": 2})
    assert [row.ends_on for row in saved_teams()] == [None]
    assert "Gestopt" not in text_of(client.get(LIST))


def test_two_coordinators_at_once_lose_nothing(client_of):
    team = factories.WelTeamFactory(name="Team Noord")
    first, second = factories.coordinator(user__name="Merel Eerst"), factories.coordinator()
    client = client_of(second)
    version = client.get(address("team_edit", team.pk)).context["form"]["version"].value()
    with acting_as(first):
        assert change_team(team=team, values={"name": "Van Merel"}, version=version, by=first)

    refused = client.post(address("team_edit", team.pk), TEAM | {"name": "Van mij", "version": version})

    assert refused.status_code == 409
    told = text_of(refused)
    assert "Merel E. paste dit" in told
    assert "Van Merel" in told
    assert refused.context["form"]["name"].value() == "Van mij"
    assert [row.name for row in saved_teams()] == ["Van Merel"]
    # Once more, now that both texts were seen.
    again = {name: refused.context["form"][name].value() for name in [*TEAM, "version"]}
    assert client.post(address("team_edit", team.pk), again).status_code == 302
    assert [row.name for row in saved_teams()] == ["Van mij"]


def test_only_who_works_in_the_swv_and_is_not_in_the_team_can_be_chosen(client_of):
    team = factories.WelTeamFactory()
    coordinator = factories.coordinator()
    leerplicht, contact = factories.leerplicht(), factories.swv_contact()
    factories.coordinator("PO2203")  # elsewhere
    factories.leerplicht("Emmen")
    factories.coordinator(user__is_active=False)
    past = factories.MembershipFactory(swv=factories.swv())
    with as_owner():
        Membership.objects.filter(pk=past.pk).update(starts_on=day(-9), ends_on=day(-1))
    factories.TeamMemberFactory(team=team, user=factories.coordinator())

    form = client_of(coordinator).get(address("colleague_add", team.pk)).context["form"]

    assert set(form.fields["user"].queryset) == {coordinator, leerplicht, contact}


def test_colleagues_and_partners_come_into_the_team_and_leave_it(client_of):
    team = factories.WelTeamFactory()
    coordinator, chair = factories.coordinator(), factories.leerplicht(user__name="Wieke Voor")
    client = client_of(coordinator)
    today = f"{day(0):%d-%m-%Y}"

    client.post(address("colleague_add", team.pk), {"user": chair.pk, "role": "voorzitter", "starts_on": today})
    partner = {"function": "jeugdarts", "organisation": "GGD Verzonnen", "email": "Arts@GGD.test", "role": "partner"}
    client.post(address("partner_add", team.pk), partner | {"starts_on": today})

    shown = text_of(client.get(address("team_detail", team.pk)))
    assert re.search(r"Voorzitter Wieke Voor .*Partners jeugdarts, GGD Verzonnen arts@ggd.test zonder account", shown)
    row = next(member for member in saved_members() if member.user_id is None)
    url = address("member_edit", team.pk, row.pk)
    client.post(url, partner | {"starts_on": today, "ends_on": today, "version": 1})
    with as_owner():
        TeamMember.objects.unscoped().filter(pk=row.pk).update(starts_on=day(-9), ends_on=day(-1))
    shown = text_of(client.get(address("team_detail", team.pk)))
    assert "Deed eerder mee jeugdarts, GGD Verzonnen" in shown
    assert "arts@ggd.test" not in shown


def test_the_same_person_is_in_a_team_once(client_of):
    team = factories.WelTeamFactory()
    colleague, coordinator = factories.coordinator(), factories.coordinator()
    client = client_of(coordinator)
    values = {"user": colleague, "role": "kernteam", "starts_on": day(0)}
    partner = {"function": "a", "organisation": "b", "email": "x@y.test", "role": "partner", "starts_on": "1-9-2026"}

    with acting_as(coordinator):
        first = add_member(team=team, values=values, by=coordinator)
        second = add_member(team=team, values=values, by=coordinator)  # somebody pressed the button at the same time
    client.post(address("partner_add", team.pk), partner)
    twice = client.post(address("partner_add", team.pk), partner | {"email": "X@Y.test"})

    assert (first is not None, second) == (True, None)
    assert errors_of(twice) == {"email": ["Die staat al in dit team."]}
    assert len(saved_members()) == 2


def test_who_stopped_does_not_come_back_beside_a_newer_row_of_the_same_person(client_of):
    team = factories.WelTeamFactory()
    old = factories.TeamMemberFactory(team=team, email="x@y.test", starts_on=day(-9), ends_on=day(-1))
    factories.TeamMemberFactory(team=team, email="x@y.test")
    answers = {"function": "a", "organisation": "b", "email": "x@y.test", "role": "partner", "starts_on": "1-9-2026"}

    response = client_of(factories.coordinator()).post(
        address("member_edit", team.pk, old.pk), answers | {"ends_on": "", "version": 1}
    )

    assert errors_of(response) == {"email": ["Die staat al in dit team."]}


def test_two_at_once_on_one_member_lose_nothing(client_of):
    team = factories.WelTeamFactory()
    member = factories.TeamMemberFactory(team=team, function="jeugdarts")
    client = client_of(factories.coordinator())
    answers = {"function": "huisarts", "organisation": "Praktijk", "email": member.email, "role": "partner"}
    url = address("member_edit", team.pk, member.pk)

    saved = client.post(url, answers | {"starts_on": "1-9-2026", "version": 1})
    refused = client.post(url, answers | {"function": "wijkagent", "starts_on": "1-9-2026", "version": 1})

    assert (saved.status_code, refused.status_code) == (302, 409)
    assert refused.context["form"]["function"].value() == "wijkagent"
    assert [row.function for row in saved_members()] == ["huisarts"]


def test_the_team_says_who_has_no_werkplek_there_any_more(client_of):
    team = factories.WelTeamFactory()
    place = factories.MembershipFactory(swv=factories.swv(), user__name="Vera Vertrok")
    factories.TeamMemberFactory(team=team, user=place.user)
    factories.TeamMemberFactory(team=team, user=factories.leerplicht())
    client = client_of(factories.coordinator())
    url = address("team_detail", team.pk)
    before = text_of(client.get(url))
    with as_owner():
        Membership.objects.filter(pk=place.pk).update(starts_on=day(-9), ends_on=day(-1))

    after = text_of(client.get(url))

    assert "geen werkplek meer" not in before
    assert after.count("geen werkplek meer") == 1
