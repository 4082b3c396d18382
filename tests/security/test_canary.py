"""Names that occur nowhere else walk through every page, mail, document and log line: they come out only on record."""

import io
import logging
import re
from datetime import date

import pytest
from django.conf import settings as project
from django.core import mail
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.logs import Formatter
from access.models import AuditEvent
from cases.models import Identity
from cases.views import overview, register
from reporting.accounts import read_accounts
from tests import factories
from tests.database import as_owner
from tests.security.filled_forms import FORMS
from tests.security.routes import ROUTES
from tests.security.test_routes import address

pytestmark = pytest.mark.django_db

NOT_LET_IN = ("coordinator", "owner", "contact", "project", "fg", "beheer", "stranger")
LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)')
CRAWLED = 70  # pages per role at most


def person_of(case):
    day = 10 + case.pk % 18
    return {
        "first_name": f"Roepnaam{case.pk}q",
        "last_name": f"Achternaam{case.pk}q",
        "born_on": date(2014, 3, day),
        "parent_name": f"Oudernaam{case.pk}q",
        "contact": f"thuis{case.pk}q@voorbeeld.test",
    }


def canaries(person):
    """What betrays somebody, a birth date in each way of writing it."""
    born = person["born_on"]
    dates = (f"{born:%d-%m-%Y}", f"{born.day}-{born.month}-{born.year}", f"{born:%Y-%m-%d}", f"{born.day} maart 2014",
             f"{born:%d%m%Y}", f"{born:%d/%m/%Y}", f"{born.day} mrt 2014")  # fmt: skip
    return (*(value for name, value in person.items() if name != "born_on"), *dates)


def found_in(text, cases):
    return sorted({word for case in cases for word in canaries(person_of(case)) if word.lower() in text.lower()})


@pytest.fixture(scope="module")
def cases(world, django_db_blocker):
    """The jeugdigen of the world, each with a name of its own; one name was also written where it does not belong."""
    with django_db_blocker.unblock(), as_owner():
        for case in (world.own, world.closed, world.foreign):
            Identity.objects.filter(case=case).update(**person_of(case))
    return [world.own, world.closed, world.foreign]


@pytest.fixture
def looks(db):
    """The looks at an identity so far, as (who, case, request)."""

    def lines():
        with as_owner():
            rows = AuditEvent.objects.filter(event="identity_seen").order_by("pk")
            return list(rows.values_list("user_id", "case_id", "request_id"))

    return lines


@pytest.fixture
def logged(capfd):
    """What the log says so far, every level of it, and what was printed past the log."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.DEBUG)
    yield lambda: stream.getvalue() + "".join(capfd.readouterr())
    root.setLevel(level)
    root.removeHandler(handler)


def test_the_log_that_is_tested_is_the_log_that_is_kept():
    formatter = project.LOGGING["formatters"]["json"]["()"]

    assert formatter == f"{Formatter.__module__}.{Formatter.__qualname__}"
    assert project.LOGGING["root"]["handlers"] == list(project.LOGGING["handlers"]) == ["console"]
    assert logging.getLogger("django").handlers == []


def everything_of(response):
    """Body, address and headers: a name in a redirect or a file name is one too."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{response.request['PATH_INFO']}?{response.request['QUERY_STRING']}\n{headers}\n{response.content.decode(errors='replace')}"


def crawl(client, role, world):
    """Every page of this role, and what those link to."""
    waiting = [address(name, world, "own") for name, entry in ROUTES.items() if entry.get and role in entry.who]
    seen = set()
    while waiting and len(seen) < CRAWLED:
        url = waiting.pop(0)
        if url in seen or url.startswith((project.STATIC_URL, reverse("account_logout"))):
            continue
        seen.add(url)
        response = client.get(url)
        yield url, response
        waiting += LINK.findall(response.content.decode(errors="replace").replace("&amp;", "&"))


@pytest.mark.parametrize("role", NOT_LET_IN)
def test_no_page_tells_somebody_who_was_not_let_in(world, cases, client_of, looks, logged, role):
    client = client_of(getattr(world, role))

    pages = {url: found_in(everything_of(response), cases) for url, response in crawl(client, role, world)}

    assert {url: words for url, words in pages.items() if words} == {}
    assert len(pages) >= 10
    assert looks() == []
    assert found_in(logged(), cases) == []


def test_no_page_shows_leerplicht_a_name_without_being_asked(world, cases, client_of, looks):
    """Leerplicht may know; even so a page tells no name that nobody pressed for, and no look goes unrecorded."""
    client = client_of(world.leerplicht)
    for url, response in crawl(client, "leerplicht", world):
        names = [
            person_of(case)[name] for case in cases for name in ("first_name", "last_name", "parent_name", "contact")
        ]
        assert [name for name in names if name in everything_of(response)] == [], url
        shown = {case.pk for case in cases if found_in(everything_of(response), [case])}
        assert shown <= {case for _, case, request in looks() if request == response.wsgi_request.request_id}, url


