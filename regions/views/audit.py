"""The audit log, for the functionaris gegevensbescherming: searched, never changed, and reading it is in it."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import connection
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from access import audit as log
from access.models import AuditEvent, User
from regions.audit_words import detail_words, event_word, people_in
from regions.forms import AuditFilter
from regions.models import Samenwerkingsverband
from regions.views.beheer import page, page_of

PAGE_SIZE = 25

reads_audit = permission_required("access.read_audit", raise_exception=True)


@reads_audit
@require_safe
def audit(request):
    form = AuditFilter(request.GET)
    if not form.is_valid():
        return render(request, "regions/audit.html", page(request, "regions:audit", form=form, rows=None), status=422)
    chosen = form.cleaned_data
    log.record("audit_read", detail=_searched_for(chosen, request.GET.get("page")))
    found = page_of(request, _search(**chosen).order_by("-pk"), PAGE_SIZE)
    return render(
        request,
        "regions/audit.html",
        page(
            request,
            "regions:audit",
            form=form,
            rows=_in_words(found),
            page=found,
            chips=form.chips(request.GET),
        ),
    )


def _search(*, wie, jeugdige, wat, vanaf, tot):
    events = AuditEvent.objects.all()
    if wie:
        people = User.objects.filter(Q(name__icontains=wie) | Q(email__icontains=wie)).values_list("pk", flat=True)
        events = events.filter(Q(user_id__in=list(people)) | Q(detail__user__in=list(people)))
    if jeugdige is not None:
        events = events.filter(case_id=jeugdige)
    if wat:
        events = events.filter(event=wat)
    if vanaf:
        events = events.filter(at__gte=_midnight(vanaf))
    if tot:
        events = events.filter(at__lt=_midnight(tot + timedelta(days=1)))
    return events


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _searched_for(chosen, number):
    """What the reader looked for, without the words typed: those could be somebody's name."""
    said = {
        "case": chosen["jeugdige"],
        "event": chosen["wat"] and event_word(chosen["wat"]),
        "from": chosen["vanaf"] and chosen["vanaf"].isoformat(),
        "until": chosen["tot"] and chosen["tot"].isoformat(),
        "page": int(number) if number and number.isascii() and number.isdigit() and len(number) < 7 else None,
    }
    return {key: value for key, value in said.items() if value}


def _in_words(events):
    names = dict(User.objects.filter(pk__in=people_in(events)).values_list("pk", "name"))
    wanted = {event.detail.get("swv") for event in events} - {None}
    swvs = {swv.pk: swv.short for swv in Samenwerkingsverband.objects.filter(pk__in=wanted)}
    return [
        {
            "event": event,
            "what": event_word(event.event),
            "who": names.get(event.user_id, "niemand ingelogd" if event.user_id is None else event.user_id),
            "code": f"WEL-{event.case_id:04d}" if event.case_id else "",
            "detail": detail_words(event.detail, names=names, swvs=swvs),
        }
        for event in events
    ]


@reads_audit
@require_POST
def audit_check(request):
    """Recompute the whole chain; that it was done is in the log too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.broken_link()")
        (broken,) = cursor.fetchone()
    lines = AuditEvent.objects.filter(sequence__isnull=False).count()
    log.record("chain_checked", detail={"lines": lines} | ({"broken": broken} if broken else {}))
    if broken:
        messages.error(request, f"De keten klopt niet vanaf regel {broken}. Meld dit meteen aan de beheerder.")
    else:
        messages.success(request, f"De keten klopt: {lines} {'regel' if lines == 1 else 'regels'}.")
    return redirect("regions:audit")
