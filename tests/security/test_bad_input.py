"""Every form given what nobody should send: a Dutch error at the field, nothing saved, nothing leaked, never a 500."""

import re
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import zip_longest
from urllib.parse import urlencode

import pytest
from django import forms
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import MaxLengthValidator
from django.db import connection, transaction
from django.urls import reverse
from django.utils.html import escape

from access.forms import DutchDateField
from cases.forms.fields import MonthField
from reporting.actions import save_subsidy
from tests import factories
from tests.database import KEPT, as_owner
from tests.security.filled_forms import BUTTONS, ELSEWHERE, FORMS
from tests.security.routes import BY_NUMBER, REAUTHENTICATE, ROUTES
from tests.security.test_routes import address, secrets_of

pytestmark = pytest.mark.django_db

HUGE = "9" * 5000  # past what Python makes a number of
SLOW = 5  # seconds of work: an expression that goes back and forth through 100 kB takes minutes
MARKUP = "<script>alert(1)</script>{{7*7}}'\"&\U0001f469"
ENGLISH = re.compile(r"\b(this|field|required|enter|valid|select|ensure|value|characters|allowed)\b", re.IGNORECASE)
# Sessions come and go with any request, and that a page was looked at is on record by design.
FLEETING = {"django_session", "usersessions_usersession", "access_auditevent", "wel_cache"}
WRITTEN_REFERENCE = "regions_samenwerkingsverband"

# What nobody should send, per kind of field. The n-th of each goes in one request: a field that lets its own pass is
# missed among the errors.
BAD_TEXT = ("x" * 100_000, "a\0b", "a\x1b[31m\x07", "a\u202eb", "bsn 123456782")
BAD_DATES = (MARKUP, "1" * 100_000, "31-2-2020", "1-1-0001", "31-12-9999", "1-9-2020\0")
BAD_CHOICES = ("bestaat-niet", MARKUP, HUGE, "-1", "1\0", "99999999999999999999")
BAD_NUMBERS = ("veel", HUGE, "NaN", "Infinity", "1\0", MARKUP)
NOT_IN_A_SECRET = BAD_TEXT[2:]  # a password may hold anything that can be typed, and digits
NUMBERS_TOO_FAR = ("-1", "2147483648", "99999999999999999999")


def is_text(field):
    return isinstance(field, forms.CharField)


def room_in(field):
    """How many characters fit; the smallest number that a form without a limit would show to be missing one."""
    return min((each.limit_value for each in field.validators if isinstance(each, MaxLengthValidator)), default=99_999)


def bad_values(name, field, filled):
    """What this field must refuse, one after the other."""
    if field.disabled or isinstance(field, forms.BooleanField | forms.FileField):
        return ()
    if isinstance(field, DutchDateField | MonthField):
        is_past = isinstance(field, MonthField) or field.past
        return (*BAD_DATES, "1-1-2199") if is_past else BAD_DATES
    if isinstance(field, forms.ChoiceField):
        return (*BAD_CHOICES, *foreign_choices(field, filled))
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return BAD_NUMBERS
    values = ("x" * (room_in(field) + 1), *BAD_TEXT)
    return tuple(value for value in values if value not in NOT_IN_A_SECRET) if name in filled.secrets else values


def foreign_choices(field, filled):
    if isinstance(field, forms.ModelChoiceField) and (theirs := filled.theirs.get(field.queryset.model)):
        assert not field.queryset.filter(pk=theirs).exists()
        return (str(theirs),)
    return ()


@dataclass(frozen=True)
class Attack:
    what: str
    answers: dict
    spoiled: tuple = ()  # the fields that must have an error
    expected: tuple = (422,)
    keeps: bool = True  # nothing may be saved


