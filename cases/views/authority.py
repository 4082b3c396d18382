"""Wie beslist: how many parents, and whether the youth can; sharing follows at once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.actions import consent as actions
from cases.conflict import STATUS as CONFLICT
from cases.forms.consent import AuthorityForm
from cases.models import Authority, Case
from cases.page import case_page
from cases.views.consent import born_on_of, case_for


@require_http_methods(["GET", "POST"])
def case_authority(request, pk):
    case = case_for(request, pk, Case.objects.known_to(request.user))
    born_on = born_on_of(case)
    if born_on is None:
        raise Http404
    newest = Authority.objects.visible_to(request.user).filter(case=case).first()
    back_url = reverse("cases:consent", args=[case.pk])
    status, note, form = 200, "", AuthorityForm(case=case, newest=newest)
    if request.method == "POST":
        form, status = AuthorityForm(request.POST, case=case, newest=newest), 422
        if form.is_valid():
            saved = actions.save_authority(
                case=case,
                version=form.cleaned_data["version"],
                by=request.user,
                born_on=born_on,
                today=timezone.localdate(),
                **form.values,
            )
            if saved:
                messages.success(request, "Vastgelegd.")
                return redirect(back_url)
            case = case_for(request, pk, Case.objects.known_to(request.user))
            newest = Authority.objects.visible_to(request.user).filter(case=case).first()
            form = AuthorityForm({**request.POST.dict(), "version": case.version}, case=case, newest=newest)
            note, status = _both(case, newest), CONFLICT
    context = case_page(
        request,
        case,
        "consent",
        reads="consent_read",
        log_url="",
        form=form,
        note=note,
        title="Wie beslist?",
        lead="Hieruit volgt wie toestemming moet geven. Wat hier stond, blijft in de geschiedenis.",
        action="Leg vast",
        back_url=back_url,
    )
    return render(request, "cases/case_form.html", context, status=status)


def _both(case, newest):
    reason = (newest and newest.cannot_judge_reason) or "leeg"
    return (
        "Een collega paste dit ook aan. Nu staat er: "
        f"{case.parents_with_authority} met gezag, kan belangen niet overzien: {reason}. "
        "Hieronder staat jouw keuze. Klopt die, leg die dan vast."
    )
