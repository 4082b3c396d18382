"""The verslag on paper: what stands on the page, no name of the youth, and a structure that a screen reader follows."""

from dataclasses import replace

import pytest

from access.context import acting_as
from access.models import AuditEvent
from meetings.minutes import minutes_of
from meetings.papers import pdf_of_minutes
from tests.database import as_owner
from tests.meetings.test_report import Held
from tests.meetings.test_team_pages import text_of
from tests.reporting import pdf_structure

pytestmark = pytest.mark.django_db
LONG = "Langeafstandswandelaarsherbergvoorzitterskamer" * 6


@pytest.fixture
def table():
    return Held()


def words(content):
    return " ".join(pdf_structure.text(content).split())


def test_it_says_what_the_page_says_with_a_code_and_no_name(client_of, table):
    client = client_of(table.coordinator)

    answer, page = client.get(table.address("report_pdf")), text_of(client.get(table.page))

    assert answer["Content-Disposition"] == 'attachment; filename="wel-verslag.pdf"'
    paper = words(answer.content)
    for shown in (
        "Brood bakken", "Samen koken", "Een dag in de bakkerij", "Woensdag beginnen we.", "Werk, Thuis", "Ja",
        "Een advies", "De arts wil eerst rust.", "Vraag of oom meegaat", "Olga J.", "Ik bel eerder", table.item.code,
    ):  # fmt: skip
        assert shown in paper
        assert shown in page
    for never in ("Pippeloentje", "Toch geen", "vertelt de jongere", "Wie leest dit verslag"):
        assert never not in paper
    assert pdf_structure.check(answer.content) == []
    with as_owner():
        (line,) = AuditEvent.objects.filter(event="report_exported")
        assert (line.case_id, line.user_id) == (table.case.pk, table.coordinator.pk)


def test_little_and_much_have_the_same_structure(table):
    with acting_as(table.coordinator):
        minutes = minutes_of(table.item.pk, table.coordinator)
    one, note = minutes.promises[0], minutes.notes[0]
    much = replace(
        minutes,
        agreed=LONG * 7,
        promises=tuple(
            replace(one, text=LONG, horizon=horizon, outcome=LONG, is_late=False)
            for horizon in ("4u", "4d", "4w", "4m")
            for _ in range(8)
        ),
        notes=tuple(replace(note, text=LONG, step=step) for step in ("werkte", "idee", "rondje") for _ in range(10)),
    )
    little = replace(minutes, promises=(), notes=(), agreed="", mix=(), dissent="", wensdroom="", said_on=None)

    for found in (little, much):
        content = pdf_of_minutes(found)
        assert pdf_structure.check(content) == []
    assert len(pdf_structure.pages(content)) > 3
    lanes = [text for text in pdf_structure.pages(content) if "Hoe staat het" in text]
    assert len(lanes) > 1  # the head of the table comes back on each page
