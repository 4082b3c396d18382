"""Reisgenoten: who travels along with a youth, with an account or without."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import conflict, drafts, journey_history
from cases.actions import companion as actions
from cases.forms.companion import CompanionForm
from cases.models import Case, CaseMember, Companion
from cases.page import case_page
from cases.views.journey_history import case_for
from cases.views.members import manages
from cases.views.writing import as_draft, conflict_page, finish


@require_GET
def companions(request, pk):
    user = request.user
    cases = journey_history.with_marks(Case.objects.editable_by(user), user)
    case = get_object_or_404(cases.select_related("gemeente", "swv"), pk=pk)
    found = Companion.objects.visible_to(user).filter(case=case).select_related("meaning_by")
    members = list(
        CaseMember.objects.visible_to(user)
        .filter(case=case, ends_on=None)
        .select_related("user")
        .order_by("starts_on", "pk")
    )
    context = case_page(
        request,
        case,
        "companions",
        reads="companions_read",
        companions=[(each, journey_history.is_changed(case, "reisgenoot", each)) for each in found],
        members=members,
        people=members,
        manages_members=manages(user, case),
        removed=removed_just_now(user, case, request.GET.get("verwijderd", "")),
    )
    return render(request, "cases/companions.html", context)


def removed_just_now(user, case, pk):
    """What the message "Verwijderd. Zet terug" is about, as long as it is true."""
    if not (pk.isdecimal() and len(pk) < 16):
        return None
    return Companion.objects.removed_for(user).filter(case=case, pk=pk).first()


def companion_for(request, pk, companion_pk, found):
    case = case_for(request, pk)
    companion = get_object_or_404(found.filter(case=case), pk=companion_pk)
    companion.case = case
    return case, companion


def to_list(case, companion):
    return redirect(f"{reverse('cases:companions', args=[case.pk])}#reisgenoot-{companion.pk}")


@require_http_methods(["GET", "POST"])
def companion_add(request, pk):
    case = case_for(request, pk)
    desk, status = drafts.desk(request, case, "reisgenoot", CompanionForm), 200
    if request.method == "POST":
        form = CompanionForm(request.POST, user=request.user)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            companion = actions.add_companion(case=case, values=form.values, by=request.user)
            finish(case, desk, request.user)
            messages.success(request, "Reisgenoot toegevoegd.")
            return to_list(case, companion)
        status = 422
    else:
        form = CompanionForm(initial=desk.initial, user=request.user)
    context = case_page(request, case, "companions", form=form, draft=desk, log_url="")
    return render(request, "cases/companion_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def companion_edit(request, pk, companion_pk):
    case, companion = companion_for(request, pk, companion_pk, Companion.objects.editable_by(request.user))
    who, status = companion.who, 200
    desk = drafts.desk(request, case, f"reisgenoot-{companion.pk}", CompanionForm)
    earlier, before = journey_history.taken_over(request, case, "reisgenoot", companion)
    if request.method == "POST":
        form = CompanionForm(conflict.resolved(request.POST), instance=companion, user=request.user)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            mine, seen = form.values, form.cleaned_data["seen"]
            merged = actions.change_companion(
                companion=companion, values=mine, seen=seen, by=request.user, together=form.together
            )
            if merged.is_settled:
                finish(case, desk, request.user)
                told = conflict.told(form, merged, merged.row.updated_by, request.user)
                messages.success(request, f"Reisgenoot bewaard.{told}")
                return to_list(case, companion)
            return conflict_page(
                request, case, "companions", desk=desk, form=form, merged=merged, mine=mine, by=merged.row.updated_by,
                at=merged.row.updated_at, title=f"Reisgenoot: {merged.row.who}",
                back=reverse("cases:companions", args=[case.pk]),
            )  # fmt: skip
        status = 422
    else:
        form = CompanionForm(instance=companion, initial={**before, **desk.initial}, user=request.user)
    context = case_page(
        request, case, "companions", reads="companions_read", form=form, companion=companion, who=who, draft=desk,
        earlier=earlier, log_url="",
    )  # fmt: skip
    return render(request, "cases/companion_form.html", context, status=status)


@require_POST
def companion_remove(request, pk, companion_pk):
    """Without asking first: it can be put back."""
    case, companion = companion_for(request, pk, companion_pk, Companion.objects.editable_by(request.user))
    actions.remove_companion(companion=companion, by=request.user)
    return redirect(f"{reverse('cases:companions', args=[case.pk])}?verwijderd={companion.pk}")


@require_POST
def companion_put_back(request, pk, companion_pk):
    case, companion = companion_for(request, pk, companion_pk, Companion.objects.removed_for(request.user))
    actions.put_companion_back(companion=companion, by=request.user)
    messages.success(request, "Reisgenoot teruggezet.")
    return to_list(case, companion)
