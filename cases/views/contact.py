"""The first contact by leerplicht, and the name that a signaal gets with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases.actions import contact as actions
from cases.forms.contact import ContactForm, SignalNameForm
from cases.models import Case
from cases.page import case_page
from cases.views.register import matches_for, said_other


def case_for(request, pk):
    return get_object_or_404(Case.objects.known_to(request.user).select_related("gemeente", "swv"), pk=pk)


@require_http_methods(["GET", "POST"])
def contact_add(request, pk):
    case = case_for(request, pk)
    form = ContactForm(request.POST or None, case=case, user=request.user)
    if request.method == "POST":
        form = ContactForm(request.POST, case=case, user=request.user)
        if form.is_valid():
            actions.record_contact(case=case, by=request.user, **form.cleaned_data)
            messages.success(request, "Contact vastgelegd.")
            return redirect("cases:in_view", case.pk)
    context = case_page(request, case, "in_view", form=form, log_url="")
    return render(request, "cases/contact_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def signal_name(request, pk):
    """The same look-alike check as when registering; only for what has no name yet."""
    case = case_for(request, pk)
    if not case.is_signal:
        return redirect("cases:in_view", case.pk)
    form, matches, other, status = SignalNameForm(), [], said_other(request), 200
    if request.method == "POST":
        form, status = SignalNameForm(request.POST), 422
        if form.is_valid():
            matches = matches_for(request.user, case.gemeente, form.person(), other)
            if not matches:
                if actions.name_signal(case=case, person=form.person(), by=request.user):
                    messages.success(request, f"{case.code} heeft nu een naam. Toestemming kun je nu vragen.")
                else:
                    messages.warning(request, f"Een collega vulde de naam van {case.code} net in.")
                return redirect("cases:in_view", case.pk)
    context = case_page(request, case, "in_view", form=form, matches=matches, other=other, log_url="")
    return render(request, "cases/signal_name.html", context, status=status)
