import dataclasses
import http.server
import threading
from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from access import pdf
from access.pdf import PdfError, lay_out, render_pdf
from cases.rules.journey import TITLES
from reporting.documents import Distance, JourneySpread, content_checksum
from tests.reporting import pdf_structure, samples

TEMPLATE = "reporting/pdf/accountability.html"
CANARY = "KANARIE-8841"
GOOD = '<html lang="nl"><title>x</title><h1>x</h1><table><tr><th>x</th></tr></table></html>'


def render(document):
    return render_pdf(TEMPLATE, {"document": document})


def squeezed(content):
    """The text of a PDF without the white space that lines and columns put in."""
    return "".join(pdf_structure.text(content).split())


@pytest.fixture(scope="module")
def full():
    return render(samples.accountability())


@pytest.fixture
def requests():
    """A server that notes each request, to which layout must make none."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret_file(tmp_path):
    path = tmp_path / "geheim.txt"
    path.write_text(CANARY)
    return path


def test_the_accountability_is_readable_by_a_screen_reader(full):
    assert pdf_structure.check(full) == []


def test_each_map_has_its_sentence_as_text_alternative(full):
    alternatives = pdf_structure.alternatives(full)

    assert len(alternatives) == 5
    assert alternatives[0].startswith("De reis van WEL-9001 begon in september. Drie haltes zijn gemaakt")


def test_the_document_says_what_its_data_say(full):
    words = squeezed(full)

    for expected in (
        "3van5reizencompleet",
        "Erzijnnog2completereizennodig.",
        "€41.250,00",
        "€2.969,95",
        "30september2022totenmet31juli2025",
        "‘Ikwillaterbroodbakken",
        "2stappendichterbijonderwijs",
        "Stcrt.2022,16574",
        "gemaaktop18maart2026·versie2",
        "pagina1van",
        samples.accountability().checksum,
    ):
        assert expected in words


def test_the_document_uses_the_words_of_the_reis():
    document = samples.accountability(1, 1)

    html = render_to_string(TEMPLATE, {"document": document})

    for key in ("samenwerking", "plan", "middelen", "afstand"):
        assert html.count(f"<h3>{TITLES[key]}</h3>") == 2, key  # in the reis, and among the words explained


def test_five_full_journeys_take_two_pages_each(full):
    assert len(pdf_structure.pages(full)) == 3 + 5 * 2 + 1


@pytest.mark.parametrize("cases", [0, 1, 12])
def test_fewer_and_more_cases_than_five(cases):
    document = samples.accountability(cases, complete=cases, swv=samples.LONG_SWV, journeys=())

    content = render(document)

    assert pdf_structure.check(content) == []
    assert ("Nog5tekiezen" in squeezed(content)) == (cases == 0)
    assert squeezed(content).count("WEL-90") == cases * 2  # cover and completeness


def test_an_empty_journey_says_so_everywhere():
    empty = JourneySpread("WEL-9001", "Absoluut verzuim", "In gesprek", date(2025, 9, 1), complete=False)

    content = render(samples.accountability(1, 0, journeys=(empty,), subsidy=None))

    assert pdf_structure.check(content) == []
    # the subsidy; wensdroom, what was there, situation, haltes, three themes, cooperation, plan, two of means,
    # two reasons of the distance, means used, look back
    assert squeezed(content).count("Nognietopgeschreven.") == 1 + 15


def test_the_same_input_gives_the_same_bytes():
    document = samples.accountability(1, 1)

    assert render(document) == render(document)


def test_letters_of_other_european_languages_come_from_their_own_file():
    """WeasyPrint mixes up the glyphs of two files with one name, so the names must differ."""
    stylesheet = f'* {{ font-family: "{pdf.pdf_child.FONT}", "{pdf.pdf_child.FONT_EXTENDED}" }}'

    content = lay_out('<html lang="nl"><title>x</title><h1>Łódź en İğdır</h1>', stylesheet)

    assert "Łódźenİğdır" in squeezed(content)
    assert {name.split("+")[1] for name in pdf_structure.font_names(content)} == {
        "Atkinson-Hyperlegible-Next-Bold",
        "Atkinson-Hyperlegible-Next-Extended-Bold",
    }


def test_text_that_is_hard_to_set_is_laid_out():
    hard = (
        "Donaudampfschifffahrt" * 12
        + " \U0001f9c1\U0001f468\u200d\U0001f469\u200d\U0001f467 مرحبا بالعالم שלום \u202eomgekeerd\u202c \u200b\ufeff"
    )
    journey = samples.journey(situation=hard, plan=hard * 3, means_needed=hard)

    content = render(samples.accountability(1, 1, swv=hard, journeys=(journey,)))

    assert pdf_structure.check(content) == []


# Hostile text


def with_hostile_text(value, hostile):
    """A copy of a document with hostile text added to each text in it; a finished drawing is no text."""
    if isinstance(value, SafeString):
        return value
    if isinstance(value, str):
        return value + hostile
    if isinstance(value, tuple):
        return tuple(with_hostile_text(item, hostile) for item in value)
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(value, **{name: with_hostile_text(getattr(value, name), hostile) for name in names})
    return value


def count_texts(value):
    if isinstance(value, SafeString):
        return 0
    if isinstance(value, str):
        return 1
    if isinstance(value, tuple):
        return sum(count_texts(item) for item in value)
    if dataclasses.is_dataclass(value):
        return sum(count_texts(getattr(value, field.name)) for field in dataclasses.fields(value))
    return 0


def test_hostile_text_in_every_field_stays_text(requests, secret_file):
    url, seen = requests
    hostile = (
        f'"\'><img src="{url}/i"><link rel=attachment href="file://{secret_file}">'
        f"<style>*{{background:url({url}/css)}}</style>{{{{ document }}}}{{% debug %}}"
    )
    document = samples.accountability(1, 0)
    texts = count_texts(document)

    content = render(with_hostile_text(document, hostile))

    assert texts > 80
    assert seen == []
    assert pdf_structure.check(content) == []
    assert CANARY not in squeezed(content)
    # Each text is shown; some twice (the code, the situation), and the head stands on every page.
    assert squeezed(content).count("\"'><imgsrc=") >= texts - 2
    assert squeezed(content).count("{{document}}{%debug%}") >= texts - 2


def test_text_in_the_place_of_a_drawing_stays_text():
    journey = samples.journey(route_map='<svg><image href="http://127.0.0.1/kaart"/></svg>')

    html = render_to_string(TEMPLATE, {"document": samples.accountability(1, 1, journeys=(journey,))})

    assert "&lt;svg&gt;&lt;image href=" in html
    assert "<svg>" not in html


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{url}/img" alt="x">',
        '<img src="file://{path}" alt="x">',
        '<link rel="stylesheet" href="{url}/css">',
        "<style>@import url({url}/import); p {{ background: url({url}/achtergrond) }}</style><p>x</p>",
        "<style>@font-face {{ font-family: x; src: url({url}/letter) }} p {{ font-family: x }}</style><p>x</p>",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{url}/svg" width="9" height="9"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><use href="file://{path}#x"/></svg>',
        '<link rel="attachment" href="file://{path}">',
        '<a rel="attachment" href="file://{path}">x</a>',
        '<object data="{url}/object">x</object>',
        '<embed src="{url}/embed">',
        "<p style=\"content: url('{url}/inhoud')\">x</p>",
    ],
)
def test_markup_that_would_fetch_fetches_nothing(markup, requests, secret_file):
    """Should text ever become markup, the second wall still holds: no request, no file, at worst no PDF."""
    url, seen = requests
    html = f'<!doctype html><html lang="nl"><title>x</title><body><h1>x</h1>{markup}</body></html>'

    try:
        content = lay_out(html.format(url=url, path=secret_file))
    except PdfError:
        content = None

    assert seen == []
    assert content is None or CANARY not in squeezed(content)
    assert content is None or "has attachments" not in pdf_structure.check(content)


# Limits


def test_too_much_work_ends_in_a_sentence():
    with pytest.raises(PdfError, match="te groot"):
        lay_out('<html lang="nl"><p>' + "woord " * 300_000, cpu_seconds=1)


def test_too_much_memory_ends_in_a_sentence():
    with pytest.raises(PdfError):
        lay_out('<html lang="nl"><table><tr><td colspan=100000000>x</table>', memory_bytes=400 * 1024**2)


@pytest.fixture
def child(tmp_path, monkeypatch):
    """Puts a shell script in the place of the child."""

    def put(script):
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(pdf.sys, "executable", str(path))

    return put


def test_a_missing_library_is_one_readable_sentence(child):
    child(f"exit {pdf.pdf_child.NO_LIBRARY}")

    with pytest.raises(PdfError, match="ontbreekt Pango"):
        lay_out("<p>x")


def test_an_unknown_failure_tells_nothing_of_the_document(child):
    child("cat >&2; exit 1")

    with pytest.raises(PdfError) as raised:
        lay_out(f"<p>{CANARY}")

    assert str(raised.value) == pdf.FAILED


def test_a_child_that_hangs_is_ended(child, monkeypatch):
    child("exec sleep 60")
    monkeypatch.setattr(pdf, "WALL_SECONDS", 0.2)

    with pytest.raises(PdfError, match="te groot"):
        lay_out("<p>x")


def test_the_child_gets_no_secrets(child, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", CANARY)
    monkeypatch.setenv("WEL_SECRET_KEY", CANARY)
    child("cat >/dev/null; env")

    assert CANARY.encode() not in lay_out("<p>x")


def test_a_child_leaves_no_files(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf.tempfile, "tempdir", str(tmp_path))

    lay_out('<html lang="nl"><title>x</title><h1>x</h1>')
    with pytest.raises(PdfError):
        lay_out('<html lang="nl"><p>' + "woord " * 300_000, cpu_seconds=1)

    assert list(tmp_path.iterdir()) == []


# The checker itself


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('lang="nl"', ""), "language is not nl"),
        (("<title>x</title>", ""), "no title"),
        (("<h1>x</h1>", "<h2>x</h2>"), "does not start with H1"),
        (("</h1>", "</h1><h3>x</h3>"), "heading jumps from H1 to H3"),
        (("</h1>", "</h1><h1>x</h1>"), "more than one H1"),
        (("<th>x</th>", "<td>x</td>"), "table without header cell"),
        (
            ("</h1>", '</h1><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
            "figure without alternative text",
        ),
        (("<h1>x</h1>", "<p>x</p>"), "no bookmarks"),
        (("</h1>", '</h1><a href="https://example.org">x</a>'), "link to outside"),
    ],
)
def test_the_checker_sees_what_is_wrong(change, problem):
    problems = pdf_structure.check(lay_out(GOOD.replace(*change)))

    assert any(found.startswith(problem) for found in problems)


def test_the_checker_is_content_with_little():
    assert pdf_structure.check(lay_out(GOOD)) == []


# The values


def test_the_checksum_follows_the_content_and_not_the_copy():
    document = samples.accountability(2, 1)
    later = dataclasses.replace(document, version=9, made_on=date(2026, 4, 1), made_by="Iemand Anders", checksum="x")
    other = dataclasses.replace(document, required=6)

    assert content_checksum(later) == content_checksum(document)
    assert content_checksum(other) != content_checksum(document)


def test_only_eligible_and_complete_journeys_count():
    document = samples.accountability(5, 3)
    lines = (dataclasses.replace(document.cases[0], eligible=False), *document.cases[1:])

    document = dataclasses.replace(document, cases=lines)

    assert (document.complete_count, document.still_needed) == (2, 3)
    assert document.meter == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("start", "now", "movement"),
    [
        (0, 2, "2 stappen dichter bij onderwijs"),
        (2, 1, "Eén stap verder van onderwijs"),
        (1, 1, "Gelijk gebleven"),
        (None, 1, ""),
    ],
)
def test_distance_moves_both_ways_or_not_at_all(start, now, movement):
    assert Distance(samples.SCALE, start=start, now=now).movement == movement


def test_the_amount_is_unknown_until_one_is_written():
    assert samples.journey(means_used=()).amount_used is None
    assert samples.journey().amount_used == Decimal("2969.95")
