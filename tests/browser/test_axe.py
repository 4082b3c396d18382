"""Every page with data, as each role that has it: no violation of WCAG 2.2 AA, light and dark, narrow and wide."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import get_resolver, resolve
from playwright.sync_api import expect

from access.invitations import invitation_path
from cases.forms.journey import CHAPTERS
from cases.models import Companion, Consent, LegalStatus, LogEntry, Reflection, Stop, TableWish
from meetings.board import STEPS
from meetings.mails import hash_of, invitation_token
from meetings.models import Participant
from regions.models import Membership
from tests.access.people import code_of, with_app
from tests.chromium import violations
from tests.database import as_owner
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser

BSN = "111222333"  # passes the check on a BSN, so that every text field of a form has something to say
# What has no page of its own to look at, and why.
NO_PAGE = {
    "account_reauthenticate": "asks the password, as logging in does; only some time after that",
    "mfa_reauthenticate": "asks the code, as logging in does; only some time after that",
    "mfa_activate_totp": "sends on who has an app already; replacing one is the same page",
    "mfa_deactivate_totp": "sends back while there is one second factor",
    "cases:register_area": "a fragment of Aanmelden",
    "cases:register_lookalikes": "a fragment of Aanmelden",
    "cases:name": "the bar of a page; opened below",
    "cases:stop_move": "sends back to De Reis",
    "cases:document_download": "a file",
    "question_lists:copy": "sends on to the draft",
    "bringing_lists:copy": "sends on to the draft",
    "cases:document_remove": "sends back to Documenten",
    "cases:document_restore": "sends back to Documenten",
    "cases:log_remove": "sends back to the logboek",
    "cases:log_put_back": "sends back to the logboek",
    "cases:stop_put_back": "sends back to De Reis",
    "cases:companion_remove": "sends back to Reisgenoten",
    "cases:companion_put_back": "sends back to Reisgenoten",
    "cases:reflection_remove": "sends back to De Reis",
    "cases:reflection_put_back": "sends back to De Reis",
    "cases:draft": "an answer for a script",
    "cases:draft_throw_away": "sends back to the form",
    "learning:solution_withdraw": "sends back to Oplossingen van ons",
    "cases:owner_stay": "sends back to the overview",
    "reporting:report_make": "sends back to Verantwoording",
    "reporting:report_download": "a file",
    "reporting:inzet_export": "a file",
    "reporting:report_status": "a row of Verantwoording",
    "regions:swv_release": "sends back to the SWV",
    "meetings:close": "sends back to the meeting",
    "voice:invite": "Stem with the link in it; opened in test_voice.py",
    "voice:together": "sends on to the form",
    "voice:drawing": "a file",
    "voice:draw_away": "sends back to the check page",
    "prepare:no_voice_lift": "sends back to the tasks",
    "prepare:intake_enter": "sends back to the aanmelding",
    "prepare:intake_take_back": "sends back to the aanmelding",
    "prepare:intake_accept": "sends back to the aanmelding",
    "prepare:bringing_reopen": "sends back to the casusinbreng",
    "prepare:bringing_draft": "an answer for a script",
    "prepare:bringing_draft_throw_away": "sends back to the form",
    "prepare:bringing_pdf": "a file",
    "prepare:bringing_blank": "a file",
    "meetings:participant_remove": "sends back to the place at the table",
    "meetings:promise": "sends back to the place at the table",
    "meetings:item_answer": "sends back to the place at the table",
    "meetings:live_lines": "a fragment of the live table",
    "actions:done": "sends back to Acties",
    "actions:reopen": "sends back to Acties",
    "meetings:live_undo_action": "sends back to the live table",
    "meetings:live_undo_note": "sends back to the live table",
    "regions:audit_check": "sends back to the log",
    "account_logout": "sends on to logging in",
    "keep_alive": "an answer without a page",
    "theme": "sends back",
    "health": "for a load balancer",
    "style_guide": "looked at in tests/design",
    "mfa_login_webauthn": "an answer for a script",
    "mfa_reauthenticate_webauthn": "needs a passkey",
    "mfa_edit_webauthn": "needs a passkey",
    "mfa_remove_webauthn": "needs a passkey",
    "account_inactive": "words only, as the other pages of logging in",
    "account_signup": "closed",
    "account_set_password": "closed",
    "account_email_verification_sent": "closed",
}


def pages_of(world):
    """Per role the paths it can open, with data; the first role that has a page shows it in full."""
    case, closed = f"/jeugdigen/{world.case.code}", f"/jeugdigen/{world.closed.code}"
    inzet = "/verantwoording/PO2001/inzet"
    interviews, ending = f"{case}/interviews", f"/jeugdigen/{world.ending.code}"
    place_at_table = f"/wel-tafels/plek/{world.item.pk}"
    with as_owner():
        given = Consent.objects.narrowed().filter(case=world.case).first()
        stop = Stop.objects.narrowed().filter(case=world.case).first()
        entry = LogEntry.objects.narrowed().filter(case=world.case, author=world.owner).first()
        status = LegalStatus.objects.narrowed().filter(case=world.case).first()
        mate = Companion.objects.narrowed().filter(case=world.case, deleted_at=None).first()
        look = Reflection.objects.narrowed().filter(case=world.case, deleted_at=None).first()
        place = Membership.objects.get(user=world.owner)
        wish = TableWish.objects.narrowed().filter(case=world.case).first()
    work = [
        "/",
        "/jeugdigen/",
        f"{case}/",
        f"{case}/reis/",
        f"{case}/logboek/",
        f"{case}/logboek/schrijf-op/",
        f"{case}/documenten/",
        f"{case}/documenten/voeg-toe/",
        f"{case}/toestemming/",
        f"{case}/wie-kan-dit-zien/",
        f"{case}/status/",
        f"{case}/interviews/",
        f"{case}/volgen/",
        f"{case}/leren/",
    ]
    return {
        "leerplicht": [
            *work,
            "/jeugdigen/?status=rustpunt&status=op_reis&toestemming=geldig&sort=contact",
            "/jeugdigen/?status=gestopt&eigenaar=ik",
            "/jeugdigen/aanmelden/",
            "/jeugdigen/aanmelden/?zonder-naam=1",
            f"{case}/wijzig/",
            f"{case}/eigenaar/",
            f"{case}/toestemming/wie-beslist/",
            f"{case}/toestemming/{given.pk}/trek-in/",
            f"{case}/toestemming/laat-toe/",
            f"{case}/toestemming/toegang/{world.grant.pk}/trek-in/",
            f"{case}/meetellen/",
            f"/jeugdigen/{world.asked.code}/meetellen/",
            f"/jeugdigen/{world.asked.code}/toestemming/",
            f"{closed}/",
            f"{closed}/reis/",
            f"{closed}/logboek/",
            f"{closed}/documenten/",
            f"{closed}/toestemming/",
            f"{case}/in-beeld/",
            f"{case}/in-beeld/contact/",
            "/jeugdigen/vrijstellingen/",
            "/jeugdigen/vrijstellingen/?soort=herziening",
            f"/jeugdigen/{world.beside.code}/in-beeld/",
            f"/jeugdigen/{world.beside.code}/in-beeld/groep/",
            f"/jeugdigen/{world.signal.code}/in-beeld/",
            f"/jeugdigen/{world.signal.code}/in-beeld/naam/",
            f"{case}/in-beeld/periode/",
            f"{case}/in-beeld/periode/{status.pk}/",
            f"{case}/in-beeld/periode/{status.pk}/einde/",
            f"{closed}/in-beeld/",
            f"{closed}/interviews/",
            f"{closed}/volgen/",
            f"{closed}/leren/",
            f"{case}/leren/verhaal/{world.story.pk}/lezen/",
            f"{case}/toestemming/brief/",
            f"{closed}/toestemming/besluit/",
            f"{closed}/toestemming/geschiedenis/",
            f"{case}/verbinding/",
            f"{case}/verbinding/hersteld/",
            f"{case}/verbinding/andere-verbinder/",
            f"{closed}/verbinding/",
            f"{case}/overdracht/",
            f"{closed}/overdracht/",
            f"{case}/overdracht/toestemming/",
            f"{case}/overdracht/bied-aan/",
            f"{case}/overdracht/trek-in/",
            f"/jeugdigen/overdrachten/{world.incoming.pk}/",
            f"/jeugdigen/overdrachten/{world.incoming.pk}/weiger/",
        ],
        "owner": [
            f"{case}/toestemming/geschiedenis/",
            f"{case}/toestemming/aan-tafel/",
            f"{case}/toestemming/aan-tafel/toevoegen/",
            f"{case}/toestemming/aan-tafel/{wish.pk}/",
            f"{case}/toestemming/aan-tafel/{wish.pk}/haal-weg/",
            *work,
            f"{case}/logboek/{entry.pk}/",
            f"{case}/logboek/{entry.pk}/eerder/",
            f"{case}/verwijderd/",
            f"{case}/inzet/",
            f"{case}/leren/verhaal/{world.story.pk}/",
            f"{case}/eigenaar/ik-stop/",
            f"{case}/verbinding/",
            f"{case}/reisgenoten/",
            f"{case}/reisgenoten/toevoegen/",
            f"{case}/reisgenoten/{mate.pk}/",
            f"{case}/reisgenoten/{mate.pk}/eerder/",
            f"{case}/reis/reflecties/toevoegen/?halte={stop.pk}",
            f"{case}/reis/reflecties/{look.pk}/",
            f"{case}/reis/reflecties/{look.pk}/eerder/",
            f"{case}/reis/haltes/{stop.pk}/eerder/",
            f"{case}/reis/plan/eerder/",
            f"{case}/reis/afdrukken/",
            f"{case}/stem/",
            f"{case}/stem/trek-in/",
        ],
        "coordinator": [
            *work,
            f"{case}/inzet/",
            f"{case}/inzet/toevoegen/",
            f"{case}/inzet/{world.cost.pk}/",
            f"{case}/inzet/uren/toevoegen/",
            f"{case}/inzet/uren/{world.hours.pk}/",
            f"/jeugdigen/{world.ending.code}/interviews/",
            f"{interviews}/toevoegen/",
            f"{interviews}/{world.interview.pk}/",
            f"{interviews}/{world.interview.pk}/wijzig/",
            f"{interviews}/{world.interview.pk}/vraag/{world.answer.question_id}/",
            f"{interviews}/{world.interview.pk}/antwoord/{world.answer.pk}/",
            f"{interviews}/redenen/",
            f"/jeugdigen/{world.ending.code}/interviews/redenen/",
            f"{inzet}/toevoegen/",
            f"{inzet}/{world.swv_cost.pk}/",
            f"{inzet}/uren/",
            f"{inzet}/uren/toevoegen/",
            f"{inzet}/uren/{world.swv_hours.pk}/",
            f"{case}/reis/?beeld=woorden",
            *(f"{case}/reis/{key}/" for key in CHAPTERS),
            f"{case}/reis/haltes/toevoegen/",
            f"{case}/reis/haltes/{stop.pk}/",
            f"{case}/reis/haltes/{stop.pk}/verwijderen/",
            f"{closed}/",
            f"/jeugdigen/misschien-dubbel/{world.double.pk}/",
            f"/jeugdigen/misschien-dubbel/{world.settled.pk}/",
            "/profiel/",
            f"{case}/volgen/gebeurtenis/",
            f"{case}/volgen/gebeurtenis/{world.event.pk}/",
            f"{case}/volgen/nazorg/",
            f"{case}/volgen/nazorg/plan/",
            f"{case}/volgen/nazorg/{world.moment.pk}/",
            f"{case}/volgen/afronden/",
            f"{case}/leren/verhaal/",
            f"{case}/leren/knelpunt/",
            "/verhalen/",
            "/verhalen/?q=bestaatniet",
            "/verhalen/waar-wringt-het/",
            "/verhalen/waar-wringt-het/toevoegen/",
            f"/verhalen/waar-wringt-het/{world.obstacle.pk}/",
            f"/verhalen/waar-wringt-het/{world.obstacle.pk}/wijzig/",
            "/verhalen/oplossingen/",
            "/verhalen/oplossingen/van-ons/",
            "/verhalen/oplossingen/toevoegen/",
            f"/verhalen/oplossingen/{world.solution.pk}/wijzig/",
            f"/verhalen/oplossingen/{world.solution.pk}/deel/",
            f"{case}/stem/",
            f"/jeugdigen/{world.ending.code}/stem/",
            "/wel-tafels/",
            f"/wel-tafels/overleg/{world.meeting.pk}/",
            f"/wel-tafels/overleg/{world.cancelled.pk}/",
            f"/wel-tafels/overleg/{world.meeting.pk}/wijzig/",
            f"/wel-tafels/overleg/{world.meeting.pk}/zeg-af/",
            f"/wel-tafels/overleg/{world.table.pk}/",
            f"/wel-tafels/overleg/{world.table.pk}/agenda/",
            f"/wel-tafels/jeugdige/{world.case.code}/plan/",
            f"/wel-tafels/jeugdige/{world.ending.code}/plan/",
            f"{place_at_table}/",
            f"{place_at_table}/voorbereiden/",
            f"{place_at_table}/haal-af/",
            f"{place_at_table}/mensen/",
            f"{place_at_table}/zonder-account/",
            f"{place_at_table}/mensen/{world.guest.pk}/",
            f"{place_at_table}/uitnodiging/",
            *(f"{place_at_table}/live/?stap={step.key}" for step in STEPS),
            f"{place_at_table}/live/actie/{world.action.pk}/",
            f"{place_at_table}/live/sluiten/",
            "/acties/",
            f"/acties/{world.action.pk}/liep-anders/",
            f"/wel-tafels/plek/{world.held.pk}/",
            f"/wel-tafels/plek/{world.held.pk}/terugkoppeling/",
            f"/wel-tafels/teams/{world.team.pk}/plan/",
            "/wel-tafels/teams/",
            "/wel-tafels/teams/toevoegen/",
            f"/wel-tafels/teams/{world.team.pk}/",
            f"/wel-tafels/teams/{world.team.pk}/wijzig/",
            f"/wel-tafels/teams/{world.team.pk}/laatste-dag/",
            f"/wel-tafels/teams/{world.team.pk}/collega-toevoegen/",
            f"/wel-tafels/teams/{world.team.pk}/partner-toevoegen/",
            f"/wel-tafels/teams/{world.team.pk}/leden/{world.member.pk}/",
            f"/wel-tafels/teams/{world.team.pk}/leden/{world.partner.pk}/",
            f"{case}/tafel/",
            f"{case}/tafel/aanmelding/",
            f"{ending}/tafel/casusinbreng/",
            f"{case}/tafel/casusinbreng/",
            f"{case}/tafel/checklist/",
            f"{case}/tafel/huisbezoek/",
            f"{case}/tafel/zonder-stem/",
            f"{ending}/tafel/",
            f"{ending}/tafel/aanmelding/",
            f"{ending}/tafel/aanmelding/mdo/",
            f"{ending}/tafel/aanmelding/contact/",
        ],
        "contact": [
            "/",
            "/verantwoording/PO2001/",
            "/verantwoording/PO2001/subsidie/",
            f"{case}/reis/",
            f"{case}/inzet/",
            f"{inzet}/",
            f"{inzet}/?akkoord=wacht&soort=indirect",
            f"{inzet}/{world.cost.pk}/akkoord/",
            f"{inzet}/overeenkomst/",
            f"{inzet}/overeenkomst/{world.agreement.pk}/",
            "/wel-tafels/",
            f"/wel-tafels/teams/{world.team.pk}/",
        ],
        "project": ["/", "/verantwoording/", "/verantwoording/?q=bestaatniet", "/verantwoording/PO2001/"],
        "fg": ["/", "/beheer/", "/beheer/logboek-inzage/"],
        "beheer": [
            "/",
            "/beheer/",
            "/beheer/mensen/",
            "/beheer/mensen/uitnodigen/",
            f"/beheer/mensen/{world.owner.pk}/",
            f"/beheer/mensen/{world.owner.pk}/werkplek/",
            f"/beheer/mensen/{world.owner.pk}/werkplek/{place.pk}/beeindigen/",
            f"/beheer/mensen/{world.owner.pk}/uitzetten/",
            f"/beheer/mensen/{world.gone.pk}/aanzetten/",
            f"/beheer/mensen/{world.new.pk}/opnieuw-uitnodigen/",
            f"/beheer/mensen/{world.fg.pk}/tweede-stap/",
            "/beheer/samenwerkingsverbanden/",
            "/beheer/samenwerkingsverbanden/PO2001/",
            "/beheer/vragenlijst/",
            "/beheer/vragenlijst/1/",
            "/beheer/vragenlijst/2/",
            "/beheer/vragenlijst/2/in-gebruik/",
            "/beheer/vragenlijst/casusinbreng/",
            "/beheer/vragenlijst/casusinbreng/1/",
            "/beheer/vragenlijst/casusinbreng/2/",
            "/beheer/vragenlijst/casusinbreng/2/in-gebruik/",
        ],
    }


def youth_pages(world):
    """The form of the jongere, with what was answered; looked at in test_voice.py."""
    link = f"/stem/{world.voice.token}/"
    steps = ("", "vraag/1/", "vraag/2/", "vraag/8/", "klopt-het/", "tekening/", "dankjewel/", "wis/")
    return [*(f"{link}{step}" for step in steps), "/stem/gewist/"]


OUTSIDE = ["/inloggen/", "/wachtwoord/vergeten/", "/wachtwoord/vergeten/verstuurd/", "/wachtwoord/nieuw/klaar/"]


def answer_of(world):
    """The page behind the link of an invitation."""
    token = invitation_token(world.guest.pk)
    with as_owner():
        Participant.objects.narrowed().filter(pk=world.guest.pk).update(token_hash=hash_of(token))
    return f"/wel-tafels/antwoord/{token}/?keuze=nee"


OWN = [
    "/profiel/sessies/",
    "/wachtwoord/wijzigen/",
    "/profiel/tweede-stap/",
    "/profiel/tweede-stap/app/vervangen/",
    "/profiel/tweede-stap/herstelcodes/",
    "/profiel/tweede-stap/herstelcodes/nieuw/",
    "/profiel/tweede-stap/toegangssleutels/",
    "/profiel/tweede-stap/toegangssleutels/nieuw/",
    "/uitleg/",
    "/toegankelijkheid/",
]


def view_of(path):
    return resolve(path.partition("?")[0]).view_name


def narrow(page, path):
    """What is wrong with the page on a phone, and whether it fits a tablet."""
    found = []
    for width in (768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((path, width, "wider than the screen"))
    return found + [(path, 390, *one) for one in violations(page)]


def wide(page, path):
    """What is wrong on a laptop, and in the dark; once per kind of page is enough."""
    page.set_viewport_size({"width": 1440, "height": 900})
    found = [(path, 1440, *one) for one in violations(page)]
    page.emulate_media(color_scheme="dark")
    found += [(path, "dark", *one) for one in violations(page, rules=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


NEVER_WRONG = {"cases:reasons", "meetings:live"}  # no box needs a tick; the table stays where it is (test_live.py)
MAIN_FORM = "main form[data-main]"
FILL = """value => {
  const form = document.querySelector("main form[data-main]");
  for (const field of form.querySelectorAll("input, textarea")) {
    if (["hidden", "file"].includes(field.type)) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = false;
    else field.value = value;
  }
  form.querySelector(".btn-primary").click();
}"""


def with_errors(page, path):
    """What is wrong with the form of this page when every field of it is; on a phone."""
    page.set_viewport_size({"width": 390, "height": 900})
    with page.expect_navigation() as posted:
        page.evaluate(FILL, BSN)
    found = []
    if posted.value.status != 422 or page.evaluate("document.activeElement.className") != "error-summary":
        found.append((path, posted.value.status, page.evaluate("document.activeElement.outerHTML.slice(0, 80)")))
    if not page.title().startswith("Let op: "):
        found.append((path, page.title()))
    return found + [("with errors", *one) for one in narrow(page, path)]


# Whose forms are tried with errors.
TRY_FORMS = {"leerplicht", "coordinator", "contact", "beheer"}


@pytest.mark.parametrize("roles", [("leerplicht",), ("coordinator", "owner"), ("contact", "project", "fg", "beheer")])
def test_every_page_with_data_is_accessible_and_its_form_with_errors_puts_the_summary_first(visit, world, roles):
    found, pages, seen, tried = [], pages_of(world), set(), set()

    for role in roles:
        page = visit("/", world[role])
        for path in pages[role]:
            answer = page.goto(path)
            is_closed = world.closed.code in path and role != "leerplicht"
            assert answer.status == (404 if is_closed else 200), f"{role} {path}"
            found += narrow(page, path)
            view = view_of(path)
            kind = (view, path == "/" and role)
            if kind not in seen:
                found += wide(page, path)
                seen.add(kind)
            if role not in TRY_FORMS or view in NEVER_WRONG or ((role, view) in tried and "zonder-naam" not in path):
                continue
            tried.add((role, view))
            if page.locator(f"{MAIN_FORM} :is(input:not([type=hidden]), textarea)").count():
                found += with_errors(page, path)

    assert found == []


def test_the_pages_before_logging_in_and_of_ones_own_account_are_accessible(visit, world):
    user = with_app(email="siebe@voorbeeld.test", name="Siebe van den Penningmeester-Langeafstand")
    reset = f"/wachtwoord/nieuw/{user_pk_to_url_str(world.owner)}-{default_token_generator.make_token(world.owner)}/"
    page, found = visit("/"), []

    for path in [*OUTSIDE, reset, invitation_path(world.new), answer_of(world)]:
        assert page.goto(path).status == 200, path
        found += narrow(page, path) + wide(page, path)
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/tweede-stap/")
    found += narrow(page, page.url) + wide(page, page.url)
    page.get_by_label("Code").fill(code_of(user.secret))
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url("**/")
    for path in OWN:
        answer = page.goto(path)
        assert (answer.status, page.url.endswith(path)) == (200, True), path
        found += narrow(page, path) + wide(page, path)

    assert found == []


def test_what_opens_on_a_page_is_accessible(visit, world):
    page, found = visit("/", world.leerplicht, width=390), []

    page.locator(".menu--nav summary").click()
    found += narrow(page, "menu")
    page.keyboard.press("Escape")
    page.locator(".menu--avatar summary").click()
    found += narrow(page, "own menu") + wide(page, "own menu")

    page.goto("/jeugdigen/")
    page.set_viewport_size({"width": 390, "height": 900})
    page.locator(".list-filters summary").click()
    found += narrow(page, "filters")

    page.goto(f"/jeugdigen/{world.case.code}/")
    page.get_by_role("button", name="Toon naam").click()
    expect(page.locator("#identity-bar")).to_contain_text("Pippeloentje")
    found += narrow(page, "name shown") + wide(page, "name shown")

    page.goto(f"/jeugdigen/{world.case.code}/logboek/")
    page.get_by_text("Lees verder").first.click()
    found += narrow(page, "log opened")

    page.goto(f"/jeugdigen/{world.case.code}/documenten/")
    page.get_by_text("Verwijderd (1)").click()
    found += narrow(page, "removed documents") + wide(page, "removed documents")

    page.goto("/jeugdigen/aanmelden/")
    page.get_by_label("Achternaam").fill("Iemand")
    page.get_by_label("Geboortedatum").fill(world.born)
    page.get_by_label("Vrijstelling 5 onder a").check()
    page.get_by_label("Achternaam").fill("van Verzonnen tot Zevenhuizerveen")
    page.get_by_label("Sinds").focus()
    expect(page.locator("#lookalikes .notice")).to_be_visible()
    found += narrow(page, "look-alike") + wide(page, "look-alike")

    page.goto("/jeugdigen/WEL-9999/")
    found += narrow(page, "no such page") + wide(page, "no such page")

    assert found == []


def test_every_page_of_wel_is_looked_at(world):
    looked_at = {view_of(path) for paths in pages_of(world).values() for path in paths}
    looked_at |= {view_of(path) for path in [*OUTSIDE, *OWN, invitation_path(world.new), answer_of(world)]}
    looked_at |= {view_of(path) for path in youth_pages(world)}
    looked_at |= {"account_reset_password_from_key", "mfa_authenticate"}

    def names(resolver, prefix=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
            else:
                yield prefix + str(pattern.name)

    assert set(names(get_resolver())) - looked_at - set(NO_PAGE) == set()