def test_names_shown_and_lines_in_the_log_are_equally_many(world, cases, client_of, looks, monkeypatch):
    factories.IdentityGrantFactory(case=world.own, user=world.coordinator, granted_by=world.leerplicht)
    shown = []

    def press(user, case):
        client = client_of(user)
        client.raise_request_exception = False
        response = client.post(reverse("cases:name", args=[case.pk]))
        if found_in(everything_of(response), [case]):
            shown.append((user.pk, case.pk, response.wsgi_request.request_id))
        return response.status_code

    assert press(world.leerplicht, world.own) == 200
    assert press(world.leerplicht, world.closed) == 200
    assert press(world.leerplicht, world.foreign) == 404
    assert press(world.coordinator, world.own) == 200
    assert press(world.contact, world.own) == 404
    assert len(shown) == 3
    assert looks() == shown

    # A page that breaks after the name was read shows nothing; what was shown before stays on record
    monkeypatch.setattr(overview, "render", lambda *args, **kwargs: 1 / 0)
    assert press(world.leerplicht, world.own) == 500
    assert len(shown) == 3
    assert looks() == shown


def test_the_document_of_the_accounts_holds_no_name_also_when_somebody_wrote_one(world, cases):
    person = person_of(world.own)
    with as_owner():
        journey = world.own_parts["journey"]
        journey.plan = f"Met {person['first_name']} en {person['parent_name']} naar de bakker."
        journey.save()
    with acting_as(world.contact):
        document = read_accounts(user=world.contact, swv=world.own.swv, today=timezone.localdate()).document
        html = render_to_string("reporting/pdf/accountability.html", {"document": document})

    assert "naar de bakker" in html
    assert found_in(html, cases) == []


def test_a_name_that_is_registered_is_kept_in_one_table_and_said_nowhere(
    world, cases, client_of, settings, django_capture_on_commit_callbacks, logged
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    client = client_of(world.leerplicht)
    words = ("Eenmalige", "Vogelnaam", "Moedervogel", "vogel@nest.test", "5-4-2013", "2013-04-05")
    answers = FORMS["aanmelden"].answer(world, None) | dict(
        zip(("first_name", "last_name", "parent_name", "contact", "born_on"), words, strict=False)
    )

    with django_capture_on_commit_callbacks(execute=True):
        saved = client.post(reverse("cases:register"), answers)
        page = client.get(saved.url)
        case_url = saved.url
        for path in ("", "wijzig/", "reis/", "logboek/", "toestemming/", "toestemming/laat-toe/", "eigenaar/"):
            page = client.get(f"{case_url}{path}")
            assert [word for word in words if word in everything_of(page)] == [], path
        client.post(reverse("cases:list"), {"term": "Vogelnaam"})
        client.post(f"{case_url}toestemming/", FORMS["toestemming"].answer(world, None))

    assert saved.status_code == 302
    told = "".join([logged(), *(str(message.message()) for message in mail.outbox)])
    assert [word for word in words if word in told] == []
    assert {table for word in words for table in tables_with(word)} == {"cases_identity"}


def tables_with(word):
    """The tables in which this stands in any column: sessions, tasks, audit and cache too."""
    with as_owner(), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        parts = (
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table} t WHERE t::text LIKE %(word)s)" for table in tables
        )
        cursor.execute(" UNION ALL ".join(parts), {"word": f"%{word}%"})
        return {table for (table,) in cursor.fetchall()}


def test_a_page_that_breaks_logs_where_and_nothing_that_was_posted(world, client_of, settings, monkeypatch, logged):
    settings.ADMINS = [("Beheer", "beheer@voorbeeld.test")]
    answers = FORMS["aanmelden"].answer(world, None) | {"first_name": "Eenmalige", "last_name": "Vogelnaam"}

    def broken(*, person, **fields):
        raise ValueError(f"{person} past niet")

    monkeypatch.setattr(register.actions, "register_case", broken)
    client = client_of(world.leerplicht)
    client.raise_request_exception = False

    response = client.post(reverse("cases:register"), answers)

    told = logged()
    assert response.status_code == 500
    assert "ValueError" in told
    assert "register.py" in told
    told += response.content.decode()
    told += "".join(str(message.message()) for message in mail.outbox)
    assert [word for word in ("Eenmalige", "Vogelnaam", "Ouder Verzonnen", "0612345678") if word in told] == []


def test_an_error_of_the_database_logs_no_value(world, client_of, monkeypatch, logged):
    """PostgreSQL names the row that it refuses; our log names the kind of error."""

    def broken(**fields):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'Vogelnaam'::int")

    monkeypatch.setattr(register.actions, "register_case", broken)
    client = client_of(world.leerplicht)
    client.raise_request_exception = False

    response = client.post(reverse("cases:register"), FORMS["aanmelden"].answer(world, None))

    told = logged()
    assert response.status_code == 500
    assert "DataError" in told
    assert "Vogelnaam" not in told


def test_no_mail_is_about_a_jeugdige(world, cases):
    """Whatever a mail is given, it greets a colleague and says where to look; a new mail comes into this test."""
    case, person = world.own, person_of(world.own)
    given = {"name": "Collega", "url": "https://wel.test/x", "days": 7, "what": "Er is iets veranderd.",
             "where": "online", "asked": "Collega",
             "case": case, "person": person, "identity": person, "user": world.leerplicht, **person}  # fmt: skip
    names = {path.stem for path in (project.BASE_DIR / "templates/access/mail").iterdir()} - {"base"}

    assert names == {
        "invitation", "meeting", "notice", "password_reset", "table", "promise", "feedback", "reminders",
        "papers", "report",
    }  # fmt: skip
    for name in names:
        for kind in ("txt", "html"):
            text = render_to_string(f"access/mail/{name}.{kind}", given)
            assert found_in(text, cases) == []
            assert case.code not in text


def test_nobody_learns_from_a_public_page(world, cases):
    for name in ("account_login", "help", "toegankelijkheid", "account_reset_password", "health"):
        assert found_in(everything_of(Client().get(reverse(name))), cases) == []
