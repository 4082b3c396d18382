"""Aanmelding for the WEL-tafel: the steps in their order, and what the coördinator does with it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.page import case_page
from cases.rules.status import is_closed
from cases.views.overview import case_for
from meetings.actions import intake as actions
from meetings.forms.intake import FORMS, HELD, SKIPPED
from meetings.rules.intake import NO_SCHOOL, STEPS, is_without_school
from meetings.views.prepare import SECTION, differences, form_page, version_of
from regions.models import grants_of

CHANGED = "De aanmelding is net veranderd. Kijk eerst wat er nu staat."


def may_accept(user, case):
    """A coördinator of the SWV; the policy of migrations/0005_intake.py says the same."""
    return case.swv_id in grants_of(user).swvs("work_on_cases") and case.is_shared(timezone.localdate())


@require_GET
def intake(request, pk):
    case = case_for(request, pk)
    row = actions.intake_of(case, request.user)
    may_change = not row.is_entered
    steps = [
        {
            "step": step,
            "is_done": row.is_done(key),
            "may_do": may_change and row.may_do(key),
            "on": getattr(row, f"{step.name}_on"),
            "skip": getattr(row, f"{step.name}_skip", ""),
            "result": row.contact_agreed if key == "contact" else getattr(row, f"{step.name}_result"),
            "offers_skip": key == "mdo" and is_without_school(case.side_group),
        }
        for key, step in STEPS.items()
    ]
    context = case_page(request, case, SECTION, reads="table_tasks_read", log_url="", intake=row, steps=steps)
    context |= {
        "may_change": may_change,
        "may_enter": may_change and row.is_done("contact") and not is_closed(case.status),
        "may_accept": row.is_entered and not row.is_accepted and may_accept(request.user, case),
        "may_begin_again": actions.goes_again(row, case, request.user),
        "no_school": NO_SCHOOL,
        "skipped": SKIPPED,
    }
    return render(request, "meetings/prepare_intake.html", context)


@require_http_methods(["GET", "POST"])
def intake_step(request, pk, step):
    """There when the step before is, and as long as it is not aangemeld."""
    case = case_for(request, pk)
    if step not in STEPS:
        raise Http404
    row, form_class, conflict = actions.intake_of(case, request.user), FORMS[step], None
    if row.is_entered or not row.may_do(step):
        messages.warning(
            request, "De aanmelding is al gedaan." if row.is_entered else "Zet eerst de stap die hiervoor komt."
        )
        return redirect("prepare:intake", case.pk)
    options = {}
    if step == "mdo" and is_without_school(case.side_group):
        options = {"reason": NO_SCHOOL, "held": HELD if "ja" in request.GET else ""}
    form = form_class(request.POST if request.method == "POST" else None, instance=row, **options)
    if form.is_bound and form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        if actions.save_step(case=case, step=step, values=values, version=version, by=request.user):
            messages.success(request, "Bewaard.")
            return redirect("prepare:intake", case.pk)
        theirs = actions.intake_of(case, request.user)
        if theirs.is_entered:
            messages.warning(request, CHANGED)
            return redirect("prepare:intake", case.pk)
        again = request.POST.copy()
        again["version"] = theirs.version
        form = form_class(again, instance=actions.intake_of(case, request.user), **options)
        conflict = differences(form, theirs, values, request.user)
    words = {"title": STEPS[step].title, "lead": STEPS[step].lead}
    return form_page(request, case, form, conflict=conflict, back="prepare:intake", **words)


def _button(request, pk, act, told, **more):
    case = case_for(request, pk)
    version = version_of(request)
    if version is not None and act(case=case, version=version, by=request.user, **more):
        messages.success(request, told)
    else:
        messages.warning(request, CHANGED)
    return redirect("prepare:intake", case.pk)


@require_POST
def intake_enter(request, pk):
    told = "Aangemeld. De coördinator ziet dit op Vandaag."
    return _button(request, pk, actions.enter, told, today=timezone.localdate())


@require_POST
def intake_take_back(request, pk):
    return _button(
        request, pk, actions.take_back, "Teruggehaald. Je kunt de stappen weer aanpassen.", today=timezone.localdate()
    )


@require_POST
def intake_accept(request, pk):
    if not may_accept(request.user, case_for(request, pk)):
        raise Http404
    return _button(request, pk, actions.accept, "Aangenomen. Nu kan er een tafel worden gepland.")


@require_POST
def intake_again(request, pk):
    told = "Wat al was gedaan, staat er. Leg het contact met de coördinator opnieuw vast."
    return _button(request, pk, actions.begin_again, told)
