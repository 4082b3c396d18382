"""The logboek of one jeugdige, and Schrijf op."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import conflict, drafts
from cases.actions import log as actions
from cases.forms.log import KIND_ICONS, LogEntryForm, LogFilterForm, today_initial
from cases.models import Case, LogEntry, LogEntryVersion
from cases.page import case_page
from cases.views.writing import as_draft, conflict_page, finish

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
        removed=removed_just_now(request.user, case, query.cleaned_data.get("verwijderd")),
    )
    return render(request, "cases/log.html", context)


def removed_just_now(user, case, entry_pk):
    """What the message "Verwijderd. Zet terug" is about, as long as it is true."""
    return entry_pk and LogEntry.objects.removed_by(user).filter(case=case, pk=entry_pk).first()


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
    desk, status = drafts.desk(request, case, "logboek", LogEntryForm), 200
    if request.method == "POST":
        form = LogEntryForm(conflict.resolved(request.POST), case=case, user=request.user)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            actions.write_entry(case=case, values=form.values, by=request.user, stop=form.cleaned_data.get("stop"))
            finish(case, desk, request.user)
            messages.success(request, "Opgeschreven.")
            return redirect("cases:log", case.pk)
        status = 422
    else:
        initial = today_initial(request.GET.get("soort", "")) | desk.initial
        form = LogEntryForm(initial=initial, case=case, user=request.user)
    context = case_page(request, case, "log", form=form, draft=desk, log_url="")
    return render(request, "cases/log_form.html", context, status=status)


def own_entry(request, pk, entry_pk):
    case = case_for(request, pk)
    return case, get_object_or_404(LogEntry.objects.editable_by(request.user).filter(case=case), pk=entry_pk)


@require_http_methods(["GET", "POST"])
def log_edit(request, pk, entry_pk):
    """Only the author; to everybody else the entry does not exist here."""
    case, entry = own_entry(request, pk, entry_pk)
    desk, status = drafts.desk(request, case, f"logboek-{entry.pk}", LogEntryForm), 200
    if request.method == "POST":
        form = LogEntryForm(conflict.resolved(request.POST), instance=entry, case=case, user=request.user)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            mine, seen = form.values, form.cleaned_data["seen"]
            merged = actions.change_entry(entry=entry, values=mine, seen=seen, by=request.user, together=form.together)
            if merged.is_settled:
                finish(case, desk, request.user)
                told = conflict.told(form, merged, request.user, request.user)
                messages.success(request, f"Aangepast.{told}")
                return redirect("cases:log", case.pk)
            return conflict_page(
                request, case, "log", desk=desk, form=form, merged=merged, mine=mine, by=request.user,
                at=merged.row.edited_at, title="Pas aan wat je opschreef", back=reverse("cases:log", args=[case.pk]),
            )  # fmt: skip
        status = 422
    else:
        form = LogEntryForm(instance=entry, initial=desk.initial, case=case, user=request.user)
    context = case_page(request, case, "log", reads="log_read", form=form, entry=entry, draft=desk, log_url="")
    return render(request, "cases/log_form.html", context, status=status)


@require_POST
def log_remove(request, pk, entry_pk):
    """Without asking first: it can be put back."""
    case, entry = own_entry(request, pk, entry_pk)
    actions.remove_entry(entry=entry, by=request.user)
    return redirect(f"{reverse('cases:log', args=[case.pk])}?verwijderd={entry.pk}")


@require_GET
def log_history(request, pk, entry_pk):
    """The texts before a change, for whoever reads the entry."""
    case, user = case_for(request, pk), request.user
    readable = LogEntry.objects.visible_to(user).filter(case=case).select_related("author")
    entry = get_object_or_404(readable, pk=entry_pk)
    earlier = list(
        LogEntryVersion.objects.visible_to(user).filter(case=case, entry=entry).select_related("replaced_by")
    )
    context = case_page(
        request,
        case,
        "log",
        reads="log_history_read",
        entry=entry,
        earlier=[{"version": one, "icon": KIND_ICONS[one.kind], "tint": TINTS[one.kind]} for one in earlier],
        is_partly=len(earlier) < entry.version - 1 and entry.author_id != user.pk,
    )
    return render(request, "cases/log_history.html", context)
