"""What the documents say exists: names, links, commands, settings."""

import importlib
import re

import pytest
from django.conf import settings
from django.core.management import get_commands

from wel import cli

ROOT = settings.BASE_DIR
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = [document for document in DOCUMENTS if document.parent.name == "decisions"]
BEGRIPPEN = ROOT / "docs" / "begrippen.md"
APPS = ("access", "regions", "cases", "meetings", "reporting", "wel", "demo")


def names_of(documents):
    return [str(document.relative_to(ROOT)) for document in documents]


def every_document(test):
    return pytest.mark.parametrize("document", DOCUMENTS, ids=names_of(DOCUMENTS))(test)


def terms():
    rows = [line for line in BEGRIPPEN.read_text().splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def find(dotted):
    """The object behind `cases.models.Stop.hobble`; raises when a part of it is not there."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        return found
    raise ModuleNotFoundError(dotted)


def gate_functions():
    """The functions that migrations make in schema `access`."""
    sources = (path.read_text() for path in ROOT.glob("*/migrations/*.py"))
    return {name for source in sources for name in re.findall(r'"(access\.\w+)\(', source)}


def transaction_settings():
    """What the code tells PostgreSQL for one transaction, such as wel.who."""
    sources = [path.read_text() for path in (ROOT / "access").glob("*.py")] + [
        path.read_text() for path in ROOT.glob("*/migrations/*.py")
    ]
    return {name for source in sources for name in re.findall(r"'(wel\.\w+)'", source)}


def anchors(document):
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(document):
    """The words after ./wel.sh, in running text and in code."""
    return re.findall(r"\./wel\.sh ([a-z]+)(?: ([a-z_]+))?", document.read_text())


@pytest.mark.parametrize("term", terms(), ids=lambda term: term[0])
def test_the_name_in_code_of_a_term_exists(term):
    *_, in_code = term

    names = re.findall(r"`([^`]+)`", in_code)

    assert names or in_code == "–"
    for name in names:
        find(name)


def test_terms_stand_in_the_order_of_the_alphabet():
    words = [re.sub(r"\W", "", word.lower().replace("ö", "o")) for word, *_ in terms()]

    assert words == sorted(words)


@every_document
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)]+)\)", document.read_text())

    for link in links:
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@every_document
def test_commands_exist(document, capsys):
    cli.main(["help"])
    known = set(re.findall(r"^  (\w+) ", capsys.readouterr().out, re.MULTILINE))

    for command, argument in commands(document):
        assert command in known
        if command == "manage" and argument:
            assert argument in get_commands()


def test_readme_opens_with_the_two_commands():
    blocks = re.findall(r"```\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)

    assert blocks[0] == "./wel.sh demo\n./wel.sh test\n"


def test_every_setting_from_the_environment_is_explained():
    read = set(re.findall(r'"(WEL_[A-Z_]+)"', (ROOT / "wel" / "settings.py").read_text()))

    explained = set(re.findall(r"^\| `(WEL_[A-Z_]+)`", (ROOT / "docs" / "beheer.md").read_text(), re.MULTILINE))

    assert explained == read


@pytest.mark.parametrize("document", DECISIONS, ids=names_of(DECISIONS))
def test_what_a_decision_names_exists(document):
    named = re.findall(r"`([^`\s]+)`", document.read_text())
    paths = [name for name in named if "/" in name and name.split("/")[0] in (*APPS, "tests", "docs", "bench")]
    dotted = [name.rstrip("()") for name in named if name.split(".")[0] in APPS and "." in name and "/" not in name]
    known = gate_functions() | transaction_settings()

    assert dotted
    assert [path for path in paths if not (ROOT / path).exists()] == []
    for name in dotted:
        if name not in known:
            find(name)


def test_decisions_are_numbered_without_gaps():
    numbers = [int(document.name[:4]) for document in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))
