"""Scenarios 5 and 9 of ux 13: a promise ticked off from the mail and put back, and what was told to the youth."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from access.reminders import queue_reminders
from access.working_time import closed_days, next_morning
from meetings.models import Action, Feedback
from regions.models import Role
from tests import factories
from tests.access.people import code_of, with_app
from tests.browser.hand import ENLARGED, LAPTOP, PHONE, Hand
from tests.browser.writing import check
from tests.database import as_owner
from tests.factories import PASSWORD
from tests.mail import send_waiting_mail

pytestmark = pytest.mark.browser

WAYS = pytest.mark.parametrize(
    ("size", "how"),
    [(LAPTOP, {}), (LAPTOP, {"keyboard": True}), (ENLARGED, {}), (PHONE, {"touch": True})],
    ids=["mouse", "keyboard", "200 %", "thumb"],
)


def promised(world):
    """By a deelnemer with no other role, at a table of last month; due on a morning to come."""
    morning = next_morning(timezone.now() + timedelta(hours=2), closed_days())
    deelnemer = with_app(email="deelnemer@voorbeeld.test", name="Dagmar Deelnemer")
    factories.MembershipFactory(user=deelnemer, role=Role.CASEWORKER, swv=world.case.swv)
    begins = timezone.now() - timedelta(days=20)
    meeting = factories.MeetingFactory(team=world.team, starts_at=begins, status="geweest")
    item = factories.AgendaItemFactory(
        case=world.case, meeting=meeting, status="besproken", planned_by=world.coordinator
    )
    seat = factories.ParticipantFactory(item=item, user=deelnemer, invited_at=begins, confidential_at=begins)
    action = factories.ActionFactory(
        item=item, participant=seat, text="Vraag of oom meegaat", horizon="4w", due_at=morning
    )
    return deelnemer, action, morning


def state_of(action):
    with as_owner():
        return Action.objects.unscoped().get(pk=action.pk).status


def log_in(page, user):
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_label("Code").fill(code_of(user.secret))
    page.get_by_role("button", name="Log in", exact=True).click()


@WAYS
def test_scenario_5_a_promise_is_ticked_off_from_the_mail_and_put_back(visit, world, size, how, settings, live_server):
    settings.SITE_URL = live_server.url
    deelnemer, action, morning = promised(world)
    queue_reminders(morning)
    send_waiting_mail()
    (message,) = [message for message in mail.outbox if message.to == [deelnemer.email]]
    assert message.subject == f"Je beloofde iets voor {world.case.code}"
    (link,) = re.findall(r"https?://\S+", message.body)

    page = visit(link, **size, touch="touch" in how)
    log_in(page, deelnemer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat je beloofde")
    assert state_of(action) == "open"  # opening changes nothing
    found, is_first = [], size == LAPTOP and not how
    found += check(page, "to do") if is_first else []

    hand = Hand(page, **how)
    hand.press(page.get_by_role("button", name="Gedaan"))
    expect(page.get_by_text("Gedaan. Mooi.")).to_be_visible()
    assert (state_of(action), hand.presses) == ("gedaan", 1)
    found += check(page, "done") if is_first else []
    undo = Hand(page, **how)
    undo.press(page.get_by_role("button", name="Zet terug"))
    expect(page.get_by_role("button", name="Gedaan")).to_be_visible()

    hand.told(5)
    assert (state_of(action), undo.presses) == ("open", 1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert found == []


@WAYS
def test_scenario_9_the_terugkoppeling_is_recorded_from_vandaag_and_gone_at_once(visit, world, size, how):
    page = visit("/?alles=ja", world.owner, **size, touch="touch" in how)
    row = page.get_by_role("link", name=re.compile("Koppel terug"))
    expect(row).to_have_count(1)
    hand = Hand(page, **how)

    hand.press(row)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vertel wat er is bedacht")
    hand.write(page.get_by_label("Wat zei de jongere?"), "Eindelijk gebeurt er iets.")
    hand.press(page.get_by_role("button", name="Leg vast"))
    expect(page.get_by_text("Opgeschreven.")).to_be_visible()

    hand.told(9)
    assert (hand.presses, hand.choices, hand.fields) == (2, 0, 1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    with as_owner():
        told = Feedback.objects.unscoped().get(item=world.held.pk)
    assert (told.told_on, told.channel, told.recorded_by_id, told.reaction) == (
        timezone.localdate(), "gesprek", world.owner.pk, "Eindelijk gebeurt er iets.",
    )  # fmt: skip
    page.goto("/?alles=ja")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(row).to_have_count(0)
