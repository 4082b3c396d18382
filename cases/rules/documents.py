"""How long a document is kept, and what it is called."""

from datetime import timedelta

# How long something that was removed can be put back.
RESTORE_DAYS = 30


def wiped_on(closed_on, years):
    """The day on which a document goes, counted from the closing of the jeugdige; None while that is open."""
    if closed_on is None:
        return None
    day = min(closed_on.day, 28) if closed_on.month == 2 else closed_on.day
    return closed_on.replace(year=closed_on.year + years, day=day)


def document_name(code, kind, day, file_type):
    """Code, soort and datum; never the name that the file had with whoever sent it, which may hold a name."""
    return f"{code}-{kind}-{day:%Y-%m-%d}.{file_type}"


def restore_until(removed_on):
    return removed_on + timedelta(days=RESTORE_DAYS)
