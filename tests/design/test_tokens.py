"""The colours of the design can be read by everyone: contrast is measured, in light and in dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text()
GROUNDS = ["papier", "wit", "zand"]
TINTS = ["route", "licht", "mos", "steen", "bes", "rood"]
TEXT_ON = {"route": "route-diep", "licht": "licht-tekst"}  # the other tints carry text of their own name


def block(start):
    body = CSS[CSS.index(start) :]
    body = body[body.index("{") + 1 : body.index("}")]
    return dict(re.findall(r"--wel-([\w-]+): (#[0-9A-F]{6});", body))


LIGHT = block(":root {")
DARK = block('[data-bs-theme="dark"]')
AUTO = block('[data-bs-theme="auto"]')

TEXT_PAIRS = (
    [(text, ground) for text in ("inkt", "zacht", "route", "route-diep", "rood") for ground in GROUNDS]
    + [(TEXT_ON.get(tint, tint), f"{tint}-bg") for tint in TINTS]
    + [("inkt", f"{tint}-bg") for tint in TINTS]
    + [("op-route", "route"), ("op-route", "route-diep"), ("wit", "route-diep"), ("op-licht", "licht")]
    + [("papier", "inkt"), ("licht-tekst", "wit"), ("mos", "wit"), ("steen", "wit"), ("bes", "wit")]
)
LINE_PAIRS = [("rand", ground) for ground in GROUNDS] + [
    ("route", "papier"),
    ("route", "route-bg"),
    ("rood", "wit"),
    ("licht-rand", "licht-bg"),
    ("licht-rand", "wit"),
    ("inkt", "papier"),
]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_wcag_does():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#FFFFFF", "#0B5F6B") == pytest.approx(7.3, abs=0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINE_PAIRS)
def test_borders_and_shapes_can_be_seen(theme, line, ground):
    assert contrast(theme[line], theme[ground]) >= 3


def test_dark_by_choice_and_dark_by_device_are_the_same():
    assert DARK == AUTO
    assert set(LIGHT) == set(DARK)
