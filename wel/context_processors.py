"""What every page needs: the menu of this person's roles, and the theme."""

from django.urls import reverse

from access.idle import idle_minutes
from regions.models import Role, grants_of


def _works_on_cases(grants):
    return grants.may("register_cases") or grants.may("work_on_cases") or Role.CASEWORKER in grants.roles


def _meets(grants):
    return _works_on_cases(grants) or grants.may("account_for_subsidies")


def _accounts(grants):
    return grants.may("account_for_subsidies") or Role.PROJECT in grants.roles


def _counts(grants):
    return grants.may("view_figures") or Role.PROJECT in grants.roles


def _learns(grants):
    return bool({Role.COORDINATOR, Role.SWV_CONTACT, Role.PROJECT} & grants.roles)


def _only_registers_activities(grants):
    """For who has WEL-tafels the register hangs there, beside the teams (meetings.tabs)."""
    return Role.PROJECT in grants.roles and not _meets(grants)


# Role, or right on an object, that makes a menu item appear; absent is better than greyed.
_MENU = (
    ("Vandaag", "reporting:today", None),
    ("Jeugdigen", "cases:list", _works_on_cases),
    ("WEL-tafels", "meetings:list", _meets),
    ("Acties", "actions:list", _works_on_cases),
    ("Verhalen", "learning:stories", _learns),
    ("Monitor", "reporting:monitor", _counts),
    ("Activiteiten", "activities:list", _only_registers_activities),
    ("Verantwoording", "reporting:accounts", _accounts),
    ("Beheer", "regions:beheer", lambda grants: {Role.BEHEER, Role.FG} & grants.roles),
)


# Pages of which the menu item is another one, for who has no item for them.
_BELOW = {"activiteiten": "wel-tafels"}


def _registers(grants):
    return grants.may("register_cases")


def _keeps_activities(grants):
    """As meetings.models.reads_register, of grants that are there already."""
    return grants.may("work_on_cases") or _accounts(grants)


# What somebody may start without choosing a jeugdige or a SWV first; who may start nothing has no such menu.
_NEW = (
    ("Jeugdige aanmelden", "person-plus", "cases:register", "", _registers),
    ("Zonder naam aanmelden", "binoculars", "cases:register", "?zonder-naam=1", _registers),
    ("Activiteit toevoegen", "people", "activities:add", "", _keeps_activities),
    ("Iemand uitnodigen", "envelope", "regions:invite", "", lambda grants: Role.BEHEER in grants.roles),
)


def page(request):
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {"theme": "auto", "help_url": reverse("help")}
    grants = grants_of(user)
    here = request.path.strip("/").split("/")[0]
    menu = [{"label": label, "url": reverse(name)} for label, name, may in _MENU if may is None or may(grants)]
    places = {item["url"].strip("/") for item in menu}
    for item in menu:
        item["active"] = item["url"].strip("/") == (here if here in places else _BELOW.get(here, here))
    return {
        "menu": menu,
        "new_menu": [
            {"label": label, "icon": icon, "url": reverse(name) + query}
            for label, icon, name, query, may in _NEW
            if may(grants)
        ],
        "home_url": reverse("reporting:today"),
        "help_url": reverse("help"),
        "theme": user.theme,
        "account": {
            "name": user.name,
            "initials": user.initials,
            "profile_url": reverse("profile"),
            "theme_url": reverse("theme"),
            "logout_url": reverse("account_logout"),
            "keep_alive_url": reverse("keep_alive"),
            "signed_out_url": reverse("account_login") + "?reden=stil",
            "warn_after": (idle_minutes(request.session) - 5) * 60,
            "end_after": idle_minutes(request.session) * 60,
        },
    }
