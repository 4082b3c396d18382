"""Rules that hold for every template, whoever writes it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "templates"
PDF = ROOT / "reporting" / "pdf"  # a sheet of paper has no content security policy
TEMPLATES = [path for path in sorted(ROOT.rglob("*.html")) if PDF not in path.parents]

pages = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))


@pages
def test_a_template_has_no_inline_style_or_script(path):
    html = path.read_text()

    assert not re.search(r"\sstyle\s*=", html)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", html)
    assert not re.search(r"<style\b|javascript:|\shx-on", html)
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", html) if "application/json" not in tag)


@pages
def test_a_template_marks_nothing_safe(path):
    assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text())


@pages
def test_a_template_speaks_dutch_and_has_no_asterisk(path):
    html = path.read_text()

    assert not re.search(r"\b(Close|Submit|Search|Next|Previous|Loading)\b(?=[^%}]*<)", html)
    assert "asteriskField" not in html


@pages
def test_a_template_needs_no_bootstrap_javascript(path):
    """Menus and folds are <details>, dialogs <dialog>; Bootstrap's scripts are not shipped."""
    assert not re.search(r"data-bs-(toggle|dismiss|target|ride|slide)", path.read_text())


@pages
def test_a_template_asks_nobody_outside(path):
    assert not re.search(r"(src|href|action)\s*=\s*[\"']\s*(https?:)?//", path.read_text())


@pages
def test_a_template_never_asks_with_a_browser_box(path):
    assert "hx-confirm" not in path.read_text()
