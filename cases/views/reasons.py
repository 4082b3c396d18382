"""Redenen: for who was given the right to them, beside working on the jeugdige. The database logs each look."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.actions.interview import consent_of
from cases.conflict import STATUS as CONFLICT
from cases.forms.interview import ReasonsForm
from cases.models import CaseReason
from cases.page import case_page, is_leerplicht_for
from cases.reasons import may_see_reasons, reasons_of, save_reasons
from cases.views.interview import case_for


@require_http_methods(["GET", "POST"])
def reasons(request, pk):
    case, today = case_for(request, pk), timezone.localdate()
    if not may_see_reasons(request.user, case):
        raise Http404
    consent = consent_of(case, request.user)
    is_allowed = consent.allows_reasons(today)
    if request.method == "POST" and not is_allowed:
        raise Http404
    answer, form, theirs = 200, None, None
    if is_allowed:
        form = ReasonsForm(request.POST) if request.method == "POST" else None
        if form and form.is_valid():
            if save_reasons(case, form.cleaned_data["kinds"], seen=form.cleaned_data["seen"]):
                messages.success(request, "Bewaard.")
                return redirect("cases:interviews", case.pk)
            theirs, answer = reasons_of(case), CONFLICT
            form = ReasonsForm({"kinds": form.cleaned_data["kinds"], "seen": theirs})
        elif form:
            answer = 422
        else:
            found = reasons_of(case)
            form = ReasonsForm(initial={"kinds": found, "seen": found})
    context = case_page(
        request,
        case,
        "interviews",
        reads=None if is_allowed else "case_read",  # the look at reasons is on record already
        form=form,
        theirs=None if theirs is None else [CaseReason.Kind(kind).label for kind in theirs],
        until=consent.reasons_until,
        records_consent=is_leerplicht_for(request.user, case),
        log_url="",
    )
    return render(request, "cases/reasons.html", context, status=answer)
