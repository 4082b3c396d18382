"""`Tel mee voor de subsidie`: by leerplicht or the team of the SWV, with the verdict of art. 1 in sight."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.actions.inclusion import include_case, verdict
from cases.forms.inclusion import InclusionForm
from cases.models import Case, Inclusion
from cases.page import case_page
from regions.models import Subsidy, grants_of

AT_LEAST = 5  # the SWV describes at least five youths (DUS-I, obligations of the subsidy)


@require_http_methods(["GET", "POST"])
def include(request, pk):
    cases = Case.objects.included_by(request.user).select_related("gemeente", "swv")
    # Locked, so that two people who press at once make one inclusion.
    case = get_object_or_404(cases.select_for_update(of=("self",)) if request.method == "POST" else cases, pk=pk)
    today = timezone.localdate()
    subsidy = Subsidy.objects.visible_to(request.user).filter(swv=case.swv).first()
    inclusion = Inclusion.objects.visible_to(request.user).filter(case=case).first()
    form = None
    if subsidy and not inclusion and not case.counts_elsewhere:
        form = InclusionForm(request.POST or None, case=case, subsidy=subsidy, initial={"included_on": today})
        if request.method == "POST" and form.is_valid():
            inclusion = include_case(
                case=case,
                subsidy=subsidy,
                included_on=form.cleaned_data["included_on"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
            text = "telt mee voor de subsidie" if inclusion.is_eligible else "staat erbij, en telt nog niet mee"
            messages.success(request, f"{case.code} {text}.")
            return redirect("cases:detail", case.pk)
    elif request.method == "POST":
        return redirect("cases:include", case.pk)
    context = case_page(
        request,
        case,
        "overview",
        form=form,
        subsidy=subsidy,
        inclusion=inclusion,
        verdict=verdict(case, today),
        chosen=subsidy and Inclusion.objects.visible_to(request.user).filter(subsidy=subsidy, is_eligible=True).count(),
        at_least=AT_LEAST,
        # Leerplicht sees no subsidies, so for leerplicht an absent one says nothing.
        may_see_subsidy=case.swv_id in grants_of(request.user).swvs("work_on_cases"),
    )
    if form:
        context["log_url"] = ""  # one primary button on a page
    return render(request, "cases/include.html", context, status=422 if form and form.errors else 200)
