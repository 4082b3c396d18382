"""When a promise of the table is due: 4 uur, 4 dagen, 4 weken or 4 maanden after the end of its slot (R8.2)."""

from datetime import UTC, datetime, timedelta

from django.db.models import TextChoices
from django.utils import timezone

from cases.rules.exemption import add_months


class Horizon(TextChoices):
    HOURS = "4u", "4 uur"
    DAYS = "4d", "4 dagen"
    WEEKS = "4w", "4 weken"
    MONTHS = "4m", "4 maanden"


def due_at(horizon, ends_at):
    """The moment, from `ends_at`, both aware. Four hours pass by; the others are the same time on a later day here.

    A time that the clock skips in March is an hour later; of a time that it shows twice in October the first counts.
    """
    if horizon == Horizon.HOURS:
        return ends_at.astimezone(UTC) + timedelta(
            hours=4
        )  # in a zone with summer time, + goes by the clock on the wall
    local = timezone.localtime(ends_at)
    if horizon == Horizon.MONTHS:
        day = add_months(local.date(), 4)
    else:
        day = local.date() + timedelta(days={Horizon.DAYS: 4, Horizon.WEEKS: 28}[horizon])
    moment = timezone.make_aware(datetime.combine(day, local.time()))
    return moment.astimezone(UTC)
