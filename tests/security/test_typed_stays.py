"""After a mistake nothing that was typed is gone: every form, whoever fills it in, with one wrong field (ux 4.1)."""

from html.parser import HTMLParser

import pytest
from django import forms

from tests.security.filled_forms import FORMS
from tests.security.test_bad_input import Room, bad_values, is_text, room_in

pytestmark = pytest.mark.django_db
SAID = "Getypt en niet weg."


class Filled(HTMLParser):
    """What a browser would send of a page: the values of its fields, by name."""

    VOID = ("checkbox", "radio")
    NEVER_SHOWN = ("password", "file")

    def __init__(self, body):
        super().__init__()
        self.values, self.never, self.area, self.choice = {}, set(), None, None
        self.feed(body)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "input" and name:
            if attrs.get("type") in self.NEVER_SHOWN:
                self.never.add(name)
            elif attrs.get("type") not in self.VOID or "checked" in attrs:
                self.values.setdefault(name, []).append(attrs.get("value", "on" if "checked" in attrs else ""))
        elif tag == "textarea":
            self.area = name
            self.values.setdefault(name, []).append("")
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and "selected" in attrs:
            self.values.setdefault(self.choice, []).append(attrs.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.choice = None

    def handle_data(self, data):
        if self.area:
            self.values[self.area][-1] += data


def as_sent(value):
    return [str(each) for each in (value if isinstance(value, list | tuple) else [value])]


def one_wrong(room):
    """(field, answers): the first and the last field that can be wrong, with the rest filled in as somebody types it."""
    fields = {name: field for name, field in room.form.fields.items() if not field.widget.is_hidden}
    typed = {
        name: SAID[: room_in(field)].strip()
        for name, field in fields.items()
        if type(field) is forms.CharField and name not in room.secrets
    }
    wrong = {name: bad_values(name, field, room) for name, field in fields.items() if not field.disabled}
    # Too long, or a choice and a date that are none: what cannot be typed at all is no typing.
    wrong = {name: values[0] for name, values in wrong.items() if values and not is_a_choice(fields[name])}
    for name in dict.fromkeys([*list(wrong)[:1], *list(wrong)[-1:]]):
        yield name, room.answers | typed | {name: wrong[name]}


def is_a_choice(field):
    return isinstance(field, forms.ChoiceField)


def lost(room, response, answers):
    page = Filled(response.content.decode())
    for name, value in answers.items():
        field = room.form.fields.get(name)
        if field is None or field.widget.is_hidden or name in page.never or field.disabled:
            continue
        shown = [text.replace("\r\n", "\n").strip() for text in page.values.get(name, [])]
        if not set(as_sent(value)) <= set(shown) and not (is_text(field) and "".join(as_sent(value)) in "".join(shown)):
            yield f"{name}: {as_sent(value)[0][:30]!r} became {shown[:1]}"


# A code is typed anew, and what was searched for is shown elsewhere on the page.
ANEW = {"cases:list", "reporting:accounts", "mfa_authenticate", "account_login"}


@pytest.mark.parametrize(
    "name", [name for name, filled in FORMS.items() if filled.method == "POST" and filled.route not in ANEW]
)
def test_what_was_typed_is_in_the_form_again(world, client, client_of, name):
    filled = FORMS[name]
    if filled.role:
        client_of(getattr(world, filled.role))
    room = Room(filled, world, client)
    faults = []
    for wrong, answers in one_wrong(room):
        response = room.send(answers)  # writes nothing
        assert response.status_code == 422, (wrong, response.status_code)
        faults += [f"{wrong} is wrong, and {one}" for one in lost(room, response, answers)]

    assert faults == []
