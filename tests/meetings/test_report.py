"""The verslag: what stands in it, for whom it is opened and closed again, and what another reader gets of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import InternalError, connection
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as, looking_as
from access.models import AuditEvent
from meetings.minutes import minutes_of, within
from meetings.models import Action, AgendaItem, Participant, ReportReader, TableReport
from meetings.models.agenda import forget_tables
from tests import factories
from tests.database import as_owner
from tests.mail import send_waiting_mail
from tests.meetings.test_live import Table, closing, saved
from tests.meetings.test_team_pages import errors_of, text_of

pytestmark = pytest.mark.django_db


class Held(Table):
    """A table that was closed: somebody promised, an idea was taken back, and nobody reads the verslag yet."""

    def __init__(self):
        super().__init__()
        factories.IdentityFactory(case=self.case, first_name="Pippeloentje")
        with as_owner():
            AgendaItem.objects.unscoped().update(status="besproken")
            seats = Participant.objects.unscoped()
            seats.filter(pk=self.guest.pk).update(attendance="aanwezig")
            seats.filter(pk=self.partner.pk).update(attendance="bericht")
        line = {"item": self.item, "created_by": self.coordinator}
        self.promise = factories.ActionFactory(**line, text="Vraag of oom meegaat", participant=self.guest)
        factories.ActionFactory(**line, text="Toch geen belofte", deleted_at=timezone.now())
        factories.TableNoteFactory(**line, step="werkte", text="Samen koken")
        factories.TableNoteFactory(**line, step="idee", text="Een dag in de bakkerij", participant=self.guest)
        factories.TableNoteFactory(**line, step="idee", text="Toch geen idee", deleted_at=timezone.now())
        factories.TableNoteFactory(**line, step="rondje", text="Ik bel eerder")
        self.report = factories.TableReportFactory(
            item=self.item, agreed="Woensdag beginnen we.", mix=["werk", "thuis"], is_feasible=True,
            dissent="De arts wil eerst rust.", closed_by=self.coordinator,
        )  # fmt: skip
        factories.FeedbackFactory(item=self.item, teller=self.member.user)
        self.page = self.address("report")

    def shared(self, **values):
        return factories.ReportReaderFactory(item=self.item, report=self.report, participant=self.guest, **values)


@pytest.fixture
def table():
    return Held()


def test_it_says_what_stands_with_the_wensdroom_first_and_no_name_of_the_youth(client_of, table):
    for user in (table.coordinator, table.member.user, factories.leerplicht()):
        response = client_of(user).get(table.page)
        page = text_of(response)

        order = ("Brood bakken", "Samen koken", "Een dag in de bakkerij", "Woensdag beginnen we.", "Werk, Thuis")
        order += ("De arts wil eerst rust.", "Vraag of oom meegaat", "Ik bel eerder")
        assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
        for words in ("Toch geen", "Pippeloentje"):
            assert words not in response.content.decode()
        assert "Olga J. · uiterlijk" in page
        assert "Olga Jansen Deelnemer aanwezig" in page
        assert "arts, GGD Verzonnen" in page or "jeugdarts, GGD Verzonnen" in page
        assert "afwezig met bericht" in page
    with as_owner():
        assert AuditEvent.objects.filter(event="report_read", case_id=table.case.pk).count() == 3
