"""Places at a table: where one is free, how many people is many, and which day is three working days before."""

from datetime import timedelta

NUMBERS = (
    "Nul", "Eén", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen", "Tien", "Elf", "Twaalf",
)  # fmt: skip


def free_start(start, end, taken, *, minutes, most):
    """When the first free place within a meeting begins; None when it is full.

    `taken` holds (begin, end) of the places that are there. At most `most` of them, each of `minutes` (R7.3).
    """
    if len(taken) >= most:
        return None
    length, begin = timedelta(minutes=minutes), start
    for other_begin, other_end in sorted(taken):
        if begin + length <= other_begin:
            break
        begin = max(begin, other_end)
    return begin if begin + length <= end else None


def too_many(number, *, enough):
    """The gentle question when more people sit at the table than the team finds enough; '' when it is fine."""
    if number <= enough:
        return ""
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} mensen aan tafel is veel voor een jongere. Toch doen?"


def working_days_before(day, number, holidays):
    """The day that lies `number` working days before `day`; weekends and `holidays` do not count."""
    while number:
        day -= timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            number -= 1
    return day
