"""Stand van zaken: the register of activities as the figures that the programme reports (R13.2, domain 1.4)."""

from meetings.models import Activity, Participation
from meetings.rules.standing import Held, standing

HEADER = (
    "soort",
    "aantal",
    "deelnemers (aanwezigheden)",
    "unieke personen",
    "gemiddeld per keer",
    "lezers",
    "zonder aantal",
    "zonder unieke personen",
)


def standing_of(user, form):
    """Of what this user reads, narrowed by the filters: two questions, whatever there is."""
    activities = form.narrow(Activity.objects.visible_to(user))
    rows = list(activities.order_by().values_list("pk", "kind", "attendees", "unique_people", "readers"))
    people = Participation.objects.visible_to(user).filter(activity__in=activities.order_by())
    by_activity = {}
    for activity, key in people.order_by().values_list("activity", "professional__key"):
        by_activity.setdefault(activity, set()).add(key)
    return standing(
        [
            Held(kind, attendees, unique, readers, frozenset(by_activity.get(pk, ())))
            for pk, kind, attendees, unique, readers in rows
        ]
    )


def file_rows(found):
    """The same lines as the page."""
    for group in found.groups:
        for row in group.rows:
            yield _line(row.label, row)
        yield _line(f"Samen: {group.title}", group.total)
    if found.groups:
        yield _line("Alles samen", found.total)
    for row in found.read:
        yield (row.label, row.number, "", "", _comma(row.average), row.readers, row.uncounted, "")


def _line(label, row):
    return (label, row.number, row.attended, row.persons, _comma(row.average), "", row.uncounted, row.unnamed)


def _comma(number):
    return "" if number is None else f"{number:.1f}".replace(".", ",")
