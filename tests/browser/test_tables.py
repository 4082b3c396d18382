"""Scenario 8 of ux 13, the whole of it: a coördinator plans a table and invites five people."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import InterviewConsent
from meetings.models import AgendaItem, Bringing, Participant
from tests import factories
from tests.browser.hand import ENLARGED, LAPTOP, Hand
from tests.browser.writing import check
from tests.database import as_owner

pytestmark = pytest.mark.browser

NAMES = ("Anouk Verzinsel", "Bram Bedenksel", "Carlijn Denkbeeld", "Dirk Schijn", "Eva Fantasie")


@pytest.mark.parametrize(
    ("size", "how"),
    [(LAPTOP, {}), (LAPTOP, {"keyboard": True}), (ENLARGED, {})],
    ids=["mouse", "keyboard", "200 %"],
)
def test_scenario_8_a_table_is_planned_and_five_people_are_invited(visit, world, size, how):
    """At most 10 presses; whom one chooses is what the scenario calls names."""
    for name in NAMES:
        user = factories.UserFactory(name=name)
        factories.MembershipFactory(role="betrokken", swv=world.case.swv, user=user)
    with as_owner():
        Bringing.objects.narrowed().filter(case=world.ending).update(ready_at=timezone.now(), ready_by=world.owner)
        consent = InterviewConsent.objects.narrowed().filter(case=world.ending)
        has_consent = consent.update(table_until=world.ending.shared_until)
    if not has_consent:
        factories.InterviewConsentFactory(case=world.ending, table_until=world.ending.shared_until)
    factories.NoVoiceFactory(case=world.ending)
    # The voorzitter that the team has is the eigenaar here.
    factories.TeamMemberFactory(team=world.team, role="voorzitter", starts_on=timezone.localdate())
    page = visit(f"/jeugdigen/{world.ending.code}/", world.coordinator, **size)
    hand, found = Hand(page, **how), []
    is_first = size == LAPTOP and not how

    hand.press(page.get_by_role("link", name="Plan een tafel"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan een tafel")
    hand.press(page.get_by_role("button", name="Zet op de agenda"))
    page.wait_for_url(re.compile(r"/wel-tafels/plek/\d+/$"))
    found += check(page, "planned") if is_first else []
    hand.press(page.get_by_role("link", name="Mensen erbij"))
    for name in NAMES:
        pick(hand, page, name)
    hand.press(page.get_by_role("button", name="Zet erbij"))
    expect(page.get_by_role("button", name="Toch doen")).to_be_visible()
    expect(page.get_by_text("mensen aan tafel is veel voor een jongere. Toch doen?")).to_be_visible()
    found += check(page, "many") if is_first else []
    hand.press(page.get_by_role("button", name="Toch doen"))
    page.wait_for_url(re.compile(r"/wel-tafels/plek/\d+/$"))
    hand.press(page.get_by_role("link", name="Verstuur de uitnodiging"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Uitnodiging versturen")
    hand.press(page.get_by_role("button", name="Verstuur de uitnodiging"))
    page.wait_for_url(re.compile(r"/wel-tafels/plek/\d+/$"))

    hand.told(8)
    assert hand.seconds <= 90
    assert hand.presses <= 10
    expect(page.get_by_text(re.compile(r"De uitnodiging gaat naar \d mensen\."))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with as_owner():
        item = AgendaItem.objects.narrowed().get(case=world.ending)
        invited = Participant.objects.narrowed().filter(item=item, invited_at__lte=timezone.now())
        assert set(NAMES) <= {person.user.name for person in invited.select_related("user") if person.user}
    assert found == []


def pick(hand, page, name):
    """A box per person: Space with the keyboard, its words with a mouse; not counted as presses but as names."""
    box = page.get_by_role("checkbox", name=re.compile(name))
    if hand.keyboard:
        hand.reach(box)
        page.keyboard.press("Space")
    else:
        page.locator("label", has_text=name).click()
    expect(box).to_be_checked()
    hand.choices += 1


def test_who_was_invited_promises_and_reads_and_the_link_answers(visit, world):
    guest = factories.MembershipFactory(role="betrokken", swv=world.case.swv).user
    factories.ParticipantFactory(item=world.item, user=guest, invited_at=timezone.now())
    page = visit("/wel-tafels/", guest, width=390)
    found = []

    page.get_by_role("link", name=re.compile(world.case.code)).click()
    expect(page.get_by_role("heading", name="Voordat je leest")).to_be_visible()
    found += check(page, "before")
    page.get_by_role("button", name="Ga verder").click()
    expect(page.locator(".error-summary")).to_be_focused()
    found += check(page, "not promised")
    page.get_by_label("Ik ga zorgvuldig om met wat ik hier lees en hoor.").check()
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("blockquote").get_by_text("Ik wil later brood bakken")).to_be_visible()
    found += check(page, "after")
    page.get_by_role("button", name="Ja, ik kom").click()
    expect(page.get_by_text("Je zei dat je komt.")).to_be_visible()

    assert found == []
