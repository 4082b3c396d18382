"""The stem of the jongere and the table: it closes when the table begins, and the table reads what was given to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.context import acting_as
from meetings.actions.agenda import lapse_item
from meetings.models import AgendaItem, VoiceAnswer, VoiceLink
from tests import factories
from tests.database import as_owner
from tests.meetings.test_live import Table
from tests.meetings.test_team_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    table = Table()
    link = factories.VoiceLinkFactory(case=table.case, sent_at=timezone.now(), changed_at=timezone.now())
    for question, text, may_read in (
        ("droom", "Vliegen als een putter", True),
        ("lastig", "Het lawaai in de klas", False),
        ("naam", "Pippeloentje", True),
    ):
        factories.VoiceAnswerFactory(link=link, question=question, text=text, may_table_read=may_read)
    return table


def closes(case):
    with as_owner():
        return list(VoiceLink.objects.unscoped().filter(case=case).order_by("pk").values_list("closes_at", flat=True))


def test_the_table_reads_what_was_given_to_it_and_the_screen_no_name(client_of, table):
    guest = client_of(table.guest_user)

    item, live = guest.get(table.item.get_absolute_url()), guest.get(table.url)

    for page in (item, live):
        assert "Vliegen als een putter" in text_of(page)
        assert "Het lawaai in de klas" not in page.content.decode()
        assert "Pippeloentje" not in page.content.decode()


@pytest.mark.parametrize(
    "change",
    [{"confidential_at": None}, {"answer": "nee"}, {"removed_at": timezone.now()}],
    ids=["did not promise care", "said no", "is not at the table any more"],
)
def test_who_is_not_at_the_table_reads_none_of_it(table, change):
    with acting_as(table.guest_user):
        assert VoiceAnswer.objects.given_to_table(table.guest_user).count() == 2
    with as_owner():
        type(table.guest).objects.unscoped().filter(pk=table.guest.pk).update(**change)
    del table.guest_user.__dict__["_tables"]

    with acting_as(table.guest_user):
        assert VoiceAnswer.objects.given_to_table(table.guest_user).count() == 0
        assert VoiceAnswer.objects.unscoped().count() == 0


def test_an_open_stem_closes_with_the_first_table_to_come():
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=90))
    by = factories.coordinator()
    factories.VoiceLinkFactory(case=case)
    begin = timezone.now() + timedelta(days=10)
    meeting = factories.MeetingFactory(team=factories.WelTeamFactory(swv=case.swv), starts_at=begin)
    item = factories.AgendaItemFactory(case=case, meeting=meeting)
    assert closes(case) == [begin]

    with as_owner():
        AgendaItem.objects.unscoped().update(starts_at=begin + timedelta(minutes=30))
    assert closes(case) == [begin + timedelta(minutes=30)]
    factories.VoiceLinkFactory(case=case)  # a link that is made later knows of the table too
    assert closes(case)[1] == begin + timedelta(minutes=30)
    with acting_as(by):
        assert lapse_item(item=item, version=1, by=by)
    assert closes(case) == [None, None]


def test_a_stem_that_closed_when_its_table_began_does_not_open_again():
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=90))
    began = timezone.now() - timedelta(minutes=1)
    factories.VoiceLinkFactory(case=case, closes_at=began)

    factories.AgendaItemFactory(case=case)

    assert closes(case) == [began]
