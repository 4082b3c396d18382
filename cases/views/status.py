"""Status en verloop: where a jeugdige stands, how it came there, and the next step."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.actions.status import change_status
from cases.conflict import STATUS as CONFLICT
from cases.forms.status import StatusForm
from cases.models import StatusChange
from cases.page import case_page
from cases.rules.status import movement
from cases.views.members import manages
from cases.views.overview import case_for


@require_http_methods(["GET", "POST"])
def case_status(request, pk):
    case = case_for(request, pk)
    steps = _steps(request, case)
    status, is_stale = 200, False
    form = StatusForm(request.POST or None, case=case, newest=steps[0].on if steps else None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            chosen = form.cleaned_data
            if change_status(case=case, by=request.user, **chosen):
                messages.success(request, "Vastgelegd.")
                return redirect("cases:status", case.pk)
            case = case_for(request, pk)
            steps = _steps(request, case)
            form = StatusForm({**request.POST.dict(), "version": case.version}, case=case, newest=None)
            status, is_stale = CONFLICT, True
    context = case_page(request, case, "overview", log_url="")
    context |= {
        "form": form,
        "is_stale": is_stale,
        "may_hand_over": manages(request.user, case),
        "steps": [{"step": step, "movement": movement(step.before, step.after)} for step in steps],
    }
    return render(request, "cases/status.html", context, status=status)


def _steps(request, case):
    """Newest first."""
    return list(StatusChange.objects.visible_to(request.user).filter(case=case).select_related("changed_by"))
