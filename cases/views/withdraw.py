"""Taking back a consent: what it does, listed before it is done, and the decision that follows."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.actions import consent as actions
from cases.actions.removal import decide_removal
from cases.forms.removal import RemovalForm
from cases.models import Case, Consent, Document, LogEntry, RemovalDecision, Stop, last_answers
from cases.page import case_page
from cases.views.consent import born_on_of, case_for
from cases.withdrawal import consequences


@require_http_methods(["GET", "POST"])
def case_consent_withdraw(request, pk, statement):
    case = case_for(request, pk, Case.objects.known_to(request.user))
    rows = Consent.objects.visible_to(request.user).filter(case=case)
    row = get_object_or_404(rows, pk=statement)
    row.case = case
    back_url = reverse("cases:consent", args=[case.pk])
    if row.answer != Consent.Answer.GIVEN or last_answers(rows)[row.purpose, row.person] != row:
        messages.info(request, "Deze toestemming geldt al niet meer.")
        return redirect(back_url)
    born_on, today = born_on_of(case), timezone.localdate()
    if request.method == "POST":
        actions.withdraw_consent(statement=row, by=request.user, born_on=born_on, today=today)
        messages.success(request, "De toestemming is ingetrokken.")
        return redirect(back_url)
    context = case_page(
        request,
        case,
        "consent",
        reads="consent_read",
        log_url="",
        statement=row,
        consequences=consequences(row, request.user, born_on, today),
    )
    return render(request, "cases/consent_withdraw.html", context)


@require_http_methods(["GET", "POST"])
def case_removal(request, pk):
    """The decision that waits; whoever comes second sees what was decided."""
    case = case_for(request, pk, Case.objects.known_to(request.user))
    decision = RemovalDecision.objects.visible_to(request.user).filter(case=case).open().first()
    if decision is None:
        messages.info(request, "Er wacht geen besluit. Wat is besloten, staat bij Geschiedenis.")
        return redirect("cases:consent", case.pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if decide_removal(decision=decision, by=request.user, **form.cleaned_data):
            messages.success(request, "Het besluit is vastgelegd.")
        else:
            messages.info(request, "Een collega besliste al. Het staat bij Geschiedenis.")
        return redirect("cases:consent", case.pk)
    user = request.user
    context = case_page(
        request,
        case,
        "consent",
        reads="consent_read",
        log_url="",
        form=form,
        decision=decision,
        entries=LogEntry.objects.visible_to(user).filter(case=case).count(),
        stops=Stop.objects.visible_to(user).filter(case=case).count(),
        documents=Document.objects.visible_to(user).filter(case=case).present().count(),
    )
    return render(request, "cases/removal_form.html", context, status=422 if request.method == "POST" else 200)
