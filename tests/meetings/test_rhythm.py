"""How often a team meets, in one line."""

from datetime import time

import pytest

from meetings.rules.rhythm import Rhythm, rhythm_text


@pytest.mark.parametrize(
    ("rhythm", "given", "text"),
    [
        (Rhythm.WEEKS, {"every_weeks": 3, "weekday": "dinsdag"}, "elke 3 weken op dinsdag, 9.30 uur"),
        (Rhythm.WEEKS, {"every_weeks": 1, "weekday": "vrijdag"}, "elke week op vrijdag, 9.30 uur"),
        (Rhythm.MONTH, {"month_week": "laatste", "weekday": "maandag"}, "elke laatste maandag van de maand, 9.30 uur"),
        (Rhythm.REQUEST, {"starts_at": None}, "als iemand erom vraagt"),
    ],
)
def test_a_rhythm_reads_as_a_sentence(rhythm, given, text):
    assert rhythm_text(rhythm, **{"starts_at": time(9, 30), **given}) == text
