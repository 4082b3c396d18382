"""The audit log as the FG reads it, the chain, and the command that renews grants."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access import audit
from access.context import acting_as
from access.models import AuditEvent
from regions.audit_words import EVENTS, detail_words, event_word
from regions.models import Role, SamenwerkingsverbandGrant
from tests import factories
from tests.database import as_owner

URL = "/beheer/logboek-inzage/"
TODAY = timezone.localdate()


def record(user, event, **fields):
    with acting_as(user):
        audit.record(event, **fields)


def shown(response):
    """(who, what, code) of the lines on the page, without the line of this very look."""
    return [
        (row["who"], row["what"], row["code"]) for row in response.context["rows"] if row["event"].event != "audit_read"
    ]


@pytest.fixture
def karin():
    return factories.leerplicht(user__name="Karin Bos")


@pytest.fixture
def fg_client(client_of):
    return client_of(factories.national(Role.FG, user__name="Farah Geluk"))


@pytest.mark.django_db
def test_the_log_is_searched_by_person_case_kind_and_day(fg_client, karin):
    bas = factories.coordinator(user__name="Bas Dicht")
    record(karin, "identity_seen", case_id=142, ground="naam tonen")
    record(bas, "membership_given", detail={"user": karin.pk, "role": "coordinator"})
    record(bas, "identity_searched", case_id=7)
    seen = ("Karin Bos", "Naam bekeken", "WEL-0142")
    given = ("Bas Dicht", "Werkplek gegeven", "")
    searched = ("Bas Dicht", "Op naam gezocht", "WEL-0007")

    def found(**query):
        return shown(fg_client.get(URL, query))

    assert found() == [searched, given, seen]
    assert found(wie="karin") == [given, seen]  # by her and about her
    assert found(wie=bas.email) == [searched, given]
    assert found(wie="niemand zo") == []
    assert found(jeugdige="WEL-0142") == found(jeugdige="wel142") == found(jeugdige="142") == [seen]
    assert found(wat="identity_seen") == [seen]
    assert found(vanaf=f"{TODAY:%d-%m-%Y}", tot=f"{TODAY:%d-%m-%Y}") == [searched, given, seen]
    assert found(vanaf=f"{TODAY + timedelta(1):%d-%m-%Y}") == []
    assert found(tot=f"{TODAY - timedelta(1):%d-%m-%Y}") == []


@pytest.mark.django_db
def test_reading_the_log_is_logged_without_the_name_looked_for(fg_client, karin):
    fg_client.get(URL, {"wie": "Karin", "jeugdige": "WEL-0142", "wat": "identity_seen", "page": "2"})

    with as_owner():
        line = AuditEvent.objects.get(event="audit_read")
    assert line.detail == {"case": 142, "event": "Naam bekeken", "page": 2}
    assert "Karin" not in str(line.detail)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"wie": "x" * 101}, "Zoek met minder dan 100 tekens."),
        ({"wie": "\0"}, "Null-tekens"),
        ({"wie": "111222333"}, "Dit lijkt op een burgerservicenummer."),
        ({"jeugdige": "WEL-"}, "Schrijf de code als WEL-0142."),
        ({"jeugdige": "9" * 20}, "Schrijf de code als WEL-0142."),
        ({"wat": "alles"}, "Selecteer een geldige keuze."),
        ({"vanaf": "31-2-2026"}, None),
        ({"vanaf": "2-1-2026", "tot": "1-1-2026"}, "Deze dag ligt voor de eerste dag."),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_and_shows_no_line(fg_client, query, says):
    response = fg_client.get(URL, query)

    assert response.status_code == 422
    assert says is None or says in response.content.decode()
    assert response.context["rows"] is None


@pytest.mark.django_db
def test_a_page_of_lines_with_as_many_queries_as_for_three(fg_client, karin):
    def lines(number):
        for _ in range(number):
            record(karin, "membership_given", detail={"user": karin.pk, "swv": factories.swv().pk})

    lines(3)
    fg_client.get(URL)
    with CaptureQueriesContext(connection) as few:
        fg_client.get(URL)
    lines(60)
    with CaptureQueriesContext(connection) as many:
        response = fg_client.get(URL)

    assert len(response.context["rows"]) == 25
    assert len(few) == len(many)
    assert (
        len(fg_client.get(URL, {"page": "3"}).context["rows"]) == 17
    )  # this look and three earlier ones are lines too


@pytest.mark.django_db
def test_nobody_changes_a_line(karin):
    fg = factories.national(Role.FG)
    record(karin, "identity_seen", case_id=1)

    for sql in (
        "UPDATE access_auditevent SET event = 'x'",
        "DELETE FROM access_auditevent",
        "TRUNCATE access_auditevent",
        "INSERT INTO access_auditevent (at, event, detail) VALUES (now(), 'x', '{}')",
    ):
        refused = pytest.raises(DatabaseError, match="permission denied")
        with acting_as(fg), connection.cursor() as cursor, refused, transaction.atomic():
            cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_the_chain_holds_and_a_change_behind_its_back_shows(fg_client, karin, capsys):
    record(karin, "identity_seen", case_id=1)
    record(karin, "identity_seen", case_id=2)

    response = fg_client.post(reverse("regions:audit_check"), follow=True)
    assert "De keten klopt: 2 regels." in response.content.decode()
    call_command("check_audit_chain")
    assert capsys.readouterr().out == "De keten klopt.\n"

    with as_owner():
        AuditEvent.objects.filter(sequence=2).update(case_id=3)
    response = fg_client.post(reverse("regions:audit_check"), follow=True)
    assert "De keten klopt niet vanaf regel 2." in response.content.decode()
    with pytest.raises(CommandError, match="De keten klopt niet vanaf regel 2"):
        call_command("check_audit_chain")
    with as_owner():
        checks = AuditEvent.objects.filter(event="chain_checked").order_by("pk").values_list("detail", flat=True)
        assert [detail.get("broken") for detail in checks] == [None, 2]


def test_details_in_words():
    words = detail_words(
        {"table": "regions_membership", "id": 3, "fields": ["ends_on"], "user": 1, "by": 2, "role": "fg", "swv": 9},
        names={1: "Karin Bos"},
        swvs={9: "PO2001"},
    )

    assert words == (
        "gegevens: werkplek; nummer: 3; velden: tot en met; persoon: Karin Bos; door: 2;"
        " rol: Functionaris gegevensbescherming; samenwerkingsverband: PO2001"
    )
    assert detail_words({"table": "unknown", "fields": ["x"]}, names={}, swvs={}) == "gegevens: unknown; velden: x"
    assert detail_words({"swv": 9, "fields": ["city"]}, names={}, swvs={9: "PO2001"}) == (
        "samenwerkingsverband: PO2001; velden: plaats"
    )
    assert detail_words({"answer": "zelfde"}, names={}, swvs={}) == "antwoord: het is dezelfde"
    assert event_word("something_new") == "something new"
    assert event_word("insert") == EVENTS["insert"]


def test_every_event_that_the_code_records_has_a_dutch_word(settings):
    recorded = set()
    for app in ("access", "regions", "cases", "meetings", "reporting"):
        for path in settings.BASE_DIR.glob(f"{app}/**/*.py"):
            recorded |= set(re.findall(r"""\brecord\(\s*['"]([a-z_]+)['"]""", path.read_text()))

    assert {"identity_seen", "membership_given"} <= recorded
    assert recorded - EVENTS.keys() == set()


@pytest.mark.django_db
def test_renewing_gives_a_second_period_when_it_begins():
    person = factories.MembershipFactory(
        swv=factories.swv(), starts_on=TODAY - timedelta(20), ends_on=TODAY - timedelta(10)
    ).user
    with as_owner():
        # As it stood before today: only the first period had its grants.
        factories.MembershipFactory(user=person, swv=factories.swv(), starts_on=TODAY)
        SamenwerkingsverbandGrant.objects.filter(user=person).update(
            starts_on=TODAY - timedelta(20), ends_on=TODAY - timedelta(10)
        )
        call_command("renew_grants")
        grants = SamenwerkingsverbandGrant.objects.filter(user=person)
        assert set(grants.values_list("starts_on", "ends_on")) == {(TODAY, None)}
        assert AuditEvent.objects.get(event="grants_renewed").detail == {"people": 1}


@pytest.mark.django_db
def test_the_web_role_renews_nothing():
    with pytest.raises(CommandError, match="eigenaar van de tabellen"):
        call_command("renew_grants")
