"""How long somebody may sit still before the session ends: half an hour, and longer where people talk together."""

from django.conf import settings

KEY = "idle_minutes"


def idle_minutes(session):
    return session.get(KEY, settings.IDLE_MINUTES)


def allow_a_long_talk(request):
    """Until the next page that somebody opens; a view that calls this is marked `keeps_idle_limit`."""
    if request.session.get(KEY) != settings.TALK_MINUTES:
        request.session[KEY] = settings.TALK_MINUTES


def keeps_idle_limit(view):
    """Mark a view that does not bring back the half hour."""
    view.keeps_idle_limit = True
    return view


def end_long_talk(request, view):
    """Another page was opened: half an hour again."""
    if not getattr(view, "keeps_idle_limit", False) and KEY in request.session:
        del request.session[KEY]
