"""Eigenaar: who keeps contact, who did before and why that changed, and what the eigenaar says about stopping."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import members as actions
from cases.conflict import STATUS as CONFLICT
from cases.forms.members import LeaveForm, OwnerForm
from cases.models import Case, CaseMember
from cases.page import case_page
from cases.views.members import manages
from cases.views.overview import case_for


def owners_of(user, case):
    """Every period of an eigenaar, the newest first."""
    rows = CaseMember.objects.visible_to(user).filter(case=case, role=CaseMember.Role.OWNER)
    return list(rows.select_related("user").order_by("-starts_on", "-pk"))


def open_owner(owners):
    return next((row for row in owners if row.ends_on is None), None)


@require_http_methods(["GET", "POST"])
def case_owner(request, pk):
    case = case_for(request, pk)
    if not manages(request.user, case):
        raise Http404
    owners = owners_of(request.user, case)
    form = OwnerForm(request.POST or None, case=case, reader=request.user, owner=open_owner(owners))
    status, is_stale = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                saved = actions.appoint_owner(case=case, by=request.user, today=timezone.localdate(), **chosen)
            except Case.DoesNotExist as gone:  # handed over since this request began
                raise Http404 from gone
            if saved:
                messages.success(request, f"{chosen['user'].name} is nu eigenaar.")
                return redirect(case)
            owners = owners_of(request.user, case)
            owner = open_owner(owners)
            answers = {**request.POST.dict(), "seen": owner.pk if owner else 0}
            form = OwnerForm(answers, case=case, reader=request.user, owner=owner)
            status, is_stale = CONFLICT, True
    context = case_page(request, case, "overview", log_url="")
    context |= {"form": form, "owners": owners, "current": open_owner(owners), "is_stale": is_stale}
    return render(request, "cases/owner.html", context, status=status)


def _own_row(request, case):
    rows = CaseMember.objects.visible_to(request.user)
    return get_object_or_404(rows, case=case, user=request.user, role=CaseMember.Role.OWNER, ends_on=None)


@require_http_methods(["GET", "POST"])
def owner_leave(request, pk):
    """By the eigenaar about oneself."""
    case = case_for(request, pk)
    own = _own_row(request, case)
    said = {"on": own.leaves_on, "reason": own.reason, "note": own.note} if own.leaves_on else {}
    form = LeaveForm(request.POST or None, initial=said)
    if form.is_valid():
        actions.leave_case(case=case, **form.cleaned_data)
        messages.success(request, "Vastgelegd. Wie een opvolger kiest, ziet dit op Vandaag.")
        return redirect(case)
    context = case_page(request, case, "overview", log_url="", form=form, own=own)
    return render(request, "cases/owner_leave.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def owner_stay(request, pk):
    case = case_for(request, pk)
    _own_row(request, case)
    actions.leave_case(case=case, on=None)
    messages.success(request, "Fijn. Je blijft eigenaar.")
    return redirect(case)