def refused(room):
    """All fields bad at once, each in another way."""
    names = {name: bad_values(name, field, room) for name, field in room.form.fields.items()}
    for values in zip_longest(*names.values()):
        bad = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        if bad:
            said = "; ".join(f"{name}={value[:12]!r}" for name, value in bad.items())
            yield Attack(said, room.answers | bad, tuple(bad))
    required = {name: field for name, field in room.form.fields.items() if field.required and not field.disabled}
    if required:
        rest = {name: value for name, value in room.answers.items() if name not in required}
        empty = {name: "" for name, field in required.items() if is_text(field)}  # as a browser sends it
        yield Attack("nothing", rest | empty, tuple(required))
    for name, field in room.form.fields.items():
        for value in NUMBERS_TOO_FAR if isinstance(field, forms.IntegerField) else ():
            if isinstance(field, forms.DecimalField) and len(value) == 10:
                continue
            yield Attack(f"{name}={value}", room.answers | {name: value}, expected=(409, 422))


def odd(room):
    """What may pass as text, and is shown as text; or is no answer to any question."""
    texts = {name: field for name, field in room.form.fields.items() if is_text(field) and not field.widget.is_hidden}
    answers = (200, 302, 422)
    if texts:
        marked = {name: MARKUP[: room_in(field)] for name, field in texts.items()}
        yield Attack("markup", room.answers | marked, expected=answers, keeps=False)
    twice = {name: value if isinstance(value, list) else [value, value] for name, value in room.answers.items()}
    broken = {name: ["a\ud800b"] for name in texts}
    yield Attack("twice, surrogates", twice | broken | {"x[$ne]": "1"}, expected=answers, keeps=False)


class Room:
    """One form, opened by somebody who may use it."""

    def __init__(self, filled, world, client):
        self.filled, self.world, self.client = filled, world, client
        self.secrets, self.theirs = filled.secrets, filled.theirs(world)
        if filled.prepare:
            filled.prepare(world, client)
        self.url = filled.url(world)
        self.form = client.get(self.url).context[filled.form]
        answers = filled.answer(world, self.form)
        hidden = {
            name: self.form[name].value()
            for name, field in self.form.fields.items()
            if field.widget.is_hidden and name not in answers and self.form[name].value() is not None
        }
        self.answers = hidden | answers
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def errors_in(self, response):
        return response.context[self.filled.form].errors

    def ask(self, url, **how):
        self.start_again()
        return self.client.generic(self.filled.method, url, **how)

    def start_again(self):
        cache.clear()  # the limits on guessing are tested elsewhere
        self.client.cookies = SimpleCookie(self.cookies)

    def send(self, answers):
        if self.filled.method == "GET":
            return self.ask(f"{self.url}?{encoded(answers)}")
        token = {"csrfmiddlewaretoken": "x"}  # as every page sends, so that no POST is empty
        return self.ask(self.url, data=encoded(token | answers), content_type="application/x-www-form-urlencoded")

    def send_file(self):
        self.start_again()
        files = {name: SimpleUploadedFile("a.txt", b"x") for name in self.answers}
        return self.client.post(self.url, {"csrfmiddlewaretoken": "x"} | files)


def encoded(answers):
    """As a browser does, but for lone surrogates: those go as the bytes they are."""
    plain = {
        name: [str(each).encode("utf-8", "surrogatepass") for each in (value if isinstance(value, list) else [value])]
        for name, value in answers.items()
    }
    return urlencode(plain, doseq=True)


@pytest.fixture
def room(request, world, client, client_of):
    filled = FORMS[request.param]
    if filled.role:
        client_of(getattr(world, filled.role))
    client.raise_request_exception = False
    return Room(filled, world, client)


