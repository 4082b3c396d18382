"""Wie kan dit zien: the people who can open a jeugdige, and for leerplicht who looked."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from access.models import AuditEvent, User
from cases.forms.viewers import BeforeForm
from cases.page import case_page, is_leerplicht_for
from cases.viewers import is_in_accounts, reasons_until, viewers_of
from cases.views.overview import case_for
from regions.audit_words import detail_words, event_word, people_in
from regions.models import Samenwerkingsverband

LINES = 25


@require_safe
def case_viewers(request, pk):
    case, today = case_for(request, pk), timezone.localdate()
    context = case_page(request, case, "consent", reads="viewers_read", log_url="")
    last = reasons_until(case, request.user, today)
    context |= {
        "viewers": viewers_of(case, request.user, today, reasons_last=last),
        "reasons_last": last,
        "is_in_accounts": is_in_accounts(case, request.user),
    }
    if is_leerplicht_for(request.user, case):
        context |= _looks(request, case)
    return render(request, "cases/viewers.html", context)


def _looks(request, case):
    """The newest lines of the log on this jeugdige, or those before `voor`; the database logs that they were read."""
    form = BeforeForm(request.GET)
    if not form.is_valid():
        raise Http404
    statement = "SELECT * FROM access.events_of_case(%s, %s, %s)"
    events = list(AuditEvent.objects.raw(statement, [case.pk, form.cleaned_data["voor"], LINES + 1]))
    shown = events[:LINES]
    names = dict(User.objects.filter(pk__in=people_in(shown)).values_list("pk", "name"))
    named = {event.detail["swv"] for event in shown if "swv" in event.detail}
    swvs = {swv.pk: str(swv) for swv in Samenwerkingsverband.objects.filter(pk__in=named)} if named else {}
    return {
        "looks": [
            {
                "at": event.at,
                "who": names.get(event.user_id, "WEL"),
                "what": event_word(event.event),
                "ground": event.ground,
                "detail": detail_words(event.detail, names=names, swvs=swvs),
            }
            for event in shown
        ],
        "older": shown[-1].pk if len(events) > LINES else None,
        "is_older": form.cleaned_data["voor"] is not None,
    }
