"""Verbinding: contact that broke, the verbinder who looks for it again, and how it came back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.actions import connection as actions
from cases.conflict import STATUS as CONFLICT
from cases.forms.connection import AgreementForm, RepairForm, ReplaceForm, SeekForm
from cases.models import Case, Connection
from cases.page import case_page
from cases.views.members import manages
from cases.views.overview import case_for


def _rows(request, case):
    return list(Connection.objects.visible_to(request.user).filter(case=case).select_related("connector"))


def _open_row(rows):
    return next((row for row in rows if row.ended_on is None), None)


@require_http_methods(["GET", "POST"])
def case_connection(request, pk):
    """With nobody looking: who begins. Else: another task or day, for whoever works on the case."""
    case = case_for(request, pk)
    rows = _rows(request, case)
    current = _open_row(rows)
    may_appoint = manages(request.user, case)
    answers = request.POST if request.method == "POST" else None
    if answers is not None and not current and not may_appoint:
        raise Http404
    form = _form(request, case, current, may_appoint, answers)
    if answers is not None and form.is_valid():
        if current:
            saved = actions.agree_anew(connection=current, by=request.user, **form.cleaned_data)
        else:
            saved = _seek(request, case, form)
        if saved:
            messages.success(request, "Bewaard." if current else "Vastgelegd. De verbinder kan de jeugdige nu openen.")
            return redirect("cases:connection", case.pk)
        return _conflict(request, case)
    return _page(request, case, rows, form, may_appoint, status=200 if answers is None else 422)


def _seek(request, case, form):
    try:
        return actions.seek_contact(case=case, by=request.user, **form.cleaned_data)
    except Case.DoesNotExist as gone:  # handed over since this request began
        raise Http404 from gone


def _form(request, case, current, may_appoint, answers=None):
    if current:
        return AgreementForm(answers, connection=current)
    return SeekForm(answers, case=case, reader=request.user) if may_appoint else None


def _conflict(request, case):
    """What a colleague saved meanwhile, and an empty form for it: nothing of this answer was kept."""
    case = case_for(request, case.pk)
    rows = _rows(request, case)
    may_appoint = manages(request.user, case)
    form = _form(request, case, _open_row(rows), may_appoint)
    return _page(request, case, rows, form, may_appoint, is_stale=True, status=CONFLICT)


def _page(request, case, rows, form, may_appoint, *, is_stale=False, status=200):
    today, current = timezone.localdate(), _open_row(rows)
    context = case_page(request, case, "overview", log_url="")
    context |= {
        "current": current,
        "is_due": bool(current and current.agreed_on <= today),
        "earlier": [row for row in rows if row.ended_on],
        "form": form,
        "may_appoint": may_appoint,
        "is_stale": is_stale,
    }
    return render(request, "cases/connection.html", context, status=status)


def _current_or_404(request, case):
    found = Connection.objects.editable_by(request.user).filter(case=case).open().select_related("connector")
    return get_object_or_404(found)


@require_http_methods(["GET", "POST"])
def connection_repaired(request, pk):
    case = case_for(request, pk)
    current = _current_or_404(request, case)
    form = RepairForm(request.POST or None, connection=current)
    if request.method == "POST" and form.is_valid():
        if actions.repair(connection=current, by=request.user, **form.cleaned_data):
            messages.success(request, "Mooi, er is weer contact.")
            return redirect("cases:connection", case.pk)
        return _conflict(request, case)
    return _step(
        request,
        case,
        form,
        title="Weer contact",
        lead=f"{current.connector.name} is dan klaar als verbinder, en kan deze jeugdige daarna niet meer openen.",
        action="Leg vast",
    )


@require_http_methods(["GET", "POST"])
def connection_replace(request, pk):
    case = case_for(request, pk)
    if not manages(request.user, case):
        raise Http404
    current = _current_or_404(request, case)
    form = ReplaceForm(request.POST or None, case=case, reader=request.user, connection=current)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "today": timezone.localdate()}
        if actions.replace_connector(connection=current, by=request.user, **values):
            messages.success(request, f"{values['connector'].name} is nu verbinder.")
            return redirect("cases:connection", case.pk)
        return _conflict(request, case)
    return _step(
        request,
        case,
        form,
        title="Een andere verbinder",
        lead=f"{current.connector.name} stopt dan als verbinder.",
        action="Wijs aan",
    )


def _step(request, case, form, **words):
    context = case_page(
        request, case, "overview", log_url="", form=form, back_url=f"{case.get_absolute_url()}verbinding/", **words
    )
    return render(request, "cases/case_form.html", context, status=422 if request.method == "POST" else 200)
