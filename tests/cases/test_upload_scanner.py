"""The virus scanner: a file it knows is not kept, and without a verdict nothing is."""

import socket
import struct
import threading

import pytest

from cases import uploads
from tests.cases import upload_samples as samples
from tests.cases.uploading import kept, refusal


class Clamd(threading.Thread):
    """A scanner on loopback that knows one file, and answers in its own words where a test says so."""

    def __init__(self, words=None):
        super().__init__(daemon=True)
        self.words, self.seen = words, b""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(10)
        self.address = "tcp://{}:{}".format(*self.server.getsockname())

    def run(self):
        connection, _ = self.server.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!I", stream.read(4))[0]:
                self.seen += stream.read(length)
            found = b"stream: Eicar-Signature FOUND" if samples.EICAR in self.seen else b"stream: OK"
            connection.sendall((found if self.words is None else self.words) + b"\0")


@pytest.fixture
def clamd(settings):
    servers = []

    def start(words=None):
        server = Clamd(words)
        servers.append(server)
        server.start()
        settings.CLAMD = server.address
        return server

    yield start
    for server in servers:
        server.join(10)
        server.server.close()


def infected_pdf():
    return samples.pdf() + b"\n%" + samples.EICAR


def test_a_file_that_the_scanner_knows_is_not_kept(clamd):
    server = clamd()

    assert refusal("a.pdf", infected_pdf()) == uploads.UNSAFE
    assert server.seen == infected_pdf()


def test_a_file_that_the_scanner_does_not_know_is_kept(clamd):
    server, large = clamd(), samples.jpg((3000, 2000), exif=False, quality=100)

    assert kept("a.jpg", large)[0] == "jpg"
    assert server.seen == large


@pytest.mark.parametrize(
    "words", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: OK? ERROR", b"UNKNOWN COMMAND"]
)
def test_without_a_verdict_nothing_is_kept(clamd, words):
    clamd(words)

    assert refusal("a.pdf", samples.pdf()) == uploads.NO_SCANNER


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:///nergens/clamd.ctl", "tcp://", "http://x", "nonsens"])
def test_a_scanner_that_is_not_there_keeps_nothing_in(settings, address):
    settings.CLAMD = address

    assert refusal("a.pdf", samples.pdf()) == uploads.NO_SCANNER


def test_without_a_scanner_files_are_checked_all_the_same(settings):
    assert settings.CLAMD == ""
    assert kept("a.pdf", infected_pdf())[0] == "pdf"
    assert samples.EICAR not in kept("a.pdf", infected_pdf())[1]
