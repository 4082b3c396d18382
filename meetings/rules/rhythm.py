"""How often a team meets, in one line."""

from django.db.models import TextChoices


class Rhythm(TextChoices):
    WEEKS = "weken", "Elke week, of om de zoveel weken"
    MONTH = "maand", "Elke maand"
    REQUEST = "verzoek", "Als iemand erom vraagt"


def rhythm_text(rhythm, *, every_weeks=None, month_week="", weekday="", starts_at=None):
    """ "elke 3 weken op dinsdag, 13.30 uur"; the names of the week and the day come in Dutch."""
    if rhythm == Rhythm.REQUEST:
        return "als iemand erom vraagt"
    time = f"{starts_at.hour}.{starts_at:%M} uur"
    if rhythm == Rhythm.MONTH:
        return f"elke {month_week} {weekday} van de maand, {time}"
    often = "elke week" if every_weeks == 1 else f"elke {every_weeks} weken"
    return f"{often} op {weekday}, {time}"
