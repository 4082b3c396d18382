"""One's own page, and the pages that explain WEL."""

import re

import pytest
from django.test import Client

from access.models import User
from regions.models import Role
from tests.access.people import events, log_in, with_app
from tests.factories import UserFactory, coordinator, leerplicht, national

pytestmark = pytest.mark.django_db

MAIL = {"mail_actie": "meteen", "mail_terugkoppeling": "meteen"}  # as it is for who never chose
ANSWERS = {"name": "Merel de Vries", "phone": "+31 6 12345678", "theme": "dark", **MAIL}

# Words that the pages of allauth would bring along; none of them is Dutch.
ENGLISH = re.compile(
    r"\b(the|your|you|please|password|sign in|sign out|log in with|authenticator code|email|required|must|"
    r"are sure|remember|incorrect|recovery codes|security key|submit|cancel)\b",
    re.IGNORECASE,
)


def words_of(response):
    page = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    page = re.sub(r'<(\w+)[^>]*\blang="en"[^>]*>.*?</\1>', " ", page, flags=re.DOTALL)
    spoken = re.findall(r'(?:alt|aria-label|placeholder|title|value)="([^"]*)"', page)
    return " ".join([re.sub(r"<[^>]+>", " ", page), *spoken])


def test_profile_keeps_name_phone_and_theme(client_of):
    user = UserFactory()
    client = client_of(user)

    response = client.post("/profiel/", ANSWERS)

    user.refresh_from_db()
    assert (response.status_code, response.url) == (302, "/profiel/")
    assert (user.name, user.phone, user.theme) == ("Merel de Vries", "0612345678", "dark")
    assert events("profile_changed") == [("profile_changed", user.pk, {"fields": ["name", "phone", "theme"]})]
    assert 'data-bs-theme="dark"' in client.get("/profiel/").content.decode()


def test_profile_that_did_not_change_saves_nothing(client_of):
    user = UserFactory(name="Merel", phone="0612345678")

    client_of(user).post("/profiel/", {"name": "Merel", "phone": "06-12345678", "theme": "auto", **MAIL})

    assert events("profile_changed") in ([], [("profile_changed", user.pk, {"fields": []})])


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Vul je naam in."),
        ("name", "x" * 5000, "Houd je naam onder 120 tekens."),
        ("name", "a\x00b", "Null-tekens"),
        ("name", "123456782", "burgerservicenummer"),
        ("phone", "123", "Een telefoonnummer heeft 10 cijfers."),
        ("theme", "roze", "roze"),
        ("theme", "", "Kies licht of donker."),
        ("mail_actie", "", "Kies wanneer je hier mail over wilt."),
        ("mail_terugkoppeling", "altijd", "Kies wanneer."),
    ],
)
def test_profile_refuses_in_dutch_and_keeps_what_was(client_of, field, value, message):
    user = UserFactory(name="Merel")

    response = client_of(user).post("/profiel/", {**ANSWERS, field: value})

    assert response.status_code == 422
    assert message in response.content.decode()
    assert User.objects.get(pk=user.pk).name == "Merel"


def test_profile_keeps_when_mail_comes_and_says_which_always_does(client_of):
    user = UserFactory(name="Merel", phone="0612345678")
    client = client_of(user)

    page = words_of(client.get("/profiel/"))
    client.post("/profiel/", {**ANSWERS, "name": "Merel", "theme": "auto", "mail_actie": "dag"})
    client.post("/profiel/", {**ANSWERS, "name": "Merel", "theme": "auto", "mail_actie": "dag"})

    user.refresh_from_db()
    assert "Mail over je account, uitnodigingen, veranderingen en afzeggingen komt altijd." in page
    assert user.mail_choices == {"actie": "dag", "terugkoppeling": "meteen"}
    assert [detail["fields"] for *_, detail in events("profile_changed")] == [["mail_choices"], []]
    assert client.get("/profiel/").context["form"]["mail_actie"].value() == "dag"


def test_profile_gives_no_right_that_is_not_in_the_form(client_of):
    user = UserFactory()

    client_of(user).post("/profiel/", {**ANSWERS, "email": "ander@voorbeeld.test", "is_superuser": "1", "pk": "1"})

    before = user.email
    user.refresh_from_db()
    assert (user.email, user.is_superuser) == (before, False)


def test_profile_lists_your_own_places_of_work_and_nobody_elses(client_of):
    user = coordinator("PO2001")
    leerplicht("Groningen", user__name="Ander")

    page = client_of(user).get("/profiel/").content.decode()

    assert "Coördinator WEL-team" in page
    assert "Leerplichtambtenaar" not in page


@pytest.mark.parametrize("role", [Role.FG, Role.PROJECT, Role.BEHEER])
def test_profile_opens_for_national_roles(client_of, role):
    assert client_of(national(role)).get("/profiel/").status_code == 200


def test_staying_is_a_post_that_answers_nothing(client_of):
    client = client_of(UserFactory())

    assert (client.post("/blijf/").status_code, client.get("/blijf/").status_code) == (204, 405)
    assert Client().post("/blijf/").status_code == 302


@pytest.mark.parametrize("path", ["/uitleg/", "/toegankelijkheid/"])
def test_pages_about_wel_open_for_everybody(client_of, path):
    assert Client().get(path).status_code == 200
    assert client_of(UserFactory()).get(path).status_code == 200


def test_accessibility_page_claims_no_more_than_is_known(client):
    assert "nog niet getoetst door een onafhankelijke partij" in client.get("/toegankelijkheid/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["/inloggen/", "/inloggen/?reden=stil", "/inloggen/account-staat-uit/", "/wachtwoord/vergeten/",
     "/wachtwoord/vergeten/verstuurd/", "/wachtwoord/nieuw/1-set-password/", "/wachtwoord/nieuw/klaar/",
     "/uitleg/", "/toegankelijkheid/"],
)  # fmt: skip
def test_pages_before_logging_in_are_dutch(client, path):
    page = words_of(client.get(path, follow=True))

    assert ENGLISH.findall(page) == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path",
    ["/profiel/", "/profiel/sessies/", "/profiel/tweede-stap/", "/profiel/tweede-stap/app/vervangen/",
     "/profiel/tweede-stap/app/weghalen/", "/profiel/tweede-stap/herstelcodes/",
     "/profiel/tweede-stap/herstelcodes/nieuw/", "/profiel/tweede-stap/toegangssleutels/",
     "/profiel/tweede-stap/toegangssleutels/nieuw/", "/bevestig/", "/bevestig/code/", "/wachtwoord/wijzigen/",
     "/uitloggen/"],
)  # fmt: skip
def test_pages_about_your_account_are_dutch(client, path, method):
    user = with_app()
    log_in(client, user)

    response = getattr(client, method)(path, follow=True)

    assert response.status_code in {200, 405, 422}
    assert ENGLISH.findall(words_of(response)) == []
