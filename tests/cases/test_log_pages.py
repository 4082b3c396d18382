"""The logboek: who reads what, Schrijf op, and what writing changes elsewhere."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.models import Case, CaseMember, LogEntry, Stop
from regions.models import Role
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
BSN = "111222333"


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=TODAY + timedelta(days=30))


@pytest.fixture
def coordinator():
    return factories.coordinator()


def rows(model, case):
    with factories.as_owner():
        return list(model.objects.unscoped().filter(case=case))


def last_contact(case):
    with factories.as_owner():
        return Case.objects.unscoped().get(pk=case.pk).last_contact_on


def log(case, rest=""):
    return f"/jeugdigen/{case.code}/logboek/{rest}"


def seen(client, case, entry):
    return client.get(log(case, f"{entry.pk}/")).context["form"].initial["seen"]


def entry_data(**changes):
    day = f"{TODAY.day}-{TODAY.month}-{TODAY.year}"
    return {"kind": "gesprek", "text": "Hij lachte.", "happened_on": day, "readers": "team", **changes}


# Who may


def test_the_people_near_a_case_read_and_write(client_of, case):
    member = factories.UserFactory()
    factories.CaseMemberFactory(case=case, user=member, role=CaseMember.Role.CONNECTOR)

    for user in (factories.leerplicht(), factories.coordinator(), member):
        client = client_of(user)
        assert client.get(log(case)).status_code == 200
        assert client.get(log(case, "schrijf-op/")).status_code == 200
        assert client.post(log(case, "schrijf-op/"), entry_data()).status_code == 302
    assert len(rows(LogEntry, case)) == 3


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("part", ["", "schrijf-op/", "{entry}/"])
def test_a_stranger_and_a_swv_contact_never_learn_that_a_log_exists(client_of, case, part, method):
    guest = factories.UserFactory()
    factories.CaseMemberFactory(case=case, user=guest, role=CaseMember.Role.GUEST)
    entry = factories.LogEntryFactory(case=case)
    path = log(case, part.format(entry=entry.pk))

    for user in (factories.coordinator("PO2203"), factories.leerplicht("Emmen"), factories.swv_contact(), guest):
        client = client_of(user)
        answers = [getattr(client, method)(url) for url in (path, path.replace(case.code, "WEL-999999"))]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in (404, 405)
        assert "maakten kennis" not in answers[0].content.decode()
    assert len(rows(LogEntry, case)) == 1


def test_only_for_me_is_for_me_only(client_of, case, coordinator):
    factories.LogEntryFactory(case=case, author=coordinator, readers="ik", text="Nog even voor mezelf")
    factories.LogEntryFactory(case=case, readers="ik", text="Van een collega, alleen voor die collega")
    factories.LogEntryFactory(case=case, readers="team", text="Voor het team")
    factories.LogEntryFactory(case=factories.CaseFactory(shared_until=TODAY), text="Van een ander")

    page = client_of(coordinator).get(log(case))

    assert [line["entry"].text for line in page.context["entries"]] == ["Voor het team", "Nog even voor mezelf"]
    assert "collega" not in page.content.decode()


def test_only_the_author_changes_an_entry(client_of, case, coordinator):
    theirs = factories.LogEntryFactory(case=case, text="Van een collega")
    elsewhere = factories.LogEntryFactory(
        case=factories.CaseFactory(shared_until=TODAY), author=coordinator, text="Bij een ander"
    )
    client = client_of(coordinator)

    for entry in (theirs, elsewhere):
        assert client.get(log(case, f"{entry.pk}/")).status_code == 404
        assert client.post(log(case, f"{entry.pk}/"), entry_data(version="1")).status_code == 404
    assert f"/logboek/{theirs.pk}/" not in client.get(log(case)).content.decode()
    assert [entry.text for entry in rows(LogEntry, case)] == ["Van een collega"]


def test_reading_the_log_is_written_down(client_of, case, coordinator):
    client_of(coordinator).get(log(case))

    fg = factories.national(Role.FG)
    with acting_as(fg):
        assert list(AuditEvent.objects.filter(event="log_read").values_list("user_id", "case_id")) == [
            (coordinator.pk, case.pk)
        ]


# The page


def test_an_empty_log_asks_a_question(client_of, case, coordinator):
    assert "Wat viel je op bij het eerste gesprek?" in client_of(coordinator).get(log(case)).content.decode()


def test_the_kinds_filter_and_a_lichtje_counts_wherever_it_was_seen(client_of, case, coordinator):
    factories.LogEntryFactory(case=case, kind="gesprek", text="Gesprek met lichtje", is_spark=True)
    factories.LogEntryFactory(case=case, kind="gesprek", text="Gewoon gesprek")
    factories.LogEntryFactory(case=case, kind="lichtje", text="Lichtje", is_spark=True)
    client = client_of(coordinator)

    def texts(query):
        return {line["entry"].text for line in client.get(log(case, query)).context["entries"]}

    assert texts("?soort=gesprek") == {"Gesprek met lichtje", "Gewoon gesprek"}
    assert texts("?soort=lichtje") == {"Gesprek met lichtje", "Lichtje"}
    assert texts("?soort=besluit") == set()
    assert texts("?soort=<script>&pagina=-3") == {"Gesprek met lichtje", "Gewoon gesprek", "Lichtje"}


def test_twenty_per_page_newest_first(client_of, case, coordinator):
    for days in range(23):
        factories.LogEntryFactory(case=case, happened_on=TODAY - timedelta(days=days), text=f"dag {days}")
    client = client_of(coordinator)

    first, second = client.get(log(case)), client.get(log(case, "?pagina=2"))

    assert [line["entry"].text for line in first.context["entries"]] == [f"dag {days}" for days in range(20)]
    assert [line["entry"].text for line in second.context["entries"]] == ["dag 20", "dag 21", "dag 22"]
    assert "Eerdere" in first.content.decode()
    assert "Eerdere" not in second.content.decode()


def test_a_long_text_folds_and_markup_stays_text(client_of, case, coordinator):
    text = "<script>alert(1)</script> " + "woord " * 200
    factories.LogEntryFactory(case=case, text=text)

    page = client_of(coordinator).get(log(case)).content.decode()

    assert "Lees verder" in page
    assert "<script>alert" not in page


def test_as_many_queries_for_three_entries_as_for_one(client_of, case, coordinator, django_assert_max_num_queries):
    client = client_of(coordinator)
    client.get(log(case))
    counts = []
    for _ in (1, 2):
        factories.LogEntryFactory(case=case)
        with django_assert_max_num_queries(20) as captured:
            client.get(log(case))
        counts.append(len(captured))
        factories.LogEntryFactory(case=case)

    assert counts[0] == counts[1]


# Schrijf op


def test_what_was_written_stands_there(client_of, case, coordinator):
    client = client_of(coordinator)

    answer = client.post(
        log(case, "schrijf-op/"), entry_data(text="Regel één\r\nRegel twee", readers="ik"), follow=True
    )

    assert "Opgeschreven." in answer.content.decode()
    [entry] = rows(LogEntry, case)
    assert (entry.author, entry.kind, entry.text, entry.happened_on, entry.readers, entry.is_spark) == (
        coordinator, "gesprek", "Regel één\nRegel twee", TODAY, "ik", False,
    )  # fmt: skip


def test_the_link_for_a_lichtje_needs_no_more_than_text(client_of, case, coordinator):
    form = client_of(coordinator).get(log(case, "schrijf-op/?soort=lichtje")).context["form"]

    assert form.initial["kind"] == "lichtje"
    assert form.initial["is_spark"] is True
    assert form.initial["happened_on"] == TODAY
    assert form.initial["readers"] == "team"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("gesprek", TODAY), ("huisbezoek", TODAY), ("bericht", TODAY), ("lichtje", None), ("besluit", None)],
)
def test_contact_with_people_is_the_last_contact(client_of, case, coordinator, kind, expected):
    client_of(coordinator).post(log(case, "schrijf-op/"), entry_data(kind=kind))

    assert last_contact(case) == expected


def test_an_older_conversation_does_not_turn_the_clock_back(client_of, case, coordinator):
    client = client_of(coordinator)
    client.post(log(case, "schrijf-op/"), entry_data())

    client.post(log(case, "schrijf-op/"), entry_data(happened_on="1-9-2024"))

    assert last_contact(case) == TODAY


def test_a_lichtje_can_shine_at_a_halte(client_of, case, coordinator):
    stop = factories.StopFactory(case=case, sparks=1)
    factories.StopFactory(case=case, title="Andere halte")
    client = client_of(coordinator)

    client.post(log(case, "schrijf-op/"), entry_data(kind="lichtje", stop=stop.pk))
    without = client.post(log(case, "schrijf-op/"), entry_data(stop=stop.pk))

    assert without.status_code == 422
    assert [row.sparks for row in rows(Stop, case)] == [2, 0]
    assert [entry.is_spark for entry in rows(LogEntry, case)] == [True]


def foreign_stop():
    return factories.StopFactory(
        case=factories.CaseFactory(shared_until=TODAY + timedelta(days=9)), title="Van een ander"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "roddel"}, "kind"),
        ({"text": ""}, "text"),
        ({"text": "   \n "}, "text"),
        ({"text": "x" * 8001}, "text"),
        ({"text": "met een \0 erin"}, "text"),
        ({"text": f"Zijn nummer is {BSN}."}, "text"),
        ({"happened_on": ""}, "happened_on"),
        ({"happened_on": "31-2-2025"}, "happened_on"),
        ({"happened_on": "1-1-2199"}, "happened_on"),
        ({"happened_on": "<script>"}, "happened_on"),
        ({"readers": "iedereen"}, "readers"),
        ({"readers": ""}, "readers"),
        ({"kind": "lichtje", "stop": "999999999999999999999"}, "stop"),
        ({"kind": "lichtje", "stop": "<script>"}, "stop"),
        ({"kind": "lichtje", "stop": "FOREIGN"}, "stop"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_not_kept(client_of, case, coordinator, changes, field):
    factories.StopFactory(case=case)
    other = foreign_stop()
    changes = {name: other.pk if value == "FOREIGN" else value for name, value in changes.items()}

    answer = client_of(coordinator).post(log(case, "schrijf-op/"), entry_data(**changes))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "Van een ander" not in answer.content.decode()
    assert rows(LogEntry, case) == []
    assert last_contact(case) is None


# Changing one's own


def test_a_changed_entry_says_when(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator)
    client = client_of(coordinator)

    opened = seen(client, case, entry)
    answer = client.post(log(case, f"{entry.pk}/"), entry_data(text="Beter gezegd", seen=opened), follow=True)

    assert "aangepast om " in answer.content.decode()
    [changed] = rows(LogEntry, case)
    assert (changed.text, changed.version, changed.author) == ("Beter gezegd", 2, coordinator)


def test_the_same_entry_in_two_windows_loses_nothing(client_of, case, coordinator):
    entry = factories.LogEntryFactory(case=case, author=coordinator, happened_on=date(2025, 9, 1))
    client = client_of(coordinator)
    opened = seen(client, case, entry)
    client.post(log(case, f"{entry.pk}/"), entry_data(text="Venster één", seen=opened))

    for stale in (opened, "", "7", f"{opened}.0"):
        answer = client.post(log(case, f"{entry.pk}/"), entry_data(text="Venster twee", seen=stale))
        assert answer.status_code == 409
        assert "Venster één" in answer.content.decode()
        assert "Venster twee" in answer.content.decode()
    assert [row.text for row in rows(LogEntry, case)] == ["Venster één"]


def test_a_contact_written_meanwhile_is_not_overwritten_by_an_open_form(client_of):
    """Both work on the case: one writes a gesprek, the other saves the overview that was opened before."""
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=30))
    writer, editor = factories.coordinator(), factories.coordinator()
    client_of(writer).post(
        reverse("cases:write", args=[case.pk]),
        {"kind": "gesprek", "text": "Gebeld.", "happened_on": f"{timezone.localdate():%d-%m-%Y}", "readers": "team"},
    )

    response = client_of(editor).post(
        reverse("cases:edit", args=[case.pk]), {"strengths": "Geduld.", "last_contact_on": "", "version": case.version}
    )

    with as_owner():
        stored = Case.objects.unscoped().get(pk=case.pk)
    assert response.status_code == 409
    assert (stored.last_contact_on, stored.strengths) == (timezone.localdate(), "")
