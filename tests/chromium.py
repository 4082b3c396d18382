"""Debian's Chromium for the browser tests: how it starts, what it complains about, and axe on what it shows."""

import json
import shutil
from pathlib import Path

AXE = next((Path(__file__).resolve().parent / "vendor").glob("axe-core@*/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def launch_args():
    quiet = ["background-networking", "component-update", "sync", "quic"]
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run"] + [f"--disable-{name}" for name in quiet]
    return {"executable_path": shutil.which("chromium"), "args": flags}


def violations(page, rules=None):
    """What axe holds against the page as it stands now; `rules` names single rules instead of all of them."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}  # everything is there already
    found = page.evaluate(f"axe.run({json.dumps(options)})")["violations"]
    return [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]]


def collect_complaints(page):
    """Everything the browser complains about from now on: scripts that fail, and what the content policy stops."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints
