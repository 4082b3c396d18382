"""The logboek of one jeugdige, and Schrijf op."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions import log as actions
from cases.forms.log import KIND_ICONS, LogEntryForm, LogFilterForm, today_initial
from cases.models import Case, LogEntry
from cases.page import case_page
from cases.views.journey import CONFLICT, conflict_of

PER_PAGE = 20
TINTS = {
    "gesprek": "route",
    "huisbezoek": "route",
    "bericht": "route",
    "lichtje": "licht",
    "hobbel": "steen",
    "besluit": "mos",
}
READER_ICONS = {"ik": "lock", "team": "people", "tafel": "chat-dots"}
# About three lines on a laptop; longer texts fold.
SHORT = 240


def case_for(request, pk):
    return get_object_or_404(Case.objects.editable_by(request.user).select_related("gemeente", "swv"), pk=pk)


@require_GET
def log(request, pk):
    case = case_for(request, pk)
    query = LogFilterForm(request.GET)
    query.is_valid()
    kind = query.cleaned_data.get("soort") or ""
    page = query.cleaned_data.get("pagina") or 1
    entries = LogEntry.objects.visible_to(request.user).filter(case=case).select_related("author")
    if kind == LogEntry.Kind.SPARK:
        entries = entries.filter(Q(kind=kind) | Q(is_spark=True))
    elif kind:
        entries = entries.filter(kind=kind)
    start = (page - 1) * PER_PAGE
    shown = list(entries[start : start + PER_PAGE + 1])
    context = case_page(
        request,
        case,
        "log",
        reads="log_read",
        entries=[entry_line(entry, request.user) for entry in shown[:PER_PAGE]],
        kind=kind,
        kind_label=LogEntry.Kind(kind).label if kind else "",
        kinds=LogEntry.Kind.choices,
        older=page + 1 if len(shown) > PER_PAGE else None,
        newer=page - 1 if page > 1 else None,
    )
    return render(request, "cases/log.html", context)


def entry_line(entry, user):
    text = entry.text
    first_lines = "\n".join(text.split("\n")[:3])
    excerpt = first_lines if len(first_lines) <= SHORT else f"{first_lines[:SHORT].rsplit(' ', 1)[0]}"
    is_mine = entry.author_id == user.pk
    return {
        "entry": entry,
        "icon": KIND_ICONS[entry.kind],
        "tint": TINTS[entry.kind],
        "excerpt": f"{excerpt.rstrip()} …" if excerpt != text else "",
        "is_mine": is_mine,
        "readers": entry.get_readers_display(),
        "readers_icon": READER_ICONS[entry.readers],
        "edited_today": entry.edited_at and timezone.localdate(entry.edited_at) == timezone.localdate(),
    }


@require_http_methods(["GET", "POST"])
def log_write(request, pk):
    case = case_for(request, pk)
    if request.method == "POST":
        form = LogEntryForm(request.POST, case=case, user=request.user)
        if form.is_valid():
            actions.write_entry(case=case, values=form.values, by=request.user, stop=form.cleaned_data.get("stop"))
            messages.success(request, "Opgeschreven.")
            return redirect("cases:log", case.pk)
    else:
        initial = today_initial(request.GET.get("soort", ""))
        form = LogEntryForm(initial=initial, case=case, user=request.user)
    context = case_page(request, case, "log", form=form, log_url="")
    return render(request, "cases/log_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def log_edit(request, pk, entry_pk):
    """Only the author; to everybody else the entry does not exist here."""
    case = case_for(request, pk)
    own = LogEntry.objects.editable_by(request.user).filter(case=case)
    entry = get_object_or_404(own, pk=entry_pk)
    status, conflict = 200, None
    if request.method == "POST":
        form = LogEntryForm(request.POST, instance=entry, case=case, user=request.user)
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_entry(entry=entry, values=values, version=version, by=request.user):
                messages.success(request, "Aangepast.")
                return redirect("cases:log", case.pk)
            theirs = get_object_or_404(own, pk=entry_pk)
            data = request.POST.copy()
            data["version"] = theirs.version
            form = LogEntryForm(data, instance=entry, case=case, user=request.user)
            conflict = conflict_of(form, theirs, values, user=request.user, by=request.user, at=theirs.edited_at)
            status = CONFLICT
        else:
            status = 422
    else:
        form = LogEntryForm(instance=entry, case=case, user=request.user)
    context = case_page(request, case, "log", reads="log_read", form=form, entry=entry, conflict=conflict, log_url="")
    return render(request, "cases/log_form.html", context, status=status)
