"""Who manages the people near a jeugdige, and who is let in to know the name."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.actions import members as actions
from cases.forms.members import LetInForm
from cases.models import Case, IdentityGrant
from cases.page import case_page, is_leerplicht_for
from regions.models import grants_of

ENDED = "De toestemming is intussen veranderd. Kijk eerst tot wanneer die loopt."


def manages(user, case):
    """Leerplicht of the case, or a coördinator of its SWV while it is shared: they appoint the eigenaar."""
    return is_leerplicht_for(user, case) or (
        case.is_shared(timezone.localdate()) and case.swv_id in grants_of(user).swvs("work_on_cases")
    )


@require_http_methods(["GET", "POST"])
def case_let_in(request, pk):
    case = _known(request, pk)
    back_url = reverse("cases:consent", args=[case.pk])
    if not case.is_shared(timezone.localdate()) or case.is_signal:
        messages.warning(request, "Er is nog geen toestemming om dit te delen. Leg die eerst vast.")
        return redirect(back_url)
    form = LetInForm(request.POST or None, case=case, reader=request.user)
    if form.is_valid():
        try:
            actions.let_in(case=case, by=request.user, **form.cleaned_data)
        except actions.NotShared:
            form.add_error("until", ENDED)
        else:
            messages.success(request, f"{form.cleaned_data['user'].name} mag de naam nu weten.")
            return redirect(back_url)
    context = _form_page(
        request,
        case,
        "consent",
        form=form,
        title="Laat iemand toe",
        lead="Deze collega mag daarna de naam zien. We houden bij wanneer dat gebeurt.",
        action="Laat toe",
        back_url=back_url,
    )
    return render(request, "cases/case_form.html", context, status=_status(request))


@require_http_methods(["GET", "POST"])
def case_end_access(request, pk, grant):
    case = _known(request, pk)
    grants = IdentityGrant.objects.visible_to(request.user).filter(case=case, revoked_at=None).select_related("user")
    grant = get_object_or_404(grants, pk=grant)
    back_url = reverse("cases:consent", args=[case.pk])
    if request.method == "POST":
        actions.end_access(grant=grant, by=request.user)
        messages.success(request, f"{grant.user.name} mag de naam niet meer zien.")
        return redirect(back_url)
    context = _form_page(
        request,
        case,
        "consent",
        reads="consent_read",
        title=f"Toegang van {grant.user.name} intrekken?",
        lead=f"{grant.user.name} kan de naam daarna niet meer zien. Wat al gezien is, blijft in het logboek staan.",
        action="Trek in",
        back_url=back_url,
    )
    return render(request, "cases/case_form.html", context)


def _known(request, pk):
    return get_object_or_404(Case.objects.known_to(request.user).select_related("gemeente", "swv"), pk=pk)


def _status(request):
    """A POST that gets this far was not saved."""
    return 422 if request.method == "POST" else 200


def _form_page(request, case, section, **extra):
    return case_page(request, case, section, log_url="", **extra)
