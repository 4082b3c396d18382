"""Tafel voorbereiden: the steps in their order, the ten tasks, and what holds the table closed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.models import Case, StatusChange
from meetings import preparation
from meetings.actions import intake as actions
from meetings.models import Checklist, HomeVisit, Intake, NoVoice
from meetings.rules.intake import NO_SCHOOL
from regions.models import Role
from tests import factories
from tests.at_once import at_once
from tests.cases.consent_world import born, said
from tests.database import as_owner

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=day(60), status="voorbereiding")


@pytest.fixture
def coordinator():
    return factories.coordinator()


def url(case, page=""):
    return f"/jeugdigen/{case.code}/tafel/{page}"


def stored(model, case):
    with as_owner():
        return model.objects.unscoped().filter(case=case).first()


def status_of(case):
    with as_owner():
        return Case.objects.unscoped().get(pk=case.pk).status


def tasks(client, case):
    return {task.key: task for task in client.get(url(case)).context["tasks"]}


def held(name, **more):
    return {"held": "geweest", f"{name}_on": "1-9-2020", f"{name}_result": "Een plan.", "version": 1} | more


def contact(person, **more):
    return {
        "contact_on": "2-9-2020", "contact_with": person.pk, "contact_channel": "telefoon",
        "contact_agreed": "Donderdag verder.", "version": 2,
    } | more  # fmt: skip


def test_who_has_no_school_skips_the_first_step_with_one_click_and_goes_on_to_the_table(client_of, case, coordinator):
    client = client_of(coordinator)
    page = client.get(url(case, "aanmelding/")).text
    assert f'value="{NO_SCHOOL}"' in page
    assert page.count("Dit komt na de stap hierboven.") == 2
    assert client.get(url(case, "aanmelding/mdo/?ja")).context["form"]["held"].value() == "geweest"

    step = url(case, "aanmelding/{}/")
    assert client.post(step.format("mdo"), {"held": "nvt", "mdo_skip": NO_SCHOOL, "version": 0}).status_code == 302
    assert client.post(step.format("swv"), held("swv_step")).status_code == 302
    assert client.post(step.format("contact"), contact(coordinator)).status_code == 302
    assert client.post(url(case, "aanmelding/meld-aan/"), {"version": 3}).status_code == 302

    row = stored(Intake, case)
    assert (row.mdo_skip, row.mdo_on, str(row.swv_step_on), row.contact_with) == (
        NO_SCHOOL,
        None,
        "2020-09-01",
        coordinator,
    )
    assert (row.entered_by, row.accepted_at) == (coordinator, None)
    assert status_of(case) == "aangemeld"
    with as_owner():
        step = StatusChange.objects.unscoped().get(case=case, after="aangemeld")
        assert (step.before, step.on, step.changed_by) == ("voorbereiding", TODAY, coordinator)
    assert tasks(client, case)["bringing"].status == "Begonnen"


def test_a_step_waits_for_the_one_before(client_of, case, coordinator):
    client = client_of(coordinator)

    for step, data in (("swv", held("swv_step", version=0)), ("contact", contact(coordinator, version=0))):
        answer = client.post(url(case, f"aanmelding/{step}/"), data, follow=True)
        assert "Zet eerst de stap die hiervoor komt." in answer.text
    client.post(url(case, "aanmelding/meld-aan/"), {"version": 0})

    assert stored(Intake, case) is None
    assert status_of(case) == "voorbereiding"


def test_who_is_enrolled_is_not_offered_to_skip(client_of, coordinator):
    case = factories.CaseFactory(shared_until=day(60), situation="anders", side_group="thuiszitter")

    page = client_of(coordinator).get(url(case, "aanmelding/")).text

    assert NO_SCHOOL not in page
    assert "Leg vast" in page


def test_only_what_goes_with_the_answer_is_kept(client_of, case, coordinator):
    client = client_of(coordinator)
    both = {"mdo_on": "1-9-2020", "mdo_result": "Een plan.", "mdo_skip": "Toch niet."}

    client.post(url(case, "aanmelding/mdo/"), both | {"held": "geweest", "version": 0})
    assert (stored(Intake, case).mdo_result, stored(Intake, case).mdo_skip) == ("Een plan.", "")
    client.post(url(case, "aanmelding/mdo/"), both | {"held": "nvt", "version": 1})
    assert (stored(Intake, case).mdo_on, stored(Intake, case).mdo_result) == (None, "")

    wrong = client.post(url(case, "aanmelding/mdo/"), {"held": "geweest", "version": 2})
    assert wrong.status_code == 422
    assert dict(wrong.context["form"].errors) == {
        "mdo_on": ["Vul de datum in."], "mdo_result": ["Schrijf op wat eruit kwam."],
    }  # fmt: skip


def test_who_was_second_with_a_step_sees_what_a_colleague_wrote(client_of, case, coordinator):
    factories.IntakeFactory(
        case=case, steps=2, swv_step_result="Al gedaan.", updated_by=factories.UserFactory(name="Karin Bos")
    )
    client = client_of(coordinator)

    answer = client.post(url(case, "aanmelding/swv/"), held("swv_step", version=9))

    assert answer.status_code == 409
    assert "Karin B. paste dit" in answer.text
    assert "Al gedaan." in answer.text
    assert "Een plan." in answer.text
    again = held("swv_step", version=answer.context["form"]["version"].value())
    assert client.post(url(case, "aanmelding/swv/"), again).status_code == 302
    assert stored(Intake, case).swv_step_result == "Een plan."


def test_the_coordinator_accepts_and_then_it_stays(client_of, case, coordinator):
    eigenaar = factories.MembershipFactory(role=Role.CASEWORKER, swv=case.swv).user
    factories.CaseMemberFactory(case=case, user=eigenaar)
    factories.IntakeFactory(case=case, entered=eigenaar, mdo_skip="Er is geen school.")
    client = client_of(eigenaar)
    assert "Neem aan" not in client.get(url(case, "aanmelding/")).text
    assert client.post(url(case, "aanmelding/neem-aan/"), {"version": 1}).status_code == 404
    assert "De aanmelding is al gedaan." in client.post(url(case, "aanmelding/mdo/"), held("mdo"), follow=True).text

    client = client_of(coordinator)
    assert "Neem aan" in client.get(url(case, "aanmelding/")).text
    assert "net veranderd" in client.post(url(case, "aanmelding/neem-aan/"), {"version": 7}, follow=True).text
    client.post(url(case, "aanmelding/neem-aan/"), {"version": 1})
    client.post(url(case, "aanmelding/haal-terug/"), {"version": 2})

    row = stored(Intake, case)
    assert (row.accepted_by, row.entered_by, row.mdo_skip) == (coordinator, eigenaar, "Er is geen school.")
    with as_owner():
        assert AuditEvent.objects.filter(event="table_accepted", case_id=case.pk, user_id=coordinator.pk).count() == 1


def test_what_was_entered_can_be_taken_back_until_it_is_accepted(client_of, case, coordinator):
    with as_owner():
        Case.objects.unscoped().filter(pk=case.pk).update(status="aangemeld")
    factories.IntakeFactory(case=case, entered=coordinator)
    client = client_of(coordinator)

    client.post(url(case, "aanmelding/haal-terug/"), {"version": 1})

    assert stored(Intake, case).entered_at is None
    assert status_of(case) == "voorbereiding"
    assert client.post(url(case, "aanmelding/mdo/"), held("mdo", version=2)).status_code == 302


def test_a_jeugdige_whose_journey_is_over_is_not_entered(client_of, case, coordinator):
    with as_owner():
        Case.objects.unscoped().filter(pk=case.pk).update(status="gestopt", closed_on=TODAY)
    factories.IntakeFactory(case=case, steps=3)
    client = client_of(coordinator)

    assert "Meld aan</button>" not in client.get(url(case, "aanmelding/")).text
    client.post(url(case, "aanmelding/meld-aan/"), {"version": 1})

    assert stored(Intake, case).entered_at is None
    assert status_of(case) == "gestopt"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_keep_the_order_of_the_steps(case, coordinator):
    """One enters while a colleague changes the first step: the second of both finds that it was changed."""
    other = factories.coordinator()
    factories.IntakeFactory(case=case, steps=3)
    done = {}

    def change():
        with acting_as(other):
            values = {"mdo_on": None, "mdo_result": "", "mdo_skip": "Er is echt geen school."}
            done["changed"] = actions.save_step(case=case, step="mdo", values=values, version=1, by=other)

    def enter():
        with acting_as(coordinator):
            done["entered"] = actions.enter(case=case, version=1, by=coordinator, today=TODAY)

    assert at_once(change, enter) == []
    assert sorted(done.values()) == [False, True]
    row = stored(Intake, case)
    assert (row.entered_at is not None) == done["entered"]
    assert (row.mdo_skip == "Er is echt geen school.") == done["changed"]


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_make_one_aanmelding(case, coordinator):
    people, done = [coordinator, factories.coordinator()], []

    def begin(by):
        with acting_as(by):
            values = {"mdo_on": None, "mdo_result": "", "mdo_skip": f"Volgens {by.pk}."}
            done.append(actions.save_step(case=case, step="mdo", values=values, version=0, by=by))

    assert at_once(*(lambda by=by: begin(by) for by in people)) == []
    assert sorted(done) == [False, True]
    with as_owner():
        assert Intake.objects.unscoped().filter(case=case).count() == 1


# The ten tasks


def test_ten_tasks_of_which_four_hold_the_table_closed(client_of, case, coordinator):
    response = client_of(coordinator).get(url(case))

    assert [task.title for task in response.context["tasks"]] == [
        "Eigenaar bekend", "MDO op school geweest", "Samenwerkingsverband betrokken", "Casusinbreng klaar",
        "Stem van de jongere binnen", "Toestemming geldig", "Deelnemers gevraagd", "Plek gekozen door de jongere",
        "Iets lekkers geregeld", "Uitnodiging verstuurd",
    ]  # fmt: skip
    assert [task.key for task in response.context["tasks"] if task.is_blocking] == [
        "owner",
        "bringing",
        "voice",
        "consent",
    ]
    assert {task.is_done for task in response.context["tasks"]} == {False}
    assert "Vier dingen houden de tafel dicht" in response.text
    assert f"<title>{case.code} – Tafel voorbereiden – WEL</title>" in response.text


def ready_but_for_consent(case, owner):
    factories.CaseMemberFactory(case=case, user=owner)
    factories.BringingFactory(case=case, texts=["Hoe verder?"], ready=owner)
    factories.NoVoiceFactory(case=case)
    factories.HomeVisitFactory(case=case, place="de kantine")


def test_the_table_opens_when_all_four_are_there_and_the_rest_is_not(client_of, coordinator):
    born_on = born(9)
    case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month, shared_until=day(60))
    factories.IdentityFactory(case=case, born_on=born_on)
    ready_but_for_consent(case, coordinator)
    client = client_of(coordinator)
    assert [task.key for task in client.get(url(case)).context["closed_by"]] == ["consent"]
    assert tasks(client, case)["consent"].status == "Nog niet gevraagd"

    leerplicht = client_of(factories.leerplicht())
    for purpose in ("delen", "tafel"):
        leerplicht.post(f"/jeugdigen/{case.code}/toestemming/", said("ouder_1", purpose=purpose))
    client = client_of(coordinator)
    page = client.get(url(case))

    assert "De tafel kan open" in page.text
    assert page.context["closed_by"] == []
    found = tasks(client, case)
    assert found["consent"].status.startswith("Tot en met ")
    assert found["owner"].status == coordinator.short_name
    assert found["voice"].status == "De jongere wil nu niet"
    assert found["place"].status == "de kantine"
    assert [task.key for task in found.values() if not task.is_done] == [
        "mdo",
        "swv",
        "participants",
        "treats",
        "invitation",
    ]
    with acting_as(coordinator):
        assert preparation.blocks(case, coordinator) == []

    client_of(factories.leerplicht()).post(
        f"/jeugdigen/{case.code}/toestemming/", said("ouder_1", purpose="tafel", answer="geweigerd", expires_on="")
    )
    with acting_as(coordinator):
        assert [(task.key, task.status) for task in preparation.blocks(case, coordinator)] == [("consent", "Geweigerd")]


@pytest.mark.parametrize("gone", [{"user__is_active": False}, {"ends_on": day(-1), "starts_on": day(-9)}])
def test_an_eigenaar_who_left_is_none(client_of, case, coordinator, gone):
    membership = factories.MembershipFactory(role=Role.CASEWORKER, swv=case.swv, **gone)
    factories.CaseMemberFactory(case=case, user=membership.user)

    found = tasks(client_of(coordinator), case)["owner"]

    assert (found.is_done, found.url) == (False, f"/jeugdigen/{case.code}/eigenaar/")


def test_who_may_not_appoint_gets_no_link_to_where_one_does(client_of, case):
    eigenaar = factories.MembershipFactory(role=Role.CASEWORKER, swv=case.swv).user
    factories.CaseMemberFactory(case=case, user=eigenaar)

    page = client_of(eigenaar).get(url(case))

    assert {task.key: task.url for task in page.context["tasks"]}["owner"] == ""
    for link in set(re.findall(rf'href="(/jeugdigen/{case.code}/[^"?#]*)"', page.text)):
        assert client_of(eigenaar).get(link).status_code == 200, link


def test_a_broken_connection_asks_for_a_verbinder_before_it_counts(client_of, case, coordinator):
    client = client_of(coordinator)

    answer = client.post(url(case, "zonder-stem/"), {"why": "verbroken", "note": "Drie keer gebeld.", "version": 0})

    assert answer.url == f"/jeugdigen/{case.code}/verbinding/"
    found = tasks(client, case)["voice"]
    assert (found.is_done, found.status, found.url) == (False, "Verbinder nodig", answer.url)
    factories.ConnectionFactory(case=case)
    found = tasks(client, case)["voice"]
    assert (found.is_done, found.status) == (True, "Verbinder zoekt contact")


def test_a_reason_without_stem_holds_until_somebody_tries_again(client_of, case, coordinator):
    client = client_of(coordinator)
    assert "Probeer het opnieuw" not in client.get(url(case, "zonder-stem/")).text

    answer = client.post(url(case, "zonder-stem/"), {"why": "wil_niet", "note": "Twee keer gevraagd.", "version": 0})
    assert answer.url == url(case)
    assert tasks(client, case)["voice"].is_done
    assert "Probeer het opnieuw" in client.get(url(case, "zonder-stem/")).text
    assert "net veranderd" in client.post(url(case, "zonder-stem/toch/"), {"version": 9}, follow=True).text
    client.post(url(case, "zonder-stem/toch/"), {"version": 1})
    assert not tasks(client, case)["voice"].is_done
    client.post(url(case, "zonder-stem/"), {"why": "anders", "note": "Komt zelf vertellen.", "version": 2})
    assert (stored(NoVoice, case).holds, stored(NoVoice, case).note) == (True, "Komt zelf vertellen.")


def test_the_checklist_keeps_its_ticks_and_shows_who_was_first(client_of, case, coordinator):
    client, page = client_of(coordinator), url(case, "checklist/")
    first = {"preparation": ["dossier", "informatie"], "lead_remark": "Moeder belt.", "version": 0}

    assert client.post(page, first).status_code == 302
    assert stored(Checklist, case).ticked == ["informatie", "dossier"]
    assert client.get(page).context["form"]["preparation"].value() == ["informatie", "dossier"]
    late = client.post(page, {"people": ["mandaat"], "lead_remark": "Vader belt.", "version": 0})

    assert late.status_code == 409
    assert "Moeder belt." in late.text
    assert "Het dossier is actueel" in late.text
    assert stored(Checklist, case).ticked == ["informatie", "dossier"]
    client.post(page, {"people": ["mandaat"], "lead_remark": "Vader belt.", "version": 1})
    assert (stored(Checklist, case).ticked, stored(Checklist, case).lead_remark) == (["mandaat"], "Vader belt.")


def test_a_visit_at_home_says_who_wants_what_and_where(client_of, case, coordinator):
    client = client_of(coordinator)
    visit = {"visited_on": "1-9-2020", "visitors": "eigenaar en coördinator", "wants_to": "on", "place": "de kantine"}

    assert client.post(url(case, "huisbezoek/"), visit | {"version": 0}).status_code == 302

    row = stored(HomeVisit, case)
    assert (row.wants_to, row.is_prepared, row.place) == (True, False, "de kantine")
    page = client.get(url(case)).text
    assert "eigenaar en coördinator" in page
    assert "Vertel hoeveel mensen er komen" in page
    assert client.post(url(case, "huisbezoek/"), visit | {"version": 0, "place": "thuis"}).status_code == 409


def test_looking_at_the_preparation_is_on_record(client_of, case, coordinator):
    client_of(coordinator).get(url(case))

    with as_owner():
        assert AuditEvent.objects.filter(event="table_tasks_read", case_id=case.pk, user_id=coordinator.pk).count() == 1


def test_vandaag_asks_the_coordinator_to_accept_and_the_eigenaar_to_write_on(client_of, case, coordinator):
    eigenaar = factories.MembershipFactory(role=Role.CASEWORKER, swv=case.swv).user
    factories.CaseMemberFactory(case=case, user=eigenaar)
    factories.IntakeFactory(case=case, entered=eigenaar)
    bringing = factories.BringingFactory(case=case)
    elsewhere = factories.CaseFactory(
        gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"), shared_until=day(60)
    )
    closed = factories.CaseFactory(shared_until=day(60), closed_on=TODAY, status="gestopt")
    accepted = factories.CaseFactory(shared_until=day(60))
    for other in (elsewhere, closed):
        factories.IntakeFactory(case=other, entered=eigenaar)
        factories.BringingFactory(case=other)
    factories.IntakeFactory(case=accepted, accepted=coordinator)

    def rows(user):
        return [
            row.title
            for row in client_of(user).get("/?alles=ja").context["today"].rows
            if "tafel" in row.title or "inbreng" in row.title
        ]

    assert rows(coordinator) == [f"{case.code} is aangemeld voor de tafel"]
    assert rows(eigenaar) == [f"Maak de casusinbreng van {case.code} af"]
    assert rows(factories.leerplicht()) == []
    with as_owner():
        type(bringing).objects.unscoped().filter(pk=bringing.pk).update(
            answers={"1": "x"}, ready_at=timezone.now(), ready_by=eigenaar
        )
        Intake.objects.unscoped().filter(case=case).update(accepted_at=timezone.now(), accepted_by=coordinator)
    assert rows(coordinator) == rows(eigenaar) == []
