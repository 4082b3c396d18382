"""Light or dark, as chosen on this device. A cookie, so that the first byte of a page already knows."""

COOKIE = "wel_theme"
THEMES = {"light", "dark"}
ONE_YEAR = 365 * 24 * 60 * 60


def chosen(request):
    """'light', 'dark', or 'auto': follow the device."""
    theme = request.COOKIES.get(COOKIE)
    return theme if theme in THEMES else "auto"


def remember(response, theme, secure):
    """Keep a choice made without JavaScript (Profiel); page.js writes the same cookie."""
    if theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=ONE_YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
