"""Files made by others are exactly what their manifest says, and nothing else lies beside them."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = sorted(ROOT.glob("static/vendor/*/manifest.json")) + sorted(ROOT.glob("tests/vendor/*/manifest.json"))


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_each_vendored_folder_has_a_manifest():
    folders = {path for parent in ("static/vendor", "tests/vendor") for path in (ROOT / parent).iterdir()}

    assert {path.parent for path in MANIFESTS} == folders


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.parent.name)
def test_vendored_files_are_what_the_manifest_says(path):
    manifest = json.loads(path.read_text())

    found = {file.name: digest(file) for file in path.parent.iterdir() if file != path}

    assert found == manifest["files"]
    assert "LICENSE" in manifest["files"]
    assert path.parent.name == f"{manifest['name'].split('/')[-1]}@{manifest['version']}"


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.parent.name)
def test_what_is_built_belongs_to_the_sources_in_tools(path):
    sources = json.loads(path.read_text()).get("built_from", {})

    assert {name: digest(ROOT / "tools" / name) for name in sources} == sources


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.parent.name)
def test_a_manifest_names_no_host(path):
    assert "://" not in path.read_text()


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    sprite = next((ROOT / "static/vendor").glob("bootstrap-icons@*/sprite.svg")).read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    asked = set(re.findall(r'{% icon "([^"]+)"', templates)) | set(re.findall(r'icon_name="([^"]+)"', templates))

    assert asked - drawn == set()
