"""From a template to a tagged PDF (PDF/UA-1); with its child process the only place that knows WeasyPrint.

The template becomes HTML here. Layout happens in a child with limits on processor time and memory, without our
settings, database address or secrets in its environment, and with a fetcher that reads `data:` and nothing else."""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation

from access import pdf_child

STATIC = Path(__file__).resolve().parent.parent / "static"
STYLES = STATIC / "pdf"

CPU_SECONDS = 20
MEMORY_BYTES = 2 * 1024**3
WALL_SECONDS = 90  # the same work on a busy machine
AT_ONCE = 2  # made while somebody waits, over all web processes; the worker makes its own one by one
TURNS = 0x77656C  # the number under which PostgreSQL keeps the places
# What the dynamic linker and fontconfig need; the rest, secrets among it, stays here.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "HOME")

CHARACTERS = {
    "latin": "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+304,U+308,U+329,U+2000-206F,U+20AC,U+2122,U+2191,"
    "U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+100-2BA,U+2BD-2C5,U+2C7-2CC,U+2CE-2D7,U+2DD-2FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,"
    "U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
}

FAMILIES = {"latin": pdf_child.FONT, "latin-ext": pdf_child.FONT_EXTENDED}
EXTENDED = re.compile("[\u0100-\u02ff\u1d00-\u1eff\u20a0-\u20ab\u20ad-\u20c0\u2113\u2c60-\u2c7f\ua720-\ua7ff]")

REASONS = {
    pdf_child.NO_LIBRARY: "De pdf kan niet worden gemaakt: op deze server ontbreekt Pango. "
    "Vraag de beheerder om libpango-1.0-0, libpangoft2-1.0-0 en libharfbuzz-subset0 te installeren.",
    pdf_child.NO_MEMORY: "De pdf is te groot om te maken. Kort lange teksten in en probeer het opnieuw.",
    pdf_child.OUT_OF_TIME: "De pdf is te groot om te maken. Kort lange teksten in en probeer het opnieuw.",
    pdf_child.OUTSIDE_SOURCE: "De pdf is niet gemaakt: het document verwijst naar iets buiten zichzelf.",
}
BUSY = "Er worden nu al twee pdf’s gemaakt. Probeer het over een halve minuut opnieuw."
FAILED = "De pdf kon niet worden gemaakt. Probeer het later opnieuw."


class PdfError(Exception):
    """No PDF; the message is Dutch and fit to show."""


def take_turn():
    """One of the two places for a PDF that somebody waits for, until the end of the transaction.

    Kept by PostgreSQL, so that all web processes share them and a place comes free whatever happens to who had it.
    """
    with connection.cursor() as cursor:
        for place in range(AT_ONCE):
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [TURNS, place])
            if cursor.fetchone()[0]:
                return
    raise PdfError(BUSY)


def render_pdf(template, context, **limits):
    """The PDF of a template and the stylesheet of the same name; the same input gives the same bytes."""
    with translation.override("nl"):
        html = render_to_string(template, context)
    return lay_out(html, _stylesheet("base"), _stylesheet(Path(template).stem), **limits)


def lay_out(html, *stylesheets, cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES):
    order = {
        "html": html,
        "stylesheets": [_font_faces(*_scripts(html)), *stylesheets],
        "cpu_seconds": cpu_seconds,
        "memory_bytes": memory_bytes,
    }
    # The child writes its fonts in a directory that goes away with it, also when it is killed.
    # SOURCE_DATE_EPOCH: the date inside a font that is cut down, the same in every copy.
    with tempfile.TemporaryDirectory(prefix="wel-pdf-") as directory:
        try:
            child = subprocess.run(  # noqa: S603 - our own interpreter and our own file
                # -I: no PYTHON* variables, no current directory on the path.
                [sys.executable, "-I", pdf_child.__file__],
                input=json.dumps(order).encode(),
                capture_output=True,
                timeout=WALL_SECONDS,
                cwd=directory,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
                | {"TMPDIR": directory, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"},
            )
        except subprocess.TimeoutExpired:
            raise PdfError(REASONS[pdf_child.OUT_OF_TIME]) from None
    if child.returncode:
        # stderr may quote the document, so it is neither shown nor logged.
        raise PdfError(REASONS.get(child.returncode, FAILED))
    return child.stdout


@cache
def _stylesheet(name):
    """Our own CSS with the drawings beside it put in, as layout fetches nothing."""

    def drawing(match):
        return f'url("{_data_url((STYLES / match[1]).read_bytes(), "image/svg+xml")}")'

    return re.sub(r'url\("([\w-]+\.svg)"\)', drawing, (STYLES / f"{name}.css").read_text())


def _scripts(html):
    """Unpacking a letter takes the child time, so the extended Latin one comes only with a text that may need it."""
    return ("latin", "latin-ext") if EXTENDED.search(html) else ("latin",)


@cache
def _font_faces(*scripts):
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILIES[script]}"; font-style: {style}; unicode-range: {CHARACTERS[script]};'
        f' src: url("{_data_url(_font(script, style).read_bytes(), "font/woff2")}") }}'
        for script in scripts
        for style in ("normal", "italic")
    )


def _font(script, style):
    """The vendored file of the letter type; its folder carries a version, so it is looked for."""
    fonts = sorted((STATIC / "vendor").glob(f"atkinson-hyperlegible-next@*/{script}-{style}.woff2"))
    if not fonts:
        raise PdfError(
            f"De pdf kan niet worden gemaakt: het lettertype ({script}, {style}) ontbreekt in static/vendor."
        )
    return fonts[-1]


def _data_url(content, kind):
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
