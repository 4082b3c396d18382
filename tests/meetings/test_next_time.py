"""The first day of a rhythm after another day."""

from datetime import date

import pytest

from meetings.rules.next_time import next_day

TUESDAY = 2
LAST = 5


@pytest.mark.parametrize(
    ("rhythm", "first", "after", "day"),
    [
        # Every three weeks from Tuesday 3 November 2026 on.
        ({"rhythm": "weken", "every_weeks": 3}, date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)),
        ({"rhythm": "weken", "every_weeks": 3}, date(2026, 11, 3), date(2026, 11, 2), date(2026, 11, 3)),
        ({"rhythm": "weken", "every_weeks": 3}, date(2026, 11, 1), date(2026, 11, 3), date(2026, 11, 24)),
        ({"rhythm": "weken", "every_weeks": 3}, date(2026, 11, 1), date(2026, 11, 25), date(2026, 12, 15)),
        ({"rhythm": "weken", "every_weeks": 1}, date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 5)),
        # Still to begin.
        ({"rhythm": "weken", "every_weeks": 3}, date(2027, 2, 3), date(2026, 11, 25), date(2027, 2, 9)),
        # The second Tuesday, the last of four and of five, and over the end of a year.
        ({"rhythm": "maand", "month_week": 2}, date(2026, 1, 1), date(2026, 11, 9), date(2026, 11, 10)),
        ({"rhythm": "maand", "month_week": 2}, date(2026, 1, 1), date(2026, 11, 10), date(2026, 12, 8)),
        ({"rhythm": "maand", "month_week": LAST}, date(2026, 1, 1), date(2026, 11, 1), date(2026, 11, 24)),
        ({"rhythm": "maand", "month_week": LAST}, date(2026, 1, 1), date(2026, 12, 1), date(2026, 12, 29)),
        ({"rhythm": "maand", "month_week": LAST}, date(2026, 1, 1), date(2026, 12, 29), date(2027, 1, 26)),
        ({"rhythm": "maand", "month_week": 1}, date(2027, 3, 3), date(2026, 11, 25), date(2027, 4, 6)),
        ({"rhythm": "verzoek"}, date(2026, 1, 1), date(2026, 11, 1), None),
    ],
)
def test_the_next_day_follows_the_rhythm(rhythm, first, after, day):
    assert next_day(**rhythm, weekday=TUESDAY, first=first, after=after) == day
