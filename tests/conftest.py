"""Every test runs as the web role; people and places come from the factories."""

import gc
import os

import pytest
from django.conf import settings as project
from django.test import override_settings, testcases

from tests import database

# Looking for cycles among all that Django keeps took a third of the time of migrations, and a tenth of everything else.
gc.set_threshold(100_000, 20, 20)

LONGEST = "test_axe.py"  # one of its tests takes a minute; at the end the other worker would wait for it
LONG = ("test_pdf.py", "test_upload_child.py")  # without a database


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first; and while one worker builds the database, the other does what needs none.

    pytest-django puts those tests last; here the long ones open the second share that pytest-xdist hands out.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    share = len(items) // (4 * workers)
    long = [item for item in items if item.path.name in LONG and not item.get_closest_marker("django_db")]
    rest = sorted((item for item in items if item not in long), key=lambda item: item.path.name != LONGEST)
    items[:] = rest[:share] + long + rest[share:]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    name = f"test_wel_{os.getpid()}"
    with django_db_blocker.unblock():
        database.create(name)
    # Django empties tables as the connected role, which may not; and reference data must stay.
    testcases.TransactionTestCase._fixture_teardown = database.empty
    yield
    with django_db_blocker.unblock():
        database.drop(name)


@pytest.fixture(scope="session", autouse=True)
def documents_folder(tmp_path_factory):
    """Documents of tests in a folder of their own, for all of a run: some worlds are made once for a whole module."""
    folder = tmp_path_factory.mktemp("documents")
    documents = {**project.STORAGES["documents"], "OPTIONS": {"location": str(folder)}}
    with override_settings(STORAGES={**project.STORAGES, "documents": documents}):
        yield folder


@pytest.fixture(autouse=True)
def _quick_cache(settings):
    """Rate limits of one test must not reach the next."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": os.urandom(8).hex()}
    }


@pytest.fixture
def client_of(client):
    """The test client, logged in as somebody who passed the second factor."""

    def log_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["second_factor"] = True
        session.save()
        return client

    return log_in
