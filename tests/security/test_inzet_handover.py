"""Inzet of a jeugdige that is handed over at the same moment: nothing is half done, and who asked is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import HoursLine
from cases.views import inzet as inzet_views
from cases.views import log as log_views
from reporting.views import inzet as money_views
from tests import factories
from tests.at_once import at_once
from tests.cases.handover_world import accept, make_sides, offered
from tests.database import as_owner
from tests.security.test_inzet import DECIDE, Second

ACCEPT = "SELECT access.answer_handover(%s, 2, true, '', %s)"
SAVED, CHANGED = [("vastgelegd",)], [("gewijzigd",)]


@pytest.fixture
def sides(transactional_db):
    return make_sides()


def stored(line):
    with as_owner():
        return type(line).objects.unscoped().get(pk=line.pk)


def who_pays(sides, payer):
    """The subsidy and who decides about it, of the side that pays; a line that the new side pays goes along."""
    return (sides.subsidy, sides.contact) if payer == "old" else (sides.new_subsidy, sides.new_contact)


@pytest.mark.parametrize(("payer", "first"), [("old", "accept"), ("old", "decide"), ("new", "decide")])
def test_akkoord_and_accepting_at_once_come_one_after_the_other(sides, session, payer, first):
    pk = offered(sides)
    subsidy, contact = who_pays(sides, payer)
    line = factories.CostLineFactory(case=sides.case, subsidy=subsidy, amount="10.00")
    accepting = (sides.new_leerplicht, ACCEPT, pk, sides.new_leerplicht.pk)
    deciding = (contact, DECIDE, line.pk, line.version, "akkoord", "")
    one, two = (accepting, deciding) if first == "accept" else (deciding, accepting)
    session.become(one[0].pk)
    assert session.run(*one[1:]) == SAVED
    second = Second(*two)

    assert second.waits(session)
    session.connection.commit()

    assert second.result() == (CHANGED if first == "accept" else SAVED)
    now = stored(line)
    assert now.decision == ("" if first == "accept" else "akkoord")
    assert (now.case_id, now.moved_case) == ((None, sides.case.pk) if payer == "old" else (sides.case.pk, None))
    assert now.swv_id == subsidy.swv_id


# On the page


def handed_over_first(monkeypatch, views, name, sides, pk):
    """The other side accepts after the page found what it is about, and before it writes."""
    act = getattr(views.actions, name)

    def late(**arguments):
        assert at_once(lambda: accept(sides, pk)) == []
        return act(**arguments)

    monkeypatch.setattr(views.actions, name, late)


@pytest.mark.parametrize("payer", ["old", "new"])
def test_who_agrees_to_a_line_that_just_left_reads_so(sides, client_of, monkeypatch, payer):
    pk = offered(sides)
    subsidy, contact = who_pays(sides, payer)
    line = factories.CostLineFactory(case=sides.case, subsidy=subsidy, amount="10.00")
    client = client_of(contact)
    url = f"/verantwoording/{subsidy.swv.key}/inzet/{line.pk}/akkoord/"
    handed_over_first(monkeypatch, money_views, "decide_line", sides, pk)

    response = client.post(url, {"answer": "akkoord", "reason": "", "version": line.version})

    page = response.content.decode()
    if payer == "old":  # it stays with who paid, without the jeugdige
        assert response.status_code == 409
        assert "Deze regel is net aangepast" in page
        again = {"answer": "akkoord", "reason": "", "version": stored(line).version}
        monkeypatch.undo()
        assert client.post(url, again).status_code == 302
        assert stored(line).decision == "akkoord"
    else:
        assert response.status_code == 404
        assert "Er is niets bewaard" in page
        assert stored(line).decision == ""


@pytest.mark.parametrize("what", ["uren", "logboek"])
def test_what_is_written_about_somebody_who_just_left_is_not_kept_and_said_so(sides, client_of, monkeypatch, what):
    pk = offered(sides)
    client = client_of(sides.coordinator)
    today = f"{timezone.localdate() - timedelta(days=1):%d-%m-%Y}"
    if what == "uren":
        handed_over_first(monkeypatch, inzet_views, "enter_hours", sides, pk)
        data = {"activity": "gesprekken", "role": HoursLine.Role.values[0], "done_on": today, "persons": "2", "hours": "1,5",
                "task": "regulier"}  # fmt: skip
        url = f"/jeugdigen/{sides.case.code}/inzet/uren/toevoegen/"
    else:
        handed_over_first(monkeypatch, log_views, "write_entry", sides, pk)
        data = {"kind": "gesprek", "text": "Net te laat.", "happened_on": today, "readers": "team"}
        url = f"/jeugdigen/{sides.case.code}/logboek/schrijf-op/"

    response = client.post(url, data)

    assert response.status_code == 404
    assert "Er is niets bewaard" in response.content.decode()
    assert sides.new_leerplicht.name not in response.content.decode()
