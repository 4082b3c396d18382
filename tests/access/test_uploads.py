"""Who sends too much fills neither memory nor disk."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from access.uploads import BoundedUploadHandler


@pytest.fixture(autouse=True)
def small(settings):
    settings.UPLOAD_MAX_BYTES = 100


def received(**files):
    request = RequestFactory().post(
        "/", {name: SimpleUploadedFile(f"{name}.pdf", each) for name, each in files.items()}
    )
    return {name: (each.size, each.read()) for name, each in request.FILES.items()}


def test_what_fits_arrives_whole():
    assert received(a=b"x" * 60, b=b"y" * 40) == {"a": (60, b"x" * 60), "b": (40, b"y" * 40)}


def test_of_what_is_too_much_only_the_size_is_known():
    found = received(a=b"x" * 90, b=b"y" * 500_000)

    assert found == {"a": (90, b"x" * 90), "b": (500_000, b"y" * 10)}


def test_nothing_is_written_on_disk(monkeypatch, settings):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", lambda *args, **kwargs: 1 / 0)
    settings.UPLOAD_MAX_BYTES = 10 * 1024**2

    assert received(a=bytes(9 * 1024**2))["a"][0] == 9 * 1024**2


def test_every_form_receives_files_this_way(settings):
    assert [f"{BoundedUploadHandler.__module__}.{BoundedUploadHandler.__name__}"] == settings.FILE_UPLOAD_HANDLERS
