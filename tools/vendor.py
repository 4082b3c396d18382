"""Fetch the front-end files we keep in the repository. For developers; nothing here runs with the application.

`python tools/vendor.py` needs npm and network. It packs each package at its pinned version, copies the named
files with their licence, and writes a manifest with the package's integrity and the SHA-256 of every file.
tests/design/test_vendor.py checks the files against those manifests.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC_VENDOR = ROOT / "static" / "vendor"
TEST_VENDOR = ROOT / "tests" / "vendor"
SASS = "sass@1.108.2"
SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    files: dict[str, str] = field(default_factory=dict)  # path in the package -> name here
    target: Path = STATIC_VENDOR
    builds: str = ""  # a Sass file in tools/ that is compiled against the package

    @property
    def folder(self):
        return self.target / f"{self.name.split('/')[-1]}@{self.version}"


FONT = "files/atkinson-hyperlegible-next-{}-wght-{}.woff2"
PACKAGES = [
    Package("bootstrap", "5.3.9", {"LICENSE": "LICENSE"}, builds="bootstrap.scss"),
    Package(
        "@fontsource-variable/atkinson-hyperlegible-next",
        "5.3.0",
        {"LICENSE": "LICENSE"}
        | {
            FONT.format(script, style): f"{script}-{style}.woff2"
            for script in ("latin", "latin-ext")
            for style in ("normal", "italic")
        },
    ),
    Package("axe-core", "4.14.1", {"axe.min.js": "axe.min.js", "LICENSE": "LICENSE"}, target=TEST_VENDOR),
]

ICON_PACKAGE = Package("bootstrap-icons", "1.13.2", {"LICENSE": "LICENSE"})
ICONS = (ROOT / "tools" / "icons.txt").read_text().split()


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(command, **options):
    return subprocess.run(command, check=True, **options)  # noqa: S603 (our own words, no input)


def unpack(package, folder):
    """Pack the pinned version into `folder`; return where it lies and the integrity npm gives it."""
    command = ["npm", "pack", "--json", "--silent", f"{package.name}@{package.version}"]
    packed = json.loads(run(command, cwd=folder, capture_output=True, text=True).stdout)
    [details] = packed.values() if isinstance(packed, dict) else packed
    with tarfile.open(folder / Path(details["filename"]).name) as archive:
        archive.extractall(folder / package.folder.name, filter="data")
    return folder / package.folder.name / "package", details["integrity"]


def compile_sass(package, source, output):
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / package.name).symlink_to(source)
        command = ["npm", "exec", "--yes", "--silent", f"--package={SASS}", "--", "sass", "--no-source-map"]
        command += ["--no-charset", "--style=compressed", "--quiet-deps", "--silence-deprecation=import"]
        command += [f"--load-path={name}", str(ROOT / "tools" / package.builds), str(output)]
        run(command)


def write_manifest(package, source, integrity, **more):
    manifest = {
        "name": package.name,
        "version": package.version,
        "license": json.loads((source / "package.json").read_text())["license"],
        "integrity": integrity,
        **more,
        "files": {
            str(path.relative_to(package.folder)): digest(path)
            for path in sorted(package.folder.iterdir())
            if path.name != "manifest.json"
        },
    }
    (package.folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def vendor(package, workdir):
    source, integrity = unpack(package, workdir)
    shutil.rmtree(package.folder, ignore_errors=True)
    package.folder.mkdir(parents=True)
    for name, here in package.files.items():
        shutil.copyfile(source / name, package.folder / here)
    built = {}
    if package.builds:
        output = package.folder / Path(package.builds).with_suffix(".css").name
        compile_sass(package, source, output)
        built = {"built_with": SASS, "built_from": {package.builds: digest(ROOT / "tools" / package.builds)}}
    write_manifest(package, source, integrity, **built)


def vendor_icons(workdir):
    """Build one sprite: the icons named in icons.txt, and our own drawings from tools/icons."""
    source, integrity = unpack(ICON_PACKAGE, workdir)
    shutil.rmtree(ICON_PACKAGE.folder, ignore_errors=True)
    ICON_PACKAGE.folder.mkdir(parents=True)
    shutil.copyfile(source / "LICENSE", ICON_PACKAGE.folder / "LICENSE")

    ET.register_namespace("", SVG)
    sprite = ET.Element(f"{{{SVG}}}svg")
    drawings = [source / "icons" / f"{name}.svg" for name in ICONS]
    own = sorted((ROOT / "tools" / "icons").glob("*.svg"))
    for drawing in drawings + own:
        svg = ET.parse(drawing).getroot()  # noqa: S314 (a package of which the integrity is on record)
        symbol = ET.SubElement(sprite, f"{{{SVG}}}symbol", id=drawing.stem, viewBox=svg.get("viewBox"))
        symbol.extend(svg)
    ET.indent(sprite, space=" ")
    (ICON_PACKAGE.folder / "sprite.svg").write_text(ET.tostring(sprite, encoding="unicode") + "\n")
    own_digests = {"icons.txt": digest(ROOT / "tools" / "icons.txt")} | {
        f"icons/{path.name}": digest(path) for path in own
    }
    write_manifest(ICON_PACKAGE, source, integrity, built_from=own_digests)


def main():
    with tempfile.TemporaryDirectory() as name:
        for package in PACKAGES:
            vendor(package, Path(name))
        vendor_icons(Path(name))


if __name__ == "__main__":
    main()
