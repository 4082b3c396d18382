"""Reflecties on De Reis, at a halte or on the whole."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cases import conflict, drafts, journey_history
from cases.actions import reflection as actions
from cases.forms.reflection import ReflectionForm, today_initial
from cases.models import Reflection
from cases.page import case_page
from cases.views.journey_history import case_for
from cases.views.writing import as_draft, conflict_page, finish


def reflection_for(request, pk, reflection_pk, found):
    case = case_for(request, pk)
    reflection = get_object_or_404(found.filter(case=case), pk=reflection_pk)
    reflection.case = case
    return case, reflection


def to_journey(case, reflection):
    return redirect(f"{reverse('cases:journey', args=[case.pk])}#reflectie-{reflection.pk}")


@require_http_methods(["GET", "POST"])
def reflection_add(request, pk):
    case = case_for(request, pk)
    desk, status = drafts.desk(request, case, "reflectie", ReflectionForm), 200
    if request.method == "POST":
        form = ReflectionForm(request.POST, case=case, user=request.user)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            reflection = actions.add_reflection(case=case, values=form.values, by=request.user)
            finish(case, desk, request.user)
            messages.success(request, "Reflectie opgeschreven.")
            return to_journey(case, reflection)
        status = 422
    else:
        initial = today_initial(request.GET.get("halte", "")) | desk.initial
        form = ReflectionForm(initial=initial, case=case, user=request.user)
    context = case_page(request, case, "journey", form=form, draft=desk, log_url="")
    return render(request, "cases/reflection_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def reflection_edit(request, pk, reflection_pk):
    """Only for who wrote it down; to everybody else it does not exist here."""
    case, reflection = reflection_for(request, pk, reflection_pk, Reflection.objects.editable_by(request.user))
    desk, status = drafts.desk(request, case, f"reflectie-{reflection.pk}", ReflectionForm), 200
    earlier, before = journey_history.taken_over(request, case, "reflectie", reflection)
    if request.method == "POST":
        form = ReflectionForm(conflict.resolved(request.POST), instance=reflection, case=case, user=request.user)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            mine, seen = form.values, form.cleaned_data["seen"]
            merged = actions.change_reflection(reflection=reflection, values=mine, seen=seen, by=request.user)
            if merged.is_settled:
                finish(case, desk, request.user)
                told = conflict.told(form, merged, merged.row.updated_by, request.user)
                messages.success(request, f"Reflectie bewaard.{told}")
                return to_journey(case, reflection)
            return conflict_page(
                request, case, "journey", desk=desk, form=form, merged=merged, mine=mine, by=merged.row.updated_by,
                at=merged.row.updated_at, title="Reflectie", back=reverse("cases:journey", args=[case.pk]),
            )  # fmt: skip
        status = 422
    else:
        initial = {**before, **desk.initial}
        form = ReflectionForm(instance=reflection, initial=initial, case=case, user=request.user)
    context = case_page(
        request, case, "journey", reads="journey_read", form=form, reflection=reflection, draft=desk, earlier=earlier,
        log_url="",
    )  # fmt: skip
    return render(request, "cases/reflection_form.html", context, status=status)


@require_POST
def reflection_remove(request, pk, reflection_pk):
    """Without asking first: it can be put back."""
    case, reflection = reflection_for(request, pk, reflection_pk, Reflection.objects.editable_by(request.user))
    actions.remove_reflection(reflection=reflection, by=request.user)
    return redirect(f"{reverse('cases:journey', args=[case.pk])}?reflectie={reflection.pk}#reflecties")


@require_POST
def reflection_put_back(request, pk, reflection_pk):
    case, reflection = reflection_for(request, pk, reflection_pk, Reflection.objects.removed_by(request.user))
    actions.put_reflection_back(reflection=reflection, by=request.user)
    messages.success(request, "Reflectie teruggezet.")
    return to_journey(case, reflection)
