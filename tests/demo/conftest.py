"""The demo, loaded and committed once for all tests of a module, and gone after it."""

import os

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests import database
from tests.database import as_owner

LOCAL_CACHE = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": os.urandom(8).hex()}}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), override_settings(DEMO=True, CACHES=LOCAL_CACHE):
        with as_owner():
            call_command("prepare_demo")
        call_command("load_demo", verbosity=0)
        yield
        database.empty()


@pytest.fixture
def as_demo(settings):
    settings.DEMO = True
