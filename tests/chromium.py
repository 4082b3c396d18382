"""Debian's Chromium for the browser tests: how it starts, what it complains about, and axe on what it shows."""

import json
import shutil
from pathlib import Path

AXE = next((Path(__file__).resolve().parent / "vendor").glob("axe-core@*/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Not the whole answer, which also names every rule that found nothing.
FOUND = "({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({target}) => [id, target]))"


def launch_args():
    quiet = ["background-networking", "component-update", "sync", "quic"]
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run"] + [f"--disable-{name}" for name in quiet]
    return {"executable_path": shutil.which("chromium"), "args": flags}


def violations(page, rules=None):
    """What axe holds against the page as it stands now; `rules` names single rules instead of all of them."""
    if not page.evaluate("Boolean(window.axe)"):
        page.context.add_init_script(path=AXE)  # for the pages to come: sending it to each takes a third of the time
        page.evaluate(AXE.read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}  # everything is there already
    found = page.evaluate(f"axe.run({json.dumps(options)}).then({FOUND})")
    return [(rule, target) for rule, target in found]


def collect_complaints(page):
    """Everything the browser complains about from now on: scripts that fail, and what the content policy stops."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints
