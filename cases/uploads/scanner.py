"""Asks ClamAV whether a file is known to be harmful, by its own INSTREAM command; only where a scanner is set."""

import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

SECONDS = 20
CHUNK = 64 * 1024


class ScannerError(Exception):
    """No verdict: nobody there, or an answer that is none."""


def is_infected(content, address):
    """`address` is `tcp://host:port` or `unix:///path`. True when the scanner knows it; no verdict raises."""
    try:
        with closing(_connect(address)) as connection:
            answer = _ask(connection, content)
    except (OSError, ValueError) as error:
        raise ScannerError(type(error).__name__) from None
    if answer.endswith(b"FOUND"):
        return True
    if answer == b"stream: OK":
        return False
    raise ScannerError("no verdict")


def _connect(address):
    place = urlsplit(address)
    if place.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        try:
            connection.connect(place.path)
        except OSError:
            connection.close()
            raise
        return connection
    if place.scheme != "tcp" or not place.hostname or not place.port:
        raise ValueError("not an address of a scanner")
    return socket.create_connection((place.hostname, place.port), timeout=SECONDS)


def _ask(connection, content):
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), CHUNK):
        chunk = content[start : start + CHUNK]
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        received = connection.recv(1024)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0\n")
