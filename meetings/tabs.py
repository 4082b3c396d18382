"""The pages below WEL-tafels beside each other; the register of activities hangs there for who keeps it."""

from django.urls import reverse

from meetings.models import reads_register, team_swvs

TEAMS = (("meetings", "Overleggen", "meetings:list"), ("teams", "WEL-teams", "meetings:team_list"))
REGISTER = (
    ("activities", "Activiteiten", "activities:list"),
    ("people", "Deelnemers", "activities:people"),
    ("standing", "Stand van zaken", "reporting:standing"),
)


def tabs_of(section, user):
    """As components/subnav.html wants them. The project has no WEL-tafels, and only sees the register."""
    shown = (*(TEAMS if team_swvs(user) else ()), *(REGISTER if reads_register(user) else ()))
    return [{"label": label, "url": reverse(name), "active": key == section} for key, label, name in shown]
