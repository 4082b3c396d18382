"""A second table for the same jeugdige: found from the first, with what is known, and with no step in the way (R9.3)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from access.dutch_dates import date_text
from cases.models import Case, CaseMember
from meetings.models import AdviceReview, AgendaItem, Intake, Participant
from meetings.rules.intake import may_begin_again
from tests import factories
from tests.database import as_owner
from tests.meetings.test_agenda_pages import rows, shared, team, url
from tests.meetings.test_review import answers
from tests.meetings.test_team_pages import text_of

__all__ = ["team"]
pytestmark = pytest.mark.django_db
NOW = timezone.now()


class Held:
    """A table of a month ago, with a guest of elsewhere, a partner, somebody who was absent, and the jongere."""

    def __init__(self, team):
        self.case, self.coordinator = shared(status="uitvoering"), factories.coordinator()
        self.meeting = factories.MeetingFactory(team=team, starts_at=NOW - timedelta(days=30), status="geweest")
        self.item = factories.AgendaItemFactory(
            case=self.case, meeting=self.meeting, status="besproken", place="De bibliotheek", treat="Drop",
            presence="erbij",
        )  # fmt: skip
        with as_owner():
            self.owner = CaseMember.objects.unscoped().get(case=self.case).user
        self.partner = factories.TeamMemberFactory(team=team, function="jeugdarts")
        self.guest = factories.MembershipFactory(swv=team.swv).user
        there = {"item": self.item, "attendance": "aanwezig"}
        factories.ParticipantFactory(**there, role="eigenaar", user=self.owner)
        factories.ParticipantFactory(**there, user=self.guest)
        factories.ParticipantFactory(**there, function="fietsenmaker", email="fiets@voorbeeld.test")
        factories.ParticipantFactory(**there, role="jongere")
        factories.ParticipantFactory(**there, role="kernteam", email="voorzitter@voorbeeld.test")  # now the voorzitter
        factories.ParticipantFactory(item=self.item, attendance="afwezig", email="afwezig@voorbeeld.test")
        past = {"starts_on": NOW.date() - timedelta(days=90), "ends_on": NOW.date() - timedelta(days=1)}
        factories.ParticipantFactory(**there, user=factories.MembershipFactory(swv=team.swv, **past).user)
        self.coming = factories.MeetingFactory(team=team, starts_at=NOW + timedelta(days=9))


@pytest.fixture
def held(team):
    return Held(team)


def next_item(held):
    (item,) = rows(AgendaItem, case=held.case, status="gepland")
    return item


def test_from_the_first_table_a_second_is_planned_with_what_is_known_and_both_say_so(client_of, held):
    client, plan = client_of(held.coordinator), url("plan_case", held.case.pk)
    factories.IntakeFactory(case=held.case, accepted=held.coordinator)  # of the first table, and in nobody's way

    page = client.get(held.item.get_absolute_url())
    assert plan in page.content.decode()
    assert "Plan een tweede tafel" in text_of(page)
    form = client.get(plan)
    assert "Plan een tweede tafel" in text_of(form)
    assert "Opnieuw aanmelden hoeft niet." in text_of(form)
    place = form.context["form"].initial["place"]
    response = client.post(plan, {"place": place, "as_before": "on"})

    item = next_item(held)
    assert response.url == item.get_absolute_url()
    assert (item.previous_id, item.place, item.treat, item.presence) == (
        held.item.pk,
        "De bibliotheek",
        "Drop",
        "erbij",
    )
    people = rows(Participant, item=item)
    assert [person.role for person in people] == [
        "eigenaar", "voorzitter", "kernteam", "kernteam", "deelnemer", "deelnemer", "jongere"
    ]  # fmt: skip
    assert {person.user_id or person.email for person in people if person.role == "deelnemer"} == {
        held.guest.pk,
        "fiets@voorbeeld.test",
    }
    assert {(person.invited_at, person.attendance, person.answer) for person in people} == {(None, "", "")}
    today = timezone.localdate()
    second = text_of(client.get(item.get_absolute_url()))
    assert f"Eerste tafel {date_text(timezone.localdate(held.item.starts_at), today)}" in second
    first = text_of(client.get(held.item.get_absolute_url()))
    assert f"Tweede tafel {date_text(timezone.localdate(item.starts_at), today)}" in first
    assert "Plan een" not in first


def test_without_the_tick_it_begins_anew(client_of, held):
    client, plan = client_of(held.coordinator), url("plan_case", held.case.pk)
    client.post(plan, {"place": client.get(plan).context["form"].initial["place"]})

    item = next_item(held)
    assert (item.previous_id, item.place, len(rows(Participant, item=item))) == (held.item.pk, "", 4)


def test_a_review_that_asks_for_it_leads_to_planning_and_asks_the_coordinator_on_vandaag(client_of, held):
    review, plan = reverse("meetings:review", args=[held.item.pk, "4w"]), url("plan_case", held.case.pk)
    asks = f"Plan nog een tafel voor {held.case.code}"

    def on_vandaag(user):
        return [row for row in client_of(user).get("/?alles=ja").context["today"].rows if row.title == asks]

    assert on_vandaag(held.coordinator) == []
    saved = client_of(held.owner).post(review, answers(needs_table="ja"), follow=True)
    assert saved.redirect_chain == [(held.item.get_absolute_url(), 302)]
    assert "De coördinator ziet dat op Vandaag." in text_of(saved)
    assert [row.url for row in on_vandaag(held.coordinator)] == [plan]
    assert on_vandaag(held.owner) == on_vandaag(factories.coordinator("PO2203")) == []
    assert client_of(held.coordinator).post(review, answers(needs_table="ja", version=1)).url == plan
    factories.AdviceReviewFactory(item=held.item, moment="4m", needs_table=False)  # later, and it went well
    assert on_vandaag(held.coordinator) == []
    with as_owner():
        AdviceReview.objects.unscoped().filter(moment="4m").delete()
    assert len(on_vandaag(held.coordinator)) == 1
    factories.AgendaItemFactory(case=held.case, meeting=held.coming)
    assert on_vandaag(held.coordinator) == []
    assert client_of(held.coordinator).post(review, answers(needs_table="ja", version=2)).url == (
        held.item.get_absolute_url()
    )


def test_who_may_not_plan_sees_no_button_and_a_visit_at_home_is_no_table(client_of, held, team):
    visit = factories.MeetingFactory(team=team, kind="huisbezoek", starts_at=NOW - timedelta(days=60))
    factories.AgendaItemFactory(case=held.case, meeting=visit, status="besproken")

    page = client_of(held.owner).get(held.item.get_absolute_url())
    assert "Plan een" not in text_of(page)
    assert page.context["tables"] == []
    assert client_of(held.owner).get(url("plan_case", held.case.pk)).status_code == 404
    assert "Plan een tweede tafel" in text_of(client_of(held.coordinator).get(held.item.get_absolute_url()))
    with as_owner():
        Case.objects.unscoped().filter(pk=held.case.pk).update(status="afgerond", closed_on=NOW.date())
    assert "Plan een" not in text_of(client_of(held.coordinator).get(held.item.get_absolute_url()))
    review = reverse("meetings:review", args=[held.item.pk, "4w"])
    saved = client_of(held.coordinator).post(review, answers(needs_table="ja"))
    assert saved.url == held.item.get_absolute_url()  # there is nothing to plan any more


def test_a_new_aanmelding_begins_where_the_first_came(client_of, held):
    page = f"/jeugdigen/{held.case.code}/tafel/aanmelding/"
    client = client_of(held.coordinator)
    first = factories.IntakeFactory(case=held.case, accepted=held.coordinator)
    again = f"{page}opnieuw/"

    assert "Meld opnieuw aan" not in text_of(client.get(page))  # accepted after that table: it is for the next
    client.post(again, {"version": first.version})
    assert len(rows(Intake, case=held.case)) == 1
    with as_owner():
        Intake.objects.unscoped().update(
            entered_at=NOW - timedelta(days=50), accepted_at=NOW - timedelta(days=40), version=3
        )
    assert "Meld opnieuw aan" in text_of(client.get(page))
    client.post(again, {"version": 1})
    assert len(rows(Intake, case=held.case)) == 1
    assert client.post(again, {"version": 3}, follow=True).status_code == 200

    second = rows(Intake, case=held.case)[1]
    assert (second.mdo_skip, second.swv_step_result) == ("Er is nu geen school.", "Er is meegekeken.")
    assert (second.contact_on, second.entered_at, second.version) == (None, None, 1)
    assert second.updated_by_id == held.coordinator.pk
    contact = {
        "contact_on": "2-9-2020", "contact_with": held.coordinator.pk, "contact_channel": "telefoon",
        "contact_agreed": "We kijken nog een keer.", "version": 1,
    }  # fmt: skip
    assert client.post(f"{page}contact/", contact).status_code == 302
    client.post(f"{page}meld-aan/", {"version": 2})
    assert f"{held.case.code} is aangemeld voor de tafel" in text_of(client.get("/?alles=ja"))
    client.post(f"{page}neem-aan/", {"version": 3})
    assert [row.is_accepted for row in rows(Intake, case=held.case)] == [True, True]


def test_after_a_handover_the_new_samenwerkingsverband_takes_its_own_step(client_of):
    case, coordinator = shared(), factories.coordinator()
    factories.IntakeFactory(case=case, accepted=coordinator, accepted_at=NOW - timedelta(days=9))
    with as_owner():
        Case.objects.unscoped().filter(pk=case.pk).update(consent_from=NOW - timedelta(days=1))

    client_of(coordinator).post(f"/jeugdigen/{case.code}/tafel/aanmelding/opnieuw/", {"version": 1})

    second = rows(Intake, case=case)[1]
    assert (second.mdo_skip, second.swv_step_on, second.swv_step_result) == ("Er is nu geen school.", None, "")


def test_when_an_aanmelding_may_follow():
    before, accepted, after = (NOW + timedelta(days=days) for days in (-1, 0, 1))

    assert not may_begin_again(accepted_at=None, last_table_at=after, moved_at=after)
    assert not may_begin_again(accepted_at=accepted, last_table_at=before, moved_at=None)
    assert may_begin_again(accepted_at=accepted, last_table_at=after, moved_at=None)
    assert may_begin_again(accepted_at=accepted, last_table_at=None, moved_at=after)
