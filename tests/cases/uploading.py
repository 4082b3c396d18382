"""Sending a file, as the form does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.uploads import FileRefused, checked

MB = 1024**2


def refusal(name, content):
    """The sentence with which it is refused."""
    with pytest.raises(FileRefused) as caught:
        checked(SimpleUploadedFile(name, content))
    return str(caught.value)


def kept(name, content):
    """The kind and content that would be kept of it."""
    return checked(SimpleUploadedFile(name, content))
