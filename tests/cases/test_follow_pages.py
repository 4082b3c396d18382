"""Volgen: events bring moments along, moments come on Vandaag, and rounding off asks what must be there."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone

from access.models import AuditEvent
from cases.models import Case, Closing, FollowEvent, FollowUp
from cases.rules.closing import checks, curve, missing, moments_after, months_after, remove_on
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def ago(days):
    return TODAY - timedelta(days=days)


def typed(day):
    return f"{day.day}-{day.month}-{day.year}"


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=200), status="uitvoering")


@pytest.fixture
def team(client_of):
    return client_of(factories.coordinator())


def url(name, case, *more):
    return reverse(f"cases:{name}", args=[case.pk, *more])


def rows(model, **fields):
    with as_owner():
        return list(model.objects.unscoped().filter(**fields))


def fresh(case):
    return rows(Case, pk=case.pk)[0]


def event(**more):
    return {"kind": "stap", "happened_on": typed(TODAY), "movement": "vooruit", "place": "", "note": "", **more}


def test_the_rules_of_following():
    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert moments_after("ingeschreven", date(2025, 11, 30)) == [
        ("nazorg", date(2025, 12, 30)), ("nazorg", date(2026, 2, 28)), ("nazorg", date(2026, 5, 30)),
    ]  # fmt: skip
    assert moments_after("thuis", date(2026, 3, 10)) == [("herstart", date(2026, 3, 17))]
    assert moments_after("verhuisd", date(2026, 3, 10)) == [("overdracht", date(2026, 3, 24))]
    assert moments_after("tlv", date(2026, 3, 10)) == []
    assert remove_on(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert curve(["vooruit", "gelijk", "terug", "terug"]) == [1, 1, 0, -1]

    ready = {
        "missing_items": 0,
        "keeper": "de mentor",
        "open_moments": 0,
        "enrolled_on": None,
        "today": date(2026, 3, 10),
    }
    assert missing(checks(**ready)) == []
    for change, key in (
        ({"missing_items": 2}, "reis"),
        ({"keeper": " "}, "nazorg"),
        ({"open_moments": 1}, "afspraken"),
        ({"open_actions": 1}, "afspraken"),
        ({"enrolled_on": date(2025, 9, 11)}, "volgen"),
    ):
        assert [check.key for check in missing(checks(**ready | change))] == [key]
    assert missing(checks(**ready | {"enrolled_on": date(2025, 9, 10)})) == []


def test_enrolling_is_followed_for_six_months_and_asked_on_vandaag(team, case):
    answer = team.post(
        url("event_add", case),
        event(kind="ingeschreven", place="Praktijkschool", is_partial="on", happened_on=typed(ago(40))),
    )
    page = team.get(answer.url).content.decode()
    today = team.get(reverse("reporting:today")).content.decode()

    assert [moment.due_on for moment in rows(FollowUp)] == [months_after(ago(40), months) for months in (1, 3, 6)]
    assert "Ingeschreven op een school: Praktijkschool, voor een deel" in page
    assert f"Vraag hoe het gaat met {case.code}" in today
    assert today.count(f"Vraag hoe het gaat met {case.code}") == 1  # the others are months away

    first = rows(FollowUp)[0]
    done = team.post(url("moment_finish", case, first.pk), {"outcome": "goed", "done_on": typed(TODAY), "version": "1"})
    assert done.status_code == 302
    assert f"Vraag hoe het gaat met {case.code}" not in team.get(reverse("reporting:today")).content.decode()
    again = team.post(url("moment_finish", case, first.pk), {"outcome": "steun", "done_on": typed(TODAY)}, follow=True)
    assert "Dit is al gedaan" in again.content.decode()
    assert rows(FollowUp, pk=first.pk)[0].outcome == "goed"


def test_home_again_is_an_event_of_its_own_and_ends_the_aftercare(team, case):
    team.post(url("event_add", case), event(kind="ingeschreven", place="De school", happened_on=typed(ago(37))))
    moment = rows(FollowUp)[0]

    team.post(url("moment_finish", case, moment.pk), {"outcome": "thuis", "done_on": typed(ago(1)), "note": "Te druk."})

    assert {(each.kind, each.movement) for each in rows(FollowEvent)} == {
        ("ingeschreven", "vooruit"),
        ("thuis", "terug"),
    }
    assert [(each.kind, each.due_on) for each in rows(FollowUp, outcome="")] == [("herstart", ago(-6))]
    assert [each.outcome for each in rows(FollowUp, kind="nazorg")] == ["thuis", "vervallen", "vervallen"]


def test_a_school_has_a_name_and_a_day_to_come_is_refused(team, case):
    answer = team.post(url("event_add", case), event(kind="ingeschreven", happened_on=typed(ago(-1))))

    assert answer.status_code == 422
    assert "Vul in welke school, plek of gemeente." in answer.content.decode()
    assert "Deze datum ligt in de toekomst." in answer.content.decode()
    assert rows(FollowEvent) == []


def test_whoever_is_second_sees_what_the_other_wrote(team, case):
    one = factories.FollowEventFactory(case=case, note="eerst")
    seen = {**event(note="van mij"), "version": "1"}
    team.post(url("event_edit", case, one.pk), {**event(note="van een ander"), "version": "1"})

    answer = team.post(url("event_edit", case, one.pk), seen)

    assert answer.status_code == 409
    assert "van een ander" in answer.content.decode()
    assert rows(FollowEvent)[0].note == "van een ander"
    assert team.post(url("event_edit", case, one.pk), {**seen, "version": "2"}).status_code == 302


def complete(case):
    factories.JourneyFactory(
        case=case, wensdroom="bakken", cooperation="a", plan="b", means_needed="c", means_present="deels",
        distance_start=1, distance_now=2,
    )  # fmt: skip


def test_rounding_off_waits_until_everything_is_there(team, case):
    moment = factories.FollowUpFactory(case=case)
    off = {"on": typed(TODAY), "version": case.version}

    page = team.get(url("round_off", case)).content.decode()
    refused = team.post(url("round_off", case), off)

    assert refused.status_code == 422
    assert "nog 7 te schrijven" in page
    assert "Schrijf op waarom je toch afrondt" in refused.content.decode()
    complete(case)
    team.post(url("closing", case), {"keeper": "de mentor van school", "version": "0"})
    team.post(url("moment_finish", case, moment.pk), {"outcome": "goed", "done_on": typed(TODAY)})
    assert team.post(url("round_off", case), off).status_code == 302
    assert (fresh(case).status, fresh(case).closed_on) == ("afgerond", TODAY)
    assert rows(Closing)[0].remove_on == remove_on(TODAY, 3)
    assert f"Bewaard tot {format_date(remove_on(TODAY, 3), 'j F Y')}" in team.get(url("follow", case)).content.decode()


def test_the_way_out_is_a_reason_and_it_is_kept(team, case):
    off = {"on": typed(TODAY), "version": case.version, "exception": "Het gezin is verhuisd naar het buitenland."}

    assert team.post(url("round_off", case), off).status_code == 302

    assert fresh(case).status == "afgerond"
    assert rows(Closing)[0].exception == off["exception"]


def test_the_page_of_the_status_leads_to_rounding_off(team, case):
    answer = team.post(url("status", case), {"status": "afgerond", "on": typed(TODAY), "version": case.version})

    assert answer.status_code == 422
    assert "Afronden doe je op de pagina Volgen" in answer.content.decode()
    assert fresh(case).status == "uitvoering"


def test_stopping_sets_the_day_too_and_a_chosen_day_with_a_reason_stays(team, case):
    chosen = {"keeper": "", "remove_on": typed(ago(-2000)), "hold_reason": "Er loopt een bezwaar.", "version": "0"}
    without = team.post(url("closing", case), {**chosen, "hold_reason": ""})
    assert "Schrijf op waarom je van de gewone dag afwijkt." in without.content.decode()
    assert team.post(url("closing", case), chosen).status_code == 302
    other = factories.CaseFactory(shared_until=TODAY + timedelta(days=20))

    for one in (case, other):
        stop = {"status": "gestopt", "reason": "verhuisd", "on": typed(TODAY), "version": one.version}
        assert team.post(url("status", one), stop).status_code == 302

    assert {row.case_id: row.remove_on for row in rows(Closing)} == {
        case.pk: ago(-2000),
        other.pk: remove_on(TODAY, 3),
    }


def test_opened_again_the_day_follows_anew(team, case):
    stop = {"status": "gestopt", "reason": "verhuisd", "on": typed(ago(9)), "version": case.version}
    team.post(url("status", case), stop)
    team.post(url("status", case), {"status": "uitvoering", "on": typed(ago(5)), "version": fresh(case).version})

    page = team.get(url("follow", case)).content.decode()
    form = team.get(url("closing", case)).context["form"]

    assert "De dag volgt uit het afronden." in page
    assert form["remove_on"].value() is None
    saved = team.post(
        url("closing", case), {"keeper": "een tante", "remove_on": "", "version": form["version"].value()}
    )
    assert saved.status_code == 302
    assert [(row.keeper, row.remove_on) for row in rows(Closing)] == [("een tante", None)]


def test_a_day_gone_by_is_proposed_once_and_nothing_is_removed(client_of):
    leerplicht = factories.leerplicht()
    over = factories.CaseFactory(status="gestopt", closed_on=ago(1100))
    kept = factories.CaseFactory(status="gestopt", closed_on=ago(1100))
    again = factories.CaseFactory(status="uitvoering")  # opened again
    for case, day in ((over, ago(9)), (kept, ago(-300)), (again, ago(9))):
        factories.ClosingFactory(case=case, remove_on=day)

    out = [StringIO(), StringIO()]
    for each in out:
        call_command("propose_removals", stdout=each)

    assert [each.getvalue() for each in out] == [
        "Voorgesteld: 1. Er is niets gewist.\n",
        "Voorgesteld: 0. Er is niets gewist.\n",
    ]
    with as_owner():
        lines = list(AuditEvent.objects.filter(event="removal_proposed").values_list("case_id", "on_behalf_of"))
    assert lines == [(over.pk, "WEL")]
    assert len(rows(Case)) == 3
    today = client_of(leerplicht).get(reverse("reporting:today") + "?alles=1").content.decode()
    assert f"Beslis over het bewaren van {over.code}" in today
    assert f"Beslis over het bewaren van {kept.code}" not in today
    assert f"Beslis over het bewaren van {again.code}" not in today


def test_moments_are_planned_ahead(team, case):
    assert team.post(url("moment_add", case), {"due_on": typed(ago(1))}).status_code == 422
    assert team.post(url("moment_add", case), {"due_on": typed(ago(-1300))}).status_code == 422
    assert team.post(url("moment_add", case), {"due_on": typed(ago(-2))}).status_code == 302
    assert [moment.due_on for moment in rows(FollowUp)] == [ago(-2)]


def test_a_line_needs_two_dots_and_says_itself_in_words(team, case):
    factories.FollowEventFactory(case=case, happened_on=date(2026, 1, 1))
    assert "follow-line__road" not in team.get(url("follow", case)).content.decode()
    factories.FollowEventFactory(case=case, happened_on=date(2026, 2, 1), movement="terug")

    page = team.get(url("follow", case)).content.decode()

    assert "van oud naar nieuw: vooruit, een stapje terug." in page
    assert 'd="M 24.0,' in page