def all_rows():
    """A digest of every table that a form could write, as its owner sees it; planned once per connection."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_prepared_statements WHERE name = 'all_rows'")
        if not cursor.rowcount:
            tables = set(connection.introspection.table_names(cursor)) - set(KEPT) - FLEETING | {WRITTEN_REFERENCE}
            parts = (f"SELECT '{name}', md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t" for name in tables)
            cursor.execute(f"PREPARE all_rows AS {' UNION ALL '.join(parts)}")
        cursor.execute("EXECUTE all_rows")
        return dict(cursor.fetchall())


class Undone(Exception):
    pass


def undone(act):
    """Do it, look at all tables, and take it back."""
    try:
        with transaction.atomic():
            began = time.process_time()
            response = act()
            assert time.process_time() - began < SLOW, "this answer keeps the server busy"
            found = response, all_rows()
            raise Undone
    except Undone:
        return found


def faults_of(response, world, before, after, attack, form_name="form"):
    """What holds for every answer, whatever was asked."""
    body = response.content.decode(errors="replace")
    faults = [f"leaks {secret}" for secret in secrets_of(world.foreign) if secret in body]
    if response.status_code not in attack.expected:
        error = getattr(response, "exc_info", None)
        faults.append(f"status {response.status_code} {error[1]!r}" if error else f"status {response.status_code}")
    if "<script>alert" in body:
        faults.append("markup is shown as it was typed")
    if attack.keeps or response.status_code not in (200, 302):
        faults += [f"writes in {name}" for name in before if before[name] != after[name]]
    if attack.spoiled and response.status_code == 422:
        faults += error_faults(body, response.context[form_name], attack.spoiled)
    return [f"{attack.what}: {fault}" for fault in faults]


def error_faults(body, form, spoiled):
    """Each spoiled field has an error, in Dutch and linked to it; that of a hidden one stands where all errors stand."""
    for name in spoiled:
        if name not in form.errors:
            yield f"no error at {name}"
    for name, errors in form.errors.items():
        for error in errors:
            if ENGLISH.search(error):
                yield f"{name}, in English: {error[:80]}"
            if escape(error) not in body and error not in body:
                yield f"{name}, not on the page: {error[:80]}"
        if name != "__all__" and not form.fields[name].widget.is_hidden:
            place = f"{form[name].auto_id}_error"
            if f'id="{place}"' not in body or not re.search(rf'aria-describedby="[^"]*\b{place}\b', body):
                yield f"{name}, not linked to the field"


def test_no_form_is_missing():
    public = {"account_login", "mfa_authenticate", "mfa_login_webauthn", "account_reset_password", "accept_invitation",
              "account_reset_password_from_key", "voice:question"}  # fmt: skip
    no_form = {"mfa_index", "mfa_view_recovery_codes", "mfa_list_webauthn"}
    posted = {name for name, route in ROUTES.items() if route.post} | REAUTHENTICATE | BY_NUMBER | public
    known = {filled.route for filled in FORMS.values() if filled.method == "POST"}

    assert posted - no_form == known | set(BUTTONS) | set(ELSEWHERE)


@pytest.mark.parametrize("room", FORMS, indirect=True)
def test_a_form_takes_what_is_right_and_nothing_else(room):
    before = all_rows()
    response, after = undone(lambda: room.send(room.answers))
    assert response.status_code == room.filled.accepted, room.errors_in(response)
    assert (after != before) == room.filled.writes

    faults = []
    for attack in [*refused(room), *odd(room)]:
        response, after = undone(lambda attack=attack: room.send(attack.answers))
        faults += faults_of(response, room.world, before, after, attack, room.filled.form)
    if room.filled.method == "POST":
        response, after = undone(room.send_file)
        faults += faults_of(response, room.world, before, after, Attack("files", {}, expected=(302, 409, 422)))

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("room", [name for name, filled in FORMS.items() if filled.foreign], indirect=True)
def test_a_form_about_a_row_of_somebody_else_does_not_exist(room):
    before = all_rows()
    for args in room.filled.foreign(room.world):
        room.url = reverse(room.filled.route, args=args)
        response, after = undone(lambda: room.send(room.answers))
        assert faults_of(response, room.world, before, after, Attack(str(args), {}, expected=(404,))) == []


def test_markup_that_was_saved_is_shown_as_text(world, client_of):
    """One of each kind of text, on the pages that show it."""
    for role, name, pages in (
        ("coordinator", "overzicht", ("cases:detail", "cases:list")),
        ("coordinator", "wensdroom", ("cases:journey", "cases:list", "cases:detail")),
        ("coordinator", "schrijf op", ("cases:log", "cases:detail")),
        ("coordinator", "halte", ("cases:journey",)),
        ("leerplicht", "toestemming", ("cases:consent",)),
        ("contact", "subsidie", ("reporting:accounts_detail", "reporting:subsidy_edit")),
        ("stranger", "profiel", ("profile", "reporting:today")),
    ):
        room = Room(FORMS[name], world, client_of(getattr(world, role)))
        texts = {key: field for key, field in room.form.fields.items() if is_text(field) and not field.widget.is_hidden}
        marked = {key: MARKUP[: room_in(field)] for key, field in texts.items() if key not in ("phone", "next_step")}
        assert room.send(room.answers | marked).status_code == 302, name

        bodies = [room.client.get(address(page, world, "own")).content.decode() for page in pages]
        assert [page for page, body in zip(pages, bodies, strict=True) if "<script>alert" in body] == []
        assert any("&lt;script&gt;alert" in body for body in bodies), name


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_takes_no_nonsense(world, client_of, name):
    role, args, answers = BUTTONS[name]
    client = client_of(getattr(world, role))
    client.raise_request_exception = False
    url = reverse(name, args=args(world) if callable(args) else args)
    before = all_rows()
    faults = []
    for spoil in ("x" * 100_000, "a\0b", MARKUP, HUGE, "-1", ["1", "2"]):
        for key in answers:
            sent = encoded(answers | {key: spoil})
            response, after = undone(
                lambda sent=sent: client.post(url, sent, content_type="application/x-www-form-urlencoded")
            )
            attack = Attack(f"{key}={spoil[:20]}", {}, expected=(200, 204, 302, 404, 422))
            faults += faults_of(response, world, before, after, attack)

    assert not faults, "\n".join(faults)


def test_whoever_is_second_with_the_first_subsidy_sees_that_of_the_other(world, client, monkeypatch):
    def late(**kwargs):
        factories.SubsidyFactory(swv=kwargs["subsidy"].swv, reference="van een ander")
        return save_subsidy(**kwargs)

    monkeypatch.setattr("reporting.views.accounts.actions.save_subsidy", late)
    room = Room(FORMS["eerste subsidie"], world, client)

    response = room.send(room.answers)

    assert response.status_code == 422
    assert "van een ander" in response.content.decode()


HOSTILE_QUERY = {
    name: value
    for value, names in {
        "\0" + MARKUP: ("q", "zoek", "wie", "next", "reden", "soort", "rol", "role", "beeld", "sort", "status"),
        "99999999999999999999": ("page", "pagina", "jeugdige", "alles", "subsidie", "eigenaar"),
        "a\ud800": ("wat", "account", "toestemming", "contact", "vanaf", "tot"),
    }.items()
    for name in names
}


@pytest.mark.parametrize("role", ["leerplicht", "coordinator", "contact", "project", "fg", "beheer"])
def test_no_page_falls_over_its_query_string(world, client_of, role):
    client = client_of(getattr(world, role))
    client.raise_request_exception = False
    before = all_rows()
    faults = []
    for name, entry in ROUTES.items():
        if entry.get and role in entry.who:
            response = client.get(f"{address(name, world, 'own')}?{encoded(HOSTILE_QUERY)}")
            attack = Attack(name, {}, expected=(200, 302, 404, 422))
            faults += faults_of(response, world, before, all_rows(), attack)

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "header", [{"referer": "javascript:alert(1)"}, {"referer": "http://elders.test/"}, {"hx-current-url": "http://[x"}]
)
def test_headers_send_nobody_elsewhere(world, client_of, header):
    client = client_of(world.coordinator)

    response = client.post(reverse("theme"), {"theme": "dark"}, headers=header)

    assert (response.status_code, response.url) == (302, "/")
