"""What a second factor is made from is not readable in the database, and survives a change of the secret."""

import json
import runpy

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client

from access import encryption
from tests.access.people import give_password, is_logged_in, log_in, recovery_codes_of, with_app
from tests.database import as_owner

pytestmark = pytest.mark.django_db

OLD, NEW = "het-geheim-van-vorig-jaar" * 3, "het-geheim-van-dit-jaar" * 3


@pytest.fixture
def user():
    return with_app()


@pytest.fixture
def plain(user):
    """Somebody of a demo that was started before anything was encrypted."""
    seed = "0123456789abcdef" * 5
    with as_owner():
        Authenticator.objects.filter(user=user, type="totp").update(data={"secret": user.secret})
        Authenticator.objects.filter(user=user, type="recovery_codes").update(data={"seed": seed, "used_mask": 0})
    user.seed = seed
    return user


def kept():
    """Everything that the table holds, as somebody with a backup reads it."""
    return json.dumps(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))


def seed_of(user):
    return encryption.decrypt(Authenticator.objects.get(user=user, type="recovery_codes").data["seed"])


def gets_in(user):
    client = Client()
    log_in(client, user)
    return is_logged_in(client)


def test_table_holds_no_key_of_an_app_and_no_seed_of_recovery_codes(user):
    seed = seed_of(user)

    assert len(user.secret) == 32
    assert len(seed) == 80
    assert user.secret not in kept()
    assert seed not in kept()
    assert gets_in(user)


def test_recovery_code_works_once_while_encrypted(user):
    code = recovery_codes_of(user)[0]
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, user)
        client.post("/inloggen/tweede-stap/", {"code": code})

    assert (is_logged_in(first), is_logged_in(second)) == (True, False)
    assert seed_of(user) not in kept()


def test_the_same_text_is_never_kept_the_same_twice():
    assert encryption.encrypt("JBSWY3DPEHPK3PXP") != encryption.encrypt("JBSWY3DPEHPK3PXP")


def test_rows_of_before_the_encryption_still_work(plain):
    assert plain.secret in kept()

    assert gets_in(plain)
    assert len(recovery_codes_of(plain)) == 10


def test_an_older_key_still_reads(settings):
    settings.SECOND_FACTOR_SECRETS = [OLD]
    user = with_app()

    settings.SECOND_FACTOR_SECRETS = [NEW, OLD]

    assert gets_in(user)


def test_a_key_that_nobody_named_reads_nothing_and_says_which_setting(settings):
    settings.SECOND_FACTOR_SECRETS = [OLD]
    text = encryption.encrypt("JBSWY3DPEHPK3PXP")

    settings.SECOND_FACTOR_SECRETS = [NEW]

    with pytest.raises(ImproperlyConfigured, match="WEL_OLD_SECRET_KEYS"):
        encryption.decrypt(text)


def test_renewing_makes_the_older_key_superfluous(settings, plain, capsys):
    settings.SECOND_FACTOR_SECRETS = [OLD]
    user = with_app()
    seed = seed_of(user)
    settings.SECOND_FACTOR_SECRETS = [NEW, OLD]
    newcomer = with_app()

    call_command("renew_second_factors")
    settings.SECOND_FACTOR_SECRETS = [NEW]

    assert "4 tweede stappen" in capsys.readouterr().out
    assert [gets_in(somebody) for somebody in (user, newcomer, plain)] == [True] * 3
    assert (seed_of(user), seed_of(plain)) == (seed, plain.seed)
    assert plain.secret not in kept()
    call_command("renew_second_factors")
    assert "0 tweede stappen" in capsys.readouterr().out


def test_older_keys_come_from_the_environment_and_sign_nothing(monkeypatch):
    monkeypatch.setenv("WEL_SECRET_KEY", NEW)
    monkeypatch.setenv("WEL_OLD_SECRET_KEYS", f"{OLD},nog-ouder")

    made = runpy.run_path(configured.BASE_DIR / "wel" / "settings.py")

    assert made["SECOND_FACTOR_SECRETS"] == [NEW, OLD, "nog-ouder"]
    assert made["SECRET_KEY"] == NEW
    assert "SECRET_KEY_FALLBACKS" not in made
