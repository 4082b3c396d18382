"""One's own account: in, out, the second step, and what one chose."""

import time

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from access import invitations
from access.models import User
from tests import factories
from tests.access.people import code_of, give_password, with_app
from tests.database import as_owner
from tests.security.filled_forms.filled import Filled, enter, key_on_the_page

NEW_PASSWORD = "vier losse woorden samen"


def confirmed(world, client):
    """Proved a moment ago who one is, so that allauth does not ask again."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()


def first_step(world, client):
    """Somebody between password and code."""
    world.person = with_app()
    give_password(client, world.person)


def setting_up(world, client):
    """Somebody without a second factor looks at the key."""
    give_password(client, factories.UserFactory())


def with_second_step(world, client):
    world.person = with_app()
    enter(client, world.person)


def mailed_link(world, client):
    """The link of "wachtwoord vergeten", opened: the key is in the session now."""
    person = User.objects.get(pk=world.stranger.pk)  # a login of an earlier test is still on the object of the world
    args = [user_pk_to_url_str(person), default_token_generator.make_token(person)]
    client.get(reverse("account_reset_password_from_key", args=args))


def invited(world):
    person = factories.UserFactory()
    with as_owner():
        person.set_unusable_password()
        person.save()
    return invitations.invitation_path(person).strip("/").split("/")[1:]


FORMS = {
    "profiel": Filled(
        "profile",
        "stranger",
        {
            "name": "Andere Naam",
            "phone": "0612345678",
            "theme": "dark",
            "mail_actie": "dag",
            "mail_terugkoppeling": "niet",
        },
    ),
    "wachtwoord wijzigen": Filled(
        "account_change_password",
        "stranger",
        {"oldpassword": factories.PASSWORD, "password1": NEW_PASSWORD},
        prepare=confirmed,
        secrets=frozenset({"oldpassword", "password1"}),
    ),
    "bevestig": Filled(
        "account_reauthenticate",
        "stranger",
        {"password": factories.PASSWORD},
        writes=False,
        secrets=frozenset({"password"}),
    ),
    "bevestig met code": Filled(
        "mfa_reauthenticate",
        None,
        lambda world: {"code": code_of(world.person.secret)},
        prepare=with_second_step,
        secrets=frozenset({"code"}),
    ),
    "inloggen": Filled(
        "account_login",
        None,
        lambda world: {"login": world.stranger.email, "password": factories.PASSWORD},
        secrets=frozenset({"login", "password"}),
    ),
    "tweede stap": Filled(
        "mfa_authenticate",
        None,
        lambda world: {"code": code_of(world.person.secret)},
        prepare=first_step,
        secrets=frozenset({"code"}),
    ),
    "app koppelen": Filled("mfa_activate_totp", None, key_on_the_page, prepare=setting_up, secrets=frozenset({"code"})),
    "wachtwoord vergeten": Filled(
        "account_reset_password",
        None,
        lambda world: {"email": world.stranger.email},
        secrets=frozenset({"email"}),
    ),
    "nieuw wachtwoord": Filled(
        "account_reset_password_from_key",
        None,
        {"password1": NEW_PASSWORD},
        args=lambda world: [user_pk_to_url_str(world.stranger), "set-password"],
        prepare=mailed_link,
        secrets=frozenset({"password1"}),
    ),
    "uitnodiging": Filled(
        "accept_invitation",
        None,
        {"name": "Nieuw Iemand", "phone": "0612345678", "password": NEW_PASSWORD},
        args=invited,
        secrets=frozenset({"password"}),
    ),
}

BUTTONS = {
    "usersessions_list": ("stranger", (), {"session": "x"}),
    "keep_alive": ("stranger", (), {"x": "x"}),
    "theme": ("stranger", (), {"theme": "paars"}),
    "account_logout": ("stranger", (), {"next": "x"}),
}

ELSEWHERE = {
    "mfa_login_webauthn": "odd passkeys: tests/access/test_second_factor.py",
    "mfa_reauthenticate_webauthn": "the same",
    "mfa_add_webauthn": "the same",
    "mfa_edit_webauthn": "one name of a passkey: the same",
    "mfa_remove_webauthn": "a button, the same",
    "replace_totp": "the form of mfa_activate_totp",
    "mfa_deactivate_totp": "a button: tests/access/test_second_factor.py",
    "mfa_generate_recovery_codes": "a button: the same",
}
