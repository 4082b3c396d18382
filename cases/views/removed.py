"""Verwijderd: what somebody took away in the last thirty days, and may put back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cases.actions import journey as journey_actions
from cases.actions import log as log_actions
from cases.models import Companion, LogEntry, Reflection, Stop
from cases.models.log import KEPT
from cases.page import case_page
from cases.views.log import case_for


@require_GET
def removed(request, pk):
    case = case_for(request, pk)
    entries = list(LogEntry.objects.removed_by(request.user).filter(case=case).order_by("-deleted_at"))
    stops = list(
        Stop.objects.removed_for(request.user).filter(case=case).order_by("-deleted_at").select_related("deleted_by")
    )
    reflections = list(Reflection.objects.removed_by(request.user).filter(case=case).order_by("-deleted_at"))
    companions = list(
        Companion.objects.removed_for(request.user)
        .filter(case=case)
        .order_by("-deleted_at")
        .select_related("deleted_by")
    )
    for row in (*entries, *stops, *reflections, *companions):
        row.until = row.deleted_at + KEPT
    context = case_page(
        request, case, "log", reads="removed_read", entries=entries, stops=stops, reflections=reflections,
        companions=companions,
    )  # fmt: skip
    return render(request, "cases/removed.html", context)


@require_POST
def log_put_back(request, pk, entry_pk):
    case = case_for(request, pk)
    entry = get_object_or_404(LogEntry.objects.removed_by(request.user).filter(case=case), pk=entry_pk)
    log_actions.put_entry_back(entry=entry, by=request.user)
    messages.success(request, "Teruggezet.")
    return redirect(f"{reverse('cases:log', args=[case.pk])}#regel-{entry.pk}")


@require_POST
def stop_put_back(request, pk, stop_pk):
    case = case_for(request, pk)
    stop = get_object_or_404(
        Stop.objects.removed_for(request.user).filter(case=case).select_related("case"), pk=stop_pk
    )
    journey_actions.put_stop_back(stop=stop, by=request.user)
    messages.success(request, "Halte teruggezet.")
    return redirect(f"{reverse('cases:journey', args=[case.pk])}#halte-{stop.pk}")
