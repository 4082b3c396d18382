"""What a handover takes along, what stays behind, and who can open what on the next request."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from access.context import acting_as
from access.models import AuditEvent
from cases import handovers, journey_view
from cases.actions.consent import record_consent, state_of
from cases.actions.inzet import sums_of
from cases.identity import identities, search_names
from cases.models import (
    NOT_SHARED,
    Case,
    CaseMember,
    CaseReason,
    Consent,
    CostLine,
    HoursLine,
    IdentityGrant,
    Inclusion,
    Journey,
    ObstacleLink,
)
from cases.rules.journey import ITEMS, is_complete
from reporting.accounts import complete_counts, read_accounts
from reporting.inzet import hours_of
from tests import factories
from tests.cases.handover_world import accept, ask, day, fresh, make_sides, offered, reaches, say, stored
from tests.database import as_owner
from tests.parts import case_parts

pytestmark = pytest.mark.django_db
STAYS = (CostLine, HoursLine, Inclusion)
CUT = (ObstacleLink,)  # a knelpunt stays with its SWV, without the jeugdige


@pytest.fixture
def sides():
    return make_sides()


def scopes(case):
    """Of the case and of each row of each part: where it is and until when it is shared."""
    with as_owner():
        now = Case.objects.unscoped().get(pk=case.pk)
        found = {
            model.__name__: {
                (row.swv_id, row.gemeente_id, row.shared_until) for row in model._base_manager.filter(case=case)
            }
            for model in case_parts()
        }
    return (now.swv_id, now.gemeente_id, now.shared_until), found


def test_every_part_goes_along_in_one_step_and_what_was_paid_stays(sides):
    emmen, swv = factories.gemeente("Emmen"), factories.swv("PO2202")
    _, before = scopes(sides.case)
    assert all(len(rows) == 1 for rows in before.values()), before

    assert accept(sides, offered(sides)) == "vastgelegd"

    where, parts = scopes(sides.case)
    assert where == (swv.pk, emmen.pk, NOT_SHARED)
    for model in case_parts():
        assert parts[model.__name__] == (set() if model in (*STAYS, *CUT) else {where}), model
    with as_owner():
        for model in STAYS:
            (row,) = model._base_manager.all()
            assert (row.case_id, row.moved_case, row.swv_id) == (None, sides.case.pk, sides.subsidy.swv_id)


def test_the_old_side_can_open_nothing_from_then_on(sides):
    old = [sides.leerplicht, sides.coordinator, sides.owner, sides.verbinder, sides.contact]
    assert [reaches(user, sides.case)[:2] for user in old] == [(True, True)] * 5
    assert reaches(sides.new_leerplicht, sides.case) == (False, False, False)

    accept(sides, offered(sides))

    assert [reaches(user, sides.case) for user in old] == [(False, False, False)] * 5
    assert reaches(sides.new_leerplicht, sides.case)[:2] == (True, True)
    for user in (*old, sides.new_coordinator, sides.new_contact):
        with acting_as(fresh(user)):
            assert identities([sides.case.pk], "toets") == {}
            assert search_names("verzonnen") == []
            for model in set(case_parts()) - {CaseReason}:  # that one is read by a function only
                assert not model._base_manager.filter(case_id=sides.case.pk).exists(), (user, model)
    with acting_as(sides.new_leerplicht):
        assert str(identities([sides.case.pk], "toets")[sides.case.pk]) == "Pippeloentje Verzonnen"


def test_people_names_and_consent_begin_anew(sides):
    accept(sides, offered(sides))

    with as_owner():
        members = CaseMember.objects.unscoped().filter(case=sides.case)
        assert [(row.user, row.ends_on) for row in members.filter(ends_on=None)] == [(sides.new_leerplicht, None)]
        old = members.get(user=sides.owner)
        assert (old.ends_on, old.reason) == (day(), "overdracht")
        assert members.get(user=sides.verbinder).ends_on <= day()
        assert IdentityGrant.objects.unscoped().get(case=sides.case).revoked_at
        case = Case.objects.unscoped().get(pk=sides.case.pk)
        said = list(Consent.objects.unscoped().filter(case=case, purpose="delen"))
    assert [row.answer for row in said] == ["gegeven", "gegeven"]  # history stays
    assert not state_of(case, said, Consent.Purpose.SHARE, day(-4600), day()).is_valid


def test_what_was_said_on_the_old_side_opens_nothing_on_the_new_one(sides):
    accept(sides, offered(sides))
    new, values = sides.new_leerplicht, {"born_on": day(-4000), "today": day(), "answered_on": day(), "how": "papier"}
    with acting_as(fresh(new)):
        case = record_consent(
            case=sides.case, persons=["ouder_1"], by=new, purpose="contact", answer="gegeven", **values
        )
        assert case.shared_until == NOT_SHARED
        refused = pytest.raises(ProgrammingError, match="no consent to share")
        with connection.cursor() as cursor, refused, transaction.atomic():
            cursor.execute("SELECT access.share_case(%s, %s)", [case.pk, day(9)])
    assert not reaches(sides.new_coordinator, sides.case)[0]

    with acting_as(fresh(new)):
        case = record_consent(
            case=sides.case,
            persons=["ouder_1"],
            by=new,
            purpose="delen",
            answer="gegeven",
            expires_on=day(90),
            **values,
        )

    assert case.shared_until > day()
    assert reaches(sides.new_coordinator, sides.case)[:2] == (True, True)
    assert reaches(sides.coordinator, sides.case) == (False, False, False)


def money(user, subsidy):
    with acting_as(fresh(user)):
        return next(one for one in sums_of([subsidy.swv_id]) if one.subsidy_id == subsidy.pk)


def test_money_and_hours_stay_right_for_who_paid(sides):
    before = money(sides.contact, sides.subsidy)
    waiting = factories.CostLineFactory(case=sides.case, subsidy=sides.subsidy, amount="40.00", stage="begroot")

    accept(sides, offered(sides))

    after = money(sides.contact, sides.subsidy)
    assert (after.budget.spent, after.hidden_lines, after.hidden) == (before.budget.spent, 0, 0) == (100, 0, 0)
    assert money(sides.new_contact, sides.new_subsidy).budget.spent == 0
    with as_owner():
        line = CostLine.objects.unscoped().get(decision="akkoord")
    # The approval stands; the name is out of the words; and whose it was is on it.
    assert (line.decided_by is not None, line.description) == (True, "Bakspullen voor de jongere")
    assert line.place == f"{sides.case.code}, overgedragen"
    with acting_as(fresh(sides.contact)):
        assert {row.pk for row in CostLine.objects.visible_to(sides.contact)} == {line.pk, waiting.pk}
        hours = HoursLine.objects.visible_to(sides.contact).filter(swv=sides.subsidy.swv)
        assert hours_of(hours)["regular"] == 3
        assert hours_of(hours)["of_cases"] == 3
    with acting_as(fresh(sides.new_contact)):
        assert not CostLine.objects.unscoped().exists()
        assert not HoursLine.objects.unscoped().exists()


def test_what_the_new_swv_paid_itself_goes_along(sides):
    factories.CostLineFactory(case=sides.case, subsidy=sides.new_subsidy, decision="akkoord", amount="7.00")

    accept(sides, offered(sides))

    with as_owner():
        line = CostLine.objects.unscoped().get(subsidy=sides.new_subsidy)
    assert (line.case_id, line.swv_id, line.decision) == (sides.case.pk, sides.new_subsidy.swv_id, "akkoord")


def test_the_account_of_the_old_swv_still_counts_the_reis_as_it_was(sides):
    full = {"wensdroom": "x", "cooperation": "x", "plan": "x", "means_needed": "x", "means_present": "deels",
            "distance_start": 1, "distance_now": 2}  # fmt: skip
    with as_owner():
        Journey.objects.unscoped().filter(case=sides.case).update(**full)

    def account():
        with acting_as(fresh(sides.contact)):
            accounts = read_accounts(user=sides.contact, swv=sides.subsidy.swv, today=day())
            counts = complete_counts(user=sides.contact, subsidies=[sides.subsidy], today=day())
        return accounts.document, counts[sides.subsidy.pk]

    before, counted = account()
    assert (before.complete_count, counted, len(before.journeys)) == (1, 1, 1)

    accept(sides, offered(sides))

    after, counted = account()
    assert (after.complete_count, counted, after.journeys) == (1, 1, ())
    (line,) = after.cases
    assert (line.code, line.status, line.category) == (sides.case.code, "Overgedragen", before.cases[0].category)
    with acting_as(fresh(sides.new_contact)):
        there = read_accounts(user=sides.new_contact, swv=sides.new_subsidy.swv, today=day())
    assert there.document.cases == ()


def test_a_youth_counts_where_it_was_counted_and_not_twice(client_of, sides):
    accept(sides, offered(sides))

    with acting_as(fresh(sides.contact)):
        (row,) = Inclusion.objects.visible_to(sides.contact)
        assert (row.code, row.was_complete, row.reason) == (
            sides.case.code,
            False,
            "de jongere wil zo graag.".capitalize(),
        )
    with as_owner():
        Case.objects.unscoped().filter(pk=sides.case.pk).update(shared_until=day(30))
    client = client_of(fresh(sides.new_coordinator))
    url = reverse("cases:include", args=[sides.case.pk])
    assert "telt al mee bij het samenwerkingsverband waar de reis begon" in client.get(url).content.decode()
    client.post(url, {"included_on": f"{day():%d-%m-%Y}"})
    with as_owner():
        assert Inclusion.objects.unscoped().count() == 1


def test_who_comes_back_counts_again_where_it_was_counted(sides):
    accept(sides, offered(sides))
    home = make_way_back(sides)

    with as_owner():
        (row,) = Inclusion.objects.unscoped().filter(subsidy=sides.subsidy)
        case = Case.objects.unscoped().get(pk=sides.case.pk)
    assert home == "vastgelegd"
    assert (row.case_id, row.moved_case, row.was_complete) == (case.pk, None, None)
    assert not case.counts_elsewhere


def make_way_back(sides):
    """The same jeugdige, from Emmen to Groningen again."""
    with acting_as(fresh(sides.new_leerplicht)):
        pk = handovers.ask(
            case=sides.case, gemeente=factories.gemeente(), swv=factories.swv(), reason="verhuisd", moved_on=day(),
            talk_on=None, message="Terug.", shows=[],
        )  # fmt: skip
    say(sides, by=fresh(sides.new_leerplicht))
    with acting_as(fresh(sides.new_leerplicht)):
        assert handovers.offer(handovers.handover_of(pk)) == "vastgelegd"
    return accept(sides, pk, by=fresh(sides.leerplicht))


@pytest.mark.parametrize("missing", [None, *ITEMS], ids=lambda item: item.key if item else "complete")
def test_complete_means_the_same_in_the_database_as_in_the_rules(sides, missing):
    fields = {
        "wensdroom": ("wensdroom", "x"),
        "samenwerking": ("cooperation", "x"),
        "plan": ("plan", "x"),
        "middelen_nodig": ("means_needed", "x"),
        "middelen_aanwezig": ("means_present", "deels"),
        "afstand_start": ("distance_start", 1),
        "afstand_nu": ("distance_now", 2),
    }
    values = dict(fields[item.key] for item in ITEMS if item != missing)
    empty = {"wensdroom": " \n", "cooperation": " ", "plan": "", "means_needed": "\t", "means_present": ""}
    with as_owner():
        Journey.objects.unscoped().filter(case=sides.case).update(**{**empty, **values})
        journey = Journey.objects.unscoped().get(case=sides.case)
    expected = is_complete(journey_view.journey_texts(journey))

    accept(sides, offered(sides))

    with as_owner():
        assert Inclusion.objects.unscoped().get().was_complete is expected is (missing is None)


# Another gemeente in the same SWV, and another SWV in the same gemeente


def test_another_gemeente_in_the_same_swv_stays_with_its_team_and_consent(sides):
    """Leerplicht of the old gemeente is out, the team keeps on sharing: it is the same team that was agreed to."""
    new = factories.leerplicht("Midden-Groningen")

    assert accept(sides, offered(sides, gemeente="Midden-Groningen", swv="PO2001"), by=new) == "vastgelegd"

    assert reaches(sides.leerplicht, sides.case) == (False, False, False)
    assert reaches(new, sides.case)[:2] == reaches(sides.coordinator, sides.case)[:2] == (True, True)
    with as_owner():
        case = Case.objects.unscoped().get(pk=sides.case.pk)
        assert (case.shared_until, case.consent_from) == (day(60), None)
        assert CostLine.objects.unscoped().get().case_id == case.pk
        assert Inclusion.objects.unscoped().get().gemeente_id == case.gemeente_id
        assert IdentityGrant.objects.unscoped().get().revoked_at  # let in by leerplicht that is there no more


def test_the_eigenaar_may_stay_the_same_where_it_still_works(sides):
    new = factories.leerplicht("Midden-Groningen")

    accept(sides, offered(sides, gemeente="Midden-Groningen", swv="PO2001"), by=new, owner=sides.owner)

    with as_owner():
        (row,) = CaseMember.objects.unscoped().filter(case=sides.case, role="eigenaar")
    assert (row.user, row.starts_on, row.ends_on, row.reason) == (sides.owner, day(-30), None, "")


def test_from_primary_to_secondary_the_coordinator_of_the_new_swv_answers(sides):
    """Leerplicht of the gemeente is the same on both sides, and cannot answer its own question."""
    vo = factories.coordinator("VO2001")
    pk = offered(sides, gemeente="Groningen", swv="VO2001")
    with pytest.raises(handovers.NotAllowed):
        accept(sides, pk, by=sides.leerplicht)

    assert accept(sides, pk, by=vo) == "vastgelegd"

    assert reaches(sides.leerplicht, sides.case)[0]
    assert reaches(vo, sides.case)[:2] == (False, False)  # until there is consent to share with this team
    assert reaches(sides.coordinator, sides.case) == (False, False, False)
    with as_owner():
        assert CaseMember.objects.unscoped().get(case=sides.case, role="eigenaar", ends_on=None).user == vo


# Who may not, and when not


def test_before_the_answer_only_what_the_handover_says_and_never_a_name(sides):
    pk = ask(sides)
    with acting_as(sides.new_leerplicht):
        assert handovers.handover_of(pk) is None  # nothing at all before there is consent
        assert handovers.handovers() == []
    say(sides)
    with acting_as(sides.leerplicht):
        handovers.offer(handovers.handover_of(pk))

    with acting_as(fresh(sides.new_leerplicht)):
        seen = handovers.handover_of(pk)
        assert seen.shown_texts() == [
            ("De wensdroom", "De jongere wil een eigen bakkerij."),
            ("Wat al goed gaat", "De jongere leest graag."),
        ]
        assert "Kijken bij de bakker" not in str(seen)  # not among what was chosen
        assert "Pippeloentje" not in str(seen)
        assert (seen.message, seen.birth_year, seen.of_new, seen.manages) == (
            "Begin met een wandeling.",
            2014,
            True,
            False,
        )
    assert reaches(sides.new_leerplicht, sides.case) == (False, False, False)
    for user in (
        sides.new_coordinator,
        factories.leerplicht("Assen"),
        factories.coordinator("PO2203"),
        sides.new_contact,
    ):
        with acting_as(user):
            assert handovers.handover_of(pk) is None, user
            with pytest.raises(handovers.NotAllowed):
                handovers.accept(pk, version=2, owner=user)


def test_without_everybody_who_decides_it_is_not_offered_nor_taken(sides):
    pk = ask(sides)
    with acting_as(sides.leerplicht):
        assert handovers.offer(handovers.handover_of(pk)) == "toestemming"
    say(sides)
    with acting_as(sides.leerplicht):
        handovers.offer(handovers.handover_of(pk))

    say(sides, "ingetrokken", persons=["ouder_1"])

    assert accept(sides, pk) == "gewijzigd"
    assert (stored(pk).status, stored(pk).answer) == ("ingetrokken", "Geen toestemming")
    assert reaches(sides.leerplicht, sides.case)[0]


def test_an_earlier_yes_does_not_count_for_another_handover(sides):
    say(sides)
    pk = ask(sides)

    with acting_as(sides.leerplicht):
        assert handovers.offer(handovers.handover_of(pk)) == "toestemming"


def test_an_eigenaar_who_does_not_work_there_is_refused(sides):
    pk = offered(sides)

    for owner in (sides.owner, sides.contact, sides.new_contact):
        assert accept(sides, pk, owner=owner) == "eigenaar"
    assert stored(pk).status == "aangeboden"
    assert accept(sides, pk, owner=sides.new_coordinator) == "vastgelegd"


def test_what_waits_for_an_approval_is_decided_first(sides):
    factories.CostLineFactory(case=sides.case, subsidy=sides.subsidy)
    pk = ask(sides)
    say(sides)

    with acting_as(sides.leerplicht):
        assert handovers.offer(handovers.handover_of(pk)) == "inzet"


def test_a_no_says_why_and_nothing_moves(sides):
    pk = offered(sides)
    with acting_as(sides.new_leerplicht):
        assert handovers.refuse(pk, version=2, reason=" ") == "reden"
        assert handovers.refuse(pk, version=2, reason="De jongere woont hier nog niet.") == "vastgelegd"

    assert reaches(sides.leerplicht, sides.case)[0]
    with acting_as(fresh(sides.leerplicht)):
        (one,) = handovers.handovers(case=sides.case)
        assert (one.status, one.answer) == ("geweigerd", "De jongere woont hier nog niet.")
    with acting_as(fresh(sides.new_leerplicht)):
        seen = handovers.handover_of(pk)
        assert (seen.texts, seen.message, seen.birth_year) == (None, "", None)
    assert ask(sides) is not None  # and it may be asked again


def test_a_withdrawn_one_can_be_answered_no_more(sides):
    pk = offered(sides)
    with acting_as(sides.coordinator):
        assert handovers.withdraw(handovers.handover_of(pk), version=2, reason="Toch niet verhuisd.") == "vastgelegd"

    assert accept(sides, pk, version=3) == "gewijzigd"
    with acting_as(fresh(sides.new_leerplicht)):
        assert handovers.handover_of(pk).message == ""


NOWHERE = [("Groningen", "PO2001"), ("Emmen", "PO2001"), ("Groningen", "PO2202")]


def test_it_goes_to_another_place_that_exists(sides):
    for gemeente, swv in NOWHERE:
        with pytest.raises(handovers.NotAllowed):
            ask(sides, gemeente=gemeente, swv=swv)
    for user in (sides.owner, sides.contact, sides.new_leerplicht, sides.new_coordinator):
        with pytest.raises(handovers.NotAllowed):
            ask(sides, by=user)
    assert ask(sides, by=sides.coordinator) is not None
    assert ask(sides) is None  # one at a time


def test_after_it_the_old_side_reads_that_it_went_and_nothing_of_later(sides):
    pk = offered(sides)
    accept(sides, pk)
    with as_owner():
        Case.objects.unscoped().filter(pk=sides.case.pk).update(strengths="Nieuw bij Emmen.")

    for user in (sides.leerplicht, sides.coordinator):
        with acting_as(fresh(user)):
            seen = handovers.handover_of(pk)
            assert (seen.status, seen.texts, seen.birth_year, seen.manages) == ("aangenomen", None, None, False)
            assert "Nieuw bij Emmen" not in str(seen)
    for user in (sides.owner, sides.contact):
        with acting_as(fresh(user)):
            assert handovers.handover_of(pk) is None


def test_a_possible_double_moves_with_its_side(sides):
    elsewhere = factories.CaseFactory(gemeente=factories.gemeente("Amsterdam"), swv=factories.swv("PO2707"))
    double = factories.PossibleDoubleFactory(cases=[sides.case, elsewhere])

    accept(sides, offered(sides))

    with as_owner():
        double.refresh_from_db()
    assert {double.newer_swv.key, double.older_swv.key} == {"PO2202", "PO2707"}


def test_the_log_tells_each_step_once_and_not_a_line_per_part(sides):
    accept(sides, offered(sides))

    with as_owner():
        events = list(AuditEvent.objects.filter(case_id=sides.case.pk).order_by("pk"))
    steps = [(event.event, event.user_id) for event in events if event.event.startswith("handover_")]
    assert steps == [
        ("handover_asked", sides.leerplicht.pk),
        ("handover_seen", sides.leerplicht.pk),
        ("handover_offered", sides.leerplicht.pk),
        ("handover_accepted", sides.new_leerplicht.pk),
    ]
    moved = [event.detail for event in events if "swv_id" in event.detail.get("fields", ())]
    assert [detail["table"] for detail in moved] == ["cases_case"]
