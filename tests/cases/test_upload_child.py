"""The child process that opens an uploaded file: what it makes of one, its limits, and what it cannot reach."""

import resource
import subprocess
import sys

import pytest

from cases import uploads
from cases.uploads import child
from tests.cases import upload_samples as samples
from tests.cases.uploading import MB, kept, refusal

REFUSED = {
    uploads.UNSAFE: ("jpg", samples.jpg() + samples.zipped({"a.class": "x"})),
    uploads.LOCKED: ("docx", child.OLD_OFFICE + bytes(600)),
    uploads.WRONG_KIND: ("pdf", b"Gewone tekst van een mens."),
    uploads.OTHER_KIND: ("png", samples.pdf()),
    uploads.REASONS[child.ACTIVE_PDF]: ("pdf", samples.with_names("JavaScript")),
    uploads.REASONS[child.ACTIVE_DOCX]: ("docx", samples.docx({"word/vbaProject.bin": b"x"})),
    uploads.DAMAGED: ("png", samples.png()[:60]),
}


@pytest.mark.parametrize("kind", samples.GOOD)
def test_the_child_keeps_what_is_kept_without_it(kind):
    original = samples.GOOD[kind]()

    found, content = kept(f"a.{kind}", original)

    assert found == kind
    assert child.kind_of(content) == kind
    assert samples.AUTHOR.encode() not in content


@pytest.mark.parametrize("sentence", REFUSED)
def test_the_child_says_why_a_file_is_refused(sentence):
    kind, content = REFUSED[sentence]

    assert refusal(f"a.{kind}", content) == sentence


MEASURE = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-I", sys.argv[1]], input=sys.stdin.buffer.read(), capture_output=True)
print(json.dumps([done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024]))
"""


def most_memory(kind, content):
    """The megabytes that the child held at most, by the kernel's own count."""
    order = f'{{"kind": "{kind}", "cpu_seconds": 20, "memory_bytes": {uploads.MEMORY_BYTES}}}\n'.encode()
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, child.__file__], input=order + content, capture_output=True
    )
    code, megabytes = eval(measured.stdout)
    return code, megabytes


def many_tags(millions):
    return samples.docx({"word/extra.xml": b"<a>" + b"<b/>" * millions * MB + b"</a>"})


LARGEST = {
    "photo": ("jpg", lambda: samples.jpg((9000, 7000), exif=False), 0),
    "photo that is read in steps": ("jpg", lambda: samples.jpg((8000, 6000), progressive=True), 0),
    "photo that is read whole": ("jpg", lambda: samples.jpg((5000, 4000)), 0),
    "png": ("png", lambda: samples.png((6000, 5000)), 0),
    "png with a palette": ("png", lambda: samples.png((6000, 5000), mode="P"), 0),
    "png with transparency": ("png", lambda: samples.png((5000, 3000), mode="RGBA"), 0),
    "too large with transparency": ("png", lambda: samples.png((6000, 5000), mode="RGBA"), child.TOO_MUCH),
    "pixel bomb": ("png", samples.pixel_bomb, child.TOO_MUCH),
    "zip bomb": ("docx", samples.zip_bomb, child.TOO_MUCH),
    "docx of tags": ("docx", lambda: many_tags(3), 0),
    "png with 16 bits of grey": ("png", lambda: samples.png((5000, 3000), mode="I;16"), 0),
    "pdf with much in one stream": ("pdf", lambda: samples.pdf_with_packed_objects(20), 0),
    "pdf bomb": ("pdf", lambda: samples.pdf_with_packed_objects(450), child.DAMAGED),
    "pdf of 2000 pages": ("pdf", lambda: samples.pdf(pages=2000), 0),
}


@pytest.mark.parametrize("what", LARGEST)
def test_the_child_needs_less_than_300_megabytes_for_the_largest_that_it_takes(what):
    kind, content, code = LARGEST[what]

    found, megabytes = most_memory(kind, content())

    assert found == code
    assert megabytes < 300, megabytes


def test_the_child_ends_at_its_limits_of_time_and_memory():
    large, slow = samples.png((6000, 5000)), many_tags(7)

    assert uploads.in_child(large, "png", memory_bytes=120 * MB) == (child.TOO_MUCH, b"")
    assert uploads.in_child(slow, "docx", cpu_seconds=1) == (child.OUT_OF_TIME, b"")


def test_a_child_that_hangs_is_ended(monkeypatch, tmp_path):
    script = tmp_path / "child.py"
    script.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(child, "__file__", str(script))
    monkeypatch.setattr(uploads, "WALL_SECONDS", 0.2)

    assert refusal("a.pdf", samples.pdf()) == uploads.TOO_MUCH


def test_the_child_knows_no_secret_and_reaches_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("WEL_SECRET_KEY", "geheim")
    script = tmp_path / "child.py"
    script.write_text(
        f"import os, sys; sys.path.insert(0, {str(uploads.__path__[0])!r}); import child\n"
        "sys.addaudithook(child.refuse_outside)\n"
        "found = [name for name in os.environ if 'WEL' in name or 'DATABASE' in name]\n"
        "for act in (lambda: __import__('socket').create_connection(('127.0.0.1', 9)), lambda: os.system('true')):\n"
        "    try:\n        act(); found.append('reached')\n    except PermissionError:\n        pass\n"
        "sys.stdout.write(repr(found))\n"
    )
    monkeypatch.setattr(child, "__file__", str(script))

    assert uploads.in_child(b"", "pdf") == (0, b"[]")


def test_this_process_holds_little_of_it():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refusal("a.png", samples.pixel_bomb(8000))

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024
